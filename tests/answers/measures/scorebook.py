"""Measures of a small shop: its records, a day, a period, and what is counted then."""

from __future__ import annotations

from datetime import date

from aftercare.answers.breaches.all import breaches
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Case, Facts, Score, counted
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop

SILENT = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: renew, title: 续证, category: goods, after: certificate_ends, what: renew, step: renew,
   channel: counter, due: {2020-01-01: [{days: 0}]}}
"""
"""A shop that plans nothing after a sale: what it promises, somebody has said."""
LATER = "2026-12-31"
"""A day on which all that the tests promise is over."""


def span(first: str, last: str = "") -> Period:
    """The days from the first to the last, both included; one day where no other is named."""
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


def facts(*records: str, now: str = LATER, plans: str = shop.PLANS) -> Facts:
    """What measures look at on a day: the stock, the *records*, and the ledger they make."""
    shelf, rules, moment = shop.shelf(*records), shop.rules(plans), parse(now)
    return Facts(shelf, ledger_of(shelf, rules, moment), moment, lambda: breaches(shelf, rules, moment))


def score(measure: str, *records: str, now: str = LATER, period: Period = EVER, plans: str = shop.PLANS) -> Score:
    """A measure of those records in a period."""
    return counted(BY_ID[measure], facts(*records, now=now, plans=plans), period)


def cases(
    measure: str, *records: str, now: str = LATER, period: Period = EVER, plans: str = shop.PLANS
) -> dict[str, Case]:
    """What it counts, by id; a ValueError where it counts something twice."""
    found = score(measure, *records, now=now, period=period, plans=plans).cases
    by_id = {case.id: case for case in found}
    if len(by_id) < len(found):
        raise ValueError(f"an id twice among {[case.id for case in found]}")
    return by_id


def whys(
    measure: str, *records: str, now: str = LATER, period: Period = EVER, plans: str = shop.PLANS
) -> dict[str, str]:
    """Of each case why it counts against the measure; "good" where it does not."""
    found = cases(measure, *records, now=now, period=period, plans=plans)
    return {name: "good" if case.good else case.why for name, case in found.items()}
