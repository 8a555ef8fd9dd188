"""What the tables and their columns mean, in the words of the models, which are loaded for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare.answers.asking.tables import BREACHES, DERIVED, FINDINGS, NAMES, PROMISES, quoted
from aftercare.errors import BadQuestion
from aftercare.language import N_, _, word
from aftercare.plain.patterns import late
from aftercare.records.fields import PartOfLine
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, fields_of
from aftercare.records.tables import Column, Table, table

Row = dict[str, Any]
_how_to_type = late(r"[:：] ?\w+=.*")
"""What the sentence of a list says of how an entry is typed."""
RESERVED = frozenset({"from", "to", "in", "on", "order", "for", "where"})
"""The names of columns that are words of SQL, and stand in quotation marks in a question."""
_DERIVED = {
    PROMISES: N_("every promise, in its state on the day"),
    FINDINGS: N_("what check finds: faults of the book, and breaches of service, settled ones too"),
    BREACHES: N_("of the findings the breaches of service"),
}
_SORTS = {
    "": N_("text"),
    "#": N_("whole number"),
    "%": N_("decimal number"),
    "$": N_("amount"),
    "=": N_("text"),
    "?": N_("yes (1) or no (0)"),
    "@": N_("day or time"),
    ">": N_("id"),
    "*": N_("JSON"),
}


def of_tables() -> list[Row]:
    """Every table with its meaning."""
    return [{"table": name, "meaning": _meaning(name)} for name in NAMES]


def of_columns(name: str) -> list[Row]:
    """Every column of a table, as a question may write it; BadQuestion where there is no such table."""
    if name not in NAMES:
        raise BadQuestion(_("there is no table {name}").format(name=name))
    derived = DERIVED.get(FINDINGS if name == BREACHES else name)
    found = ((one.name, one.mark, _(one.meaning)) for one in derived) if derived else _of_records(table(name))
    return [
        {
            "table": name,
            "column": quoted(column) if column in RESERVED else column,
            "type": _(_SORTS[mark]),
            "meaning": meaning,
        }
        for column, mark, meaning in found
    ]


def _meaning(name: str) -> str:
    if name in _DERIVED:
        return _(_DERIVED[name])
    one = table(name)
    return _said(one.kind, one.path) if one.path else _("every {kind}").format(kind=word(one.kind))


def _of_records(one: Table) -> Iterator[tuple[str, str, str]]:
    for key in one.keys:
        if key == one.kind:
            yield key, ">", _("the id of the record")
        elif key == "unit":
            yield key, ">", _("the id of the unit")
        else:
            is_name = key.endswith("name")
            yield key, "" if is_name else "#", _("its name") if is_name else _("its position, from 1")
    for column in one.columns:
        yield column.name, column.mark, _of_column(one, column)


def _of_column(one: Table, column: Column) -> str:
    if column.path == "." or (one.path == "items[]" and one.kind in {"delivery", "installation"}):
        said = _said(one.kind, f"{one.path}.{column.path}" if column.path != "." else one.path)
    else:
        said = _said(one.kind, f"{one.path}.{column.path}" if one.path else column.path, within=one.path)
    if column.mark == "$":
        return _("{meaning}, as a number; nothing where it is in another currency").format(meaning=said)
    return _("{meaning}, to the last decimal").format(meaning=said) if column.mark == "=" else said


def _said(kind: str, path: str, within: str = "") -> str:
    """What the fields on a path mean, the outer first; those *within* which one is known to stand are left out."""
    fields = list(_fields(kind, path))
    known = len(within.split(".")) if within else 0
    return _(": ").join(_how_to_type().sub("", _(field.about.sentence)) for field in fields[known:])


def _fields(kind: str, path: str) -> Iterator[FieldOf]:
    model: Any = model_of(kind)
    for step in path.split("."):
        field = next(one for one in fields_of(model) if one.name == step.rstrip("[]{}"))
        yield field
        model = field.part or (PartOfLine if PartOfLine in field.types else None)
