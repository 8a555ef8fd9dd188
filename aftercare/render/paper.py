"""Paper: pages of HTML that are ready to print and to sign, in the language in use.

The words are here and the layout in ``templates/``.  A page is one file that runs nothing and loads nothing.  Whatever
a record says is escaped where it is printed, control and direction-changing characters are made visible, and a template
cannot reach beyond the values it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aftercare.answers.promises import Term
from aftercare.answers.sheet import DeliverySheet, Label, Party, SheetLine, Time
from aftercare.answers.works import damaged
from aftercare.book.settings import Shop
from aftercare.language import N_, _, current, plural
from aftercare.plain.moments import day_of
from aftercare.plain.text import printable
from aftercare.plain.words import echo

_TAGS = {"zh": "zh-CN", "en": "en"}
_NEEDS = {
    "elderly": N_("an elderly customer"),
    "ill": N_("somebody is ill"),
    "disabled": N_("a customer with a disability"),
    "remote": N_("the place is far away"),
}
_SIGNS = {
    "gift": N_("Gift: no price in sight"),
    "glass": N_("Glass: handle with care"),
    "damp_sensitive": N_("Keep dry"),
    "fire_sensitive": N_("Keep away from fire"),
}


class Fact(NamedTuple):
    """A label and its value; "" leaves a line to write on."""

    label: str
    value: str


class Box(NamedTuple):
    """A box to tick, with room to write beside it; ``written`` is what the book knows already."""

    text: str
    ticked: bool = False
    room: bool = False
    written: str = ""


class Question(NamedTuple):
    """A row of the part that is filled in by hand."""

    label: str
    boxes: tuple[Box, ...]


def delivery_page(sheet: DeliverySheet) -> str:
    """The delivery sheet as a page of A4."""
    number = sheet.delivery.id if sheet.delivery else ""
    return page(
        "delivery-sheet.html",
        title=_("Delivery sheet"),
        shop=letterhead(sheet.shop),
        number=number,
        head=list(_head(sheet)),
        who=[_person(_("Recipient"), sheet.recipient), *([_person(_("Buyer"), sheet.buyer)] if sheet.buyer else [])],
        when=list(_when(sheet)),
        care=list(_care(sheet)),
        care_title=_("Please note"),
        columns=[_("Line"), _("Goods"), _("Serial number")],
        counts=[_("Ordered"), _("Came before"), _("Now"), _("Still to come")],
        lines=[_row(line) for line in sheet.lines],
        later=_later(sheet.later),
        questions=list(_questions(sheet)),
        notices=list(_notices(sheet.shop)),
        signing=_signing(sheet),
        remarks=_("Remarks"),
        printed=_("Printed on {when}").format(when=echo(sheet.printed_on)),
    )


def label_page(labels: Sequence[Label], copies: int = 1) -> str:
    """The labels on one page, each as often as there are *copies*."""
    return page(
        "label.html",
        title=_("Labels"),
        labels=[_label(label) for label in labels for __ in range(copies)],
    )


def page(template: str, **values: object) -> str:
    """A page of a *template*, filled with values in the language in use."""
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("aftercare", "render/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(lang=_TAGS.get(current(), "en"), **values)


def _visible(value: object) -> str:
    """A value with nothing hidden in it; line breaks stay, since an address has lines."""
    return "\n".join(printable(line) for line in str(value).replace("\r\n", "\n").split("\n"))


def letterhead(shop: Shop) -> Mapping[str, Any]:
    """The shop as it stands at the head of a page: ``name``, ``contact`` in lines, ``services``."""
    contact = [shop.address, _("Phone {phone}").format(phone=shop.phone) if shop.phone else None, shop.hours]
    return {
        "name": shop.name or "",
        "contact": [entry for entry in contact if entry],
        "services": _("Our services: {services}").format(services=_listed(shop.services)) if shop.services else "",
    }


def _listed(entries: Sequence[str]) -> str:
    return _(", ").join(entries)


def _head(sheet: DeliverySheet) -> Iterator[Fact]:
    yield Fact(_("Sale"), sheet.sale.id)
    if sheet.sale.invoice:
        yield Fact(_("Invoice"), sheet.sale.invoice)
    if sheet.sale.order:
        yield Fact(_("Order"), sheet.sale.order)
    yield Fact(_("Sold on"), echo(sheet.sale.sold_on))


def _person(title: str, party: Party) -> Mapping[str, Any]:
    return {
        "title": title,
        "name": party.name,
        "facts": [Fact(_("Phone"), party.phone), Fact(_("Address"), party.address)],
    }


def _when(sheet: DeliverySheet) -> Iterator[Fact]:
    if not sheet.times:
        yield Fact(_("Time"), "")
    for time in sheet.times:
        yield Fact(_("Promised time") if time.told else _("Planned time"), _timed(time, alone=len(sheet.times) == 1))
    yield Fact(_("Brought by"), sheet.person)
    if sheet.delivery and sheet.delivery.vehicle:
        yield Fact(_("Vehicle"), sheet.delivery.vehicle)


def _timed(time: Time, *, alone: bool) -> str:
    text = _term(time.term)
    if time.first:
        text = _("{when} (moved from: {first})").format(when=text, first=_term(time.first))
    if alone:
        return text
    numbers = _listed([str(number) for number in time.lines])
    return plural("line {numbers}: {when}", "lines {numbers}: {when}", len(time.lines)).format(
        numbers=numbers, when=text
    )


def _term(term: Term) -> str:
    start, end = term.from_, term.by
    if start is None:
        return _("by {when}").format(when=echo(end))
    if isinstance(start, datetime) and isinstance(end, datetime) and day_of(start) == day_of(end):
        return _("{day}, {start} to {end}").format(day=echo(day_of(end)), start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return _("from {start} to {end}").format(start=echo(start), end=echo(end))


def _care(sheet: DeliverySheet) -> Iterator[str]:
    """What the one who brings it has to know about the customer and the way there."""
    yield from sheet.customer.preferences
    if sheet.customer.needs:
        yield _("Special care: {needs}").format(needs=_listed([_(_NEEDS[need]) for need in sheet.customer.needs]))
    if sheet.floor:
        yield _("Floor: {floor}").format(floor=sheet.floor)
    if sheet.customer.consent and sheet.customer.consent.quiet:
        yield _("No calls at {hours}").format(hours=sheet.customer.consent.quiet)
    if sheet.delivery and sheet.delivery.difficulty:
        yield _("Difficulty on the way: {difficulty}").format(difficulty=sheet.delivery.difficulty)
    if sheet.sale.agreed:
        yield _("Agreed for this buyer: {agreed}").format(agreed=sheet.sale.agreed)


def _row(line: SheetLine) -> Mapping[str, Any]:
    details = [
        _("Agreed for this buyer: {agreed}").format(agreed=line.agreed) if line.agreed else "",
        _("Packing asked for: {packing}").format(packing=line.packing) if line.packing else "",
        _("In the box: {accessories}").format(accessories=_listed(line.accessories)) if line.accessories else "",
    ]
    return {
        "number": line.number,
        "product": line.product,
        "serial": line.serial,
        "details": [detail for detail in details if detail],
        "counts": [line.ordered, line.before or "–"],
        "now": line.now,
        "remaining": line.remaining or "–",
    }


def _later(lines: Sequence[SheetLine]) -> str:
    goods = [_("{count} × {product}").format(count=line.remaining, product=line.product) for line in lines]
    return _("Not on this delivery, still to come: {goods}").format(goods=_listed(goods)) if goods else ""


def _questions(sheet: DeliverySheet) -> Iterator[Question]:
    """What is filled in by hand, ticked already where the book knows it."""
    delivery = sheet.delivery
    confirmed = delivery.confirmed if delivery else None
    with_whom = _("{who}, {when}").format(who=confirmed.by or "", when=echo(confirmed.at)) if confirmed else ""
    damage = (delivery.damage or "") if delivery else ""
    found = damage if delivery and damaged(delivery) else ""
    unhurt = bool(damage) and not found
    yield Question(
        _("Before leaving"),
        (Box(_("address and recipient confirmed, with whom and when:"), confirmed is not None, True, with_whom),),
    )
    opened = bool(delivery and delivery.opened)
    yield Question(_("On arrival"), (Box(_("opened and inspected together with the customer"), opened),))
    yield Question(_("Damage"), (Box(_("none"), unhurt), Box(_("found:"), bool(found), True, found)))
    yield Question(_("Charged"), (Box(_("nothing")), Box(_("charged, for what:"), room=True)))
    for one, items in sheet.lists:
        yield Question(one.title.said(current()), tuple(Box(item.text.said(current()), item.done) for item in items))
    yield Question(_("Questions"), (Box(_("none")), Box(_("asked:"), room=True)))


def _notices(shop: Shop) -> Iterator[str]:
    yield _("Please open and inspect everything together with the person who brings it before you sign.")
    yield _("Please write down any damage: what was damaged on the way, the shop makes good.")
    charge = (
        _("Delivery is free of charge. If you are asked for money or anything else, please call us: {phone}.")
        if shop.phone
        else _("Delivery is free of charge. If you are asked for money or anything else, please tell us.")
    )
    yield charge.format(phone=shop.phone)
    yield _("Your signature says what you have received; it takes away none of your rights.")


def _signing(sheet: DeliverySheet) -> list[Fact]:
    signed = sheet.delivery.signed if sheet.delivery else None
    return [
        Fact(_("Customer's signature"), ""),
        Fact(_("Name in print"), signed.by if signed else ""),
        Fact(_("Date and time"), echo(signed.at) if signed else ""),
        Fact(_("Signature of the person who brought it"), ""),
    ]


def _label(label: Label) -> Mapping[str, Any]:
    facts = [
        Fact(_("Serial number"), label.serial),
        Fact(_("Maker"), _(", ").join(filter(None, (label.maker, label.hotline)))),
        Fact(_("Packing"), label.packing),
    ]
    return {
        "shop": letterhead(label.shop),
        "unit": label.unit,
        "product": label.product,
        "model": label.model,
        "pieces": plural("{count} piece", "{count} pieces", label.pieces).format(count=label.pieces),
        "facts": [fact for fact in facts if fact.value],
        "signs": [_(_SIGNS[nature]) for nature in label.nature],
        "to": Fact(_("For"), label.recipient.name),
        "reach": [entry for entry in (label.recipient.phone, label.recipient.address) if entry],
    }
