"""References: what leads where, and what is words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.book.references import circle_of, circles, dangling, referrers
from aftercare.records.customer import Customer
from tests.answers import shop
from tests.answers.shop import record


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("压缩机", False),
        ("KF35-COMP", False),
        ("CL26-0001", False),
        ("PA26-0001", False),
        ("PA26-0002", True),
        ("pa26-2", True),
    ],
)
def test_words_may_be_anything_but_an_id_that_leads_nowhere(text: str, wrong: bool) -> None:
    """What a repair waits for is a part or words; what looks like a part's id is one, and must lead somewhere."""
    claim = record("CL26-0001", repairs=f"[{{in: 2026-08-05, waiting: [{{from: 2026-08-06, for: {text}}}]}}]")
    shelf = shop.shelf(record("SA26-0001"), claim, record("PA26-0001", name="压缩机"))
    found = [path for path, __ in dangling(shelf, shelf.records["CL26-0001"])]
    assert found == ([("repairs", 0, "waiting", 0, "for")] if wrong else [])
    assert referrers(shelf, "PA26-0001") == (["CL26-0001"] if text == "PA26-0001" else [])


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_who_comes_back_to_themselves_stands_in_a_circle(named: list[int]) -> None:
    """By following who is named, one of eight or nobody known, as far as there are people; others only lead to one."""
    people = [record(f"CU26-{n:04}", referred_by=f"CU26-{by:04}" if by else "") for n, by in enumerate(named, start=1)]
    shelf = shop.shelf(*people)
    expected = set()
    for start in range(1, 9):
        at = start
        for __ in range(8):
            at = named[at - 1] if 1 <= at <= 8 else 0
            if at == start:
                expected.add(f"CU26-{start:04}")
    assert set(circles(shelf)) == expected
    for customer in shelf.of(Customer):
        assert circle_of(shelf, customer) == circles(shelf).get(customer.id)
