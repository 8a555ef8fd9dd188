"""``aftercare quality`` and ``aftercare product quality``: what went wrong with what was sold, against how much was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast, get_args

import click

from aftercare.answers import filters
from aftercare.answers import quality as answers
from aftercare.answers.by_age import by_age
from aftercare.answers.first_faults import lives
from aftercare.answers.observed import observed
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.makers import goods_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import day_of
from aftercare.records.product import Product
from aftercare.render import quality as shown
from aftercare.render import quality_rows as rows
from aftercare.render.output import put, put_json
from aftercare.render.rows import Choice, Row, arrange, emit

PERIOD = option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: all time"))


@verb(
    "quality",
    N_("Faults, what visits saw, repairs and returns, counted against the units sold."),
    option("--per", type=click.Choice((*get_args(answers.Per), "age")), default="product", text=N_("a line for each")),
    PERIOD,
    option("--product", metavar="REF", multiple=True, text=N_("only of this product")),
    option("--maker", metavar="MAKER", text=N_("only of this maker's products")),
    option("--records", is_flag=True, text=N_("the records that the numbers count, one a line")),
    option("--words", is_flag=True, text=N_("what customers said, by product and theme")),
    option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
    *output_options(),
    example="aftercare quality --per component --product KFR-35 --period 2026",
)
def quality(session: Session, period: str | None, per: str, where: tuple[str, ...], **more: Any) -> None:
    """The file of many products, or of a few."""
    _refuse_mixed(per, where, records=more["records"], words=more["words"])
    book = session.book()
    shelf = session.read(book)
    wanted = _wanted(session, shelf, more["product"], more["maker"])
    grouped = "component" if more["words"] else "product" if per == "age" else per
    asked = _asked(session, book, wanted, cast("answers.Per", grouped), period)
    choice = Choice(more["fmt"], more["fields"], more["sort"], more["limit"])
    if more["words"]:
        _words(session, shelf, asked, where, choice)
        return
    file = observed(shelf, asked.products)
    if more["records"]:
        found = rows.faults_by_age(file, asked) if per == "age" else rows.records(file, asked)
        found = _where(session, found, where)
        emit(found, shown.record_columns(shelf), choice, header=rows.RECORD_FIELDS)
        return
    lines = rows.ages(by_age(file, asked.first, asked.last)) if per == "age" else rows.lines(file, asked)
    if choice.fmt == "table" and not choice.fields:
        lines = [shown.for_people(line) for line in lines]
    emit(lines, shown.columns(per, lines, shelf), choice, header=list(lines[-1]))


def _refuse_mixed(per: str, where: tuple[str, ...], *, records: bool, words: bool) -> None:
    """Refuse flags of which each asks for lines of its own."""
    if where and not (records or words):
        raise UsageProblem(_("--where goes with --records or --words"))
    if words and records:
        raise UsageProblem(_("--words and --records do not go together"))
    if words and per != "product":
        raise UsageProblem(_("--words has a line for each product and theme, and no other --per"))


def _words(session: Session, shelf: Shelf, asked: answers.Asked, where: tuple[str, ...], choice: Choice) -> None:
    """What customers said, by product and theme."""
    from aftercare.answers.voices import by_theme

    noted = observed(shelf, asked.products).noted
    products = {product: asked.parts.get(product, {}) for product in asked.products}
    found = _where(session, rows.words(by_theme(shelf, products, noted, asked.first, asked.last)), where)
    if choice.fmt != "table" or choice.fields:
        emit(found, [], choice, header=rows.WORDS_FIELDS)
        return
    for line in shown.words(arrange(found, choice), shelf):
        put(line)


def _where(session: Session, found: list[Row], conditions: Sequence[str]) -> list[Row]:
    for text in conditions:
        found = filters.where(found, text, session.moment_now())
    return found


@verb(
    "quality",
    N_("A product's file: units, faults by part and batch, what visits saw, what the maker was told."),
    argument("ref", metavar="REF"),
    PERIOD,
    option("--fit", is_flag=True, text=N_("a curve through the first faults, and what its shape says")),
    option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print")),
    example="aftercare product quality KFR-35",
)
def product_quality(session: Session, ref: str, period: str | None, fit: bool, fmt: str) -> None:
    """The file of one product."""
    book = session.book()
    shelf = session.read(book)
    product = deeds.resolved(session, shelf, ref, ("product",), echoed=fmt == "json")
    record = shelf.get(product)
    asked = _asked(session, book, [record] if isinstance(record, Product) else [], "component", period)
    file = observed(shelf, asked.products)
    page = rows.page(file, asked, replace(asked, per="batch"), asked.products[product], whole=period is None)
    if fit:
        from aftercare.answers.weibull import curve

        page = {**page, "fit": rows.fit(curve(lives(file, asked.last)))}
    if fmt == "json":
        put_json(page, indent=1)
        return
    for line in shown.page(page, shelf):
        put(line)


def _wanted(session: Session, shelf: Shelf, refs: Sequence[str], maker: str | None) -> list[Product]:
    if maker:
        return goods_of(session, shelf, maker, refs)[1]
    products = sorted(shelf.of(Product), key=lambda product: product.id)
    named = {deeds.resolved(session, shelf, ref, ("product",)) for ref in refs}
    return [product for product in products if not refs or product.id in named]


def _asked(
    session: Session, book: Book, products: Sequence[Product], per: answers.Per, period: str | None
) -> answers.Asked:
    """What is asked, up to today; the rules are read only where they know parts by two names."""
    today = day_of(session.now())
    first, last = filters.period(period, session.moment_now()) if period else (date.min, date.max)
    parts = answers.parts_of(products, session.rules(book)) if per == "component" else {}
    asked = answers.Asked(per, first, min(last, today), {product.id: product for product in products}, parts)
    if not asked.has_begun:
        said = _("nothing to count: this period lies after today ({day})")
        session.warn(said.format(day=today.isoformat()))
    return asked
