"""The installation sheet as a page of A4: where, when, what, the checklist to tick, the charges, the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aftercare.answers.checklists import Ticked
from aftercare.answers.installation_sheet import InstallationSheet
from aftercare.language import _, current
from aftercare.plain.words import echo
from aftercare.policies.standards import OWN, Checklist
from aftercare.render.credo import on_paper
from aftercare.render.grants import sum_of
from aftercare.render.page import Box, Fact, Question, care, day, letterhead, page, person, printed_on, timed

MANY_ITEMS = 30
"""From so many items on the page is set closer, so that it stays one page."""


def installation_page(sheet: InstallationSheet) -> str:
    """The sheet in the language in use."""
    place, buyer = sheet.place, sheet.buyer
    return page(
        "installation-sheet.html",
        code=sheet.work.id if sheet.work else sheet.sale.id,
        number=sheet.work.id if sheet.work else "",
        title=_("Installation sheet"),
        is_long=len(sheet.items) + len(sheet.extra) > MANY_ITEMS,
        shop=letterhead(sheet.shop),
        head=list(_head(sheet)),
        who=[person(_("Customer"), place), *([person(_("Buyer"), buyer)] if buyer else [])],
        when=list(_when(sheet)),
        care=list(_care(sheet)),
        care_title=_("Please note"),
        columns=[_("Goods"), _("Maker"), _("Serial number")],
        count=_("Pieces"),
        lines=[
            {"product": one.called, "maker": one.maker, "serial": one.serial, "pieces": one.pieces}
            for one in sheet.things
        ],
        lists=list(_lists(sheet)),
        charges=_charges(sheet),
        materials=[_material(sheet, at) for at in range(len(sheet.materials))],
        questions=list(_questions(sheet)),
        notices=list(_notices(sheet)),
        signing=_signing(sheet),
        remarks=_("Remarks"),
        credo=on_paper(sheet.credo),
        printed=printed_on(sheet.printed_on),
    )


def _head(sheet: InstallationSheet) -> Iterator[Fact]:
    yield Fact(_("Sale"), sheet.sale.id)
    if sheet.sale.invoice:
        yield Fact(_("Invoice"), sheet.sale.invoice)
    yield Fact(_("Sold on"), echo(sheet.sale.sold_on))


def _when(sheet: InstallationSheet) -> Iterator[Fact]:
    if not sheet.times:
        yield Fact(_("Appointment"), "")
    for time in sheet.times:
        label = _("Appointment") if time.told else _("Planned time")
        yield Fact(label, timed(time, alone=len(sheet.times) == 1))
    yield Fact(_("Installed by"), sheet.person)


def _care(sheet: InstallationSheet) -> Iterator[str]:
    yield from care(sheet.customer, sheet.floor)
    for agreed in sheet.agreed:
        yield _("Agreed for this buyer: {agreed}").format(agreed=agreed)


def _lists(sheet: InstallationSheet) -> Iterator[Mapping[str, Any]]:
    """The checklists, each with its items to tick; what was ticked beyond them stands last."""
    for one in sheet.lists:
        boxes = [_box(item) for item in sheet.items if item.line == one.line]
        if boxes:
            yield {"title": one.title.said(current()), "follows": _follows(one), "boxes": boxes}
    if sheet.extra:
        yield {"title": _("Done besides"), "follows": "", "boxes": [Box(tick, ticked=True) for tick in sheet.extra]}


def _box(item: Ticked) -> Box:
    return Box(item.text.said(current()), ticked=item.done)


def _follows(checklist: Checklist) -> str:
    standard = _("the shop's own") if checklist.follows == OWN else checklist.follows
    return _("follows: {standard}").format(standard=standard)


def _charges(sheet: InstallationSheet) -> str:
    """What is free, and what may be charged for."""
    if sheet.is_free and sheet.materials:
        return _("The installation is free of charge. Only these may be charged for, if you agree beforehand:")
    if sheet.is_free:
        return _("The installation is free of charge.")
    return _("Only these materials may be charged for, if you agree beforehand:") if sheet.materials else ""


def _material(sheet: InstallationSheet, at: int) -> str:
    material = sheet.materials[at]
    return _("{what} {price}").format(
        what=material.text.said(current()), price=sum_of(material.price, sheet.currency) if sheet.currency else ""
    )


def _questions(sheet: InstallationSheet) -> Iterator[Question]:
    """What is filled in by hand, ticked already where the book knows it."""
    work = sheet.work
    tested = work.tested if work else None
    yield Question(
        _("Test run"),
        (
            Box(_("works"), tested == "ok"),
            Box(_("faulty"), tested == "faulty"),
            Box(_("not tested, because:"), tested == "not_tested", room=True),
        ),
    )
    asked = (work.questions or "") if work else ""
    yield Question(
        _("Explained"),
        (
            Box(_("use and care explained"), bool(work and work.explained)),
            Box(_("questions answered:"), bool(asked), room=True, written=asked),
        ),
    )
    yield Question(_("Service phone"), (_phone_box(sheet),))
    yield _charged(sheet)
    wanted = (work.asked_for or "") if work else ""
    yield Question(_("Asked for"), (Box(_("nothing")), Box(_("this:"), bool(wanted), room=True, written=wanted)))


def _phone_box(sheet: InstallationSheet) -> Box:
    """The shop's phone and the hotlines of the makers, left with the customer; room to write where we know none."""
    known = dict.fromkeys(filter(None, (sheet.shop.phone, *(one.hotline for one in sheet.things))))
    is_left = bool(sheet.work and sheet.work.hotline_left)
    if not known:
        return Box(_("left with the customer:"), is_left, room=True)
    return Box(_("left with the customer: {phones}").format(phones=" / ".join(known)), is_left)


def _charged(sheet: InstallationSheet) -> Question:
    work = sheet.work
    sum_ = work.charged if work else None
    paid = sum_of(sum_.value, sheet.currency) if sum_ and sum_.value else ""
    said = " ".join(filter(None, (paid, (work.materials or "") if work else "")))
    return Question(
        _("Charged"),
        (
            Box(_("nothing"), sum_ is not None and not sum_.value),
            Box(_("agreed beforehand"), bool(work and work.agreed_beforehand)),
            Box(_("charged, for what:"), bool(paid), room=True, written=said),
        ),
    )


def _notices(sheet: InstallationSheet) -> Iterator[str]:
    if sheet.takes_nothing:
        sentence = (
            _("Our people take no money, goods, meals, tobacco or drink. If you are asked, please call us: {phone}.")
            if sheet.shop.phone
            else _("Our people take no money, goods, meals, tobacco or drink. If you are asked, please tell us.")
        )
        yield sentence.format(phone=sheet.shop.phone)
    yield _("Please sign when it has been tested and explained to you, and not before.")
    yield _("Your signature says what was done; it takes away none of your rights.")


def _signing(sheet: InstallationSheet) -> list[Fact]:
    signed = sheet.work.signed if sheet.work else None
    return [
        Fact(_("Customer's signature"), ""),
        Fact(_("Name in print"), signed.by if signed else ""),
        Fact(_("Date and time"), day(signed.at if signed else None)),
        Fact(_("Signature of the person who installed it"), ""),
    ]
