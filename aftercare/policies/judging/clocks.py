"""Named clocks: what the vocabulary of windows cannot say, reckoned by a function of its own, with its citation.

There is one.  Under 16 CFR 435.2(b) a buyer's silence means opposite things after the first notice of a delay and after
a later one, so that how long an order stands depends on the whole chain of notices and answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from aftercare.plain.moments import day_of, shifted
from aftercare.policies.judging.given import Given, Unknown
from aftercare.policies.judging.situation import Situation

SHIP_DAYS, SHIP_DAYS_ON_CREDIT = 30, 50
"""Days to ship where no time was stated, without and with a credit application to the seller (435.2(a)(1)(ii))."""
OPTION_DAYS = 30
"""How far past the time for shipment silence counts as consent, and an express consent may come (435.2(b)(1))."""
_A_DAY = timedelta(days=1)


class Notice(NamedTuple):
    """A notice of delay: the day it came, the new day for shipment (None: the seller cannot name one), and whether it
    offers to cancel and be paid back, without which it is no option at all.
    """

    received: date
    revised_date: date | None
    offers_cancel: bool


class Answer(NamedTuple):
    """What the buyer answered to a notice, and on which day; a consent without a day came in time."""

    says: Literal["consent", "cancel"]
    on: date | None


class Delay(NamedTuple):
    """How long an order stands that has not been shipped.

    ``consented_until`` is the last day to which it may still be shipped; ``cancelled_on`` the day after, on which the
    right to the price arises.  Both are None where the buyer agreed to a delay without a date.
    """

    consented_until: date | None
    cancelled_on: date | None


def ftc_delay(ship_end: date, notices: Sequence[Notice], answers: Sequence[Answer | None]) -> Delay:
    """What the notices, in their order, and the answer to each (None: silence) made of the time for shipment.

    - A notice that comes too late, or offers no way to cancel, is none: the order ends with the time that stood
      (435.2(b)(1), (c)(5)).
    - First notice, with a day at most 30 days past the time for shipment: silence is consent until that day
      (435.2(b)(1)(ii)).  With a later day or none: it ends 30 days past the time for shipment unless the buyer agrees
      by then (435.2(b)(1)(iii), (c)(2)).
    - Any later notice: silence is refusal (435.2(b)(2), (c)(3)).
    - A buyer who cancels under a notice ends it that day (435.2(c)(1)).
    """
    stands = ship_end
    for number, notice in enumerate(notices):
        answer = answers[number] if number < len(answers) else None
        if not notice.offers_cancel or notice.received > stands:
            break
        limit = stands if number else shifted(ship_end, timedelta(days=OPTION_DAYS))
        silence_agrees = not number and notice.revised_date is not None and notice.revised_date <= limit
        if answer is not None and answer.says == "consent" and (answer.on is None or answer.on <= limit):
            if notice.revised_date is None:
                return Delay(None, None)
            stands = max(stands, notice.revised_date)
            continue
        silent = max(stands, notice.revised_date) if silence_agrees and notice.revised_date else limit
        if answer is not None and answer.says == "cancel" and answer.on is not None:
            return _until(min(silent, shifted(answer.on, -_A_DAY)))
        stands = silent
        if not silence_agrees:
            break
    return _until(stands)


def _until(day: date) -> Delay:
    return Delay(day, shifted(day, _A_DAY))


def ftc_consented_until(case: Situation) -> Given | Unknown:
    """The last day on which an order may be shipped, as the notices and the answers have it."""
    delay = _delay(case)
    return delay if isinstance(delay, Unknown) else Given(delay.consented_until, "measured")


def ftc_cancelled_on(case: Situation) -> Given | Unknown:
    """The day on which an order counts as cancelled if it was not shipped before; none where it was."""
    delay = _delay(case)
    if isinstance(delay, Unknown):
        return delay
    shipped = case.day("shipped_on")
    in_time = shipped is not None and (delay.cancelled_on is None or shipped < delay.cancelled_on)
    return Given(None if in_time else delay.cancelled_on, "measured")


def ftc_answer(case: Situation) -> Given | Unknown:
    """What the buyer answered to the last notice of delay: ``consent`` or ``cancel``; none: nothing."""
    answers = _answers(case)
    if isinstance(answers, Unknown):
        return answers
    return Given(answers[-1].says if answers and answers[-1] else None, "measured")


def _delay(case: Situation) -> Delay | Unknown:
    ends = _ship_end(case)
    if isinstance(ends, Unknown):
        return ends
    answers = _answers(case)
    if isinstance(answers, Unknown):
        return answers
    if any(one is not None and one.says == "cancel" and one.on is None for one in answers):
        return Unknown(("withdrawn_on",))
    notices = [
        Notice(day_of(one["received"]), one.get("revised_date"), one.get("offers_cancel", False))
        for one in _notices(case)
    ]
    return ftc_delay(ends, notices, answers)


def _ship_end(case: Situation) -> date | Unknown:
    """The time for shipment: the one that the contract states, else 30 or 50 days from the order (435.2(a)(1))."""
    if (promised := case.day("promised_by")) is not None:
        return promised
    ordered = case.day("ordered_on")
    if ordered is None:
        sold = case.get("sold_on")
        if isinstance(sold, Unknown):
            return sold
        ordered = case.day("sold_on")
    if ordered is None:
        return Unknown(("ordered_on",))
    days = SHIP_DAYS_ON_CREDIT if case.value("seller_credit_application") else SHIP_DAYS
    return shifted(ordered, timedelta(days=days))


def _notices(case: Situation) -> Sequence[Mapping[str, Any]]:
    """The notices of delay whose day is known, the earliest first."""
    told: Sequence[Mapping[str, Any]] = case.value("delay_notices") or ()
    return sorted((one for one in told if one.get("received")), key=lambda one: day_of(one["received"]))


def _answers(case: Situation) -> list[Answer | None] | Unknown:
    """The answer to each notice: what stands with the notice; for the last one, also the answer that stands by itself,
    and the day on which the buyer declared to withdraw.
    """
    notices = _notices(case)
    if not notices:
        return []
    found = [_answer(one.get("answer"), one.get("answered_on")) for one in notices]
    withdrawn = case.day("withdrawn_on")
    said = case.value("buyer_response")
    if found[-1] is None and said is not None:
        says = next((word for word in ("consent", "cancel") if str(said).casefold().startswith(word)), None)
        if says is None:
            return Unknown(("buyer_response",))
        found[-1] = _answer(says, withdrawn if says == "cancel" else None)
    if withdrawn is None:
        return found
    # A withdrawal answers the last notice that had come by then.
    at = sum(day_of(one["received"]) <= withdrawn for one in notices) - 1
    if at >= 0 and (found[at] is None or found[at] == Answer("cancel", None)):
        found[at] = Answer("cancel", withdrawn)
    return found


def _answer(says: str | None, on: date | None) -> Answer | None:
    if says is None:
        return None
    return Answer("cancel" if says == "cancel" else "consent", on)
