"""Names in which there is more than is seen: a sign without a width, a mark that turns the text around, a line break.

Such a name is kept as it is, since what was typed is what is printed; but whoever types what they see finds nobody, and
a second customer is made of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.language import _
from aftercare.plain.text import hidden
from aftercare.plain.tree import Path, dotted
from aftercare.records.base import Record
from aftercare.records.sale import Sale

_CALLED = ("name", "model", "number", "serial", "invoice")
"""The fields by which a record, or a thing in it, is asked for."""


def unseen_in(record: Record) -> Iterator[tuple[Path, str]]:
    """Where a record holds a name with something unseen in it, and what that is (``U+200B``)."""
    for field in _CALLED:
        if found := _unseen(getattr(record, field, None)):
            yield (field,), found
    if isinstance(record, Sale):
        for place, item in enumerate(record.items):
            if found := _unseen(item.serial):
                yield ("items", place, "serial"), found


def _unseen(value: object) -> str:
    return hidden(value) if isinstance(value, str) else ""


def told_of(path: Path, character: str) -> str:
    """What is said of one."""
    return _("{where} holds {character}, which is not seen: who types what they see does not find it").format(
        where=dotted(path), character=character
    )
