"""Installations that fell short: late, moved without asking, never made, charged, unqualified, not to the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from aftercare import language
from aftercare.answers import works
from aftercare.answers.breaches import qualified
from aftercare.answers.breaches.finding import (
    Scope,
    Seen,
    is_late_one,
    lateness,
    later,
    of_work,
    reported,
    says_something,
    when,
)
from aftercare.answers.breaches.late import about_work
from aftercare.answers.breaches.qualified import Done
from aftercare.answers.lines import Line, put_up_again
from aftercare.answers.promises import Promise
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import day_of
from aftercare.plain.text import fold
from aftercare.policies.standards import CONDUCT, unlisted
from aftercare.records.fields import Move
from aftercare.records.installation import Installation
from aftercare.records.visit import Visit

NEVER_CAME = 2
"""Days after it was promised on which somebody who has not come did not come at all."""
BEFORE_YESTERDAY = 2
"""Days: what was begun before yesterday should be signed for."""
_THREAT = re.compile(r"要挟|威胁|threat", re.IGNORECASE)
_NO_THREAT = re.compile(r"(?:没有?|未|无)(?:人)?(?:要挟|威胁)|\bno threat|not threat", re.IGNORECASE)


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the installations of one customer."""
    for line in scope.lines:
        yield from _promised(scope, line)
    sales = {sale.id for sale in scope.affairs.sales if sale.cancelled is None}
    for work in scope.affairs.installations:
        if work.cancelled is None and work.sale in sales:
            yield from _moved(scope, work)
            yield from _fitter(scope, work)
            yield from _work(scope, work)
            yield from _charged(scope, work)
            yield from _asked_for(scope, work)
    for visit in scope.affairs.visits:
        yield from _reported(scope, visit)


def _promised(scope: Scope, line: Line) -> Iterator[Seen]:
    """What may be a breach of the promise to put up a line, and of each to put it up again."""
    further = put_up_again(line)
    about = [work for work in scope.affairs.installations_of(line.sale) if works.covers(work, line.number)]
    again = [work for work in about if work in further]
    if promise := scope.promises.get(f"{line.unit}/install"):
        yield from _appointment(scope, line, promise, [work for work in about if work not in again])
        yield from _moved_apart(scope, line, promise)
    for work in again:
        if promise := scope.promises.get(f"{line.unit}/install.{further.index(work) + 2}"):
            found = (*_appointment(scope, line, promise, [work]), *_moved_apart(scope, line, promise))
            yield from (replace(one, subject=promise.id) for one in found)


def _appointment(scope: Scope, line: Line, promise: Promise, about: Sequence[Installation]) -> Iterator[Seen]:
    if is_late_one(promise):
        yield about_work(scope, line, promise, "late-installation", lateness(promise, scope.now))
    if promise.state not in {"overdue", "broken"} or any(work.started_at or work.signed for work in about):
        return
    ended = promise.ended if promise.state == "broken" else None
    by = promise.due.by if promise.due else date.max
    on = day_of(ended.at) if ended else later(by, NEVER_CAME)
    what = _("promised by {due}, and nobody came").format(due=when(by))
    yield about_work(scope, line, promise, "never-came", what, on)


def _moved(scope: Scope, work: Installation) -> Iterator[Seen]:
    """Times that we put off without the customer's consent, each known by its place among all that were noted."""
    for nth, move in enumerate(work.moved, start=1):
        if _without_consent(move):
            on = day_of(move.on or _day_of_work(scope, work))
            yield of_work(scope, work, "moved-installation", on, ("moved", nth - 1), _put_off(move), nth=nth)


def _moved_apart(scope: Scope, line: Line, promise: Promise) -> Iterator[Seen]:
    """The same, noted in records about the promise."""
    records = [record for record in scope.affairs.promises if record.of == promise.id]
    moves = [(record, at, move) for record in records for at, move in enumerate(record.moved)]
    for nth, (record, at, move) in enumerate(moves, start=1):
        if _without_consent(move):
            on = day_of(move.on or record.made_on or promise.draft.made_on)
            seen_at = about_work(scope, line, promise, "moved-installation", _put_off(move), on)
            yield replace(seen_at, record=record.id, path=("moved", at), nth=nth)


def _put_off(move: Move) -> str:
    return _("put off to {when} without the customer's consent").format(when=when(move.to))


def _without_consent(move: Move) -> bool:
    return move.asked_by == "shop" and not move.by_consent


def _fitter(scope: Scope, work: Installation) -> Iterator[Seen]:
    """Somebody did it, and was allowed to."""
    begun = work.started_at or (work.signed.at if work.signed else None)
    if begun is None:
        return
    on = day_of(begun)
    if not work.technician:
        asked = (scope.rules.qualified("installation", category, on) for category in scope.categories(work))
        if clause := next((duty for duties in asked for duty in duties), None):
            nobody = of_work(scope, work, "no-technician", on, ("sale",), _("done by nobody who is named"))
            yield replace(nobody, clause=clause)
        return
    done = Done("installation", work.id, work.id, ("technician",), work.technician, scope.categories(work), on)
    yield from qualified.seen(scope, done)


def _work(scope: Scope, work: Installation) -> Iterator[Seen]:
    """Done to the standard, tested, explained and signed for."""
    if work.signed is None:
        if work.started_at:
            what = _("begun on {when} and not signed for").format(when=when(work.started_at))
            on = later(work.started_at, BEFORE_YESTERDAY)
            yield of_work(scope, work, "unsigned-installation", on, ("started_at",), what)
        return
    on = day_of(work.signed.at)
    left_out = _left_out(scope, work, on)
    if left_out:
        what = _("signed for, and of the checklist these were not ticked: {items}").format(items=_(", ").join(left_out))
        yield of_work(scope, work, "checklist", on, ("checklist",) if work.checklist else ("signed",), what)
    if work.tested != "ok":
        what = _("nobody wrote down that it was tested")
        if work.tested:
            what = _("handed over though the test found it faulty")
            if work.tested == "not_tested":
                what = _("handed over without a test")
        yield of_work(scope, work, "not-tested", on, ("tested",) if work.tested else ("signed",), what)
    if not work.explained:
        said_no = work.explained is False
        what = _("use and care were not explained") if said_no else _("nobody wrote down that use was explained")
        yield of_work(scope, work, "not-explained", on, ("explained",) if said_no else ("signed",), what)


def _left_out(scope: Scope, work: Installation, on: date) -> list[str]:
    """What the checklist asks for and nobody ticked, in words that tick it."""
    lists = [one for category in scope.categories(work) for one in scope.rules.checklists(category, on)]
    return list(
        dict.fromkeys(
            item.text.said(language.current())
            for checklist in lists
            if checklist.about != CONDUCT
            for item in checklist.items
            if item.id not in checklist.done(work.checklist)
        )
    )


def _charged(scope: Scope, work: Installation) -> Iterator[Seen]:
    """Only published materials may cost anything, and only what the customer agreed to before the work."""
    if not (work.charged and work.charged.value):
        return
    listed = bool(work.materials) and not unlisted(work.materials or "", scope.rules.materials)
    if listed and work.agreed_beforehand:
        return
    if listed:
        what = _("{amount} charged for materials that nobody agreed to beforehand")
    elif work.materials:
        what = _("{amount} charged, and not all materials are on the published list")
    else:
        what = _("{amount} charged for an installation that is free of charge")
    on = _day_of_work(scope, work)
    yield of_work(scope, work, "charged-installation", on, ("charged",), what.format(amount=money.plain(work.charged)))


def _asked_for(scope: Scope, work: Installation) -> Iterator[Seen]:
    if says_something(work.asked_for):
        said = work.asked_for or ""
        what = _("the fitter asked for: {said}").format(said=said)
        yield of_work(scope, work, _code(said), _day_of_work(scope, work), ("asked_for",), what)


def _reported(scope: Scope, visit: Visit) -> Iterator[Seen]:
    """What the customer reports in a call-back; a charge that the installation states is judged there."""
    about = {subject.split("/", 1)[0] for subject in (*visit.about, *visit.keeps)}
    done = [w for w in scope.affairs.installations if {w.id, w.sale} & about and w.cancelled is None]
    if not done or visit.outcome != "reached":
        return
    asked = reported(visit, is_charge_known=any(work.charged and work.charged.value for work in done))
    if not asked:
        return
    said = _("; ").join(visit.answers[key] for key in asked)
    yield Seen(
        code=_code(said),
        subject=visit.id,
        on=day_of(visit.at),
        record=visit.id,
        path=("answers", asked[0]),
        what=_("the customer reports: {said}").format(said=said),
        categories=scope.categories(done[-1]),
        person=done[-1].technician or "",
        rests_on=(done[-1].id,),
    )


def _code(said: str) -> str:
    """A threat is the gravest of it."""
    text = fold(said)
    return "threat" if _THREAT.search(_NO_THREAT.sub("", text)) else "asked-for"


def _day_of_work(scope: Scope, work: Installation) -> date:
    sold = scope.affairs.sale_by_id[work.sale].sold_on
    signed = work.signed.at if work.signed else None
    return day_of(work.started_at or signed or work.arranged_on or sold)
