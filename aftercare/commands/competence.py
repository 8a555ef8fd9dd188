"""The own verbs of staff about what they may do and were taught: certificates and trainings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aftercare.answers import trainings as answers
from aftercare.answers.certificates import counts, key
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.claims import read, refuse_before
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import Contradicts, FutureFact, Missing, NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain.moments import Moment, day_of, is_late, iso, parse
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.complaint import Complaint
from aftercare.records.staff import Certificate, Staff, Training
from aftercare.render.complaints import name_of
from aftercare.render.rows import Choice, Column, emit

ON = option("--on", metavar="T", text=N_("the day; absent: today"))


@verb(
    "certify",
    N_("A certificate was handed in; a new one of the same name renews the one that ends."),
    argument("ref", metavar="REF"),
    argument("name", metavar="NAME"),
    option("--until", metavar="D", text=N_("the last day it is valid; absent: it has no end")),
    option("--since", metavar="D", text=N_("the first day it is valid; absent: it was all along")),
    option("--number", metavar="S", text=N_("its number")),
    option("--issuer", metavar="S", text=N_("who issued it")),
    ON,
    JSON,
    example="aftercare staff certify 张师傅 低压电工作业证 --until 2032-06-30",
)
def certify(session: Session, ref: str, name: str, fmt: str, **asked: Any) -> None:
    """One more row in a person's file."""
    if not name.strip():
        raise Missing(["NAME"])
    with session.writing("staff certify") as pen:
        reader = deeds.reader(session, pen.shelf)
        person = _person(session, pen, ref)
        said = {field: asked[field] for field in ("since", "until", "number", "issuer")}
        tree: dict[str, Tree] = {"name": name, **read(reader, Certificate, said)}
        tree["on"] = _day(session, reader, asked["on"])
        if "since" in tree and "until" in tree:
            refuse_before(str(tree["until"]), parse(str(tree["since"])), _("{when} is before its first day ({began})"))
        _refuse_the_same(person, name, str(tree.get("until") or ""))
        _append(pen, person, "certificates", tree)
        deeds.written(session, pen, f"staff certify {person.id}")
    deeds.tell(session, pen, fmt=fmt)


def _refuse_the_same(person: Staff, name: str, until: str) -> None:
    for place, one in enumerate(person.certificates, start=1):
        if key(one.name) == key(name) and (iso(one.until) if one.until else "") == until:
            raise Contradicts(
                _("{person} has this certificate already: {name}").format(person=person.id, name=one.name),
                f"aftercare staff set {person.id} certificates.{place}.until=…",
            )


@verb(
    "train",
    N_("People were taught something; several at once are one training."),
    argument("refs", many=True, metavar="REF..."),
    option("--what", required=True, metavar="S", text=N_("what was taught")),
    ON,
    option("--by", metavar="REF", text=N_("who taught it: somebody of the shop, or words for another")),
    option("--until", metavar="D", text=N_("the last day it counts; absent: it counts for good")),
    option("--answers", multiple=True, metavar="COMPLAINT", text=N_("a complaint that it answers")),
    JSON,
    example="aftercare staff train 张师傅 李师傅 --what 上门规范 --answers CO26-0004",
)
def train(session: Session, refs: tuple[str, ...], fmt: str, **asked: Any) -> None:
    """One row in the file of each who was taught."""
    if not asked["what"].strip():
        raise Missing(["--what"])
    with session.writing("staff train") as pen:
        reader = deeds.reader(session, pen.shelf)
        people = list({person.id: person for ref in refs for person in [_person(session, pen, ref)]}.values())
        tree = _training(session, reader, asked)
        for person in people:
            _refuse_gone_or_taught(person, tree)
            _append(pen, person, "trainings", dict(tree))
        deeds.written(session, pen, f"staff train {' '.join(person.id for person in people)}")
    deeds.tell(session, pen, fmt=fmt)


def _training(session: Session, reader: Reader, asked: dict[str, Any]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"on": _day(session, reader, asked["on"]), "what": asked["what"]}
    tree |= read(reader, Training, {"by": asked["by"], "until": asked["until"]})
    if "until" in tree:
        refuse_before(str(tree["until"]), parse(str(tree["on"])), _("{when} is before the training ({began})"))
    if complaints := dict.fromkeys(reader.resolve(one, ("complaint",)) for one in asked["answers"]):
        tree["answers"] = list[Tree](complaints)
    return tree


def _refuse_gone_or_taught(person: Staff, tree: dict[str, Tree]) -> None:
    on = parse(str(tree["on"]))
    if person.left and is_late(day_of(on), person.left.on):
        raise Contradicts(
            _("{person} left on {day}").format(person=person.id, day=iso(person.left.on).replace("T", " "))
        )
    for one in person.trainings:
        if key(one.what) == key(str(tree["what"])) and day_of(one.on) == day_of(on):
            raise Contradicts(
                _("{person} has this training of {day} already: {what}").format(
                    person=person.id, day=iso(on), what=one.what
                )
            )


def _append(pen: Pen, person: Staff, field: str, row: dict[str, Tree]) -> None:
    """One more row in a person's file; a day that has not come yet is that of the flag."""
    try:
        pen.edit(person.id, deeds.checked("staff", person.id, [Append((field,), row)], pen))
    except FutureFact as error:
        own = error.field.startswith(f"{field}.{len(getattr(person, field)) + 1}.")
        raise FutureFact("--on" if own else error.field, error.when, error.now) from None


def _day(session: Session, reader: Reader, said: str | None) -> str:
    """The day: as said, else the clock's."""
    return facts.at(session, reader, said)[:10]


def _person(session: Session, pen: Pen, ref: str) -> Staff:
    person = pen.shelf.get(deeds.own(session, pen.shelf, ref, "staff"))
    if not isinstance(person, Staff):
        raise NoSuchRecord(word("staff"), ref)
    return person


@verb(
    "trainings",
    N_("What people were taught; or the complaints that still want a training."),
    argument("refs", many=True, required=False, metavar="[REF...]"),
    option(
        "--wanted",
        is_flag=True,
        text=N_("complaints that name whose work it was and what prevents it, and that no training answers"),
    ),
    *output_options(),
    example="aftercare staff trainings --wanted",
)
def trainings(session: Session, refs: tuple[str, ...], wanted: bool, **asked: Any) -> None:
    """Trainings by person, the earliest first; or what is still to be taught."""
    shelf = session.read(session.book())
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    chosen = {deeds.resolved(session, shelf, ref, ("staff",)) for ref in refs}
    if wanted:
        complaints = [one for one in answers.wanted(shelf) if not chosen or _whose(shelf, one) in chosen]
        columns = [
            Column("id", N_("ID")),
            Column("person", N_("person"), lambda value: name_of(shelf, str(value))),
            Column("cause", N_("cause")),
            Column("preventive", N_("what prevents it")),
        ]
        emit([_wanted_row(one) for one in complaints], columns, choice, header=_WANTED)
        return
    people = sorted(shelf.of(Staff), key=lambda person: person.id)
    now = session.now()
    rows = [row for person in people if not chosen or person.id in chosen for row in _rows(person, now)]
    columns = [Column(field, title) for field, title in _TITLES.items()]
    emit(rows, columns, choice, header=_TAUGHT)


_TITLES = {"id": N_("ID"), "name": N_("name"), "on": N_("day"), "what": N_("training"), "until": N_("until"),
           "answers": N_("answers")}  # fmt: skip
_TAUGHT = ("id", "kind", "name", "on", "what", "by", "until", "counts", "answers")
_WANTED = ("id", "kind", "customer", "received_at", "what", "person", "cause", "preventive")


def _rows(person: Staff, now: Moment) -> Sequence[dict[str, Any]]:
    """What one person was taught, the earliest first; ``counts``: whether it counts on the day of asking."""
    return [
        {
            "id": person.id,
            "kind": "staff",
            "name": person.name,
            "on": iso(one.on),
            "what": one.what,
            "by": one.by,
            "until": iso(one.until) if one.until else None,
            "counts": counts(one, now),
            "answers": list(one.answers),
        }
        for one in sorted(person.trainings, key=lambda one: iso(one.on))
    ]


def _whose(shelf: Shelf, complaint: Complaint) -> str:
    person = shelf.get(complaint.findings.person or "") if complaint.findings else None
    return person.id if person else ""


def _wanted_row(complaint: Complaint) -> dict[str, Any]:
    found = complaint.findings
    return {
        "id": complaint.id,
        "kind": "complaint",
        "customer": complaint.customer,
        "received_at": iso(complaint.received_at),
        "what": complaint.what,
        "person": found.person if found else None,
        "cause": found.cause if found else None,
        "preventive": found.preventive if found else None,
    }
