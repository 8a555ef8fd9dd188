"""Which rows are one order."""

from __future__ import annotations

from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.mappings import NOTHING_WANTED, Entry, columns_of
from aftercare.answers.importing.order_groups import Group, grouped
from aftercare.plain.sheets import read


def _entries(*rows: dict[str, str]) -> list[Entry]:
    return [Entry(line, {field: (text,) for field, text in row.items()}) for line, row in enumerate(rows, start=2)]


def test_rows_of_one_number_are_one_order_wherever_they_stand() -> None:
    """Also by a key of the file."""
    entries = _entries({"order": "A1"}, {"order": "A2"}, {"order": "A1", "source_key": ""}, {"source_key": "K"})
    assert grouped(entries, Habits()) == [Group("A1", [0, 2]), Group("A2", [1]), Group("K", [3])]


def test_the_own_key_counts_before_the_number() -> None:
    """Where a row has both."""
    assert grouped(_entries({"order": "A1", "source_key": "K"}, {"order": "A1"}), Habits()) == [
        Group("K", [0]),
        Group("A1", [1]),
    ]


def test_rows_that_lack_theirs_come_first() -> None:
    """So do those whose number cannot be read."""
    assert grouped(_entries({"order": "A1"}, {}, {"order": "1.38E+10"}), Habits()) == [
        Group(None, [1, 2]),
        Group("A1", [0]),
    ]


def test_without_any_number_each_row_is_an_order() -> None:
    """There is nothing to put them together by."""
    assert grouped(_entries({}, {"name": "x"}), Habits()) == [Group("", (0,)), Group("", (1,))]


def test_the_same_is_said_by_a_sheet() -> None:
    """Its rows are read when they are asked for."""
    sheet = read("订单号,日期,姓名,商品\nA1,2026/3/4,王,空调\nA2,2026/3/4,李,空调\nA1,,,支架\n".encode(), "f.csv")
    entries, faults = columns_of("sale", sheet, NOTHING_WANTED, "f.csv").entries(sheet, "f.csv")
    assert not faults
    assert grouped(entries, Habits()) == [Group("A1", [0, 2]), Group("A2", [1])]
    assert entries[2].values == {"order": ("A1",), "product": ("支架",)}
    assert [entry.line for entry in entries[1:]] == [3, 4]
