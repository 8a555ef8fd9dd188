"""What ships for complaints: each figure as its source has it, and the law of Zhejiang beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aftercare.plain.moments import Span
from aftercare.policies.categories import tree
from aftercare.policies.load import BadPack, parse, rules
from aftercare.policies.plans import applying
from aftercare.policies.standards import nearest

ON = date(2026, 11, 22)
_FIGURES = [
    ("acknowledge", "acknowledge", "no", Span(days=1), "C34"),
    ("acknowledge-urgent", "acknowledge", "yes", Span(hours=1), "C21"),
    ("answer", "answer", "no", Span(days=1), "C17"),
    ("answer-urgent", "answer", "yes", Span(hours=3), "C21"),
    ("resolve", "resolve", "no", Span(days=3), "C22"),
    ("resolve-urgent", "resolve", "yes", Span(days=1), "OWN"),
    ("confirm", "confirm", "", Span(days=1), "OWN"),
    ("check-back", "check-back", "", Span(days=7), "C22"),
    ("pass-on", "pass-on", "", Span(days=1), "OWN"),
    ("tell-answer", "tell-answer", "", Span(days=1), "OWN"),
    ("make-safe", "make-safe", "", Span(days=0), "N13"),
    ("report", "report", "", Span(days=0), "OWN"),
    ("fault-make-safe", "make-safe", "", Span(days=0), "N13"),
    ("fault-report", "report", "", Span(days=0), "OWN"),
]


@pytest.mark.parametrize(("name", "step", "urgent", "span", "source"), _FIGURES)
def test_each_step_has_its_time_and_its_source(name: str, step: str, urgent: str, span: Span, source: str) -> None:
    """In force everywhere; a figure that no source gives says so."""
    plans = {plan.line: plan for plan in rules([], country="DE", region="", named=None).plans}
    plan = plans[f"complaint-plans/{name}"]
    assert (plan.step, plan.spans(ON), plan.is_law) == (step, [span], False)
    assert plan.urgent is {"yes": True, "no": False, "": None}[urgent]
    assert source in plan.cite


def test_faults_of_claims_are_dealt_with_from_the_day_the_rule_was_written() -> None:
    """What an old book has of dangerous faults is not late all of a sudden."""
    plans = [plan for plan in rules([], country="CN", region="", named=None).plans if plan.after == "unsafe_fault"]
    assert [plan.spans(date(2026, 11, 21)) for plan in plans] == [[], []]
    assert [plan.spans(date(2026, 11, 22)) for plan in plans] == [[Span()], [Span()]]


def test_zhejiang_says_when_a_customer_is_answered() -> None:
    """Five days to answer, three to carry out what was promised (art. 31), there alone and since 2017."""

    def by_law(region: str, on: date) -> dict[str, list[Span]]:
        found = applying(rules([], country="CN", region=region, named=None).plans, "goods", on, tree())
        return {plan.step: plan.spans(on) for plan in found if plan.is_law and plan.after.startswith("complain")}

    assert by_law("Zhejiang", ON) == {"answer-by-law": [Span(days=5)], "resolve-by-law": [Span(days=3)]}
    assert by_law("Zhejiang", date(2017, 4, 30)) == {}
    assert by_law("", ON) == {}


def test_the_ladder_and_the_low_grade_are_figures_of_the_pack() -> None:
    """Three days late, and a two of five."""
    duties = rules([], country="CN", region="", named=None).standards.duties
    ladder = nearest([duty for duty in duties if duty.duty == "escalate"], "goods", ON, tree())
    opens = nearest([duty for duty in duties if duty.duty == "open_complaint"], "goods", ON, tree())
    assert ladder is not None
    assert opens is not None
    assert ladder.span(ON) == Span(days=3)
    assert (opens.grade(ON), opens.grade(date(2019, 12, 31))) == (Decimal(2), None)


def test_only_the_opening_of_complaints_goes_by_a_grade() -> None:
    """A grade under another duty would be read over in silence."""
    line = "- {id: x, title: x, category: goods, duty: %s, grade: {2020-01-01: 3}}\n"
    text = f"id: own\nissuer: shop\ntitle: 自家\nduties:\n{line}"
    assert parse((text % "open_complaint").encode(), "own.yaml").standards.duties[0].grade(ON) == 3
    with pytest.raises(BadPack) as caught:
        parse((text % "sign").encode(), "own.yaml")
    assert [fault.code for fault in caught.value.faults] == ["value"]
