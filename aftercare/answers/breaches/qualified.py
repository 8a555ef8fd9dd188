"""Who did a work without the certificate or the training that a standard in force on its day asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.breaches.finding import Scope, Seen, when
from aftercare.answers.certificates import holds, is_valid, key, was_taught
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.plain.tree import Path
from aftercare.policies.standards import INSTALLATION, Duty
from aftercare.records.staff import Staff


class Done(NamedTuple):
    """A piece of work: its kind, which record says who did it and where in it, on which goods, on which day."""

    kind: str
    subject: str
    record: str
    path: Path
    person: str
    categories: tuple[str, ...]
    on: date
    nth: int = 1


def seen(scope: Scope, work: Done) -> Iterator[Seen]:
    """What whoever did a work had not, of all that is asked for it."""
    asked = _asked(scope, work)
    if asked and not work.person:
        yield _of(work, "no-technician", _("done by nobody who is named"), asked[0])
        return
    person = scope.staff.get(work.person)
    if person is None:
        return
    wanting = [(duty, said) for duty in asked if (said := _wanting(person, duty, work.on))]
    if wanting:
        what = _("; ").join(dict.fromkeys(said for __, said in wanting))
        yield _of(work, "unqualified", what, wanting[0][0])


def _asked(scope: Scope, work: Done) -> list[Duty]:
    """The clauses that ask something of who does it, each once; any certificate at all only of who puts up what needs a
    fitter.
    """
    found: dict[str, Duty] = {}
    for category in work.categories:
        for duty in scope.rules.qualified(work.kind, category, work.on):
            if duty.names_any or work.kind != INSTALLATION or scope.rules.is_installed(category):
                found.setdefault(duty.line, duty)
    return list(found.values())


def _wanting(person: Staff, duty: Duty, on: date) -> str:
    """What a person had not on the day, in words; "" for nothing."""
    if not duty.names_any:
        return "" if any(is_valid(one, on) for one in person.certificates) else _no_certificate(person, on)
    names = [_ended(person, name, on) for name in duty.certificates if not holds(person, name, on)]
    names += [_lapsed(person, name, on) for name in duty.trainings if not was_taught(person, name, on)]
    return _("done without what is asked for: {names}").format(names=_(", ").join(names)) if names else ""


def _no_certificate(person: Staff, on: date) -> str:
    ended = [one for one in person.certificates if one.until and is_late(on, one.until)]
    had = _(", ").join(f"{one.name} {when(one.until)}" for one in ended if one.until)
    if had:
        return _("done after the certificate had ended: {certificates}").format(certificates=had)
    return _("done without a valid certificate")


def _ended(person: Staff, name: str, on: date) -> str:
    return _with_end(name, [one.until for one in person.certificates if key(one.name) == key(name)], on)


def _lapsed(person: Staff, name: str, on: date) -> str:
    return _with_end(name, [one.until for one in person.trainings if key(one.what) == key(name)], on)


def _with_end(name: str, untils: Sequence[Moment | None], on: date) -> str:
    """What is wanting, with the last day on which it was there."""
    ended = [until for until in untils if until and is_late(on, until)]
    last = max(ended, key=in_order, default=None)
    return _("{name} (until {day})").format(name=name, day=when(last)) if last else name


def _of(work: Done, code: str, what: str, duty: Duty) -> Seen:
    return Seen(
        code=code,
        subject=work.subject,
        on=work.on,
        record=work.record,
        path=work.path,
        what=what,
        categories=work.categories,
        person=work.person,
        nth=work.nth,
        clause=duty,
    )
