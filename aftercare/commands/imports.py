"""``aftercare import``: customers or orders from a spreadsheet, all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from aftercare.book.shelf import kind_of
from aftercare.book.titles import listed
from aftercare.commands import deeds
from aftercare.commands.import_own import Given, brought_back
from aftercare.commands.named import first_bytes
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Fault, InvalidBook, InvalidInput, NotOurRows
from aftercare.language import N_, _
from aftercare.records.kinds import MODELLED
from aftercare.records.typed import Mistyped
from aftercare.render.output import put, put_json, say

if TYPE_CHECKING:
    from aftercare.answers.importing.incoming import Plan
    from aftercare.answers.importing.mappings import Columns, Wanted
    from aftercare.book.pen import Pen
    from aftercare.book.shelf import Shelf
    from aftercare.plain.sheets import Sheet

KINDS = ("customer", "sale")
KIND_WORDS = (N_("customer"), N_("product"), N_("sale"), N_("delivery"), N_("installation"))


class _Done(NamedTuple):
    """What an import came to: its plan, the ids of the new records, and what they did to the ledger."""

    plan: Plan
    ids: list[str]
    change: deeds.Change | None
    dry: bool


@verb(
    "import",
    N_("Bring in customers or orders from a spreadsheet: all rows or none, and nothing twice."),
    click.Argument(["kind"], type=click.Choice(MODELLED), metavar="KIND"),
    argument("file", metavar="FILE"),
    option("--map", "map_file", metavar="MAP", text=N_("a YAML file that says which column is which fact")),
    option("--dry-run", is_flag=True, text=N_("say what would be done, and write nothing")),
    option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print")),
    example="aftercare import sale orders.csv --dry-run",
)
def import_(session: Session, kind: str, file: str, map_file: str | None, dry_run: bool, fmt: str) -> None:
    """Read a sheet, see what the book lacks of it, write that, and account for every row."""
    from aftercare.plain import sheets

    session.book()  # so that the file's faults are said in the book's language
    data = _bytes(file, sheets.LARGEST)
    if map_file is None and brought_back(session, kind, Given(file, data), dry_run=dry_run, fmt=fmt):
        return
    if kind not in KINDS:
        raise NotOurRows(file, kind)
    wanted = _wanted(kind, map_file)
    sheet = sheets.read(data, file)
    columns = _columns(kind, sheet, wanted, file)
    with _pen(session, kind, dry_run) as pen:
        plan = _plan(session, kind, sheet, columns, wanted, file, pen.shelf)
        ids = [] if plan.refused else _make(pen, plan, file)
        if ids and not dry_run:
            of_kind = [one for one in ids if kind_of(one) == kind]
            deeds.written(session, pen, f"import {kind} {listed(of_kind or ids)}")
        done = _Done(plan, ids, deeds.change_of(session, pen) if ids else None, dry_run)
    _tell_differences(done, file)
    put_json(_answer(done)) if fmt == "json" else _tell(done)
    if plan.refused:
        raise InvalidInput(sorted(plan.refused, key=lambda fault: fault.line))


def _bytes(file: str, largest: int) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    return first_bytes(file, largest + 1)


def _wanted(kind: str, map_file: str | None) -> Wanted:
    from aftercare.answers.importing.mapfile import wanted_of
    from aftercare.answers.importing.mappings import NOTHING_WANTED
    from aftercare.plain.reading import LARGEST

    return wanted_of(kind, _bytes(map_file, LARGEST), map_file) if map_file else NOTHING_WANTED


def _columns(kind: str, sheet: Sheet, wanted: Wanted, file: str) -> Columns:
    """The columns; what of the file is not read is said."""
    from aftercare.answers.importing.mappings import columns_of

    columns = columns_of(kind, sheet, wanted, file)
    if columns.unused:
        say(_("columns not used: {titles}").format(titles=", ".join(columns.unused)))
    if sheet.others:
        say(_("only the first sheet is read, not {sheets}").format(sheets=", ".join(sheet.others)))
    return columns


@contextmanager
def _pen(session: Session, kind: str, dry_run: bool) -> Iterator[Pen]:
    """A pen for the import; a dry run only reads, and waits for nobody."""
    if dry_run:
        from aftercare.book.pen import Pen

        book = session.book()
        yield _sound(Pen(book, session.read(book), session.now()))
        return
    with session.writing(f"import {kind}") as pen:
        yield _sound(pen)


def _sound(pen: Pen) -> Pen:
    """The pen, unless there are records that cannot be read: a row could be theirs, and would be taken for new."""
    if pen.before.invalid:
        raise InvalidBook(pen.before.faults)
    return pen


def _plan(session: Session, kind: str, sheet: Sheet, columns: Columns, wanted: Wanted, file: str, shelf: Shelf) -> Plan:
    from aftercare.answers.importing.cells import Habits
    from aftercare.answers.importing.incoming import Source
    from aftercare.answers.importing.plan import plan
    from aftercare.policies.categories import tree

    entries, faults = columns.entries(sheet, file)
    source = Source(file, Habits(wanted.dates, shelf.settings.setting), session.now())
    made = plan(kind, entries, shelf, tree(), source)
    for fault in faults:
        made.refuse(*fault)
    return made


def _make(pen: Pen, plan: Plan, file: str) -> list[str]:
    """Give the new records their ids; a value that no record may hold refuses its row after all."""
    from aftercare.answers.importing.incoming import with_ids

    ids: list[str] = []
    for new in plan.new:
        try:
            ids.append(pen.add(new.kind, with_ids(new.tree, ids)).id)
        except Mistyped as error:
            raise InvalidInput([Fault(file, new.line, m.code, m.sentence) for m in error.misfits]) from None
    return ids


def _tell_differences(done: _Done, file: str) -> None:
    sentence = _("{file}:{line}: differs from {record} in {fields}; the record is left as it is")
    for line, record, fields in _differences(done):
        say(sentence.format(file=file, line=line, record=record, fields=", ".join(fields)))


def _differences(done: _Done) -> Iterator[tuple[int, str, Sequence[str]]]:
    """The rows that differ; one that differs from a row before names that one's new record."""
    from aftercare.answers.importing.incoming import named

    for line, record, fields in done.plan.differs:
        yield line, named(record, done.ids, done.plan), fields


def _tell(done: _Done) -> None:
    """One line for each outcome, and what became of the ledger."""
    plan, kinds = done.plan, Counter(new.kind for new in done.plan.new)
    records = ", ".join(f"{_(kind)} {kinds[kind]}" for kind in KIND_WORDS if kinds[kind])
    put(
        _("rows that make something new: {count}").format(count=plan.count("created"))
        + (f" ({records})" if records else "")
    )
    put(_("rows unchanged: {count}").format(count=plan.count("unchanged")))
    put(_("rows that differ: {count}").format(count=plan.count("differs")))
    put(_("rows refused: {count}").format(count=plan.count("refused")))
    if plan.refused or done.dry:
        say(_("nothing was written"))
    if done.change:
        kept, late = done.change.kept, [p for p in done.change.kept if p.state == "kept_late"]
        owed = [p for p in done.change.promised if p.state == "overdue"]
        sentence = _(
            "promises kept: {kept}, of these late: {late}; promises open: {promised}, of these overdue: {overdue}"
        )
        say(sentence.format(kept=len(kept), late=len(late), promised=len(done.change.promised), overdue=len(owed)))


def _answer(done: _Done) -> dict[str, Any]:
    plan, change = done.plan, done.change
    return {
        "created": done.ids,
        "unchanged": plan.count("unchanged"),
        "differs": [{"line": n, "id": record, "fields": list(fields)} for n, record, fields in _differences(done)],
        "refused": [{"line": fault.line, "code": fault.code, "message": fault.message} for fault in plan.refused],
        "rows": {name: plan.count(name) for name in ("created", "unchanged", "differs", "refused")},
        "kept": sorted(promise.id for promise in change.kept) if change else [],
        "promised": sorted(promise.id for promise in change.promised) if change else [],
        "dry_run": done.dry,
    }
