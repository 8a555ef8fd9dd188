"""Clocks that are wrong, jump, or stand at an edge: every question is answered, and no record becomes unfindable."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import Span, add_months, day_of, shifted
from tests import counter as small_shop
from tests.counter import FILES, Counter
from tests.world import desk
from tests.world.clocks import EDGES, NUMBERED


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@pytest.mark.parametrize("today", EDGES)
def test_every_question_is_answered_at_every_clock(counter: Counter, today: str) -> None:
    """From the first day of the calendar to its last; an OverflowError would have left a shop without its list."""
    before = counter.files()
    for line in (
        *desk.READING,
        "due --within 9999w",
        "due --since 9999w",
        "due --since 90min",
        "policy upcoming --within 9999",
    ):
        printed = counter(line, "--today", today)
        assert printed.code in desk.CODES - {70, 75, 130}, (line, printed.err)
    assert counter.files() == before


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02T00:00", "2000-02-29", "9999-12-30", "9999-12-31T23:59"])
def test_every_question_is_answered_whatever_day_a_record_holds(counter: Counter, day: str) -> None:
    """A slip of the finger in one date is no reason for the others to go without an answer."""
    for file, text in FILES.items():
        changed = text
        for word in ("2025-05-02", "2025-05-01", "2026-03-01", "2026-03-03", "2026-03-06", "2026-03-09"):
            changed = changed.replace(f"{word}T10:00", day).replace(f"{word}T18:00", day).replace(word, day[:10])
        counter.write(file, changed)
    for line in desk.READING:
        printed = counter(line)
        assert printed.code in desk.CODES - {70, 75, 130}, (line, printed.err)


@pytest.mark.parametrize("today", EDGES)
def test_what_a_wrong_clock_writes_can_be_read_again(counter: Counter, today: str) -> None:
    """A new record gets an id that is read back, or the clock is said to be wrong.

    A battery that is flat puts a machine into 1970: what was typed in then bore ids that no command could find.
    """
    before = counter.files()
    printed = counter("customer add --name 赵六", "--today", today)
    if NUMBERED[0] <= today[:10] <= NUMBERED[1]:
        assert printed.code == 0
        assert "赵六" in counter.done("customer show", printed.out.strip()).out
    else:
        assert (printed.code, printed.out) == (5, "")
        assert printed.err.startswith(f"aftercare: the clock says {today[:10]}; ")
        assert counter.files() == before


def test_what_was_sold_before_ids_began_is_filed_under_the_first_year(counter: Counter) -> None:
    """A refrigerator of 1998 is a record like any other; its file was one that nothing could read."""
    sale = counter.done("sale add --customer CU26-0001 --product PR26-0002 --price 58 --sold-on 1998-05-02").out.strip()
    assert sale == "SA00-0001"
    assert "1998-05-02" in counter.done("sale show", sale).out


def test_ids_do_not_hang_on_the_hour_of_the_clock(counter: Counter) -> None:
    """Between two commands the clock jumps about a year: each number is given once, in the order of the commands."""
    clocks = ["2026-03-10", "2026-12-31T23:59", "2026-01-01T00:00", "2026-03-29T02:30", "2026-03-10T00:00"]
    made = [counter.done("customer add --name x", "--today", today).out.strip() for today in clocks]
    assert made == [f"CU26-{number:04}" for number in range(3, 8)]


@pytest.mark.parametrize("at", [0, 2**31, 2**33, 253402300799])
def test_the_times_of_files_mean_nothing(counter: Counter, at: int) -> None:
    """Unpacked from an archive, or under a wrong clock, a book says what it says, and is written as ever."""
    good = counter.done("due --format json").out
    for path in counter.folder.rglob("*"):
        os.utime(path, (at, at))
    assert counter.done("due --format json").out == good
    counter.done("customer set CU26-0001 note=x")
    assert "note: x" in counter.text("CU26-0001")


NEAR_EDGES = st.sampled_from(
    [date(year, month, day) for year in (2023, 2024, 2025, 2026, 2028) for month, day in
     ((1, 1), (1, 31), (2, 28), (3, 1), (3, 31), (4, 30), (6, 30), (12, 31))] + [date(2024, 2, 29), date(2028, 2, 29)]
)  # fmt: skip


@given(NEAR_EDGES, st.integers(-14, 60))
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int) -> None:
    """Said another way: count the months on a calendar's pages, and stay on the last line of a page that is shorter."""
    page = day.year * 12 + day.month - 1 + months
    first = date(page // 12, page % 12 + 1, 1)
    following = date((page + 1) // 12, (page + 1) % 12 + 1, 1)
    assert add_months(day, months) == min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


@given(st.dates() | st.datetimes(), st.timedeltas())
def test_there_is_always_a_moment_so_much_later(moment: date | datetime, by: timedelta) -> None:
    """Past its ends the calendar stands still; within them nothing is lost."""
    found = shifted(moment, by)
    assert type(found) is type(moment)
    if found not in {type(moment).min, type(moment).max}:
        assert found - moment == (by if isinstance(moment, datetime) else timedelta(days=by.days))


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["days", "months", "years", "hours"]))
def test_a_span_of_any_length_ends_somewhere(day: date, count: int, unit: str) -> None:
    """No later than the calendar's last day, no sooner than its first."""
    span = Span(**{unit: count})
    assert day_of(span.before(day)) <= day <= day_of(span.after(day))


@pytest.mark.parametrize("last", ["2024-02-29", "2025-12-31", "2026-02-28", "2026-03-29", "2026-06-30"])
def test_the_last_good_day_and_the_day_after(counter: Counter, last: str) -> None:
    """On its last day a promise is due, the whole day; the day after it is overdue by one."""
    text = FILES["promises/2026/PM26-0001.yaml"].replace("due: 2026-03-09", f"due: {last}")
    counter.write("promises/2026/PM26-0001.yaml", text.replace("2026-03-03", "2024-01-02"))
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    for clock, state, days in ((last, "due", 0), (f"{last}T23:59", "due", 0), (after, "overdue", 1)):
        rows = counter.done("due --what other --format json", "--today", clock).json
        assert [(row["state"], row["overdue_days"]) for row in rows if row["id"] == "PM26-0001"] == [(state, days)]
