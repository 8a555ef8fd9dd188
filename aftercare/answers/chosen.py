"""The rules that a book's settings and its own ``policies/`` choose."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.answers.rules import Rules
from aftercare.book.book import Book
from aftercare.book.settings import FILE, Settings
from aftercare.errors import Fault, UnknownPacks
from aftercare.plain.reading import line_of
from aftercare.policies import categories, load
from aftercare.policies.load import Found


def rules_in(book: Book, files: Sequence[tuple[str, bytes]] = ()) -> tuple[Rules, tuple[Fault, ...]]:
    """The rules in force in a book, with all faults of its settings' choice and of its own packs.

    *files* count as if they lay among its own packs, each in the place of the one with its id.  What is faulty is left
    out and the rest counts: one bad pack never stops a morning's question.
    """
    settings = book.settings
    own = [*_beside(book.own_packs(), files), *files]
    try:
        return rules_of(settings, own)
    except UnknownPacks as error:
        unknown = [
            Fault(FILE, line_of(book.bytes_of(FILE), ("packs", number)), "setting", f"{error.sentence}; {error.remedy}")
            for number, name in enumerate(settings.packs or [])
            if name in error.names
        ]
        known = [name for name in settings.packs or [] if name not in error.names]
    rules, others = rules_of(settings.model_copy(update={"packs": known}), own)
    return rules, (*unknown, *others)


def _beside(own: Sequence[Found], files: Sequence[tuple[str, bytes]]) -> Sequence[Found]:
    """The shop's own packs whose place no file takes."""
    taken = {_id(file, data) for file, data in files}
    return [(file, data) for file, data in own if _id(file, data) not in taken] if files else own


def _id(file: str, data: bytes | Fault) -> str:
    if isinstance(data, Fault):
        return ""
    try:
        return load.parse(data, file).id
    except load.BadPack as error:
        return error.pack.id if error.pack else ""


def rules_of(settings: Settings, own: Sequence[Found]) -> tuple[Rules, tuple[Fault, ...]]:
    """The rules in force, and what is wrong with the packs that are not."""
    found = load.rules(own, country=settings.country or "", region=settings.region or "", named=settings.packs)
    rules = Rules(
        plans=tuple(found.plans),
        categories=categories.tree(),
        opening_day=settings.opening_day,
        standards=found.standards,
        packs=found.packs,
        country=settings.country or "",
        region=settings.region or "",
        opening=settings.times,
    )
    return rules, found.faults
