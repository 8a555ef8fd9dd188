"""Rows that the book itself put out, coming back: what in them is another than in the records, and is to be changed.

A row with an id is held against its record, cell by cell; a cell that is not in the sheet says nothing.  A row without
one is a new record.  What a spreadsheet program makes of a value on the way (``3299`` of ``3299.00``) is no change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from aftercare.answers.exporting import cells
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.cells import unguarded
from aftercare.plain.tree import Path, Tree, dotted, textify
from aftercare.records.names import BY_NAME
from aftercare.records.rows import row as row_of
from aftercare.records.typed import Mistyped, Setting, typed

if TYPE_CHECKING:
    from aftercare.plain.sheets import Row, Sheet
    from aftercare.records.base import Record
    from aftercare.records.schema import FieldOf

Read: TypeAlias = Callable[[str, "FieldOf", str], Tree]
"""How a text that stands in a column is read, as ``set`` reads it."""
NOT_BY_HAND = frozenset({"kind", "formerly", "removed", "forgotten"})
"""What no sheet changes: the tool itself writes it."""


class Line(NamedTuple):
    """One row as it came: its line, the id it has ("" for a new record), and its cells, or the tree it holds."""

    line: int
    id: str
    cells: Mapping[str, str] = {}
    tree: Mapping[str, Tree] | None = None


class Unfit(Exception):
    """A row that cannot be taken: code and sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def is_own_sheet(kind: str, sheet: Sheet) -> bool:
    """Whether the first row names our own columns, among them ``id``, and every id below is one of the kind."""
    if not sheet.rows or "id" not in sheet.rows[0].cells:
        return False
    at = sheet.rows[0].cells.index("id")
    ids = [row.cells[at] for row in sheet.rows[1:] if at < len(row.cells) and row.cells[at]]
    names = [name for name in sheet.rows[0].cells if name]
    known = sum(cells.is_known(kind, name) for name in names)
    return all(is_id(kind, one) for one in ids) and (bool(ids) or known == len(names))


def is_id(kind: str, text: str) -> bool:
    """Whether a text is written as the id of a record of a *kind*."""
    return re.fullmatch(rf"{BY_NAME[kind].prefix}[0-9]{{2}}-[0-9]{{4,9}}", text) is not None


def lines_of(kind: str, sheet: Sheet, file: str, known: frozenset[str]) -> Iterator[Line | Fault]:
    """The rows of a sheet of ours; *known* are columns that records fill though no model knows them."""
    names = sheet.rows[0].cells
    for name in names:
        if name and names.count(name) > 1:
            yield Fault(
                file, sheet.rows[0].line, "duplicate-column", _("two columns are called {name}").format(name=name)
            )
            return
        if name and name != "kind" and name not in known and not cells.is_known(kind, name):
            sentence = _("there is no field {name} of this kind").format(name=name)
            yield Fault(file, sheet.rows[0].line, "unknown-field", sentence)
    for row in sheet.rows[1:]:
        yield _line(kind, names, row, file)


def _line(kind: str, names: Sequence[str], row: Row, file: str) -> Line | Fault:
    found = dict(zip(names, row.cells, strict=False))
    if any(row.cells[len(names) :]):
        sentence = _("the row has more cells than the first one")
        return Fault(file, row.line, "columns", sentence)
    record_id = found.pop("id", "")
    if record_id and not is_id(kind, record_id):
        return Fault(file, row.line, "id", _("“{text}” is no id of this kind").format(text=record_id))
    return Line(row.line, record_id, {name: cell for name, cell in found.items() if name and name != "kind"})


class Changed(NamedTuple):
    """A record as a row wants it: the tree of its file, and the fields that are others."""

    tree: dict[str, Tree]
    fields: tuple[str, ...]


def changed(
    kind: str, record: Record, raw: Callable[[], dict[str, Tree]], line: Line, read: Read, setting: Setting
) -> Changed | None:
    """What a row makes of its record; None where it says the same.  *raw* gives what the file of the record says.

    Unfit for a value that the field does not take, or that no sheet changes.
    """
    before = row_of(record)
    if line.tree is None:
        tree, paths = _by_cells(kind, before, raw, line.cells, read)
    else:
        tree, paths = _by_tree(before, raw, line.tree)
    if not paths:
        return None
    after = row_of(_typed(kind, tree, setting))
    if after == before:
        return None
    for path in paths:
        if path[0] in NOT_BY_HAND:
            raise Unfit("unchangeable", _("{where} is not changed by a sheet").format(where=dotted(path)))
    return Changed(tree, tuple(dotted(path) for path in _differing(before, after)))


def new_tree(kind: str, line: Line, read: Read) -> dict[str, Tree]:
    """The tree of a new record that a row without an id holds."""
    if line.tree is not None:
        return {name: value for name, value in line.tree.items() if name not in {"id", *NOT_BY_HAND}}
    said = {column: cell for column, cell in line.cells.items() if cell}
    tree, paths = _by_cells(kind, {}, dict, said, read)
    for path in paths:
        if path[0] in NOT_BY_HAND:
            raise Unfit("unchangeable", _("{where} is not changed by a sheet").format(where=dotted(path)))
    return tree


def _typed(kind: str, tree: dict[str, Tree], setting: Setting) -> Record:
    try:
        return typed(kind, tree, setting)
    except Mistyped as error:
        raise Unfit(error.misfits[0].code, error.misfits[0].sentence) from None


def _by_cells(
    kind: str, before: Mapping[str, Any], raw: Callable[[], dict[str, Tree]], said: Mapping[str, str], read: Read
) -> tuple[dict[str, Tree], list[Path]]:
    """The tree with the cells that are others than the record's, and where these stand."""
    known = cells.cells(kind, before) if before else {}
    others = [(column, cell) for column, cell in said.items() if as_read(cell) != as_read(known.get(column, ""))]
    if not others:
        return {}, []
    tree, paths = raw(), []
    for column, cell in others:
        path, field = cells.place_of(kind, column)
        paths.append(path)
        _put(tree, before, path, _value(column, field, path, cell, read))
    for name in {str(path[0]) for path in paths}:
        tree[name] = _pruned(tree.get(name))
    return {name: value for name, value in tree.items() if value is not None}, paths


def as_read(cell: str) -> str:
    """A cell as the reader of sheets gives it: blanks at the ends and doubled ones are of no account."""
    if cell.isascii() and cell.isalnum():
        return cell
    text = unguarded(" ".join(cell.replace("\ufeff", "").split()))
    return "" if text in _NOTHING else text


_NOTHING = frozenset({"-", "--", "—", "——", "/"})
_YES, _NO = frozenset({"yes", "true", "是", "1"}), frozenset({"no", "false", "否", "0"})


def _value(column: str, field: FieldOf | None, path: Path, cell: str, read: Read) -> Tree:
    from aftercare.records.fields import YesOrNo

    if not cell:
        return None
    if field is None:
        return cells.decoded(cell)
    if field.shape == "many" and isinstance(path[-1], str):
        return [read(column, field, entry) for entry in cells.entries(cell)]
    if field.part is not None or field.shape == "named":
        return cells.decoded(cell)
    if any(isinstance(mark, YesOrNo) for mark in field.marks):
        folded = cell.casefold()
        return "yes" if folded in _YES else "no" if folded in _NO else cell
    return read(column, field, unguarded(cell))


def _put(tree: dict[str, Tree], before: Any, path: Path, value: Tree) -> None:
    """Put a value where a path leads; what stands there in short is spelt out first, as the record's row has it."""
    holder: Any = tree
    for depth, step in enumerate(path[:-1]):
        before = _at(before, step)
        held = _at(holder, step)
        wanted = list if isinstance(path[depth + 1], int) else dict
        if not isinstance(held, wanted):
            spelt = textify(_without_nothing(before)) if isinstance(before, wanted) else wanted()
            if held is not None and wanted is dict and not isinstance(before, dict):
                spelt = {}
            held = spelt
            _set(holder, step, held)
        holder = held
    _set(holder, path[-1], value)


def _at(holder: Any, step: str | int) -> Any:
    if isinstance(holder, Mapping) and isinstance(step, str):
        return holder.get(step)
    if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
        return holder[step]
    return None


def _set(holder: Any, step: str | int, value: Any) -> None:
    if isinstance(holder, list) and isinstance(step, int):
        holder.extend([None] * (step + 1 - len(holder)))
    holder[step] = value


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        found = {name: _without_nothing(entry) for name, entry in value.items()}
        return {name: entry for name, entry in found.items() if entry not in (None, [], {})}
    return [_without_nothing(entry) for entry in value] if isinstance(value, list) else value


def _pruned(tree: Tree) -> Tree:
    """Without what was emptied: keys, entries of lists, and what held nothing else; None for all of it."""
    if isinstance(tree, dict):
        return {n: kept for n, value in tree.items() if (kept := _pruned(value)) is not None} or None
    if isinstance(tree, list):
        return [kept for value in tree if (kept := _pruned(value)) is not None] or None
    return tree


def _by_tree(
    before: Mapping[str, Any], raw: Callable[[], dict[str, Tree]], said: Mapping[str, Tree]
) -> tuple[dict[str, Tree], list[Path]]:
    """The tree with the fields of JSON that say something else than the record does."""
    others = {name: value for name, value in said.items() if name not in {"id", "kind"}}
    others = {n: v for n, v in others.items() if _pruned(v) != _pruned(textify(before.get(n)))}
    if not others:
        return {}, []
    tree = raw()
    for name, value in others.items():
        tree[name] = _pruned(value)
    return {name: value for name, value in tree.items() if value is not None}, [(name,) for name in others]


def _differing(before: Any, after: Any, path: Path = ()) -> Iterator[Path]:
    """Where two rows differ."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from _differing(before.get(name), after.get(name), (*path, name))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differing(one, other, (*path, n))
    elif before != after:
        yield path


def unfilled(kind: str, records: Iterable[Record]) -> frozenset[str]:
    """The columns that records fill though no model knows them."""
    found: set[str] = set()
    for record in records:
        if record.model_extra:
            found.update(name for name in cells.cells(kind, row_of(record)) if not cells.is_known(kind, name))
    return frozenset(found)
