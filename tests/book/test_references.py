"""References: what leads where, and what is words."""

from __future__ import annotations

import pytest

from aftercare.book.references import dangling, referrers
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
