"""Promises that were broken, or kept late, where the customer had our word or the law's."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import enquiring
from aftercare.answers.breaches.finding import Scope, Seen, called, lateness, later, when
from aftercare.answers.promises import Promise
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.tree import Path

_KEPT_IN: dict[str, Path] = {"replace": ("replaced",), "refund": ("refunded",), "compensate": ("made_good",)}
"""Where the record of a claim or a delivery says that a promise of this kind was kept."""
_OF_COMPLAINTS: dict[str, Path] = {"acknowledge": ("acknowledged",), "answer": ("answers",), "resolve": ("resolved",)}
"""The same, for the steps of a complaint."""
_OWN_CODE = ("/deliver", "/install", "/finish-repair", "/return-loan")
"""Steps whose lateness has a code of its own."""


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the promises to one customer."""
    for promise in scope.promises.values():
        yield from _left_with(scope, promise)
        if promise.draft.binds == "plan":
            continue
        if promise.state == "broken" and promise.ended:
            reason = promise.ended.reason or _("no reason was given")
            what = _("{kind}, promised by {due}, was broken: {reason}")
            yield _of(scope, promise, "broken-promise", promise.ended.at, promise.ended.record, what, reason)
        elif promise.state == "kept_late" and promise.kept and not _has_own_code(promise):
            late = lateness(promise, scope.now)
            what = _("{kind}, {reason}")
            yield _of(scope, promise, "late-promise", promise.kept.at, promise.kept.record, what, late)


def _left_with(scope: Scope, promise: Promise) -> Iterator[Seen]:
    """What is still owed and in the hands of somebody who is no longer with the shop."""
    person = scope.staff.get(promise.person)
    if person is None or person.left is None or not promise.is_open:
        return
    left = day_of(person.left.on)
    yield Seen(
        code="left-with-work",
        subject=promise.id,
        on=max(later(left, 1), day_of(promise.draft.made_on)),
        record=person.id,
        path=("left",),
        what=_("{kind} is still with {name}, who left on {day}").format(
            kind=called(promise), name=person.name, day=left.isoformat()
        ),
        categories=(scope.category_of(next(iter(promise.draft.about), "")),),
        rests_on=(promise.draft.record,),
    )


def _has_own_code(promise: Promise) -> bool:
    return promise.id.rstrip(".0123456789").endswith(_OWN_CODE)


def _kept_in(promise: Promise) -> Path:
    """The place that says when it was kept."""
    record = promise.kept.record if promise.kept else ""
    if record.startswith("VI"):
        return ("at",)
    if record.startswith("CO"):
        return _OF_COMPLAINTS.get(promise.what, ())
    if record.startswith("EN"):
        return enquiring.place_of(promise.draft, kept=True)
    if promise.draft.offer and record.startswith("SA"):
        return ("given",)
    if promise.what == "pack" and record.startswith("SA"):
        return ("items", int(promise.draft.subject.rpartition("/")[2]) - 1, "packing", "done_at")
    return ("kept",) if record.startswith("PM") else _KEPT_IN.get(promise.what, ())


def _of(scope: Scope, promise: Promise, code: str, at: Moment, record: str, what: str, reason: str) -> Seen:
    due = promise.due.by if promise.due else None
    draft = promise.draft
    unit, kind = next(iter(draft.about), ""), called(promise)
    return Seen(
        code=code,
        subject=promise.id,
        on=day_of(at),
        record=record,
        path=("broken",) if code == "broken-promise" else _kept_in(promise),
        what=what.format(kind=kind, due=when(due) if due else _("no day"), reason=reason),
        categories=(scope.category_of(unit),),
        person=promise.person,
        promise=promise.id,
        bound=True,
        rests_on=(draft.record,),
    )
