"""The tables that questions in SQL are asked of, drawn from the models: ``python -m tests.outlines``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from aftercare.records import tables
from aftercare.records.fields import Amounted, Dated, Figured, PartOfLine, YesOrNo
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import BY_NAME
from aftercare.records.schema import FieldOf, fields_of
from tests.outlines import in_brackets

FILE = Path(tables.__file__).with_name("drawn_columns.py")
_HEAD = '''"""The tables of the records, drawn from the models (``python -m tests.outlines``); a test proves it.

Of each its kind, the path to its entries in a record, and its columns: the path to each value, and what sort it is.
"""

# fmt: off
DRAWN = {
'''
_NEVER = frozenset({"removed"})
"""Of a record that was taken out there is no row."""


class _Drawn(NamedTuple):
    """A table: its path, and the columns found so far."""

    path: str
    columns: list[str]


def drawn() -> str:
    """The module that holds the tables, as the models would have them now."""
    return "".join((_HEAD, *(_entry(kind, one) for kind in MODELLED for one in _tables(kind)), "}\n"))


def _entry(kind: str, table: _Drawn) -> str:
    name = table_name(kind, table.path)
    return f'    "{name}": (\n        "{kind}",\n        "{table.path}",\n{in_brackets(iter(table.columns))}    ),\n'


def table_name(kind: str, path: str) -> str:
    """What a table is called: the records of a kind in the plural, what lies in them by the kind and the field."""
    if not path:
        return "promise_records" if kind == "promise" else BY_NAME[kind].folder
    return f"{kind}_{path.replace('[]', '').replace('{}', '').replace('.', '_')}"


def _tables(kind: str) -> list[_Drawn]:
    found = [_Drawn("", [])]
    _walk(model_of(kind), found, found[0], "", "")
    for one in found:
        names = [*tables.keys(kind, one.path), *(tables.column_name(tables.split(each)[0]) for each in one.columns)]
        assert len(set(names)) == len(names), (kind, one)
    return found


def _walk(model: type[BaseModel], found: list[_Drawn], table: _Drawn, path: str, before: str) -> None:
    """Add the columns of a model, and the tables of the lists in it; *before* leads to it within the table."""
    for field in fields_of(model):
        if field.name in _NEVER and not path:
            continue
        here = f"{before}{field.name}"
        if field.shape == "one":
            if field.part:
                _walk(field.part, found, table, path, f"{here}.")
            else:
                table.columns.append(f"{here}{_mark(field)}")
            continue
        inner = _Drawn(f"{path}{here}{'[]' if field.shape == 'many' else '{}'}", [])
        found.append(inner)
        if PartOfLine in field.types:
            inner.columns.extend(("item#", "qty#"))
        elif field.part:
            _walk(field.part, found, inner, f"{inner.path}.", "")
        else:
            inner.columns.append(f".{_mark(field)}")
            if field.shape == "many":
                table.columns.append(f"{here}[]{_mark(field)}")


def _mark(field: FieldOf) -> str:
    """What sort of value it is: see :class:`aftercare.records.tables.Column`."""
    marks = {type(mark) for mark in field.marks}
    if field.refers:
        return ">"
    if Amounted in marks:
        return "$"
    if YesOrNo in marks:
        return "?"
    if Dated in marks:
        return "@"
    if Figured in marks:
        return "%" if Decimal in field.types else "#"
    return "" if set(field.types) <= {str} or field.choices else "*"
