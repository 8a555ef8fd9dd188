"""``import`` of rows that the book itself put out: what was edited there is set here, new rows are added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from aftercare.commands import deeds
from aftercare.commands.named import new_file
from aftercare.commands.session import Session
from aftercare.errors import AftercareError, Fault, InvalidBook, InvalidInput, UsageProblem
from aftercare.language import _
from aftercare.render.output import put, put_json, say

if TYPE_CHECKING:
    from aftercare.answers.effects import Change
    from aftercare.answers.importing.own_rows import Line, Read
    from aftercare.book.pen import Pen
    from aftercare.plain.sheets import Sheet
    from aftercare.plain.tree import Tree
    from aftercare.records.schema import FieldOf

_TREES = ("jsonl", "ndjson", "json", "yaml", "yml")
_BY_YEAR = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::00)?)?", re.ASCII)


class Given(NamedTuple):
    """A file that was named, and what it holds."""

    file: str
    data: bytes


class Source(NamedTuple):
    """The file that is named in faults, and the line of its header; 0 where there is none."""

    file: str
    header: int


class Asked(NamedTuple):
    """How rows are to be taken in; ``refused`` names the new file for those that are not."""

    dry_run: bool = False
    keep_good: bool = False
    update: bool = False
    refused: str | None = None


class _Differing(NamedTuple):
    """A row that changes its record, and in which fields."""

    line: int
    id: str
    fields: Sequence[str]


class _Outcome:
    """What became of the rows."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.created: list[str] = []
        self.changed: list[_Differing] = []
        self.unchanged = 0
        self.refused: list[Fault] = []
        self.is_taken = False
        """Whether the rows that were not refused are to be written."""

    def refuse(self, line: int, code: str, sentence: str) -> None:
        self.refused.append(Fault(self.file, line, code, sentence))


def brought_back(session: Session, kind: str, given: Given, asked: Asked, fmt: str) -> bool:
    """Take in a file of our own rows, all of them or none; False for a file of anybody else's.

    InvalidInput with every row that is refused; the others are written only where the good ones are to be kept.
    """
    from aftercare.book.titles import listed

    is_tree = given.file.rpartition(".")[2].casefold() in _TREES
    sheet = None if is_tree else _sheet(kind, given)
    trees = _trees(kind, given) if is_tree else None
    if sheet is None and trees is None:
        return False
    if sheet is None and asked.refused:
        raise UsageProblem(_("{flag} goes with a sheet; of records nothing can be cut out").format(flag="--refused"))
    dry_run, change = asked.dry_run, None
    with session.pen(f"import {kind}", dry_run=dry_run) as pen:
        if pen.before.invalid:
            raise InvalidBook(pen.before.faults)
        lines = list(_lines(kind, sheet, pen, given.file)) if sheet else trees or []
        outcome = _taken(session, pen, kind, lines, Source(given.file, sheet.rows[0].line if sheet else 0), asked)
        if outcome.refused and sheet and asked.refused:
            new_file(asked.refused, _refused_rows(sheet, {fault.line for fault in outcome.refused}))
        if outcome.is_taken and pen.touched_ids:
            if not dry_run:
                deeds.written(session, pen, f"import {kind} {listed(pen.touched_ids)}")
            change = deeds.change_of(session, pen)
    if asked.update:
        say(_("--update changes nothing here: a row of our own sets what it says"))
    put_json(_answer(outcome, change, dry_run)) if fmt == "json" else _tell(outcome, change, dry_run)
    if outcome.refused:
        raise InvalidInput(sorted(outcome.refused, key=lambda fault: fault.line))
    return True


def _sheet(kind: str, given: Given) -> Sheet | None:
    """The sheet, if it has our own columns."""
    from aftercare.answers.importing.own_rows import is_own_sheet
    from aftercare.plain import sheets

    sheet = sheets.read(given.data, given.file)
    return sheet if is_own_sheet(kind, sheet) else None


def _trees(kind: str, given: Given) -> list[Line] | None:
    """The records of JSON or YAML, if each has an id of the kind, or says that it is of it."""
    from aftercare.answers.importing.own_rows import Line, is_id
    from aftercare.commands.reading import given_in
    from aftercare.plain.reading import Unreadable

    try:
        found = list(given_in(given.data, given.file))
    except Unreadable as error:
        raise InvalidInput(error.faults) from None
    lines = []
    for one in found:
        tree = one.tree if isinstance(one.tree, dict) else {}
        record_id = str(tree.get("id") or "")
        if not (is_id(kind, record_id) if record_id else tree.get("kind") == kind):
            return None
        lines.append(Line(one.line(()), record_id, {}, tree))
    return lines


def _lines(kind: str, sheet: Sheet, pen: Pen, file: str) -> Iterator[Line | Fault]:
    from aftercare.answers.importing.own_rows import lines_of, unfilled

    return lines_of(kind, sheet, file, unfilled(kind, pen.shelf.of_kinds([kind])))


def _taken(
    session: Session, pen: Pen, kind: str, lines: Sequence[Line | Fault], source: Source, asked: Asked
) -> _Outcome:
    """What becomes of the rows; again without those that are refused, where the good ones are to be kept."""
    refused: list[Fault] = []
    while True:
        outcome, bad = _Outcome(source.file), {fault.line for fault in refused}
        _take(session, pen, kind, [line for line in lines if line.line not in bad], outcome)
        found, outcome.refused = outcome.refused, refused + outcome.refused
        # What is wrong with the columns is wrong with every row.
        if not found or not asked.keep_good or source.header in {one.line for one in found}:
            outcome.is_taken = not found
            return outcome
        refused = outcome.refused
        pen.start_over()


def _take(session: Session, pen: Pen, kind: str, lines: Iterable[Line | Fault], outcome: _Outcome) -> None:
    from aftercare.answers.importing.own_rows import Unfit

    read, seen = _reader(session, pen), set[str]()
    for line in lines:
        if isinstance(line, Fault):
            outcome.refused.append(line)
        elif line.id and line.id in seen:
            outcome.refuse(line.line, "duplicate-id", _("{id} stands in a row before").format(id=line.id))
        else:
            seen.add(line.id)
            try:
                _take_one(pen, kind, line, read, outcome)
            except Unfit as error:
                outcome.refuse(line.line, error.code, error.sentence)
            except InvalidBook as error:
                outcome.refuse(line.line, error.faults[0].code, error.faults[0].message)
            except AftercareError as error:
                outcome.refuse(line.line, "value", error.sentence)


def _take_one(pen: Pen, kind: str, line: Line, read: Read, outcome: _Outcome) -> None:
    from aftercare.answers.importing import own_rows
    from aftercare.plain.reading import read as read_tree
    from aftercare.plain.splicing import Set
    from aftercare.records.typed import Mistyped

    if not line.id:
        try:
            outcome.created.append(pen.add(kind, own_rows.new_tree(kind, line, read)).id)
        except Mistyped as error:
            raise own_rows.Unfit(error.misfits[0].code, error.misfits[0].sentence) from None
        return
    record = pen.shelf.get(line.id)
    if record is None or record.id != line.id:
        raise own_rows.Unfit("no-such-record", _("there is no {id}").format(id=line.id))

    def raw() -> dict[str, Tree]:
        file, data = pen.file_of(line.id)
        return read_tree(data, file)

    found = own_rows.changed(kind, record, raw, line, read, pen.book.settings.setting)
    if found is None:
        outcome.unchanged += 1
        return
    pen.edit(line.id, [Set((), found.tree)])
    outcome.changed.append(_Differing(line.line, line.id, found.fields))


def _refused_rows(sheet: Sheet, lines: Set[int]) -> bytes:
    """The header and these rows, as CSV in UTF-8, to be mended and imported again."""
    from aftercare.commands.imported import as_csv

    return as_csv(row.cells for row in sheet.rows if row is sheet.rows[0] or row.line in lines)


def _reader(session: Session, pen: Pen) -> Read:
    """Reads a cell as ``set`` reads what was typed; days in the form that spreadsheets make of ours too."""
    from aftercare.records.fields import Dated

    reader = deeds.reader(session, pen.shelf)

    def read(column: str, field: FieldOf, text: str) -> Tree:
        if any(isinstance(mark, Dated) for mark in field.marks) and (found := _BY_YEAR.fullmatch(text)):
            year, month, day, hour, minute = found.groups()
            text = f"{year}-{month:0>2}-{day:0>2}" + (f"T{hour:0>2}:{minute}" if hour else "")
        return reader.value(column, field, text)

    return read


def _tell(outcome: _Outcome, change: Change | None, dry_run: bool) -> None:
    for line, record, fields in outcome.changed:
        sentence = _("{file}:{line}: changes {record} in {fields}")
        say(sentence.format(file=outcome.file, line=line, record=record, fields=", ".join(fields)))
    put(_("rows that make something new: {count}").format(count=len(outcome.created)))
    put(_("rows unchanged: {count}").format(count=outcome.unchanged))
    put(_("rows that change a record: {count}").format(count=len(outcome.changed)))
    put(_("rows refused: {count}").format(count=len(outcome.refused)))
    if dry_run or not outcome.is_taken or (outcome.refused and not (outcome.created or outcome.changed)):
        say(_("nothing was written"))
    if change:
        deeds.tell_change(change)


def _answer(outcome: _Outcome, change: Change | None, dry_run: bool) -> dict[str, Any]:
    rows = {
        "created": len(outcome.created),
        "unchanged": outcome.unchanged,
        "changed": len(outcome.changed),
        "refused": len(outcome.refused),
    }
    return {
        "created": outcome.created,
        "unchanged": outcome.unchanged,
        "changed": [{"line": n, "id": record, "fields": list(fields)} for n, record, fields in outcome.changed],
        "refused": [{"line": fault.line, "code": fault.code, "message": fault.message} for fault in outcome.refused],
        "rows": rows,
        "kept": sorted(promise.id for promise in change.kept) if change else [],
        "promised": sorted(promise.id for promise in change.promised) if change else [],
        "dry_run": dry_run,
    }
