"""What a customer is to be told beforehand: who comes and when, and when the maker's guarantee ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, delivered, installed, put_up_again, received
from aftercare.answers.occasions import Occasion
from aftercare.answers.promises import Draft, Event, Fate, Term
from aftercare.answers.works import Work
from aftercare.language import _
from aftercare.plain.groups import grouped
from aftercare.plain.moments import Moment, add_months, day_of, days_between, in_order, is_late, iso
from aftercare.records.delivery import Delivery
from aftercare.records.product import Product

FRESH = 1
"""Days before an appointment within which it was made: the customer has just heard it."""


class Guarantee(NamedTuple):
    """The maker's guarantee on the whole (no part) or on a part; the last day of it."""

    number: int
    part: str
    last_day: date


def guarantees(product: Product, begun: Moment) -> Iterator[Guarantee]:
    """What the product's record says of the maker's guarantee, from the day on which it began.

    The counting is that of the pack ``maker-warranty``: the first day does not count, no day off moves the end.
    """
    months = [("", product.maker_months), *((one.part, one.months) for one in product.maker_parts)]
    for number, (part, count) in enumerate(months, start=1):
        if count:
            yield Guarantee(number, part, _ends(begun, count))


def _ends(begun: Moment, months: int) -> date:
    try:
        return add_months(day_of(begun), months)
    except ValueError:  # past the end of the calendar
        return date.max


def begun(line: Line) -> tuple[Moment, str] | None:
    """When the maker's guarantee on a line began, and the record that says so: put up, else signed for, else sold."""
    at, record = installed(line)
    if at is not None:
        return at, record
    __, last = works.finished(received(line), line.item.pieces)
    if last:
        return last.at, last.record
    at, record = delivered(line)
    return (at, record) if at is not None else None


def ends_of_guarantees(line: Line, product: Product | None) -> Iterator[tuple[Occasion, str]]:
    """The end of each guarantee of the maker on a line, with the part that it is on."""
    start = begun(line) if product else None
    if product is None or start is None:
        return
    for one in guarantees(product, start[0]):
        yield Occasion("guarantee_ends", line.unit, start[1], one.last_day, start[0], one.number), one.part


class Appointment(NamedTuple):
    """Somebody is to come for some lines of a sale: in a window, as agreed on a day."""

    work: Work
    lines: tuple[Line, ...]
    window: Term
    agreed: date

    @property
    def at(self) -> Moment:
        """The moment from which the customer waits at home."""
        return self.window.from_ or self.window.by

    @property
    def occasion(self) -> Occasion:
        """The appointment as an event, to be expected since it was agreed."""
        return Occasion("arranged", self.work.id, self.work.id, self.at, self.agreed, person=works.worker(self.work))

    @property
    def words(self) -> str:
        """The window, as it is to be told: ``2026-03-10 09:00-12:00``."""
        return in_words(self.window)


def in_words(window: Term) -> str:
    """A window in words: ``2026-03-10 09:00-12:00``."""
    begins, ends = (iso(at).replace("T", " ") for at in (window.from_ or window.by, window.by))
    if begins == ends:
        return begins
    is_same_day = isinstance(window.by, datetime) and begins[:10] == ends[:10] and len(begins) > 10
    return f"{begins}-{ends[11:]}" if is_same_day else f"{begins} - {ends}"


def appointments(affairs: Affairs, lines: Sequence[Line]) -> Iterator[Appointment]:
    """The deliveries and installations with a time that was not made just the day before."""
    every: list[Work] = [*affairs.deliveries, *affairs.installations]
    of_sale = grouped(lines, lambda line: line.sale.id)
    for work in every:
        covered = tuple(line for line in of_sale.get(work.sale, ()) if _is_about(work, line))
        found = _appointment(affairs, work, covered) if covered else None
        if found and days_between(found.agreed, found.at) > FRESH:
            yield found


def _is_about(work: Work, line: Line) -> bool:
    about = line.deliveries if isinstance(work, Delivery) else line.installations
    return works.covers(work, line.number) and any(other.id == work.id for other in about)


def _appointment(affairs: Affairs, work: Work, lines: tuple[Line, ...]) -> Appointment | None:
    """The time in force: the work's own or the one told at the sale, or what was agreed on since."""
    first = lines[0]
    what, own = _step(work), works.own_window(work)
    told = own or (None if work in put_up_again(first) else getattr(first.told, what))
    if told is None:
        return None
    made = (work.arranged_on if own else None) or first.sale.sold_on
    apart = (move for record in affairs.promises if record.of == f"{first.unit}/{what}" for move in record.moved)
    moves = sorted((*works.by_consent(work.moved), *works.by_consent(apart)), key=lambda move: move.asked)
    if not moves:
        return Appointment(work, lines, works.term_of(told), day_of(made))
    last = moves[-1]
    return Appointment(work, lines, last.term, max(last.asked, day_of(made)))


def _step(work: Work) -> str:
    return "deliver" if isinstance(work, Delivery) else "install"


def needless(affairs: Affairs, drafts: Sequence[Draft], found: Mapping[str, Fate]) -> None:
    """Note what there is no more to tell of: a work that is off or done, a unit whose price was paid back."""
    every: list[Work] = [*affairs.deliveries, *affairs.installations]
    all_works = {work.id: work for work in every}
    refunds = {claim.unit: Event(claim.refunded.on, claim.id) for claim in affairs.claims if claim.refunded}
    for draft in drafts:
        event = draft.plan.after if draft.plan else ""
        if event == "arranged":
            found[draft.id].void = _off_or_done(affairs, all_works[draft.subject], draft, found)
        elif event == "guarantee_ends" and draft.subject in refunds:
            found[draft.id].void = refunds[draft.subject]._replace(reason=_("the price was paid back instead"))


def _off_or_done(affairs: Affairs, work: Work, draft: Draft, found: Mapping[str, Fate]) -> Event | None:
    sale = affairs.sale_by_id[work.sale]
    ends = [Event(one.on, work.id, one.reason or "") for one in (work.cancelled, sale.cancelled) if one]
    promised = [found.get(f"{unit}/{_step(work)}") for unit in draft.about]
    let_go = [one.released or one.broken if one else None for one in promised]
    ends += [event for event in let_go if event and all(let_go)]
    signed = works.done_at(work)
    begun = work.arrived_at if isinstance(work, Delivery) else work.started_at
    done = min((at for at in (signed, begun) if at), key=in_order, default=None)
    if done and draft.term and is_late(draft.term.by, done):
        ends.append(Event(done, work.id, _("somebody came before that")))
    return min(ends, key=lambda event: in_order(event.at), default=None)
