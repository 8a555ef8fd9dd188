"""Hearing one case under one set of packs: facts are matched, windows are reckoned, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from aftercare.policies import categories, vocabulary
from aftercare.policies.clock import End, Start, reckoned, started, tested_day
from aftercare.policies.conditions import After, Block, Condition, FactIs, Within
from aftercare.policies.days import Calendar, calendar
from aftercare.policies.given import Given, Unknown, as_text
from aftercare.policies.goods import Row, is_main
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.situation import Situation
from aftercare.policies.verdict import Truth
from aftercare.policies.weighing import Check, Weighed, all_of, any_of, none_of, one_check
from aftercare.policies.windows import Length, Restatement, Window

_PENDING = {"installed_on": "installation", "delivered_on": "delivered"}
"""Events that a window may have to wait for, and the fact that says that they are still to come."""
_A_DAY = timedelta(days=1)
_TURNED: Mapping[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}


@dataclass
class Hearing:
    """A case and the packs it is judged by; ends are reckoned once for each window and reading."""

    packs: Sequence[Pack]
    case: Situation
    ends: dict[tuple[str, str, str], End] = field(default_factory=dict)
    weighed: dict[tuple[str, str, type[Condition], Condition], Weighed] = field(default_factory=dict)
    """What each condition came to, by the pack that makes it and the rule that restates its windows."""

    def view(self, pack: Pack, reading: Restatement | None = None) -> View:
        """The case as a pack sees it, its windows as they stand or as another rule reads them."""
        return View(self, pack, reading)

    def window(self, name: str, near: Pack) -> tuple[Pack, Window] | None:
        """The window of that name: the pack's own, else another's whose goods these are."""
        for pack in (near, *(other for other in self.packs if other is not near)):
            for window in pack.law.windows:
                if window.name == name and (pack is near or self.row(pack.law) is not None or not pack.law.goods):
                    return pack, window
        return None

    def row(self, law: Law) -> Row | None:
        """The row of the case's goods in a pack's table."""
        category = self.case.row_category
        return law.goods.row(category) if category else None

    def governing(self, law: Law) -> date | str:
        """The day that says which figures hold; the name of the fact to ask for where nobody knows it."""
        for name in law.governed_by:
            if (day := self.case.day(name)) is not None:
                return day
        return law.governed_by[0]


@dataclass
class View:
    """A case as one pack sees it."""

    hearing: Hearing
    pack: Pack
    reading: Restatement | None

    @property
    def case(self) -> Situation:
        """The facts."""
        return self.hearing.case

    def block(self, block: Block) -> Weighed:
        """An AND of conditions."""
        return all_of(self.condition(one) for one in block.conditions)

    def any(self, blocks: Sequence[Block]) -> Weighed:
        """An OR of blocks."""
        return any_of(self.block(block) for block in blocks)

    def none(self, blocks: Sequence[Block]) -> Weighed:
        """What must not be."""
        return none_of(self.block(block) for block in blocks)

    def condition(self, condition: Condition) -> Weighed:
        """One condition."""
        # A rule that restates windows changes no fact; Within and After of one window are alike but for their type.
        rule = "" if self.reading is None or isinstance(condition, FactIs) else f"{self.reading.pack}/{self.reading.id}"
        key = (self.pack.id, rule, type(condition), condition)
        if key not in self.hearing.weighed:
            self.hearing.weighed[key] = self._condition(condition)
        return self.hearing.weighed[key]

    def _condition(self, condition: Condition) -> Weighed:
        match condition:
            case FactIs():
                return self._fact_is(condition)
            case Within():
                return self._within(condition)
            case After():
                return self._after(condition)

    def _fact_is(self, wanted: FactIs) -> Weighed:
        found = self._component() if wanted.fact == "component_is_main" else self.case.get(wanted.fact)
        if isinstance(found, Unknown):
            return one_check(Check("fact", "unknown", wanted.fact, wanted=str(wanted), origin="unknown"), found.asks)
        truth: Truth = "yes" if _matches(wanted, found.value) else "no"
        return one_check(Check("fact", truth, wanted.fact, found.text, str(wanted), found.origin, found.place))

    def _component(self) -> Given | Unknown:
        """Whether the faulty part is one of the main parts of these goods."""
        found, row = self.case.get("component"), self.hearing.row(self.pack.law)
        if row is None or not row.main_parts:
            return Given(False, "measured")
        if isinstance(found, Unknown):
            return found
        is_one = is_main(row, str(found.value or ""))
        return Unknown(("component",)) if is_one is None else Given(is_one, "measured", found.place)

    def _within(self, wanted: Within) -> Weighed:
        window, end, day = self._measured(wanted)
        if window is None:
            return one_check(Check("within", "no", wanted=wanted.window, value="goods", origin="none"))
        if end.absent or day is None:
            value = end.absent or "event"
            return one_check(
                Check("within", "no", wanted=wanted.window, value=value, origin="none", title=window.title)
            )
        name, first, last, asks = day
        value = as_text(first) if first == last else ""
        missing = tuple(dict.fromkeys((*end.missing, *asks)))
        truth, provisional = _inside(end, first, last)
        if truth == "unknown" and not missing and not end.figure:
            truth, provisional = ("yes" if end.day and last <= end.day else "no"), True
        check = Check(
            "within", truth, name, value, wanted.window, "unknown" if asks else "stated", self._place(name),
            end.value_since, end.steps, end.day, late=truth == "no", title=window.title,
        )  # fmt: skip
        disputed = self._is_disputed(name, end) if truth == "yes" else "no"
        found = one_check(check, missing)
        return replace(
            found,
            missing=end.missing if disputed == "unknown" else found.missing,
            until=end.day,
            act=window.act,
            steps=end.steps,
            to_prove=disputed != "no",
            figure=end.figure and not missing,
            provisional=(window.name,) if provisional else (),
        )

    def _is_disputed(self, fact: str, end: End) -> Truth:
        """A fault said to lie inside a window that is over by now, on a day that is disputed, is for proof."""
        if fact != "fault_on" or self.case.value("fault_date_proven") is not False or end.running:
            return "no"
        if end.day:
            return "yes" if self.case.today > end.day else "no"
        inside, __ = _inside(end, self.case.today, self.case.today)
        return _TURNED[inside]

    def _after(self, wanted: After) -> Weighed:
        window, end, day = self._measured(wanted)
        if window is None or end.absent or day is None:
            title = window.title if window else None
            value = end.absent or "event"
            return one_check(Check("after", "no", wanted=wanted.window, value=value, origin="none", title=title))
        name, first, last, asks = day
        truth, __ = _inside(end, first, last)
        value = as_text(first) if first == last else ""
        check = Check(
            "after", _TURNED[truth], name, value, wanted.window, "unknown" if asks else "measured", self._place(name),
            end.value_since, end.steps, end.day, early=truth == "yes", title=window.title,
        )  # fmt: skip
        return replace(one_check(check, (*end.missing, *asks)), figure=end.figure)

    def _measured(
        self, wanted: Within | After
    ) -> tuple[Window | None, End, tuple[str, date, date, tuple[str, ...]] | None]:
        found = self.hearing.window(wanted.window, self.pack)
        if found is None:
            return None, End(absent="goods"), None
        __, window = found
        return window, self.end(wanted.window), tested_day(window, self.case, wanted.tested)

    def _place(self, fact: str) -> Any:
        found = self.case.get(fact)
        return found.place if isinstance(found, Given) else None

    def end(self, name: str) -> End:
        """When a window ends, as the reading has it."""
        found = self.hearing.window(name, self.pack)
        if found is None:
            return End(absent="goods")
        pack, window = found
        restated = self.reading is not None and name in self.reading.windows
        key = (pack.id, name, f"{self.reading.pack}/{self.reading.id}" if restated and self.reading else "")
        if key not in self.hearing.ends:
            self.hearing.ends[key] = End(absent="event")  # a circle of windows ends nowhere
            view = self if pack is self.pack else View(self.hearing, pack, self.reading)
            read = self.reading.of(window) if restated and self.reading else window
            self.hearing.ends[key] = view.reckon(read)
        return self.hearing.ends[key]

    def reckon(self, window: Window) -> End:
        """The end of a window of this pack."""
        if window.when is not None:
            condition = self.block(window.when)
            if condition.truth == "no":
                return End(absent="when")
            if condition.truth == "unknown":
                return End(missing=condition.missing)
        governing = self.hearing.governing(self.pack.law)
        if isinstance(governing, str):
            return End(missing=(governing,))
        dated = window.value(governing)
        if dated is None or dated.length is None:
            return End(absent="in_force")
        if unsettled := self._unsettled(window):
            return End(missing=unsettled)
        length = self._length(dated.length)
        if isinstance(length, End):
            return length
        start = self._start(window)
        if isinstance(start, End):
            return start
        end = reckoned(window, started(window, start, self.case), length, self.case, self._calendar())
        return End(**{**_fields(end), "value_since": dated.since})

    def _unsettled(self, window: Window) -> tuple[str, ...]:
        """What must be known before its end is: repairs that it pauses for, replacements that begin it anew."""
        moving = [name for name, does in (("repairs", window.pauses), ("replacements", window.restarts)) if does]
        found = [self.case.get(name) for name in moving]
        return tuple(name for one in found if isinstance(one, Unknown) for name in one.asks)

    def _length(self, length: Length) -> Length | End:
        """The length itself, or from its column of the table of goods."""
        if not length.column:
            return length
        law, category = self.pack.law, self.case.row_category
        if category is None:
            return End(missing=("category",))
        row = law.goods.row(category)
        if row is None:
            return End(missing=("category",)) if law.goods.below(category) else End(absent="goods")
        if length.column in row.unknown:
            return End(figure=True)
        figure = row.figures.get(length.column)
        return End(absent="goods") if figure is None else Length(length.unit, int(figure))

    def _start(self, window: Window) -> Start | End:
        if window.start in {"end", "day_after"}:
            return self._after_window(window)
        if window.start == "latest":
            return self._latest(window)
        for name in window.names:
            found = self._began(name)
            if found is not None:
                return found
        return End(absent="event")

    def _began(self, name: str) -> Start | End | None:
        """When a fact or another window began; None where there is no such event, and none to wait for."""
        if name not in vocabulary.facts():
            begun = self._from_end(name)
            return None if isinstance(begun, End) and begun.absent else begun
        found = self.case.get(name)
        if isinstance(found, Given):
            if found.value is not None:
                day = self.case.day(name) or self.case.today
                return Start(name, day, day)
            return End(running=True) if self._is_pending(name) else None
        bounds = self.case.bounds(name)
        return Start(name, *bounds, missing=(name,)) if bounds else End(missing=found.asks)

    def _is_pending(self, name: str) -> bool:
        """Whether the event is still to come: it was agreed, and has not happened."""
        sign = self.case.stated.get(_PENDING.get(name, ""))
        if sign is None:
            return False
        return sign.value is False if name == "delivered_on" else bool(sign.value)

    def _latest(self, window: Window) -> Start | End:
        starts: list[Start] = []
        for name in window.names:
            found = self._began(name)
            if isinstance(found, End):
                return found
            if found is not None:
                starts.append(found)
        if not starts:
            return End(absent="event")
        last = max(starts, key=lambda start: start.last)
        missing = tuple(name for start in starts for name in start.missing)
        return Start(last.fact, max(start.first for start in starts), last.last, missing)

    def _after_window(self, window: Window) -> Start | End:
        found = self._from_end(window.names[0])
        if isinstance(found, End) or window.start == "end":
            return found
        return found._replace(first=found.first + _A_DAY, last=found.last + _A_DAY)

    def _from_end(self, name: str) -> Start | End:
        """A start at the end of another window, or what that has instead of an end."""
        other = self.end(name)
        if other.earliest is None or other.latest is None:
            return other
        return Start(name, other.day or other.earliest, other.day or other.latest, other.missing)

    def _calendar(self) -> Calendar | None:
        name = self.pack.law.counting.calendar
        return calendar(name) if name else None


def _fields(end: End) -> Mapping[str, Any]:
    return end._asdict()


def _inside(end: End, first: date, last: date) -> tuple[Truth, bool]:
    """Whether a day between two lies inside, and whether an unknown calendar leaves that open."""
    if end.running:
        return "yes", False
    if end.earliest is None or end.latest is None:
        return "unknown", False
    if last <= end.earliest:
        return "yes", False
    if first > end.latest:
        return "no", False
    return "unknown", False


def _matches(wanted: FactIs, value: Any) -> bool:
    if wanted.known is not None:
        return wanted.known == (value is not None and value != ())
    if value is None:
        return False
    if isinstance(value, tuple):
        return bool(set(wanted.values) & set(value))
    if wanted.fact == "category":
        return any(categories.tree().is_a(str(value), one) for one in wanted.values)
    if wanted.values:
        return as_text(value) in wanted.values
    number = Decimal(value)
    return not (
        (wanted.min is not None and number < wanted.min)
        or (wanted.max is not None and number > wanted.max)
        or (wanted.over is not None and number <= wanted.over)
    )
