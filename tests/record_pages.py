"""``docs/records.md``, drawn from the models: ``python -m tests.record_pages > docs/records.md`` (``make docs``)."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pydantic import BaseModel

from aftercare.commands.flags import Flag, flags_of
from aftercare.records.base import Record
from aftercare.records.fields import Amounted, Dated, Figured, YesOrNo
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import BY_NAME
from aftercare.records.schema import FieldOf, fields_of

HEAD = """# The records

One file for each record: `sales/2026/SA26-0012.yaml`. Its name is its id: two letters of the kind, two digits of the
year, a running number. This page is drawn from the program's own models; a test proves it current.

A value in the table is one of these: a *text*; a *date*, which is a day (`2026-03-04`) or a time
(`2026-03-04T18:00`, the shop's own local time); a *fact*, which is a date that cannot lie in the future; an *amount*
(`3299.00`, in the book's currency, or `USD 40.00`); a *number*; *yes or no*; one of a few words; or the id of another
record. A *list* holds any number of them. Keys that are not on this page are kept as they are, and `aftercare check`
names them.

What stands behind a meaning says what `customer forget` leaves of the field ([privacy.md](privacy.md)): *personal* goes
altogether, *personal, …* leaves `…` in its place, *words* keeps all but the person's own name, phone and address.

The flags are those of `add`; a fact that has a verb of its own (`delivery sign`) can be added later by it.
"""


_PERSONAL = {"": "", "nothing": " (*personal*)", "trace": " (*personal, …*)", "words": " (*words*)"}


def page() -> Iterator[str]:
    """The lines of the page."""
    yield HEAD
    for kind in MODELLED:
        model, name = model_of(kind), BY_NAME[kind]
        yield f"\n## {kind}\n"
        yield f"{_first(model)} Ids begin with `{name.prefix}`, files lie in `{name.folder}/`.\n"
        yield f"    {model.example}\n"
        flags = {flag.path: flag for flag in flags_of(kind)}
        yield "| field | value | flag | meaning |\n|---|---|---|---|"
        for field in fields_of(model):
            if field.name == "id" or field.name not in Record.model_fields:
                yield from _rows(field, (), flags)
    yield "\n## In every record\n"
    yield "| field | value | flag | meaning |\n|---|---|---|---|"
    flags = {flag.path: flag for flag in flags_of("customer")}
    for field in fields_of(Record):
        yield from _rows(field, (), flags)


def _rows(field: FieldOf, before: tuple[str, ...], flags: dict[tuple[str, ...], Flag]) -> Iterator[str]:
    path = (*before, field.name)
    flag = f"`{flags[path].name}`" if path in flags else ""
    dotted = ".".join(path)
    meaning = field.about.sentence.replace("|", "\\|") + _PERSONAL[field.personal.leaves if field.personal else ""]
    needed = " **needed**" if field.required and not before else ""
    yield f"| `{dotted}`{needed} | {_value(field)} | {flag} | {meaning} |"
    if field.part:
        inner = (*before, f"{field.name}[]" if field.shape == "many" else field.name)
        for nested in fields_of(field.part):
            yield from _rows(nested, inner, flags)


def _value(field: FieldOf) -> str:
    one = _one(field)
    return {"one": one, "many": f"list of {one}", "named": f"{one} by name"}[field.shape]


def _one(field: FieldOf) -> str:
    marks = {type(mark) for mark in field.marks}
    if field.refers:
        words = " or text" if field.refers.or_words else ""
        return "id of " + " or ".join(k.replace("any_promise", "promise") for k in field.refers.kinds) + words
    if field.choices:
        return " \\| ".join(f"`{choice}`" for choice in field.choices)
    if field.part:
        return "group"
    if YesOrNo in marks:
        return "yes or no"
    if Dated in marks:
        return "fact" if field.is_fact else "date"
    if Figured in marks:
        return "number"
    return "amount" if Amounted in marks else "text"


def _first(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def main() -> None:
    """Print the page."""
    sys.stdout.write("\n".join(page()) + "\n")


if __name__ == "__main__":
    main()
