"""Looking into rows of the machine formats."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.plain.rows import entries, leads, pick

ROW: dict[str, Any] = {
    "id": "SA26-0001",
    "told": {"deliver": {"by": "2026-03-04"}, "install": None},
    "items": [{"price": "3299.00", "told": None}, {"price": None, "told": {"deliver": {"by": "2026-03-05"}}}],
    "tags": [],
    "a.b": "dotted",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id", "SA26-0001"),
        ("told.deliver.by", "2026-03-04"),
        ("told.install.by", None),
        ("items.price", ["3299.00", None]),
        ("items.2.told.deliver.by", "2026-03-05"),
        ("items.3.price", None),
        ("id.x", None),
        ("a.b", "dotted"),
    ],
)
def test_a_dotted_name_leads_into_groups_and_lists(path: str, expected: object) -> None:
    """Of a list, the values of its entries or, with a number, one of them counted from 1."""
    assert pick(ROW, path) == expected


def test_lists_within_lists_are_walked_through() -> None:
    """Every value counts, however deep the lists lie."""
    row = {"repairs": [{"waiting": [{"from": "a"}, {"from": "b"}]}, {"waiting": [{"from": None}, {"from": "c"}]}]}
    assert list(entries(pick(row, "repairs.waiting.from"))) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("told.deliver.by", True),
        ("told.deliver.from", False),
        ("told.install.by", None),
        ("items.price", True),
        ("items.1.price", True),
        ("items.prize", False),
        ("items.1.told.deliver", True),
        ("items.1.tolled", False),
        ("tags.x", None),
        ("nothing", False),
        ("id.before", False),
        ("a.b", True),
    ],
)
def test_whether_a_name_leads_anywhere_is_unknown_behind_what_is_absent(path: str, expected: bool | None) -> None:
    """A group that is absent hides whether the name is right; anywhere else a wrong name is known to be one."""
    assert leads(ROW, path) is expected
