"""Bugs that could be written into the law engine, each as an exchange of one function."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from aftercare.plain.moments import days_between
from aftercare.policies import clock, combining, decide, grants, hearing, measures, outcomes, situation, weighing
from aftercare.policies.conditions import FactIs
from aftercare.policies.days import Calendar
from aftercare.policies.given import Stay
from aftercare.policies.goods import Goods, Row
from aftercare.policies.hearing import Hearing, View
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.situation import Situation
from aftercare.policies.windows import DatedLength, Window
from tests.policies.situations_made import with_law

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bug:
    """A bug: what is exchanged for what, as (owner, name, another function)."""

    name: str
    exchanges: Sequence[tuple[object, str, Any]]

    @contextlib.contextmanager
    def written_in(self) -> Iterator[None]:
        """The engine with the bug in it."""
        with contextlib.ExitStack() as stack:
            for owner, name, other in self.exchanges:
                stack.enter_context(patch.object(owner, name, other))
            yield


def _counts_the_first_day(start: date, length: Any, _counts: bool, calendar: Any) -> date:
    return _add(start, length, True, calendar)


_add, _run, _tested_day, _started, _days_in = clock.add, clock._run, clock.tested_day, clock.started, situation.days_in
_inside, _matches, _one_check, _all_of = hearing._inside, hearing._matches, weighing.one_check, weighing.all_of
_left = grants.left


def _last_day_is_late(end: clock.End, first: date, last: date) -> Any:
    return _inside(end, first + _A_DAY, last + _A_DAY)


def _rolls_first(window: Window, start: date, fact: str, length: Any, case: Situation, calendar: Any) -> Any:
    run = _run(replace(window, pauses=False), start, fact, length, case, calendar)
    if not window.pauses:
        return run
    end = run.day
    for _days, day in clock._paused(run.day, start, case):
        end = day
    return run._replace(day=end, earliest=end, latest=end)


def _pauses_at_any_time(end: date, _start: date, case: Situation) -> Iterator[tuple[int, date]]:
    for stay in case.stays:
        end += timedelta(days=_days_in(stay, case.today))
        yield 0, end


def _a_day_at_least(stay: Stay, until: date) -> int:
    return max(1, _days_in(stay, until))


def _renews_all(window: Window, start: clock.Start, case: Situation) -> clock.Start:
    return _started(replace(window, restarts=True), start, case)


def _tests_the_claim(window: Window, case: Situation, override: str) -> Any:
    found = _tested_day(window, case, override)
    return ("today", case.today, case.today, ()) if found and found[0] == "fault_on" else found


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


def _one_pack_for_all(outcomes: Sequence[outcomes.Outcome], case: Situation) -> Iterator[Any]:
    renamed: dict[str, Pack] = {}
    for one in outcomes:
        if one.pack.id not in renamed:
            renamed[one.pack.id] = with_law(replace(one.pack, id="one-for-all"), one.pack.law)
    return _left([replace(one, pack=renamed[one.pack.id]) for one in outcomes], case)


def _forgets_what_is_unsure(outcomes: Sequence[outcomes.Outcome], case: Situation) -> Iterator[Any]:
    return _left([one for one in outcomes if one.weighed.truth == "yes" or not one.line.instead_of], case)


def _of_today(one: Hearing, _law: Law) -> date:
    return one.case.today


def _oldest(window: Window, governing: date) -> DatedLength | None:
    return next((dated for dated in window.values if dated.since <= governing), None)


def _only_its_own_row(goods: Goods, category: str) -> Row | None:
    return goods.rows.get(category)


def _weekdays_are_worked(_calendar: Calendar, day: date) -> bool:
    return day.weekday() >= 5


def _only_orders_count(calendar: Calendar, day: date) -> bool:
    return calendar._named.get(day, False)


def _no_bar(view: View, blocks: Sequence[Any]) -> weighing.Weighed:
    if not any(isinstance(one, FactIs) and one.fact == "exclusions" for block in blocks for one in block.conditions):
        return weighing.none_of(view.block(block) for block in blocks)
    return weighing.YES


def _overflowing(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1) + timedelta(days=day.day - 1)


def _first_start(view: View, window: Window) -> Any:
    return view._start(replace(window, start="first"))


def _never_proof(weighed: weighing.Weighed, _line: Any, _view: View) -> weighing.Weighed:
    return weighed


BUGS: Sequence[Bug] = (
    # The seven of the first trial.
    Bug("the day of the question says which figures hold", [(Hearing, "governing", _of_today)]),
    Bug("goods have no row but their own", [(Goods, "row", _only_its_own_row)]),
    Bug("unknown is taken for no", [(hearing, "one_check", _unknown_is_no), (outcomes, "one_check", _unknown_is_no)]),
    Bug("a question hides a no", [(m, "all_of", _asks_before_it_refuses) for m in (hearing, outcomes, decide)]),
    Bug("the first pack wins", [(combining, "_rank", lambda _grant: 0)]),
    Bug("the oldest figure holds", [(Window, "value", _oldest)]),
    Bug("the last good day is a day too late", [(hearing, "_inside", _last_day_is_late)]),
    # Those that this engine invites.
    Bug("the first day is counted", [(clock, "add", _counts_the_first_day)]),
    Bug("only ordered holidays are days off", [(Calendar, "is_off", _only_orders_count)]),
    Bug("only weekends are days off", [(Calendar, "is_off", _weekdays_are_worked)]),
    Bug("a day off moves the end before the pauses do", [(clock, "_run", _rolls_first)]),
    Bug("repairs pause nothing", [(clock, "_paused", lambda _end, _start, _case: iter(()))]),
    Bug("repairs pause what is over", [(clock, "_paused", _pauses_at_any_time)]),
    Bug("a stay takes a day at least", [(m, "days_in", _a_day_at_least) for m in (clock, grants, decide, measures)]),
    Bug("a replacement begins every period anew", [(hearing, "started", _renews_all)]),
    Bug("a replacement begins no period anew", [(hearing, "started", lambda _window, start, _case: start)]),
    Bug("the day of the claim is tested", [(hearing, "tested_day", _tests_the_claim)]),
    Bug("a month that lacks the day ends in the next", [(clock, "add_months", _overflowing)]),
    Bug("one pack closes what another opens", [(decide, "left", _one_pack_for_all)]),
    Bug("what may be closed stands", [(decide, "left", _forgets_what_is_unsure)]),
    Bug("the fee counts the first day", [(grants, "days_between", lambda one, other: days_between(one, other) + 1)]),
    Bug("the fee counts days in repair", [(grants, "days_in", lambda _stay, _until: 0)]),
    Bug("over counts the figure itself", [(hearing, "_matches", _over_is_min)]),
    Bug("an exclusion is no bar", [(View, "none", _no_bar)]),
    Bug("the first of several days begins a window", [(View, "_latest", _first_start)]),
    Bug("nothing is for proof", [(outcomes, "_proven", _never_proof)]),
    Bug("a fee does not matter", [(combining, "_is_free", lambda _remedy: False)]),
)
