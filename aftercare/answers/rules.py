"""The rules in force in a book: shipped packs and the shop's own, as the settings choose them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from aftercare.plain.opening import ALWAYS, Opening
from aftercare.policies.categories import Categories
from aftercare.policies.credo import Basic, credo_on
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan, applying
from aftercare.policies.standards import (
    INSTALLATION,
    QUALIFIED,
    Checklist,
    Duty,
    Material,
    Standards,
    lists_for,
    nearest,
)


@dataclass
class Rules:
    """What promises follow from which facts."""

    plans: tuple[Plan, ...]
    categories: Categories
    opening_day: date | None = None
    standards: Standards = field(default_factory=Standards)
    packs: tuple[Pack, ...] = ()
    """The packs in force, the law among them."""
    country: str = ""
    region: str = ""
    """Where the shop is."""
    opening: Opening = ALWAYS
    """When the shop is open."""
    _applying: dict[tuple[str, int], tuple[Plan, ...]] = field(default_factory=dict)
    _suiting: dict[str, list[Plan]] = field(default_factory=dict)
    _edges: dict[str, list[date]] = field(default_factory=dict)
    _lists: dict[str, tuple[Checklist, ...]] = field(default_factory=dict)

    def plans_after(self, event: str, category: str, on: date) -> Iterator[Plan]:
        """The plans that follow an *event* on that day of goods of a *category*."""
        if category not in self._suiting:  # asked once, not for every day of every year
            suiting = self._suiting[category] = [plan for plan in self.plans if plan.suits(category, self.categories)]
            self._edges[category] = sorted({edge for plan in suiting for edge in plan.edges()})
        key = (category, bisect_right(self._edges[category], on))
        if key not in self._applying:
            self._applying[key] = tuple(applying(self._suiting[category], category, on, self.categories))
        return (plan for plan in self._applying[key] if plan.after == event)

    def duty(self, name: str, category: str, on: date) -> Duty | None:
        """The clause by which the shop owes this duty for goods of a *category* on that day: the nearest."""
        return nearest([duty for duty in self.standards.duties if duty.duty == name], category, on, self.categories)

    def qualified(self, work: str, category: str, on: date) -> Iterator[Duty]:
        """Every clause in force on that day that asks who may do a *work* on goods of a category.

        Those that name what they ask for stand beside each other; of the others the nearest counts.
        """
        about = [duty for duty in self.standards.duties if duty.duty == QUALIFIED and work in duty.works]
        plain = nearest([duty for duty in about if not duty.names_any], category, on, self.categories)
        if plain:
            yield plain
        yield from (
            duty for duty in about if duty.names_any and duty.in_force(on) and duty.suits(category, self.categories)
        )

    def credo(self, on: date) -> tuple[Basic, ...]:
        """The shop's credo on a day."""
        return credo_on(self.standards.credo, on)

    @property
    def materials(self) -> tuple[Material, ...]:
        """What the shop charges for in an installation, as it published it."""
        return self.standards.materials

    def checklists(self, category: str, on: date, work: str = INSTALLATION) -> tuple[Checklist, ...]:
        """What belongs to a *work*, on that day, on goods of a *category*: the work's own list, and that of conduct."""
        if work not in self._lists:
            self._lists[work] = tuple(one for one in self.standards.checklists if work in one.works)
        return lists_for(self._lists[work], work, category, on, self.categories)

    def is_installed(self, category: str) -> bool:
        """Whether goods of the category need to be installed."""
        return self.categories.installed(category)

    def counts(self, day: date) -> bool:
        """Whether the shop's own plans promise anything for an event on this day."""
        return self.opening_day is None or day >= self.opening_day
