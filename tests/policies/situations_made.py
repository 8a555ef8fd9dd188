"""Situations with dates near edges, for the law of each place: strategies for properties of the law engine.

Random days find almost nothing.  Sales lie around month ends, 29 February, holidays and the days from which a rule
holds; what happens after lies around the last good days that the packs themselves reckon.  Of the many facts that the
packs of a place go by, a situation says those that are asked for and a few of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import Situation, situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.pack import Pack
from tests.policies.made_laws import PLACES, conditions, laws, named, windows

# Month ends, 29 February, days from which a rule or a figure holds, and days whose periods end in long holidays.
_NEAR = [
    "2011-03-01", "2014-03-15", "2021-01-01", "2024-07-01", "2024-02-29", "2025-01-31", "2024-08-31", "2024-12-31",
    "2024-01-31", "2023-09-30", "2024-09-24", "2025-09-24", "2024-09-17", "2025-01-13", "2024-10-01", "2025-02-28",
    "2022-01-01", "2024-12-13", "2025-04-17", "2025-12-24", "2026-07-31", "2024-06-29",
]  # fmt: skip
_GOODS = [
    "refrigerator", "air_conditioner", "color_tv_crt", "lcd_tv", "oled_tv", "watch_clock", "gas_water_heater", "tv",
    "electric_kettle", "clothing", "software", "mobile_phone",
]  # fmt: skip
_PARTS = ["other", "压缩机", "compressor", "压缩机启动器", "显示屏", "显像管"]
_REGIONS = ["none", "Zhejiang", "Shanghai", "Beijing", "Shandong", "England", "Scotland", "Quebec"]
QUESTIONS = tuple(name for name, fact in vocabulary.facts().items() if fact.absent == vocabulary.ASK)
"""The facts that are asked for where nobody said them."""
_BY_HAND = {*QUESTIONS, "installed_on", "installation", "repairs", "replacements", "delay_notices", "delivered"}
_BEFORE = frozenset({"ordered_on", "made_on"})
_LATER = frozenset({"promised_by", "extra_period_set", "delivery_promised_by"})
"""Days that may lie in the future: what was set, and not what happened."""


@dataclass(frozen=True)
class Made:
    """A case as a clerk would state it: facts as text, the day of the question, and the place whose law holds."""

    facts: dict[str, Tree]
    on: date
    place: str = "made"

    def but(self, on: date | None = None, /, **facts: Tree) -> Made:
        """The case with other facts; None takes one away."""
        said = {**self.facts, **facts}
        return Made({name: value for name, value in said.items() if value is not None}, on or self.on, self.place)

    def without(self, *names: str) -> Made:
        """The case where nobody said these."""
        return Made({name: value for name, value in self.facts.items() if name not in names}, self.on, self.place)

    @property
    def situation(self) -> Situation:
        """The case as the engine takes it."""
        return situation(self.facts, self.on, PLACES[self.place])

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The law that it is judged by."""
        return laws(self.place)

    def day(self, name: str) -> date | None:
        """The day of a fact."""
        said = self.facts.get(name)
        return date.fromisoformat(said) if isinstance(said, str) and said != "none" else None


def judged(made: Made, packs: Sequence[Pack] | None = None) -> Verdict:
    """The verdict on a made case."""
    return decide(made.packs if packs is None else packs, made.situation)


def around(days: Sequence[date], before: int = 1, after: int = 2) -> st.SearchStrategy[date]:
    """A day, or one next to it."""
    return st.builds(
        lambda day, off: day + timedelta(days=off), st.sampled_from(sorted(set(days))), st.integers(-before, after)
    )


@cache
def _edges(place: str) -> tuple[date, ...]:
    """The days on which another law or figure begins to hold."""
    days = {pack.since for pack in laws(place)} | {pack.until for pack in laws(place)}
    days |= {dated.since for window in windows(place) for dated in window.values}
    found = {day for day in days if day is not None and day.year >= 2010}
    return tuple(sorted(found | {date.fromisoformat(day) for day in _NEAR}))


def _sold(place: str) -> st.SearchStrategy[date]:
    edges = around(_edges(place))
    return st.one_of(edges, edges, st.dates(date(2023, 1, 1), date(2026, 7, 1)))


def _ends(made: Made, after: date) -> list[date]:
    """The last good days of all windows that such a case has."""
    found = [day_of(end) for end in judged(made).windows.values() if end is not None]
    return [day for day in found if day >= after] or [after]


def _yes() -> st.SearchStrategy[str]:
    return st.sampled_from(["yes", "no"])


@cache
def _goods(place: str) -> tuple[str, ...]:
    """The goods that the packs of a place know, and some more."""
    rows = {category for pack in laws(place) for category in pack.law.goods.rows}
    asked = {value for one in conditions(place) if one.fact in {"category", "said_category"} for value in one.values}
    return (*_GOODS, *sorted(rows | asked))


@cache
def _texts(place: str, fact: str) -> tuple[str, ...]:
    """The words that the packs of a place look for in a fact."""
    return (*sorted({value for one in conditions(place) if one.fact == fact for value in one.values}), "other")


@cache
def _parts(place: str) -> tuple[str, ...]:
    mains = {part.zh for pack in laws(place) for row in pack.law.goods.rows.values() for part in row.main_parts[:1]}
    return (*_PARTS, *sorted(mains))


@cache
def _metres(place: str) -> tuple[str, ...]:
    """Figures on and past the meters."""
    figures = {int(window.meter[1]) for window in windows(place) if window.meter}
    return tuple(str(figure + more) for figure in sorted({0, *figures}) for more in (0, 1))


@st.composite
def _circumstances(draw: st.DrawFn, place: str) -> dict[str, Tree]:
    """What is asked for where nobody said it, but for the days."""
    facts: dict[str, Tree] = {name: draw(_yes()) for name in QUESTIONS if vocabulary.fact(name).type == "yesno"}
    facts["category"] = draw(st.sampled_from(_goods(place)))
    facts["component"] = draw(st.sampled_from(_parts(place)))
    facts["channel"] = draw(st.sampled_from(["shop", "online", "online", "home"]))
    facts["price"] = draw(st.sampled_from(["1", "4999.99", "3000"]))
    facts["region"] = draw(st.sampled_from(_REGIONS)) if place != "made" else "none"
    facts["odometer_km"] = draw(st.sampled_from(_metres(place)))
    return facts


@cache
def _further(place: str) -> tuple[str, ...]:
    """The facts of a place of which a situation says a few."""
    known = [vocabulary.fact(name) for name in named(place) if name in vocabulary.facts()]
    stated = {name for fact in known for name in (fact.asks if fact.measured else (fact.name,))}
    return tuple(sorted(stated - _BY_HAND))


def _value(place: str, name: str, days: st.SearchStrategy[date]) -> st.SearchStrategy[Any]:
    """A value of a fact that a situation may say."""
    fact = vocabulary.fact(name)
    match fact.type:
        case "list":
            return st.lists(st.sampled_from(fact.choices or ("vip",)), min_size=1, max_size=1)
        case "group":
            return st.fixed_dictionaries(
                {}, optional={part: _scalar(place, f"{name}.{part}", of, days) for part, of in fact.parts.items()}
            ).filter(bool)
        case "choice":
            return st.sampled_from(fact.choices)
        case "days":
            return st.lists(days.map(date.isoformat), min_size=1, max_size=2)
    return _scalar(place, name, fact.type, days)


def _scalar(place: str, name: str, of: str | Sequence[str], days: st.SearchStrategy[date]) -> st.SearchStrategy[Any]:
    match of:
        case "day":
            return days.map(date.isoformat)
        case "yesno":
            return _yes()
        case "number" | "money":
            return st.sampled_from(["0", "1", "2", "3", "12", "24", "40"])
        case "figures":
            return st.sampled_from([{"压缩机": "36"}, {"other": "18", "压缩机": "60"}])
        case "text":
            return st.sampled_from(_texts(place, name))
    return st.sampled_from(list(of))


@st.composite
def cases(draw: st.DrawFn, places: Sequence[str] = tuple(PLACES)) -> Made:
    """A whole case without contradiction: everything that may be asked for is said; no stay in repair is open."""
    place = draw(st.sampled_from(places))
    sold = draw(_sold(place))
    delivered = sold + timedelta(days=draw(st.sampled_from([0, 0, 1, 6])))
    facts = draw(_circumstances(place)) | {"sold_on": sold.isoformat(), "delivered_on": delivered.isoformat()}
    ready = delivered
    if draw(st.booleans()):
        ready += timedelta(days=draw(st.sampled_from([0, 2, 9])))
        facts["installed_on"] = ready.isoformat()
    elif draw(st.integers(0, 5)) == 0:
        facts["installation"] = {"by": "shop", "in_contract": "yes"}
    facts |= draw(_history(sold, ready))
    first = Made(facts, ready, place).but(fault_on=ready.isoformat())
    fault = max(ready, draw(around(_ends(first, ready))))
    first = first.but(fault_on=fault.isoformat())
    facts |= draw(_acts(first, sold, delivered))
    facts["fault_on"] = "none" if draw(st.integers(0, 11)) == 0 else fault.isoformat()
    last = max(fault, ready, _last(facts))
    return Made(facts, max(last, draw(around(_ends(Made(facts, last, place), last)))), place)


@st.composite
def muddles(draw: st.DrawFn) -> Made:
    """A case in which days contradict each other, a stay in the workshop is open, and facts are unsaid."""
    made = draw(cases())
    days = around([made.on, date(2024, 2, 29), made.day("delivered_on") or made.on], 40, 40).map(date.isoformat)
    for name in draw(st.lists(st.sampled_from([*_further(made.place), *QUESTIONS]), max_size=4, unique=True)):
        kind = vocabulary.fact(name).type
        made = made.but(**{name: draw(st.one_of(st.just("none"), days))}) if kind == "day" else made.without(name)
    if draw(st.booleans()):
        made = made.but(repairs=[{"in": f"{draw(days)}T18:00", "because": "no_parts"}])
    return made.but(date.fromisoformat(draw(days)))


def _last(facts: dict[str, Tree]) -> date:
    """The last day of what happened: nobody asks before it."""
    return max(map(date.fromisoformat, (day for name in facts if name not in _LATER for day in _days(facts[name]))))


def _days(value: Tree) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) == 10 and value[4] == value[7] == "-":
            yield value
        return
    for one in (value.values() if isinstance(value, dict) else value) or ():
        yield from _days(one)


@st.composite
def _history(draw: st.DrawFn, sold: date, ready: date) -> dict[str, Tree]:
    """Up to three stays in the workshop, one after the other, and perhaps a replacement."""
    stays: list[Tree] = []
    day = ready
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        begun = day + timedelta(days=draw(st.sampled_from([0, 3, 7, 100, 366])))
        ended = begun + timedelta(days=draw(st.sampled_from([0, 1, 4, 30, 31, 90, 91])))
        stay: dict[str, Tree] = {"in": begun.isoformat(), "out": ended.isoformat()}
        said = {
            "because": ["no_parts_from_producer", "repairer_delay"],
            "result": ["fixed", "not_fixed", "not_done", "recurred"],
            "severity": ["serious", "safety"],
            "problem": ["noise", "leak"],
        }
        stay |= {name: draw(st.sampled_from(of)) for name, of in said.items() if draw(st.booleans())}
        stays.append(stay)
        day = ended
    found: dict[str, Tree] = {"repairs": stays}
    if draw(st.integers(0, 3)) == 0:
        on = max(sold, day) + timedelta(days=draw(st.sampled_from([0, 1, 30])))
        found["replacements"] = [{"on": on.isoformat()}]
    return found


@st.composite
def _acts(draw: st.DrawFn, made: Made, sold: date, delivered: date) -> dict[str, Tree]:
    """A few more facts, among them what the customer did: told of the defect, declared the return, sent it back."""
    days = around([delivered, delivered + timedelta(days=7), *_ends(made, delivered)])
    wanted = draw(st.lists(st.sampled_from(_further(made.place)), max_size=4, unique=True))
    found: dict[str, Tree] = {}
    for name in wanted:
        when = st.just(sold - timedelta(days=draw(st.sampled_from([0, 3])))) if name in _BEFORE else days
        found[name] = draw(_value(made.place, name, when.map(lambda day: max(day, sold))))
    if "returned_on" in found:
        found["withdrawn_on"] = min(str(found.get("withdrawn_on", found["returned_on"])), str(found["returned_on"]))
    if made.place == "us" and draw(st.booleans()):
        found["delay_notices"] = [*draw(st.lists(_notice(sold), min_size=1, max_size=2))]
    return found


def _notice(sold: date) -> st.SearchStrategy[dict[str, Tree]]:
    days = around([sold + timedelta(days=after) for after in (20, 30, 50, 60)]).map(date.isoformat)
    said = {"revised_date": days, "answer": st.sampled_from(["consent", "cancel"]), "answered_on": days}
    return st.fixed_dictionaries({"received": days, "offers_cancel": _yes()}, optional=said)
