"""Hearing one case under one set of packs: facts are matched, windows are reckoned, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.policies import categories
from aftercare.policies.conditions import After, Block, Condition, FactIs, Within
from aftercare.policies.goods import Row
from aftercare.policies.judging.clock import End, tested_day
from aftercare.policies.judging.ends import Reckoning
from aftercare.policies.judging.given import Given, Unknown, as_text
from aftercare.policies.judging.measures import of_the_pack
from aftercare.policies.judging.situation import Situation
from aftercare.policies.judging.verdict import Cite, Truth
from aftercare.policies.judging.weighing import Check, Weighed, all_of, any_of, none_of, one_check
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Restatement, Window

_TURNED: Mapping[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}


@dataclass
class Hearing:
    """A case and the packs it is judged by; ends are reckoned once for each window and reading."""

    packs: Sequence[Pack]
    case: Situation
    ends: dict[tuple[str, str, str], End] = field(default_factory=dict)
    weighed: dict[tuple[str, str, type[Condition], Condition], Weighed] = field(default_factory=dict)
    """What each condition came to, by the pack that makes it and the rule that restates its windows."""
    cites: dict[tuple[str, tuple[tuple[str, str], ...], str], tuple[Cite, ...]] = field(default_factory=dict)
    """The citations of lines and rules, as they were last asked for."""
    windows: dict[str, list[tuple[Pack, Window]]] = field(default_factory=dict)
    """All windows by name, in the order of the packs."""

    def __post_init__(self) -> None:
        """The windows are looked up by every condition."""
        for pack in self.packs:
            for window in pack.law.windows:
                self.windows.setdefault(window.name, []).append((pack, window))

    def view(self, pack: Pack, reading: Restatement | None = None) -> View:
        """The case as a pack sees it, its windows as they stand or as another rule reads them."""
        return View(self, pack, reading)

    def window(self, name: str, near: Pack) -> tuple[Pack, Window] | None:
        """The window of that name: the pack's own, else another's whose goods these are."""
        named = self.windows.get(name, ())
        own = next((one for one in named if one[0] is near), None)
        if own is not None:
            return own
        return next((one for one in named if self.row(one[0].law) is not None or not one[0].law.goods), None)

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

    def found(self, fact: str) -> Given | Unknown:
        """What is known of a fact, as this pack reckons it; one without a table of goods goes by that of another."""
        law = self.pack.law
        if fact == "component_is_main" and not law.goods:
            law = next((pack.law for pack in self.hearing.packs if self.hearing.row(pack.law) is not None), law)
        own = of_the_pack(fact, self.case, law)
        return self.case.get(fact) if own is None else own

    def _fact_is(self, wanted: FactIs) -> Weighed:
        found = self.found(wanted.fact)
        if isinstance(found, Given):
            truth: Truth = "yes" if _matches(wanted, found.value) else "no"
            return one_check(Check("fact", truth, wanted.fact, found.text, str(wanted), found.origin, found.place))
        if found.between and len(sides := {_matches(wanted, one) for one in found.between}) == 1:
            value = "..".join(map(str, found.between))
            return one_check(
                Check("fact", "yes" if sides == {True} else "no", wanted.fact, value, str(wanted), "measured")
            )
        return one_check(Check("fact", "unknown", wanted.fact, wanted=str(wanted), origin="unknown"), found.asks)

    def _within(self, wanted: Within) -> Weighed:
        window, end, day = self._measured(wanted)
        in_time = self._in_time(wanted, window, end, day)
        if window is None or window.meter is None or end.absent or in_time.truth == "no":
            return in_time
        return all_of([in_time, self._metered(window)])

    def _metered(self, window: Window) -> Weighed:
        """Whether the meter has not run past the window's figure; past it the window is over, as past a day."""
        fact, most = window.meter or ("", Decimal(0))
        found = self.condition(FactIs(fact, max=most))
        checks = tuple(replace(check, late=check.truth == "no", title=window.title) for check in found.checks)
        return replace(found, checks=checks, reasons=checks if found.truth == "no" else ())

    def _in_time(
        self, wanted: Within, window: Window | None, end: End, day: tuple[str, date, date, tuple[str, ...]] | None
    ) -> Weighed:
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
            checks=(check, *end.assumed),
            missing=end.missing if disputed == "unknown" else found.missing,
            until=end.day,
            act=window.act,
            steps=end.steps,
            to_prove=disputed != "no",
            figure=end.figure and not missing,
            provisional=(window.name,) if provisional else (),
            settled=not asks and name != "today",
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
        past = replace(one_check(check, (*end.missing, *asks)), figure=end.figure)
        if window.meter is None or past.truth == "yes":
            return past
        return any_of([past, self.condition(FactIs(window.meter[0], over=window.meter[1]))])

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
            self.hearing.ends[key] = Reckoning(view).end(read)
        return self.hearing.ends[key]


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
