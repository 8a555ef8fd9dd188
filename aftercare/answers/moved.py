"""What moves between two answers to one claim: by another text of a pack, or since a decision was taken; and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import remedies
from aftercare.answers.affairs import Affairs
from aftercare.answers.rules import Rules
from aftercare.answers.situations import listed, situation_of
from aftercare.plain.moments import Moment, iso
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.worded import GROUPED
from aftercare.records.claim import Claim, Decision
from aftercare.records.claim import Verdict as Kept


class Stand(NamedTuple):
    """How one remedy stands: its state, the last good day, what the customer bears, and the line that answers."""

    state: str
    until: str | None = None
    fee: Decimal | None = None
    line: str | None = None


CLOSED = Stand("closed")


class Text(NamedTuple):
    """One state of a pack's text."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An answer as far as another can be compared with it."""

    stands: Mapping[str, Stand]
    """How each remedy stands; one that is absent is closed."""
    windows: Mapping[str, str | None]
    packs: Mapping[str, Text]
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def by(cls, verdict: Verdict) -> Reached:
        """What a verdict says."""
        return cls(
            {one.name: _stand_in(verdict, one.name) for one in verdict.remedies.values()},
            {name: iso(end) if end else None for name, end in verdict.windows.items()},
            {pack.id: Text(pack.version, pack.sha256) for pack in verdict.packs},
            verdict.facts,
        )

    @classmethod
    def kept(cls, kept: Kept, windows: Mapping[str, str | None]) -> Reached:
        """What a decision keeps of its verdict; *windows* are those of the trace beside the claim."""
        stands = {
            name: Stand(
                answer.state,
                iso(answer.until) if answer.until else None,
                answer.fee.value if answer.fee else None,
                answer.line,
            )
            for name, answer in kept.remedies.items()
        }
        return cls(stands, windows, {name: _text(said) for name, said in kept.packs.items()}, kept.facts)


def _stand_in(verdict: Verdict, name: str) -> Stand:
    remedy = verdict.remedy(name)
    if remedy.best is None:
        return Stand(remedy.state)
    fee = remedy.best.fee.amount if remedy.best.fee else None
    until = iso(remedy.best.until) if remedy.best.until else None
    return Stand(remedy.state, until, fee, remedy.best.line)


def _text(said: str) -> Text:
    """A pack's text as a decision names it: ``2026-11-21 sha256:84f9f2d0a1b2``."""
    version, _sign, sha256 = said.rpartition("sha256:")
    return Text(version.strip(), sha256)


class Changed(NamedTuple):
    """Something that reads otherwise: its name, and what it was and is; None where it was not, or is no more."""

    name: str
    before: str | None
    after: str | None


class Move(NamedTuple):
    """A remedy that stands otherwise, and what of the rules behind it moved."""

    remedy: str
    before: Stand
    after: Stand
    windows: tuple[Changed, ...]
    """The periods that end on another day: those that its last day comes from, else all behind it."""
    lines: tuple[Changed, ...]
    """The lines that grant it or take it away, and the rows of goods that they read, which were ``written`` otherwise,
    are new, or are gone.
    """


class Difference(NamedTuple):
    """Where two answers to one claim part."""

    moves: tuple[Move, ...]
    packs: tuple[Changed, ...]
    """The packs whose texts are not the same, by version and hash."""
    facts: tuple[Changed, ...]
    """The facts that are not the same."""


def difference(before: Reached, after: Reached, old: Sequence[Pack], new: Sequence[Pack]) -> Difference:
    """What moves from one answer to the other; *old* and *new* are the packs of each, the same where the old texts are
    not at hand.
    """
    names = dict.fromkeys([*before.stands, *after.stands])
    moved = {
        name: (before.stands.get(name, CLOSED), after.stands.get(name, CLOSED))
        for name in names
        if before.stands.get(name, CLOSED) != after.stands.get(name, CLOSED)
    }
    category = after.facts.get("category", "")
    windows = tuple(_changed(before.windows, after.windows)) if before.windows else ()
    moves = (
        Move(
            name,
            *stands,
            _deciding(stands, _behind(name, windows, old, new)),
            tuple(_rewritten(name, category, old, new)),
        )
        for name, stands in moved.items()
    )
    return Difference(
        tuple(moves), tuple(_texts(before.packs, after.packs)), tuple(_changed(before.facts, after.facts))
    )


def _changed(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Iterator[Changed]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Changed(name, before.get(name), after.get(name))


def _texts(before: Mapping[str, Text], after: Mapping[str, Text]) -> Iterator[Changed]:
    """The packs that differ; a decision keeps the first figures of a hash only."""
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        short = min(len(text.sha256) for text in (one, other) if text)
        if one is None or other is None or one.sha256[:short] != other.sha256[:short]:
            yield Changed(name, one and _said(one), other and _said(other))


def _said(text: Text) -> str:
    return f"{text.version} {text.sha256[:12]}".strip()


def _behind(name: str, windows: Sequence[Changed], old: Sequence[Pack], new: Sequence[Pack]) -> tuple[Changed, ...]:
    """The windows that the remedy's lines depend on, or that these windows begin with."""
    named = {window for packs in (old, new) for line in _lines(name, packs).values() for window in line.windows}
    known = [window for pack in (*old, *new) if pack.has_law for window in pack.law.windows]
    while further := {one for window in known if window.name in named for one in window.names} - named:
        named |= further
    return tuple(one for one in windows if one.name.rpartition("/")[2] in named)


def _deciding(stands: tuple[Stand, Stand], windows: tuple[Changed, ...]) -> tuple[Changed, ...]:
    """Of the windows behind a remedy those that its last day comes from; all, where none does."""
    before, after = (stand.until for stand in stands)
    found = (one for one in windows if (before and one.before == before) or (after and one.after == after))
    return tuple(found) or windows


def _lines(name: str, packs: Sequence[Pack]) -> dict[str, Line]:
    """The lines that grant a remedy or take it away, and those that give what they build on."""
    every = [line for pack in packs if pack.has_law for line in pack.law.lines]
    found = {line.line: line for line in every if name in line.remedies or name in line.instead_of}
    rights = {line.given for line in found.values() if line.given}
    return found | {line.line: line for line in every if rights.intersection(line.grants)}


def _rewritten(name: str, category: str, old: Sequence[Pack], new: Sequence[Pack]) -> Iterator[Changed]:
    before, after = _lines(name, old), _lines(name, new)
    yield from _written(before, after)
    packs = {line.pack for line in (*before.values(), *after.values())}
    yield from _written(_rows(packs, category, old), _rows(packs, category, new))


def _written(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Changed]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Changed(name, "written" if name in before else None, "written" if name in after else None)


def _rows(of: set[str], category: str, packs: Sequence[Pack]) -> dict[str, object]:
    """The rows of the tables of goods that these packs read for the goods."""
    found = {pack.id: pack.law.goods.row(category) for pack in packs if pack.id in of and category}
    return {f"{name}/goods/{row.category}": row for name, row in found.items() if row}


def by_other_packs(affairs: Affairs, claim: Claim, old: Rules, new: Rules, on: Moment) -> Difference:
    """What of a claim's answer on a day moves when other packs come into force."""
    before, after = (remedies.verdict(affairs, claim.unit, rules, on, claim=claim) for rules in (old, new))
    return difference(Reached.by(before), Reached.by(after), old.packs, new.packs)


def decided_on(claim: Claim) -> Decision | None:
    """The last decision that keeps its verdict."""
    return next((decision for decision in reversed(claim.decisions) if decision.verdict), None)


def since_decided(affairs: Affairs, claim: Claim, rules: Rules, windows: Mapping[str, str | None]) -> Difference:
    """What of the verdict of the last decision would be otherwise by the rules and the records of now, on its day.

    *windows* are those of its trace; what was said only at the desk is taken to be so still.  Nothing moves where no
    decision keeps a verdict.
    """
    decision = decided_on(claim)
    if decision is None or decision.verdict is None:
        return Difference((), (), ())
    # What the decision led to is no ground of it, even where it was done the same day.
    bare = claim.model_copy(update={"replaced": None, "refunded": None})
    then = replace(affairs, claims=[bare if one.id == claim.id else one for one in affairs.claims])
    known = situation_of(then, claim.unit, rules, decision.on, claim=bare).stated
    said = _said_at_the_desk(decision.verdict.facts, frozenset(known))
    asked = decision.asked or ""
    after = remedies.verdict(then, claim.unit, rules, decision.on, claim=bare, said=said, asked=asked)
    return difference(Reached.kept(decision.verdict, windows), Reached.by(after), rules.packs, rules.packs)


def _said_at_the_desk(facts: Mapping[str, str], known: frozenset[str]) -> dict[str, Tree]:
    """The facts of a verdict that no record holds; what is made up of parts cannot be read back from its text."""
    every = vocabulary.facts()
    return {
        name: listed(name, value)
        for name, value in facts.items()
        if name not in known and name in every and every[name].type not in GROUPED
    }
