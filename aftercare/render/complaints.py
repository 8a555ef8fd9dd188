"""A complaint's standing in sentences, and its steps in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aftercare.answers.progress import Standing
from aftercare.answers.trainings import Lesson
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, plural
from aftercare.plain.moments import Moment, iso
from aftercare.plain.text import printable
from aftercare.records.staff import Staff
from aftercare.render.promises import binding, kind_name, state_name
from aftercare.render.rows import Column

FIELDS = (
    "id", "kind", "what", "round", "state", "due", "done", "late", "late_days", "ended_on", "reason", "binds", "person",
    "line", "keep_with",
)  # fmt: skip
"""The fields of a step's row."""
_STAGES = {
    "received": N_("received, and not acknowledged yet"),
    "acknowledged": N_("acknowledged, and not answered yet"),
    "answered": N_("answered, and not resolved yet"),
    "refused": N_("refused"),
    "resolved": N_("resolved; the customer has not said yet whether it is well"),
    "confirmed": N_("resolved, and the customer is content"),
    "withdrawn": N_("taken back by the customer"),
}


def how_far(stage: str) -> str:
    """How far a complaint is, in words."""
    return _(_STAGES[stage])


def standing(found: Standing, shelf: Shelf) -> Iterator[str]:
    """How far it is, in whose hands, and how often the customer had to come for it."""
    yield how_far(found.stage)
    if found.owner:
        since = _when(found.owner_since)
        person = name_of(shelf, found.owner)
        yield printable(_("in the hands of {person} since {since}").format(person=person, since=since))
    else:
        yield _("in nobody's hands")
    again = found.rounds - 1
    if again:
        yield plural("came back once", "came back {count} times", again).format(count=again)
    came = plural("the customer came or called once for it", "the customer came or called {count} times for it",
                  found.contacts)  # fmt: skip
    yield came.format(count=found.contacts) if found.contacts else _("the customer did not have to come or call for it")


def taught(lessons: Iterable[Lesson]) -> Iterator[str]:
    """What our people were taught because of it."""
    for one in lessons:
        people = _(", ").join(person.name for person in one.people)
        said = _("answered by training on {when}: {what} ({people})")
        yield printable(said.format(when=_when(one.on), what=one.what, people=people))


def name_of(shelf: Shelf, person: str) -> str:
    """What somebody of the shop is called."""
    record = shelf.get(person)
    return record.name if isinstance(record, Staff) else person


def _when(moment: Moment | None) -> str:
    return iso(moment).replace("T", " ") if moment is not None else ""


def columns(shelf: Shelf) -> list[Column]:
    """The columns of the steps of a complaint."""
    plain: Callable[[Any], str] = lambda value: str(value or "").replace("T", " ")  # noqa: E731
    person: Callable[[Any], str] = lambda value: name_of(shelf, value) if value else ""  # noqa: E731
    return [
        Column("what", N_("step"), kind_name),
        Column("state", N_("state"), state_name),
        Column("due", N_("due"), plain),
        Column("done", N_("done"), plain),
        Column("binds", N_("binds"), binding),
        Column("person", N_("person"), person),
        Column("id", N_("ID")),
    ]
