"""Rules of ``law/intl.yaml`` as they stand: what a period runs from, how it counts, what moves its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from tests.second.days import after, last_day, moved
from tests.second.reading import Case, Unreckoned, law, rule

Day = date | None
Window = Callable[[Case], Day]


def delivered(case: Case) -> Day:
    """Hand-over; of several parcels the last."""
    if case.says("delivered") is False:
        return None
    return max((date.fromisoformat(one) for one in case.listed("deliveries")), default=case.day("delivered_on"))


def sold(case: Case) -> Day:
    """The order, else the sale."""
    return case.day("ordered_on", "sold_on")


def came_back(case: Case) -> Day:
    """The goods are back from cure: repaired, or others in their place."""
    stay = case.last_stay
    days = [stay.out.date() if stay and not stay.open else None, case.replaced_on]
    return max((day for day in days if day), default=None)


def _asked(case: Case) -> Day:
    """The consumer asked for cure."""
    asked = [one["requested_on"] for one in case.listed("replacements") if one.get("requested_on")]
    into = case.last_stay.into.date() if case.last_stay else None
    return case.day("notified_on") or into or (date.fromisoformat(asked[-1]) if asked else None)


def earlier(*facts: str) -> Window:
    """The earlier of the days that are known."""
    return lambda case: min((day for day in map(case.day, facts) if day), default=None)


def day_of(*facts: str) -> Window:
    """The first of the days that is known."""
    return lambda case: case.day(*facts)


def in_working_order(case: Case) -> Day:
    """Ownership passed, goods delivered, and told that an installation of the contract is done."""
    got, done = delivered(case), case.day("installation.completed_notified", "installed_on")
    in_contract = case.says("installation.in_contract")
    if got is None or (in_contract and done is None):
        return None
    return max(got, done) if done and in_contract is not False else got


# What a rule runs from, by the first words of its `start`.
_STARTS: Mapping[str, Window] = {
    "delivery": delivered,
    "transfer_of_risk": delivered,
    "breach = delivery": delivered,
    "physical possession": delivered,
    "goods in physical possession": delivered,
    "receipt": delivered,
    "receipt_of_properly_completed_order": sold,
    "contract": sold,
    "transaction": sold,
    "latest of": in_working_order,
    "defect_first_shown": day_of("fault_on"),
    "discovery": day_of("known_on", "fault_on"),
    "buyer_knew": day_of("known_on", "fault_on"),
    "notice_to_seller": day_of("notified_on"),
    "consumer_request": _asked,
    "goods_handed_back": came_back,
    "goods received or proof": earlier("returned_on", "dispatched_back_on"),
    "earlier of goods received back": earlier("returned_on", "dispatched_back_on"),
    "goods collected or received": day_of("returned_on"),
    "trader_informed_of_withdrawal": day_of("withdrawn_on"),
    "withdrawal_communicated": day_of("withdrawn_on"),
    "trader: receipt of the declaration": day_of("withdrawn_on"),
    "trader_agrees_refund": day_of("refund_agreed_on"),
    "acceptance": day_of("paid_repair_on"),
}


def place(window: str) -> str:
    """The place whose law has a window: ``DE``."""
    place_of = window.split(".", maxsplit=1)[0].upper()
    return {"QC": "CA-QC"}.get(place_of, place_of)


def plain(case: Case, window: str, start: Day = None) -> Day:
    """A rule of the file as it stands: value and unit, what it runs from, how it counts, whether a day off moves it."""
    one = rule(window)
    span = one.get("window", {})
    begins = span.get("start", "")
    known = max((words for words in _STARTS if begins.startswith(words)), key=len, default=None)
    if not span.get("value") or (known is None and start is None):
        raise Unreckoned(window)
    since = sold(case)
    if one["in_force"]["key"] == "contract" and since and since < date.fromisoformat(one["in_force"]["from"]):
        return None
    start = start or (_STARTS[known](case) if known else None)
    if start is None:
        return None
    return end_of(window, start)


def end_of(window: str, start: date, value: int | None = None, unit: str | None = None) -> date:
    """A period of a rule from a day, or another that the rule counts in the same way."""
    span = rule(window)["window"]
    end = last_day(start, value or span["value"], unit or span["unit"], span["count"], place(window))
    counting = law("intl")["jurisdictions"][place(window)]["counting"]
    # A rule on days off for which there are no words at all moves nothing.
    moves = span["roll"] == "act" and counting["verify"]["level"] != "memory"
    return moved(end, place(window)) if moves else end


def or_agreed(window: str) -> Window:
    """Delivery: the day that was agreed, else so many days.

    German law moves a day on which something is due as it moves the end of a period (par. 193: "an einem bestimmten
    Tage oder innerhalb einer Frist"); the regulation of the Union speaks of periods only.
    """

    def reckoned(case: Case) -> Day:
        agreed = case.day("promised_by")
        if agreed and place(window) == "DE":
            return moved(agreed, "DE")
        return agreed or plain(case, window)

    return reckoned


def not_told(case: Case) -> bool:
    """The consumer was not told of the right to withdraw, when it should have been."""
    return case.says("withdrawal_info_given") is False


def told_on(case: Case) -> Day:
    """When the consumer learned of the right, and not before the goods came."""
    told, got = case.day("withdrawal_info_on"), delivered(case)
    return max(told, got) if told and got else None


def untold(initial: str, limit: Window, long: Window) -> Window:
    """Nothing was said of the right: the long end; told until a last day, as many days from then as usual."""

    def reckoned(case: Case) -> Day:
        told, last = told_on(case), limit(case)
        if not not_told(case) or last is None:
            return None
        return end_of(initial, told) if told and told <= last else long(case)

    return reckoned


def from_the_end(window: str, initial: str) -> Window:
    """A period that runs from the end of another."""

    def reckoned(case: Case) -> Day:
        first = plain(case, initial)
        return plain(case, window, first) if first else None

    return reckoned


def of_a_promise(*facts: str, longer: Callable[[Case, date], date] | None = None) -> Window:
    """A guarantee of so many years, by the advertisement or the papers; of several the longest."""

    def reckoned(case: Case) -> Day:
        got = delivered(case)
        years = [case.number(fact) for fact in facts]
        ends = [after(got, int(term), "year") for term in years if term and got]
        return max((longer(case, end) if longer else end for end in ends), default=None)

    return reckoned


def latest(case: Case, *windows: Window) -> Day:
    """The latest end of those windows that there are."""
    return max((end for end in (window(case) for window in windows) if end), default=None)


ADVERTISED, STATED = "advertised_guarantee.years", "document_years"
EXTRA_PERIOD = day_of("extra_period_set")
