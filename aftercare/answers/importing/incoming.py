"""What an import is going to do: the records to be made, and what becomes of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.mappings import Lookup
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment
from aftercare.plain.tree import Tree

Outcome: TypeAlias = Literal["created", "unchanged", "differs", "refused"]
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
    refused: list[Fault] = field(default_factory=list)

    def make(self, kind: str, tree: dict[str, Tree], line: int) -> str:
        """Plan a new record; the answer stands for its id until it has one."""
        self.new.append(New(kind, {key: said for key, said in tree.items() if said not in (None, "", [], {})}, line))
        return f"{_NEW}{len(self.new) - 1}"

    def count(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return sum(1 for found in self.rows.values() if found == outcome)

    def refuse(self, file: str, line: int, code: str, sentence: str) -> None:
        """Refuse a row."""
        self.refused.append(Fault(file, line, code, sentence))
        self.rows[line] = "refused"

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


def with_ids(tree: dict[str, Tree], ids: Sequence[str]) -> dict[str, Tree]:
    """The tree of a new record with the ids that the new ones before it were given."""
    return {key: _with_ids(said, ids) for key, said in tree.items()}


def _with_ids(said: Tree, ids: Sequence[str]) -> Tree:
    if isinstance(said, dict):
        return with_ids(said, ids)
    if isinstance(said, list):
        return [_with_ids(entry, ids) for entry in said]
    return ids[int(said[1:])] if said and said.startswith(_NEW) else said


def named(ref: str, ids: Sequence[str], made: Plan) -> str:
    """The id behind a reference; where nothing was made, the row that would have made it."""
    if not ref.startswith(_NEW):
        return ref
    number = int(ref[1:])
    return ids[number] if ids else _("the row in line {line}").format(line=made.new[number].line)
