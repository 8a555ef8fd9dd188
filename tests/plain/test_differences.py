"""What is different between two trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.differences import Difference, differences
from aftercare.plain.tree import Tree, get

LEAVES = st.sampled_from(["a", "b", "13800138000", "58.00", ""])
KEYS = st.sampled_from(["id", "note", "items", "on"])
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
WHOLE = st.dictionaries(KEYS, TREES, max_size=4)


@given(WHOLE, WHOLE)
def test_it_is_empty_for_equals_alone(before: dict[str, Tree], after: dict[str, Tree]) -> None:
    """Equal trees differ in nothing, others in something."""
    assert list(differences(before, before)) == []
    assert (before == after) == (not list(differences(before, after)))


@given(WHOLE, WHOLE)
def test_each_difference_stands_where_it_says(before: dict[str, Tree], after: dict[str, Tree]) -> None:
    """What was and is no more stands in the tree before, and what is now in the tree after."""
    for path, was, is_now in differences(before, after):
        assert was != is_now
        assert is_now is None or get(after, path) == is_now
        assert is_now is not None or get(before, path) == was


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"note": "a"}, {"note": "b"}, [Difference(("note",), "a", "b")]),
        ({}, {"note": "b"}, [Difference(("note",), None, "b")]),
        ({"phones": ["1", "2"]}, {"phones": ["2", "3"]}, [(("phones", 0), "1", None), (("phones", 1), None, "3")]),
        (
            {"items": [{"price": "58"}, {"price": "60"}]},
            {"items": [{"price": "58"}, {"price": "61"}]},
            [(("items", 1, "price"), "60", "61")],
        ),
        (
            {"items": [{"price": "58"}, {"price": "60"}]},
            {"items": [{"price": "60"}]},
            [(("items", 0), {"price": "58"}, None)],
        ),
        ({"note": None}, {}, []),
        ({"told": {"by": "1"}}, {"told": "x"}, [(("told",), {"by": "1"}, "x")]),
    ],
)
def test_what_is_told_of_lists_and_mappings(
    before: dict[str, Tree], after: dict[str, Tree], expected: list[Difference]
) -> None:
    """Texts of a list come and go; entries of a list are compared with themselves, also where one before them went."""
    assert list(differences(before, after)) == expected
