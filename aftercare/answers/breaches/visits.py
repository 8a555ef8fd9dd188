"""What fell short at the customer's home: lists that were not kept to, and conduct that the customer reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare import language
from aftercare.answers import at_home
from aftercare.answers.at_home import AtHome
from aftercare.answers.breaches import qualified
from aftercare.answers.breaches.finding import Scope, Seen, later, says_no
from aftercare.answers.breaches.qualified import Done
from aftercare.answers.checklists import checklists_of
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, is_late
from aftercare.plain.tree import Path
from aftercare.policies.standards import CONDUCT, Checklist
from aftercare.records.installation import Installation
from aftercare.records.visit import Visit


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in what was done at one customer's home.

    The sheet comes back in the evening, so what is not ticked falls short from the day after.
    """
    sales = {sale.id for sale in scope.affairs.sales if sale.cancelled is None}
    done = [work for work in at_home.done(scope.affairs) if isinstance(work, Visit) or work.sale in sales]
    for work in done:
        yield from _unticked(scope, work)
        if isinstance(work, Visit):
            path: Path = ("by",) if work.by else ("purpose",)
            categories, kind = _categories(scope, work), at_home.kind_of(work)
            came = Done(kind, work.id, work.id, path, work.by or "", categories, day_of(work.at))
            yield from qualified.seen(scope, came)
    for visit in scope.affairs.visits:
        if visit.answers and visit.outcome == "reached":
            yield from _reported(scope, visit, done)


def _unticked(scope: Scope, work: AtHome) -> Iterator[Seen]:
    """What nobody ticked; the work's own list of an installation is looked at with the installation."""
    at = at_home.done_at(work)
    lists = checklists_of(scope.affairs, work, scope.rules)
    conduct = [one for one in lists if one.about == CONDUCT]
    own = [] if isinstance(work, Installation) else [one for one in lists if one.about != CONDUCT]
    if at and (items := _left_out(own, work)):
        what = _("done at the customer's home, and of the checklist these were not ticked: {items}")
        yield _of(scope, work, "checklist", at, what.format(items=items))
    if at and (items := _left_out(conduct, work)):
        what = _("done at the customer's home, and of the rules of conduct these were not ticked: {items}")
        yield _of(scope, work, "conduct", at, what.format(items=items))


def _left_out(lists: Sequence[Checklist], work: AtHome) -> str:
    """What the lists ask for and nobody ticked, in words that tick it."""
    items = [item for one in lists for item in one.items if item.id not in one.done(work.checklist)]
    return _(", ").join(dict.fromkeys(item.text.said(language.current()) for item in items))


def _of(scope: Scope, work: AtHome, code: str, at: Moment, what: str) -> Seen:
    ended: Path = ("outcome",) if isinstance(work, Visit) else ("signed",)
    return Seen(
        code=code,
        subject=work.id,
        on=later(at, 1),
        record=work.id,
        path=("checklist",) if work.checklist else ended,
        what=what,
        categories=_categories(scope, work),
        person=at_home.worker(work),
    )


def _categories(scope: Scope, work: AtHome) -> tuple[str, ...]:
    units = at_home.units_of(scope.affairs, work, scope.rules)
    return tuple(dict.fromkeys(scope.category_of(unit) for unit in units)) or (scope.category_of(""),)


def _reported(scope: Scope, visit: Visit, done: Sequence[AtHome]) -> Iterator[Seen]:
    """What the customer denies when asked about the last work at home that a list of conduct asks about."""
    units = set(at_home.units_of(scope.affairs, visit, scope.rules))
    before = [work for work in done if work.id != visit.id and _was_done(work, visit.at)]
    about = [work for work in before if units.intersection(at_home.units_of(scope.affairs, work, scope.rules))]
    for work in reversed(about):
        lists = checklists_of(scope.affairs, work, scope.rules)
        questions = {question.id for one in lists if one.about == CONDUCT for question in one.asks}
        if not questions:
            continue
        denied = [key for key, answer in visit.answers.items() if key in questions and says_no(answer)]
        if denied:
            yield _denied(scope, visit, work, denied)
        return


def _was_done(work: AtHome, by: Moment) -> bool:
    at = at_home.done_at(work)
    return at is not None and not is_late(at, by)


def _denied(scope: Scope, visit: Visit, work: AtHome, denied: Sequence[str]) -> Seen:
    """A visit at home has ticks of its own, and then this is the second that it can have."""
    said = _("; ").join(
        _("{question}: {answer}").format(question=language.word(key), answer=visit.answers[key]) for key in denied
    )
    return Seen(
        code="conduct",
        subject=visit.id,
        on=day_of(visit.at),
        record=visit.id,
        path=("answers", denied[0]),
        what=_("the customer says of {work}: {said}").format(work=work.id, said=said),
        categories=_categories(scope, work),
        person=at_home.worker(work),
        nth=2 if at_home.kind_of(visit) else 1,
        rests_on=(work.id,),
    )
