"""Deliveries that fell short: late, not told of, unsigned, unopened, charged, without a person, refused, damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.answers import works
from aftercare.answers.breaches import qualified
from aftercare.answers.breaches.delays import told_of_work
from aftercare.answers.breaches.finding import Scope, Seen, day_after, is_late_one, lateness, later, of_work, when
from aftercare.answers.breaches.late import about_work
from aftercare.answers.breaches.qualified import Done
from aftercare.answers.lines import Line
from aftercare.answers.promises import Promise
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.plain.tree import Path
from aftercare.records.delivery import Delivery

BEFORE_YESTERDAY = 2
"""Days: what left before yesterday should be signed for, and what was sold before yesterday be arranged."""


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the deliveries of one customer."""
    for line in scope.lines:
        promise = scope.promises.get(f"{line.unit}/deliver")
        if promise and is_late_one(promise):
            yield from _late(scope, line, promise)
        yield from _not_served(scope, line)
    sales = {sale.id for sale in scope.affairs.sales if sale.cancelled is None}
    for delivery in scope.affairs.deliveries:
        if delivery.cancelled is None and delivery.sale in sales:
            yield from _unsigned(scope, delivery)
            yield from _at_the_door(scope, delivery)
            yield from _charged(scope, delivery)
            yield from _unqualified(scope, delivery)
    yield from _damage(scope)


def _unqualified(scope: Scope, work: Delivery) -> Iterator[Seen]:
    """Who brought it had not what a standard asks for; that nobody is named falls short of another duty."""
    done = works.done_at(work)
    if done and work.person:
        on = day_of(done)
        yield from qualified.seen(
            scope, Done("delivery", work.id, work.id, ("person",), work.person, scope.categories(work), on)
        )


def _late(scope: Scope, line: Line, promise: Promise) -> Iterator[Seen]:
    what = lateness(promise, scope.now)
    yield about_work(scope, line, promise, "late-delivery", what)
    if not told_of_work(scope, line, promise, line.deliveries):
        said = _("{lateness}, and the customer was not told before").format(lateness=what)
        yield about_work(scope, line, promise, "delay-not-told", said)


def _not_served(scope: Scope, line: Line) -> Iterator[Seen]:
    """Nothing was arranged by the day after the sale for somebody who has home delivery free of charge.

    What is arranged later serves the customer, and was late all the same.
    """
    sale, item = line.sale, line.item
    on = later(sale.sold_on, BEFORE_YESTERDAY)
    works_about = [work for work in line.deliveries if works.covers(work, line.number)]
    in_time = any(work.arranged_on is None or day_of(work.arranged_on) < on for work in works_about)
    arranged = in_time or line.told.deliver is not None
    if item.taken or sale.cancelled or arranged or sale.channel not in {None, "shop"}:
        return
    if any(record.of == f"{line.unit}/deliver" and record.released for record in scope.affairs.promises):
        return
    if is_entitled(scope, line, "home_delivery"):
        path: Path = ("items", line.number - 1)
        what = _("entitled to free home delivery, and none was arranged by the day after the sale")
        yield Seen("not-served", line.unit, on, sale.id, path, what, (line.category,), sale.person or "")


def is_entitled(scope: Scope, line: Line, service: str) -> bool:
    """Whether the customer has a service for a line free of charge; what is not known is no title."""
    from aftercare.answers.entitled import entitled  # few lines of few sales come to this question

    found = entitled(scope.affairs, line.sale, line.number, scope.rules)
    return any(one.service == service and one.state == "yes" for one in found)


def _unsigned(scope: Scope, delivery: Delivery) -> Iterator[Seen]:
    came = delivery.arrived_at or delivery.dispatched_at
    if delivery.signed or came is None:
        return
    if any(not is_late(came, attempt.at) for attempt in delivery.attempts):
        return
    if delivery.arrived_at:
        on, path = later(came, 1), "arrived_at"
        what = _("came on {when} and was not signed for").format(when=when(came))
    else:
        on, path = later(came, BEFORE_YESTERDAY), "dispatched_at"
        what = _("left on {when} and was not signed for").format(when=when(came))
    yield of_work(scope, delivery, "unsigned-delivery", on, (path,), what)


def _at_the_door(scope: Scope, delivery: Delivery) -> Iterator[Seen]:
    """Unpacked together, and by somebody with a name."""
    if delivery.signed and not delivery.opened:
        said_no = delivery.opened is False
        what = _("not unpacked together") if said_no else _("nobody wrote down whether it was unpacked together")
        path: Path = ("opened",) if said_no else ("signed",)
        yield of_work(scope, delivery, "unopened", day_of(delivery.signed.at), path, what)
    begun = _happened(delivery)
    if begun and not delivery.person:
        what = _("went out without anybody being named for it")
        yield of_work(scope, delivery, "no-person", day_of(begun), ("sale",), what)


def _happened(delivery: Delivery) -> Moment | None:
    """The first thing that is known to have happened on the way."""
    signed = delivery.signed.at if delivery.signed else None
    known = [at for at in (delivery.dispatched_at, delivery.arrived_at, signed) if at]
    return min(known, key=in_order, default=None)


def _charged(scope: Scope, delivery: Delivery) -> Iterator[Seen]:
    if not (delivery.charged and delivery.charged.value):
        return
    lines = scope.covered(delivery)
    agreed = any(line.sale.agreed or line.item.agreed for line in lines)
    entitled = any(is_entitled(scope, line, "home_delivery") for line in lines)
    if entitled:
        what = _("{amount} charged for a delivery that is free of charge")
    elif not agreed:
        what = _("{amount} charged for a delivery, and no price was agreed at the sale")
    else:
        return
    what = what.format(amount=money.plain(delivery.charged))
    yield of_work(scope, delivery, "charged-delivery", _day_of_work(scope, delivery), ("charged",), what)


def _day_of_work(scope: Scope, delivery: Delivery) -> date:
    """The day of what was done; before that, the day it was arranged."""
    sold = scope.affairs.sale_by_id[delivery.sale].sold_on
    return day_of(_happened(delivery) or delivery.arranged_on or sold)


def _damage(scope: Scope) -> Iterator[Seen]:
    """Goods hurt on the way, and not made good in time."""
    hurt = {delivery.id: delivery for delivery in scope.affairs.deliveries if works.damaged(delivery)}
    for promise in scope.promises.values():
        delivery = hurt.get(promise.draft.record)
        if promise.what != "compensate" or delivery is None or promise.state not in {"overdue", "broken"}:
            continue
        ended = promise.ended if promise.state == "broken" else None
        what = _("{damage}, to be made good by {due}")
        yield Seen(
            code="damage",
            subject=promise.draft.subject,
            on=day_of(ended.at) if ended else day_after(promise),
            record=delivery.id,
            path=("damage",),
            what=what.format(damage=delivery.damage, due=when(promise.due.by) if promise.due else ""),
            categories=scope.categories(delivery),
            person=delivery.person or "",
            promise=promise.id,
            nth=int(promise.id.rpartition(".")[2]),
            bound=promise.draft.binds != "plan",
        )
