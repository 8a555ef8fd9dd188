"""``staff work``: the figures of each person in every format, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March: 李师傅 has brought seven chairs, 张敏 has called once."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_each_person_has_a_row_with_every_figure(counter: Counter) -> None:
    """By id; null where nothing was noted, nought where nothing was done."""
    rows = counter.done("staff work --format json").json
    assert [row["id"] for row in rows] == ["ST25-0001", "ST26-0001"]
    driver, clerk = rows
    assert (driver["deliveries"], driver["overdue"], driver["satisfaction"], driver["minutes"]) == (1, 1, None, None)
    assert (clerk["visits"], clerk["satisfaction"], clerk["graded"], clerk["findings"]) == (1, "4.00", 1, {
        "untold-delay": 1
    })  # fmt: skip
    assert len({tuple(row) for row in rows}) == 1


def test_the_records_behind_the_figures(counter: Counter) -> None:
    """Every figure that is not nought, as long as its list."""
    rows = counter.done("staff work --records --format json").json
    (figures,) = counter.done("staff work 张敏 --format json").json
    for row in rows:
        assert row["count"] == len(row["records"]) > 0
        if row["id"] == "ST26-0001":
            assert row["count"] == (figures["findings"][row["code"]] if row["code"] else figures[row["figure"]])
    assert {"ST25-0001", "ST26-0001"} == {row["id"] for row in rows}


def test_a_period_is_of_what_was_done_and_of_nothing_that_is_open(counter: Counter) -> None:
    """The seven chairs came on the 6th."""
    (before,) = counter.done("staff work 李师傅 --period 2026-03-01..2026-03-05 --format json").json
    (then,) = counter.done("staff work 李师傅 --period 2026-03-06..2026-03-06 --format json").json
    assert (before["deliveries"], then["deliveries"]) == (0, 1)
    assert before["overdue"] == then["overdue"] == 1


def test_nobody_is_ranked(counter: Counter) -> None:
    """By id or by name, either way round, and by nothing else."""
    assert counter.done("staff work --sort -id --format ids").lines == ["ST26-0001", "ST25-0001"]
    assert counter.done("staff work --sort name --format ids").lines == ["ST26-0001", "ST25-0001"]
    refused = counter("staff work --sort late")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(("line", "code"), [("赵六", 4), ("--period 2026-13", 2), ("--fields nothing", 2)])
def test_what_is_asked_wrongly_is_refused(counter: Counter, line: str, code: int) -> None:
    """A name that nobody bears, a month that there is not, a field of no row."""
    assert counter(f"staff work {line}").code == code


def test_in_words_it_says_only_what_there_is(counter: Counter) -> None:
    """In either language."""
    lines = counter.done("staff work 张敏").lines
    assert lines[0] == "ST26-0001 张敏 service"
    assert "  how content the customers were: 4.00 of 5, from 1 answer" in lines
    assert not any("repairs" in line for line in lines)
    assert "  顾客满意：4.00 分（满分5分，1 次评分）" in counter.done("staff work 张敏 --lang zh").lines
    counter.done("staff add --name 赵六 --contractor")
    assert counter.done("staff work 赵六").lines == [
        "ST26-0002 赵六 (by contract)",
        "  nothing to do, and nothing done",
    ]


def test_an_empty_book_has_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list, and for CSV the header."""
    empty = Counter(tmp_path, capsys)
    empty.write("aftercare.yaml", "shop: a\ngit: no\n")
    at = f"-C {tmp_path}"
    assert empty.done(f"{at} staff work --format json").json == []
    assert empty.done(f"{at} staff work --format csv").out.startswith("id,kind,name,")
    assert empty.done(f"{at} staff work --records --format csv").out.startswith("id,kind,name,figure,")
    assert empty.done(f"{at} staff trainings --format csv").out.startswith("id,kind,name,on,")
    assert empty.done(f"{at} staff trainings --wanted --format csv").out.startswith("id,kind,customer,")


def test_what_somebody_who_left_still_has_to_do_is_shown(counter: Counter) -> None:
    """In ``due --by`` and among their figures; ``check`` says it from the day after."""
    counter.done("staff set 张敏 left.on=2026-03-10")
    assert counter.done("due --by 张敏 --format ids").lines == ["PM26-0001"]
    assert "PM26-0001/left-with-work" not in counter("check --format ids").lines
    assert "PM26-0001/left-with-work" in counter("check --today 2026-03-11 --format ids").lines
    counter.done("accept PM26-0001/left-with-work --reason 下周交接 --today 2026-03-11")
    assert "PM26-0001/left-with-work" not in counter("check --today 2026-03-11 --format ids").lines
    assert counter("check book --today 2026-03-11").code == 0
