"""What is still owed of a sale, and what a contact is about."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from aftercare.answers.affairs import HOUSE, customer_behind
from aftercare.answers.contacts import is_left
from aftercare.answers.due import channel_of
from aftercare.answers.keeping import KEPT_BY_PURPOSE
from aftercare.answers.kept_with import keep_with
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Draft, Promise
from aftercare.answers.upkeep import is_left_over
from aftercare.answers.wishes import is_with_others
from aftercare.book.ids import parse
from aftercare.book.shelf import Shelf
from aftercare.errors import Contradicts, NoSuchRecord, UsageProblem
from aftercare.language import _
from aftercare.plain.moments import iso

PURPOSE_OF = {kind: purpose for purpose, kind in KEPT_BY_PURPOSE.items()}
"""The purpose of a contact that keeps a promise of each kind."""

SERVED = frozenset({"deliver", "install", "pack", "apology"})
"""What belongs to the sale itself, told or not."""


def owed(ledger: Ledger, sale: str) -> list[Promise]:
    """What must still happen before a sale is complete, the earliest first.

    No delivery or installation and no told or law promise is open, none is broken without its apology, and the first
    call-back is done; what comes in later seasons and years is not part of it.
    """
    about = ledger.about(sale)
    found = [
        promise
        for promise in about
        if promise.is_open and (promise.draft.binds != "plan" or promise.what in SERVED or _is_first_call(promise))
    ]
    return sorted(found, key=lambda p: (p.due is None, iso(p.due.by) if p.due else "", p.id))


def _is_first_call(promise: Promise) -> bool:
    return promise.what == "call_back" and promise.id.endswith(".1")


class Settled(NamedTuple):
    """What promises or subjects settle of a contact; empty where they leave it open."""

    customer: str = ""
    about: list[str] | None = None
    purpose: str = ""
    channel: str = ""


def settled_by(ledger: Ledger, shelf: Shelf, keeps: list[str], about: list[str]) -> Settled:
    """What a contact is about that keeps these promises, or is about these subjects."""
    promises = []
    for promise_id in keeps:
        promise = ledger.get(promise_id)
        if promise is None:
            raise NoSuchRecord(_("promise"), promise_id)
        if is_with_others(promise.draft):
            raise Contradicts(
                _("{promise} is kept by the record of what was done").format(promise=promise_id),
                shlex.join(keep_with(promise, ledger.affairs[promise.draft.to])),
            )
        promises.append(promise)
    for promise in promises:
        refuse_house(promise, ledger)
    customers = {p.draft.to for p in promises} | {c for subject in about if (c := customer_behind(shelf, subject))}
    if len(customers) > 1:
        raise UsageProblem(
            _("these belong to different customers: {customers}").format(customers=", ".join(sorted(customers)))
        )
    waiting = (p for p in ledger.promises if p.is_open and p.due and not is_with_others(p.draft))
    open_ones = promises or [p for p in waiting if _is_about(p, about)]
    subjects = list(dict.fromkeys(s for p in promises for s in _subjects(p.draft) if s not in customers))
    kinds = {p.what for p in open_ones}
    purpose = PURPOSE_OF.get(next(iter(kinds)), "") if len(kinds) == 1 else ""
    ways = (channel_of(p, ledger.affairs[p.draft.to]) for p in open_ones)
    channel = next((way for way in ways if way), "")
    return Settled(next(iter(customers), ""), about or subjects, purpose, channel)


def refuse_house(promise: Promise, ledger: Ledger) -> None:
    """What the shop owes nobody in particular no contact with a customer keeps."""
    if promise.draft.to == HOUSE:
        command = keep_with(promise, ledger.affairs[HOUSE])
        raise Contradicts(_("{promise} is owed to no customer").format(promise=promise.id), " ".join(command))


def _is_about(promise: Promise, subjects: list[str]) -> bool:
    subject = promise.draft.subject
    return any(subject == one or subject.startswith(f"{one}/") for one in subjects)


def _subjects(draft: Draft) -> Sequence[str]:
    """What a promise is about as a record can name it: what a contact left to be done by the goods."""
    is_of_contact = is_left(draft) or is_left_over(draft) or draft.benefit is not None
    return draft.about if is_of_contact else [named(draft.subject)]


def named(subject: str) -> str:
    """The subject as a record can name it: a repair of a claim by its claim."""
    named = parse(subject.partition("/")[0])
    return str(named) if named and named.kind.name == "claim" else subject
