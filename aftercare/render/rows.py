"""Rows out, in every format.  The machine formats depend on the rows alone: no language, no terminal, no width."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.errors import UsageProblem
from aftercare.language import _
from aftercare.plain.rows import leads, pick
from aftercare.plain.text import printable
from aftercare.render.output import put

Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a table: the field it shows, its title, and how a value is said (by default as it stands)."""

    field: str
    title: str
    say: Callable[[Any], str] | None = None


class Choice(NamedTuple):
    """What the operator asked of the output."""

    fmt: str = "table"
    fields: str | None = None
    sort: str | None = None
    limit: int | None = None

    @property
    def wanted(self) -> list[str]:
        """The fields asked for, in their order."""
        return [field.strip() for field in (self.fields or "").split(",") if field.strip()]


def arrange(rows: Sequence[Row], choice: Choice) -> list[Row]:
    """The rows sorted, cut and reduced to fields as asked for; rows without the field to sort by come last.

    UsageProblem for a field that no row has.
    """
    arranged = list(rows)
    if choice.sort:
        field, backwards = choice.sort.removeprefix("-"), choice.sort.startswith("-")
        _refuse_unknown(rows, "--sort", field)
        known = [row for row in arranged if pick(row, field) is not None]
        known.sort(key=lambda row: _key(pick(row, field)), reverse=backwards)
        arranged = known + [row for row in arranged if pick(row, field) is None]
    arranged = arranged[: choice.limit]
    for field in choice.wanted:
        _refuse_unknown(rows, "--fields", field)
    if choice.fields:
        arranged = [{field: pick(row, field) for field in choice.wanted} for row in arranged]
    return arranged


def _refuse_unknown(rows: Sequence[Row], flag: str, field: str) -> None:
    found = {leads(row, field) for row in rows}
    if False in found and True not in found:
        known = dict.fromkeys(name for row in rows for name in row)
        raise UsageProblem(
            _("{flag}: there is no field {name}").format(flag=flag, name=field),
            _("there are: {known}").format(known=", ".join(known)),
        )


def _key(value: Any) -> tuple[int, Any]:
    return (0, value) if isinstance(value, int | float) and not isinstance(value, bool) else (1, plain(value))


def emit(rows: Sequence[Row], columns: Sequence[Column], choice: Choice, *, header: Sequence[str] = ()) -> None:
    """Print rows in the format asked for; *header* names the fields of CSV where there is no row to take them from."""
    arranged = arrange(rows, choice)
    match choice.fmt:
        case "json":
            put(json.dumps(arranged, ensure_ascii=False, indent=1))
        case "jsonl":
            for row in arranged:
                put(json.dumps(row, ensure_ascii=False))
        case "yaml":
            _yaml(arranged)
        case "csv" | "tsv":
            fields = choice.wanted or list(arranged[0] if arranged else header)
            _delimited(arranged, fields, "," if choice.fmt == "csv" else "\t")
        case "ids":
            for row in arrange(rows, choice._replace(fields=None)):
                if row.get("id"):  # a total has none
                    put(str(row["id"]))
        case _:
            table(arranged, [Column(field, field) for field in choice.wanted] or columns)


def emit_one(row: Row, choice: Choice) -> None:
    """Print the one row that was asked for: in JSON it is an object and no list."""
    if choice.fmt == "json":
        put(json.dumps(arrange([row], choice)[0], ensure_ascii=False, indent=1))
    else:
        emit([row], [], choice)


def _yaml(rows: Sequence[Row]) -> None:
    import yaml

    put(yaml.dump(json.loads(json.dumps(rows)), allow_unicode=True, sort_keys=False, width=10**6).rstrip("\n"))


def _delimited(rows: Sequence[Row], fields: Sequence[str], delimiter: str) -> None:
    import csv
    import sys

    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([harmless(plain(row.get(field))) for field in fields])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a quote before a sign that would begin one."""
    return f"'{cell}" if cell.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"} else cell


def plain(value: Any) -> str:
    """A value in one cell: nothing for none, lists one after another, the rest of what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(entry, list | Mapping) for entry in value):
        return ", ".join(plain(entry) for entry in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | Mapping) else str(value)


def table(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """A table with titles, for people; nothing at all where there are no rows."""
    if not rows:
        return
    from tabulate import tabulate

    cells = [[printable((column.say or plain)(pick(row, column.field))) for column in columns] for row in rows]
    titles = [_(column.title) for column in columns]
    aligned = ["right" if _is_figure(rows, column) else "left" for column in columns]
    put(tabulate(cells, headers=titles, tablefmt="simple", disable_numparse=True, colalign=aligned))


def _is_figure(rows: Sequence[Row], column: Column) -> bool:
    """Whether a column holds counts, which stand under one another by their last digit."""
    values = [pick(row, column.field) for row in rows]
    return column.say is None and all(type(value) is int for value in values)
