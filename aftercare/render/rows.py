"""Rows out, in every format.  The machine formats depend on the rows alone: no language, no terminal, no width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.errors import UsageProblem
from aftercare.language import _
from aftercare.plain.patterns import late
from aftercare.plain.rows import leads, pick
from aftercare.plain.text import escaped, printable
from aftercare.render.columns import drawn
from aftercare.render.output import put, put_data, put_json, put_lines

Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a table: the field it shows, its title, and how a value is said (by default as it stands).

    A title that is not ours is shown as it is, in every language.
    """

    field: str
    title: str
    say: Callable[[Any], str] | None = None
    is_ours: bool = True


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
    """What a value is sorted by: a number as such, also one that stands as text (money, a share), else its text.

    Numbers come before all other text, so that any two values of a field have an order.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (0, value)
    if isinstance(value, str) and _figure().fullmatch(value):
        from decimal import Decimal

        return (0, Decimal(value))
    return (1, plain(value))


_AT_ONCE = 1 << 18
"""Characters of a list that are put out together."""
_figure = late(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""A number that stands as text; one with a nought before it is none, but a number of an invoice or a telephone."""


def emit(rows: Sequence[Row], columns: Sequence[Column], choice: Choice, *, header: Sequence[str] = ()) -> None:
    """Print rows in the format asked for; *header* names the fields of CSV where there is no row to take them from."""
    arranged = arrange(rows, choice)
    match choice.fmt:
        case "json":
            put_json(arranged, indent=1)
        case "jsonl":
            for row in arranged:
                put_json(row)
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
            table(arranged, [Column(field, field, is_ours=False) for field in choice.wanted] or columns)


def emit_one(row: Row, choice: Choice) -> None:
    """Print the one row that was asked for: in JSON it is an object and no list."""
    if choice.fmt == "json":
        put_json(arrange([row], choice)[0], indent=1)
    else:
        emit([row], [], choice)


def _yaml(rows: Sequence[Row]) -> None:
    import json

    put_data(yaml_of(json.loads(json.dumps(rows))))


def yaml_of(value: Any) -> str:
    """A value as YAML; what is hidden in a text is written as an escape, which reads back as the same text."""
    import yaml

    def said(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if printable(text) != text else None)

    class Dumper(yaml.SafeDumper):
        """With texts in quotes where they need escapes, and no value by reference to another."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(str, said)
    found: str = yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return escaped(found.rstrip("\n"), lambda char: f"\\U{ord(char):08x}")


def _delimited(rows: Sequence[Row], fields: Sequence[str], delimiter: str) -> None:
    import csv
    import io

    from aftercare.plain.cells import guarded

    def cell(value: Any) -> str:
        """A figure of ours as it is, a text so that it is never reckoned."""
        return str(value) if type(value) in {int, float} else guarded(plain(value))

    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerow(map(guarded, fields))
    for row in rows:
        if written.tell() > _AT_ONCE:  # the whole of a long list as one text would take several times its room
            put_data(written.getvalue().removesuffix("\n"))
            written.seek(0)
            written.truncate()
        writer.writerow([cell(row.get(field)) for field in fields])
    put_data(written.getvalue().removesuffix("\n"))


def plain(value: Any) -> str:
    """A value in one cell: nothing for none, lists one after another, the rest of what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(entry, list | Mapping) for entry in value):
        return ", ".join(plain(entry) for entry in value)
    if not isinstance(value, list | Mapping):
        return str(value)
    import json

    return json.dumps(value, ensure_ascii=False)


def table(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """A table with titles, for people; nothing at all where there are no rows."""
    if not rows:
        return
    cells = [[printable((column.say or plain)(pick(row, column.field))) for column in columns] for row in rows]
    titles = [_(column.title) if column.is_ours else printable(column.title) for column in columns]
    put_lines(drawn(titles, cells, [_is_figure(rows, column) for column in columns]))


def _is_figure(rows: Sequence[Row], column: Column) -> bool:
    """Whether a column holds counts, which stand under one another by their last digit."""
    values = [pick(row, column.field) for row in rows]
    return column.say is None and all(type(value) is int for value in values)
