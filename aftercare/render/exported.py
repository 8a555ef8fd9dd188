"""Records for other programs, as text: CSV, JSON, JSON lines, YAML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aftercare.plain.cells import guarded, held
from aftercare.plain.text import escaped
from aftercare.render.rows import yaml_of

TEXTS = ("csv", "jsonl", "json", "yaml")


def text_of(rows: Iterable[Mapping[str, Any]], fmt: str) -> str:
    """The rows as JSON, JSON lines or YAML, each as ``show`` prints it, and no newline at the end."""
    match fmt:
        case "jsonl":
            return "\n".join(_json(row) for row in rows)
        case "json":
            return _json(list(rows), indent=1)
        case _:
            return yaml_of(list(rows)) if (rows := list(rows)) else "[]"


def _json(value: Any, indent: int | None = None) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent), lambda char: json.dumps(char)[1:-1])


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, str]], texts: frozenset[str], *, raw: bool) -> str:
    """A sheet; unless it is *raw*, no cell of it is reckoned by a spreadsheet, nor a figure among *texts* shortened."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns if raw else map(guarded, columns))
    of_text = [column in texts for column in columns]
    for row in rows:
        found = [row.get(column, "") for column in columns]
        writer.writerow(found if raw else map(_safe, found, of_text))
    return written.getvalue().removesuffix("\n")


def _safe(cell: str, is_text: bool) -> str:
    return held(cell) if is_text else guarded(cell)
