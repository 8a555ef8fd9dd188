"""Every breach of service in a book, and how it was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from aftercare.answers.breaches import (
    benefits,
    claims,
    complaints,
    contacts,
    delays,
    deliveries,
    installations,
    promises,
    published,
    visits,
)
from aftercare.answers.breaches.finding import CODES, GROUPS, Breach, Scope, Seen
from aftercare.answers.breaches.settled import awaited, settled
from aftercare.answers.contradictions import contradictions_of
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.lines import lines_of
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of
from aftercare.records.staff import Staff

_LOOKS: dict[str, tuple[Callable[[Scope], Iterator[Seen]], ...]] = {
    "delivery": (deliveries.seen,),
    "installation": (installations.seen,),
    "visits": (visits.seen, contacts.seen, benefits.seen),
    "claims": (claims.seen,),
    "promises": (promises.seen, delays.seen, published.seen),
    "complaints": (complaints.seen,),
}


def breaches(
    shelf: Shelf, rules: Rules, now: Moment, *, groups: Iterable[str] = GROUPS, customers: Collection[str] | None = None
) -> list[Breach]:
    """Every breach up to the moment, settled ones too, in some of :data:`GROUPS`; of some *customers* where named.

    They come in the order of the customers' ids.  A record whose dates contradict each other proves nothing.
    """
    return breaches_in(shelf, ledger_of(shelf, rules, now, customers), now, groups=groups)


def breaches_in(shelf: Shelf, ledger: Ledger, now: Moment, *, groups: Iterable[str] = GROUPS) -> list[Breach]:
    """As :func:`breaches`, of the customers whose *ledger* on the day is known already."""
    rules = ledger.rules
    promised: dict[str, dict[str, Promise]] = defaultdict(dict)
    for promise in ledger.promises:
        promised[promise.draft.to][promise.id] = promise
    staff = _staff(shelf)
    found: list[Breach] = []
    for customer, affairs in ledger.affairs.items():
        scope = Scope(affairs, list(lines_of(affairs, rules)), promised[customer], rules, staff, now)
        looked = (one for group in groups for look in _LOOKS[group] for one in look(scope))
        found += (breach for one in looked if (breach := _judged(one, scope)) and not _is_doubtful(one, shelf))
    return found


def _is_doubtful(one: Seen, shelf: Shelf) -> bool:
    """Whether a record that it was seen in contradicts itself."""
    records = filter(None, (shelf.get(record) for record in {one.record, *one.rests_on}))
    return any(True for record in records for __ in contradictions_of(shelf, record))


def _staff(shelf: Shelf) -> dict[str, Staff]:
    """The people by their ids, and by those they had."""
    people = {person.id: person for person in shelf.of(Staff)}
    return {old: people[now] for old, now in shelf.formerly.items() if now in people} | people


def _judged(one: Seen, scope: Scope) -> Breach | None:
    """The breach that was seen, where it is one: of a duty in force on its day, which has come."""
    if one.on > day_of(scope.now) or not (one.bound or scope.rules.counts(one.on)):
        return None
    name = one.duty or CODES[one.code].name
    asked = (scope.rules.duty(name, category, one.on) for category in one.categories)
    duty = one.clause or next(filter(None, asked), None)
    if duty is None:
        return None
    breach = Breach(
        id=one.id,
        code=one.code,
        record=one.record,
        path=one.path,
        sentence=_sentence(one, scope),
        to=scope.affairs.customer.id,
        person=one.person,
        on=one.on,
        line=duty.line,
        promise=one.promise,
        what=one.what,
        credo=tuple(basic for basic in scope.rules.credo(one.on) if basic.concerns(one.code, duty.duty)),
        rests_on=one.rests_on,
    )
    how = settled(breach, scope) or one.made_good
    return replace(breach, settled=how, awaits="" if how else awaited(breach, scope))


def _sentence(one: Seen, scope: Scope) -> str:
    """Whose it is, what happened, and whose work it was."""
    name = scope.affairs.customer.name or _("the shop")
    person = scope.staff.get(one.person)
    if person:
        return _("{name}: {what} ({person})").format(name=name, what=one.what, person=person.name)
    return _("{name}: {what}").format(name=name, what=one.what)
