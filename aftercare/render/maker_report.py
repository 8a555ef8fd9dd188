"""A report to a maker: as text to be read, and as a page to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare.answers.maker_report import MakerReport
from aftercare.language import _
from aftercare.plain.text import pad, printable, width
from aftercare.plain.words import echo
from aftercare.render.maker_chapters import chapters, notices, time_of, title_of
from aftercare.render.maker_figures import Piece
from aftercare.render.page import letterhead, page, printed_on


def maker_text(found: MakerReport) -> Iterator[str]:
    """The report line by line, in the language in use."""
    yield printable(title_of(found))
    yield printable(" ".join(filter(None, (found.shop.name, time_of(found)))))
    for chapter in chapters(found):
        yield ""
        yield printable(chapter.title)
        for piece in chapter.pieces:
            yield from _lines(piece)
    yield ""
    for notice in notices(found):
        yield printable(notice)


def _lines(piece: Piece) -> Iterator[str]:
    if piece.title:
        yield printable(_("{title}:").format(title=piece.title))
    space = "  " if piece.title else ""
    if piece.said:
        yield from (printable(space + line) for line in piece.said.split("\n"))
    if piece.facts:
        facts = (_("{label} {value}").format(label=fact.label, value=fact.value) for fact in piece.facts)
        yield printable(space + _("; ").join(facts))
    if piece.rows:
        yield from (f"  {line}" for line in _aligned([piece.columns, *piece.rows]))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(row[place]) for row in cells) for place in range(len(cells[0]))]
    for row in cells:
        yield "  ".join(pad(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip()


def maker_page(found: MakerReport) -> str:
    """The report as a page of HTML, in the language in use."""
    return page(
        "maker-report.html",
        title=title_of(found),
        under=_("{time}; as known on {day}").format(time=time_of(found), day=echo(found.on)),
        shop=letterhead(found.shop),
        chapters=list(chapters(found)),
        notices=notices(found),
        printed=printed_on(found.on),
    )
