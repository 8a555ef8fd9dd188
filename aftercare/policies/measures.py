"""Measures: facts that are reckoned from others.  They are all the Python that a pack leans on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aftercare.policies.given import Given, Unknown
from aftercare.policies.goods import in_catalogue
from aftercare.policies.situation import Situation, days_in

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
    undone = {"not_done", "pending", "no_fault"}
    return _repairs(case, lambda: sum(1 for stay in case.stays if stay.out and stay.result not in undone))


def _repair_days(case: Situation) -> Given | Unknown:
    return _repairs(case, lambda: sum(days_in(stay, case.today) for stay in case.stays))


def _of_last_stay(case: Situation, value: Callable[[], object]) -> Given | Unknown:
    return _repairs(case, lambda: value() if case.stays else None)


def _stay_in(case: Situation) -> Given | Unknown:
    return _of_last_stay(case, lambda: case.stays[-1].in_)


def _stay_end(case: Situation) -> Given | Unknown:
    return _of_last_stay(case, lambda: case.stays[-1].out or case.today)


def _stay_because(case: Situation) -> Given | Unknown:
    return _of_last_stay(case, lambda: case.stays[-1].because or None)


def _stay_fixed(case: Situation) -> Given | Unknown:
    """The last repair ended, and nothing says that it failed; a fault that came back later is another one."""
    failed = {"not_done", "not_fixed", "pending"}
    return _of_last_stay(case, lambda: bool(case.stays[-1].out) and case.stays[-1].result not in failed)


def _replaced_on(case: Situation) -> Given | Unknown:
    found = case.get("replacements")
    return found if isinstance(found, Unknown) else Given(case.replaced_on, "measured", found.place)


def _component_is_main(case: Situation) -> Given | Unknown:
    """Stands for the vocabulary only: which parts are main ones, the table of each pack says."""
    return Unknown(("component",))


MEASURES: Mapping[str, Measure] = {
    "today": _today,
    "fault": _fault,
    "distance_sale": _distance_sale,
    "in_catalogue": _in_catalogue,
    "component_is_main": _component_is_main,
    "repairs_done": _repairs_done,
    "repair_days": _repair_days,
    "stay.in": _stay_in,
    "stay.end": _stay_end,
    "stay.because": _stay_because,
    "stay.fixed": _stay_fixed,
    "replaced_on": _replaced_on,
}
