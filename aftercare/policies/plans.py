"""Plans: what the shop means to do for a customer after an event, and by when.

A plan is a line of a pack.  Its figures are dated: which of them counts is decided by the day of the event, so that a
figure changed today says nothing about what happened before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.plain.moments import Moment, Span, shifted
from aftercare.policies.categories import Categories
from aftercare.policies.festivals import Festival
from aftercare.policies.recurrence import Recurrence
from aftercare.policies.shape import Words

SUBJECTS: tuple[tuple[str, str], ...] = (
    ("sold", "unit"),
    ("delivered", "unit"),
    ("installed", "unit"),
    ("damaged", "unit"),
    ("repaired_at_home", "unit"),
    ("guarantee_ends", "unit"),
    ("arranged", "work"),
    ("reported", "claim"),
    ("taken_in", "claim"),
    ("ready", "claim"),
    ("repaired", "claim"),
    ("replace_decided", "claim"),
    ("refund_decided", "claim"),
    ("loan_over", "claim"),
    ("complained", "complaint"),
    ("complaint_answered", "complaint"),
    ("complaint_resolved", "complaint"),
    ("to_be_passed_on", "complaint"),
    ("answered_outside", "complaint"),
    ("incident", "complaint"),
    ("unsafe_fault", "claim"),
    ("waits_for_part", "claim"),
    ("part_arrived", "claim"),
    ("goods_returned", "claim"),
    ("goods_sent_back", "claim"),
    ("asked", "visit"),
    ("missed_call", "visit"),
    ("not_understood", "visit"),
    ("left_undone", "visit"),
    ("wished", "wish"),
    ("wish_passed_on", "wish"),
    ("wish_answered", "wish"),
    ("wish_realised", "wish"),
    ("enquired", "enquiry"),
    ("material_wanted", "enquiry"),
    ("consulted", "enquiry"),
    ("benefit_given", "visit"),
    ("birthday", "customer"),
    ("referred", "customer"),
    ("came_referred", "customer"),
    ("points_expire", "customer"),
    ("misprinted", "offer"),
    ("place_misprinted", "offer"),
    ("festival", "customer"),
    ("guest_listed", "customer"),
    ("event_cancelled", "customer"),
    ("certificate_ends", "staff"),
)
"""Each event that a plan may follow, and what its promises are about."""
EVENTS: tuple[str, ...] = tuple(event for event, _subject in SUBJECTS)
OF_COMPLAINTS: tuple[str, ...] = tuple(event for event, subject in SUBJECTS if subject == "complaint")
"""Events in the course of a complaint."""
REFERRALS = frozenset({"referred", "came_referred"})
"""The first sale to somebody whom a customer brought: to that customer, and to the one who was brought."""
NUMBERED = frozenset(
    {
        "damaged", "guarantee_ends", "repaired_at_home", "taken_in", "loan_over", "waits_for_part", "part_arrived",
        "wish_passed_on", "wish_answered",
        "referred", "came_referred",
        "material_wanted",
        "place_misprinted",
        "benefit_given",
        "certificate_ends",
        *(event for event in OF_COMPLAINTS if event != "incident"),
    }
)  # fmt: skip
"""Events that come several times to one subject; their promises have their numbers (``CL26-0004/finish-repair.2``),
or the id of the one who was brought (``CU25-0042/thanks.CU26-0001``)."""
EITHER = frozenset({"asked", "missed_call"})
"""Events of which a contact can be only one: where nobody of ours answered, nobody was asked."""
CONDITIONS = (
    "needs_installation",
    "waits_for_producer",
    "in_table",
    "urgent",
    "no_reason",
    "sold_by",
    "needs",
    "benefit",
)
YEARLY = frozenset({"birthday", "festival"})
"""Events of a customer that come every year; the year names their promises (``CU26-0001/birthday.2026``)."""
OF_EVENTS = frozenset({"guest_listed", "event_cancelled"})
"""What happens to a guest of an event that the shop holds; promises have its id (``CU26-0001/invite.EV26-0001``)."""
GOODS_BACK = frozenset({"goods_returned", "goods_sent_back"})
"""Events of goods that come back for good; they alone know whether a reason was given, and how the goods were sold."""
SOLD_BY: tuple[str, ...] = ("shop", "online", "phone", "tv", "mail", "home", "door_to_door")
"""The ways in which goods are sold."""
RUNS_FROM: tuple[str, ...] = ("reported",)
"""From what the days of a plan may run, but for its event."""


class Retry(NamedTuple):
    """When the customer was not reached: again after this long, until so many attempts were in vain."""

    attempts: int
    again: Span


class Question(NamedTuple):
    """Something to ask the customer; the answer is kept under its id."""

    id: str
    text: Words


class Dated(NamedTuple):
    """What holds for events from a day on; no spans: nothing any more."""

    since: date
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of a pack: after an event, promises of one kind, each so long after it.

    Its promises are called ``SUBJECT/STEP.1``, ``.2`` and so on, in the order of ``spans``; after one of the
    ``NUMBERED`` events there is one span, and its promise has the number of the repair, the loan, the delivery or the
    round of a complaint, or the id of the customer who was brought.  Of a plan that ``recurs`` the one span is that
    until the first time.
    """

    pack: str
    id: str
    title: Words
    category: str
    needs_installation: bool | None
    """Only for goods that need a fitter (True), only for those that do not (False), or for both (None)."""
    waits_for_producer: bool | None
    """Only for a repair that waits, or waited, because its producer has no parts (True), only for others, or both."""
    after: str
    what: str
    step: str
    was: tuple[str, ...]
    """Earlier names of the step, under which older records may name its promises."""
    channel: str
    due: tuple[Dated, ...]
    """The oldest first."""
    retry: Retry | None
    worthless_late: bool
    """Once its day is over it is broken, and keeping it later does not count."""
    cite: tuple[str, ...]
    asks: tuple[Question, ...]
    replaces: tuple[str, ...]
    """The lines (``pack/id``) in whose place it stands."""
    since: date | None
    until: date | None
    """The days, both included, within which its pack is in force."""
    is_law: bool
    """A statute says so: it counts whatever the shop has begun or means to do."""
    in_table: bool = False
    """Only for goods of the table of its pack, or of packs that extend it."""
    ahead: Span | None = None
    """It is due from this long before its time, and its time is never put off: what is told must be told before."""
    among: frozenset[str] = frozenset()
    """The categories of these goods."""
    urgent: bool | None = None
    """Only for urgent complaints (True), only for others, or for both (None)."""
    no_reason: bool | None = None
    """Only for goods that come back without a reason (True), only for others (False), or for both (None)."""
    sold_by: frozenset[str] = frozenset()
    """Only for goods that were sold in one of these ways; empty: however they were sold."""
    benefits: frozenset[str] = frozenset()
    """Only after one of these benefits (``pack/id``) was given; empty: after any."""
    runs_from: str = ""
    """``reported`` where the days run from the claim's report, and end no earlier than the event; else "": from it."""
    recurs: Recurrence | None = None
    """How it comes back; None: it does not."""
    festival: Festival | None = None
    """The day that it follows after ``festival``."""
    needs: frozenset[str] = frozenset()
    """Only for customers with any of these special difficulties; empty: for all."""

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    @property
    def subject(self) -> str:
        """What its promises are about, as :data:`SUBJECTS` says."""
        return dict(SUBJECTS)[self.after]

    def due_after(self, span: Span, event: Moment) -> tuple[Moment, Moment | None]:
        """By when the promise of one of its spans is due after an event, and since when, where that is ahead of it."""
        if self.ahead is None:
            return span.after(event), None
        by = span.after(event) if any(span) else event
        return by, self.ahead.before(by)

    def value(self, on: date) -> Dated | None:
        """What it says about an event of that day; None while it says nothing, not even that nothing is planned."""
        if (self.since and on < self.since) or (self.until and on > self.until):
            return None
        return next((dated for dated in reversed(self.due) if dated.since <= on), None)

    def edges(self) -> Iterator[date]:
        """The days from which on it may say something else, about events of these days."""
        yield from (dated.since for dated in self.due)
        yield from [self.since] if self.since else []
        yield from [shifted(self.until, timedelta(days=1))] if self.until else []

    def spans(self, on: date) -> list[Span]:
        """How long after an event of that day each of its promises is due."""
        value = self.value(on)
        return list(value.spans) if value else []

    def suits(self, category: str, tree: Categories) -> bool:
        """Whether it is meant for goods of the category."""
        if self.needs_installation not in {None, tree.installed(category)}:
            return False
        if self.in_table and not self.among.intersection(tree.parents(category)):
            return False
        return tree.is_a(category, self.category)

    def may_meet(self, other: Plan) -> bool:
        """Whether one event can fall under both: neither the events nor their conditions exclude each other."""
        if {self.after, other.after} == EITHER:
            return False
        either = {True, False}
        waits, urgent = {self.waits_for_producer, other.waits_for_producer}, {self.urgent, other.urgent}
        ways = _shared(self.sold_by, other.sold_by) and _shared(self.benefits, other.benefits)
        return either not in (waits, urgent, {self.no_reason, other.no_reason}) and ways


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets, of which an empty one is everything, have something in common."""
    return not (one and other) or bool(one & other)


def applying(plans: Iterable[Plan], category: str, on: date, tree: Categories) -> list[Plan]:
    """The plans, of whatever event, that hold for goods of the category when the event is of that day.

    A line takes another's place from the day of its own first figure; before that, the other line holds as ever.
    """
    speaking = [plan for plan in plans if plan.value(on) and plan.suits(category, tree)]
    replaced = {line for plan in speaking for line in plan.replaces}
    return [plan for plan in speaking if plan.line not in replaced]
