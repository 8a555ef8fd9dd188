"""Time zones and the hours that are left out or come twice: the shop's clock is the shop's, wherever the machine is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

import pytest

from aftercare.commands import bearings
from aftercare.commands.session import Session
from aftercare.plain.moments import earlier, iso
from aftercare.plain.words import understand
from tests import counter as small_shop
from tests.counter import FILES, Counter
from tests.world.zones import ZONES, Hour, hours


@pytest.fixture
def counter(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    """The small shop, without a clock of its own; afterwards the machine is where it was."""
    opened = small_shop.opened(tmp_path_factory.mktemp("zones") / "book", capsys, monkeypatch)
    monkeypatch.delenv("AFTERCARE_TODAY")
    yield opened
    monkeypatch.undo()
    time.tzset()


def _stands(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    """From now on it is this instant, as far as the command line knows."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.fromtimestamp(instant.timestamp(), tz)

    monkeypatch.setattr(bearings, "datetime", Clock)


def _in_zone(counter: Counter, monkeypatch: pytest.MonkeyPatch, zone: str, how: str) -> None:
    """The shop is in a zone: its book says so, on a machine somewhere else; or the machine is there."""
    monkeypatch.setenv("TZ", zone if how == "machine" else "Asia/Tokyo")
    time.tzset()
    said = f"time_zone: {zone}\n" if how == "book" else ""
    counter.write("aftercare.yaml", FILES["aftercare.yaml"] + said)


@pytest.mark.parametrize("how", ["book", "machine"])
@pytest.mark.parametrize("zone", ZONES)
def test_the_shop_s_clock_in_every_hour(counter: Counter, monkeypatch: pytest.MonkeyPatch, zone: str, how: str) -> None:
    """What is written down, and reckoned from words, is what the clock on the shop's wall shows.

    A cron on a server in UTC was eight hours behind a shop in Shanghai: at seven in the morning it was yesterday.
    """
    _in_zone(counter, monkeypatch, zone, how)
    for hour in hours(zone):
        _stands(monkeypatch, hour.instant)
        here = Session()
        here.book()
        now = here.moment_now()
        assert now == hour.shown
        assert earlier(now, timedelta(hours=1), here.zone()) == hour.an_hour_before
        assert [iso(understand(words, now)) for words in ("now", "today 18:00", "+3d", "今晚8点")] == [
            f"{hour.shown:%Y-%m-%dT%H:%M}",
            f"{hour.shown:%Y-%m-%d}T18:00",
            date.fromordinal(hour.shown.toordinal() + 3).isoformat(),
            f"{hour.shown:%Y-%m-%d}T20:00",
        ]


@pytest.mark.parametrize("zone", [zone for zone, changes in ZONES.items() if len(changes) == 4])
def test_an_hourly_cron_says_everything_once(counter: Counter, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Every hour at five past, ``due --since 1h``: what falls due while clocks change is said, and is said once.

    The hour that is left out took with it what fell due just before; a customer would have waited for nobody.
    """
    _in_zone(counter, monkeypatch, zone, "book")
    for day in ZONES[zone][2:]:
        passing = [hour for hour in hours(zone) if hour.shown.date().isoformat() == day]
        dues = [f"{day}T{number:02}:{minute}" for number in range(1, 23) for minute in ("00", "05", "06", "30", "59")]
        told = [due for hour in passing for due in dues if _is_told(due, hour, zone)]
        assert sorted(told) == dues


def _is_told(due: str, hour: Hour, zone: str) -> bool:
    since = earlier(hour.shown.replace(fold=_fold(hour, zone)), timedelta(hours=1), zone)
    return since < datetime.fromisoformat(due) <= hour.shown


def _fold(hour: Hour, zone: str) -> int:
    from zoneinfo import ZoneInfo

    return hour.instant.astimezone(ZoneInfo(zone)).fold


def test_due_at_a_server_elsewhere(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """At eight in Shanghai it is midnight in UTC: what is due at nine is not overdue, and what was due at seven is."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    counter.write("aftercare.yaml", FILES["aftercare.yaml"] + "time_zone: Asia/Shanghai\n")
    text = FILES["promises/2026/PM26-0001.yaml"]
    counter.write("promises/2026/PM26-0001.yaml", text.replace("due: 2026-03-09", "due: 2026-03-10T07:00"))
    counter.write(
        "promises/2026/PM26-0002.yaml",
        text.replace("PM26-0001", "PM26-0002").replace("due: 2026-03-09", "due: 2026-03-10T09:00"),
    )
    _stands(monkeypatch, datetime.fromisoformat("2026-03-10T00:00+00:00"))
    rows = counter.done("due --what other --format json").json
    assert [(row["id"], row["state"]) for row in rows] == [("PM26-0001", "overdue"), ("PM26-0002", "due")]
    assert [row["id"] for row in counter.done("due --what other --since 1h --format json").json] == ["PM26-0001"]
    new = counter.done("visit add --customer CU26-0001 --outcome reached").out.strip()
    assert "at: 2026-03-10T08:00" in counter.text(new)


@pytest.mark.parametrize("zone", ["Mars/Base", "Asia", "../../etc/passwd", "/etc/localtime", "a" * 300])
def test_a_time_zone_that_is_none_is_a_fault_of_the_settings(counter: Counter, zone: str) -> None:
    """It is said with its line; questions are answered by the machine's clock, and nothing is written by it."""
    counter.write("aftercare.yaml", FILES["aftercare.yaml"] + f"time_zone: {zone}\n")
    printed = counter("due --today 2026-03-10")
    assert (printed.code, printed.err.split(" ")[:2]) == (3, ["aftercare.yaml:5:", "setting"])
    assert printed.out
    assert counter("customer add --name x").code == 3


@pytest.mark.parametrize("zone", [":/etc/passwd", "nonsense", ""])
def test_a_machine_whose_zone_is_none(counter: Counter, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """The shop's zone is the book's, so it does not matter."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    counter.write("aftercare.yaml", FILES["aftercare.yaml"] + "time_zone: Asia/Shanghai\n")
    _stands(monkeypatch, datetime.fromisoformat("2026-03-09T23:30+00:00"))
    new = counter.done("visit add --customer CU26-0001 --outcome reached").out.strip()
    assert "at: 2026-03-10T07:30" in counter.text(new)


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_a_time_that_lies_outside_the_calendar_here(counter: Counter, at: str) -> None:
    """A fault with its line; every command would have stopped at the one file."""
    counter.write("aftercare.yaml", FILES["aftercare.yaml"] + "time_zone: UTC\n")
    counter.write("visits/2026/VI26-0001.yaml", FILES["visits/2026/VI26-0001.yaml"].replace("2026-03-08T10:00", at))
    printed = counter("due --today 2026-03-10")
    assert printed.code == 3
    assert "visits/2026/VI26-0001.yaml:6: " in printed.err
