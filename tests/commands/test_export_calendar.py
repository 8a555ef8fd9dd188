"""``export calendar``: what ``due`` shows stands in a calendar, under names that stay, and nothing else does."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests import counter as small_shop
from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import TAKEN, acted
from tests.counter import Counter

ENDING = "王\nEND:VEVENT\nEND:VCARD\nBEGIN:VEVENT\nSUMMARY:x" + "".join(
    text for name, text in TAKEN.items() if not name.startswith("very long")
)
"""A name that would be an entry of its own."""
ZONED = "shop: 阳光家电\ncountry: CN\ntime_zone: Asia/Shanghai\ngit: no\n"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, which says where it is."""
    found = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    found.write("aftercare.yaml", ZONED)
    return found


def _entries(counter: Counter, flags: str = "") -> dict[str, Any]:
    """The entries by the id of their record."""
    read: Any = icalendar.Calendar.from_ical(counter.done(f"export calendar {flags}").out)
    found = [one for one in read.subcomponents if one.name in {"VEVENT", "VTODO"}]
    assert len({one["UID"] for one in found}) == len(found)
    return {str(one["UID"]).partition("@")[0]: one for one in found}


@pytest.mark.parametrize("flags", ["", "--as todo", "--days 0", "--days 365"])
def test_it_holds_what_due_shows(counter: Counter, flags: str) -> None:
    """The same promises, no more and no fewer, as events or to-dos."""
    days = flags.partition("--days ")[2] or "90"
    assert set(_entries(counter, flags)) == set(counter.done(f"due --format ids --within {days}d").lines)
    kinds = {one.name for one in _entries(counter, flags).values()}
    assert kinds == {"VTODO" if "todo" in flags else "VEVENT"}


def test_an_entry_says_what_is_needed_on_the_way(counter: Counter) -> None:
    """To whom, what, where, the phone, and how to note it as done; what is late stands on the day, and says so."""
    late = _entries(counter)["SA26-0001/1/deliver"]
    assert str(late["SUMMARY"]) == "4 days late delivery 王建国 空调 KFR-35"
    assert (str(late["LOCATION"]), late["DTSTART"].dt) == ("文三路100号", date(2026, 3, 10))
    said = str(late["DESCRIPTION"]).splitlines()
    assert said[0] == "13800138000"
    assert "aftercare delivery sign DE26-0002 --by '王建国'" in said
    assert said[-1] == "SA26-0001/1/deliver"
    todo = _entries(counter, "--as todo")["SA26-0001/1/deliver"]
    assert str(todo["SUMMARY"]) == "delivery 王建国 空调 KFR-35"
    assert todo["DUE"].dt.astimezone(UTC) == datetime(2026, 3, 6, 10, tzinfo=UTC)


def test_times_are_the_shops(counter: Counter) -> None:
    """A window of hours begins and ends at these hours where the shop is."""
    counter.done("promise add --to 1 --what 上门量尺寸 --due 2026-03-12T15:30")
    found = _entries(counter)["PM26-0002"]
    assert found["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert found["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
    before = _entries(counter, "--today 2026-03-04")["SA26-0001/1/deliver"]
    assert (before["DTSTART"].dt.hour, before["DTEND"].dt.hour) == (9, 18)


def test_names_stay_and_bytes_too(counter: Counter) -> None:
    """The same book on the same day gives the same bytes; a moved promise keeps its name and counts the change."""
    first = counter.done("export calendar").out
    assert counter.done("export calendar").out == first
    counter.done("promise add --to 1 --what 送说明书 --due 2026-03-12")
    before = _entries(counter)["PM26-0002"]
    counter.done("promise postpone PM26-0002 --to 2026-03-14 --asked-by customer --reason 出差")
    after = _entries(counter)["PM26-0002"]
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], 0, 1)
    assert "王建国" not in str(after["UID"])
    counter.write("aftercare.yaml", ZONED.replace("阳光", "月光"))
    assert _entries(counter)["PM26-0002"]["UID"] != before["UID"]


def test_what_is_settled(counter: Counter) -> None:
    """Kept and released promises leave the calendar; with --all they are told as done and as called off."""
    counter.done("promise keep PM26-0001 --how 已送到")
    counter.done("promise add --to 1 --what 送说明书 --due 2026-03-12")
    counter.done("promise release PM26-0002 --reason 不用了")
    assert not {"PM26-0001", "PM26-0002"} & set(_entries(counter))
    todos, events = _entries(counter, "--all --as todo"), _entries(counter, "--all")
    assert [str(todos[one]["STATUS"]) for one in ("PM26-0001", "PM26-0002")] == ["COMPLETED", "CANCELLED"]
    assert [str(events[one]["STATUS"]) for one in ("PM26-0001", "PM26-0002")] == ["CONFIRMED", "CANCELLED"]
    assert set(_entries(counter)) < set(todos)


def test_one_persons_work(counter: Counter) -> None:
    """Only what somebody is to do, or only a kind of it; who is unknown is no empty calendar."""
    assert set(_entries(counter, "--for 李师傅")) == set(
        counter.done("due --by 李师傅 --within 90d --format ids").lines
    )
    assert set(_entries(counter, "--what install")) == {"SA26-0001/1/install"}
    assert counter("export calendar --for 无此人").code == 4


def test_events_of_the_shop(counter: Counter) -> None:
    """What the shop holds stands in it at its hour and place, until it is called off."""
    counter.done("event add --name 老顾客联欢 --at 2026-03-20T14:00 --place 店内")
    found = _entries(counter)["EV26-0001"]
    assert (str(found["SUMMARY"]), str(found["LOCATION"]), found["DTSTART"].dt.hour) == ("老顾客联欢", "店内", 14)
    assert "EV26-0001" not in _entries(counter, "--what deliver")
    counter.done("event cancel EV26-0001 --reason 大雪")
    assert "EV26-0001" not in _entries(counter)
    assert str(_entries(counter, "--all")["EV26-0001"]["STATUS"]) == "CANCELLED"


@pytest.mark.parametrize(
    ("birthday", "today", "day"),
    [
        ("{lunar: 八月十五}", "2026-09-01", date(2026, 9, 25)),
        ("{lunar: 腊月初八}", "2026-12-30", date(2027, 1, 15)),
        ("{lunar: 闰六月初一}", "2026-07-01", date(2026, 7, 14)),
        ("1992-02-29", "2027-02-01", date(2027, 2, 28)),
        ("1992-02-29", "2028-02-01", date(2028, 2, 29)),
        ("--05-20", "2026-05-01", date(2026, 5, 20)),
    ],
)
def test_birthdays(counter: Counter, birthday: str, today: str, day: date) -> None:
    """A lunar birthday stands on the day on which it is kept that year, 29 February on the 28th where there is none."""
    counter.write(
        "customers/2026/CU26-0009.yaml",
        f"id: CU26-0009\nname: 赵云\nbirthday: {birthday}\nsince: 2026-01-01\nconsent: {{greetings: yes}}\n",
    )
    found = _entries(counter, f"--what greeting --days 60 --today {today}")
    days = [one["DTSTART"].dt for key, one in found.items() if key.startswith("CU26-0009/birthday")]
    assert days == [day]


def test_into_a_file(counter: Counter, tmp_path: Path) -> None:
    """A file is written whole, ends its lines as the standard asks, and is replaced only when told to."""
    file = tmp_path / "shop.ics"
    counter.done(f"export calendar {file}")
    data = file.read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.decode() == counter.done("export calendar -").out
    assert counter(f"export calendar {file}").code == 5
    counter.done(f"export calendar {file} --force --no-alarm")
    assert b"VALARM" not in file.read_bytes()
    file.chmod(0o644)
    counter.done(f"export calendar {file} --force")
    assert file.stat().st_mode & 0o777 == 0o644
    assert b"VALARM" in data


def test_with_and_without_the_index(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index decides nothing."""
    counter.done("event add --name 老顾客联欢 --at 2026-03-20T14:00 --place 店内")
    by_index = counter.done("export calendar").out
    monkeypatch.setenv("AFTERCARE_INDEX", "off")
    assert counter.done("export calendar").out == by_index


def test_looking_back(counter: Counter) -> None:
    """On an earlier day it holds what was due then."""
    printed = counter.done("export calendar --as-of 2026-03-07").out
    assert "SA26-0001/1/deliver@" in printed.replace("\r\n ", "")
    assert "CL26-0001" not in printed


def test_a_faulty_file_hides_nothing_else(counter: Counter) -> None:
    """What is valid stands in the calendar and in the address book; the fault is said, and is the exit code."""
    counter.write("customers/2026/CU26-0009.yaml", "id: CU26-0009\nname: [\n")
    for line, found in (("export calendar", "SUMMARY:"), ("export contacts", "FN:王建国")):
        printed = counter(line)
        assert printed.code == 3
        assert found in printed.out
        assert printed.err.count("CU26-0009.yaml:") == 1


def test_an_empty_calendar_is_one(counter: Counter) -> None:
    """A shop that owes nothing has a calendar without entries, which every program takes."""
    read: Any = icalendar.Calendar.from_ical(counter.done("export calendar --for 张敏 --what gift").out)
    assert read.walk("VEVENT") == []


def test_a_customers_name_stays_a_name(tmp_path: Path) -> None:
    """Whatever a record says, it adds no entry, no reminder and no line, and acts on no terminal."""
    with every_verb.standing_in(tmp_path):
        every_verb.laid_out(tmp_path, poisoned.book(ENDING))
        for line in poisoned.EXPORTS:
            code, out, err = every_verb.typed(line)
            assert (code, acted(out.replace("\r\n", "\n"), exact=True), acted(err)) == (0, [], []), line
            unfolded = out.replace("\r\n ", "")
            begun = [text for text in unfolded.split("\r\n") if text.startswith("BEGIN:")]
            ended = [text for text in unfolded.split("\r\n") if text.startswith("END:")]
            assert len(begun) == len(ended)
            assert "\r\nSUMMARY:x" not in unfolded
            assert max(len(text.encode()) for text in out.split("\r\n")) <= 75


def test_hundreds_are_written_without_looking_through_all_for_each(counter: Counter) -> None:
    """Five hundred promises take half a second of work, and a busy machine may take ten times that."""
    rows = [
        {"to": "CU26-0001", "what": "other", "words": f"送{n}", "due": f"2026-04-{n % 28 + 1:02}"} for n in range(500)
    ]
    (counter.folder / "rows.json").write_text(json.dumps(rows))
    counter.done("promise add --from rows.json")
    counter.done("due")
    begun = time.process_time()
    assert len(_entries(counter)) > 500
    assert time.process_time() - begun < 10


def test_the_format_may_be_named_as_in_every_export(counter: Counter) -> None:
    """``--to FORMAT`` goes with every export; any other format is wrong use."""
    assert counter.done("export calendar --to ics").out == counter.done("export calendar").out
    assert counter.done("export contacts --to vcf").out == counter.done("export contacts").out
    assert (counter("export calendar --to csv").code, counter("export contacts --to csv").code) == (2, 2)
