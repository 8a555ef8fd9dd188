"""Who does what: what each of our people has to do, did in a period, and how it ended.

Every figure is a count of records that it can name.  Nothing is put in order by how well anybody did, and nothing is a
share of anything: a fitter with three installations is not compared with one who had thirty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.at_home import of_id, worker
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.ledger import Ledger
from aftercare.answers.period import EVER, Period
from aftercare.answers.promises import Promise
from aftercare.answers.repeats import stays
from aftercare.answers.rounds import owner, ways
from aftercare.answers.states import OPEN
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment
from aftercare.records.staff import Staff

TO_DO: tuple[str, ...] = OPEN
"""What is open on the day of asking."""
DONE = ("deliveries", "installations", "repairs", "visits", "resolved")
"""What was done in the period."""
PROMISES = ("in_time", "late", "broken")
"""How promises ended in the period."""
MENDED = ("fixed_first_time", "came_back")
"""Of the repairs of the period: mended at the first go and so far for good; in again with the same fault."""
HEARD = ("graded", "timed")
"""Contacts in which the customer graded the work, and those of which somebody noted how long they took."""
FIGURES: tuple[str, ...] = (*TO_DO, *DONE, *PROMISES, *MENDED, *HEARD)
_WORKS = frozenset({"delivered", "installed", "repaired", "repaired_at_home", "complaint_resolved"})
"""The events of which a call asks how they were: its grade is about who did that, not about who calls."""


@dataclass
class Tally:
    """One person's figures, each with the ids behind it."""

    person: Staff
    records: dict[str, list[str]] = field(default_factory=lambda: {figure: [] for figure in FIGURES})
    findings: dict[str, list[str]] = field(default_factory=dict)
    """The ids of breaches of service by their code."""
    grades: list[int] = field(default_factory=list)
    minutes: int = 0

    @property
    def satisfaction(self) -> Decimal | None:
        """The mean grade, of 1 to 5; None where nobody gave one."""
        return Decimal(sum(self.grades)) / len(self.grades) if self.grades else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.findings and not any(self.records.values())

    def note(self, figure: str, record: str) -> None:
        """Count a record, once."""
        if record not in self.records[figure]:
            self.records[figure].append(record)


def tallies(
    shelf: Shelf, ledger: Ledger, breaches: Sequence[Breach], period: Period = EVER, only: Collection[str] = ()
) -> list[Tally]:
    """The figures of each person (or of those named *only*), by their ids.

    Without names, of those who have left only who has something to tell.
    """
    people = sorted(shelf.of(Staff), key=lambda person: person.id)
    found = {person.id: Tally(person) for person in people}
    count = _Count({**{old: found[now] for old, now in shelf.formerly.items() if now in found}, **found}, period)
    for promise in ledger.promises:
        count.promise(promise)
    for affairs in ledger.affairs.values():
        count.works(affairs)
        count.contacts(affairs, ledger.to.get(affairs.customer.id, ()))
    for breach in breaches:
        count.breach(breach)
    if only:
        return [found[person.id] for person in people if person.id in only]
    return [one for one in found.values() if one.person.left is None or not one.is_empty]


class _Count(NamedTuple):
    """The tallies by every id that a person had, and the period."""

    of: Mapping[str, Tally]
    period: Period

    def note(self, person: str | None, figure: str, at: Moment | None, record: str) -> None:
        """Count what somebody did in the period."""
        tally = self.of.get(person or "")
        if tally and at is not None and self.period.holds(at):
            tally.note(figure, record)

    def promise(self, promise: Promise) -> None:
        """What is open now, and what ended in the period."""
        tally = self.of.get(promise.person)
        if tally and promise.state in TO_DO:
            tally.note(promise.state, promise.id)
        elif promise.kept and promise.state in {"kept", "kept_late"}:
            figure = "in_time" if promise.state == "kept" else "late"
            self.note(promise.person, figure, promise.kept.at, promise.id)
        elif promise.ended and promise.state == "broken":
            self.note(promise.person, "broken", promise.ended.at, promise.id)

    def works(self, affairs: Affairs) -> None:
        """Deliveries, installations, repairs in the shop, and complaints resolved."""
        for delivery in affairs.deliveries:
            self.note(delivery.person, "deliveries", works.done_at(delivery), delivery.id)
        for work in affairs.installations:
            self.note(work.technician, "installations", works.done_at(work), work.id)
        for complaint in affairs.complaints:
            for done in complaint.resolved:
                self.note(done.by or owner(complaint, done.at), "resolved", done.at, complaint.id)
        self.repairs(affairs)

    def repairs(self, affairs: Affairs) -> None:
        """What went out, and whether it held: told by the repairs of the same fault before and after it."""
        for stay in stays(affairs.claims):
            one = stay.repair
            if one.result == "not_done":
                continue
            self.note(one.by, "repairs", one.out, stay.id)
            if stay.back is not None:
                self.note(one.by, "came_back", one.out, stay.id)
            elif one.result == "fixed" and not stay.before:
                self.note(one.by, "fixed_first_time", one.out, stay.id)

    def contacts(self, affairs: Affairs, promises: Sequence[Promise]) -> None:
        """Contacts that somebody had, and the grades that customers gave for work."""
        about = asked_about(affairs, promises)
        for visit in affairs.visits:
            if visit.outcome == "missed":
                continue
            self.note(visit.by, "visits", visit.at, visit.id)
            tally = self.of.get(visit.by or "")
            if visit.minutes and tally and self.period.holds(visit.at):
                tally.note("timed", visit.id)
                tally.minutes += visit.minutes
            if visit.satisfaction and self.period.holds(visit.at):
                self.grade(about[visit.id], visit.id, visit.satisfaction)

    def grade(self, people: Collection[str], visit: str, grade: int) -> None:
        """A grade for each who did the work that the customer was asked about."""
        for person in people:
            if tally := self.of.get(person):
                tally.note("graded", visit)
                tally.grades.append(grade)

    def breach(self, breach: Breach) -> None:
        """Where the service fell short, settled by now or not."""
        tally = self.of.get(breach.person)
        if tally and self.period.holds(breach.on):
            tally.findings.setdefault(breach.code, []).append(breach.id)


def _workers(promise: Promise, affairs: Affairs) -> Iterator[str]:
    """Who did the work after which a call was promised."""
    draft = promise.draft
    work = of_id(affairs, draft.record)
    if work:
        yield worker(work)
    number = draft.subject.rpartition("/")[2]
    for claim in affairs.claims:
        if claim.id == draft.record and draft.plan and draft.plan.after == "repaired":
            yield claim.repairs[int(number) - 1].by or ""
    for complaint in affairs.complaints:
        if complaint.id == draft.record:
            resolved = ways(complaint)[int(draft.id.rpartition(".")[2]) - 1].resolved
            yield from (done.by or owner(complaint, done.at) for done in resolved[:1])


def asked_about(affairs: Affairs, promises: Iterable[Promise]) -> dict[str, tuple[str, ...]]:
    """Of each contact with a customer who did the works that it asked about, by the *promises* that it kept.

    Where it asked about none, who had the contact; "" is somebody whom no record names.
    """
    workers: dict[str, list[str]] = {}
    for promise in promises:
        if promise.kept and promise.draft.plan and promise.draft.plan.after in _WORKS:
            workers.setdefault(promise.kept.record, []).extend(_workers(promise, affairs))
    return {visit.id: tuple(dict.fromkeys(workers.get(visit.id) or [visit.by or ""])) for visit in affairs.visits}
