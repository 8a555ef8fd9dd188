"""What ends promises before they are kept: nothing is left to do it for, nobody was reached, nobody wishes it."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.answers import offered, upkeep, welcome
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Draft, Event, Fate
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.policies.plans import YEARLY

WORK_BEFORE = {"delivered": "deliver", "installed": "install"}
"""The step whose work each of these events is; what is planned after it is needless once the work will not be."""
GOES_WITH_IT = frozenset(
    {
        "install", "call_back", "revisit", "inspection", "maintenance", "training", "finish_repair", "supply_part",
        "benefit",
    }
)  # fmt: skip
"""What is owed about a thing only as long as the customer has it."""
CONTACTS = frozenset({"call_back", "revisit", "greeting", "maintenance", "check_back", "follow_up", "thanks"})
"""What comes from us alone; a claim that the customer made is answered whatever they wish."""
OF_THE_GOODS = frozenset(
    {
        "deliver", "install", "pack", "finish_repair", "supply_part", "return_loan", "replace", "refund", "compensate",
        "make_safe", "report",
    }
)  # fmt: skip
"""What is owed for the goods and the money, whoever comes for it; all else needs somebody to speak with."""
UNASKED = frozenset({"guarantee_ends", "points_expire"})
"""Events of which word comes from us alone too; who waits for a visit or a repair is told whatever they wish."""


def end(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    """Note of each promise what ended it before it was kept, and whether the customer wishes it at all."""
    cancelled = {sale.id: upkeep.called_off(sale) for sale in affairs.sales}
    left, forgotten = upkeep.left(affairs.customer), upkeep.forgotten(affairs.customer)
    gone, retired = upkeep.came_back(affairs), upkeep.retired(affairs)
    for draft in drafts:
        fate = found[draft.id]
        foreseen = _work_given_up(draft, found)
        called_off = cancelled.get(draft.subject.split("/", 1)[0])
        away = gone.get(draft.about[0]) if draft.what in GOES_WITH_IT and draft.about else None
        out_of_use = upkeep.without_units(draft, retired)
        returned = offered.without_goods(draft, gone)
        nobody = _nobody_left(forgotten, draft, fate)
        endings = [called_off, left, nobody, foreseen, away, fate.void, gave_up(draft, fate), out_of_use, returned]
        # One time of many that the customer let go of is over; what ends the others later has nothing to do with it.
        over = fate.released.at if draft.turn and fate.released else None
        counting = [event for event in endings if event and (over is None or not is_late(event.at, over))]
        fate.void = min(counting, key=lambda event: in_order(event.at), default=None)
        fate.unwanted = _own_wish(affairs, draft)


def _nobody_left(forgotten: Event | None, draft: Draft, fate: Fate) -> Event | None:
    """That there is nobody to do it for; what the customer had let go of by then stays let go."""
    if (
        forgotten is None
        or draft.what in OF_THE_GOODS
        or (fate.released and not is_late(fate.released.at, forgotten.at))
    ):
        return None
    return forgotten


def comes_too_late(affairs: Affairs, draft: Draft) -> bool:
    """Whether we would have promised it of ourselves only after the customer was forgotten: then nobody does."""
    forgotten = affairs.customer.forgotten
    return (
        forgotten is not None
        and draft.binds == "plan"
        and draft.what not in OF_THE_GOODS
        and is_late(draft.made_on, forgotten.on)
    )


def _work_given_up(draft: Draft, found: dict[str, Fate]) -> Event | None:
    """Why the delivery or installation that a planned promise waits for will not come, if it will not."""
    if draft.plan is None or draft.term is not None:
        return None
    work = found.get(f"{draft.subject}/{WORK_BEFORE.get(draft.plan.after, '')}")
    return (work.released or work.broken) if work else None


def gave_up(draft: Draft, fate: Fate) -> Event | None:
    """After the last vain attempt that the plan asks for, a call is given up."""
    retry = draft.plan.retry if draft.plan else None
    if retry and len(fate.attempts) >= retry.attempts:
        last = fate.attempts[retry.attempts - 1]
        return Event(last.at, last.record, _("given up after {count} attempts").format(count=retry.attempts))
    return None


def _own_wish(affairs: Affairs, draft: Draft) -> Event | None:
    """A customer's own wish changes the plan, and the plan says so.

    A wish with its day is about what is due from that day on: what was missed before it was given stays missed.
    """
    if draft.plan and draft.plan.after == "guest_listed":
        refused = welcome.refusal(affairs.customer, "invitation")
        return refused and refused._replace(at=max(refused.at, draft.made_on, key=in_order))
    if draft.plan is None or not (draft.what in CONTACTS or draft.plan.after in UNASKED):
        return None
    customer, contact = affairs.customer, affairs.customer.contact
    if customer.do_not_contact and not _is_before(draft, customer.do_not_contact_on):
        since = customer.do_not_contact_on or draft.made_on
        return Event(since, customer.id, _("the customer does not wish to be contacted"))
    if draft.what == "follow_up" and customer.consent and customer.consent.messages is False:
        return Event(customer.consent.on or draft.made_on, customer.id, _("the customer wishes to hear of no offers"))
    if contact is None or draft.channel != "phone" or _is_before(draft, contact.on):
        return None
    if contact.calls == "none":
        return Event(contact.on or draft.made_on, customer.id, _("the customer wishes no calls"))
    # Whether a complaint is mended for good is asked all the same.
    if contact.calls == "fewer" and draft.what != "check_back" and not (draft.id.endswith(".1") or is_yearly(draft)):
        return Event(contact.on or draft.made_on, customer.id, _("the customer wishes fewer calls"))
    return None


def _is_before(draft: Draft, wish: Moment | None) -> bool:
    return bool(wish and draft.term and is_late(wish, draft.term.by))


def is_yearly(draft: Draft) -> bool:
    """Whether it is numbered by its year: a birthday's, a festival's."""
    return draft.plan is not None and draft.plan.after in YEARLY
