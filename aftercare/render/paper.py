"""The delivery sheet and the labels for the packs: ready to print and to sign, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare.answers.sheet import DeliverySheet, Label, SheetLine
from aftercare.answers.works import damaged
from aftercare.book.settings import Shop
from aftercare.language import N_, _, current, plural
from aftercare.plain.words import echo
from aftercare.render.credo import on_paper
from aftercare.render.page import Box, Fact, Question, care, letterhead, listed, page, person, printed_on, timed
from aftercare.render.qr import code_of

_SIGNS = {
    "gift": N_("Gift: no price in sight"),
    "glass": N_("Glass: handle with care"),
    "damp_sensitive": N_("Keep dry"),
    "fire_sensitive": N_("Keep away from fire"),
}


def delivery_page(sheet: DeliverySheet) -> str:
    """The delivery sheet as a page of A4."""
    number = sheet.delivery.id if sheet.delivery else ""
    return page(
        "delivery-sheet.html",
        title=_("Delivery sheet"),
        shop=letterhead(sheet.shop),
        number=number,
        code=number or sheet.sale.id,
        head=list(_head(sheet)),
        who=[person(_("Recipient"), sheet.recipient), *([person(_("Buyer"), sheet.buyer)] if sheet.buyer else [])],
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
        credo=on_paper(sheet.credo),
        printed=printed_on(sheet.printed_on),
    )


def label_page(labels: Sequence[Label], copies: int = 1) -> str:
    """The labels on one page, each as often as there are *copies*."""
    return page(
        "label.html",
        title=_("Labels"),
        labels=[_label(label) for label in labels for __ in range(copies)],
    )


def _head(sheet: DeliverySheet) -> Iterator[Fact]:
    yield Fact(_("Sale"), sheet.sale.id)
    if sheet.sale.invoice:
        yield Fact(_("Invoice"), sheet.sale.invoice)
    if sheet.sale.order:
        yield Fact(_("Order"), sheet.sale.order)
    yield Fact(_("Sold on"), echo(sheet.sale.sold_on))


def _when(sheet: DeliverySheet) -> Iterator[Fact]:
    if not sheet.times:
        yield Fact(_("Time"), "")
    for time in sheet.times:
        yield Fact(_("Promised time") if time.told else _("Planned time"), timed(time, alone=len(sheet.times) == 1))
    yield Fact(_("Brought by"), sheet.person)
    if sheet.delivery and sheet.delivery.vehicle:
        yield Fact(_("Vehicle"), sheet.delivery.vehicle)


def _care(sheet: DeliverySheet) -> Iterator[str]:
    """What the one who brings it has to know about the customer and the way there."""
    yield from care(sheet.customer, sheet.floor)
    if sheet.delivery and sheet.delivery.difficulty:
        yield _("Difficulty on the way: {difficulty}").format(difficulty=sheet.delivery.difficulty)
    if sheet.sale.agreed:
        yield _("Agreed for this buyer: {agreed}").format(agreed=sheet.sale.agreed)


def _row(line: SheetLine) -> Mapping[str, Any]:
    details = [
        _("Agreed for this buyer: {agreed}").format(agreed=line.agreed) if line.agreed else "",
        _("Packing asked for: {packing}").format(packing=line.packing) if line.packing else "",
        _("In the box: {accessories}").format(accessories=listed(line.accessories)) if line.accessories else "",
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
    return _("Not on this delivery, still to come: {goods}").format(goods=listed(goods)) if goods else ""


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
        "code": code_of(label.unit),
        "product": label.product,
        "model": label.model,
        "pieces": plural("{count} piece", "{count} pieces", label.pieces).format(count=label.pieces),
        "facts": [fact for fact in facts if fact.value],
        "signs": [_(_SIGNS[nature]) for nature in label.nature],
        "to": Fact(_("For"), label.recipient.name),
        "reach": [entry for entry in (label.recipient.phone, label.recipient.address) if entry],
    }
