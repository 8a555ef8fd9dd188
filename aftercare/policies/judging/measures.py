"""Measures: facts that are reckoned from others.  They are all the Python that a pack leans on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aftercare.plain.moments import day_of, in_order
from aftercare.plain.text import fold
from aftercare.policies import categories, vocabulary
from aftercare.policies.goods import in_catalogue, is_main
from aftercare.policies.judging import clocks
from aftercare.policies.judging.given import Given, Stay, Unknown
from aftercare.policies.judging.situation import UNDONE, Situation, days_in
from aftercare.policies.places import region_of

if TYPE_CHECKING:
    from aftercare.policies.law import Law

DISTANCE = frozenset({"online", "phone", "tv", "mail"})
"""Ways of selling in which the buyer does not see the goods (CPL art. 25)."""
Measure = Callable[[Situation], Given | Unknown]


def _today(case: Situation) -> Given | Unknown:
    return Given(case.today, "measured")


def _fault(case: Situation) -> Given | Unknown:
    """There is a fault unless it is said that there is none: whoever asks about remedies has one."""
    found = case.get("fault_on")
    nothing = isinstance(found, Given) and found.value is None
    return Given(not nothing, "measured", found.place if isinstance(found, Given) else None)


def _distance_sale(case: Situation) -> Given | Unknown:
    found = case.get("channel")
    return found if isinstance(found, Unknown) else Given(found.value in DISTANCE, "measured", found.place)


def _said_region(case: Situation) -> Given | Unknown:
    """The region by the name that packs know it by; none where nobody named one, so that it is never asked for."""
    said = case.value("region")
    return Given(region_of(case.country, str(said)) if said else None, "measured")


def _said_category(case: Situation) -> Given | Unknown:
    """The kinds of goods that these are, the narrowest first; none where nobody said, so that it is never asked for."""
    said = case.row_category
    return Given(tuple(categories.tree().parents(said)) if said else None, "measured")


def _in_catalogue(case: Situation) -> Given | Unknown:
    found = case.get("category")
    if isinstance(found, Unknown):
        return found
    listed = in_catalogue(case.country, str(found.value))
    return Unknown(("category",)) if listed is None else Given(listed, "measured", found.place)


def _repairs(case: Situation, value: Callable[[], object]) -> Given | Unknown:
    found = case.get("repairs")
    return found if isinstance(found, Unknown) else Given(value(), "measured", found.place)


def _repairs_done(case: Situation) -> Given | Unknown:
    """Repairs of the unit as it is now that were carried out; whether they helped is another question."""
    return _repairs(case, lambda: len(case.done))


def _first_repair(case: Situation) -> Given | Unknown:
    """The day the first repair began that was carried out, of the unit that was sold or of one that replaced it."""
    found = case.get("repairs")
    if isinstance(found, Unknown):
        return found
    done = (stay for stay in found.value or () if stay.out and stay.result not in UNDONE)
    return Given(next((stay.in_ for stay in done), None), "measured", found.place)


def _failed_repairs(case: Situation) -> Given | Unknown:
    """Repairs that did not help, or after which the fault came back."""
    return _repairs(case, lambda: sum(stay.result in {"not_fixed", "recurred"} for stay in case.done))


def _safety_repairs(case: Situation) -> Given | Unknown:
    """Repairs of a fault that endangers people, of whichever kind (car rules of 2021, art. 24(1)(1))."""
    return _repairs(case, lambda: sum(stay.severity == "safety" for stay in case.done))


def _same_problem_repairs(case: Situation) -> Given | Unknown:
    return _of_one_problem(case, case.done)


def _same_serious_repairs(case: Situation) -> Given | Unknown:
    return _of_one_problem(case, [stay for stay in case.done if stay.severity in {"serious", "safety"}])


def _of_one_problem(case: Situation, stays: Sequence[Stay]) -> Given | Unknown:
    """The repairs of the problem that was repaired most often.

    Repairs whose problem has no name are of one problem where it is said that the fault is that repaired before.
    """
    found = case.get("repairs")
    if isinstance(found, Unknown):
        return found
    named = Counter(fold(stay.problem).casefold() for stay in stays if stay.problem)
    most, unnamed = max(named.values(), default=0), sum(not stay.problem for stay in stays)
    same = case.get("same_defect")
    if isinstance(same, Unknown) and unnamed + (most > 0) > 1:
        return Unknown(same.asks, (max(most, min(unnamed, 1)), most + unnamed))
    is_same = isinstance(same, Given) and same.value is True
    return Given(most + unnamed if is_same else max(most, min(unnamed, 1)), "measured", found.place)


def _of_last_stay(case: Situation, value: Callable[[Stay], object]) -> Given | Unknown:
    return _repairs(case, lambda: value(case.stays[-1]) if case.stays else None)


def _stay_end(case: Situation) -> Given | Unknown:
    return _of_last_stay(case, lambda stay: stay.out or case.today)


def _stay_fixed(case: Situation) -> Given | Unknown:
    """The last repair ended, and nothing says that it failed; a fault that came back later is another one."""
    failed = {"not_done", "not_fixed", "pending"}
    return _of_last_stay(case, lambda stay: bool(stay.out) and stay.result not in failed)


def _repair_not_done(case: Situation) -> Given | Unknown:
    """The last stay ended without a repair."""
    return _repairs(case, lambda: bool(case.stays) and case.stays[-1].result == "not_done")


def _replaced_instead(case: Situation) -> Given | Unknown:
    """The last replacement was made in the place of a repair: the last stay before it ended without one."""
    found, replaced = case.get("repairs"), case.replaced_on
    if isinstance(found, Unknown):
        return found
    before = [stay for stay in found.value or () if replaced and day_of(stay.in_) <= replaced]
    return Given(bool(before) and before[-1].result == "not_done", "measured", found.place)


def _replaced_on(case: Situation) -> Given | Unknown:
    found = case.get("replacements")
    return found if isinstance(found, Unknown) else Given(case.replaced_on, "measured", found.place)


def _of_events(name: str, value: Callable[[Sequence[Mapping[str, Any]]], object]) -> Measure:
    """What is reckoned from the events of one fact, as they are told."""

    def measure(case: Situation) -> Given | Unknown:
        found = case.get(name)
        return found if isinstance(found, Unknown) else Given(value(found.value or ()), "measured", found.place)

    return measure


def _of_last(name: str, part: str, by: str) -> Measure:
    """A part of the last event of a fact, in the order of the days *by*."""

    def last(events: Sequence[Mapping[str, Any]]) -> object:
        dated = [event for event in events if by in event]
        return max(dated, key=lambda event: in_order(event[by])).get(part) if dated else None

    return _of_events(name, last)


def _shipped(case: Situation) -> Given | Unknown:
    """It has left, or it has arrived; where nobody says that it has not arrived, nobody knows."""
    if case.day("shipped_on") is not None or case.day("delivered_on") is not None:
        return Given(True, "measured")
    arrived = case.get("delivered_on")
    return arrived if isinstance(arrived, Unknown) else Given(False, "measured", arrived.place)


def _undelivered(case: Situation) -> Given | Unknown:
    """It is said that the goods were not handed over; that nothing is said of it is not enough."""
    said = case.stated.get("delivered")
    return Given(said is not None and said.value is False, "measured", said.place if said else None)


def _elsewhere(name: str) -> Measure:
    """Stands for the vocabulary only: it depends on the pack that asks, and is reckoned there."""
    return lambda _case: Unknown(vocabulary.fact(name).asks)


def of_the_pack(name: str, case: Situation, law: Law) -> Given | Unknown | None:
    """A measure that depends on the pack that asks for it; None for any other fact."""
    match name:
        case "component_is_main":
            return _component_is_main(case, law)
        case "catalogue_here":
            category = case.get("category")
            if isinstance(category, Unknown) or law.goods.below(str(category.value)):
                return Unknown(("category",))
            return Given(law.goods.row(str(category.value)) is not None, "measured", category.place)
        case "repair_days":
            return _repairs(case, lambda: sum(days_in(stay, case.on, law.counting.stays) for stay in case.stays))
        case "stay.days":
            return _of_last_stay(case, lambda stay: days_in(stay, case.on, law.counting.stays))
    return None


def _component_is_main(case: Situation, law: Law) -> Given | Unknown:
    """Whether the faulty part is one of the main parts of these goods."""
    found = case.get("component")
    row = law.goods.row(case.row_category) if case.row_category else None
    if row is None or not row.main_parts:
        return Given(False, "measured")
    if isinstance(found, Unknown):
        return found
    is_one = is_main(row, str(found.value or ""))
    return Unknown(("component",)) if is_one is None else Given(is_one, "measured", found.place)


_TABLE: Mapping[str, Measure] = {
    "today": _today,
    "fault": _fault,
    "distance_sale": _distance_sale,
    "in_catalogue": _in_catalogue,
    "said_category": _said_category,
    "said_region": _said_region,
    "shipped": _shipped,
    "undelivered": _undelivered,
    "repairs_done": _repairs_done,
    "first_repair.in": _first_repair,
    "failed_repairs": _failed_repairs,
    "safety_repairs": _safety_repairs,
    "same_problem_repairs": _same_problem_repairs,
    "same_serious_repairs": _same_serious_repairs,
    "repair_not_done": _repair_not_done,
    "stay.in": lambda case: _of_last_stay(case, lambda stay: stay.in_),
    "stay.out": lambda case: _of_last_stay(case, lambda stay: stay.out),
    "stay.end": _stay_end,
    "stay.open": lambda case: _repairs(case, lambda: bool(case.stays) and case.stays[-1].out is None),
    "stay.because": lambda case: _of_last_stay(case, lambda stay: stay.because or None),
    "stay.fixed": _stay_fixed,
    "replaced_on": _replaced_on,
    "replaced_instead": _replaced_instead,
    "replacements_done": _of_events("replacements", lambda events: sum("on" in event for event in events)),
    "replacement.installation_charged": _of_last("replacements", "installation_charged", "on"),
    "delay_notice.offers_cancel": _of_last("delay_notices", "offers_cancel", "received"),
    "delay_notice.received": _of_last("delay_notices", "received", "received"),
    "delay_notice.revised_date": _of_last("delay_notices", "revised_date", "received"),
    "delay_notices_count": _of_events("delay_notices", len),
    "ftc.consented_until": clocks.ftc_consented_until,
    "ftc.cancelled_on": clocks.ftc_cancelled_on,
    "ftc.answer": clocks.ftc_answer,
}
MEASURES: Mapping[str, Measure] = {
    **_TABLE,
    **{name: _elsewhere(name) for name in ("component_is_main", "catalogue_here", "repair_days", "stay.days")},
}


def measured(name: str, case: Situation) -> Given | Unknown:
    """A measured fact of a case: by its measure, else the part of a group that its name says with a dot."""
    if name in MEASURES:
        return MEASURES[name](case)
    group, __, part = name.partition(".")
    found = case.get(group)
    if isinstance(found, Unknown):
        return found
    return Given((found.value or {}).get(part), "measured", found.place)
