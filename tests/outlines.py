"""The outlines of the records, drawn from their models: ``python -m tests.outlines`` (``make compiled``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from aftercare.records import outlines
from aftercare.records.base import Record
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.schema import FieldOf, field_at, fields_of

FILE = Path(outlines.__file__).with_name("drawn_outlines.py")
_HEAD = '''"""The outlines of the records, drawn from the models (``python -m tests.outlines``); a test proves it."""

DRAWN = {
'''
_WIDEST = 100


def drawn() -> str:
    """The module that holds the outlines, as the models would have it now."""
    return "".join((_HEAD, *map(_entry, MODELLED), "}\n"))


def _entry(kind: str) -> str:
    model = model_of(kind)
    fields = in_brackets(f"{field.name}{_marks(field)}" for field in fields_of(model))
    columns = in_brackets(_column(model, path) for path in model.summary)
    return f'    "{kind}": (\n        "{model.__name__}",\n        "{model.main_date}",\n{fields}{columns}    ),\n'


def _marks(field: FieldOf) -> str:
    """What the outline says of a field beside its name."""
    shape = {"one": "", "many": "[]", "named": "{}"}[field.shape]
    part = ":" if field.part is not None else ""
    return f"{shape}{part}>{','.join(field.refers.kinds)}" if field.refers else f"{shape}{part}"


def _column(model: type[Record], path: str) -> str:
    field = field_at(model, tuple(path.split(".")))
    assert field, path
    refers = field.refers or field.may_refer
    return f"{path}{'?' if field.choices else ''}{'>' if refers else ''}{'@' if field.is_fact else ''}"


def in_brackets(words: Iterator[str]) -> str:
    """Words in lines that fit, as one literal in brackets."""
    lines = [""]
    for bit in re.findall(r"[^ ,]+[ ,]?", " ".join(words)):
        if len(lines[-1]) + len(bit) > _WIDEST:
            lines.append("")
        lines[-1] += bit
    if len(lines) == 1:
        return f'        "{lines[0]}",\n'
    return "".join(("        (\n", *(f'            "{line}"\n' for line in lines), "        ),\n"))


def main() -> None:
    """Write the module, and that of the tables for questions in SQL."""
    from tests import columns

    FILE.write_text(drawn(), encoding="utf-8")
    columns.FILE.write_text(columns.drawn(), encoding="utf-8")


if __name__ == "__main__":
    main()
