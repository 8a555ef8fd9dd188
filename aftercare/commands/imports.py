"""``aftercare import``: customers, orders and other records from a spreadsheet, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aftercare.book.shelf import kind_of
from aftercare.book.titles import listed
from aftercare.commands import deeds, shipped_mappings
from aftercare.commands.import_own import Asked, Given, brought_back
from aftercare.commands.named import first_bytes, new_file
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Fault, FileExists, InvalidBook, InvalidInput, NoBook, UsageProblem
from aftercare.language import N_, _
from aftercare.records.names import KINDS as ALL_KINDS
from aftercare.render.output import say

if TYPE_CHECKING:
    from aftercare.answers.importing.incoming import Source
    from aftercare.answers.importing.mappings import Columns, Entry, Wanted
    from aftercare.book.pen import Pen
    from aftercare.commands.imported import Imported
    from aftercare.plain.sheets import Sheet

KINDS = (*(kind.name for kind in ALL_KINDS), "contacts")


@verb(
    "import",
    N_("Bring in customers, orders or other records from a spreadsheet: all or none, and nothing twice."),
    click.Argument(["kind"], type=click.Choice(KINDS), metavar="KIND|contacts"),
    argument("file", metavar="FILE"),
    option(
        "--map",
        "map_file",
        metavar="MAP",
        text=N_("a YAML file that says which column is which, or the name of one that ships"),
    ),
    option(
        "--maps",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=shipped_mappings.list_them,
        text=N_("list the mappings that ship, and do nothing else"),
    ),
    option("--suggest", is_flag=True, text=N_("print a first mapping for this file, and import nothing")),
    option("--dry-run", is_flag=True, text=N_("say what would be done, and write nothing")),
    option("--keep-good", is_flag=True, text=N_("import the good rows though others are refused")),
    option("--update", is_flag=True, text=N_("where a record says otherwise the file is right")),
    option("--refused", "refused", metavar="FILE", text=N_("write the refused rows into this new file, as CSV")),
    option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print")),
    example="aftercare import sale orders.csv --dry-run",
)
def import_(
    session: Session,
    kind: str,
    file: str,
    map_file: str | None,
    suggest: bool,
    dry_run: bool,
    keep_good: bool,
    update: bool,
    refused: str | None,
    fmt: str,
) -> None:
    """Read a sheet, see what the book lacks of it, write that, and account for every row."""
    if kind == "contacts":
        needless = {"--map": map_file, "--suggest": suggest, "--refused": refused}
        _cards(session, file, needless, (dry_run, keep_good, update), fmt)
        return
    if suggest:
        _suggest(session, kind, file, map_file, fmt)
        return
    from aftercare.plain.sheets import LARGEST

    session.book()  # so that the file's faults are said in the book's language
    if refused and os.path.lexists(refused):
        raise FileExists(refused)
    given = Given(file, _bytes(file, LARGEST))
    how = Asked(dry_run, keep_good, update, refused)
    if not _is_no_sheet_of_others(session, kind, given, map_file, how, fmt):
        _account_for(session, kind, file, _taken_in(session, kind, given, map_file, how), fmt)


def _taken_in(session: Session, kind: str, given: Given, map_file: str | None, how: Asked) -> Imported:
    """The rows of a sheet, written as far as they may be, and what that came to."""
    from aftercare.commands import imported
    from aftercare.plain import sheets

    sheet = sheets.read(given.data, given.file)
    wanted = _wanted(kind, map_file, sheet)
    columns = _columns(kind, sheet, wanted, given.file)
    with _pen(session, kind, how.dry_run) as pen:
        source = _source(session, wanted, given.file, how.update, pen)
        entries = columns.entries(sheet, given.file)
        done = _do(session, pen, kind, entries, source, keep_good=how.keep_good, dry=how.dry_run)
        if done.refused and how.refused:  # first: where that cannot be written, nothing is
            new_file(how.refused, imported.refused_rows(done, sheet, columns.line))
        del sheet, entries  # whose room is wanted for what is to be written
        if done.wrote and not how.dry_run:
            of_kind = [one for one in done.ids if kind_of(one) == kind] or done.changed
            deeds.written(session, pen, f"import {kind} {listed(of_kind or [one for one in done.ids if one])}")
        return done._replace(effect=imported.effect_of(session, pen)) if done.wrote else done


def _account_for(session: Session, kind: str, file: str, done: Imported, fmt: str) -> None:
    """Say what became of every row; InvalidInput for those that were refused."""
    from aftercare.commands import imported

    imported.tell_differences(done, file)
    imported.answer(done) if fmt == "json" else imported.tell(done)
    if kind == "sale" and session.book().settings.begins_on is None:
        imported.tell_of_beginning(done, session.now())
    if done.refused:
        raise InvalidInput(sorted(done.refused, key=lambda fault: fault.line))


def _is_no_sheet_of_others(
    session: Session, kind: str, given: Given, map_file: str | None, how: Asked, fmt: str
) -> bool:
    """Whether the file was an address book, or rows of our own, and was taken in as such."""
    if given.data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:11].upper() != b"BEGIN:VCARD":
        return map_file is None and brought_back(session, kind, given, how, fmt)
    if kind != "customer":
        sentence = _("this is an address book; to import it: {command}").format(command="import contacts FILE")
        raise InvalidInput([Fault(given.file, 1, "not-a-sheet", sentence)])
    needless = {"--map": map_file, "--refused": how.refused}
    _cards(session, given.file, needless, (how.dry_run, how.keep_good, how.update), fmt)
    return True


def _cards(session: Session, file: str, needless: Mapping[str, Any], how: tuple[bool, bool, bool], fmt: str) -> None:
    """The cards of an address book, for which there is no mapping."""
    from aftercare.commands.import_contacts import bring_in

    for flag, said in needless.items():
        if said:
            raise UsageProblem(_("{flag} does not go with {command}").format(flag=flag, command="import contacts"))
    dry_run, keep_good, update = how
    bring_in(session, file, dry_run=dry_run, keep_good=keep_good, update=update, fmt=fmt)


def _suggest(session: Session, kind: str, file: str, map_file: str | None, fmt: str) -> None:
    from aftercare.commands.suggesting import suggest
    from aftercare.plain.sheets import LARGEST

    root: Path | None = None
    with suppress(NoBook):
        root = session.book().root  # for its language, too; a newcomer may not have one yet
    suggest(kind, file, _bytes(file, LARGEST), map_file, fmt, root)


def _bytes(file: str, largest: int) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    return first_bytes(file, largest + 1)


def _wanted(kind: str, map_file: str | None, sheet: Sheet) -> Wanted:
    """What the mapping says: the operator's, the shipped one of a name, or the one that the titles are known by."""
    from aftercare.answers.importing.mapfile import wanted_of
    from aftercare.answers.importing.mappings import NOTHING_WANTED
    from aftercare.plain.reading import LARGEST

    if map_file is None:
        return shipped_mappings.recognised(kind, sheet) or NOTHING_WANTED
    if shipped_mappings.is_name(map_file):
        return shipped_mappings.wanted_by_name(kind, map_file, sheet)
    return wanted_of(kind, _bytes(map_file, LARGEST), map_file)


def _columns(kind: str, sheet: Sheet, wanted: Wanted, file: str) -> Columns:
    """The columns; what of the file is not read is said."""
    from aftercare.answers.importing.mappings import columns_of

    columns = columns_of(kind, sheet, wanted, file)
    if columns.unused:
        say(_("columns not used: {titles}").format(titles=", ".join(columns.unused)))
    if sheet.encoding:
        say(_("the file was read as {encoding}").format(encoding=sheet.encoding))
    if sheet.others:
        say(_("only the first sheet is read, not {sheets}").format(sheets=", ".join(sheet.others)))
    return columns


@contextmanager
def _pen(session: Session, kind: str, dry_run: bool) -> Iterator[Pen]:
    """A pen for the import; a dry run only reads, and waits for nobody."""
    if dry_run:
        from aftercare.book.pen import Pen

        book = session.book()
        yield _sound(Pen(book, session.read(book, whole=True), session.now()))
        return
    with session.writing(f"import {kind}", whole=True) as pen:
        yield _sound(pen)


def _sound(pen: Pen) -> Pen:
    """The pen, unless there are records that cannot be read: a row could be theirs, and would be taken for new."""
    if pen.before.invalid:
        raise InvalidBook(pen.before.faults)
    return pen


def _source(session: Session, wanted: Wanted, file: str, update: bool, pen: Pen) -> Source:
    from aftercare.answers.importing.incoming import Source

    habits = wanted.habits(pen.shelf.settings.setting)
    return Source(file, habits, session.now(), wanted.lookups, update)


def _do(
    session: Session,
    pen: Pen,
    kind: str,
    read: tuple[Sequence[Entry], Sequence[Fault]],
    source: Source,
    *,
    keep_good: bool,
    dry: bool,
) -> Imported:
    """Plan, and do with the pen what is planned; again without the rows that turn out to be no records.

    Where rows are refused and not all others are wanted, nothing is done.
    """
    from aftercare.answers.importing.doing import plan_and_carry_out
    from aftercare.answers.importing.plan import planning
    from aftercare.commands.imported import Imported, follow
    from aftercare.policies.categories import tree

    entries, unread = read
    bad = list(unread)
    while True:
        made, steps = planning(kind, entries, pen.before, tree(), source, bad)
        done = plan_and_carry_out(pen, made, steps, source.file, follow(), keep_good=keep_good, before=len(bad))
        if made.refused and not keep_good:
            return Imported(made, [], [], None, made.refused, dry, keep_good)
        if not done.refused:
            return Imported(made, done.ids, done.changed, None, made.refused, dry, keep_good)
        bad += done.refused
        pen.start_over()
