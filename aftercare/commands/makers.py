"""The own verbs of products for what passes between the shop and the maker, and which maker is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from aftercare.answers import makers
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, NoSuchRecord, UsageProblem
from aftercare.language import N_, _, word
from aftercare.plain.moments import is_late, iso, parse
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.product import Product

REF = argument("ref", metavar="REF")


@verb(
    "tell-maker",
    N_("The maker was told something about the product."),
    REF,
    option("--what", required=True, metavar="S", text=N_("what the maker was told")),
    AT,
    option("--by", metavar="REF", text=N_("who told it")),
    JSON,
    example="aftercare product tell-maker KFR-35 --what 压缩机异响，三个月内两起 --by 李师傅",
)
def tell_maker(session: Session, ref: str, what: str, at: str | None, by: str | None, fmt: str) -> None:
    """What the shop saw is passed on to who can mend it for good."""

    def make(product: Product, reader: Reader) -> list[Edit]:
        told: dict[str, Tree] = {"on": facts.at(session, reader, at), "what": what}
        return [Append(("told_maker",), {**told, **({"by": reader.resolve(by, ("staff",))} if by else {})})]

    _change(session, ref, "tell-maker", fmt, make)


@verb(
    "maker-answer",
    N_("The maker answered."),
    REF,
    option("--answer", required=True, metavar="S", text=N_("what the maker answered")),
    option("--number", type=click.IntRange(min=1), metavar="N", text=N_("to which of the messages, counted from 1")),
    AT,
    JSON,
    example="aftercare product maker-answer KFR-35 --answer 更换供应商批次",
)
def maker_answer(session: Session, ref: str, answer: str, number: int | None, at: str | None, fmt: str) -> None:
    """An answer to what the maker was told: the one message that waits for it, or the one that is numbered."""

    def make(product: Product, reader: Reader) -> list[Edit]:
        place = _place(product, number)
        when = facts.at(session, reader, at)
        told = product.told_maker[place]
        if is_late(told.on, parse(when)):
            sentence = _("{when} is before the maker was told ({began})")
            raise Contradicts(sentence.format(when=when.replace("T", " "), began=iso(told.on).replace("T", " ")))
        at_place = ("told_maker", place)
        return [Set((*at_place, "answer"), answer), Set((*at_place, "answered_on"), when)]

    _change(session, ref, "maker-answer", fmt, make)


def _place(product: Product, number: int | None) -> int:
    """The place of the message that is answered."""
    if number is not None:
        if number > len(product.told_maker):
            raise Contradicts(
                _("the maker was told {count} things about {product}").format(
                    count=len(product.told_maker), product=product.id
                )
            )
        _refuse_answered(product, number)
        return number - 1
    waiting = [place for place, told in enumerate(product.told_maker) if told.answer is None]
    if not waiting:
        raise Contradicts(
            _("the maker was told nothing about {product} that waits for an answer").format(product=product.id),
            f"aftercare product tell-maker {product.id} --what …",
        )
    if len(waiting) > 1:
        things = _(", ").join(f"{place + 1}: {product.told_maker[place].what}" for place in waiting)
        raise Contradicts(
            _("several messages wait for an answer: {things}").format(things=things),
            f"aftercare product maker-answer {product.id} --number {waiting[0] + 1} --answer …",
        )
    return waiting[0]


def _refuse_answered(product: Product, number: int) -> None:
    told = product.told_maker[number - 1]
    if told.answer is not None:
        when = iso(told.answered_on).replace("T", " ") if told.answered_on else _("no day")
        raise Contradicts(
            _("{product}: the maker answered that on {when} already").format(product=product.id, when=when),
            f"aftercare product set {product.id} told_maker.{number}.answer=…",
        )


def _change(session: Session, ref: str, name: str, fmt: str, make: Callable[[Product, Reader], list[Edit]]) -> None:
    with session.writing(f"product {name}") as pen:
        product = _own(session, pen, ref)
        edits = make(product, deeds.reader(session, pen.shelf))
        pen.edit(product.id, deeds.checked("product", product.id, edits, pen))
        deeds.written(session, pen, f"product {name} {product.id}")
    deeds.tell(session, pen, fmt=fmt)


def _own(session: Session, pen: Pen, ref: str) -> Product:
    named = deeds.own(session, pen.shelf, ref, "product")
    found = pen.shelf.get(named)
    if not isinstance(found, Product):
        raise NoSuchRecord(word("product"), named)
    return found


def goods_of(session: Session, shelf: Shelf, ref: str, refs: Sequence[str]) -> tuple[str, list[Product]]:
    """The maker that *ref* means, echoed where it is a part of the name, and its products, or those that *refs* name.

    NoSuchMaker, SeveralRecords; UsageProblem where a product is of another maker.
    """
    maker, products = makers.maker_named(shelf.of(Product), ref)
    if makers.folded(ref) != makers.folded(maker):
        session.warn(f"{ref} = {maker}")
    chosen = {deeds.resolved(session, shelf, one, ("product",)) for one in refs}
    if others := sorted(chosen - {product.id for product in products}):
        raise UsageProblem(_("{product} is none of {maker}'s").format(product=others[0], maker=maker))
    return maker, [product for product in products if not refs or product.id in chosen]
