"""A shop that repairs: the facts of its records on a day, and the figures made of them."""

from __future__ import annotations

from aftercare.answers.breaches.all import breaches
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Case, Facts, Score, counted
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD

SALE = shop.record(
    "SA26-0001",
    sold_on="2026-01-01",
    items=f"[{{product: {shop.COOLER}}}, {{product: {shop.CHAIR}}}]",
    channel="online",
)
FITTER, HELPER = "ST26-0001", "ST26-0002"
PEOPLE = (
    shop.record(FITTER, name="张师傅", certificates="[{name: 制冷, until: 2026-06-30}]"),
    shop.record(HELPER, name="小李"),
)


def facts(*records: str, now: str = "2026-12-31", pack: str = STANDARD) -> Facts:
    """What measures look at: the stock, two people, a sale of two things and *records*, on a day."""
    shelf, rules, moment = shop.shelf(*PEOPLE, SALE, *records), shop.rules(pack), parse(now)
    return Facts(shelf, ledger_of(shelf, rules, moment), moment, lambda: breaches(shelf, rules, moment))


def score(measure: str, *records: str, now: str = "2026-12-31", period: Period = EVER) -> Score:
    """A figure of those facts."""
    return counted(BY_ID[measure], facts(*records, now=now), period)


def cases(measure: str, *records: str, now: str = "2026-12-31", period: Period = EVER) -> dict[str, Case]:
    """The cases of that figure by their ids; a ValueError where one is counted twice."""
    found = score(measure, *records, now=now, period=period).cases
    by_id = {case.id: case for case in found}
    if len(by_id) < len(found):
        raise ValueError(f"an id twice among {[case.id for case in found]}")
    return by_id


def whys(measure: str, *records: str, now: str = "2026-12-31", period: Period = EVER) -> dict[str, str | bool]:
    """Of each case why it counts against the figure; True where it is good, False where no reason is told."""
    found = cases(measure, *records, now=now, period=period)
    return {case.id: case.good or case.why or False for case in found.values()}


def claim(number: int, *repairs: str, **fields: str) -> str:
    """A claim about the cooler with repairs, each as it is written between braces."""
    said = {"reported_on": "2026-01-02", "fault": "{symptom: 滴水}"} | fields
    stays = ", ".join(f"{{{repair}}}" for repair in repairs)
    return shop.record(f"CL26-{number:04}", repairs=f"[{stays}]", **said)


def repaired(came: str, out: str, *, by: str = FITTER, result: str = "fixed", more: str = "") -> str:
    """A repair from its first day to its last, as it is written between braces."""
    said = f", result: {result}" if result else ""
    return f"in: {came}, by: {by}, out: {out}{said}{more}"
