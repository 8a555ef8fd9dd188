"""Packs from text: those that ship with the program, and a shop's own, which are handed in as files.

A faulty pack is refused whole and the others go on; a faulty rule must not half apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from aftercare.errors import Fault, UnknownPacks
from aftercare.language import _
from aftercare.plain.text import fold
from aftercare.plain.tree import MOST_FAULTS, Tree
from aftercare.policies import places
from aftercare.policies.between import between, leading_nowhere
from aftercare.policies.compiled import tree_in
from aftercare.policies.pack import Pack, Source, read_pack
from aftercare.policies.plans import Plan
from aftercare.policies.shape import Complaint, Node
from aftercare.policies.standards import Standards, together

if TYPE_CHECKING:
    from aftercare.policies.law import Law

_FOLDER = Path(__file__).parent / "packs"
PLACE = "place"
"""Among the names of packs, all that hold where the shop is."""
Found: TypeAlias = tuple[str, bytes | Fault]
"""A file of the shop's own, with its content or why it cannot be read."""


class BadPack(ValueError):
    """A file that is no pack we can use; ``faults`` says everything that is wrong, in the order of its lines."""

    def __init__(self, faults: list[Fault], pack: Pack | None = None) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.pack = pack
        """As far as it could be read."""


class Rules(NamedTuple):
    """The rules of a book: the packs that count, and what is wrong with those of the shop's that do not."""

    packs: tuple[Pack, ...]
    faults: tuple[Fault, ...]

    @property
    def plans(self) -> list[Plan]:
        """All lines of all plans."""
        return [plan for pack in self.packs for plan in pack.plans]

    @property
    def standards(self) -> Standards:
        """What all packs say of how the shop works."""
        return together(pack.standards for pack in self.packs)


@cache
def shipped(countries: frozenset[str] | None = None) -> tuple[Pack, ...]:
    """The packs that come with the program, by name; of some *countries* only, with those that hold everywhere."""
    return _whole(_shipped(countries))


@cache
def _shipped(countries: frozenset[str] | None) -> tuple[Pack, ...]:
    """The packs as their files have them, without what they take over from others."""
    trees = [(path.name, data, tree_in(data, path.name)) for path, data in _files()]
    wanted = [one for one in trees if countries is None or _country(one[2]) in {"", *countries}]
    return tuple(_read_tree(tree, file, data) for file, data, tree in wanted)


def shipped_ids() -> list[str]:
    """The ids of the packs that come with the program, none of which is read."""
    return sorted(path.stem for path in _FOLDER.glob("*.yaml"))


def _files() -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in sorted(_FOLDER.glob("*.yaml")))


def _country(tree: Tree) -> str:
    said = tree.get("country") if isinstance(tree, dict) else None
    return said if isinstance(said, str) else ""


def _beside(own: Sequence[Pack], country: str, named: Sequence[str] | None) -> tuple[Pack, ...]:
    """The shipped packs among which a book chooses: those of its country; all where it names others or has its own.

    What extends a pack that the shop has a version of extends that version.
    """
    if own:
        theirs = {pack.id for pack in own}
        kept = [pack for pack in _shipped(None) if pack.id not in theirs]
        return _whole([*kept, *own])[: len(kept)]
    if named is not None and set(named) != {PLACE}:
        return shipped()
    return shipped(frozenset({places.country(fold(country))}))


def _whole(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs, each with what it takes over from the one that it extends."""
    known = {pack.id: pack for pack in packs}
    return tuple(_extended(pack, known) for pack in packs)


def _extended(pack: Pack, known: Mapping[str, Pack]) -> Pack:
    """The pack with what it takes over from its parents, the nearest first; one that leads back to it is none."""
    parents: list[Pack] = []
    while (parent := known.get((parents or [pack])[-1].extends)) is not None and parent not in (pack, *parents):
        parents.append(parent)
    children = [other.listed for other in known.values() if other.extends == pack.id]
    plans = [replace(plan, among=pack.listed.union(*children)) if plan.in_table else plan for plan in pack.plans]
    sources = {key: _titled(one, parent) for parent in reversed(parents) for key, one in parent.sources.items()}
    return replace(
        pack, plans=tuple(plans), sources=sources | dict(pack.sources), read_law=lambda: _flattened(pack, parents)
    )


def _flattened(pack: Pack, parents: Sequence[Pack]) -> Law:
    from aftercare.policies.law import flattened  # what only a verdict needs

    law = pack.law
    for parent in parents:
        law = flattened(law, parent.law, pack.id)
    return law


def _titled(source: Source, pack: Pack) -> Source:
    """The source under the title that its own pack cites it by."""
    return source if source.title else source._replace(title=pack.title)


def parse(data: bytes, file: str) -> Pack:
    """The pack in *data*; BadPack with all faults, each with the line in *file*."""
    return _parsed_file(data, file)


def _parsed_file(data: bytes, file: str) -> Pack:
    from aftercare.plain.reading import Unreadable, read  # yaml is paid for only where a shop has packs of its own

    try:
        top = read(data, file)
    except Unreadable as error:
        raise BadPack(error.faults) from None
    return _read_tree(top, file, data, whole=True)


def _read_tree(top: Tree, file: str, data: bytes, *, whole: bool = False) -> Pack:
    """The pack in a tree; its law is looked through now where the *whole* is wanted, else when it is asked for."""
    complaints: list[Complaint] = []
    pack = read_pack(Node(top, (), complaints), file, data)
    if whole and pack.has_law:
        pack.read_law()
    if complaints:
        from aftercare.plain.reading import composed, decoded, line_in

        node = composed(decoded(data))
        faults = [Fault(file, line_in(node, path), code, sentence) for path, code, sentence in complaints[:MOST_FAULTS]]
        raise BadPack(sorted(faults, key=lambda fault: fault.line), pack)
    return pack


def in_force(packs: Iterable[Pack], *, country: str, region: str, named: Sequence[str] | None) -> tuple[Pack, ...]:
    """The packs that a book goes by: exactly the *named*, or where None are named all of its country and region.

    Among the names ``place`` stands for all of its country and region.  A pack without a country holds everywhere; one
    that is not chosen by place counts only where it is named, and one that only stands behind others never.  The days
    within which a pack is in force are not looked at here: they are measured against the day of each event.
    UnknownPacks where a name is no pack's.
    """
    wanted = (PLACE,) if named is None else named
    known = {pack.id: pack for pack in packs if pack.chosen != "parent"}
    if unknown := [name for name in wanted if name not in known and name != PLACE]:
        raise UnknownPacks(unknown, [PLACE, *known])
    of_place = [pack for pack in known.values() if pack.chosen == PLACE and _holds_in(pack, country, region)]
    chosen = [pack for name in wanted for pack in (of_place if name == PLACE else [known[name]])]
    return tuple({pack.id: pack for pack in chosen}.values())


def rules(own: Iterable[Found], *, country: str, region: str, named: Sequence[str] | None = None) -> Rules:
    """The shipped packs that the book goes by, and the shop's *own*, which always count.

    An own pack with the id of a shipped one takes its place.  UnknownPacks where a name is no pack's.
    """
    read, faults = _parsed(own)
    there = _beside(read, country, named)
    parsed = _whole([*there, *read])[len(there) :]
    theirs = {pack.id for pack in parsed}
    wanted = None if named is None else [name for name in named if name not in theirs]
    chosen = in_force(there, country=country, region=region, named=wanted)
    accepted = [pack for pack in chosen if pack.id not in theirs]
    lines = {plan.line: plan for pack in (*there, *parsed) for plan in pack.plans}
    written = {pack.id: pack for pack in read}
    for pack in parsed:
        wrong = between(pack, accepted, lines)
        if pack.has_law:
            wrong += leading_nowhere(written[pack.id], (*there, *parsed))
        faults += wrong
        if not wrong:
            accepted.append(pack)
    return Rules(tuple(accepted), tuple(faults))


def _parsed(own: Iterable[Found]) -> tuple[list[Pack], list[Fault]]:
    packs: list[Pack] = []
    faults: list[Fault] = []
    for file, data in sorted(own, key=lambda found: found[0]):
        if isinstance(data, Fault):
            faults.append(data)
            continue
        try:
            pack = parse(data, file)
        except BadPack as error:
            loose = leading_nowhere(error.pack, (*shipped(), error.pack)) if error.pack and error.pack.has_law else []
            faults += sorted([*error.faults, *loose], key=lambda fault: fault.line)
            continue
        twin = next((other for other in packs if other.id == pack.id), None)
        if twin:
            sentence = _("id: {other} is called “{id}” too").format(other=twin.file, id=pack.id)
            faults.append(pack.fault(("id",), "repeated", sentence))
        else:
            packs.append(pack)
    return packs, faults


def _holds_in(pack: Pack, country: str, region: str) -> bool:
    if pack.country and pack.country != places.country(fold(country)):
        return False
    return not pack.region or places.is_region(pack.country, pack.region, region)
