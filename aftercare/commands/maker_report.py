"""``report maker``: how a maker's goods served and what customers said of them, as one report to send."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from aftercare.answers import filters
from aftercare.answers.maker_report import Asked, MakerReport
from aftercare.answers.maker_report import maker_report as report_of
from aftercare.book.shelf import kind_of
from aftercare.commands.makers import goods_of
from aftercare.commands.printing import FILE, FORCE, printed
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import day_of
from aftercare.render.maker_report import maker_page, maker_text
from aftercare.render.maker_rows import maker_row
from aftercare.render.output import put, put_json

FORMATS = ("table", "json", "html", "pdf")
PAGES = (".html", ".htm", ".pdf")
"""How the name of a file ends in which there is a page."""
READ = frozenset({"table", "json"})
"""The formats that are read on the screen or by machines; the others are pages to send."""


@verb(
    "maker",
    N_("How a maker's goods served, what failed and what customers said of them, as one report to send."),
    argument("ref", metavar="MAKER"),
    FILE,
    option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: all time")),
    option("--product", metavar="REF", multiple=True, text=N_("only of this product")),
    option(
        "--format",
        "fmt",
        type=click.Choice(FORMATS),
        text=N_("how to print; absent: a table, or with FILE a page, as its name ends"),
    ),
    FORCE,
    example="aftercare report maker 晨屿电器 --period 2026-Q3 report.html",
)
def maker_report(session: Session, ref: str, file: str | None, fmt: str | None, force: bool, **asked: Any) -> None:
    """Text or JSON on stdout, or a page on stdout or in a file."""
    if file is not None and fmt in READ:
        raise UsageProblem(_("a FILE is for html or pdf"))
    if file not in {None, "-"} and fmt is None and not str(file).lower().endswith(PAGES):
        raise UsageProblem(_("{file} ends in none of {ends}").format(file=file, ends=_(", ").join(PAGES)))
    found = _found(session, ref, asked["period"], asked["product"])
    if file is None and fmt in {None, "table"}:
        for line in maker_text(found):
            put(line)
    elif fmt == "json":
        put_json(maker_row(found), indent=1)
    else:
        printed(session, None, lambda: maker_page(found), file=file, fmt=fmt, force=force, has_code=False)
        _after_it(session, found)


def _found(session: Session, ref: str, period: str | None, refs: tuple[str, ...]) -> MakerReport:
    book = session.book()
    shelf = session.read(book)
    maker, products = goods_of(session, shelf, ref, refs)
    first, last = filters.period(period, session.moment_now()) if period else (date.min, date.max)
    asked = Asked(maker, products, first, min(last, day_of(session.now())))
    return report_of(shelf, session.rules(book), asked, session.now())


def _after_it(session: Session, found: MakerReport) -> None:
    """What is to be done before and after the page is sent, on stderr."""
    session.warn(_("read its words before you send it: who is in no record cannot be taken out"))
    for command in _to_note(found):
        session.warn(_("once it is sent, note it: {command}").format(command=command))


def _to_note(found: MakerReport) -> Iterator[str]:
    """The commands by which the book knows what the maker was told with the report."""
    for danger in found.dangers:
        for record in danger.records if danger.told is None else ():
            yield f"aftercare {kind_of(record)} tell-maker {record} --how …"
    fresh = [wish.id for one in found.products for wish in one.wishes if wish.is_new and wish.standing.stage == "heard"]
    if fresh:
        yield shlex.join(["aftercare", "wish", "pass-on", *dict.fromkeys(fresh), "--to", found.maker])
    yield f"aftercare product tell-maker {found.products[0].product.id} --what …"
