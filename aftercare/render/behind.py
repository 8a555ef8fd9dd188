"""The records behind the numbers of a report: a list for each number, and an entry for each record that one names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aftercare.answers.finding import describe
from aftercare.answers.measures.counting import Case, Score
from aftercare.answers.period import month_of
from aftercare.answers.promises import Promise
from aftercare.answers.reporting import Goods, Grievances, Report, Week
from aftercare.book.ids import parse, path_of
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _, word
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.knowing import called
from aftercare.render import measures
from aftercare.render.promises import kind_name, state_name


class Line(NamedTuple):
    """A case behind a number; ``anchor`` is the place to which something leads, "" where nothing does."""

    anchor: str
    id: str
    href: str
    day: str
    said: str
    is_good: bool
    customer: str


class Listed(NamedTuple):
    """The cases behind a number, under the place to which it leads."""

    anchor: str
    title: str
    lines: Sequence[Line]


class Entry(NamedTuple):
    """A record that a list names."""

    anchor: str
    id: str
    kind: str
    words: str
    file: str


def anchor(*parts: str) -> str:
    """A place in the page, by words that nothing else in it is called by; whatever a part holds, it is one word."""
    return "-".join("".join(char if _is_plain(char) else f"_{ord(char):x}_" for char in part) for part in parts)


def _is_plain(char: str) -> bool:
    return char == "." or (char.isascii() and char.isalnum())


@dataclass
class Records:
    """The records that lists name; where pages of them are served (*live*), their links lead to those."""

    shelf: Shelf
    live: bool = False
    named: dict[str, None] = field(default_factory=dict)

    def href(self, reference: str) -> str:
        """The way to the record that the id of a record, a promise or a unit begins with; "" where there is none."""
        record = self.shelf.get(reference.partition("/")[0])
        if record is None:
            return ""
        self.named[record.id] = None
        return f"/record/{record.id}" if self.live else f"#{anchor('record', record.id)}"

    def customer(self, reference: str) -> str:
        """The name of a customer; "" where there is none."""
        record = self.shelf.get(reference)
        return called(record) if isinstance(record, Customer) else ""

    def buyer(self, unit: str) -> str:
        """The name of whoever bought a unit."""
        sale = self.shelf.get(unit.partition("/")[0])
        return self.customer(getattr(sale, "customer", ""))

    def entries(self) -> list[Entry]:
        """An entry for each record that was named, in the order of their ids; none where they have pages."""
        return [] if self.live else [self._entry(one) for one in sorted(self.named)]

    def _entry(self, record_id: str) -> Entry:
        named = parse(record_id)
        words = describe(self.shelf, record_id).partition(" ")[2]
        return Entry(
            anchor("record", record_id),
            record_id,
            word(kind_of(record_id)),
            words,
            path_of(named) if named else "",
        )


def lists(report: Report, records: Records) -> Iterator[Listed]:
    """Every list of a report, in the order of its numbers."""
    yield _of_due(report.due, records)
    for score in report.scores.values():
        if score.cases:
            yield _of_score(score, records)
    for week in report.weeks:
        if week.promises:
            yield _of_week(week, records)
    for goods in report.goods:
        yield from _of_goods(goods, records)
    for month in report.complaints:
        yield from _of_complaints(month, records)


def _line(
    records: Records, of: str, on: Moment | None, said: str, customer: str, *, good: bool = True, at: str = ""
) -> Line:
    return Line(at, of, records.href(of), iso(day_of(on)) if on else "", said, good, customer)


def _of_due(promises: Sequence[Promise], records: Records) -> Listed:
    lines = [
        _line(
            records,
            one.id,
            one.due.by if one.due else None,
            _("{what}: {state}").format(what=kind_name(one.what), state=state_name(one.state)),
            records.customer(one.draft.to),
            good=one.state != "overdue",
            at=anchor("due", one.id),
        )
        for one in promises
    ]
    return Listed("due-list", _("Due today and overdue"), lines)


def _of_score(score: Score, records: Records) -> Listed:
    """The cases of a figure; where its numbers are told apart, by part or by month, each has a place of its own."""
    by = _split(score)
    cases = sorted(score.cases, key=by) if by else score.cases  # the order within stays
    seen: set[str] = set()
    lines = []
    for case in cases:
        group = by(case) if by else ""
        at = anchor("figure", score.measure.id, group) if by and group not in seen else ""
        seen.add(group)
        customer = records.customer(case.customer)
        lines.append(_line(records, case.id, case.on, _said(score, case), customer, good=case.good, at=at))
    return Listed(anchor("figure", score.measure.id), measures.title(score.measure), lines)


def _split(score: Score) -> Callable[[Case], str] | None:
    if score.measure.sort == "spread":
        return lambda case: case.part
    return (lambda case: month_of(case.on)) if score.measure.id == "on_time_in_full" else None


def _said(score: Score, case: Case) -> str:
    """What a case is to its figure: good or why not, how much, of which kind."""
    parts = [measures.part(score.measure, case.part)] if case.part else []
    if case.amount is not None:
        parts.append(f"{case.amount:f}")
    elif score.measure.sort == "share":
        parts.append(_("good") if case.good else measures.why(case.why) if case.why else _("not good"))
    return _(", ").join(parts)


def _of_week(week: Week, records: Records) -> Listed:
    lines = [
        _line(
            records,
            one.id,
            one.draft.made_on,
            _("{what}: {state}").format(what=kind_name(one.what), state=state_name(one.state)),
            records.customer(one.draft.to),
            good=one.state not in {"kept_late", "broken", "overdue"},
        )
        for one in week.promises
    ]
    return Listed(anchor("week", week.name), _("Promises made in week {week}").format(week=week.name), lines)


def _of_goods(goods: Goods, records: Records) -> Iterator[Listed]:
    name = " ".join(filter(None, (goods.product.name, goods.product.model)))
    if goods.faults:
        lines = [
            _line(records, one.id, one.on, ": ".join(filter(None, (one.component, one.words))), records.buyer(one.unit))
            for one in goods.faults
        ]
        yield Listed(anchor("faults", goods.product.id), _("Faults of {product}").format(product=name), lines)
    if goods.sold:
        lines = [_line(records, one.unit, one.on, _pieces(one.pieces), records.buyer(one.unit)) for one in goods.sold]
        yield Listed(anchor("sold", goods.product.id), _("Sold of {product}").format(product=name), lines)


def _pieces(count: int) -> str:
    return f"× {count}" if count > 1 else ""


def _of_complaints(month: Grievances, records: Records) -> Iterator[Listed]:
    for what, title, found in (
        ("received", _("Complaints received in {month}"), month.received),
        ("resolved", _("Complaints resolved in {month}"), month.resolved),
    ):
        if found:
            lines = [_complaint(one, records) for one in found]
            yield Listed(anchor(what, month.month), title.format(month=month.month), lines)


def _complaint(one: Complaint, records: Records) -> Line:
    return _line(records, one.id, one.received_at, one.what, records.customer(one.customer))
