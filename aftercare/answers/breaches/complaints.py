"""Complaints that fell short: stuck and with nobody else, something asked for twice, danger left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.answers.breaches.finding import Scope, Seen, day_after, is_late_one, lateness, later, when
from aftercare.answers.promises import Promise
from aftercare.answers.rounds import owner
from aftercare.language import _
from aftercare.plain.moments import day_of, in_order
from aftercare.plain.text import fold
from aftercare.plain.tree import Path
from aftercare.policies.categories import ROOT
from aftercare.records.complaint import Complaint

_STEPS = frozenset({"acknowledge", "answer", "resolve"})
"""The steps that the one who has a complaint in hand can be stuck at."""
_OF_DANGER = {"make_safe": ("unsafe", "made_safe"), "report": ("maker-not-told", "told_maker")}
"""What the promises after an incident are a breach of when they are late, and where it is written down."""


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the complaints of one customer."""
    complaints = {complaint.id: complaint for complaint in scope.affairs.complaints}
    late: dict[str, list[Promise]] = {}
    for promise in scope.promises.values():
        complaint = complaints.get(promise.draft.subject)
        if complaint is None:
            continue
        if promise.what in _OF_DANGER and is_late_one(promise):
            yield _danger(scope, complaint, promise)
        if promise.what in _STEPS and promise.state == "overdue":
            late.setdefault(complaint.id, []).append(promise)
    for complaint in complaints.values():
        if complaint.id in late:
            yield from _stuck(scope, complaint, late[complaint.id])
        yield from _asked_twice(scope, complaint)


def _stuck(scope: Scope, complaint: Complaint, late: list[Promise]) -> Iterator[Seen]:
    """A step late for longer than the ladder allows, and nobody else has it since; each hand-over gives a new span."""
    promise = min(late, key=lambda one: in_order(one.due.by) if one.due else in_order(date.max))
    overdue_on = day_after(promise)
    categories = _categories(scope, complaint)
    duty = next(filter(None, (scope.rules.duty("escalate", one, overdue_on) for one in categories)), None)
    span = duty.span(overdue_on) if duty else None
    if span is None or promise.due is None:
        return
    handed = [(at, one.at) for at, one in enumerate(complaint.assigned) if day_of(one.at) >= overdue_on]
    begun = max([day_of(promise.due.by), *(day_of(at) for __, at in handed)])
    path: Path = ("assigned", handed[-1][0]) if handed else ("received_at",)
    yield Seen(
        code="stuck-complaint",
        subject=complaint.id,
        on=later(day_of(span.after(begun)), 1),
        record=complaint.id,
        path=path,
        what=_("stuck, and with nobody else: {lateness}").format(lateness=lateness(promise, scope.now)),
        categories=categories,
        person=owner(complaint),
        promise=promise.id,
        nth=len(handed) + 1,
        bound=promise.draft.binds != "plan",
    )


def _asked_twice(scope: Scope, complaint: Complaint) -> Iterator[Seen]:
    """Something that the customer was asked for before, in the same words."""
    known: dict[str, str] = {}
    nth = 0
    for at, one in enumerate(complaint.asked):
        what = fold(one.what).casefold()
        if what not in known:
            known[what] = when(one.at)
            continue
        nth += 1
        yield Seen(
            code="asked-twice",
            subject=complaint.id,
            on=day_of(one.at),
            record=complaint.id,
            path=("asked", at),
            what=_("asked again for what was asked for on {when}: {what}").format(when=known[what], what=one.what),
            categories=_categories(scope, complaint),
            person=one.by or owner(complaint, one.at),
            nth=nth,
        )


def _danger(scope: Scope, complaint: Complaint, promise: Promise) -> Seen:
    code, part = _OF_DANGER[promise.what]
    what = _("danger not removed: {lateness}") if code == "unsafe" else _("the maker was not told: {lateness}")
    return Seen(
        code=code,
        subject=complaint.id,
        on=day_after(promise),
        record=complaint.id,
        path=("incident", part) if promise.kept else ("incident",),
        what=what.format(lateness=lateness(promise, scope.now)),
        categories=_categories(scope, complaint),
        person=promise.person,
        promise=promise.id,
        bound=promise.draft.binds != "plan",
    )


def _categories(scope: Scope, complaint: Complaint) -> tuple[str, ...]:
    return tuple(dict.fromkeys(scope.category_of(subject) for subject in complaint.about)) or (ROOT,)
