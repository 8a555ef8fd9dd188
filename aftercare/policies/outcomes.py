"""What each line of each pack came to: the packs that are for the case, the readings of their windows, the grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from aftercare.policies.given import Given, as_text
from aftercare.policies.hearing import Hearing, View
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.verdict import Cite, Truth
from aftercare.policies.weighing import NO, YES, Check, Weighed, all_of, distance, one_check
from aftercare.policies.windows import Restatement

SELLER = "seller"
"""Who bears a remedy where no line says otherwise: whoever sells is liable (谁经销谁负责, 1995 art. 3)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one line came to, in one reading of its windows."""

    pack: Pack
    line: Line
    reading: Restatement | None
    weighed: Weighed
    view: View
    liable: str
    """Who bears it: as the line says, or the line that it builds on."""
    cite: tuple[Cite, ...]

    @property
    def holds(self) -> bool:
        """Whether it grants, or may grant."""
        return self.weighed.truth != "no"


class Frame(NamedTuple):
    """What holds for a whole pack: whether it is for this case at all, and in which readings its windows stand."""

    pack: Pack
    whole: Weighed
    readings: tuple[tuple[Restatement | None, Weighed], ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the pack is for other goods, other days or other people, so that its lines need no look."""
        return any(check.kind != "bar" for check in self.whole.reasons)


def _frame(hearing: Hearing, pack: Pack) -> Frame:
    view = hearing.view(pack)
    whole = [in_force(hearing, pack), _for_these_goods(hearing, pack)]
    if pack.law.applies is not None:
        whole.append(view.block(pack.law.applies))
    for bar in pack.law.bars:
        weighed = view.none([bar.block])
        barred = [tuple(replace(check, kind="bar") for check in some) for some in (weighed.checks, weighed.reasons)]
        whole.append(replace(weighed, checks=barred[0], reasons=barred[1]))
    readings: list[tuple[Restatement | None, Weighed]] = [(None, YES)]
    for other in hearing.packs:
        counts = in_force(hearing, other) if other.law.restates else NO
        if counts.truth != "no":
            readings += [(rule, counts) for rule in other.law.restates]
    return Frame(pack, all_of(whole), tuple(readings))


def weighed(hearing: Hearing) -> tuple[list[Frame], list[Outcome]]:
    """Every pack and every line: those that stand by themselves first, then those that build on what was granted."""
    frames = [_frame(hearing, pack) for pack in hearing.packs]
    first = [outcome for frame in frames for outcome in _outcomes(hearing, frame, given=None)]
    given = [one for one in first if any(name not in one.line.remedies for name in one.line.grants)]
    return frames, [*first, *(outcome for frame in frames for outcome in _outcomes(hearing, frame, given=given))]


def in_force(hearing: Hearing, pack: Pack) -> Weighed:
    """Whether the pack is in force on the day that governs it."""
    governing = hearing.governing(pack.law)
    if isinstance(governing, str):
        return one_check(Check("in_force", "unknown", governing, origin="unknown"), (governing,))
    holds = (pack.since is None or pack.since <= governing) and (pack.until is None or governing <= pack.until)
    wanted = f"{pack.since or ''}..{pack.until or ''}"
    fact = next((name for name in pack.law.governed_by if hearing.case.day(name) == governing), "")
    found = hearing.case.get(fact) if fact else None
    place = found.place if isinstance(found, Given) else None
    return one_check(Check("in_force", "yes" if holds else "no", fact, as_text(governing), wanted, "stated", place))


def _for_these_goods(hearing: Hearing, pack: Pack) -> Weighed:
    """A pack with a table of goods is for those goods only."""
    if not pack.law.goods:
        return YES
    found = hearing.case.get("category")
    if not isinstance(found, Given):
        return one_check(Check("goods", "unknown", "category", origin="unknown"), found.asks)
    category = str(found.value)
    if pack.law.goods.row(category) is not None:
        return one_check(Check("goods", "yes", "category", category, "", found.origin, found.place))
    truth: Truth = "unknown" if pack.law.goods.below(category) else "no"
    return one_check(Check("goods", truth, "category", category, "", found.origin, found.place), ("category",))


def _outcomes(hearing: Hearing, frame: Frame, given: Sequence[Outcome] | None) -> Iterator[Outcome]:
    """What the lines of a pack came to: those that stand by themselves, or those that build on what was *given*."""
    for line in frame.pack.law.lines:
        if bool(line.given) is not (given is not None):
            continue
        if frame.is_elsewhere:
            yield Outcome(frame.pack, line, None, frame.whole, hearing.view(frame.pack), line.liable or SELLER, ())
            continue
        for reading, counts in frame.readings:
            if given is not None:
                yield from _built_on(hearing, frame, line, given, reading)
            elif reading is None or set(reading.windows) & set(line.windows):
                yield _weighed(hearing, frame, line, reading, counts)


def _weighed(hearing: Hearing, frame: Frame, line: Line, reading: Restatement | None, counts: Weighed) -> Outcome:
    view = hearing.view(frame.pack, reading)
    parts = [view.condition(one) for one in line.conditions]
    # What holds for the pack as a whole is looked at once, not in every line.
    parts += [one for one in (frame.whole, counts) if one.truth != "yes"]
    if line.any:
        parts.append(view.any(line.any))
    if line.unless:
        parts.append(view.none(line.unless))
    return Outcome(
        frame.pack,
        line,
        reading,
        _proven(all_of(parts), line, view),
        view,
        line.liable or SELLER,
        _cited(hearing, line, reading),
    )


def _proven(weighed: Weighed, line: Line, view: View) -> Weighed:
    """What the customer must prove holds only if proven; what must be proven or not, nobody knows, is asked."""
    if line.proof != "consumer":
        return weighed
    if not line.proven_within:
        return replace(weighed, to_prove=True)
    presumed = all_of(view.condition(one) for one in line.proven_within)
    if presumed.truth == "yes":
        return replace(weighed, checks=(*weighed.checks, *presumed.checks))
    missing = (*weighed.missing, *presumed.missing) if presumed.truth == "unknown" else weighed.missing
    return replace(weighed, to_prove=True, missing=missing, checks=(*weighed.checks, *presumed.checks))


def _built_on(
    hearing: Hearing, frame: Frame, line: Line, given: Sequence[Outcome], reading: Restatement | None
) -> Iterator[Outcome]:
    """A line that is given on an entitlement, once for each line that grants it in the same reading."""
    meant = [one for one in given if line.given in one.line.grants]
    grounds = [one for one in meant if one.holds and one.reading == reading]
    if not grounds and reading is None and not any(one.holds for one in meant):
        yield _groundless(_weighed(hearing, frame, line, None, YES), meant)
    if not grounds:
        return
    own = _weighed(hearing, frame, line, reading, YES)
    for ground in grounds:
        yield replace(
            own,
            weighed=all_of([own.weighed, ground.weighed]),
            liable=line.liable or ground.liable,
            cite=tuple(dict.fromkeys((*ground.cite, *own.cite))),
        )


def _groundless(own: Outcome, refused: Sequence[Outcome]) -> Outcome:
    """A line whose entitlement nobody has: it fails as the line does that came nearest to granting that."""
    check = Check("given", "no", wanted=own.line.given, origin="measured")
    if not refused:
        return replace(own, weighed=all_of([own.weighed, one_check(check)]))
    nearest = min(refused, key=lambda one: distance(one.weighed.reasons))
    failed = Weighed("no", checks=(check,), reasons=nearest.weighed.reasons)
    return replace(own, weighed=all_of([own.weighed, failed]), cite=tuple(dict.fromkeys((*nearest.cite, *own.cite))))


def _cited(hearing: Hearing, line: Line, reading: Restatement | None) -> tuple[Cite, ...]:
    cite = list(citations(hearing.packs, line.pack, line.cite, line.sure))
    if reading is not None:
        cite += citations(hearing.packs, reading.pack, reading.cite)
    return tuple(dict.fromkeys(cite))


def citations(packs: Sequence[Pack], pack_id: str, cite: Sequence[tuple[str, str]], sure: str = "") -> Iterator[Cite]:
    """The citations of a line, with the titles of its sources and how well each was looked at."""
    pack = next(pack for pack in packs if pack.id == pack_id)
    for key, article in cite:
        source = pack.sources.get(key)
        title = source.title if source and source.title else pack.title
        yield Cite(pack.id, key, title, article, sure or (source.sure if source else ""))
