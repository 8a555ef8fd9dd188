"""What became of promises: which records keep them, move them, end them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from aftercare.answers import (
    at_home,
    benefits,
    certificates,
    contacts,
    endings,
    enquiring,
    handling,
    hosting,
    informing,
    misprints,
    offered,
    referring,
    rewards,
    settling,
    upkeep,
    wishes,
    works,
)
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, put_up_again
from aftercare.answers.promises import Draft, Event, Fate, Keeping
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, days_after, in_order, is_late, iso
from aftercare.policies.plans import GOODS_BACK
from aftercare.records.claim import Claim
from aftercare.records.delivery import Delivery
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.visit import Visit

GREETING_AHEAD = 7
"""A greeting this long before the day is for that day; one after it is for no day at all."""
KEPT_BY_PURPOSE = {
    "call_back": "call_back",
    "revisit": "revisit",
    "inspection": "inspection",
    "maintenance": "maintenance",
    "training": "training",
    "greeting": "greeting",
    "apology": "apology",
    "information": "information",
    "advice": "answer",
    "check_back": "check_back",
    "thanks": "thanks",
    "consultation": "appointment",
    "follow_up": "follow_up",
}
"""The kind of promise that a visit of each purpose keeps; visits of other purposes keep only what they name."""


def fates(
    affairs: Affairs, lines: Sequence[Line], drafts: Sequence[Draft], rules: Rules, now: Moment
) -> dict[str, Fate]:
    """What the records say of each promise, by its id; what goes on still has gone on until *now*."""
    found: dict[str, Fate] = defaultdict(Fate)
    for line in lines:
        _works(line, found)
        _packing(line, found)
    renamed = _renamed(drafts) | hosting.renamed(affairs, drafts)
    for record in affairs.promises:
        _recorded(record, found, renamed)
    _claims(affairs, drafts, found, now)
    _made_good(affairs, drafts, found)
    _wished(affairs, drafts, found)
    _enquiries(affairs, drafts, found)
    offered.keep(affairs, drafts, found)
    misprints.settle(affairs, drafts, found)
    hosting.settle(affairs, drafts, found)
    certificates.settle(affairs.staff, drafts, found)
    informing.needless(affairs, drafts, found)
    rewards.settle(affairs, drafts, found, rules, now)
    benefits.note(benefits.uses(affairs, rules), found)
    _visits(affairs, rules, drafts, found, renamed)
    referring.follow_sales(affairs, drafts, found, rules.opening)
    endings.end(affairs, drafts, found)
    return found


def _renamed(drafts: Sequence[Draft]) -> dict[str, str]:
    """The ids that promises had before a pack renamed their step, each with the id of now."""
    ids = {draft.id for draft in drafts}
    earlier = {
        f"{draft.subject}/{step}.{draft.id.rpartition('.')[2]}": draft.id
        for draft in drafts
        for step in (draft.plan.was if draft.plan else ())
    }
    return {old: now for old, now in earlier.items() if old not in ids}


def _works(line: Line, found: dict[str, Fate]) -> None:
    further = put_up_again(line)
    installations = [work for work in line.installations if work not in further]
    each: list[tuple[str, Sequence[Work]]] = [("deliver", line.deliveries), ("install", installations)]
    each += [(f"install.{number}", [work]) for number, work in enumerate(further, start=2)]
    for what, all_works in each:
        fate = found[f"{line.unit}/{what}"]
        fate.kept.extend(works.keepings(all_works, line.number))
        for work in all_works:
            if works.covers(work, line.number):
                fate.moves.extend(works.by_consent(work.moved))
                in_vain = work.attempts if isinstance(work, Delivery) else []
                fate.attempts.extend(Event(vain.at, work.id) for vain in in_vain)
        if not line.is_told(what):
            fate.void = works.called_off(all_works, line.number)


def _packing(line: Line, found: dict[str, Fate]) -> None:
    fate, packing = found[f"{line.unit}/pack"], line.item.packing
    if packing and packing.done_at:
        fate.kept.append(Keeping(packing.done_at, line.sale.id, person=packing.by or ""))
    for work in line.deliveries:
        packed_by = getattr(work, "dispatched_at", None) or works.done_at(work)
        if getattr(work, "packed", None) and work.cancelled is None and works.covers(work, line.number) and packed_by:
            fate.kept.append(Keeping(packed_by, work.id))


def _recorded(record: PromiseRecord, found: dict[str, Fate], renamed: Mapping[str, str]) -> None:
    """The facts that a promise record holds, about itself or about the promise it names."""
    named = record.of or record.id
    promise = renamed.get(named, named)
    fate = found[promise]
    fate.person = record.person or fate.person
    fate.moves.extend(works.by_consent(record.moved))
    fate.person = record.person or fate.person
    if record.kept and record.kept.at:
        fate.kept.append(Keeping(record.kept.at, record.id, person=record.kept.by or ""))
    if record.released:
        fate.released = Event(record.released.on, record.id, record.released.reason or "")
    if record.broken:
        fate.broken = Event(record.broken.on, record.id, record.broken.reason or "")
    if record.apologised and record.apologised.at:
        fate.apologised = Event(record.apologised.at, record.id)
        said = Keeping(record.apologised.at, record.id, person=record.apologised.by or "")
        found[f"{promise}/apology"].kept.append(said)


def _claims(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate], now: Moment) -> None:
    """A claim is answered by the first thing done about it; all else that it promises is settled one by one.

    So is what a complaint promises.
    """
    for claim in affairs.claims:
        done = [decision.on for decision in claim.decisions] + [repair.in_ for repair in claim.repairs]
        if claim.closed:
            done.append(claim.closed.on)
        deeds = [Keeping(at, claim.id) for at in done]
        visits = [visit for visit in affairs.visits if _mends(visit, claim)]
        deeds += [Keeping(visit.at, visit.id, person=visit.by or "") for visit in visits]
        if deeds:
            found[f"{claim.id}/answer.1"].kept.append(min(deeds, key=lambda deed: in_order(deed.at)))
    claims = {claim.id: claim for claim in affairs.claims}
    complaints = {complaint.id: complaint for complaint in affairs.complaints}
    by_law = {draft.subject: draft for draft in drafts if _is_refund_by_law(draft)}
    for draft in drafts:
        if draft.plan and draft.subject in claims:
            claim, fate = claims[draft.subject], found[draft.id]
            settling.settle(claim, affairs.parts, draft, fate, now)
            if draft.plan.after == "refund_decided" and draft.what == "refund" and claim.id in by_law:
                settling.give_way(claim, by_law[claim.id], fate)
        elif draft.plan and draft.plan.after == "ready":
            settling.fetched(claims[draft.subject.partition("/")[0]], draft, found[draft.id])
        if draft.plan and draft.subject in complaints:
            handling.handle(complaints[draft.subject], draft, found[draft.id])


def _is_refund_by_law(draft: Draft) -> bool:
    return draft.plan is not None and draft.plan.is_law and draft.what == "refund" and draft.plan.after in GOODS_BACK


def _mends(visit: Visit, claim: Claim) -> bool:
    """Whether somebody came home about a claim to repair."""
    return visit.purpose == "repair" and claim.id in visit.about and at_home.done_at(visit) is not None


def _made_good(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    """Damage is made good by the record of the delivery that came with it."""
    done = {delivery.id: delivery.made_good for delivery in affairs.deliveries}
    for draft in drafts:
        made_good = done.get(draft.record)
        if made_good and draft.plan and (draft.plan.after, draft.what) == ("damaged", "compensate"):
            found[draft.id].kept.append(Keeping(made_good.at, draft.record))


def _wished(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    """What a wish promises is settled by its own record; that the customer was told, by a contact too."""
    all_wishes = {wish.id: wish for wish in affairs.wishes}
    for draft in drafts:
        if draft.plan and draft.subject in all_wishes:
            wishes.settle(all_wishes[draft.subject], draft, found[draft.id])


def _enquiries(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    enquiries = {enquiry.id: enquiry for enquiry in affairs.enquiries}
    for draft in drafts:
        if draft.subject in enquiries and draft.what != "apology":
            enquiring.settle(enquiries[draft.subject], affairs, draft, found[draft.id])


def _visits(
    affairs: Affairs, rules: Rules, drafts: Sequence[Draft], found: dict[str, Fate], renamed: Mapping[str, str]
) -> None:
    retries = {draft.id: draft.plan.retry for draft in drafts if draft.plan}
    settled = {promise for promise, fate in found.items() if fate.released or fate.broken or fate.kept}
    with_others = {draft.id for draft in drafts if wishes.is_with_others(draft)}
    # What was told later by a wish's own record may have been told by a contact before.
    told = {draft.id: found[draft.id].kept for draft in drafts if wishes.is_to_be_told(draft)}
    settled -= {promise for promise in told if not (found[promise].released or found[promise].broken)}
    for visit in sorted(affairs.visits, key=upkeep.in_time):
        if visit.outcome == "missed":
            continue
        settled |= {promise for promise, kept in told.items() if any(not is_late(one.at, visit.at) for one in kept)}
        meant = visit.keeps or _meant_by(visit, drafts, settled)
        for named in dict.fromkeys([*meant, *upkeep.taken_up(visit, affairs, rules, drafts, settled)]):
            promise = renamed.get(named, named)
            if promise in with_others:
                continue
            fate, retry = found[promise], retries.get(promise)
            if visit.outcome == "no_answer":
                fate.attempts.append(Event(visit.at, visit.id))
                if retry and len(fate.attempts) >= retry.attempts:
                    settled.add(promise)
                continue
            settled.add(promise)
            if visit.outcome == "declined":
                fate.released = fate.released or Event(visit.at, visit.id, _("declined when called"))
            else:
                fate.kept.append(Keeping(visit.at, visit.id, person=visit.by or ""))


def _meant_by(visit: Visit, drafts: Sequence[Draft], settled: set[str]) -> list[str]:
    """The promises that a visit keeps without naming them: the earliest open one of its kind for each subject.

    A visit about nothing in particular keeps a promise only where there is just one it can mean, of greetings the one
    of the day or of the next day to come; calls that nobody took are answered by it whatever they were about.
    """
    kind = KEPT_BY_PURPOSE.get(visit.purpose, "")
    waiting = [draft for draft in drafts if draft.id not in settled and not upkeep.is_left_over(draft)]
    waiting = [draft for draft in waiting if not wishes.is_with_others(draft)]
    every = [draft for draft in waiting if contacts.fits(visit, draft, kind) and _ready(draft, visit.at)]
    called_back = [draft.id for draft in every if contacts.is_missed_call(draft)]
    fitting = [draft for draft in every if not contacts.is_missed_call(draft)]
    if not visit.about:
        return [*called_back, *(draft.id for draft in _the_one(fitting, visit.at))]
    first: dict[str, Draft] = {}
    for draft in fitting:
        if any(_is_about(draft, subject) for subject in visit.about):
            known = first.get(draft.subject)
            if known is None or _by(draft) < _by(known):
                first[draft.subject] = draft
    return [*called_back, *(draft.id for draft in first.values())]


def _the_one(fitting: Sequence[Draft], at: Moment) -> list[Draft]:
    """The only promise that can be meant; none where there are several."""
    if len(fitting) > 1 and all(endings.is_yearly(draft) for draft in fitting):
        days = [day for draft in fitting if draft.term and (day := day_of(draft.term.by)) >= day_of(at)]
        fitting = [draft for draft in fitting if draft.term and days and day_of(draft.term.by) == min(days)]
    return list(fitting) if len(fitting) == 1 else []


def _by(draft: Draft) -> str:
    return iso(draft.term.by) if draft.term else "9999"


def _is_about(draft: Draft, subject: str) -> bool:
    """Whether a promise is about a subject: the same one, or a part of it (a line of a sale, a repair of a claim)."""
    return any(one == subject or one.startswith(f"{subject}/") for one in draft.subjects)


def _ready(draft: Draft, at: Moment) -> bool:
    """Whether the promise could be kept by then: its event has happened or, where it comes first, its day is near."""
    if draft.term is None:
        return False
    day = day_of(draft.term.by)
    if draft.plan and draft.plan.ahead and draft.term.from_ and is_late(draft.term.from_, at):
        return False
    if draft.turn:
        return day_of(draft.term.from_ or upkeep.nearest(draft.turn, draft.made_on)) <= day_of(at)
    if draft.worthless_late and day_of(at) > day:
        return False
    return (days_after(day, -GREETING_AHEAD) if endings.is_yearly(draft) else day_of(draft.made_on)) <= day_of(at)
