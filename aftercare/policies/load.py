"""Packs from text: those that ship with the program, and a shop's own, which are handed in as files.

A faulty pack is refused whole and the others go on; a faulty rule must not half apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from aftercare.errors import Fault, UnknownPacks
from aftercare.language import _
from aftercare.plain.reading import Unreadable, line_of, read
from aftercare.plain.text import fold
from aftercare.policies.between import between
from aftercare.policies.pack import Pack, read_pack
from aftercare.policies.plans import Plan
from aftercare.policies.shape import Complaint, Node

_FOLDER = Path(__file__).parent / "packs"


class BadPack(ValueError):
    """A file that is no pack we can use; ``faults`` says everything that is wrong, in the order of its lines."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Rules(NamedTuple):
    """The rules of a book: the packs that count, and what is wrong with those of the shop's that do not."""

    packs: tuple[Pack, ...]
    faults: tuple[Fault, ...]

    @property
    def plans(self) -> list[Plan]:
        """All lines of all plans."""
        return [plan for pack in self.packs for plan in pack.plans]


@cache
def shipped() -> tuple[Pack, ...]:
    """The packs that come with the program, by name."""
    return tuple(parse(path.read_bytes(), path.name) for path in sorted(_FOLDER.glob("*.yaml")))


def parse(data: bytes, file: str) -> Pack:
    """The pack in *data*; BadPack with all faults, each with the line in *file*."""
    try:
        top = read(data, file)
    except Unreadable as error:
        raise BadPack(error.faults) from None
    complaints: list[Complaint] = []
    pack = read_pack(Node(top, (), complaints), file, data)
    if complaints:
        faults = [Fault(file, line_of(data, path), code, sentence) for path, code, sentence in complaints]
        raise BadPack(sorted(faults, key=lambda fault: fault.line))
    return pack


def in_force(packs: Iterable[Pack], *, country: str, region: str, named: Sequence[str] | None) -> tuple[Pack, ...]:
    """The packs that a book goes by: exactly the *named*, or where None are named all of its country and region.

    A pack without a country holds everywhere.  The days within which a pack is in force are not looked at here: they
    are measured against the day of each event.  UnknownPacks where a name is no pack's.
    """
    if named is None:
        return tuple(pack for pack in packs if _holds_in(pack, country, region))
    known = {pack.id: pack for pack in packs}
    if unknown := [name for name in named if name not in known]:
        raise UnknownPacks(unknown, list(known))
    return tuple(known[name] for name in dict.fromkeys(named))


def rules(own: Iterable[tuple[str, bytes]], *, country: str, region: str, named: Sequence[str] | None = None) -> Rules:
    """The shipped packs that the book goes by, and the shop's *own* (file name and content), which always count.

    An own pack with the id of a shipped one takes its place.  UnknownPacks where a name is no pack's.
    """
    parsed, faults = _parsed(own)
    theirs = {pack.id for pack in parsed}
    wanted = None if named is None else [name for name in named if name not in theirs]
    chosen = in_force(shipped(), country=country, region=region, named=wanted)
    accepted = [pack for pack in chosen if pack.id not in theirs]
    lines = {plan.line: plan for pack in (*shipped(), *parsed) for plan in pack.plans}
    for pack in parsed:
        wrong = between(pack, accepted, lines)
        faults += wrong
        if not wrong:
            accepted.append(pack)
    return Rules(tuple(accepted), tuple(faults))


def _parsed(own: Iterable[tuple[str, bytes]]) -> tuple[list[Pack], list[Fault]]:
    packs: list[Pack] = []
    faults: list[Fault] = []
    for file, data in sorted(own):
        try:
            pack = parse(data, file)
        except BadPack as error:
            faults += error.faults
            continue
        twin = next((other for other in packs if other.id == pack.id), None)
        if twin:
            sentence = _("id: {other} is called “{id}” too").format(other=twin.file, id=pack.id)
            faults.append(pack.fault(("id",), "repeated", sentence))
        else:
            packs.append(pack)
    return packs, faults


def _holds_in(pack: Pack, country: str, region: str) -> bool:
    if pack.country and pack.country != fold(country).upper():
        return False
    return not pack.region or fold(pack.region).casefold() == fold(region).casefold()
