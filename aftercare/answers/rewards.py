"""What is owed because of points: what was chosen for them is handed over, and that they expire is told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from aftercare.answers.affairs import Affairs
from aftercare.answers.points import Account, Lot, account
from aftercare.answers.promises import Draft, Event, Fate, Keeping, Term, planned
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.policies.categories import ROOT
from aftercare.records.points import Points

HAND_OVER = "hand-over.1"
EXPIRE = "points_expire"


def chosen(record: Points, affairs: Affairs) -> str:
    """What was chosen for the points: the gift with its pieces, else the words for it."""
    gift = affairs.parts.get(record.gift or "")
    pieces = f"× {record.pieces}" if record.pieces and record.pieces > 1 else ""
    return " ".join(filter(None, (gift.name if gift else "", pieces, record.for_)))


def to_hand_over(affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    """What was drawn for is handed over: by the time that was told, else the same day."""
    for record in affairs.points:
        told = record.hand_over_by is not None
        if record.drawn and (told or rules.counts(day_of(record.on))):
            yield Draft(
                id=f"{record.id}/{HAND_OVER}",
                what="gift",
                subject=record.id,
                to=affairs.customer.id,
                binds="told" if told else "plan",
                record=record.id,
                made_on=record.on,
                term=Term(record.hand_over_by or day_of(record.on)),
                part=record.gift or "",
                words=chosen(record, affairs),
            )


def to_tell(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """Who has points that expire is told before, once for all that expire in one month; only with consent.

    Its number is the year and month in which they expire: ``CU26-0001/tell-points.202712``.
    """
    customer, consent = affairs.customer, affairs.customer.consent
    is_planned = any(plan.after == EXPIRE for plan in rules.plans)
    if not is_planned or not consent or not consent.messages or customer.do_not_contact:
        return
    allowed = max(rules.opening_day or date.min, day_of(consent.on) if consent.on else date.min)
    for month, lots in _by_month(account(affairs, rules, now)):
        first = min(lot.last_day for lot in lots if lot.last_day)
        made_on = max(min(lot.on for lot in lots), allowed)
        if made_on > first:
            continue
        left = sum(lot.left for lot in lots)
        words = _("{count} points that expire").format(count=left) if left else ""
        for plan in rules.plans_after(EXPIRE, ROOT, first):
            for span in plan.spans(first)[:1]:
                term = Term(*plan.due_after(span, first))
                yield replace(planned(plan, customer.id, month, term, made_on), words=words)


def _by_month(found: Account) -> Iterator[tuple[str, Sequence[Lot]]]:
    """The lots that expire, by the month of their last good day (``202712``)."""
    lots = sorted((lot for lot in found.lots if lot.last_day and lot.points), key=_expires)
    for month, group in groupby(lots, key=lambda lot: _expires(lot).strftime("%Y%m")):
        yield month, list(group)


def _expires(lot: Lot) -> date:
    return lot.last_day or date.max


def settle(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate], rules: Rules, now: Moment) -> None:
    """Note what was handed over or called off, and of which points nothing is left that could expire."""
    records = {record.id: record for record in affairs.points}
    for draft in drafts:
        record = records.get(draft.subject)
        if record and draft.id.endswith(f"/{HAND_OVER}"):
            _handed_over(record, found[draft.id])
    told = [draft for draft in drafts if draft.plan and draft.plan.after == EXPIRE]
    if told:
        months = dict(_by_month(account(affairs, rules, now)))
        for draft in told:
            found[draft.id].void = _spent(months.get(draft.id.rpartition(".")[2], ()), draft)


def _handed_over(record: Points, fate: Fate) -> None:
    if record.handed_over:
        fate.kept.append(Keeping(record.handed_over.at, record.id, person=record.handed_over.by or ""))
    if record.cancelled:
        fate.void = Event(record.cancelled.on, record.id, record.cancelled.reason or _("it was called off"))


def _spent(lots: Sequence[Lot], draft: Draft) -> Event | None:
    """That all of them were drawn or taken back before they expired; None while there are any, or some expired."""
    if any(lot.left or lot.expired for lot in lots):
        return None
    ends = [lot.emptied for lot in lots if lot.emptied]
    return Event(max(ends, key=in_order), draft.record, _("none of these points are left")) if ends else None
