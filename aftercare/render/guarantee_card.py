"""The guarantee card (三包凭证) as a page of A4 for each unit.

What stands on it is what the rules on computers and on audio and video of 2002 want on one: the thing, seller, buyer
and repairer, the invoice, the days, and a record of every repair (docs/paper.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aftercare.answers.guarantee_card import WITHOUT_FAULT, GuaranteeCard, Stay
from aftercare.answers.papers import Thing
from aftercare.language import _, current
from aftercare.plain.words import echo
from aftercare.policies.judging.verdict import Remedy, Verdict
from aftercare.render import grants
from aftercare.render.letter import Offer, offer, offers
from aftercare.render.page import Fact, day, letterhead, listed, page, printed_on
from aftercare.render.qr import code_of

ROWS = 5
"""Rows of the record of repairs: those that were, and room for those to come."""


def guarantee_page(cards: Sequence[GuaranteeCard], currency: str) -> str:
    """The cards in the language in use, each on a page of its own."""
    return page(
        "guarantee-card.html",
        title=_("Guarantee card"),
        number=cards[0].thing.unit if len(cards) == 1 else cards[0].thing.unit.partition("/")[0],
        between=_("; "),
        cards=[_card(card, currency) for card in cards],
    )


def _card(card: GuaranteeCard, currency: str) -> Mapping[str, Any]:
    return {
        "code": code_of(card.thing.unit),
        "shop": letterhead(card.shop),
        "goods_title": _("The goods"),
        "goods": list(_goods(card)),
        "sides": list(_sides(card)),
        "guarantee_title": _("The guarantee"),
        "columns": [_("What we do"), _("What it costs"), _("Until when"), _("By which rule")],
        "offers": list(_offers(card, currency)),
        "terms": list(_terms(card)),
        "record_title": _("Record of repairs"),
        "record_columns": [
            _("No."),
            _("Came in"),
            _("Fault"),
            _("Cause"),
            _("What was done"),
            _("Handed back"),
            _("Repaired by"),
        ],
        "record": [*_record(card.stays)],
        "seal": _("Seal of the seller"),
        "signing": [Fact(_("For {shop}").format(shop=card.shop.name) if card.shop.name else _("For the shop"), "")],
        "printed": printed_on(card.printed_on),
    }


def _goods(card: GuaranteeCard) -> Iterator[Fact]:
    thing = card.thing
    yield Fact(_("Product name"), thing.name)
    yield Fact(_("Model"), thing.model)
    yield Fact(_("Maker"), thing.maker)
    yield Fact(_("Serial number"), thing.serial)
    yield Fact(_("Pieces"), str(thing.pieces))
    yield Fact(_("Place of origin"), "")
    yield Fact(_("Sold on"), day(thing.sold_on))
    yield Fact(_("Invoice"), thing.invoice)
    yield Fact(_("Handed over on"), day(card.handed_over))
    if card.to_be_installed or card.installed:
        yield Fact(_("Installed on"), day(card.installed))
    if card.replaced:
        yield Fact(_("Exchanged on"), day(card.replaced))


def _sides(card: GuaranteeCard) -> Iterator[Mapping[str, Any]]:
    shop, buyer = card.shop, card.customer
    seller = [
        Fact(_("Name"), shop.name or ""),
        Fact(_("Address"), shop.address or ""),
        Fact(_("Phone"), shop.phone or ""),
    ]
    yield {"title": _("Seller"), "facts": [*seller, Fact(_("Repairs"), _repairs(card.thing))]}
    yield {
        "title": _("Buyer"),
        "facts": [Fact(_("Name"), buyer.name), Fact(_("Address"), buyer.address), Fact(_("Phone"), buyer.phone)],
    }


def _reached(name: str | None, address: str | None, phone: str | None) -> list[Fact]:
    return [Fact(_("Name"), name or ""), Fact(_("Address"), address or ""), Fact(_("Phone"), phone or "")]


def _repairs(thing: Thing) -> str:
    """Who takes it in for repair."""
    if not thing.hotline:
        return _("taken in here")
    return _("taken in here; the maker's hotline: {hotline}").format(hotline=thing.hotline)


def _offers(card: GuaranteeCard, currency: str) -> Iterator[Offer]:
    """What the verdict leaves open for a fault, repair first, and behind it the parts with a day of their own."""
    found = replace(card.verdict, fault_on=None)
    guaranteed = [one for one in grants.ranked(found) if one.name not in WITHOUT_FAULT]
    for remedy in sorted(guaranteed, key=lambda one: one.name != "repair"):
        yield from (_dated(one, card) for one in offers(remedy, found, currency))
        if remedy.name == "repair":
            yield from _of_parts(card, found, currency)


def _of_parts(card: GuaranteeCard, found: Verdict, currency: str) -> Iterator[Offer]:
    for parts in card.parts:
        named = listed([part.said(current()) for part in parts.parts])
        yield offer(_("repair of {parts}").format(parts=named), "", parts.grant, found, currency)


def _dated(one: Offer, card: GuaranteeCard) -> Offer:
    """The row; where its last day is not known yet, from when it can be said."""
    remedies: Mapping[str, Remedy] = card.verdict.remedies
    is_open = any(found.best and found.best.until is None for found in remedies.values())
    if not is_open or one.until not in {_("no last day yet"), _("no last day is set")}:
        return one
    if card.to_be_installed and card.installed is None:
        return one._replace(until=_("the day can be said once it is installed"))
    if card.handed_over is None:
        return one._replace(until=_("the day can be said once it is handed over"))
    return one


def _terms(card: GuaranteeCard) -> Iterator[str]:
    verdict = card.verdict
    yield _("As the rules have it for a fault in performance, reckoned on {day}.").format(day=echo(verdict.on))
    if card.now_until:
        yield _("By what has happened since, it is repaired free of charge until {day}.").format(
            day=echo(card.now_until)
        )
    bring = grants.to_bring(replace(verdict, remedies=_for_faults(verdict)))
    if bring:
        yield _("Please bring {things}.").format(things=listed(bring))
    if grants.proof(verdict):
        yield grants.proof(verdict)
    for bar in card.bars:
        yield _("{sentence}.").format(sentence=bar.said(current()))
    if verdict.provisional:
        yield _("A last day may still move: the days off of its year are not known yet.")
    yield _("This card takes away none of your rights.")


def _for_faults(verdict: Verdict) -> Mapping[str, Remedy]:
    return {name: one for name, one in verdict.remedies.items() if name not in WITHOUT_FAULT}


def _record(stays: Sequence[Stay]) -> Iterator[list[str]]:
    for number, stay in enumerate(stays, start=1):
        repair = stay.repair
        yield [
            str(number),
            day(repair.in_),
            stay.symptom,
            repair.cause or repair.problem or "",
            repair.done or "",
            day(repair.out),
            stay.person,
        ]
    for number in range(len(stays) + 1, max(ROWS, len(stays) + 1) + 1):
        yield [str(number), "", "", "", "", "", ""]
