"""Grants: what the lines that hold give, at what cost; and what a line of their own pack takes away again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from aftercare.plain.moments import days_between
from aftercare.policies.judging.given import Given
from aftercare.policies.judging.outcomes import Outcome
from aftercare.policies.judging.situation import Situation, days_in
from aftercare.policies.judging.verdict import Cite, Fee, Grant, State
from aftercare.policies.judging.weighing import NO, Weighed, any_of
from aftercare.policies.lines import PAID_BACK, Line, Rate

_CENT = Decimal("0.01")


def left(outcomes: Sequence[Outcome], case: Situation) -> Iterator[Grant]:
    """The grants that no line of their own pack takes away; where nobody knows whether one does, that is asked."""
    taking: dict[tuple[str, str], list[Weighed]] = {}
    for outcome in outcomes:
        for name in outcome.line.instead_of if outcome.holds else ():
            taking.setdefault((outcome.pack.id, name), []).append(outcome.weighed)
    for outcome in outcomes:
        for grant in _grants(outcome, case):
            takers = taking.get((outcome.pack.id, grant.remedy))
            taken = any_of(takers) if takers else NO
            if taken.truth == "no":
                yield grant
            elif taken.truth == "unknown":
                missing = tuple(dict.fromkeys((*grant.missing, *taken.missing)))
                yield replace(grant, state="ask" if missing else "review", missing=missing)


def taken(outcomes: Sequence[Outcome]) -> Mapping[str, tuple[Cite, ...]]:
    """The remedies that a line of their own pack takes away for good, and where that line stands."""
    granted = {(one.pack.id, name) for one in outcomes if one.holds for name in one.line.remedies}
    return {
        name: one.cite
        for one in outcomes
        if one.weighed.truth == "yes"
        for name in one.line.instead_of
        if (one.pack.id, name) in granted
    }


def _grants(outcome: Outcome, case: Situation) -> Iterator[Grant]:
    if not outcome.holds:
        return
    line, weighed = outcome.line, outcome.weighed
    for remedy in line.remedies:
        fee = _fee(outcome, case)
        yield Grant(
            remedy=remedy,
            line=line.line,
            title=line.title,
            state=_state(line, weighed),
            until=weighed.until,
            act=weighed.act,
            since=None,
            fee=fee,
            amount=_amount(remedy, fee, case),
            liable=outcome.liable,
            choice=line.choice,
            steps=weighed.steps,
            cite=outcome.cite,
            missing=weighed.missing,
            provisional=bool(weighed.provisional),
            proof=("consumer" if weighed.to_prove else "trader") if outcome.on_proof else None,
        )


def _state(line: Line, weighed: Weighed) -> State:
    if weighed.truth == "unknown":
        return "review" if weighed.figure and not weighed.missing else "ask"
    if line.review:
        return "review"
    return "if_proven" if weighed.to_prove else "open"


def _price(case: Situation) -> Decimal | None:
    value = case.value("price")
    return value if isinstance(value, Decimal) else None


def _fee(outcome: Outcome, case: Situation) -> Fee | None:
    """Price times rate times days of use (1995 art. 13): from the start of the period to the return, without all days
    in repair of the unit as it is now, at most the price, rounded half up to cents.
    """
    rule = outcome.line.fee
    if rule is None:
        return None
    if rule.judged is not None:
        return Fee(None, judged=rule.judged)
    if rule.by_distance is not None:
        return _by_distance(rule.by_distance, outcome, case)
    row, price = outcome.view.hearing.row(outcome.pack.law), _price(case)
    percent = row.figures.get(rule.column) if row else None
    since = outcome.view.end(rule.window).start
    if percent is None or since is None:
        return Fee(None, price, percent)
    repair_days = sum(days_in(stay, case.on, outcome.pack.law.counting.stays) for stay in case.stays)
    returned = case.day("returned_on") or case.today
    days = max(0, days_between(since, returned) - repair_days)
    if price is None:
        return Fee(None, None, percent, days, since, repair_days)
    full = (price * percent * days / 100).quantize(_CENT, ROUND_HALF_UP)
    return Fee(min(full, price), price, percent, days, since, repair_days, capped=full > price)


def _by_distance(rate: Rate, outcome: Outcome, case: Situation) -> Fee:
    """Price times thousands of kilometres times the rate of the papers (car rules of 2021, art. 27; of 2013, art. 25).

    A rate beyond the bounds of the law is the bound.
    """
    price, percent = _price(case), outcome.view.found(rate.fact)
    kilometres = case.value("odometer_km")
    figure = percent.value if isinstance(percent, Given) else None
    if price is None or figure is None or kilometres is None:
        return Fee(None, price, figure, kilometres=kilometres)
    figure = max(figure, rate.least) if rate.least is not None else figure
    figure = min(figure, rate.most) if rate.most is not None else figure
    full = (price * kilometres / 1000 * figure / 100).quantize(_CENT, ROUND_HALF_UP)
    return Fee(min(full, price), price, figure, capped=full > price, kilometres=kilometres)


def _amount(remedy: str, fee: Fee | None, case: Situation) -> Decimal | None:
    price = _price(case)
    if remedy not in PAID_BACK or price is None:
        return None
    if fee is None:
        return price.quantize(_CENT)
    return None if fee.amount is None else (price - fee.amount).quantize(_CENT)
