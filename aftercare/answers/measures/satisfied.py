"""L7, satisfaction (满意): what customers say of it.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aftercare.answers import kindness
from aftercare.answers.affairs import Affairs
from aftercare.answers.measures.about import of_complaint, of_contact
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.people import asked_about
from aftercare.answers.period import Period
from aftercare.answers.rounds import Way, owner, ways
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.plain.text import fold
from aftercare.records.complaint import Complaint
from aftercare.records.visit import Visit

CONTENT = 4
"""The lowest grade of a customer who is content: 满意."""
RECOMMEND = "recommend"
"""The question whether the customer would recommend us, as its answer names it."""
MARKS = {str(mark): mark for mark in range(11)}
"""The answers to it that count, as they are written; anything else is no mark."""
PROMOTER, PASSIVE = 9, 7
"""The lowest marks of who would recommend us, and of who would neither do that nor warn of us."""


def content(facts: Facts, period: Period) -> Iterator[Case]:
    """Every grade, and every word on how a complaint was dealt with."""
    for affairs in facts.people:
        for grade, case in _graded(facts, affairs, period):
            is_content = grade >= CONTENT
            yield case._replace(good=is_content, why="" if is_content else f"grade_{grade}")
        for complaint in affairs.complaints:
            yield from _confirmed(facts, complaint, period)


def _graded(facts: Facts, affairs: Affairs, period: Period) -> Iterator[tuple[int, Case]]:
    """The grades, each with its contact, of who did the work that was asked about."""
    for visit, case in _asked(facts, affairs, period):
        if visit.satisfaction is not None:
            yield visit.satisfaction, case


def _asked(facts: Facts, affairs: Affairs, period: Period) -> Iterator[tuple[Visit, Case]]:
    """The contacts of a period; where several did the work that one asked about, it is nobody's alone."""
    found = [visit for visit in affairs.visits if period.holds(visit.at)]
    people = asked_about(affairs, facts.ledger.to.get(affairs.customer.id, ())) if found else {}
    for visit in found:
        who = people[visit.id]
        yield visit, of_contact(facts, visit)._replace(person=who[0] if len(who) == 1 else "")


def _confirmed(facts: Facts, complaint: Complaint, period: Period) -> Iterator[Case]:
    """What the customer said of each solution, numbered as in the record; it is about who brought that solution."""
    of_round = {id(said): way for way in ways(complaint) for said in way.confirmed}
    for number, said in enumerate(complaint.confirmed, start=1):
        if period.holds(said.at):
            yield of_complaint(facts, complaint)._replace(
                id=f"{complaint.id}/confirmed.{number}",
                on=said.at,
                good=said.satisfied,
                why="" if said.satisfied else "not_satisfied",
                person=_solver(complaint, of_round[id(said)], said.at),
            )


def _solver(complaint: Complaint, way: Way, by: Moment) -> str:
    """Who brought the solution of a round; where there was none, who had the complaint in hand then."""
    done = way.resolved[0] if way.resolved else None
    return (done.by if done else None) or owner(complaint, done.at if done else by)


def satisfaction(facts: Facts, period: Period) -> Iterator[Case]:
    """The grades, to be made a mean of."""
    for affairs in facts.people:
        for grade, case in _graded(facts, affairs, period):
            yield case._replace(amount=Decimal(grade))


def grades(facts: Facts, period: Period) -> Iterator[Case]:
    """The grades, to be counted."""
    for affairs in facts.people:
        for grade, case in _graded(facts, affairs, period):
            yield case._replace(part=str(grade))


def recommended(facts: Facts, period: Period) -> Iterator[Case]:
    """Who would recommend us: promoters say 9 or 10, detractors 0 to 6."""
    for affairs in facts.people:
        for visit, case in _asked(facts, affairs, period):
            mark = MARKS.get(fold(visit.answers.get(RECOMMEND, "")))
            if mark is not None:
                yield case._replace(amount=Decimal(mark), part=_part(mark))


def _part(mark: int) -> str:
    return "promoter" if mark >= PROMOTER else "passive" if mark >= PASSIVE else "detractor"


def reopened(facts: Facts, period: Period) -> Iterator[Case]:
    """Complaints by their first solution, and whether they came back after it."""
    for affairs in facts.people:
        for complaint in affairs.complaints:
            way = _first_solved(ways(complaint)) if complaint.resolved else None
            solved = way.resolved[0].at if way else None
            if way and solved and period.holds(solved):
                back = way.round.ends
                came_back = back is not None and not is_late(back, facts.now)
                yield of_complaint(facts, complaint)._replace(
                    on=solved, good=came_back, person=_solver(complaint, way, solved)
                )


def _first_solved(found: Sequence[Way]) -> Way:
    """The round in which a complaint was solved the first time."""
    return min((way for way in found if way.resolved), key=lambda way: in_order(way.resolved[0].at))


def beyond(facts: Facts, period: Period) -> Iterator[Case]:
    """Kindnesses that nobody was owed."""
    for affairs in facts.people:
        for one in kindness.of(affairs):
            if period.holds(one.at):
                product, channel = facts.goods(*one.about.split())
                yield Case(
                    id=f"{one.record}/beyond.{one.number}",
                    on=one.at,
                    customer=affairs.customer.id,
                    product=product,
                    channel=channel,
                    person=one.person,
                    records=(one.record,),
                )


MEASURES = (
    Measure("L7", "L7", "share", content),
    Measure("satisfaction", "L7", "grade", satisfaction),
    Measure("grades", "L7", "spread", grades),
    Measure("nps", "L7", "net", recommended),
    Measure("complaints_reopened", "L7", "share", reopened, less=True),
    Measure("beyond", "L7", "count", beyond),
)
