"""What each line of each pack came to: the packs that are for the case, the readings of their windows, the grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from aftercare.policies.judging.given import Given, as_text
from aftercare.policies.judging.hearing import Hearing, View
from aftercare.policies.judging.verdict import Cite, Truth
from aftercare.policies.judging.weighing import YES, Check, Weighed, all_of, distance, one_check
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.places import is_region
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
    on_proof: bool = False
    """Whether the line, or the one that it builds on, says who must prove the defect."""

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


def _frame(hearing: Hearing, pack: Pack, restating: Sequence[tuple[Restatement, Weighed]]) -> Frame:
    whole: list[Weighed] = []
    for look in (in_force, _in_this_region, _for_these_goods, _applies):
        whole.append(look(hearing, pack))
        if whole[-1].truth == "no":  # what is not for the case is not looked at any further
            return Frame(pack, whole[-1], ())
    view = hearing.view(pack)
    for bar in pack.law.bars:
        weighed = view.none([bar.block])
        barred = [tuple(replace(check, kind="bar") for check in some) for some in (weighed.checks, weighed.reasons)]
        whole.append(replace(weighed, checks=barred[0], reasons=barred[1]))
    return Frame(pack, all_of(whole), ((None, YES), *restating))


def _restating(hearing: Hearing, pack: Pack) -> Weighed:
    """Whether a pack that restates others' windows is for this case."""
    return all_of([in_force(hearing, pack), _in_this_region(hearing, pack), _applies(hearing, pack)])


def _applies(hearing: Hearing, pack: Pack) -> Weighed:
    return YES if pack.law.applies is None else hearing.view(pack).block(pack.law.applies)


def weighed(hearing: Hearing) -> tuple[list[Frame], list[Outcome]]:
    """Every pack that is for the case, and each of its lines: those that stand by themselves first, then those that
    build on what was granted.
    """
    counts = ((pack, _restating(hearing, pack)) for pack in hearing.packs if pack.law.restates)
    restating = [
        (rule, all_of([holds, hearing.view(pack).none(rule.unless)]))
        for pack, holds in counts
        if holds.truth != "no"
        for rule in pack.law.restates
    ]
    restating = [(rule, holds) for rule, holds in restating if holds.truth != "no"]
    frames = [_frame(hearing, pack, restating) for pack in hearing.packs]
    first = [outcome for frame in frames for outcome in _standing(hearing, frame)]
    given: dict[str, list[Outcome]] = {}
    for outcome in first:
        for name in outcome.line.grants:
            if name not in outcome.line.remedies:
                given.setdefault(name, []).append(outcome)
    return frames, [*first, *(outcome for frame in frames for outcome in _building(hearing, frame, given))]


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


def _in_this_region(hearing: Hearing, pack: Pack) -> Weighed:
    """A pack of a part of the country is for shops of that part."""
    if not pack.region:
        return YES
    found = hearing.case.get("region")
    if not isinstance(found, Given):
        return one_check(Check("in_force", "unknown", "region", wanted=pack.region, origin="unknown"), found.asks)
    truth: Truth = "yes" if is_region(pack.country, pack.region, str(found.value or "")) else "no"
    return one_check(Check("in_force", truth, "region", found.text, pack.region, found.origin, found.place))


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


def _standing(hearing: Hearing, frame: Frame) -> Iterator[Outcome]:
    """What the lines of a pack came to that stand by themselves."""
    for line in frame.pack.law.lines if not frame.is_elsewhere else ():
        if not line.given:
            windows = set(line.windows)
            for reading, counts in frame.readings:
                if reading is None or _reads_otherwise(hearing, frame.pack, reading, windows):
                    yield _weighed(hearing, frame, line, reading, counts)


def _reads_otherwise(hearing: Hearing, pack: Pack, reading: Restatement, windows: set[str]) -> bool:
    """Whether a rule that restates windows moves the end of one of these: else it adds nothing to the answer."""
    plain, restated = hearing.view(pack), hearing.view(pack, reading)
    named = windows.intersection(reading.windows)
    return any(plain.end(name).outcome != restated.end(name).outcome for name in named)


def _building(hearing: Hearing, frame: Frame, given: Mapping[str, Sequence[Outcome]]) -> Iterator[Outcome]:
    """What the lines of a pack came to that build on what was *given*."""
    for line in frame.pack.law.lines if not frame.is_elsewhere else ():
        if line.given:
            for reading, __ in frame.readings:
                yield from _built_on(hearing, frame, line, given.get(line.given, ()), reading)


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
        bool(line.proof),
    )


def _proven(weighed: Weighed, line: Line, view: View) -> Weighed:
    """What the customer must prove holds only if proven; what must be proven or not, nobody knows, is asked."""
    if line.proof != "consumer":
        return weighed
    if not line.proven_within:
        return replace(weighed, to_prove=True)
    presumed = all_of(view.condition(one) for one in line.proven_within)
    if line.presumed_when is not None:
        presumed = all_of([presumed, view.block(line.presumed_when)])
    if presumed.truth == "yes":
        return replace(weighed, checks=(*weighed.checks, *presumed.checks))
    missing = (*weighed.missing, *presumed.missing) if presumed.truth == "unknown" else weighed.missing
    return replace(weighed, to_prove=True, missing=missing, checks=(*weighed.checks, *presumed.checks))


def _built_on(
    hearing: Hearing, frame: Frame, line: Line, meant: Sequence[Outcome], reading: Restatement | None
) -> Iterator[Outcome]:
    """A line that is given on an entitlement, once for each line that grants it in the same reading."""
    grounds = [one for one in meant if one.holds and one.reading == reading]
    if not grounds and reading is None and not any(one.holds for one in meant):
        yield _groundless(_weighed(hearing, frame, line, None, YES), meant)
    if not grounds:
        return
    own = _weighed(hearing, frame, line, reading, YES)
    for ground in grounds:
        yield Outcome(
            own.pack,
            line,
            own.reading,
            all_of([own.weighed, ground.weighed]),
            own.view,
            line.liable or ground.liable,
            tuple(dict.fromkeys((*ground.cite, *own.cite))),
            own.on_proof or ground.on_proof,
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
    cite = citations(hearing, line.pack, line.cite, line.sure)
    if reading is None:
        return cite
    return tuple(dict.fromkeys((*cite, *citations(hearing, reading.pack, reading.cite))))


def citations(hearing: Hearing, pack_id: str, cite: tuple[tuple[str, str], ...], sure: str = "") -> tuple[Cite, ...]:
    """The citations of a line, with the titles of its sources and how well each was looked at."""
    key = (pack_id, cite, sure)
    if key not in hearing.cites:
        pack = next(pack for pack in hearing.packs if pack.id == pack_id)
        hearing.cites[key] = tuple(dict.fromkeys(_cite(pack, source, article, sure) for source, article in cite))
    return hearing.cites[key]


def _cite(pack: Pack, key: str, article: str, sure: str) -> Cite:
    source = pack.sources.get(key)
    title = source.title if source and source.title else pack.title
    return Cite(pack.id, key, title, article, sure or (source.sure if source else ""), pack.issuer)
