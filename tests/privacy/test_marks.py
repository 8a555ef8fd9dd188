"""Each text of each record is decided: it tells of a customer as a person, or it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_origin

from pydantic import BaseModel

from aftercare.records.base import Record
from aftercare.records.fields import Lasting
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.schema import FieldOf, fields_of

OF_THE_SHOP = frozenset({"product", "part", "offer", "staff"})
"""Kinds whose records are about no customer; the people among them are the shop's own."""
NOT_OF_A_PERSON = {
    "customer": {"address.region", "memberships.of", "memberships.level", "forgotten.greetings.step"},
    "sale": {"invoice", "order", "items.serial", "items.batch"},
    "delivery": {"vehicle", "checklist"},
    "installation": {"checklist"},
    "claim": {
        "fault.component",
        "exclusions",
        "repairs.waiting.for",
        "decisions.verdict.packs",
        "decisions.verdict.remedies.line",
        "decisions.verdict.trace",
        "replaced.serial",
        "replaced.batch",
        "replaced.model",
    },
    "visit": {"saw.component", "wants.benefit", "gave.benefit", "checklist"},
    "complaint": set[str](),
    "promise": set[str](),
    "wish": {"theme"},
    "enquiry": set[str](),
    "event": {"name", "place"},
    "points": set[str](),
}
"""Texts about the thing, the work, the rules or the shop.  A region is as coarse as a tax office needs it."""
PERSONAL = {
    "customer": {
        "name", "pinyin", "phones", "address.text", "address.floor", "household", "language", "contact.by",
        "birthday.solar", "birthday.lunar", "needs", "preferences", "consent.quiet", "do_not_contact",
        "contacts.name", "contacts.phone", "contacts.relation", "memberships.card",
    },
    "sale": {"deliver_to.name", "deliver_to.phone", "deliver_to.address"},
    "delivery": {"to.name", "to.phone", "to.address", "confirmed.by", "difficulty", "attempts.note", "signed.by"},
    "installation": {"questions", "signed.by"},
    "claim": set[str](),
    "visit": {"heard", "trained"},
    "complaint": {"incident.hurt", "confirmed.said"},
    "promise": set[str](),
    "wish": set[str](),
    "enquiry": set[str](),
    "event": {"guests.answered.said", "guests.heard.what"},
    "points": set[str](),
}  # fmt: skip
"""What goes altogether; every other text that is marked keeps all but the person's own words."""
EVERYWHERE = {"note", "tags"}


def _fields(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[str, FieldOf]]:
    for field in fields_of(model):
        path = (*before, field.name)
        if field.part:
            yield from _fields(field.part, path)
        yield ".".join(path), field


def _is_free_text(field: FieldOf) -> bool:
    refers = field.refers is not None and not field.refers.or_words
    is_text = any(kind is str or get_origin(kind) is str for kind in field.types)
    return is_text and not refers and not any(isinstance(mark, Lasting) for mark in field.marks)


def test_every_text_is_decided() -> None:
    """A new field cannot be forgotten: it is marked, or it stands in the table of what is about no person."""
    undecided = [
        f"{kind}.{path}"
        for kind in MODELLED
        if kind not in OF_THE_SHOP
        for path, field in _fields(model_of(kind))
        if _is_free_text(field) and field.personal is None and path not in {*NOT_OF_A_PERSON[kind], "id", "formerly"}
    ]
    assert undecided == []


def test_the_tables_name_only_what_there_is() -> None:
    """A row about a field that was renamed would decide nothing."""
    for kind, paths in NOT_OF_A_PERSON.items():
        known = dict(_fields(model_of(kind)))
        assert paths <= known.keys()
        assert [path for path in paths if known[path].personal] == []


def test_what_goes_altogether_is_what_the_table_says() -> None:
    """A mark that is taken off by mistake would leave a phone in the book of somebody who was forgotten."""
    for kind, paths in PERSONAL.items():
        gone = {path for path, field in _fields(model_of(kind)) if field.personal and field.personal.leaves != "words"}
        assert gone - EVERYWHERE == paths, kind


def test_what_every_record_has_is_decided_too() -> None:
    """Notes and tags go; names of files and keys of imports lose only the person's own words."""
    marks = {field.name: field.personal.leaves for field in fields_of(Record) if field.personal}
    assert marks == {"note": "nothing", "tags": "nothing", "attachments": "words", "source_key": "words"}
