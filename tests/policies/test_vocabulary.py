"""The vocabulary of facts."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.policies.judging.given import typed
from aftercare.policies.judging.measures import MEASURES
from aftercare.policies.judging.situation import Misstated, situation
from aftercare.policies.vocabulary import ASK, NONE, Fact, facts

_TYPES = {"day", "moment", "yesno", "choice", "number", "money", "text", "category", "list", "events", "days", "group"}


@pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.name)
def test_every_fact_is_whole(fact: Fact) -> None:
    """It has a type, a name in both languages, and a question where somebody may have to be asked."""
    assert fact.type in _TYPES
    assert fact.label.en
    assert fact.label.zh
    assert fact.question.en.endswith("?") is not fact.measured
    assert fact.question.zh.endswith(("？", "?")) is not fact.measured
    assert (fact.type == "choice") <= bool(fact.choices)


@pytest.mark.parametrize("fact", [fact for fact in facts().values() if not fact.measured], ids=lambda fact: fact.name)
def test_what_is_taken_for_granted_fits_and_has_a_reason(fact: Fact) -> None:
    """A presumption is a value of its fact, and says why in both languages."""
    if fact.assumed is None:
        assert fact.absent in {ASK, NONE}
    else:
        typed(fact, fact.assumed)
        assert fact.because
        assert fact.because.en
        assert fact.because.zh


def test_a_measure_is_measured_and_asks_for_stored_facts() -> None:
    """Every measure of the vocabulary has its function or is a part of a group, and names facts that can be said."""
    measured = {name for name, fact in facts().items() if fact.measured}
    parts = {f"{fact.name}.{part}" for fact in facts().values() if fact.type == "group" for part in fact.parts}
    assert set(MEASURES) <= measured
    assert measured - set(MEASURES) <= parts
    assert [name for fact in facts().values() for name in fact.asks if facts()[name].measured] == []


def test_a_mistyped_name_gets_suggestions() -> None:
    """A clerk is shown facts that he can say; a pack may name measures too."""
    assert facts().near("sold_om")[0] == "sold_on"
    assert "repairs_done" not in facts().near("repair_done")
    assert facts().near("repair_done", measured=True)[0] == "repairs_done"
    with pytest.raises(Misstated, match="did you mean delivered_on"):
        situation({"deliverd_on": "2025-03-03"}, date(2025, 3, 3))
