"""One case: what is known, what is taken for granted, and what nobody knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aftercare.plain.tree import Tree
from aftercare.policies.judging.given import Given, Place, Unknown, as_text
from aftercare.policies.judging.measures import of_the_pack
from aftercare.policies.judging.situation import Misstated, Situation, days_in, situation
from aftercare.policies.law import Law
from aftercare.policies.vocabulary import facts

_ON = date(2025, 6, 1)


def _case(**said: Tree) -> Situation:
    return situation(said, _ON)


def _known(case: Situation, name: str) -> Given:
    found = case.get(name)
    assert isinstance(found, Given)
    return found


def test_absence_means_what_the_vocabulary_says() -> None:
    """A circumstance is asked for, a presumption is taken for granted, an event did not happen."""
    case = _case()
    assert case.get("channel") == Unknown(("channel",))
    assert case.get("buyer") == Given("consumer", "assumed")
    assert case.get("exclusions") == Given((), "assumed")
    assert case.get("repairs") == Given(None, "none")


@pytest.mark.parametrize("name", [name for name, fact in facts().items() if not fact.measured])
def test_every_fact_has_a_meaning_when_nobody_said_anything(name: str) -> None:
    """No fact of the vocabulary is silently no."""
    found, fact = _case().get(name), facts()[name]
    assert isinstance(found, Unknown) is (fact.absent == "ask")


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("sold_on", "2025-03-03", date(2025, 3, 3)),
        ("price", "3,299.00", Decimal("3299.00")),
        ("same_model_available", "是", True),
        ("goods_intact", "No", False),
        ("category", "冰箱", "refrigerator"),
        ("exclusions", "misuse", ("misuse",)),
        ("exclusions", "none", ()),
        ("fault_on", "none", None),
        ("channel", "online", "online"),
    ],
)
def test_facts_are_typed_once(name: str, said: str, value: Any) -> None:
    """A clerk's text becomes the value that the rules go by."""
    assert _known(_case(**{name: said}), name).value == value


@pytest.mark.parametrize(
    "said",
    [
        {"sold_on": "yesterday"},
        {"price": "-1"},
        {"price": "NaN"},
        {"channel": "pigeon"},
        {"same_model_available": "perhaps"},
        {"category": "thing"},
        {"repairs": "two"},
        {"repairs": [{"out": "2025-01-01"}]},
        {"repairs": [{"in": "2025-01-01", "oud": "2025-01-02"}]},
        {"soldon": "2025-03-03"},
        {"repairs_done": "2"},
        {"component": ""},
    ],
)
def test_what_is_no_fact_is_refused(said: dict[str, Tree]) -> None:
    """A value that does not fit, an unknown name and a measure are named, each with its sentence."""
    with pytest.raises(Misstated) as caught:
        situation(said, _ON)
    ((path, sentence),) = caught.value.misfits
    assert path[0] == next(iter(said))
    assert sentence


def test_all_misfits_are_told_at_once() -> None:
    """One bad fact never hides another."""
    with pytest.raises(Misstated) as caught:
        _case(sold_on="x", price="y", channel="shop")
    assert [path for path, _sentence in caught.value.misfits] == [("sold_on",), ("price",)]


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ({"sold_on": "2025-03-03", "delivered_on": "2025-03-02"}, {"sold_on", "delivered_on"}),
        ({"sold_on": "2025-03-03", "fault_on": "2025-03-02"}, {"sold_on", "fault_on"}),
        ({"repairs": [{"in": "2025-03-03", "out": "2025-03-02"}]}, {"repairs"}),
        ({"sold_on": "2025-03-03", "repairs": [{"in": "2025-03-02"}]}, {"sold_on", "repairs"}),
        ({"sold_on": "2025-03-03", "delivered_on": "2025-03-03"}, set()),
    ],
)
def test_what_contradicts_counts_as_unknown(said: dict[str, Tree], unknown: set[str]) -> None:
    """Nothing is reckoned from days that cannot both be right."""
    case = situation(said, _ON)
    assert {name for name in said if isinstance(case.get(name), Unknown)} == unknown


def test_an_unknown_day_has_bounds() -> None:
    """What was delivered was delivered from the sale to the fault; a fault showed from the hand-over to today."""
    sold = _case(sold_on="2025-03-03")
    assert sold.bounds("delivered_on") == sold.bounds("fault_on") == (date(2025, 3, 3), _ON)
    faulty = _case(sold_on="2025-03-03", fault_on="2025-03-09")
    assert faulty.bounds("delivered_on") == (date(2025, 3, 3), date(2025, 3, 9))
    assert faulty.bounds("fault_on") is None
    assert _case().bounds("delivered_on") is None


def test_goods_not_handed_over_have_no_such_day() -> None:
    """Only who says so makes it so."""
    assert _known(_case(delivered="no"), "delivered_on").value is None
    assert isinstance(_case().get("delivered_on"), Unknown)


def test_the_history_is_that_of_the_unit_as_it_is_now() -> None:
    """Stays before the last replacement belong to another thing."""
    stays: Tree = [{"in": "2025-03-01", "out": "2025-03-04"}, {"in": "2025-05-01"}]
    case = _case(repairs=stays, replacements=[{"on": "2025-04-01"}])
    assert [stay.in_ for stay in case.stays] == [date(2025, 5, 1)]
    assert [days_in(stay, _ON) for stay in case.stays] == [31]
    found = of_the_pack("repair_days", case, Law())
    assert isinstance(found, Given)
    assert found.value == 31
    assert _known(case, "repairs_done").value == 0


def test_a_fact_knows_where_it_stands() -> None:
    """The record of a fact goes with it into the trace, and into what is measured from it."""
    place = Place("SA25-0001", ("channel",))
    case = situation({"channel": "online"}, _ON, places={"channel": place})
    assert case.get("distance_sale") == Given(True, "measured", place)


def test_values_read_alike_in_every_language() -> None:
    """A trace holds text that no language changes."""
    assert [as_text(value) for value in (None, True, date(2025, 3, 3), Decimal("1.10"), ("a", "b"), {"k": False})] == [
        "none", "yes", "2025-03-03", "1.10", "a, b", "k=no",
    ]  # fmt: skip
