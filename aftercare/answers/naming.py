"""Which record somebody means who typed an id, a number, a serial number or words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from aftercare.book.ids import loosely, split_unit, step_of
from aftercare.errors import NoSuchRecord, SeveralRecords, WasRemoved
from aftercare.language import _, word
from aftercare.plain.text import fold
from aftercare.records.names import BY_NAME

_MOST_TOLD = 12
_MOST_NAMED = 3


class Register(Protocol):
    """Who knows the records of a book by what is said of them."""

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind as rows, in the order of their files."""

    def row(self, record_id: str) -> dict[str, Any]:
        """One record as a row."""

    @property
    def of_now(self) -> Callable[[str], str] | None:
        """What makes references of today of those that are typed; None where no record had another id."""

    def now(self, record_id: str) -> str:
        """The id of the record that has this id, or had it formerly; "" where there is none."""

    def is_removed(self, record_id: str) -> bool:
        """Whether there was a record of this id, which was taken out."""

    def lines(self, sale: str) -> int:
        """How many lines a sale has."""

    def units_with_serial(self, text: str) -> list[str]:
        """The units with a serial number, be it that of the thing in use or of one that was replaced."""

    def numbered(self, kind: str, number: int) -> list[str]:
        """The ids of a kind with this running number, of any year."""

    def search(self, text: str, kinds: Iterable[str]) -> list[str]:
        """The ids of the records that a text finds, of all kinds or of *kinds*."""

    def through_sales(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        """The works and claims of the sales that the text means, by the buyer or a serial number."""

    def describe(self, record_id: str) -> str:
        """A record in one line."""

    def known_as(self, record_id: str) -> str:
        """The same of a record, or of a unit in one; "" where there is none."""


def resolve(register: Register, text: str, kinds: tuple[str, ...], year: int, *, numbers: bool = True) -> str:
    """The id that *text* means, among records of *kinds* (``unit`` is a line of a sale, "any_promise" any promise).

    An id in any case, with or without its zeros and dash; the bare running number (with *numbers*: of this *year*,
    else of the newest year that has it); a serial number; or words that find exactly one record.
    """
    head, line = split_unit(fold(text).replace("、", "/"))
    if "unit" in kinds:
        found = _unit(register, head, line, text, kinds, year, numbers)
        if found:
            return found
    if "any_promise" in kinds and "/" in text:
        return _promise(register, fold(text).replace("、", "/"))
    wanted = tuple(kind for kind in kinds if kind in BY_NAME)
    return _record(register, text, wanted, year, numbers)


def of_now(register: Register, reference: str) -> str:
    """A reference by the ids of now: that of its record, and those that a step holds (``SA26-0012/OF26-0003.1``)."""
    steps = (step.split(".") for step in reference.split("/"))
    return "/".join(".".join(register.now(bit) or bit for bit in step) for step in steps)


def _promise(register: Register, text: str) -> str:
    head, __, step = text.partition("/")
    named = loosely(head)
    found = register.now(str(named)) if named else ""
    if not found:
        raise NoSuchRecord(_("promise"), text)
    return of_now(register, f"{found}/{step_of(step)}")


def _unit(
    register: Register, head: str, line: int | None, text: str, kinds: tuple[str, ...], year: int, numbers: bool
) -> str | None:
    """The unit that is meant: a line of a sale, the only line of one, or the thing with a serial number."""
    if line is not None:
        sale = _record(register, head, ("sale",), year, numbers)
        if line > register.lines(sale):
            raise NoSuchRecord(_("unit"), text)
        return f"{sale}/{line}"
    units = register.units_with_serial(text)
    if len(units) == 1:
        return units[0]
    if len(units) > 1:
        raise SeveralRecords(_("unit"), text, [register.describe(unit) for unit in units])
    if set(kinds) - {"unit"}:
        return None
    sale = _record(register, text, ("sale",), year, numbers)
    candidates = [f"{sale}/{number}" for number in range(1, register.lines(sale) + 1)]
    if len(candidates) == 1:
        return candidates[0]
    raise SeveralRecords(_("unit"), text, [register.describe(unit) for unit in candidates])


def _record(register: Register, text: str, kinds: tuple[str, ...], year: int, numbers: bool) -> str:
    named = loosely(text)
    if named and named.kind.name in kinds:
        if found := register.now(str(named)):
            return found
        raise (WasRemoved(str(named)) if register.is_removed(str(named)) else NoSuchRecord(word(named.kind.name), text))
    typed = fold(text)
    if numbers and len(kinds) == 1 and typed.isascii() and typed.isdigit() and len(typed) <= 6:
        numbered = _numbered(register, kinds[0], int(typed), year)
        if numbered:
            return numbered
    several = register.search(text, kinds) or register.through_sales(text, kinds)
    if len(several) == 1:
        return several[0]
    if several:
        told = [register.describe(one) for one in several[:_MOST_TOLD]]
        raise SeveralRecords(_named(kinds) if len(kinds) <= _MOST_NAMED else "", text, told)
    raise NoSuchRecord(_named(kinds), text)


def _named(kinds: tuple[str, ...]) -> str:
    return " / ".join(word(kind) for kind in kinds) if len(kinds) <= _MOST_NAMED else _("record")


def _numbered(register: Register, kind: str, number: int, year: int) -> str | None:
    """The record with this running number in *year*, else in the newest year that has it."""
    ids = register.numbered(kind, number)
    this_year = f"{BY_NAME[kind].prefix}{year % 100:02d}-{number:04d}"
    return this_year if this_year in ids else max(ids, default=None)
