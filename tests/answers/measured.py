"""Measures of a small shop: every duty there is, plans of its own, and the cases that its records make."""

from __future__ import annotations

from datetime import date

from aftercare.answers.breaches.all import breaches
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Case, Facts, Score, counted
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD

_MORE = """
- {id: missed, title: 回未接来电, category: goods, after: missed_call, what: answer, step: answer,
   channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: safe, title: 排除, category: goods, after: incident, what: make_safe, step: make-safe,
   channel: home, due: {2020-01-01: [{days: 0}]}}
"""
PLANS = STANDARD.replace("duties:\n", f"{_MORE.lstrip()}duties:\n", 1)
LATER = "2026-12-31"


def period(first: str, last: str) -> Period:
    """The days from one to another, both included."""
    return Period(date.fromisoformat(first), date.fromisoformat(last))


MARCH = period("2026-03-01", "2026-03-31")


def facts(*records: str, now: str = LATER) -> Facts:
    """The stock and *records*, as measures look at them."""
    shelf, rules, at = shop.shelf(*records), shop.rules(PLANS), parse(now)
    return Facts(shelf, ledger_of(shelf, rules, at), at, lambda: breaches(shelf, rules, at))


def score(measure: str, *records: str, within: Period = EVER, now: str = LATER) -> Score:
    """A measure of the stock and *records*."""
    return counted(BY_ID[measure], facts(*records, now=now), within)


def cases(measure: str, *records: str, within: Period = EVER, now: str = LATER) -> dict[str, Case]:
    """Its cases by their ids; a ValueError where one is there twice."""
    found = score(measure, *records, within=within, now=now).cases
    by_id = {case.id: case for case in found}
    if len(by_id) < len(found):
        raise ValueError(f"an id twice among {[case.id for case in found]}")
    return by_id


def said(measure: str, *records: str, within: Period = EVER, now: str = LATER) -> dict[str, str]:
    """Of each case why it counts against, or that it is good."""
    found = cases(measure, *records, within=within, now=now)
    return {name: "good" if case.good else case.why or "not" for name, case in found.items()}
