"""What our people were taught: which complaints that answers, and which still wait for a training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aftercare.answers.affairs import Affairs, Taught
from aftercare.answers.happened import Entry
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, iso
from aftercare.records.complaint import Complaint
from aftercare.records.staff import Staff


class Lesson(NamedTuple):
    """One training of one day, for one complaint, with all who were taught."""

    complaint: str
    on: Moment
    what: str
    people: tuple[Staff, ...]


def lessons(taught: Iterable[Taught]) -> list[Lesson]:
    """The trainings because of complaints, the earliest first; of several people who had the same one it is one."""
    found: dict[tuple[str, str, str], list[Taught]] = {}
    for one in taught:
        found.setdefault((iso(one.training.on), one.complaint, one.training.what), []).append(one)
    made = [
        Lesson(first.complaint, first.training.on, first.training.what, tuple(one.person for one in group))
        for group in found.values()
        for first in group[:1]
    ]
    return sorted(made, key=lambda one: (in_order(one.on), one.complaint, one.what))


def about(complaint: Complaint, affairs: Affairs | None) -> list[Lesson]:
    """What was taught because of a complaint."""
    return [one for one in lessons(affairs.taught if affairs else ()) if one.complaint == complaint.id]


def entries(affairs: Affairs) -> Iterator[Entry]:
    """The same as the story of a customer tells it."""
    for one in lessons(affairs.taught):
        people = _(", ").join(person.name for person in one.people)
        text = _("{what} ({people})").format(what=one.what, people=people)
        yield Entry(one.on, "taught", one.people[0].id, one.complaint, text)


def wanted(shelf: Shelf) -> list[Complaint]:
    """The complaints whose findings name whose work it was and what keeps it from coming back, and that no training
    answers.
    """
    answered = {
        record.id
        for person in shelf.of(Staff)
        for training in person.trainings
        for complaint in training.answers
        if (record := shelf.get(complaint))
    }
    every = sorted(shelf.of(Complaint), key=lambda complaint: complaint.id)
    return [one for one in every if one.id not in answered and one.withdrawn is None and _is_of_conduct(one)]


def _is_of_conduct(complaint: Complaint) -> bool:
    found = complaint.findings
    return found is not None and bool(found.person and found.preventive)
