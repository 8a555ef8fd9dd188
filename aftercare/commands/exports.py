"""``aftercare export``: the records of a book for other programs, one kind or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from aftercare.answers.exporting.gathered import Gathered, OfIndex, OfShelf
from aftercare.commands.put_out import refuse_if_there, saved
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns, Verb, argument, option
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.records.kinds import MODELLED
from aftercare.render.output import put_data

if TYPE_CHECKING:
    from aftercare.answers.exporting.nameless_rows import NamelessRows

TEXTS = ("csv", "jsonl", "json", "yaml")
FORMATS = (*TEXTS, "sqlite", "parquet")
_ENDINGS = {"ndjson": "jsonl", "yml": "yaml", "db": "sqlite", "sqlite3": "sqlite"}
_WHICH = {
    "csv": N_("which format; absent: as the name of FILE ends, on stdout CSV"),
    "jsonl": N_("which format; absent: as the name of FILE ends, on stdout JSONL"),
}
_SENTENCE = N_("Put out the records of this kind, for other programs or to be edited in a spreadsheet.")
_ALL = N_("Put out all records: as text, as a database of SQLite, or as Parquet for many shops together.")


class Wanted(NamedTuple):
    """What was asked for: the format, where it goes (None is stdout), and the flags."""

    fmt: str
    target: Path | None
    force: bool
    raw: bool
    anonymous: bool
    metadata: bool
    entitlements: bool


def export() -> Nouns:
    """The group: a command for each kind, one for all, and what phones read."""
    table = {kind: Entry(partial(_of_kind, kind), _SENTENCE) for kind in MODELLED}
    table["all"] = Entry(_of_all, _ALL)
    day = N_("What is due and what was arranged, as a calendar for phones and computers.")
    people = N_("The customers as an address book for phones and computers.")
    table["calendar"] = Entry("aftercare.commands.export_calendar:calendar", day)
    table["contacts"] = Entry("aftercare.commands.export_contacts:contacts", people)
    return Nouns(
        "export",
        table=table,
        help=N_("Put records out for other programs: CSV, JSON, YAML, SQLite, Parquet, calendar, address book."),
        example="aftercare export customer customers.csv\naftercare export all shop.sqlite",
    )


def _params(formats: tuple[str, ...], default: str) -> list[click.Parameter]:
    return [
        argument("file", required=False, metavar="[FILE]"),
        option(
            "--to",
            "--format",
            "fmt",
            type=click.Choice(formats),
            text=_WHICH[default],
        ),
        option("--raw", is_flag=True, text=N_("CSV for machines: without the quotes that keep a spreadsheet off")),
        option("--anonymous", is_flag=True, text=N_("without anything that tells who somebody is")),
        option("--force", is_flag=True, text=N_("replace a file that is there already")),
    ]


def _of_kind(kind: str) -> Verb:
    def one(session: Session, **said: Any) -> None:
        _export(session, (kind,), _wanted(said, "csv"))

    example = f"aftercare export {kind} {kind}.csv\naftercare export {kind} --to jsonl"
    params = _params(TEXTS, "csv")
    return Verb(kind, callback=click.pass_obj(one), params=params, help=_SENTENCE, example=example)


def _of_all() -> Verb:
    def every(session: Session, **said: Any) -> None:
        _export(session, MODELLED, _wanted(said, "jsonl"))

    beside = option("--metadata", is_flag=True, text=N_("also FILE.metadata.json beside a database, for Datasette"))
    sentence = N_("also what each open claim gives the customer on that day")
    judged = option("--entitlements", is_flag=True, text=sentence)
    params = [*_params(FORMATS, "jsonl"), beside, judged]
    example = "aftercare export all shop.sqlite --metadata\naftercare export all DIR --to parquet"
    return Verb("all", callback=click.pass_obj(every), params=params, help=_ALL, example=example)


def _wanted(said: Mapping[str, Any], default: str) -> Wanted:
    """The format that was named, or that the file's name ends in."""
    file, fmt = said["file"], said["fmt"]
    target = None if file in {None, "-"} else Path(file)
    if fmt is None and target is not None:
        ending = target.suffix.removeprefix(".").casefold()
        fmt = _ENDINGS.get(ending, ending)
        if fmt not in FORMATS:
            sentence = _("{file}: the name does not say which format is wanted").format(file=target)
            raise UsageProblem(sentence, "--to " + "|".join(FORMATS))
    fmt = fmt or default
    if said["raw"] and fmt != "csv":
        raise UsageProblem(_("{flag} goes with {format} only").format(flag="--raw", format="CSV"))
    if said.get("metadata") and fmt != "sqlite":
        raise UsageProblem(_("{flag} goes with {format} only").format(flag="--metadata", format="SQLite"))
    if said.get("entitlements") and fmt in TEXTS:
        raise UsageProblem(_("{flag} goes with {format} only").format(flag="--entitlements", format="SQLite, Parquet"))
    also = (bool(said.get("metadata")), bool(said.get("entitlements")))
    return Wanted(fmt, target, said["force"], said["raw"], said["anonymous"], *also)


def _export(session: Session, kinds: tuple[str, ...], wanted: Wanted) -> None:
    if len(kinds) == 1 and wanted.fmt not in TEXTS:
        command = f"aftercare export all {wanted.target or 'FILE'}"
        raise UsageProblem(_("{format} holds all kinds together").format(format=wanted.fmt), command)
    match wanted.fmt:
        case "sqlite":
            from aftercare.commands.export_sqlite import put_out

            put_out(session, wanted)
        case "parquet":
            from aftercare.commands.export_parquet import put_out as put_out_parquet

            put_out_parquet(session, wanted)
        case "csv" if len(kinds) > 1:
            _sheets(session, kinds, wanted)
        case _:
            if wanted.target:
                refuse_if_there(wanted.target, wanted.force)
            give(wanted, _text(hidden(session, gathered(session), wanted), kinds, wanted))


def gathered(session: Session) -> Gathered:
    """The records of the book: by the index where it can speak for them."""
    index = session.indexed()
    return OfIndex(index) if index else OfShelf(session.read(session.book()))


def hidden(session: Session, records: Gathered, wanted: Wanted) -> Callable[[str], Iterable[dict[str, Any]]]:
    """The rows of a kind among the *records*, by its name; without people where that is wanted."""
    if not wanted.anonymous:
        return records.of
    without = _nameless(session)
    return lambda kind: (without.row(kind, row) for row in records.of(kind))


def _nameless(session: Session) -> NamelessRows:
    """What takes people out of rows, whoever the book knows, with a key that nobody keeps."""
    from secrets import token_bytes

    from aftercare.answers.exporting.nameless_rows import NamelessRows
    from aftercare.answers.nameless import nameless

    return NamelessRows(token_bytes(32), nameless(session.read(session.book()), ()))


def _text(rows: Callable[[str], Iterable[dict[str, Any]]], kinds: tuple[str, ...], wanted: Wanted) -> str:
    from aftercare.render.exported import text_of

    if wanted.fmt == "csv":
        return _sheet(kinds[0], rows(kinds[0]), raw=wanted.raw)
    return text_of((row for kind in kinds for row in rows(kind)), wanted.fmt)


def _sheet(kind: str, rows: Iterable[dict[str, Any]], *, raw: bool) -> str:
    from aftercare.answers.exporting import cells
    from aftercare.render.exported import csv_of

    found = [cells.cells(kind, row) for row in rows]
    columns = dict.fromkeys(cells.usual(kind))
    for row in found:
        columns.update(dict.fromkeys(row))
    ordered = cells.in_order(kind, columns)
    texts = frozenset(column for column in ordered if cells.is_figure_of_text(kind, column))
    return csv_of(ordered, found, texts, raw=raw)


def give(wanted: Wanted, text: str) -> None:
    """A text to the file that was named, else to stdout."""
    if wanted.target is None:
        put_data(text)
    else:
        saved(wanted.target, f"{text}\n".encode(), wanted.force)


def _sheets(session: Session, kinds: tuple[str, ...], wanted: Wanted) -> None:
    """A sheet for each kind, in a folder."""
    if wanted.target is None:
        raise UsageProblem(
            _("a sheet holds one kind; name a folder for all of them"), "aftercare export all DIR --to csv"
        )
    from aftercare.commands.put_out_folders import made, put_together

    for kind in kinds:
        refuse_if_there(wanted.target / f"{kind}.csv", wanted.force)
    rows = hidden(session, gathered(session), wanted)
    sheets = ((f"{kind}.csv", f"{_sheet(kind, rows(kind), raw=wanted.raw)}\n".encode()) for kind in kinds)
    with made(wanted.target):
        put_together(wanted.target, sheets, force=wanted.force)
