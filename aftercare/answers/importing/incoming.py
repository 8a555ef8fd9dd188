"""What an import is going to do: the records to be made, and what becomes of every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.mappings import Lookup
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment
from aftercare.plain.splicing import Set, applied
from aftercare.plain.tree import Path, Tree

Outcome: TypeAlias = Literal["created", "changed", "unchanged", "differs", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("created", "changed", "unchanged", "differs", "refused")
_MADE: dict[str, Tree] = {}
_NEW = "\0"
"""What the reference to a record that has no id yet begins with; no text of a file can hold it."""


class New(NamedTuple):
    """A record to be made, and the row that it comes from.  References to other new ones are theirs by number."""

    kind: str
    tree: dict[str, Tree]
    line: int


class Difference(NamedTuple):
    """A row that says other things than the record it belongs to, and the fields in which it does."""

    line: int
    record: str
    fields: tuple[str, ...]


class Gap(NamedTuple):
    """A field of which a row says what its record does not.

    ``path`` is where the value would stand in ``record``, the row's own or another one; an empty one says that it has
    no place of its own.  ``fills``: nothing stands there yet.
    """

    field: str
    path: Path = ()
    value: Tree = None
    fills: bool = False
    record: str = ""


class Changed(NamedTuple):
    """A row from which a record takes something, the fields, and the edits that do it."""

    line: int
    record: str
    fields: tuple[str, ...]
    edits: tuple[Set, ...]


class Line(NamedTuple):
    """One row as typed facts: each field as a record would hold it."""

    line: int
    facts: Mapping[str, Tree]

    def text(self, name: str) -> str:
        """The text of a field, "" where it has none."""
        found = self.facts.get(name)
        return found if isinstance(found, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a field that may have several."""
        found = self.facts.get(name)
        return tuple(text for text in found if isinstance(text, str)) if isinstance(found, list) else ()


@dataclass
class Plan:
    """What is to be done, in order, and what becomes of every row."""

    new: list[New] = field(default_factory=list)
    rows: dict[int, Outcome] = field(default_factory=dict)
    differs: list[Difference] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    """Why cells cannot be read, until :meth:`finish` puts that before what else is refused."""

    def make(self, kind: str, tree: dict[str, Tree], line: int) -> str:
        """Plan a new record; the answer stands for its id until it has one."""
        self.new.append(New(kind, {key: said for key, said in tree.items() if said}, line))
        return f"{_NEW}{len(self.new) - 1}"

    def count(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return sum(1 for found in self.rows.values() if found == outcome)

    def made_of(self, number: int) -> New:
        """What is to be made under a number; it is made now, and only its kind and its row are kept."""
        new = self.new[number]
        self.new[number] = New(new.kind, _MADE, new.line)
        return new

    @property
    def refuses(self) -> bool:
        """Whether any row is refused by now."""
        return bool(self.refused or self.unread)

    def finish(self, before: int) -> None:
        """Put the faults in order once all rows are taken: those of *before*, of cells row by row, then of orders."""
        by_row = sorted(self.unread, key=lambda fault: fault.line)
        self.refused[before:before] = by_row
        self.unread.clear()

    def refuse_cell(self, file: str, line: int, code: str, sentence: str) -> None:
        """Refuse a row for one of its cells."""
        self.unread.append(Fault(file, line, code, sentence))
        self.rows[line] = "refused"

    def refuse(self, file: str, line: int, code: str, sentence: str) -> None:
        """Refuse a row."""
        self.refused.append(Fault(file, line, code, sentence))
        self.rows[line] = "refused"

    def settle(self, line: int, record: str, gaps: Sequence[Gap], *, update: bool) -> list[Gap]:
        """Take from a row what its record lacks, with *update* also what it has otherwise; tell of what is left.

        Gives what was taken.
        """
        taken = [gap for gap in gaps if gap.path and (gap.fills or update)]
        left = [gap.field for gap in gaps if gap not in taken]
        self.rows[line] = "changed" if taken else "unchanged"
        for one in dict.fromkeys(gap.record or record for gap in taken):
            of_one = [gap for gap in taken if (gap.record or record) == one]
            self._change(Changed(line, one, tuple(gap.field for gap in of_one), _edits(of_one)))
        if left:
            self.differ(line, record, left)
        return taken

    def bring(self, line: int, record: str, name: str) -> None:
        """A row brings a record of its own that hangs on one that is there."""
        self.changed.append(Changed(line, record, (name,), ()))
        if self.rows[line] == "unchanged":
            self.rows[line] = "changed"

    def _change(self, change: Changed) -> None:
        """A record that is new by itself is made as it is to be."""
        if change.record.startswith(_NEW):
            number = int(change.record[1:])
            new = self.new[number]
            self.new[number] = new._replace(tree=applied(new.tree, change.edits))
        self.changed.append(change)

    def differ(self, line: int, record: str, fields: Sequence[str]) -> None:
        """Leave a row undone because its record says otherwise."""
        self.differs.append(Difference(line, record, tuple(dict.fromkeys(fields))))
        self.rows[line] = "differs"


class Source(NamedTuple):
    """Where the rows come from and what they are read by: the file's name, its habits, the clock, and by what a record
    is known that a row speaks of.
    """

    file: str
    habits: Habits
    now: Moment
    lookups: Mapping[str, Lookup] = MappingProxyType({})
    update: bool = False
    """Whether the file is right where a record says otherwise."""


def _edits(gaps: Sequence[Gap]) -> tuple[Set, ...]:
    return tuple(Set(gap.path, gap.value) for gap in gaps)


class Claims:
    """What the rows of one order have taken of its records so far, so that no two give one value two contents."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, Path], Tree] = {}

    def agreed(self, gaps: Sequence[Gap]) -> list[Gap]:
        """The gaps of one more row; one that a row before has filled otherwise has no place any more.

        Notes are put together.
        """
        return [self._agreed(gap) for gap in gaps]

    def _agreed(self, gap: Gap) -> Gap:
        if not gap.path:
            return gap
        place = gap.record, gap.path
        had = self._taken.get(place, gap.value)
        if gap.field == "note" and had != gap.value and gap.fills:
            gap = gap._replace(value="\n".join(dict.fromkeys([*str(had).split("\n"), str(gap.value)])))
            had = gap.value
        self._taken[place] = had
        return gap if had == gap.value else Gap(gap.field)


def is_new(record: str) -> bool:
    """Whether a reference stands for a record that has no id yet."""
    return record.startswith(_NEW)


def with_ids(tree: dict[str, Tree], ids: Sequence[str]) -> dict[str, Tree]:
    """The tree of a new record with the ids that the new ones before it were given."""
    return {key: _with_ids(said, ids) for key, said in tree.items()}


def needs(said: Tree) -> Iterator[int]:
    """The numbers of the new records that a tree refers to."""
    if isinstance(said, dict | list):
        for entry in said.values() if isinstance(said, dict) else said:
            yield from needs(entry)
    elif said and said.startswith(_NEW):
        yield int(said[1:])


def _with_ids(said: Tree, ids: Sequence[str]) -> Tree:
    if isinstance(said, str):
        return ids[int(said[1:])] if said.startswith(_NEW) else said
    if isinstance(said, dict):
        return with_ids(said, ids)
    return [_with_ids(entry, ids) for entry in said] if isinstance(said, list) else said


def named(ref: str, ids: Sequence[str], made: Plan) -> str:
    """The id behind a reference; where nothing was made, the row that would have made it."""
    if not ref.startswith(_NEW):
        return ref
    number = int(ref[1:])
    return ids[number] if ids else _("the row in line {line}").format(line=made.new[number].line)
