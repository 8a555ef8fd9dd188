"""A score as a row: figures as text, null where there is nothing to make one of, the same in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from aftercare import language
from aftercare.answers.measures.counting import Case
from aftercare.answers.period import EVER, Period
from aftercare.render.scores import CASE_FIELDS, FIELDS, case_row, row
from tests.render import scores_made as made

L2 = made.measure("L2", "L2")
DAYS = made.measure("complaint_days", "L3", "days")
NPS = made.measure("nps", "L7", "net")


@pytest.mark.parametrize("sort", ["share", "days", "grade", "net", "spread", "count"])
def test_of_nothing_there_is_no_figure(sort: str) -> None:
    """Every field is there, and null: never 0 %, never 100 %; only a count of nothing is nought."""
    of_nothing = row(made.score(made.measure("L2", "L2", sort)))  # type: ignore[arg-type]  # each of the sorts
    assert tuple(of_nothing) == FIELDS
    assert of_nothing["value"] == ("0" if sort == "count" else None)
    assert of_nothing["of"] == 0
    for name in (
        "low",
        "high",
        "mean",
        "median",
        "least",
        "most",
        "told",
        "by_law",
        "plan",
        "lowest",
        "before",
        "clear",
    ):
        assert of_nothing[name] is None
    assert (of_nothing["parts"], of_nothing["why"], of_nothing["months"]) == ({}, {}, [])


def test_a_share_has_both_numbers_and_the_reach_of_chance() -> None:
    """3 of 3 is 100 %, and may as well be 44 %: Wilson's lower end of 3 of 3 is 0.4385."""
    three = row(made.score(L2, made.shared(3, 3)))
    assert (three["good"], three["of"], three["value"], three["low"], three["high"]) == (3, 3, "100.0", "43.9", "100.0")
    none = row(made.score(L2, made.shared(0, 3)))
    assert (none["value"], none["low"], none["high"], none["why"]) == ("0.0", "0.0", "56.1", {"late": 3})


def test_told_law_and_plan_are_apart() -> None:
    """All three where promises are counted, a nought among them; null where none are."""
    cases = [Case("a", date(2026, 1, 1), binds="told"), Case("b", date(2026, 1, 1), False, "late", binds="law")]
    found = row(made.score(L2, cases))
    assert (found["told"], found["by_law"], found["plan"]) == (
        {"good": 1, "of": 1},
        {"good": 0, "of": 1},
        {"good": 0, "of": 0},
    )


def test_amounts_have_their_middle_and_their_ends() -> None:
    """The middle of four is between two; no case of them is good or bad."""
    found = row(made.score(DAYS, made.amounts("9", "1", "2", "4")))
    assert [found[name] for name in ("value", "median", "mean", "least", "most")] == ["3.0", "3.0", "4.0", "1.0", "9.0"]
    assert (found["good"], found["of"], found["low"], found["steady"]) == (None, 4, None, None)
    assert found["months"] == [{"month": "2026-02", "good": None, "of": 4, "value": "3.0"}]


def test_fewer_than_ten_answers_make_no_net_score() -> None:
    """One answer more would turn it round; the answers themselves are told."""
    few = row(made.score(NPS, made.parts(promoter=6, detractor=3)))
    assert (few["value"], few["of"]) == (None, 9)
    assert few["parts"] == {"detractor": {"good": 3, "of": 3}, "promoter": {"good": 6, "of": 6}}
    assert row(made.score(NPS, made.parts(promoter=6, passive=1, detractor=3)))["value"] == "30.0"


def test_months_lowest_and_highest() -> None:
    """Rows of months; of one month alone none is the lowest."""
    cases = [*made.shared(1, 2), Case("z", date(2026, 2, 3))]
    found = row(made.score(L2, cases))
    assert found["months"] == [
        {"month": "2026-01", "good": 1, "of": 2, "value": "50.0"},
        {"month": "2026-02", "good": 1, "of": 1, "value": "100.0"},
    ]
    assert (found["lowest"], found["highest"]) == tuple(found["months"])
    assert row(made.score(L2, made.shared(1, 2)))["lowest"] is None


def test_the_period_before_is_a_row_within_the_row() -> None:
    """With its own days and its own interval; a change that chance may explain is not clear."""
    past = replace(made.score(L2, made.shared(2, 4)), period=Period(date(2025, 10, 1), date(2025, 12, 31)))
    found = row(made.score(L2, made.shared(3, 4), before=past))
    assert found["before"] == {
        "from": "2025-10-01", "to": "2025-12-31", "good": 2, "of": 4, "value": "50.0", "low": "15.0", "high": "85.0",
    }  # fmt: skip
    assert (found["change"], found["clear"]) == ("25.0", False)
    clear = row(made.score(L2, made.shared(0, 40), before=replace(past, cases=made.shared(40, 40))))
    assert (clear["change"], clear["clear"]) == ("-100.0", True)
    of_nothing = row(made.score(L2, made.shared(1, 1), before=replace(past, cases=())))
    assert (of_nothing["before"]["value"], of_nothing["change"], of_nothing["clear"]) == (None, None, None)


def test_an_open_end_is_null() -> None:
    """All time has no first day and no last."""
    ever = row(replace(made.score(L2), period=EVER))
    assert (ever["from"], ever["to"]) == (None, None)
    quarter = row(made.score(L2), "person")
    assert (quarter["from"], quarter["to"], quarter["per"], quarter["group"]) == (
        "2026-01-01",
        "2026-03-31",
        "person",
        None,
    )


def test_rows_are_the_same_in_every_language() -> None:
    """A script reads what another operator's computer printed."""
    asked = made.score(L2, made.shared(1, 3))
    english = row(asked)
    language.use("zh")
    assert row(asked) == english


def test_a_case_says_null_for_what_it_does_not_know() -> None:
    """And which kind of thing it is; of what is no share no case is good."""
    promise = Case("SA26-0001/1/deliver", date(2026, 1, 5), False, "late", binds="told", records=("SA26-0001",))
    found = case_row(made.score(L2), promise)
    assert tuple(found) == CASE_FIELDS
    assert (found["kind"], found["on"], found["good"], found["why"]) == ("promise", "2026-01-05", False, "late")
    assert (found["person"], found["amount"], found["part"], found["records"]) == (None, None, None, ["SA26-0001"])
    days = case_row(made.score(DAYS), Case("CO26-0001", date(2026, 1, 5), amount=Decimal(3)))
    assert (days["kind"], days["good"], days["why"], days["amount"]) == ("complaint", None, None, "3")
