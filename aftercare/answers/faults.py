"""What can be wrong with the records of a book: each look yields what it found, with the place in the record."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from pydantic import BaseModel

from aftercare.answers.affairs import affairs_of
from aftercare.answers.benefits import misused, uses
from aftercare.answers.breaches.finding import CODES
from aftercare.answers.contradictions import contradictions
from aftercare.answers.members import told
from aftercare.answers.point_faults import misdrawn
from aftercare.answers.rules import Rules
from aftercare.answers.stocktaking import misreckoned
from aftercare.book.ids import parse
from aftercare.book.references import circles, dangling, references
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _
from aftercare.plain.text import fold, nth
from aftercare.plain.tree import MOST_FAULTS, Path, dotted
from aftercare.policies import categories
from aftercare.records.claim import Claim
from aftercare.records.event import Event
from aftercare.records.offer import Offer
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


class Finding(NamedTuple):
    """Something wrong with a record: where in it, a code as in ``docs/check.md``, and the sentence."""

    record: str
    path: Path
    code: str
    sentence: str


def _unknown_keys(shelf: Shelf) -> Iterator[Finding]:
    for record in shelf.records.values():
        for path in islice(unknown_keys(record), MOST_FAULTS):
            yield Finding(record.id, path, "unknown-key", unknown(type(record), path))


def unknown(model: type[BaseModel], path: Path) -> str:
    """The sentence about a key that nobody knows, with the ones that may have been meant."""
    above = field_at(model, path[:-1]) if path[:-1] else None
    part = (above.part if above else None) or model
    near = difflib.get_close_matches(str(path[-1]), [field.name for field in fields_of(part)], n=1)
    if near:
        return _("{where} is not known; did you mean {near}?").format(where=dotted(path), near=near[0])
    return _("{where} is not known; nothing is made of it").format(where=dotted(path))


def _categories(shelf: Shelf) -> Iterator[Finding]:
    tree = categories.tree()
    named: list[tuple[str, Path, str]] = [(one.id, ("category",), one.category) for one in shelf.of(Product)]
    named += [
        (offer.id, ("meets", "category"), offer.meets.category)
        for offer in shelf.of(Offer)
        if offer.meets and offer.meets.category
    ]
    for record, path, category in named:
        if tree.find(category) is None:
            near = ", ".join(tree.near(category)) or "aftercare policy categories"
            sentence = _("category: there is no {value}; perhaps: {near}").format(value=category, near=near)
            yield Finding(record, path, "category", sentence)


def _published(shelf: Shelf) -> Iterator[Finding]:
    """What is wrong in offers, and in what sales say was given or paid back by them."""
    if any(True for __ in shelf.of(Offer)) or any(sale.given or sale.paid_back for sale in shelf.of(Sale)):
        from aftercare.answers.published import misgiven, misstated  # most books have no offers

        for record, path, sentence in misstated(shelf):
            yield Finding(record, path, "offer", sentence)
        for record, path, sentence in misgiven(shelf):
            yield Finding(record, path, "given", sentence)


def _circumstances(shelf: Shelf) -> Iterator[Finding]:
    claims = [claim for claim in shelf.of(Claim) if claim.facts or claim.exclusions]
    if claims:
        from aftercare.answers.situations import misfacts  # the vocabulary is read for claims that use its words

        for claim in claims:
            for record, path, sentence in misfacts(claim):
                yield Finding(record, path, "fact", sentence)


def _references(shelf: Shelf) -> Iterator[Finding]:
    for record in shelf.records.values():
        promises = {r.path: r.text for r in references(record) if "any_promise" in r.kinds}
        wrong = dict(dangling(shelf, record))
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


def _formerly(shelf: Shelf) -> Iterator[Finding]:
    """Ids that records say they had and that are of another kind, their own, or also said by another.

    That another record has such an id now is no fault: two clones gave it, and one of the two moved on.
    """
    whose: dict[str, str] = {}
    for record in shelf.records.values():
        for number, text in enumerate(record.formerly):
            where, named = dotted(("formerly", number)), parse(text)
            if named is None or named.kind.name != kind_of(record.id):
                sentence = _("{where}: {text} is of another kind")
            elif text == record.id:
                sentence = _("{where}: {text} is its own id")
            elif whose.setdefault(text, record.id) != record.id:
                sentence = _("{where}: {other} says that it was {text} too")
            else:
                continue
            said = sentence.format(where=where, text=text, other=whose.get(text, ""))
            yield Finding(record.id, ("formerly", number), "formerly", said)


def _circles(shelf: Shelf) -> Iterator[Finding]:
    for customer, sentence in circles(shelf).items():
        yield Finding(customer, ("referred_by",), "referral-circle", sentence)


def _times(visit: object) -> int:
    """How many promises of one name a contact can make: one for each benefit that was asked for, or given."""
    return max(1, len(visit.wants), len(visit.gave) + len(visit.keeps)) if isinstance(visit, Visit) else 1


def _stock(shelf: Shelf) -> Iterator[Finding]:
    for record, path, sentence in misreckoned(shelf):
        yield Finding(record, path, "stock", sentence)


def _points(shelf: Shelf, rules: Rules) -> Iterator[Finding]:
    for record, path, sentence in misdrawn(shelf, rules):
        yield Finding(record, path, "points", sentence)


def _misused(shelf: Shelf, rules: Rules) -> Iterator[Finding]:
    """Benefits that were asked for or given without a right to them."""
    if not any(visit.wants or visit.gave for visit in shelf.of(Visit)):
        return
    for affairs in affairs_of(shelf).values():
        for use in misused(uses(affairs, rules)):
            if use.why:
                sentence = f"{use.name}: {told(use.why, use.benefit)}"
                yield Finding(use.visit.id, use.path, "benefit", sentence)


def _order(shelf: Shelf) -> Iterator[Finding]:
    for record, path, sentence in contradictions(shelf):
        yield Finding(record, path, "order", sentence)


def _serials(shelf: Shelf) -> Iterator[Finding]:
    """One serial number on two units; what was called off may have been sold again."""
    known: dict[str, str] = {}
    for sale in shelf.of(Sale):
        for at, item in enumerate(sale.items if sale.cancelled is None else ()):
            if not item.serial:
                continue
            unit = f"{sale.id}/{at + 1}"
            other = known.setdefault(fold(item.serial).casefold(), unit)
            if other != unit:
                sentence = _("{serial} is also the serial number of {other}").format(serial=item.serial, other=other)
                yield Finding(sale.id, ("items", at, "serial"), "serial", sentence)


def _guests(shelf: Shelf) -> Iterator[Finding]:
    """One customer twice on the list of an event: only the first row counts."""
    for event in shelf.of(Event):
        known: dict[str, int] = {}
        for at, guest in enumerate(event.guests):
            record = shelf.get(guest.customer)
            first = known.setdefault(record.id if record else guest.customer, at)
            if first != at:
                sentence = _("{customer} is on the list already, as guest {number}; only that row counts")
                said = sentence.format(customer=guest.customer, number=first + 1)
                yield Finding(event.id, ("guests", at, "customer"), "guest-twice", said)


def _twice(shelf: Shelf) -> Iterator[Finding]:
    """Two records of one kind that came from the same row of an import."""
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in shelf.records.values():
        if record.source_key:
            known[kind_of(record.id), record.source_key].append(record.id)
    for (__, key), (first, *others) in known.items():
        for other in others:
            sentence = _("{first} was imported from the same row ({key})").format(first=first, key=key)
            yield Finding(other, ("source_key",), "twice", sentence)


Look = Callable[[Shelf], Iterator[Finding]]
LOOKS: dict[str, tuple[Look, ...]] = {
    "files": (_unknown_keys, _categories, _circumstances),
    "references": (_references, _formerly, _circles),
    "book": (
        _unknown_keys,
        _categories,
        _circumstances,
        _references,
        _formerly,
        _circles,
        _order,
        _stock,
        _serials,
        _twice,
        _published,
        _guests,
    ),
}
BY_RULES: tuple[Callable[[Shelf, Rules], Iterator[Finding]], ...] = (_points, _misused)
"""The looks that need the rules in force; they belong to the whole book."""
