"""The European Union, Germany and France."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.second.days import DAY, after, moved
from tests.second.reading import Case, Stay, rule, worded
from tests.second.rules import (
    ADVERTISED,
    EXTRA_PERIOD,
    STATED,
    Day,
    Window,
    delivered,
    end_of,
    from_the_end,
    latest,
    not_told,
    of_a_promise,
    or_agreed,
    plain,
    told_on,
    untold,
)


def _fulfilled(case: Case) -> list[Stay]:
    """The repairs that were done."""
    return [stay for stay in case.stays if not stay.open and stay.result not in {"not_done", "pending"}]


def _shorter_for_used(window: str, field: str) -> Window:
    """A period of years that an agreement may cut for used goods, to a year at the least."""

    def reckoned(case: Case) -> Day:
        months, got = case.number("used_period_months"), delivered(case)
        least = 12 * worded(rule(window)[field], r"second-hand: may be cut .*?(\d+) year")
        by_law = plain(case, window)
        if case.says("used") and months and months >= least and got and by_law:
            return min(by_law, end_of(window, got, int(months), "month"))
        return by_law

    return reckoned


_eu_liability = _shorter_for_used("eu.conformity.liability", "exclusions")
_de_limitation = _shorter_for_used("de.limitation", "exclusions")


def _once_more(window: str, base: Window) -> Window:
    """An extension by which a period grows once, for a repair that was done within it."""

    def reckoned(case: Case) -> Day:
        end = base(case)
        if end is None or not any(stay.into.date() <= end for stay in _fulfilled(case)):
            return None
        return plain(case, window, end)

    return reckoned


_de_repair = _once_more("de.repair_12m", _de_limitation)


def _digital(case: Case) -> Day:
    """The period of the law, or that of the supply if it is longer."""
    return latest(case, lambda case: plain(case, "eu.conformity.digital"), of_a_promise("digital_supply_years"))


def _german_year(case: Case) -> Day:
    """The months of the long stop; its days come after them."""
    got = delivered(case)
    return got and after(got, worded(rule("de.withdrawal")["window"]["longstop"], r"(\d+) months"), "month")


def _german_long_stop(case: Case) -> Day:
    year = _german_year(case)
    days = worded(rule("de.withdrawal")["window"]["longstop"], r"and (\d+) days")
    return year and moved(year + days * DAY, "DE")


def _french_year(case: Case) -> Day:
    first = plain(case, "fr.withdrawal")
    return first and moved(
        after(first, worded(rule("fr.withdrawal")["cite"], r"no info \+(\d+) months"), "month"), "FR"
    )


_eu_long_end = from_the_end("eu.crd.withdrawal_no_info", "eu.crd.withdrawal")


def _eu_untold(case: Case) -> Day:
    told, last = told_on(case), _eu_long_end(case)
    if not not_told(case) or last is None:
        return None
    return min(last, end_of("eu.crd.withdrawal", told)) if told else last


# Germany: the claim and its tails


def _german_shown(case: Case) -> Day:
    return latest(case, _de_limitation, _de_repair)


def _german_tail_4m(case: Case) -> Day:
    fault, last = case.day("fault_on"), _german_shown(case)
    return plain(case, "de.tail_4m") if fault and last and fault <= last else None


def _german_negotiation(case: Case) -> Day:
    months = worded(rule("de.limitation")["clock"]["suspend"], r"min\. (\d+) months")
    talked = case.day("negotiation.until")
    return talked and moved(after(talked, months, "month"), "DE")


def _german_acknowledged(case: Case) -> Day:
    day = case.day("acknowledged_on")
    return day and end_of("de.limitation", day)


def _german_tail_2m(case: Case) -> Day:
    """Two months from the return of goods that were handed over while claims were alive."""
    stay, alive = case.last_stay, latest(case, _german_shown, _german_tail_4m)
    if stay and (alive is None or stay.into.date() > alive):
        return None
    return plain(case, "de.tail_2m")


def _german_claims(lengthened: bool) -> Window:
    """The last day of the claims with all that holds them up, lengthened by a repair or not."""
    period = _german_shown if lengthened else _de_limitation
    others = (_german_tail_4m, _german_tail_2m, _german_negotiation, _german_acknowledged)
    return lambda case: latest(case, period, *others)


# France: time in repair


def _french_stays(case: Case) -> list[tuple[date, int]]:
    """Each repair's first day and length; the first one after a request counts from the request."""
    asked = case.day("notified_on")
    found: list[tuple[date, int]] = []
    for stay in case.stays:
        began, out = stay.into.date(), stay.out.date()
        if asked and asked <= began and not found:
            began = asked
        found.append((began, (out - began).days))
    return found


def _french_longer(case: Case, end: date, since: date | None = None) -> date:
    for began, days in _french_stays(case):
        if (since is None or began > since) and began <= end:
            end += days * DAY
    return end


def _french_liability(case: Case) -> Day:
    end = plain(case, "fr.liability")
    return end and _french_longer(case, end)


def _french_grown(window: str) -> Window:
    """The liability and so many months more; repairs after its end lengthen them too."""

    def reckoned(case: Case) -> Day:
        liable = _french_liability(case)
        grown = _once_more(window, _french_liability)(case)
        return grown and _french_longer(case, grown, liable)

    return reckoned


def _french_presumption(case: Case, start: Day = None) -> Day:
    months = rule("fr.presumption")["window"]["used_goods"] if case.says("used") else None
    start = start or delivered(case)
    return start and end_of("fr.presumption", start, months)


def _french_replaced(case: Case) -> Day:
    """A repair was chosen, was not done, and other goods came instead."""
    return case.replaced_on if any(stay.result == "not_done" for stay in case.stays) else None


def _french_restart(case: Case) -> Day:
    replaced = _french_replaced(case)
    end = plain(case, "fr.replacement_restart", replaced) if replaced else None
    return end and _french_longer(case, end, replaced)


def _french_presumption_again(case: Case) -> Day:
    replaced = _french_replaced(case)
    return replaced and _french_presumption(case, replaced)


def _french_refund(case: Case) -> Day:
    withdrawn = case.day("withdrawn_on")
    days = worded(rule("fr.withdrawal")["cite"], r"refund (\d+) days")
    return withdrawn and moved(withdrawn + days * DAY, "FR")


OWN: Mapping[str, Window] = {
    "eu.conformity.liability": _eu_liability,
    "eu.conformity.digital": _digital,
    "eu.repair.extension": _once_more("eu.repair.extension", _eu_liability),
    "eu.crd.withdrawal_no_info": _eu_untold,
    "eu.crd.delivery": or_agreed("eu.crd.delivery"),
    "eu.crd.extra_period": EXTRA_PERIOD,
    "eu.guarantee": of_a_promise(ADVERTISED, STATED),
    "eu.guarantee.advertised": of_a_promise(ADVERTISED),
    "eu.guarantee.statement": of_a_promise(STATED),
    "de.limitation": _de_limitation,
    "de.repair_12m": _de_repair,
    "de.shown": _german_shown,
    "de.tail_4m": _german_tail_4m,
    "de.tail_2m": _german_tail_2m,
    "de.tail_2m_back": _german_tail_2m,
    "de.handed_over": lambda case: latest(case, _german_shown, _german_tail_4m),
    "de.negotiation": _german_negotiation,
    "de.acknowledged": _german_acknowledged,
    "de.claims": _german_claims(lengthened=False),
    "de.claims_longer": _german_claims(lengthened=True),
    "de.withdrawal_longstop": _german_year,
    "de.withdrawal_no_info": untold("de.withdrawal", _german_year, _german_long_stop),
    "de.delivery": or_agreed("de.delivery"),
    "de.extra_period": EXTRA_PERIOD,
    "de.guarantee": of_a_promise(ADVERTISED, STATED),
    "de.guarantee.advertised": of_a_promise(ADVERTISED),
    "de.guarantee.statement": of_a_promise(STATED),
    "fr.liability": _french_liability,
    "fr.repair_6m": _french_grown("fr.repair_6m"),
    "fr.directive_12m": _french_grown("eu.repair.extension"),
    "fr.covered": lambda case: latest(case, _french_liability, _french_grown("fr.repair_6m"), _french_restart),
    "fr.presumption": _french_presumption,
    "fr.presumption_replaced": _french_presumption_again,
    "fr.presumed": lambda case: latest(case, _french_presumption, _french_presumption_again),
    "fr.replacement_restart": _french_restart,
    "fr.handed_in": lambda case: case.last_stay.into.date() if case.last_stay else None,
    "fr.withdrawal_longstop": _french_year,
    "fr.withdrawal_no_info": untold("fr.withdrawal", _french_year, _french_year),
    "fr.withdrawal_refund": _french_refund,
    "fr.delivery": or_agreed("fr.delivery"),
    "fr.extra_period": EXTRA_PERIOD,
    "fr.guarantee": of_a_promise(ADVERTISED, STATED, longer=_french_longer),
    "fr.guarantee.advertised": of_a_promise(ADVERTISED, longer=_french_longer),
    "fr.guarantee.statement": of_a_promise(STATED, longer=_french_longer),
}
