"""A breach of service, and what the search for breaches goes by.

The modules beside this one only look: what they saw becomes a breach where a rule in force on that day makes it a duty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from aftercare import language
from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.language import _, plural, word
from aftercare.plain.groups import grouped
from aftercare.plain.moments import Moment, day_of, days_between, iso
from aftercare.plain.text import fold
from aftercare.plain.tree import Path
from aftercare.policies.categories import ROOT
from aftercare.policies.credo import Basic
from aftercare.policies.standards import Duty as ClauseOfDuty
from aftercare.records.staff import Staff
from aftercare.records.visit import Visit


class Duty(NamedTuple):
    """The field of work that a code belongs to, and the name of the duty that it is a breach of."""

    group: str
    name: str


CODES: dict[str, Duty] = {
    "late-delivery": Duty("delivery", "on_time"),
    "delay-not-told": Duty("delivery", "tell_delays"),
    "unsigned-delivery": Duty("delivery", "sign"),
    "unopened": Duty("delivery", "open_together"),
    "charged-delivery": Duty("delivery", "free_delivery"),
    "no-person": Duty("delivery", "named_person"),
    "not-served": Duty("delivery", "serve_entitled"),
    "damage": Duty("delivery", "make_good"),
    "late-installation": Duty("installation", "install_on_time"),
    "moved-installation": Duty("installation", "ask_before_moving"),
    "never-came": Duty("installation", "come"),
    "charged-installation": Duty("installation", "free_installation"),
    "no-technician": Duty("installation", "qualified"),
    "unqualified": Duty("installation", "qualified"),
    "checklist": Duty("installation", "follow_checklist"),
    "not-tested": Duty("installation", "test"),
    "not-explained": Duty("installation", "explain"),
    "unsigned-installation": Duty("installation", "sign_installation"),
    "asked-for": Duty("installation", "ask_for_nothing"),
    "threat": Duty("installation", "ask_for_nothing"),
    "conduct": Duty("visits", "follow_conduct"),
    "missed-call": Duty("visits", "answer_hotline"),
    "unwanted-contact": Duty("visits", "respect_refusals"),
    "benefit-refused": Duty("visits", "give_benefits"),
    "benefit-charged": Duty("visits", "give_benefits"),
    "less-than-open": Duty("claims", "decide_what_is_open"),
    "late-repair": Duty("claims", "repair_in_time"),
    "loan-out": Duty("claims", "take_loan_back"),
    "sub-standard": Duty("claims", "no_substandard"),
    "above-cost": Duty("claims", "parts_at_cost"),
    "labour-charged": Duty("claims", "no_labour_charge"),
    "broken-promise": Duty("promises", "apologise"),
    "late-promise": Duty("promises", "apologise"),
    "untold-delay": Duty("promises", "tell_promise_delays"),
    "above-offer": Duty("promises", "honour_offer"),
    "left-with-work": Duty("promises", "named_person"),
    "stuck-complaint": Duty("complaints", "escalate"),
    "asked-twice": Duty("complaints", "ask_once"),
    "unsafe": Duty("complaints", "make_safe"),
    "maker-not-told": Duty("complaints", "tell_maker"),
}
"""Every code with its duty; a code never changes its meaning."""
TOLD_BY = {"install": "tell_installation_delays", "finish_repair": "tell_repair_delays"}
"""The duty by which the delay of some kinds of promise is told; that of the others stands with the code."""
ASKED_ABOUT = ("charged", "gifts")
"""The questions of a call-back whose answers may report that something was asked for."""
_NOTHING = re.compile(
    r"(?:no|none|nothing|nobody|n|0(?:\.0+)?元?|否|不|无|没|没有|未收|不收费|免费|没要|没收)(?:[\s,，。.!;；].*)?"
    r"|.*(?:没有?|未)(?:收|索要|要(?!挟)|吃|喝|拿|抽)(?!.*(?:但|却|不过|but)).*"
)
"""Answers that say there was nothing, or that nothing was taken: 无, 没有收费, 饭都没吃."""
_TAKEN = re.compile(r"(?<!没)(?<!没有)(?<!未)[要吃喝拿收抽]了")
"""Something was taken, whatever else is denied: 要了饭，没有要烟."""
_DENIED = re.compile(
    r"(?:no|not|n|none|never|否|没|未|无|不)(?![a-z]).*"
    r"|.*(?:没有?|未|忘了?|忘记)(?:铺|垫|戴|穿|带|拿|收|清|扫|擦|洗|出示).*|.*(?:\bnot\b|n't\b|\bforgot\b).*",
    re.DOTALL,
)
"""Answers that say that something which should have been done was not: no, 没有, 忘了铺垫布."""
_CONTENT = re.compile(
    r"(?:没有?|无|no)\s*(?:什么)?\s*(?:问题|意见|毛病|不满|problems?|complaints?)|(?:没得|没话)说|不错|不脏|不乱|没弄[脏乱坏]"
)
"""What begins like such an answer and is praise: 没问题, 不错."""


@dataclass(frozen=True)
class Settled:
    """How a breach was settled, on which day, by which record, and in what words."""

    how: Literal["apology", "made_good", "accepted"]
    on: date
    record: str
    reason: str


@dataclass(frozen=True)
class Breach:
    """A breach of service.

    ``id`` is ``SUBJECT/CODE``, with ``.2`` and so on behind it where one subject can have it several times;
    ``record`` and ``path`` say where it shows in the book; ``to`` is the customer, ``on`` the first day on which it was
    a breach, ``line`` the rule that it offends.  An apology for ``promise`` settles it, where one is named.
    """

    id: str
    code: str
    record: str
    path: Path
    sentence: str
    to: str
    person: str
    on: date
    line: str
    promise: str = ""
    settled: Settled | None = None
    what: str = ""
    """What happened, without whose it is and whose work it was."""
    awaits: str = ""
    """The promise of the remedy that is still to come, where it was apologised for and nothing else is missing."""
    credo: tuple[Basic, ...] = ()
    """The lines of the shop's credo that it offends."""
    rests_on: tuple[str, ...] = ()
    """Other records that it was seen in."""


@dataclass(frozen=True)
class Seen:
    """Something that may be a breach: what was seen, before the rules are asked whether it was a duty."""

    code: str
    subject: str
    on: date
    record: str
    path: Path
    what: str
    categories: tuple[str, ...]
    person: str = ""
    promise: str = ""
    nth: int = 1
    """Which one of its subject it is, by the place in the record, so that mending another changes no id."""
    bound: bool = False
    """Told to the customer, or law: it counts before the opening day too."""
    rests_on: tuple[str, ...] = ()
    """Other records that it was seen in."""
    duty: str = ""
    """The duty that it is a breach of, where that is not the one of its code."""
    made_good: Settled | None = None
    """How it was made good, where the record itself says so."""
    clause: ClauseOfDuty | None = None
    """The clause that it offends, where it was looked up with what was seen."""

    @property
    def id(self) -> str:
        """The id of the breach that it may be."""
        return f"{self.subject}/{self.code}" + (f".{self.nth}" if self.nth > 1 else "")


@dataclass(frozen=True)
class Scope:
    """What the search for one customer's breaches goes by."""

    affairs: Affairs
    lines: Sequence[Line]
    promises: Mapping[str, Promise]
    rules: Rules
    staff: Mapping[str, Staff]
    now: Moment

    @cached_property
    def line_of(self) -> Mapping[str, Line]:
        """The lines by their units."""
        return {line.unit: line for line in self.lines}

    @cached_property
    def _lines_of(self) -> Mapping[str, Sequence[Line]]:
        return grouped(self.lines, lambda line: line.sale.id)

    def covered(self, work: Work) -> list[Line]:
        """The lines of its sale that a delivery or an installation is about."""
        return [
            line
            for line in self._lines_of.get(work.sale, ())
            if works.covers(work, line.number)
            and any(other.id == work.id for other in (*line.deliveries, *line.installations))
        ]

    def categories(self, work: Work) -> tuple[str, ...]:
        """The categories of the goods that a work is about."""
        return tuple(dict.fromkeys(line.category for line in self.covered(work))) or (ROOT,)

    def category_of(self, subject: str) -> str:
        """The category of a unit; of anything else that of all goods."""
        return self.line_of[subject].category if subject in self.line_of else ROOT


def is_late_one(promise: Promise) -> bool:
    """Whether a promise is late, kept by now or not."""
    return promise.due is not None and promise.state in {"overdue", "kept_late"}


def day_after(promise: Promise) -> date:
    """The first day on which a promise that is due is late."""
    return later(promise.due.by, 1) if promise.due else date.max


def later(moment: Moment, days: int) -> date:
    """The day so many days after a moment; the last day there is where the calendar ends before."""
    return min(day_of(moment), date.max - timedelta(days)) + timedelta(days)


def lateness(promise: Promise, now: Moment) -> str:
    """By when it was promised, and by how much it is late, in words."""
    due = promise.due.by if promise.due else now
    done = promise.kept.at if promise.kept else None
    days = days_between(due, done or now)
    if done is None:
        sentence = plural("promised by {due}, {days} day late", "promised by {due}, {days} days late", days)
    elif days:
        sentence = plural(
            "promised by {due}, done {done}, {days} day late", "promised by {due}, done {done}, {days} days late", days
        )
    else:
        sentence = _("promised by {due}, done {done}")
    return sentence.format(due=when(due), done=when(done) if done else "", days=days)


def called(promise: Promise) -> str:
    """What a promise is called: one that was given in words by these, a benefit by its title; what a plan or an enquiry
    promises by its kind, whatever words it is about.
    """
    draft = promise.draft
    has_own_words = draft.id == draft.record or promise.what == "pack"
    words = draft.benefit.title.said(language.current()) if draft.benefit else draft.words if has_own_words else ""
    return ("" if draft.plan else words) or word(promise.what)


def when(moment: Moment) -> str:
    """A moment as it stands in a line of ``check``: the same in every language."""
    return iso(moment).replace("T", " ")


def says_something(text: str | None) -> bool:
    """Whether an answer or a remark says more than that there was nothing."""
    said = fold(text or "").casefold()
    return bool(said) and bool(_TAKEN.search(said) or not _NOTHING.fullmatch(said))


def says_no(text: str | None) -> bool:
    """Whether the answer to a question whether something was done is that it was not."""
    return bool(_DENIED.fullmatch(_CONTENT.sub("", fold(text or "").casefold()).strip(" ,，。.!;；")))


def reported(visit: Visit, *, is_charge_known: bool) -> list[str]:
    """The questions in answer to which a customer reports a charge, or that something was asked for.

    A charge that is written down where the work is, is judged there.
    """
    asked = ASKED_ABOUT if not is_charge_known else [key for key in ASKED_ABOUT if key != "charged"]
    return [key for key in asked if says_something(visit.answers.get(key))]


def of_work(scope: Scope, work: Work, code: str, on: date, path: Path, what: str, *, nth: int = 1) -> Seen:
    """What was seen in a delivery or an installation itself."""
    return Seen(
        code=code,
        subject=work.id,
        on=on,
        record=work.id,
        path=path,
        what=what,
        categories=scope.categories(work),
        person=works.worker(work),
        nth=nth,
    )
