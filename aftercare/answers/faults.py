"""What can be wrong with the records of a book: each look yields what it found, with the place in the record.

Most looks are at one record, and at those it names; what only shows when all are put side by side is in
:mod:`aftercare.answers.likenesses`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from pydantic import BaseModel

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.benefits import misused, uses
from aftercare.answers.breaches.finding import CODES
from aftercare.answers.contradictions import contradictions_of
from aftercare.answers.ids_of_now import products_by_any_id
from aftercare.answers.likenesses import (
    BROUGHT,
    FORMERLY,
    SERIAL,
    SOURCE,
    Finding,
    Trait,
    circles_in,
    formerly_said,
    imported_twice,
    serials_twice,
    traits_of,
)
from aftercare.answers.members import told
from aftercare.answers.point_faults import misdrawn_by, misstatements, taken_for
from aftercare.answers.rules import Rules
from aftercare.answers.stocktaking import misreckoned
from aftercare.answers.unseen import told_of, unseen_in
from aftercare.book.ids import parse
from aftercare.book.references import dangling_among, references
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _
from aftercare.plain.text import nth
from aftercare.plain.tree import MOST_FAULTS, Path, dotted
from aftercare.policies import categories
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.event import Event
from aftercare.records.offer import Offer
from aftercare.records.part import Part
from aftercare.records.points import Points
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.schema import field_at, fields_of, unknown_keys
from aftercare.records.visit import Visit

_WITHOUT_STEPS = frozenset({"delivery", "installation", "visit", "promise"})
"""Kinds whose records are no subject of derived promises, but for an apology and what a contact left to be done."""
_VISITED = frozenset({"delivery", "installation"})
"""Of these, the kinds of which plans say that they are told beforehand (``DE26-0009/tell-coming.1``)."""
_LEFT = re.compile(r"[a-z]+(-[a-z]+)*\.(?P<number>[1-9][0-9]{0,3})")
"""A promise of what a contact left to be done, of what was asked for in it, or of what it gave, by its number."""


class Around:
    """The book around a record that is looked at; what takes a walk over all records of a kind is walked for once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    @cached_property
    def products(self) -> dict[str, Product]:
        """The products by any id they had."""
        return products_by_any_id(self.shelf)

    @cached_property
    def taken(self) -> set[str | None]:
        """What pieces of parts left the stock for."""
        return taken_for(self.shelf)


def _unknown_keys(record: Record, around: Around) -> Iterator[Finding]:
    for path in islice(unknown_keys(record), MOST_FAULTS):
        yield Finding(record.id, path, "unknown-key", unknown(type(record), path))


def _unseen(record: Record, around: Around) -> Iterator[Finding]:
    for path, character in unseen_in(record):
        yield Finding(record.id, path, "hidden-character", told_of(path, character))


def unknown(model: type[BaseModel], path: Path) -> str:
    """The sentence about a key that nobody knows, with the ones that may have been meant."""
    above = field_at(model, path[:-1]) if path[:-1] else None
    part = (above.part if above else None) or model
    near = difflib.get_close_matches(str(path[-1]), [field.name for field in fields_of(part)], n=1)
    if near:
        return _("{where} is not known; did you mean {near}?").format(where=dotted(path), near=near[0])
    return _("{where} is not known; nothing is made of it").format(where=dotted(path))


def _categories(record: Record, around: Around) -> Iterator[Finding]:
    named: list[tuple[Path, str]] = []
    if isinstance(record, Product):
        named = [(("category",), record.category)]
    elif isinstance(record, Offer) and record.meets and record.meets.category:
        named = [(("meets", "category"), record.meets.category)]
    for path, category in named:
        tree = categories.tree()
        if tree.find(category) is None:
            near = ", ".join(tree.near(category)) or "aftercare policy categories"
            sentence = _("category: there is no {value}; perhaps: {near}").format(value=category, near=near)
            yield Finding(record.id, path, "category", sentence)


def _published(record: Record, around: Around) -> Iterator[Finding]:
    """What is wrong in an offer, and in what a sale says was given or paid back by one."""
    if isinstance(record, Offer) or (isinstance(record, Sale) and (record.given or record.paid_back)):
        from aftercare.answers.published import misgiven, misstated  # most books have no offers

        if isinstance(record, Offer):
            for path, sentence in misstated(record):
                yield Finding(record.id, path, "offer", sentence)
        else:
            for path, sentence in misgiven(record, around.shelf, around.products):
                yield Finding(record.id, path, "given", sentence)


def _circumstances(record: Record, around: Around) -> Iterator[Finding]:
    if isinstance(record, Claim) and (record.facts or record.exclusions):
        from aftercare.answers.situations import misfacts  # the vocabulary is read for claims that use its words

        for claim, path, sentence in misfacts(record):
            yield Finding(claim, path, "fact", sentence)


def _references(record: Record, around: Around) -> Iterator[Finding]:
    shelf = around.shelf
    named = list(references(record))
    promises = {r.path: r.text for r in named if "any_promise" in r.kinds}
    wrong = dict(dangling_among(shelf, named))
    for path, sentence in wrong.items():
        yield Finding(record.id, path, "promise" if path in promises else "reference", sentence)
    for path, text in promises.items():
        if path not in wrong and not _is_there(shelf, text):
            sentence = _("{where}: there is no {text}").format(where=dotted(path), text=text)
            yield Finding(record.id, path, "promise", sentence)


def _is_there(shelf: Shelf, promise: str) -> bool:
    """Whether a promise, or a breach of service, is about a line that its sale has, or bears a code that there is.

    Other records that its steps name are there too (``SA26-0012/OF26-0003.1``, ``CU25-0042/thanks.CU26-0001``).
    """
    head, *steps = promise.split("/")
    kind, sale = kind_of(head), shelf.get(head)
    others = [bit for step in steps for bit in step.split(".") if parse(bit)]
    if any(shelf.get(other) is None for other in others):
        return False
    if kind == "visit" and steps and (left := _LEFT.fullmatch(steps[0])):
        return steps[1:] in ([], ["apology"]) and int(left["number"]) <= _times(shelf.get(head))
    if kind in _WITHOUT_STEPS and steps:
        is_planned = kind in _VISITED and steps[0].rpartition(".")[2].isdigit()
        return is_planned or steps[-1].rstrip(".0123456789") in {*CODES, "apology"}
    if not isinstance(sale, Sale) or not steps or not (steps[0].isascii() and steps[0].isdigit()):
        return True
    return nth(steps[0], len(sale.items)) > 0


def _times(visit: object) -> int:
    """How many promises of one name a contact can make: one for each benefit that was asked for, or given."""
    return max(1, len(visit.wants), len(visit.gave) + len(visit.keeps)) if isinstance(visit, Visit) else 1


def _stock(record: Record, around: Around) -> Iterator[Finding]:
    if isinstance(record, Part):
        for path, sentence in misreckoned(record, around.shelf):
            yield Finding(record.id, path, "stock", sentence)


def _order(record: Record, around: Around) -> Iterator[Finding]:
    for named, path, sentence in contradictions_of(around.shelf, record):
        yield Finding(named, path, "order", sentence)


def _guests(record: Record, around: Around) -> Iterator[Finding]:
    """One customer twice on the list of an event: only the first row counts."""
    known: dict[str, int] = {}
    for at, guest in enumerate(record.guests if isinstance(record, Event) else ()):
        customer = around.shelf.get(guest.customer)
        first = known.setdefault(customer.id if customer else guest.customer, at)
        if first != at:
            sentence = _("{customer} is on the list already, as guest {number}; only that row counts")
            said = sentence.format(customer=guest.customer, number=first + 1)
            yield Finding(record.id, ("guests", at, "customer"), "guest-twice", said)


def _points(record: Record, around: Around) -> Iterator[Finding]:
    if isinstance(record, Points):
        for path, sentence in misstatements(record, around.taken if record.gift else ()):
            yield Finding(record.id, path, "points", sentence)


def _overdrawn(affairs: Affairs, rules: Rules) -> Iterator[Finding]:
    for record, path, sentence in misdrawn_by(affairs, rules):
        yield Finding(record, path, "points", sentence)


def _misused(affairs: Affairs, rules: Rules) -> Iterator[Finding]:
    """Benefits that were asked for or given without a right to them."""
    for use in misused(uses(affairs, rules)):
        if use.why:
            sentence = f"{use.name}: {told(use.why, use.benefit)}"
            yield Finding(use.visit.id, use.path, "benefit", sentence)


LookAtOne = Callable[[Record, Around], Iterator[Finding]]
LookAtAll = Callable[[Iterable[Trait]], Iterator[Finding]]
LookByRules = Callable[[Affairs, Rules], Iterator[Finding]]


class Look(NamedTuple):
    """One look, and the group it belongs to: at each record by itself, at a trait of all records, or at each customer's
    affairs by the rules in force.
    """

    group: str
    at_one: LookAtOne | None = None
    at_all: LookAtAll | None = None
    by_rules: LookByRules | None = None
    trait: str = ""


LOOKS: tuple[Look, ...] = (
    Look("files", _unknown_keys),
    Look("files", _unseen),
    Look("files", _categories),
    Look("files", _circumstances),
    Look("references", _references),
    Look("references", at_all=formerly_said, trait=FORMERLY),
    Look("references", at_all=circles_in, trait=BROUGHT),
    Look("book", _order),
    Look("book", _stock),
    Look("book", at_all=serials_twice, trait=SERIAL),
    Look("book", at_all=imported_twice, trait=SOURCE),
    Look("book", _published),
    Look("book", _guests),
    Look("book", _points),
    Look("book", by_rules=_overdrawn),
    Look("book", by_rules=_misused),
)
"""Every look, in the order in which what they find stands where it is on one line."""


def found_in(shelf: Shelf, group: str, rules: Rules | None) -> Iterator[Finding]:
    """What the looks of a group find; those of the "book" are all, those by rules only where these are given."""
    around = Around(shelf)
    looks = [look for look in LOOKS if group in {look.group, "book"}]
    all_traits = (one for record in shelf.records.values() for one in traits_of(record, shelf))
    borne = list(all_traits) if any(look.trait for look in looks) else []
    for look in looks:
        if look.at_one:
            for record in shelf.records.values():
                yield from look.at_one(record, around)
        elif look.at_all:
            yield from look.at_all(one for one in borne if one.trait == look.trait)
        elif look.by_rules and rules:
            for affairs in affairs_of(shelf).values():
                yield from look.by_rules(affairs, rules)
