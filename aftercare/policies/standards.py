"""Standards: what a shop owes in how it works, who is entitled to which service, and what belongs to a piece of work.

The clauses of a standard are pure: they know goods, days and a handful of facts, and no records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar

from aftercare.plain.moments import Span
from aftercare.plain.text import fold
from aftercare.policies.categories import Categories
from aftercare.policies.credo import Basic
from aftercare.policies.plans import Question
from aftercare.policies.shape import Words

if TYPE_CHECKING:
    from aftercare.policies.benefits import Benefit
    from aftercare.policies.points import PointsRule

DUTIES: tuple[str, ...] = (
    "on_time", "tell_delays", "named_person", "free_delivery", "sign", "open_together", "serve_entitled", "make_good",
    "ask_before_moving", "come", "install_on_time", "free_installation", "qualified", "follow_checklist", "test",
    "explain", "sign_installation", "ask_for_nothing", "follow_conduct", "tell_installation_delays", "answer_hotline",
    "respect_refusals",
    "give_benefits",
    "decide_what_is_open", "repair_in_time", "take_loan_back", "no_substandard", "parts_at_cost", "no_labour_charge",
    "tell_repair_delays",
    "apologise", "tell_promise_delays", "honour_offer",
    "escalate", "ask_once", "make_safe", "tell_maker", "open_complaint",
)  # fmt: skip
"""What a shop can owe in how it works and behaves: of deliveries, installations, contacts, claims, promises."""
GRADED = "open_complaint"
"""The duty that goes by the grade a customer gave."""
SERVICES: tuple[str, ...] = ("home_delivery", "installation")
"""What a customer can be entitled to free of charge."""
FIGURES: tuple[str, ...] = ("weight_kg", "distance_km", "pieces")
FLAGS: tuple[str, ...] = ("bulky", "needs_installation", "as_set")
CONDITIONS: tuple[str, ...] = (*FIGURES, *FLAGS, "needs")
"""The facts that can entitle: a line's weight in kg, the way in km, the pieces of the whole sale, and what is so."""
WORKS: tuple[str, ...] = ("delivery", "installation", "repair", "maintenance", "inspection", "visit")
"""What people of the shop come home to a customer for; ``visit`` is whatever has no word of its own."""
INSTALLATION = "installation"
"""The work that a checklist is for which names none."""
WORKSHOP = "workshop"
SKILLED: tuple[str, ...] = (*WORKS, WORKSHOP)
"""The works for which a standard can ask for certificates and trainings: those at home, and a repair in the shop."""
QUALIFIED = "qualified"
"""The duty that says what whoever does a work must hold or have been taught."""
CONDUCT = "conduct"
SIDES: tuple[str, ...] = ("work", CONDUCT)
"""What a checklist is about: the work itself, or how those who do it behave at the customer's home."""
OWN = "own"
"""What a checklist follows that follows nothing but the shop."""

Fact: TypeAlias = Decimal | bool | frozenset[str] | None
Facts: TypeAlias = Mapping[str, Fact]
"""What is known of a sale by the names of :data:`CONDITIONS`; ``None`` is not known."""
State: TypeAlias = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Clause:
    """What every line of a standard has."""

    pack: str
    id: str
    title: Words
    category: str
    cite: tuple[str, ...]
    since: date | None
    until: date | None
    """The days, both included, within which its pack is in force."""

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    def suits(self, category: str, tree: Categories) -> bool:
        """Whether it is meant for goods of the category."""
        return tree.is_a(category, self.category)

    def in_force(self, on: date) -> bool:
        """Whether its pack is in force on that day."""
        return not ((self.since and on < self.since) or (self.until and on > self.until))


class DatedSpan(NamedTuple):
    """A length of time that holds from a day on; ``None``: none any more."""

    since: date
    span: Span | None


class DatedFigure(NamedTuple):
    """A figure that holds from a day on; ``None``: none any more."""

    since: date
    figure: Decimal | None


@dataclass(frozen=True, slots=True)
class Duty(Clause):
    """Something the shop owes in how it works."""

    duty: str
    within: tuple[DatedSpan, ...]
    """The time that counts where the customer was told none, the oldest figure first."""

    worst: tuple[DatedFigure, ...] = ()
    """The grade, of 1 to 5, with which and below which a customer is not content; the oldest figure first."""

    works: tuple[str, ...] = (INSTALLATION,)
    """Of :data:`QUALIFIED`: those of :data:`SKILLED` for which it asks."""
    certificates: tuple[str, ...] = ()
    """The certificates that whoever does them holds, each of them; with no training either: any one at all."""
    trainings: tuple[str, ...] = ()
    """What whoever does them has been taught, each of them."""

    @property
    def names_any(self) -> bool:
        """Whether it says which certificates or trainings it asks for."""
        return bool(self.certificates or self.trainings)

    def grade(self, on: date) -> Decimal | None:
        """The grade up to which a customer was not content on that day; ``None``: it names none."""
        return next((dated.figure for dated in reversed(self.worst) if dated.since <= on), None)

    def span(self, on: date) -> Span | None:
        """The time for an event of that day where the customer was told none; ``None``: it names none."""
        return next((dated.span for dated in reversed(self.within) if dated.since <= on), None)


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact that entitles."""

    fact: str
    least: tuple[DatedFigure, ...] = ()
    """From how much on, for a figure; the oldest first."""
    needs: frozenset[str] = frozenset()
    """Any of these, for a special difficulty."""

    def figure(self, on: date) -> Decimal | None:
        """From how much on it holds for a sale of that day; ``None``: it holds for none."""
        return next((dated.figure for dated in reversed(self.least) if dated.since <= on), None)

    def holds(self, facts: Facts, on: date) -> bool | None:
        """Whether it holds for a sale of that day; ``None``: the fact is not known."""
        value, least = facts.get(self.fact), self.figure(on)
        if self.least and least is None:
            return False
        if isinstance(value, frozenset):
            return bool(self.needs & value)
        if isinstance(value, Decimal) and least is not None:
            return value >= least
        return None if value is None else bool(value)


@dataclass(frozen=True, slots=True)
class Entitlement(Clause):
    """A service that a customer has free of charge when any one of the conditions holds."""

    service: str
    any: tuple[Condition, ...]


class Eligibility(NamedTuple):
    """Whether a service is due, by which line and condition, and the facts that would have to be known to tell."""

    state: State
    entitlement: Entitlement | None = None
    condition: Condition | None = None
    missing: tuple[str, ...] = ()


class CheckItem(NamedTuple):
    """One thing to do or to look at; its id is permanent."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Checklist(Clause):
    """What belongs to a work on some goods at the customer's home, in the order in which it is done."""

    follows: str
    """The standard that it follows, or :data:`OWN`."""
    items: tuple[CheckItem, ...]
    works: tuple[str, ...] = (INSTALLATION,)
    """Those of :data:`WORKS` that it is for."""
    about: str = SIDES[0]
    """One of :data:`SIDES`; the lists of the two stand side by side."""
    asks: tuple[Question, ...] = ()
    """What the customer is asked in the call-back after the work."""

    def item(self, tick: str) -> CheckItem | None:
        """The item that a tick means: by its id, or by its text in either language, whatever is added behind the text.

        Of several whose texts it begins with, the longest is meant: 抽真空 15分钟 is 抽真空.
        """
        said = _key(tick)
        named = next((item for item in self.items if said == _key(item.id)), None)
        begun = [(len(_key(text)), item) for item in self.items for text in item.text if said.startswith(_key(text))]
        return named or max(begun, key=lambda one: one[0], default=(0, None))[1]

    def done(self, ticks: Iterable[str]) -> frozenset[str]:
        """The ids of the items that were ticked."""
        return frozenset(item.id for tick in ticks if (item := self.item(tick)))


class Material(NamedTuple):
    """A material that the shop charges for, as it published it; the price is in the book's currency."""

    pack: str
    id: str
    text: Words
    price: Decimal


class Standards(NamedTuple):
    """What packs say of how a shop works."""

    duties: tuple[Duty, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    materials: tuple[Material, ...] = ()
    points: tuple[PointsRule, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    credo: tuple[Basic, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every line that has a name; materials are a price list."""
        return (*self.duties, *self.entitlements, *self.checklists, *self.points, *self.benefits)


def together(parts: Iterable[Standards]) -> Standards:
    """What several packs say, in their order."""
    found = list(parts)
    return Standards(
        duties=tuple(duty for part in found for duty in part.duties),
        entitlements=tuple(one for part in found for one in part.entitlements),
        checklists=tuple(checklist for part in found for checklist in part.checklists),
        materials=tuple(material for part in found for material in part.materials),
        points=tuple(rule for part in found for rule in part.points),
        benefits=tuple(benefit for part in found for benefit in part.benefits),
        credo=tuple(basic for part in found for basic in part.credo),
    )


def eligible(
    entitlements: Iterable[Entitlement], service: str, category: str, facts: Facts, on: date, tree: Categories
) -> Eligibility:
    """Whether a *service* is due for goods of a category that were sold on that day.

    The first condition that holds decides.  Where none does, but one hangs on a fact that is not known, the answer is
    not known either: an unknown weight is never a small one.
    """
    asked: Eligibility | None = None
    missing: list[str] = []
    for entitlement in entitlements:
        if entitlement.service != service or not entitlement.in_force(on) or not entitlement.suits(category, tree):
            continue
        for condition in entitlement.any:
            holds = condition.holds(facts, on)
            if holds:
                return Eligibility("yes", entitlement, condition)
            if holds is None:
                asked = asked or Eligibility("unknown", entitlement, condition)
                missing.append(condition.fact)
    return asked._replace(missing=tuple(dict.fromkeys(missing))) if asked else Eligibility("no")


_Clause = TypeVar("_Clause", bound=Clause)


def nearest(clauses: Sequence[_Clause], category: str, on: date, tree: Categories) -> _Clause | None:
    """The checklist or duty in force that is meant for the narrowest category; of two alike the later pack's."""
    fitting = [one for one in clauses if one.in_force(on) and one.suits(category, tree)]
    chain = tree.parents(category)
    return min(reversed(fitting), key=lambda one: chain.index(one.category), default=None)


def lists_for(
    checklists: Sequence[Checklist], work: str, category: str, on: date, tree: Categories
) -> tuple[Checklist, ...]:
    """The lists that count for a *work* on goods of a category: the nearest of the work itself, that of conduct."""
    sides = ([one for one in checklists if work in one.works and one.about == side] for side in SIDES)
    return tuple(found for side in sides if (found := nearest(side, category, on, tree)))


def unlisted(text: str, materials: Collection[Material]) -> list[str]:
    """The materials of a free *text* (铜管 2米, 支架) that name none of the published ones."""
    names = [_key(name) for material in materials for name in (material.id, *material.text)]
    said = [part.strip() for part in fold(text).replace("、", ",").replace(";", ",").split(",")]
    return [part for part in said if part and not any(name in _key(part) for name in names)]


def _key(text: str) -> str:
    return fold(text).casefold().replace("_", " ").replace("-", " ").replace(" ", "")
