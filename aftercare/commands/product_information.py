"""The services that come with a product: ``product services``, and what ``show`` says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare.answers import comes_with as answers
from aftercare.answers.finding import describe
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _, label, word
from aftercare.plain.moments import day_of
from aftercare.plain.text import printable
from aftercare.records.product import Product
from aftercare.render import comes_with as shown
from aftercare.render.output import put
from aftercare.render.rows import Choice, Row, emit

REF = argument("ref", metavar="REF")


@verb(
    "services",
    N_("The services that come with a product: calls, visits, upkeep with their days, free delivery and installation."),
    REF,
    *output_options(),
    example="aftercare product services KFR-35",
)
def product_services(session: Session, ref: str, **asked: Any) -> None:
    """What is planned for whoever buys it today."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    as_page = choice.fmt == "table" and not choice.fields
    book, shelf, product = product_of(session, ref, echoed=not as_page)
    if as_page:
        put(printable(describe(shelf, product.id)))
        for line in [*_lines(session, book, product)][: choice.limit]:
            put(f"  {line}")
        return
    rules, on = session.rules(book), day_of(session.now())
    rows: list[Row] = [shown.step_row(step) for step in answers.steps(product, rules, on)]
    rows += [shown.service_row(one, on) for one in answers.services(product, rules, on)]
    emit(rows, [], choice, header=shown.FIELDS)


def product_of(session: Session, ref: str, *, echoed: bool = True) -> tuple[Book, Shelf, Product]:
    """The product that is meant, with the book and the shelf it stands on."""
    book = session.book()
    shelf = session.read(book)
    product = shelf.get(deeds.resolved(session, shelf, ref, ("product",), echoed=echoed))
    if not isinstance(product, Product):
        raise NoSuchRecord(word("product"), ref)
    return book, shelf, product


def _lines(session: Session, book: Book, product: Product) -> Iterator[str]:
    """Each service in a line."""
    rules, on = session.rules(book), day_of(session.now())
    for step in answers.steps(product, rules, on):
        title, channel, when = shown.step_words(step)
        yield printable(_("{title} ({channel}): {when}").format(title=title, channel=channel, when=when))
    found = answers.services(product, rules, on)
    for one in found:
        name, free = shown.service_words(one, on)
        yield printable(_("{name}: {text}").format(name=name, text=free))
    if unknown := answers.unknown(found):
        named = _(", ").join(label("Product", fact) for fact in unknown)
        yield _("not written down, and it may make them free of charge: {fields}").format(fields=named)


def page(session: Session, product: Product) -> Iterator[str]:
    """What ``show`` says of a product beside its record."""
    yield _("{name}:").format(name=_("services that come with it"))
    yield from (f"  {line}" for line in _lines(session, session.book(), product))
