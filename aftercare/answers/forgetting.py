"""What forgetting a customer asks for: what is still owed to them, and what the balance has to remember."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aftercare.answers import personal
from aftercare.answers.affairs import Affairs
from aftercare.answers.endings import OF_THE_GOODS
from aftercare.answers.promises import Promise
from aftercare.book import remains
from aftercare.book.book import Book
from aftercare.book.ids import parse, path_of
from aftercare.book.shelf import Shelf, read_record
from aftercare.plain.blotting import OwnWords
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies.plans import YEARLY
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.fields import BLANK
from aftercare.records.names import BY_NAME
from aftercare.records.sale import Sale
from aftercare.records.staff import Staff

BETWEEN_US = OF_THE_GOODS - {"pack", "make_safe", "report"}
"""The kinds of promise for which goods or money still change hands: for these the person is needed."""


def still_owed(affairs: Affairs, promises: Iterable[Promise]) -> Iterator[str]:
    """The ids of what goods or money are still owed by: promises, claims with a repair or a loan that goes on."""
    named = [one.id for one in promises if one.is_open and one.what in BETWEEN_US]
    yield from named
    for claim in affairs.claims:
        in_hand = any(stay.out is None for stay in claim.repairs) or any(loan.back is None for loan in claim.loans)
        if in_hand and claim.closed is None and not any(one.partition("/")[0] == claim.id for one in named):
            yield claim.id


def greetings_to_remember(promises: Iterable[Promise]) -> list[Tree]:
    """The greetings of before as the customer's file keeps them: without a day that would tell the birthday.

    What is still open becomes void with the forgetting.
    """
    found: list[Tree] = []
    for promise in promises:
        plan = promise.draft.plan
        if plan is None or plan.after not in YEARLY:
            continue
        one: dict[str, Tree] = {
            "step": promise.id.partition("/")[2],
            "made_on": day_of(promise.draft.made_on).replace(day=1).isoformat(),
            "state": "void" if promise.is_open else promise.state,
        }
        if promise.kept:
            one["by"] = promise.kept.record
        found.append(one)
    return found


def versions(book: Book, shelf: Shelf, customer: Customer) -> list[Customer]:
    """The customer's file as it was under any of its numbers, as far as git remembers: by it one is known still.

    Where two clones gave a number twice, its past is that of two people: what is the other's is left out.
    """
    mine = dict.fromkeys((customer.id, *customer.formerly))
    shared = {old: {old, *shelf.shared[old]} - {customer.id} for old in mine if old in shelf.shared}
    found = [one for old in mine if old not in shared for one in _at(book, old)]
    for old, others in shared.items():
        theirs = {word for other in others for one in _as_known(book, shelf, other) for word in _called(one)}
        found += [one for one in _at(book, old) if theirs.isdisjoint(_called(one))]
    return found


def recipients(book: Book, shelf: Shelf, customer: Customer, records: Iterable[Record]) -> OwnWords:
    """To whom and where what they bought was sent, by their *records* and as far as git remembers by earlier ones.

    Who is a customer too, or one of our people, is somebody else.
    """
    mine = {one for one in customer.ids if one not in shelf.shared}
    found = list(remains.every_version(book.root, [BY_NAME["sale"].folder, BY_NAME["delivery"].folder]))
    versions = [read_record(file, data, book.settings.setting) for file, data in found]
    sales = [one for one in versions if isinstance(one, Sale) and one.customer in mine]
    sales += [one for one in records if isinstance(one, Sale)]
    theirs = {number for one in sales for number in one.ids if number not in shelf.shared}
    works = [one for one in versions if isinstance(one, Delivery) and one.sale in theirs]
    works += [one for one in records if isinstance(one, Delivery)]
    sent = [to for to in (*(one.deliver_to for one in sales), *(one.to for one in works)) if to]
    kinds = ([to.name for to in sent], [to.address for to in sent], [to.phone for to in sent])
    words = OwnWords(*([one for one in said if one and BLANK not in one] for said in kinds))
    people = list(shelf.of(Staff))
    ours = OwnWords([one.name for one in people], numbers=[one.phone for one in people if one.phone])
    return words - (personal.own_words(one for one in shelf.of(Customer) if one.id != customer.id) | ours)


def _at(book: Book, record_id: str) -> list[Customer]:
    named = parse(record_id)
    if named is None:
        return []
    file = path_of(named)
    outcomes = (read_record(file, data, book.settings.setting) for data in remains.earlier(book.root, file))
    return [one for one in outcomes if isinstance(one, Customer)]


def _as_known(book: Book, shelf: Shelf, record_id: str) -> Iterator[Customer]:
    """A customer as they are today, and as they were under a number that nobody else has."""
    record = shelf.records.get(record_id)
    if isinstance(record, Customer):
        yield record
    if record_id not in shelf.shared:
        yield from _at(book, record_id)


def _called(customer: Customer) -> set[str]:
    return {str(one) for one in (customer.name, *customer.phones)} - {BLANK}
