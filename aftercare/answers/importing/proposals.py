"""What `import --suggest` proposes: the parts of a first mapping, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from aftercare.answers.importing.likely import Column


class Taken(NamedTuple):
    """The columns that are taken for a field, and why."""

    field: str
    columns: tuple[Column, ...]
    because: str


class Days(NamedTuple):
    """A column that may hold days after the sale, and the field it may be about."""

    field: str
    column: Column
    least: int
    most: int


class Maybe(NamedTuple):
    """A column that could stand for a field of which none is known, and why only the operator can say."""

    field: str
    column: Column
    because: str


class Idle(NamedTuple):
    """A column that is not taken, and the fields that it may be about."""

    column: Column
    candidates: tuple[str, ...]


@dataclass
class Suggestion:
    """A mapping as it is proposed; ``count`` is that of the rows below the header in ``line``."""

    kind: str
    line: int
    count: int
    taken: list[Taken] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    idle: list[Idle] = field(default_factory=list)
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of a field the constant and why it is proposed."""
    orders: tuple[str, ...] = ()
    """The orders of month and day that all dates of the file can have."""
    forms: tuple[str, ...] = ()
    """The forms that all dates of the file can have whose year has two digits."""
    turned: tuple[str, ...] = ()
    """The fields of which a spreadsheet program seems to have turned some days, month for day."""
    comma: bool = False
    currency: str = ""
    unclear: tuple[str, ...] = ()
    """The words of the state of which it is not clear whether the sale was called off."""
    empty: tuple[str, ...] = ()
    """The words that stand among days for none."""
    maybe: list[Maybe] = field(default_factory=list)
    """Columns for the fields that are lacking."""
    lacking: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether a column is taken for a field."""
        return any(one.field == name for one in self.taken)
