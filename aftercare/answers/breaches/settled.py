"""How a breach of service was settled: by the apology and its remedy, by the thing made good, or accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aftercare.answers.breaches.finding import Breach, Scope, Settled
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.records.promise import Apology
from aftercare.records.promise import Promise as PromiseRecord


class Said(NamedTuple):
    """An apology that was made, and the record that holds it."""

    at: Moment
    record: str
    apology: Apology


def settled(breach: Breach, scope: Scope) -> Settled | None:
    """How it was settled by now: by a record about the breach itself, or by the apology for its promise.

    An apology whose remedy was promised for later settles nothing until that was given, or the customer let it go.
    """
    for about in scope.affairs.promises:
        if about.of == breach.id and (found := _by_record(about, scope)) and found.on <= day_of(scope.now):
            return found
    said = _for_promise(breach, scope)
    if said:
        return _by_apology(said, scope)
    # An apology is a promise of its own, which a visit keeps too.
    apology = scope.promises.get(f"{breach.promise}/apology")
    if apology and apology.kept and not is_late(apology.kept.at, scope.now):
        return Settled("apology", day_of(apology.kept.at), apology.kept.record, "")
    return None


def awaited(breach: Breach, scope: Scope) -> str:
    """The promise of the remedy that a breach, apologised for, still waits for; "" for none."""
    waiting = (said.apology.remedy_in for said in _apologies(breach, scope) if not _is_over(said.apology, scope))
    return next((one for one in waiting if one), "")


def words(apology: Apology) -> str:
    """An apology in its own words, with what was given and what that cost."""
    cost = money.plain(apology.cost) if apology.cost else ""
    remedy = " ".join(filter(None, (apology.remedy, cost)))
    return _("; ").join(filter(None, (apology.how, remedy)))


def _by_record(about: PromiseRecord, scope: Scope) -> Settled | None:
    if about.apologised and about.apologised.at:
        found = _by_apology(Said(about.apologised.at, about.id, about.apologised), scope)
        if found:
            return found
    if about.kept and about.kept.at:
        return Settled("made_good", day_of(about.kept.at), about.id, about.kept.how or "")
    if about.accepted:
        return Settled("accepted", day_of(about.accepted.on), about.id, about.accepted.reason or "")
    return None


def _by_apology(said: Said, scope: Scope) -> Settled | None:
    """Settled on the day of the apology, or of its remedy where that came later."""
    given = _given_at(said.apology, scope)
    if said.apology.remedy_in and given is None:
        return None
    at = max(filter(None, (said.at, given)), key=in_order)
    return Settled("apology", day_of(at), said.record, words(said.apology))


def _given_at(apology: Apology, scope: Scope) -> Moment | None:
    """When a remedy that was promised for later was given, or nothing was left to give; None while it is owed."""
    promise = scope.promises.get(apology.remedy_in or "")
    if promise is None:
        return None
    if promise.kept:
        return promise.kept.at
    return promise.ended.at if promise.ended and promise.state in {"released", "void"} else None


def _is_over(apology: Apology, scope: Scope) -> bool:
    return apology.remedy_in is None or _given_at(apology, scope) is not None


def _apologies(breach: Breach, scope: Scope) -> Iterator[Said]:
    for about in scope.affairs.promises:
        if about.of == breach.id and about.apologised and about.apologised.at:
            yield Said(about.apologised.at, about.id, about.apologised)
    if said := _for_promise(breach, scope):
        yield said


def _for_promise(breach: Breach, scope: Scope) -> Said | None:
    """The apology by now for the promise that was broken."""
    promise = scope.promises.get(breach.promise)
    event = promise.apologised if promise else None
    if event is None or is_late(event.at, scope.now):
        return None
    record = next((one for one in scope.affairs.promises if one.id == event.record), None)
    return Said(event.at, event.record, record.apologised) if record and record.apologised else None
