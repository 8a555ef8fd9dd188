"""``due``: what is owed, and the command that keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.cli import run
from aftercare.plain.text import width
from aftercare.records.words import PROMISE_KINDS
from tests import counter as small_shop
from tests.counter import Counter

KEYS = {
    "id", "what", "state", "due", "from", "first_due", "overdue_days", "moves", "binds", "customer", "name", "phone",
    "address", "about", "product", "person", "attempts", "quiet", "last_heard", "line", "record", "keep_with",
}  # fmt: skip
"""What the contract says of a row; more may be added, none taken away."""
LATE = [
    "SA26-0001/1/deliver",
    "SA26-0001/1/install",
    "CL26-0001/answer.1",
    "PM26-0001",
    "SA26-0002/1/deliver",
    "SA26-0002/2/deliver",
]
"""What is late in the small shop, the latest behind its time first."""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _ids(counter: Counter, flags: str = "") -> list[str]:
    return counter.done(f"due --format ids {flags}").lines


def test_the_latest_behind_its_time_comes_first(counter: Counter) -> None:
    """Most late first; what is due today behind what is late, what comes later not at all."""
    assert _ids(counter) == LATE
    counter.done("promise add --to 1 --what 回电话 --due today")
    counter.done("promise add --to 1 --what 送遥控器 --due tomorrow")
    assert _ids(counter) == [*LATE, "PM26-0002"]
    assert _ids(counter, "--within 1d")[-1] == "PM26-0003"


def test_a_row_says_all_that_is_needed_to_act(counter: Counter) -> None:
    """To whom, where, what, since when, how often it was moved or tried, by which rule, and how to keep it."""
    rows = counter.done("due --format json").json
    assert all(set(row) >= KEYS for row in rows)
    first = rows[0]
    assert {key: first[key] for key in ("what", "state", "due", "from", "first_due", "overdue_days")} == {
        "what": "deliver", "state": "overdue", "due": "2026-03-06T18:00", "from": "2026-03-06T09:00",
        "first_due": "2026-03-06T18:00", "overdue_days": 4,
    }  # fmt: skip
    assert (first["name"], first["phone"], first["address"]) == ("王建国", "13800138000", "文三路100号")
    assert (first["person"], first["record"], first["binds"]) == ("ST25-0001", "SA26-0001", "told")
    assert first["keep_with"] == ["aftercare", "delivery", "sign", "DE26-0002", "--by", "王建国"]
    assert {row["what"] for row in rows} <= set(PROMISE_KINDS)
    part = next(row for row in rows if row["id"] == "SA26-0002/1/deliver")
    assert (part["pieces"], part["kept_of"]) == (10, "7/10")


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("--today 2026-03-06", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-06T18:00", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-06T18:00 --overdue", []),
        ("--today 2026-03-06T18:01 --overdue", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-06 --overdue", []),
        ("--today 2026-03-07 --overdue", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-05 --within 1d", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-05T12:00 --within 24h", ["SA26-0001/1/deliver"]),
        ("--today 2026-03-04", []),
        ("--what install", ["SA26-0001/1/install"]),
        ("--what install --what answer", ["SA26-0001/1/install", "CL26-0001/answer.1"]),
        ("--what refund", []),
        ("--by 李师傅", ["SA26-0001/1/deliver"]),
        ("--by ST26-0001", ["PM26-0001"]),
        ("--limit 2", LATE[:2]),
        ("--since 3d --what install", ["SA26-0001/1/install"]),
        ("--since 1h --what install", []),
        ("--since 1h --what deliver", ["SA26-0002/1/deliver", "SA26-0002/2/deliver"]),
    ],
)
def test_what_is_asked_for(counter: Counter, flags: str, expected: list[str]) -> None:
    """A day without an hour is the whole day; flags narrow, and given twice they mean any of."""
    assert _ids(counter, flags) == expected


def test_each_promise_is_said_once_by_an_all_day_cron_line(counter: Counter) -> None:
    """``--since 1h`` every hour names what fell due in that hour, and each thing just once when it becomes late."""
    seen = [
        promise
        for hour in range(24)
        for promise in _ids(counter, f"--what deliver --since 1h --overdue --today 2026-03-06T{hour:02}:30")
    ]
    assert seen == ["SA26-0001/1/deliver"]


def test_exit_code_only_when_asked(counter: Counter) -> None:
    """1 and a readable list when something is due, 0 and silence when nothing is."""
    loud, quiet = counter("due --exit-code"), counter("due --exit-code --what refund")
    assert (loud.code, len(loud.lines)) == (1, len(LATE))
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_how_names_the_command_below_each_line(counter: Counter) -> None:
    """Indented, and as a shell would take it."""
    lines = counter.done("due --how").lines
    assert len([line for line in lines if line.startswith("    aftercare ")]) == len(LATE)
    assert lines[1] == "    aftercare delivery sign DE26-0002 --by '王建国'"


def test_every_command_that_keeps_a_promise_keeps_it(counter: Counter) -> None:
    """Run as it is printed, it takes the promise out of the list; what it sets off may enter."""
    for round_ in range(6):
        day = f"2026-04-{10 + round_}"
        for row in counter.done("due --within 60d --format json --today", day).json:
            words = row["keep_with"]
            assert words[0] == "aftercare"
            still = [found["id"] for found in counter.done("due --within 60d --format json --today", day).json]
            if row["id"] not in still:
                continue  # kept together with one before it
            assert run([*words[1:], "--today", day]) == 0, counter.capsys.readouterr().err
            assert row["id"] not in _ids(counter, f"--within 60d --today {day}"), words
    assert counter.done("check book").out == ""


def test_the_line_for_people(counter: Counter) -> None:
    """Lateness, what, name, phone, thing, person, id; what is done in part says so, what was tried counts."""
    line = " ".join(counter.done("due").lines[0].split())
    assert line == "4 days late delivery 王建国 13800138000 空调 KFR-35 李师傅 SA26-0001/1/deliver"
    (partly,) = [line for line in counter.done("due").lines if "SA26-0002/1" in line]
    assert "delivery (7/10 done)" in partly
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-06T10:00")
    counter.done("installation sign SA26-0001 --by 王建国 --at 2026-03-08")
    counter.done("visit add --keeps SA26-0001/1/call-back.1 --outcome no_answer")
    later = counter.done("due --what call_back --within 9d").lines
    assert any("call-back (try 2)" in line for line in later)
    assert counter.done("due --lang zh").lines[0].startswith("逾期")


@pytest.mark.parametrize("length", [1, 6, 30])
def test_no_line_is_wider_than_a_page(counter: Counter, length: int) -> None:
    """At most 100 columns; the words about the thing give way, the id and the phone never."""
    counter.done("product set PR26-0001", f"name={'变频空调' * length}", f"model={'KFR-' * length}")
    for line, row in zip(counter.done("due").lines, counter.done("due --format json").json, strict=True):
        assert width(line) <= 100
        assert line.endswith(f" {row['id']}")
        assert row["phone"] in line


def test_a_recipient_is_who_is_called(counter: Counter) -> None:
    """Goods that go to somebody else: name, phone and address are the recipient's."""
    counter.done("sale set SA26-0001 deliver_to.name=王小明 deliver_to.phone=13700137000 deliver_to.address=天目山路")
    row = counter.done("due --format json").json[0]
    assert (row["name"], row["phone"], row["address"]) == ("王小明", "13700137000", "天目山路")


def test_nothing_due_is_silent_for_cron(counter: Counter) -> None:
    """Neither stream says anything, so no mail is sent."""
    printed = counter.done("due --today 2025-04-01")
    assert (printed.out, printed.err) == ("", "")
    assert json.loads(counter.done("due --today 2025-04-01 --format json").out) == []


def test_a_disk_that_was_away_for_a_moment_hides_no_promise_for_ever(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that could not be read once is read again, though nothing at it tells that it can be read now."""
    from aftercare.book.book import Book
    from aftercare.book.index import freshness

    counter.write(
        "sales/2026/SA26-0004.yaml", counter.files()["sales/2026/SA26-0001.yaml"].decode().replace("0001", "0004", 1)
    )
    read = Book.bytes_of

    def away(book: Book, file: str) -> bytes:
        if file.startswith("sales/2026/SA26-0001"):
            raise OSError(5, "Input/output error")
        return read(book, file)

    now = freshness._now
    with monkeypatch.context() as patched:
        patched.setattr(Book, "bytes_of", away)
        patched.setattr(freshness, "_now", lambda: now() + 60 * 10**9)  # the files have been as they are for long
        counter("due")
    assert "SA26-0001/1/deliver" in counter.done("due").out
