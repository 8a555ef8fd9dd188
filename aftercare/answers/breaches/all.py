"""Every breach of service in a book, and how it was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from aftercare.answers.affairs import Affairs
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
from aftercare.answers.breaches.finding import CODES, Breach, Scope, Seen
from aftercare.answers.breaches.settled import awaited, settled
from aftercare.answers.contradictions import contradictions_of
from aftercare.answers.findings import BREACHES
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
    shelf: Shelf,
    rules: Rules,
    now: Moment,
    *,
    groups: Iterable[str] = BREACHES,
    customers: Collection[str] | None = None,
) -> list[Breach]:
    """Every breach up to the moment, settled ones too, in some of :data:`BREACHES`; of some *customers* where named.

    They come in the order of the customers' ids.  A record whose dates contradict each other proves nothing.
    """
    return breaches_in(shelf, ledger_of(shelf, rules, now, customers), now, groups=groups)


def breaches_in(shelf: Shelf, ledger: Ledger, now: Moment, *, groups: Iterable[str] = BREACHES) -> list[Breach]:
    """As :func:`breaches`, of the customers whose *ledger* on the day is known already."""
    promised: dict[str, list[Promise]] = defaultdict(list)
    for promise in ledger.promises:
        promised[promise.draft.to].append(promise)
    staff, wanted = staff_of(shelf), list(groups)
    return [
        breach
        for customer, affairs in ledger.affairs.items()
        for __, breach in breaches_to(scope_of(affairs, promised[customer], ledger.rules, staff, now), shelf, wanted)
    ]


def scope_of(
    affairs: Affairs, promises: Iterable[Promise], rules: Rules, staff: Mapping[str, Staff], now: Moment
) -> Scope:
    """What the search for one customer's breaches goes by."""
    by_id = {promise.id: promise for promise in promises}
    return Scope(affairs, list(lines_of(affairs, rules)), by_id, rules, staff, now)


def breaches_to(scope: Scope, shelf: Shelf, groups: Iterable[str] = BREACHES) -> Iterator[tuple[str, Breach]]:
    """The breaches of one customer in some groups, each with its group."""
    for group in groups:
        for look in _LOOKS[group]:
            for one in look(scope):
                if (breach := _judged(one, scope)) and not _is_doubtful(one, shelf):
                    yield group, breach


def _is_doubtful(one: Seen, shelf: Shelf) -> bool:
    """Whether a record that it was seen in contradicts itself."""
    records = filter(None, (shelf.get(record) for record in {one.record, *one.rests_on}))
    return any(True for record in records for __ in contradictions_of(shelf, record))


def staff_of(shelf: Shelf) -> dict[str, Staff]:
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
