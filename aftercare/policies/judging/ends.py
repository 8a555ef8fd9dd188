"""When the windows of a pack end for one case: which length holds, from when, and what is not known of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from aftercare.plain.moments import days_after
from aftercare.plain.text import fold
from aftercare.policies import vocabulary
from aftercare.policies.judging.clock import End, Start, Terms, added, reckoned, started
from aftercare.policies.judging.days import Calendar, calendar
from aftercare.policies.judging.given import Given, Unknown
from aftercare.policies.judging.weighing import Check
from aftercare.policies.windows import Length, Window

if TYPE_CHECKING:
    from aftercare.policies.judging.hearing import View

_PENDING = {"installed_on": "installation", "delivered_on": "delivered"}
"""Events that a window may have to wait for, and the fact that says that they are still to come."""
_A_DAY = timedelta(days=1)


class Reckoning(NamedTuple):
    """The windows of one pack, reckoned for the case as that pack sees it."""

    view: View

    def end(self, window: Window) -> End:
        """The end of a window of this pack."""
        looked: list[Check] = []
        if window.when is not None:
            exists = self.view.block(window.when)
            if exists.truth != "yes":
                return End(absent="when") if exists.truth == "no" else End(missing=exists.missing)
            looked += exists.checks
        chosen, missing = self._chosen(window, looked)
        found = [self._end(one) for one in chosen]
        end = found[0] if len(found) == 1 else _between(found, missing)
        return end._replace(assumed=(*end.assumed, *(check for check in looked if check.origin == "assumed")))

    def _chosen(self, window: Window, looked: list[Check]) -> tuple[list[Window], tuple[str, ...]]:
        """What the window is for this case: one where that is known, else all that it may be, and what would tell.

        What was looked at for that is added to *looked*.
        """
        found: list[Window] = []
        missing: list[str] = []
        for variant in window.variants:
            holds = self.view.block(variant.when)
            looked += holds.checks
            if holds.truth != "no":
                found.append(replace(window, **variant.changes))
                missing += holds.missing
            if holds.truth == "yes":
                return found, tuple(missing)
        return [*found, window], tuple(missing)

    def _end(self, chosen: Window) -> End:
        if chosen.latest:
            return _latest_of([self.view.end(name) for name in chosen.latest])
        dated = self._dated(chosen)
        if isinstance(dated, End):
            start = self._start(chosen) if dated.missing else None
            return start if isinstance(start, End) and start.absent else dated  # what never began needs no figure
        if unsettled := self._unsettled(chosen):
            return End(missing=unsettled)
        since, length = dated
        return self._reckoned(chosen, length)._replace(value_since=since)

    def _dated(self, window: Window) -> tuple[date, Length] | End:
        """The length that holds, and since when it does."""
        governing = self.view.hearing.governing(self.view.pack.law)
        if isinstance(governing, str):
            return End(missing=(governing,))
        dated = window.value(governing)
        if dated is None or dated.length is None:
            return End(absent="in_force")
        length = self._length(dated.length)
        return length if isinstance(length, End) else (dated.since, length)

    def _reckoned(self, window: Window, length: Length) -> End:
        start = self._start(window)
        if isinstance(start, End):
            return start
        floor = self._floor(window)
        if isinstance(floor, End):
            return floor
        terms = Terms(length, floor, self._calendar(window))
        return reckoned(window, started(window, start, self.view.case), terms, self.view.case)

    def _unsettled(self, window: Window) -> tuple[str, ...]:
        """What must be known before its end is: repairs that it pauses for, replacements that begin it anew."""
        moving = [name for name, does in (("repairs", window.pauses), ("replacements", window.restarts)) if does]
        found = [self.view.case.get(name) for name in moving]
        return tuple(name for one in found if isinstance(one, Unknown) for name in one.asks)

    def _length(self, length: Length) -> Length | End:
        """The length itself, or from where its count stands: a column of the table of goods, or a fact."""
        if length.fact:
            return self._stated(length)
        if not length.column:
            return length
        law, category = self.view.pack.law, self.view.case.row_category
        if category is None:
            return End(missing=("category",))
        row = law.goods.row(category)
        if row is None:
            return End(missing=("category",)) if law.goods.below(category) else End(absent="goods")
        if length.column in row.unknown:
            return End(figure=True)
        figure = row.figures.get(length.column)
        return End(absent="goods") if figure is None else Length(length.unit, int(figure))

    def _stated(self, length: Length) -> Length | End:
        """The length that a fact says, where it has several the one for the value of another fact."""
        found = self.view.found(length.fact)
        if isinstance(found, Unknown):
            return End(missing=found.asks)
        figure = found.value
        if length.by and figure:
            key = self.view.found(length.by)
            if isinstance(key, Unknown):
                return End(missing=key.asks)
            wanted = fold(str(key.value or "")).casefold()
            figure = next((one for name, one in figure.items() if fold(name).casefold() == wanted), None)
        return End(absent="event") if not figure else Length(length.unit, int(figure))

    def _start(self, window: Window) -> Start | End:
        if window.start in {"end", "day_after"}:
            return self._after_window(window)
        if window.start != "first":
            return self._last_or_first(window)
        for name in window.names:
            found = self._began(name)
            if found is not None:
                return found
        return End(absent="event")

    def _began(self, name: str, *, last: bool = True) -> Start | End | None:
        """When a fact or another window began; None where there is no such event, and none to wait for.

        Of several days it is the *last*, or else the first.
        """
        if name not in vocabulary.facts():
            begun = self._from_end(name)
            return None if isinstance(begun, End) and begun.absent else begun
        case = self.view.case
        found = case.get(name)
        if isinstance(found, Given):
            if found.value is not None and found.value != ():
                first = min(found.value) if isinstance(found.value, tuple) and not last else None
                day = first or case.day(name) or case.today
                return Start(name, day, day)
            return End(running=True) if self._is_pending(name) else None
        bounds = case.bounds(name)
        return Start(name, *bounds, missing=(name,)) if bounds else End(missing=found.asks)

    def _is_pending(self, name: str) -> bool:
        """Whether the event is still to come: it was agreed, and has not happened."""
        sign = self.view.case.stated.get(_PENDING.get(name, ""))
        if sign is None:
            return False
        return sign.value is False if name == "delivered_on" else bool(sign.value)

    def _last_or_first(self, window: Window) -> Start | End:
        is_last = window.start == "latest"
        starts: list[Start] = []
        for name in window.names:
            found = self._began(name, last=is_last)
            if isinstance(found, End):
                if found.running and not is_last:
                    continue  # what has not happened yet is not the earliest
                return found
            if found is not None:
                starts.append(found)
        if not starts:
            return End(absent="event")
        pick = max if is_last else min
        chosen = pick(starts, key=lambda start: start.last)
        missing = tuple(name for start in starts for name in start.missing)
        return Start(
            chosen.fact,
            pick(start.first for start in starts),
            pick(start.last for start in starts),
            missing,
        )

    def _after_window(self, window: Window) -> Start | End:
        found = self._from_end(window.names[0])
        if isinstance(found, End) or window.start == "end":
            return found
        return found._replace(first=days_after(found.first, 1), last=days_after(found.last, 1))

    def _from_end(self, name: str) -> Start | End:
        """A start at the end of another window, or what that has instead of an end."""
        other = self.view.end(name)
        if other.earliest is None or other.latest is None:
            return other
        return Start(name, other.day or other.earliest, other.day or other.latest, other.missing)

    def _floor(self, window: Window) -> date | End | None:
        """The day before which the window does not end, where the event it is counted from happened."""
        if window.floor is None:
            return None
        begun = next((one for one in map(self._began, window.floor.names) if one is not None), None)
        if begun is None:
            return None
        if isinstance(begun, End):
            return None if begun.running else begun
        day, __, __ = added(begun.last, window.floor.length, False, self._calendar(window))
        return day

    def _calendar(self, window: Window) -> Calendar | None:
        name = window.calendar or self.view.pack.law.counting.calendar
        return calendar(name) if name else None


def _between(ends: Sequence[End], missing: tuple[str, ...]) -> End:
    """The end of a window of which nobody knows which of several it is; where they end alike it makes no difference."""
    if all(end.outcome == ends[0].outcome for end in ends):
        return ends[0]
    missing = tuple(dict.fromkeys((*missing, *(name for end in ends for name in end.missing))))
    days = [(end.earliest, end.latest) for end in ends if end.earliest and end.latest]
    if len(days) < len(ends):
        return End(missing=missing)
    return End(missing=missing, earliest=min(first for first, __ in days), latest=max(last for __, last in days))


def _latest_of(ends: Sequence[End]) -> End:
    """The last of several ends, of those that exist."""
    there = [end for end in ends if not end.absent]
    if not there:
        return End(absent="event")
    running = next((end for end in there if end.running), None)
    if running is not None:
        return running
    missing = tuple(dict.fromkeys(name for end in there for name in end.missing))
    bounded = [end for end in there if end.earliest and end.latest]
    if not bounded:
        return End(missing=missing, figure=any(end.figure for end in there))
    known = all(end.day for end in there)
    last = max(bounded, key=lambda end: end.day or end.latest or date.min)
    return last._replace(
        day=last.day if known else None,
        earliest=max(end.earliest for end in bounded if end.earliest),
        # One of which nothing is known may end whenever it will, but the others end no sooner for it.
        latest=max(end.latest for end in bounded if end.latest) if len(bounded) == len(there) else date.max,
        missing=missing,
        figure=any(end.figure for end in there),
        steps=last.steps if known else (),
        assumed=tuple(check for end in there for check in end.assumed),
    )
