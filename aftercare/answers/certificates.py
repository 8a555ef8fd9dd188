"""The certificates and trainings of our people: what holds on a day, when one ends, and what renews it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.promises import Draft, Event, Fate, Keeping
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.plain.text import fold
from aftercare.records.staff import Certificate, Staff, Training


class Ending(NamedTuple):
    """A certificate with a last day; ``number`` is its place in the person's file, counted from 1."""

    number: int
    name: str
    until: Moment
    known: Moment
    """Since when it has been known, as far as the file says."""


def key(name: str) -> str:
    """A name as names are compared, of certificates and of trainings."""
    return "".join(fold(name).casefold().split())


def is_valid(certificate: Certificate, on: Moment) -> bool:
    """Whether a certificate holds on a day: its first and its last day are good days."""
    begun = certificate.since is None or not is_late(day_of(certificate.since), day_of(on))
    return begun and (certificate.until is None or not is_late(day_of(on), certificate.until))


def counts(training: Training, on: Moment) -> bool:
    """Whether a training counts on a day: from the day on which it was given, its last day included."""
    taught = day_of(training.on) <= day_of(on)
    return taught and (training.until is None or not is_late(day_of(on), training.until))


def holds(person: Staff, name: str, on: Moment) -> bool:
    """Whether a person has a certificate of that name that is valid on a day."""
    return any(key(one.name) == key(name) and is_valid(one, on) for one in person.certificates)


def was_taught(person: Staff, what: str, on: Moment) -> bool:
    """Whether a person had a training of that name that counts on a day."""
    return any(key(one.what) == key(what) and counts(one, on) for one in person.trainings)


def endings(person: Staff) -> Iterator[Ending]:
    """Every certificate of a person that ends."""
    for number, one in enumerate(person.certificates, start=1):
        if one.until is not None:
            yield Ending(number, one.name, one.until, _known(person, one))


def _known(person: Staff, one: Certificate) -> Moment:
    """The day it was handed in; else its first day, else the first of the year in which the file was begun.

    Never after it ended: what was written down later had held before.
    """
    known = one.on or one.since or date(2000 + int(person.id[2:4]), 1, 1)
    return min(filter(None, (known, one.until)), key=in_order)


def settle(staff: Sequence[Staff], drafts: Iterable[Draft], found: Mapping[str, Fate]) -> None:
    """Note what renews a certificate that ends, and that nobody needs one who has left."""
    people = {person.id: person for person in staff}
    for draft in drafts:
        person = people.get(draft.subject)
        if person is None or draft.plan is None or draft.plan.after != "certificate_ends":
            continue
        fate = found[draft.id]
        renewed = _renewal(person, int(draft.id.rpartition(".")[2]))
        if renewed:
            fate.kept.append(Keeping(renewed, person.id, person=person.id))
        if person.left:
            fate.void = Event(person.left.on, person.id, _("no longer with the shop"))


def _renewal(person: Staff, number: int) -> Moment | None:
    """When the first certificate of the same name that holds longer was handed in.

    Where nobody noted the day, it has been in the file for as long as the one that ends.
    """
    old = person.certificates[number - 1]
    later = [one for one in person.certificates if key(one.name) == key(old.name) and _outlasts(one, old)]
    return min((one.on or _known(person, old) for one in later), key=in_order, default=None)


def _outlasts(one: Certificate, old: Certificate) -> bool:
    return old.until is not None and (one.until is None or is_late(one.until, old.until))
