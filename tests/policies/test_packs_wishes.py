"""What ships for wishes: each figure says where it is from, and the steps never collide with others."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.plain.moments import Span
from aftercare.policies.load import BadPack, parse, rules

ON = date(2020, 1, 1)
_FIGURES = [
    ("pass-on", "wished", "pass_on", Span(days=7)),
    ("makers-answer", "wish_passed_on", "answer", Span(days=30)),
    ("tell-answer", "wish_answered", "information", Span(days=3)),
    ("tell-realised", "wish_realised", "information", Span(days=7)),
]


@pytest.mark.parametrize(("name", "after", "what", "span"), _FIGURES)
def test_each_hand_over_has_its_time(name: str, after: str, what: str, span: Span) -> None:
    """In force everywhere since 2020; no source gives a figure, and the line says so."""
    plans = {plan.line: plan for plan in rules([], country="DE", region="", named=None).plans}
    plan = plans[f"wish-plans/{name}"]
    assert (plan.step, plan.after, plan.what, plan.spans(ON), plan.is_law) == (name, after, what, [span], False)
    assert plan.spans(date(2019, 12, 31)) == []
    assert "OWN" in plan.cite
    assert plan.subject == "wish"


@pytest.mark.parametrize("event", ["wish_passed_on", "wish_answered"])
def test_a_hand_over_that_comes_several_times_has_one_length_of_time(event: str) -> None:
    """Its promise has the number of the hand-over, or of the answer."""
    text = (
        "id: ours\nissuer: shop\ntitle: x\nplans:\n"
        f"- {{id: a, title: x, category: goods, after: {event}, what: answer, step: ask, channel: phone,\n"
        "   due: {2020-01-01: [{days: 1}, {days: 2}]}}\n"
    )
    with pytest.raises(BadPack, match="one length of time"):
        parse(text.encode(), "ours.yaml")
