"""``aftercare quality`` and ``aftercare product quality``: what went wrong with what was sold, against how much was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import click

from aftercare.answers import filters
from aftercare.answers import quality as answers
from aftercare.answers.observed import Observed, observed
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf, kind_of
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import NoSuchRecord, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.text import fold
from aftercare.records.product import Product
from aftercare.render import quality as shown
from aftercare.render.output import put, put_json
from aftercare.render.rows import Choice, Row, emit

PERIOD = option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: all time"))


@verb(
    "quality",
    N_("Faults, what visits saw, repairs and returns, counted against the units sold."),
    option("--per", type=click.Choice(get_args(answers.Per)), default="product", text=N_("a line for each")),
    PERIOD,
    option("--product", metavar="REF", multiple=True, text=N_("only of this product")),
    option("--maker", metavar="S", text=N_("only of this maker's products")),
    option("--records", is_flag=True, text=N_("the records that the numbers count, one a line")),
    option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
    *output_options(),
    example="aftercare quality --per component --product KFR-35 --period 2026",
)
def quality(session: Session, period: str | None, records: bool, where: tuple[str, ...], **more: Any) -> None:
    """The file of many products, or of a few."""
    if where and not records:
        raise UsageProblem(_("--where goes with --records"))
    book = session.book()
    shelf = session.read(book)
    wanted = _wanted(session, shelf, more["product"], more["maker"])
    asked = _asked(session, book, wanted, more["per"], period)
    file = observed(shelf, asked.products)
    choice = Choice(more["fmt"], more["fields"], more["sort"], more["limit"])
    if records:
        rows = _records(file, asked)
        for text in where:
            rows = filters.where(rows, text, session.moment_now())
        emit(rows, shown.record_columns(shelf), choice, header=shown.RECORD_FIELDS)
    else:
        lines: list[Row] = [_row(line, asked.per) for line in answers.quality(file, asked)]
        if choice.fmt == "table" and not choice.fields:
            lines = [shown.for_people(line) for line in lines]
        emit(lines, shown.columns(asked.per, lines[-1], shelf), choice, header=list(lines[-1]))


@verb(
    "quality",
    N_("A product's file: units, faults by part and batch, what visits saw, what the maker was told."),
    argument("ref", metavar="REF"),
    PERIOD,
    option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print")),
    example="aftercare product quality KFR-35",
)
def product_quality(session: Session, ref: str, period: str | None, fmt: str) -> None:
    """The file of one product."""
    book = session.book()
    shelf = session.read(book)
    product = deeds.resolved(session, shelf, ref, ("product",), echoed=fmt == "json")
    record = shelf.get(product)
    asked = _asked(session, book, [record] if isinstance(record, Product) else [], "component", period)
    page = _page(shelf, asked, asked.products[product], whole=period is None)
    if fmt == "json":
        put_json(page, indent=1)
        return
    for line in shown.page(page, shelf):
        put(line)


def _wanted(session: Session, shelf: Shelf, refs: Sequence[str], maker: str | None) -> list[Product]:
    products = sorted(shelf.of(Product), key=lambda product: product.id)
    if refs:
        named = {deeds.resolved(session, shelf, ref, ("product",)) for ref in refs}
        products = [product for product in products if product.id in named]
    if maker:
        said = fold(maker).casefold()
        products = [product for product in products if fold(product.maker or "").casefold() == said]
        if not products:
            raise NoSuchRecord(_("maker"), maker)
    return products


def _asked(
    session: Session, book: Book, products: Sequence[Product], per: answers.Per, period: str | None
) -> answers.Asked:
    """What is asked, up to today; the rules are read only where they know parts by two names."""
    today = day_of(session.now())
    first, last = filters.period(period, session.moment_now()) if period else (date.min, date.max)
    parts = answers.parts_of(products, session.rules(book)) if per == "component" else {}
    return answers.Asked(per, first, min(last, today), {product.id: product for product in products}, parts)


def _row(line: answers.Line, per: str) -> dict[str, Any]:
    """A line as a row: it is known by its group; the total has none."""
    figures = line._asdict()
    group = figures.pop("group")
    share = answers.rate(line.faults, line.sold)
    return {"id": group, per: group, "rate": float(share) if share is not None else None, **figures}


def _records(file: Observed, asked: answers.Asked) -> list[Row]:
    """What was noted, each with the line that it is counted in."""
    group = answers.grouping(file, asked)
    return [
        {
            "id": one.id,
            "kind": kind_of(one.id),
            "what": one.what,
            "on": iso(one.on),
            "group": group(one),
            "product": one.product,
            "unit": one.unit or None,
            "batch": one.batch or None,
            "component": one.component or None,
            "cause": one.cause or None,
            "words": one.words or None,
        }
        for one in answers.within(file, asked.first, asked.last)
    ]


def _page(shelf: Shelf, asked: answers.Asked, product: Product, *, whole: bool) -> dict[str, Any]:
    """A product's file, as JSON holds it; *whole* where no period was asked for."""
    file = observed(shelf, asked.products)
    *components, total = answers.quality(file, asked)
    batches = answers.quality(file, replace(asked, per="batch"))[:-1]
    figures = _row(total, "component")
    return {
        "id": product.id,
        "kind": "product",
        "name": product.name,
        "model": product.model,
        "maker": product.maker,
        "from": None if whole else asked.first.isoformat(),
        "to": None if whole else asked.last.isoformat(),
        **{name: value for name, value in figures.items() if name not in {"id", "component"}},
        "components": [_row(line, "component") for line in components],
        "batches": [_row(line, "batch") for line in batches],
        "told_maker": _told_maker(product, file, asked),
        "records": _records(file, asked),
    }


def _told_maker(product: Product, file: Observed, asked: answers.Asked) -> list[Row]:
    """What the maker was told about the product, and under claims about its units, the earliest first."""
    rows = [_told(product.id, one.on, one.what, one.by, one.answer, one.answered_on) for one in product.told_maker]
    rows += [_told(claim, deed.at, deed.how, deed.by) for claim, deed in file.told]
    first, last = asked.first.isoformat(), asked.last.isoformat()
    return sorted((row for row in rows if first <= row["on"][:10] <= last), key=lambda row: str(row["on"]))


def _told(
    record: str,
    on: Moment,
    what: str | None,
    by: str | None,
    answer: str | None = None,
    answered_on: Moment | None = None,
) -> Row:
    answered = iso(answered_on) if answered_on else None
    return {"record": record, "on": iso(on), "what": what, "by": by, "answer": answer, "answered_on": answered}
