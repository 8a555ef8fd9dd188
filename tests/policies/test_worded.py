"""Facts on one line: what the forms are, and that each way of writing one thing says the same."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.given import typed
from aftercare.policies.worded import Miswritten, worded


@pytest.mark.parametrize(
    ("fact", "texts", "tree"),
    [
        ("component", ["压缩机"], "压缩机"),
        ("component", ["fan, motor"], "fan, motor"),
        ("component", ["[x]"], "[x]"),
        ("fault_on", ["none"], "none"),
        ("repairs", ["无"], "none"),
        ("exclusions", ["None"], "none"),
        ("exclusions", ["misuse", "virus"], ["misuse", "virus"]),
        ("exclusions", ["misuse，virus、expired"], ["misuse", "virus", "expired"]),
        ("exclusions", ['["misuse", "virus"]'], ["misuse", "virus"]),
        ("exclusions", ["[]"], []),
        ("deliveries", ["2025-03-04,2025-03-05"], ["2025-03-04", "2025-03-05"]),
        ("repairs", ["in=2025-03-04"], [{"in": "2025-03-04"}]),
        ("repairs", ["in=2025-03-04,out="], [{"in": "2025-03-04", "out": None}]),
        ("repairs", ["in=2025-03-04, out = none"], [{"in": "2025-03-04", "out": None}]),
        ("repairs", ["in=2025-03-04; in=2025-04-01"], [{"in": "2025-03-04"}, {"in": "2025-04-01"}]),
        ("repairs", ['{"in": "2025-03-04"}', "in=2025-04-01"], [{"in": "2025-03-04"}, {"in": "2025-04-01"}]),
        ("replacements", ["on=2025-03-04,installation-charged=9"], [{"on": "2025-03-04", "installation_charged": "9"}]),
        ("warranty", ["type=full,years=3"], {"type": "full", "years": "3"}),
        ("promised", ['{"free": true, "hours": 24, "said_by": null}'], {"free": "yes", "hours": "24", "said_by": None}),
    ],
)  # fmt: skip
def test_forms(fact: str, texts: list[str], tree: Tree) -> None:
    """Commas in lists, K=V in groups, JSON for either; a text is never taken apart."""
    assert worded(vocabulary.fact(fact), texts) == tree


@pytest.mark.parametrize(
    ("fact", "text"), [("repairs", "2025-03-04"), ("repairs", "=x"), ("repairs", "[{"), ("warranty", "full")]
)
def test_what_has_no_form_is_refused(fact: str, text: str) -> None:
    """With the text that is wrong, and how to write it."""
    with pytest.raises(Miswritten) as error:
        worded(vocabulary.fact(fact), [text])
    assert error.value.text == text
    assert error.value.sentence


def test_words_for_dates_are_read_wherever_a_date_stands() -> None:
    """In a day, in a list of days and in the parts of an event; not in a text."""
    said: list[str] = []

    def day(text: str) -> str:
        said.append(text)
        return "2025-03-04"

    assert worded(vocabulary.fact("fault_on"), ["today"], day) == "2025-03-04"
    assert worded(vocabulary.fact("deliveries"), ["fri"], day) == ["2025-03-04"]
    assert worded(vocabulary.fact("repairs"), ["in=昨天,problem=today"], day) == [
        {"in": "2025-03-04", "problem": "today"}
    ]
    assert said == ["today", "fri", "昨天"]


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(
    st.lists(
        st.tuples(DAYS, st.integers(0, 90), st.sampled_from(["no_parts", "repairer_delay"])), min_size=1, max_size=4
    )
)
def test_however_it_is_written_it_says_the_same(stays: list[tuple[date, int, str]]) -> None:
    """Repeated, on one line, and as JSON: one fact, the earliest stay first."""
    events = [{"in": f"{at}", "out": f"{at + timedelta(days)}", "because": why} for at, days, why in stays]
    pairs = [",".join(f"{key}={value}" for key, value in event.items()) for event in events]
    fact = vocabulary.fact("repairs")
    ways = (pairs, [";".join(reversed(pairs))], [json.dumps(events)], [json.dumps(event) for event in events])
    found = [sorted(typed(fact, worded(fact, way))) for way in ways]
    assert found[0] == found[1] == found[2] == found[3]
    assert [stay.in_ for stay in typed(fact, worded(fact, pairs))] == sorted(stay[0] for stay in stays)
