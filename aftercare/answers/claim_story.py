"""The course of a claim as entries of a timeline, and the parts that were used for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aftercare.answers import charges, stock, supplies
from aftercare.answers.affairs import Affairs, Use
from aftercare.answers.happened import Entry
from aftercare.plain import money
from aftercare.records.claim import Claim, Decision, Repair, Returned
from aftercare.records.part import Part


def entries(claim: Claim, affairs: Affairs) -> Iterator[Entry]:
    """Its report, its repairs, what was decided and done, what was lent meanwhile."""
    about = f"{claim.unit} {claim.id}"
    symptom = claim.fault.symptom or "" if claim.fault else ""
    yield _reported(claim, about, symptom)
    for repair in claim.repairs:
        yield from _repair(repair, claim.id, about, symptom, affairs.parts)
    for wait in supplies.waits_of(claim, affairs.parts):
        if came := supplies.arrival(wait):
            yield Entry(came.at, "part_came", wait.part.id, about, _called(wait.part))
    for decision in claim.decisions:
        yield _decided(decision, claim.id, about)
    yield from _made_safe(claim, about)
    for loan in claim.loans:
        yield Entry(loan.at, "lent", claim.id, about, loan.thing)
        if loan.back:
            yield Entry(loan.back, "lent_back", claim.id, about, loan.thing)
    yield from _back_and_forth(claim, about)
    if claim.closed:
        yield Entry(claim.closed.on, "closed", claim.id, about, claim.closed.reason or "")


def _reported(claim: Claim, about: str, symptom: str) -> Entry:
    """The fault that was reported, or what was asked for where there is none."""
    if claim.is_fault:
        return Entry(claim.reported_on, "reported", claim.id, about, symptom)
    return Entry(claim.reported_on, "asked", claim.id, about, symptom, (claim.asked,) if claim.asked else ())


def _made_safe(claim: Claim, about: str) -> Iterator[Entry]:
    for what, deed in (("made_safe", claim.made_safe), ("told_maker", claim.told_maker)):
        if deed:
            yield Entry(deed.at, what, claim.id, about, deed.how or "", person=deed.by or "")


def _back_and_forth(claim: Claim, about: str) -> Iterator[Entry]:
    """The goods that came back, what was handed over in their place, and the money."""
    if claim.returned:
        yield _returned(claim.returned, claim.id, about)
    if new := claim.replaced:
        thing = " ".join(filter(None, (new.model, new.serial)))
        yield Entry(new.on, "replaced", claim.id, about, thing, person=new.by or "")
    if back := claim.refunded:
        yield Entry(back.on, "refunded", claim.id, about, money.plain(back.amount), person=back.by or "")


def _decided(decision: Decision, record: str, about: str) -> Entry:
    what = "refused" if decision.refused else "decided"
    words = (decision.remedy, *(("goodwill",) if decision.goodwill else ()))
    return Entry(decision.on, what, record, about, decision.reason or "", words, decision.by or "")


def _returned(back: Returned, record: str, about: str) -> Entry:
    pieces = f"× {back.qty}" if back.qty else ""
    words = () if back.complete is None else ("complete" if back.complete else "incomplete",)
    text = " ".join(filter(None, (pieces, back.condition)))
    return Entry(back.on, "returned", record, about, text, words, back.by or "")


def _called(part: Part) -> str:
    return " ".join(filter(None, (part.name, part.number)))


def used(use: Use, affairs: Affairs) -> Entry:
    """A part that went into something, and what the customer paid for it."""
    about = " ".join(dict.fromkeys([*charges.units_of(affairs, use.subject), use.subject]))
    pieces = f"× {stock.figure(use.row.qty)}" if use.row.qty != 1 else ""
    paid = money.plain(use.row.charged) if use.row.charged else ""
    text = " ".join(filter(None, (_called(use.part), pieces, paid)))
    return Entry(use.row.at, "part_used", use.part.id, about, text, person=use.row.by or "")


def _repair(repair: Repair, record: str, about: str, symptom: str, parts: Mapping[str, Part]) -> Iterator[Entry]:
    by = repair.by or ""
    yield Entry(repair.in_, "in_repair", record, about, repair.problem or symptom, person=by)
    for waiting in repair.waiting:
        because = (waiting.because,) if waiting.because else ()
        part = parts.get(waiting.for_ or "")
        thing = _called(part) if part else waiting.for_ or ""
        yield Entry(waiting.from_, "waits", record, about, thing, because, by)
        if waiting.to and waiting.to != repair.out:
            yield Entry(waiting.to, "goes_on", record, about, thing, person=by)
    if repair.out:
        result = (repair.result,) if repair.result else ()
        yield Entry(repair.out, "repaired", record, about, repair.done or "", result, by)
