"""Who was forgotten stays so: which commits may not be taken back, since they would bring somebody back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from aftercare.book.chronicle import Chronicle, Commit
from aftercare.book.references import references
from aftercare.book.shelf import Shelf
from aftercare.errors import NotBroughtBack
from aftercare.records.base import Record
from aftercare.records.customer import Customer

_TITLE = "customer forget "
_UNDONE = re.compile(rf"(?:undo )*{_TITLE}\s*(.*)")
_OF_WHOM = frozenset({"customer", "to", "sale", "unit", "of", "guests"})
"""The fields by which a record says whose it is: the customer, or what was sold or promised to one."""


def leave(commit: Commit) -> None:
    """NotBroughtBack where a commit is a forgetting, took one along, or is about one in any other way."""
    for title in (commit.title, *commit.also):
        if about := _UNDONE.fullmatch(title):
            raise NotBroughtBack(about[1], "undo")


def is_one(commit: Commit | None) -> bool:
    """Whether a commit is a forgetting, or took one along."""
    return commit is not None and any(title.startswith(_TITLE) for title in (commit.title, *commit.also))


def leave_what_they_said(chronicle: Chronicle, commit: Commit, shelf: Shelf, put_back: Iterable[str]) -> None:
    """NotBroughtBack where taking back a *commit* from before a forgetting would put back records of that person.

    The *shelf* is the book as it would be; a commit that came after the forgetting holds nothing of the person.
    """
    for record_id in put_back:
        record = shelf.records.get(record_id)
        for customer in _owners(shelf, record) if record else ():
            if customer.forgotten and not _is_after(chronicle, commit, customer.ids):
                raise NotBroughtBack(customer.id, "undo")


def _owners(shelf: Shelf, record: Record) -> Iterator[Customer]:
    """The customer a record is of, and who is a guest at an event."""
    found: set[str] = set()
    waiting = [record]
    while waiting:
        one = waiting.pop()
        if one.id in found:
            continue
        found.add(one.id)
        if isinstance(one, Customer):
            yield one
        else:
            named = (shelf.get(r.text.partition("/")[0]) for r in references(one) if r.path[0] in _OF_WHOM)
            waiting += [other for other in named if other]


def _is_after(chronicle: Chronicle, commit: Commit, ids: Collection[str]) -> bool:
    """Whether the last forgetting of a customer is in the past of a commit; no, where the history knows of none."""
    titles = {_TITLE + one for one in ids}
    last = next((one for one in chronicle.commits if titles & {one.title, *one.also}), None)
    return last is not None and last is not commit and last.id in _past(chronicle, commit)


def _past(chronicle: Chronicle, commit: Commit) -> set[str]:
    found: set[str] = set()
    waiting = [commit.id]
    while waiting:
        one = chronicle.by_id.get(waiting.pop())
        if one and one.id not in found:
            found.add(one.id)
            waiting += one.parents
    return found
