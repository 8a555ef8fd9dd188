"""Delays of which nobody told the customer before the time they broke: of whatever the customer had our word for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from aftercare.answers import enquiring, works
from aftercare.answers.breaches.finding import TOLD_BY, Scope, Seen, called, day_after, is_late_one, lateness
from aftercare.answers.breaches.late import about_work
from aftercare.answers.lines import Line
from aftercare.answers.promises import Promise
from aftercare.answers.works import Work
from aftercare.language import _
from aftercare.plain.moments import is_late
from aftercare.plain.tree import Path
from aftercare.records.fields import Move
from aftercare.records.visit import Visit

_APART = ("/deliver", "/pack")
"""Steps left out: the delay of a delivery has a code of its own, and packing has no time but the delivery's."""


def seen(scope: Scope) -> Iterator[Seen]:
    """Every promise that the customer had from us or from the law, late without a word before."""
    for promise in scope.promises.values():
        if promise.draft.binds == "plan" or promise.id.endswith(_APART) or not is_late_one(promise):
            continue
        if is_told(scope, promise):
            continue
        line = scope.line_of.get(promise.draft.subject)
        if line and promise.what == "install":
            found = about_work(scope, line, promise, "untold-delay", _said(scope, promise))
            yield replace(found, subject=promise.id, duty=TOLD_BY["install"])
        else:
            yield _of(scope, promise)


def is_told(scope: Scope, promise: Promise) -> bool:
    """Whether the customer was told that a promise would be late before its time was over, whatever kind it is of."""
    line = scope.line_of.get(promise.draft.subject)
    if line and promise.what in {"deliver", "install"}:
        about = line.deliveries if promise.what == "deliver" else line.installations
        return told_of_work(scope, line, promise, about)
    return was_told(scope, promise, _subjects(scope, promise), _moved(scope, promise))


def told_of_work(scope: Scope, line: Line, promise: Promise, about: Iterable[Work]) -> bool:
    """Whether the customer was told that a delivery or an installation would be late."""
    covering = [work for work in about if works.covers(work, line.number)]
    moves = [move for work in covering for move in work.moved]
    return was_told(scope, promise, {line.unit, line.sale.id, *(work.id for work in covering)}, moves)


def was_told(scope: Scope, promise: Promise, subjects: Collection[str], moves: Iterable[Move] = ()) -> bool:
    """Whether the shop asked for a later time, or sent word about one of the *subjects*, before the time broke.

    Word from before the promise was made was about something else.  *moves* are those of the works themselves; those in
    records about the promise are looked up.  A day that nobody noted is no proof that it was too late.
    """
    due = promise.due.by if promise.due else scope.now
    recorded = (record for record in scope.affairs.promises if promise.id in {record.of, record.id})
    asked = [*moves, *(move for record in recorded for move in record.moved)]
    if any(m.asked_by == "shop" and is_late(m.to, due) and (m.on is None or not is_late(m.on, due)) for m in asked):
        return True
    return any(
        visit.purpose == "information"
        and visit.outcome == "reached"
        and not set(subjects).isdisjoint(visit.about)
        and not is_late(visit.at, due)
        and not is_late(promise.draft.made_on, visit.at)
        and not _is_what_was_planned(scope, visit)
        for visit in scope.affairs.visits
    )


def _is_what_was_planned(scope: Scope, visit: Visit) -> bool:
    """Whether a contact told no more than a plan asks for: who comes, and when, is not that they come later."""
    kept = [scope.promises.get(promise) for promise in visit.keeps]
    return bool(kept) and all(promise and promise.draft.plan for promise in kept)


def _subjects(scope: Scope, promise: Promise) -> set[str]:
    """What word of a delay is about: the subject, its claim where it is a part of one, and the units."""
    draft = promise.draft
    return {promise.id, draft.subject, draft.subject.partition("/")[0], *draft.about}


def _moved(scope: Scope, promise: Promise) -> list[Move]:
    """The times that an appointment about an enquiry was put off, by its own record."""
    draft = promise.draft
    asked = next((one for one in scope.affairs.enquiries if one.id == draft.subject), None)
    if asked is None or promise.what != "appointment" or draft.plan:
        return []
    return asked.appointments[int(draft.id.rpartition(".")[2]) - 1].moved


def _said(scope: Scope, promise: Promise) -> str:
    late = _("{lateness}, and the customer was not told before").format(lateness=lateness(promise, scope.now))
    return _("{kind}, {reason}").format(kind=called(promise), reason=late)


def _of(scope: Scope, promise: Promise) -> Seen:
    draft = promise.draft
    return Seen(
        code="untold-delay",
        subject=promise.id,
        on=day_after(promise),
        record=draft.record,
        path=_where(promise),
        what=_said(scope, promise),
        categories=(scope.category_of(next(iter(draft.about), "")),),
        person=promise.person,
        promise=promise.id,
        bound=True,
        rests_on=(promise.kept.record,) if promise.kept else (),
        duty=TOLD_BY.get(promise.what, "") if draft.plan else "",
    )


def _where(promise: Promise) -> Path:
    """The place in its record that says when it was due: its own day, or the stay in the workshop."""
    if promise.id == promise.draft.record:
        return ("due",)
    if promise.what == "finish_repair":
        return ("repairs", int(promise.id.rpartition(".")[2]) - 1)
    if promise.draft.record.startswith("EN"):
        return enquiring.place_of(promise.draft, kept=False)
    return ()
