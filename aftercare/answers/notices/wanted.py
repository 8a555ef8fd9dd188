"""What there is to write to customers on a day: who comes, what is late or put off, what we regret, whom we greet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from aftercare.answers import wishes, works
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.due import row
from aftercare.answers.ledger import Ledger
from aftercare.answers.notices import told
from aftercare.answers.promises import Promise, Term
from aftercare.plain.moments import Moment, day_of, days_after, days_between, parse
from aftercare.records.visit import Purpose

Kind = Literal["appointment", "delay", "apology", "greeting"]
KINDS: tuple[Kind, ...] = ("appointment", "delay", "apology", "greeting")
LATELY = 7
"""What is late, was put off or is to be regretted for longer than so many days is no news: a person should call."""
_COMING = frozenset({"deliver", "install", "maintenance", "inspection", "training", "appointment"})
"""What the customer waits at home for, or comes for."""
_WAITED_FOR = _COMING | {
    "call_back", "revisit", "answer", "information", "finish_repair", "supply_part", "replace", "refund", "compensate",
    "resolve", "follow_up", "gift", "benefit", "other",
}  # fmt: skip
"""What a customer who was told of it misses when it does not come."""


@dataclass(frozen=True)
class Notice:
    """One message to one customer, about one or several promises that fall together."""

    kind: Kind
    wording: str
    """Which words it has: a delay may be behind us or ahead, a greeting for a birthday or a festival."""
    promises: tuple[Promise, ...]
    keeps: tuple[str, ...]
    """The promises that it keeps."""
    rows: tuple[dict[str, Any], ...]
    """What is known of each promise, as ``due`` tells it."""
    affairs: Affairs

    @property
    def customer(self) -> str:
        """The id of the customer."""
        return self.affairs.customer.id

    @property
    def term(self) -> Term | None:
        """The time that is told."""
        return self.promises[0].due

    @property
    def marks(self) -> list[str]:
        """The words by which the record of the contact says what was told."""
        return [told.mark(self.kind, promise) for promise in self.promises]

    @property
    def about(self) -> list[str]:
        """What the contact is about; a greeting is about nothing."""
        if self.kind == "greeting":
            return []
        found = (unit for one in self.promises for unit in one.draft.about or (one.draft.subject,))
        return [subject for subject in dict.fromkeys(found) if subject != self.customer]

    @property
    def purpose(self) -> Purpose:
        """The purpose of the contact; one that keeps nothing has none that could keep anything."""
        match self.kind:
            case "greeting" | "apology":
                return self.kind
            case _:
                return "information" if self.keeps else "other"


def wanted(ledger: Ledger, now: Moment) -> list[Notice]:
    """Every message of the day, but for what was told already; in the order of the customers."""
    return [notice for customer in ledger.to for notice in _to(ledger, customer, now)]


def may_ask_for_one(row: Mapping[str, Any], now: Moment) -> bool:
    """Whether an open promise, by its row alone, may ask for a message now; no other does, for certain."""
    if row["state"] == "overdue":
        return bool(row["overdue_days"] <= LATELY)
    first = row["from"] or row["due"]
    is_near = first is not None and days_between(now, parse(first)) <= 1
    return is_near or bool(row["moves_by_shop"]) or row["what"] in {"apology", "greeting"}


def _to(ledger: Ledger, customer: str, now: Moment) -> Iterator[Notice]:
    if customer == HOUSE:
        return
    affairs = ledger.affairs[customer]
    marks = told.marks_of(affairs)
    together: dict[tuple[Kind, str, str, str, Term | None], list[Promise]] = {}
    for promise in ledger.to[customer]:
        asked = _notice(promise, affairs, day_of(now))
        if asked is None:
            continue
        kind, wording = asked
        if not told.is_told(marks, kind, promise):
            of = promise.draft.subject.partition("/")[0]
            what = promise.id.rpartition("/")[2] if kind == "greeting" else promise.what
            together.setdefault((kind, wording, of, what, promise.due), []).append(promise)
    for (kind, wording, *__), promises in together.items():
        rows = tuple(row(promise, ledger, now) for promise in promises)
        keeps = tuple(_kept(kind, promises, ledger.to[customer]))
        yield Notice(kind, wording, tuple(promises), keeps, rows, affairs)


def _notice(promise: Promise, affairs: Affairs, today: date) -> tuple[Kind, str] | None:
    """The kind of message that a promise asks for on a day, and in which words; None where it asks for none."""
    draft, due = promise.draft, promise.due
    if not promise.is_open or due is None or wishes.is_with_others(draft):
        return None
    late = days_between(due.by, today)
    if promise.what == "greeting":
        is_ours = draft.channel in {"", "message"} and draft.plan is not None
        return ("greeting", draft.plan.after) if is_ours and draft.plan and not late else None
    if draft.id.endswith("/apology"):
        return ("apology", "apology") if late <= LATELY else None
    if draft.binds == "plan":  # what we set ourselves the customer does not know of
        return None
    if promise.state == "overdue":
        is_news = late <= LATELY and promise.what in _WAITED_FOR
        return ("delay", "delay") if is_news else None
    first = day_of(due.from_ or due.by)
    if draft.binds == "told" and promise.what in _COMING and first in {today, days_after(today, 1)}:
        return "appointment", "appointment"
    if promise.moves_by_shop and promise.what in _WAITED_FOR and _put_off_lately(promise, affairs, today):
        return "delay", "postponed"
    return None


def _put_off_lately(promise: Promise, affairs: Affairs, today: date) -> bool:
    """Whether the time in force is one that we asked for these days."""
    sale, __, line = promise.draft.subject.partition("/")
    every = affairs.deliveries if promise.what == "deliver" else affairs.installations
    own = [work for work in every if work.sale == sale and line.isdecimal() and works.covers(work, int(line))]
    moves = [move for work in own if promise.what in {"deliver", "install"} for move in works.by_consent(work.moved)]
    for record in affairs.promises:
        if promise.id in {record.of, record.id}:
            moves += works.by_consent(record.moved)
    last = max(moves, key=lambda move: move.asked, default=None)
    return last is not None and last.by_shop and 0 <= days_between(last.asked, today) <= LATELY


def _kept(kind: Kind, promises: Sequence[Promise], every: Sequence[Promise]) -> Iterator[str]:
    """What a message keeps: the greeting, the apology, and that the customer is told who comes and when."""
    if kind in {"greeting", "apology"}:
        yield from (promise.id for promise in promises)
    if kind != "appointment":
        return
    work = {"deliver": "DE", "install": "IN"}
    for one in every:
        plan = one.draft.plan
        if plan and plan.after == "arranged" and one.what == "information" and one.state in {"due", "overdue"}:
            coming = [promise for promise in promises if one.draft.subject[:2] == work.get(promise.what)]
            if any(set(promise.draft.about) & set(one.draft.about) for promise in coming):
                yield one.id
