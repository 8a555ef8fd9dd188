"""Bugs about law: facts and conditions, lines and what they build on, money, and which pack is for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN
from typing import Any

from aftercare.plain.moments import days_between
from aftercare.policies.authoring import trials
from aftercare.policies.conditions import FactIs
from aftercare.policies.goods import Goods, Row
from aftercare.policies.judging import combining, decide, grants, hearing, measures, outcomes, weighing
from aftercare.policies.judging.given import Stay
from aftercare.policies.judging.hearing import Hearing, View
from aftercare.policies.judging.outcomes import Frame, Outcome
from aftercare.policies.judging.situation import Situation
from aftercare.policies.judging.verdict import Grant
from aftercare.policies.law import Law
from aftercare.policies.lines import Line, Rate
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Restatement
from tests.policies.made_laws import with_law
from tests.seeded.bugs import CN, EUROPE, LOCAL, MADE, SHOP, VEHICLES, Bug

_matches, _one_check, _all_of, _left = hearing._matches, weighing.one_check, weighing.all_of, grants.left
_proven, _built_on, _by_distance, _burden = outcomes._proven, outcomes._built_on, grants._by_distance, decide._burden
_rank, _one = combining._rank, combining._one
_packs_for, _none, _in_force, _frame = trials.packs_for, View.none, outcomes.in_force, outcomes._frame


def _unknown_is_no(check: weighing.Check, missing: tuple[str, ...] = ()) -> weighing.Weighed:
    return _one_check(replace(check, truth="no") if check.truth == "unknown" else check, missing)


def _asks_before_it_refuses(parts: Any) -> weighing.Weighed:
    found = list(parts)
    whole = _all_of(found)
    if any(one.truth == "unknown" for one in found):
        missing = tuple(name for one in found if one.truth == "unknown" for name in one.missing)
        return replace(whole, truth="unknown", missing=missing)
    return whole


def _over_is_min(wanted: FactIs, value: Any) -> bool:
    return _matches(wanted if wanted.over is None else wanted._replace(over=None, min=wanted.over), value)


def _min_is_over(wanted: FactIs, value: Any) -> bool:
    return _matches(wanted if wanted.min is None else wanted._replace(min=None, over=wanted.min), value)


def _only_its_own_row(goods: Goods, category: str) -> Row | None:
    return goods.rows.get(category)


def _no_bar(view: View, blocks: Sequence[Any]) -> weighing.Weighed:
    if not any(isinstance(one, FactIs) and one.fact == "exclusions" for block in blocks for one in block.conditions):
        return _none(view, blocks)
    return weighing.YES


# What is counted of repairs.


def _measured_as(name: str, other: measures.Measure) -> list[tuple[object, str, Any]]:
    return [(measures, "MEASURES", {**measures.MEASURES, name: other})]


def _how_many(what: Any) -> measures.Measure:
    return lambda case: measures._repairs(case, lambda: sum(map(what, case.done)))


def _is_grave(stay: Stay) -> bool:
    return stay.severity in {"serious", "safety"}


def _all_stays(case: Situation) -> Sequence[Stay]:
    return case.value("repairs") or ()


def _all_repairs(case: Situation) -> Sequence[Stay]:
    return tuple(stay for stay in case.stays if stay.out)


# Lines, and what they build on.


def _one_pack_for_all(found: Sequence[Outcome], case: Situation) -> Iterator[Any]:
    renamed: dict[str, Pack] = {}
    for one in found:
        if one.pack.id not in renamed:
            renamed[one.pack.id] = with_law(replace(one.pack, id="one-for-all"), one.pack.law)
    return _left([replace(one, pack=renamed[one.pack.id]) for one in found], case)


def _forgets_what_is_unsure(found: Sequence[Outcome], case: Situation) -> Iterator[Any]:
    return _left([one for one in found if one.weighed.truth == "yes" or not one.line.instead_of], case)


def _worst(grant: Grant) -> tuple[object, ...]:
    state, cost, *rest = _rank(grant)
    return (-state, -cost, *rest)


def _longest_of_all(name: str, given: Sequence[Grant], refused: Any) -> Any:
    found = _one(name, given, refused)
    if found.best is None:
        return found
    return replace(found, best=replace(found.best, until=max((one.until for one in given if one.until), default=None)))


def _never_proof(weighed: weighing.Weighed, _line: Line, _view: View) -> weighing.Weighed:
    return weighed


def _presumed_for_all(weighed: weighing.Weighed, line: Line, view: View) -> weighing.Weighed:
    return _proven(weighed, replace(line, presumed_when=None), view)


def _never_presumed(weighed: weighing.Weighed, line: Line, view: View) -> weighing.Weighed:
    return _proven(weighed, replace(line, proven_within=()), view)


def _unproven(one: Outcome) -> Outcome:
    return replace(one, on_proof=False, weighed=replace(one.weighed, to_prove=False))


def _forgets_proof(*given: Any) -> Iterator[Outcome]:
    hearing, frame, line, meant, reading = given
    return _built_on(hearing, frame, line, list(map(_unproven, meant)), reading)


def _forgets_the_ground(*given: Any) -> Iterator[Outcome]:
    hearing, frame, line, meant, reading = given
    holding = [replace(one, weighed=weighing.YES) if one.holds else one for one in meant]
    return _built_on(hearing, frame, line, holding, reading)


def _forgets_who_bears_it(*given: Any) -> Iterator[Outcome]:
    hearing, frame, line, meant, reading = given
    return _built_on(hearing, frame, line, [replace(one, liable=outcomes.SELLER) for one in meant], reading)


# Money.


def _without_most(rate: Rate, outcome: Outcome, case: Situation) -> Any:
    return _by_distance(rate._replace(most=None), outcome, case)


def _without_least(rate: Rate, outcome: Outcome, case: Situation) -> Any:
    return _by_distance(rate._replace(least=None), outcome, case)


# Which pack is for whom, and from when.


def _of_today(one: Hearing, _law: Law) -> date:
    return one.case.today


def _of_the_sale(one: Hearing, _law: Law) -> date | str:
    return one.case.day("sold_on") or "sold_on"


def _in_any_region(_hearing: Hearing, _pack: Pack) -> weighing.Weighed:
    return weighing.YES


def _in_force_for_ever(hearing: Hearing, pack: Pack) -> weighing.Weighed:
    return _in_force(hearing, replace(pack, until=None))


def _named_or_not(law: str, region: str, shipped: Sequence[Pack], own: Sequence[Pack] = ()) -> tuple[Pack, ...]:
    chosen = [replace(pack, chosen="place") if pack.chosen == "named" else pack for pack in shipped]
    return _packs_for(law, region, chosen, own)


def _restates_for_all(hearing: Hearing, pack: Pack) -> weighing.Weighed:
    return outcomes.in_force(hearing, pack)


def _restates_without_unless(view: View, blocks: Sequence[Any]) -> weighing.Weighed:
    rules = (rule for pack in view.hearing.packs for rule in pack.law.restates)
    return weighing.YES if any(blocks and blocks == rule.unless for rule in rules) else _none(view, blocks)


def _as_they_stand(hearing: Hearing, pack: Pack, _restating: Sequence[tuple[Restatement, Any]]) -> Frame:
    return _frame(hearing, pack, [])


def _evidence_of_all(hearing: Hearing, frames: Sequence[Frame]) -> Any:
    return _burden(hearing, [frame._replace(whole=weighing.YES) for frame in frames])


BUGS: Sequence[Bug] = (
    # Facts and conditions.
    Bug(
        "unknown is taken for no",
        [(one, "one_check", _unknown_is_no) for one in (hearing, outcomes)],
        CN,
        "an answer never flips",
    ),
    Bug(
        "a question hides a no",
        [(one, "all_of", _asks_before_it_refuses) for one in (hearing, outcomes, decide)],
        CN,
        "what is asked matters",
    ),
    Bug("over counts the figure itself", [(hearing, "_matches", _over_is_min)], CN),
    Bug("at least is more than", [(hearing, "_matches", _min_is_over)], CN),
    Bug("goods have no row but their own", [(Goods, "row", _only_its_own_row)], MADE),
    Bug("an exclusion is no bar", [(View, "none", _no_bar)], CN),
    # What is counted of repairs.
    Bug("every repair is one of safety", _measured_as("safety_repairs", _how_many(lambda _stay: True)), VEHICLES),
    Bug("a serious fault is one of safety", _measured_as("safety_repairs", _how_many(_is_grave)), VEHICLES),
    Bug(
        "every repair is of one problem",
        _measured_as("same_problem_repairs", _how_many(lambda _stay: True)),
        VEHICLES,
    ),
    Bug(
        "every repair of a problem is serious",
        _measured_as("same_serious_repairs", measures.MEASURES["same_problem_repairs"]),
        VEHICLES,
    ),
    Bug(
        "a fault that came back was repaired",
        _measured_as("failed_repairs", _how_many(lambda stay: stay.result == "not_fixed")),
        EUROPE,
    ),
    Bug("a repair that was not done is one", [(Situation, "done", property(_all_repairs))], EUROPE),
    Bug("repairs before a replacement count", [(Situation, "stays", property(_all_stays))], CN),
    # Lines, and what they build on.
    Bug("the first pack wins", [(combining, "_rank", lambda _grant: 0)], CN, "order does not matter"),
    Bug("the worst grant wins", [(combining, "_rank", _worst)], CN, "a promise never worsens"),
    # No case says until when a remedy is open; until when its windows run, they do say.
    Bug(
        "a remedy lasts as long as the longest", [(combining, "_one", _longest_of_all)], CN, "an answer is of one line"
    ),
    Bug("one pack closes what another opens", [(decide, "left", _one_pack_for_all)], MADE),
    Bug("what may be closed stands", [(decide, "left", _forgets_what_is_unsure)], MADE),
    Bug("nothing is for proof", [(outcomes, "_proven", _never_proof)], EUROPE),
    Bug("what is presumed for some is so for all", [(outcomes, "_proven", _presumed_for_all)], EUROPE),
    Bug("nothing is presumed", [(outcomes, "_proven", _never_presumed)], EUROPE),
    Bug("what builds on proof needs none", [(outcomes, "_built_on", _forgets_proof)], EUROPE),
    Bug("what builds on another has its own end", [(outcomes, "_built_on", _forgets_the_ground)], EUROPE),
    Bug("what builds on another is the seller's", [(outcomes, "_built_on", _forgets_who_bears_it)], SHOP),
    # Money.
    Bug("a fee does not matter", [(combining, "_is_free", lambda _remedy: False)], CN),
    Bug(
        "the fee counts the first day",
        [(grants, "days_between", lambda one, other: days_between(one, other) + 1)],
        CN,
    ),
    Bug("the fee counts days in repair", [(grants, "days_in", lambda _stay, _until, _how="": 0)], CN),
    Bug("half a cent is none", [(grants, "ROUND_HALF_UP", ROUND_DOWN)], CN),
    Bug("half a cent goes to the even one", [(grants, "ROUND_HALF_UP", ROUND_HALF_EVEN)], MADE),
    Bug("the rate of a car has no upper bound", [(grants, "_by_distance", _without_most)], VEHICLES),
    Bug("the rate of a car has no lower bound", [(grants, "_by_distance", _without_least)], VEHICLES),
    # Which pack is for whom, and from when.
    Bug("the day of the question says which figures hold", [(Hearing, "governing", _of_today)], CN),
    Bug("the day of the sale says which figures hold", [(Hearing, "governing", _of_the_sale)], CN),
    Bug("what was repealed is in force", [(outcomes, "in_force", _in_force_for_ever)], VEHICLES),
    Bug("a province's law holds everywhere", [(outcomes, "_in_this_region", _in_any_region)], LOCAL),
    Bug("what must be named is in force by place", [(trials, "packs_for", _named_or_not)], LOCAL),
    Bug("windows are restated for businesses", [(outcomes, "_restating", _restates_for_all)], MADE),
    Bug("windows are restated without exception", [(View, "none", _restates_without_unless)], MADE),
    Bug("no window is restated", [(outcomes, "_frame", _as_they_stand)], CN),
    Bug("rules on proof for other goods count", [(decide, "_burden", _evidence_of_all)], MADE),
)
