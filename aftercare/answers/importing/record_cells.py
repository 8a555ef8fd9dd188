"""What a cell says of a value of a record, by the type of that value: for the kinds that have no table of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from aftercare.answers.importing import cells
from aftercare.answers.importing.cells import Habits, Unfit
from aftercare.language import _
from aftercare.plain import money, text
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, field_at

_PARTED = re.compile(r"[、;；\n]")
_YES = frozenset({"yes", "y", "true", "1", "on", "是", "有", "对"})
_NO = frozenset({"no", "n", "false", "0", "off", "否", "无", "没有"})


def value(kind: str, name: str, texts: Sequence[str], habits: Habits) -> Tree:
    """What the cells of one field say, as a record of *kind* holds it; Unfit where that is not certain."""
    field = field_at(model_of(kind), tuple(name.split(".")))
    cells.value("note", texts, habits)  # refuses what no text may hold
    if field is None or name == "note":
        return "\n".join(texts)
    if field.shape == "many":
        parts = [part.strip() for one in texts for part in _PARTED.split(one)]
        return [_one(name, field, part, habits) for part in parts if part]
    return _one(name, field, " ".join(texts[0].split()), habits)


def _one(name: str, field: FieldOf, said: str, habits: Habits) -> Tree:
    plain = fold(said)
    ours = habits.words.get(name, {}).get(plain.casefold())
    if ours is not None:
        return ours
    if field.choices:
        return _choice(name, field, said)
    kind = field.types[0] if field.types else str
    if kind is money.Amount:
        return cells.value("price", [said], habits)
    if kind is bool:
        return _yes_no(name, said)
    if isinstance(kind, type) and issubclass(kind, date):
        return cells.moment_text(name, said, habits)
    if kind in {int, Decimal}:
        return _number(name, plain, comma=habits.comma)
    return cells.value("order", [said], habits) if field.refers else said


def _choice(name: str, field: FieldOf, said: str) -> str:
    word = fold(said).casefold().replace(" ", "_")
    if word not in field.choices:
        sentence = _("{field}: “{text}” is none of {choices}")
        raise Unfit("choice", sentence.format(field=name, text=said, choices=", ".join(field.choices)))
    return word


def _yes_no(name: str, said: str) -> str:
    word = fold(said).casefold()
    if word not in _YES | _NO:
        raise Unfit("choice", _("{field}: “{text}” is neither yes nor no").format(field=name, text=said))
    return "yes" if word in _YES else "no"


def _number(name: str, plain: str, *, comma: bool) -> str:
    figure = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
    figure = re.sub(r"\.0+$", "", figure)
    try:
        text.figure(figure)
    except ValueError:
        sentence = _("{field}: “{text}” is not a number like 12 or 12.5")
        raise Unfit("number", sentence.format(field=name, text=plain)) from None
    return figure
