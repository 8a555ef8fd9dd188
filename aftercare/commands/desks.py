"""What the own verbs of a noun share: one record, what is around it, and how it is changed and told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

from aftercare.book.pen import Pen
from aftercare.book.shelf import kind_of
from aftercare.commands import deeds, facts
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.plain.splicing import Edit
from aftercare.plain.tree import Tree
from aftercare.records.base import Record
from aftercare.records.kinds import model_of

_R = TypeVar("_R", bound=Record)
_D = TypeVar("_D", bound="Desk[Any]")


@dataclass
class Desk(Generic[_R]):
    """What a verb works with: the record, those around it, how typed values are read, and what was asked."""

    session: Session
    pen: Pen
    record: _R
    reader: Reader
    asked: dict[str, Any]

    @classmethod
    def opened(cls, session: Session, pen: Pen, kind: str, ref: str, asked: dict[str, Any]) -> Self:
        """The desk for the record of a kind that is meant."""
        record = pen.shelf.get(deeds.own(session, pen.shelf, ref, kind))
        if not isinstance(record, model_of(kind)):
            raise TypeError(ref)
        return cls(session, pen, record, deeds.reader(session, pen.shelf), asked)  # type: ignore[arg-type]  # of its kind

    @cached_property
    def _when(self) -> str:
        """Read once, since what was typed in words is echoed."""
        return facts.at(self.session, self.reader, self.asked["at"])

    def at(self) -> str:
        """When: as said, else the clock's time."""
        return self._when

    def words(self, *names: str) -> dict[str, Tree]:
        """What was said by the flags named."""
        return {name: self.asked[name] for name in names if self.asked.get(name)}

    def person(self, flag: str = "by", field: str = "") -> dict[str, Tree]:
        """Somebody of the shop, where that was said; the field is called as the flag where nothing else is said."""
        said = self.asked.get(flag)
        return {field or flag: self.reader.resolve(said, ("staff",))} if said else {}

    def step(self, *names: str) -> dict[str, Tree]:
        """A step as it stands in the file: when, what was said of it by the flags named, and by whom of the shop."""
        return {"at": self.at(), **self.words(*names), **self.person()}

    def write(self, verb: str, edits: Sequence[Edit]) -> None:
        """Change the record, once it is sure that what comes of it is one."""
        kind, name = kind_of(self.record.id), self.record.id
        self.pen.edit(name, deeds.checked(kind, name, edits, self.pen))
        deeds.written(self.session, self.pen, f"{kind} {verb} {name}")


def change(
    session: Session, verb: str, make: Callable[[_D], Sequence[Edit]], *, kind: str, desk: type[_D], **asked: Any
) -> None:
    """Change one record, and say what that did to the ledger."""
    ref, fmt = asked.pop("ref"), asked.pop("fmt")
    with session.writing(f"{kind} {verb}") as pen:
        at_work = desk.opened(session, pen, kind, ref, asked)
        at_work.write(verb, make(at_work))
    deeds.tell(session, pen, fmt=fmt)
