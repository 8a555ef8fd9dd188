"""The records against the national standard: what they can speak to, and never that anything is passed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from aftercare.answers.assessment import RESTS_ON, Assessed, Assessment, assessed, with_evidence
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.counting import Facts
from aftercare.answers.period import EVER, Period
from aftercare.book.shelf import shelve
from aftercare.plain.moments import parse
from aftercare.policies.national import standard
from tests.answers import shop
from tests.answers.measures.workshop import FITTER, claim, facts, repaired

PAGE = Path(__file__).parents[2] / "docs" / "score.md"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NOBODY = {"organisation", "culture", "disposal"}
"""The indicators that no record of a book can speak to."""


def _by_id(found: Assessment) -> dict[str, Assessed]:
    return {one.indicator.id: one for one in found.found}


def _nothing() -> Facts:
    """A book without a record."""
    settings = shop.settings()
    shelf, rules, now = shelve([], settings), shop.rules(), parse("2026-12-31")
    return Facts(shelf, ledger_of(shelf, rules, now), now, tuple)


def test_an_empty_book_has_evidence_of_nothing() -> None:
    """Not of its rules either: what ships with the program is none of the shop's doing."""
    found = assessed(_nothing(), EVER)
    assert len(found.found) == 15
    assert with_evidence(found.found) == 0
    assert {one.state for one in found.found} == {"not_assessed"}
    assert {name for name, one in _by_id(found).items() if one.reason == "not_recorded"} == NOBODY
    assert all(one.reason == "none_in_period" for name, one in _by_id(found).items() if name not in NOBODY)


def test_what_is_counted_in_the_period_is_evidence_with_its_figures() -> None:
    """A repair of March speaks to repairs in March, and to nothing else; in April there is none."""
    known = facts(claim(1, repaired("2026-03-01", "2026-03-05")), pack=shop.PLANS)
    repair = _by_id(assessed(known, MARCH))["repair"]
    assert (repair.state, repair.reason) == ("evidence", "")
    assert [(one.measure.id, str(one.value), one.of) for one in repair.figures] == [
        ("L6", "100.0", 1),
        ("turnaround_collected", "4.0", 1),
    ]
    april = _by_id(assessed(known, Period(date(2026, 4, 1), date(2026, 4, 30))))["repair"]
    assert (april.state, april.reason, list(april.figures)) == ("not_assessed", "none_in_period", [])


def test_bad_figures_are_evidence_too() -> None:
    """What the records say against the shop they say as well; evidence is not a pass."""
    known = facts(claim(1, repaired("2026-03-01", "2026-03-05", result="not_fixed")))
    repair = _by_id(assessed(known, EVER))["repair"]
    assert repair.state == "evidence"
    assert repair.figures[0].value == 0


@pytest.mark.parametrize("period", [EVER, MARCH, Period(date(2030, 1, 1), date(2030, 12, 31))])
def test_an_indicator_is_told_once_with_a_state_that_fits(period: Period) -> None:
    """Evidence has figures of something; what is not assessed has a reason; no third state is known."""
    found = assessed(facts(claim(1, repaired("2026-03-01", "2026-03-05"))), period)
    assert [one.indicator for one in found.found] == standard().indicators
    for one in found.found:
        assert one.state in {"evidence", "not_assessed"}
        assert (one.state == "evidence") is bool(one.figures) is not bool(one.reason)
        assert all(score.of for score in one.figures)
    assert sum(len(found.of(group)) for group in standard().groups) == 15


def test_what_lies_after_today_has_no_evidence() -> None:
    """A period of the next years is empty, whatever certificates will still hold."""
    found = assessed(facts(), Period(date(2030, 1, 1), date(2030, 12, 31)))
    assert with_evidence(found.found) == 0


def test_people_and_the_sale_speak_to_their_indicators() -> None:
    """The workshop's fitter has a certificate until the end of June; there is a customer, and goods without words."""
    found = _by_id(assessed(facts(now="2026-06-30"), EVER))
    assert {name for name, one in found.items() if one.state == "evidence"} >= {"staffing", "relations"}
    assert found["staffing"].figures[0].cases[0].id == FITTER
    assert found["goods_information"].figures[0].value == 0


def test_every_indicator_says_what_it_rests_on_and_the_page_defines_it() -> None:
    """No figure is named that docs/score.md does not define, and the page says the same of every indicator."""
    page = PAGE.read_text(encoding="utf-8")
    assert list(RESTS_ON) == [one.id for one in standard().indicators]
    defined = {
        name for row in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    for indicator, names in RESTS_ON.items():
        assert set(names) <= defined
        row = next(line for line in page.splitlines() if line.startswith(f"| `{indicator}` "))
        assert tuple(re.findall(r"`(\w+)`", row.rsplit("|", 2)[1])) == names
