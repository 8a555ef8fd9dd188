"""What the index remembers of the ledger: the promises to each customer, and for how long they are what they are.

A customer is the unit of recomputation.  Whoever is touched by a file that changed is reckoned anew, from the records
that are theirs and no others; so is everybody for whom a moment has come at which an answer may be another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from aftercare.answers.balance import Count
from aftercare.answers.lateness import is_wanted, most_late_first, standing_of, with_days
from aftercare.book.index.indexed import Indexed
from aftercare.plain.moments import Moment, day_of, parse, shifted

if TYPE_CHECKING:
    from aftercare.answers.affairs import Affairs
    from aftercare.answers.promises import Promise
    from aftercare.answers.rules import Rules
    from aftercare.book.book import Book
    from aftercare.book.shelf import Shelf
    from aftercare.plain.watched import Span, Watch

Row: TypeAlias = dict[str, Any]
_AT_ONCE = 500
"""So many customers are reckoned from one reading; a book of any size takes no more room than these."""

_COLUMNS = 19
"""Of the table of promises."""


class Recalled:
    """The index of a book with the promises of all its customers as they are at a moment; Untidy where it has none."""

    def __init__(self, index: Indexed, now: Moment) -> None:
        self.index = index
        self.now = now
        self.customers_reckoned = 0
        self._policies = index.policies
        if not self._is_known():
            with index.changing():
                self._reckon()

    @property
    def pack_faults(self) -> list[list[Any]]:
        """What is wrong with the packs in force: file, line, code and sentence."""
        found: list[list[Any]] = json.loads(self.index.said("pack faults") or "[]")
        return found

    def due(self, *, within: timedelta | None = None, overdue_only: bool = False) -> list[Row]:
        """The rows of the promises that are overdue or due, or come *within* a span, as ``due`` shows them."""
        asked = "SELECT row FROM promises WHERE row IS NOT NULL AND state = ?"
        states = ["overdue"] if overdue_only else ["overdue", "due"]
        found = [row for state in states for (row,) in self.index.connection.execute(asked, (state,))]
        if within is not None and not overdue_only:
            last = f"{day_of(shifted(self.now, within)).isoformat()}T24"
            found += [row for (row,) in self.index.connection.execute(f"{asked} AND begins < ?", ("waiting", last))]
        standing = ((standing_of(row), row) for row in map(json.loads, found))
        wanted = [one for one in standing if is_wanted(one[0], self.now, within=within, overdue_only=overdue_only)]
        return [with_days(row, self.now) for __, row in sorted(wanted, key=lambda one: most_late_first(one[0]))]

    def first_waiting(self) -> tuple[str, Moment] | None:
        """The promise that comes first of those that wait for their time, and when."""
        asked = "SELECT id, begins FROM promises WHERE row IS NOT NULL AND state = 'waiting' AND begins IS NOT NULL"
        found = self.index.connection.execute(f"{asked} ORDER BY begins, id LIMIT 1").fetchone()
        return (found[0], parse(found[1])) if found else None

    def counts(self, first: date, last: date) -> Iterator[Count]:
        """How many promises were made from *first* to *last*, both included."""
        asked = """
            SELECT what, person, substr(made_on, 1, 7), state, count(*) FROM promises
            WHERE substr(made_on, 1, 10) BETWEEN ? AND ? GROUP BY 1, 2, 3, 4
            """
        yield from (Count(*row) for row in self.index.connection.execute(asked, (first.isoformat(), last.isoformat())))

    def _is_known(self) -> bool:
        """Whether nothing is to be reckoned."""
        return self.index.is_fresh and self._knows_rules() and not any(True for __ in self._stale())

    def _knows_rules(self) -> bool:
        """Whether the promises were reckoned by the packs of now, and for a day or a time as is asked for now."""
        return (self.index.said("policies"), self.index.said("clock")) == (self._policies, self._clock())

    def _clock(self) -> str:
        return "time" if isinstance(self.now, datetime) else "day"

    def _stale(self) -> Iterator[str]:
        """Whoever is to be reckoned anew."""
        at = written(self.now)
        asked = """
            SELECT customer FROM stale
            UNION SELECT customer FROM reckoned WHERE before <= :at AND NOT (before = :at AND after = :at)
            UNION SELECT customer FROM reckoned WHERE after >= :at AND NOT (before = :at AND after = :at)
            """
        return (customer for (customer,) in self.index.connection.execute(asked, {"at": at}))

    def _reckon(self) -> None:
        """Reckon anew what is stale, or everything where the rules are others; within a change of the index."""
        from aftercare.answers.chosen import rules_in
        from aftercare.book.book import Book

        book = Book(self.index.root)
        rules, faults = rules_in(book)
        if not self._knows_rules():
            self.index.note("policies", self._policies)
            self.index.note("clock", self._clock())
            self.index.note("pack faults", json.dumps(faults))  # names of files may be of any bytes
            self.index.mark_all()
        stale = sorted(self._stale())
        for first in self.index.follow("customers", range(0, len(stale), _AT_ONCE)):
            if first:
                self.index.write_out()
            self._reckon_some(stale[first : first + _AT_ONCE], book, rules)
        self.customers_reckoned = len(stale)
        self.index.connection.execute("DELETE FROM stale")

    def _reckon_some(self, customers: list[str], book: Book, rules: Rules) -> None:
        from aftercare.answers.affairs import affairs_of

        shelf = shelf_for(self.index, customers, book)
        every = affairs_of(shelf)
        for customer in customers:
            self._forget(customer)
            if customer in every:
                self._note(every[customer], rules, shelf)
            else:
                self.index.note_open(customer, ())

    def _forget(self, customer: str) -> None:
        """Let go of what was reckoned of a customer."""
        self.index.connection.execute("DELETE FROM promises WHERE customer = ?", (customer,))
        self.index.connection.execute("DELETE FROM reckoned WHERE customer = ?", (customer,))

    def _note(self, affairs: Affairs, rules: Rules, shelf: Shelf) -> tuple[Watch, list[Promise]]:
        """Reckon one customer by a clock that notes how long that holds, and keep it; *shelf* has the records."""
        from aftercare.answers.due import lasting_row
        from aftercare.answers.ledger import Ledger, promises_to
        from aftercare.plain.watched import Watch

        watch, customer = Watch(self.now), affairs.customer.id
        promises = promises_to(affairs, rules, watch.now)
        ledger = Ledger(tuple(promises), {customer: affairs}, rules)
        kept = [
            _kept(promise, place, lasting_row(promise, ledger) if promise.is_open else None)
            for place, promise in enumerate(promises)
        ]
        connection = self.index.connection
        marks = ",".join("?" * _COLUMNS)
        connection.executemany(f"INSERT INTO promises VALUES ({marks})", kept)  # noqa: S608
        connection.execute("INSERT INTO reckoned VALUES (?, ?, ?)", (customer, *ends_of(watch.span)))
        self.index.note_open(customer, _open_records(promises))
        return watch, promises


def shelf_for(index: Indexed, customers: Iterable[str], book: Book) -> Shelf:
    """The records from which the promises to these customers follow, on a shelf."""
    from aftercare.book.index.reach import records_for
    from aftercare.book.shelf import Shelf
    from aftercare.records.typed import typed

    setting = book.settings.setting
    ids = records_for(index.connection, customers)
    records = {one: typed(kind, tree, setting, is_typed=False) for one, kind, tree in index.trees(ids)}
    return Shelf(book.settings, records, formerly=index.formerly())


def written(moment: Moment) -> str:
    """A moment as the index keeps it, in an order in which texts sort as moments do."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _open_records(promises: Iterable[Promise]) -> Iterator[str]:
    """What is behind the open promises: the records that made them, their subjects, and whom something is due to."""
    for promise in promises:
        if promise.is_open:
            yield from (promise.draft.record, promise.draft.subject)
            yield from (promise.draft.to,) if promise.state != "waiting" else ()


def ends_of(span: Span) -> tuple[str, str]:
    """The two moments between which an answer holds, as the index keeps them."""
    return written(span.after), written(span.before)


def _kept(promise: Promise, place: int, row: dict[str, Any] | None) -> tuple[Any, ...]:
    """A promise as a row of the index."""
    draft, term = promise.draft, promise.due
    begins = written(term.from_ or term.by) if term else None
    first, fulfilled, ended = draft.term, promise.kept, promise.ended
    return (
        draft.to,
        place,
        promise.id,
        promise.what,
        promise.state,
        draft.binds,
        promise.person,
        draft.record,
        draft.subject,
        written(draft.made_on),
        begins,
        written(term.by) if term else None,
        written(first.by) if first else None,
        promise.moves,
        written(fulfilled.at) if fulfilled else None,
        fulfilled.record if fulfilled else None,
        written(ended.at) if ended else None,
        ended.record if ended else None,
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) if row else None,
    )
