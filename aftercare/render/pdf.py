"""A page as PDF: the same page, laid out here instead of in a browser."""

from __future__ import annotations

import logging

from aftercare.errors import MissingExtra
from aftercare.language import _

EXTRA = "pdf"
"""The extra that brings the library which lays pages out."""
WIDTH, HEIGHT = 210, 297
"""A4, in millimetres."""
SMALLER = (100, 96, 92, 88, 84, 80, 76, 72, 68, 64)
"""How small a paper may be set, in percent, so that it keeps to its page."""


def pdf_of(page: str) -> bytes:
    """The page of HTML as PDF with its fonts embedded; nothing is loaded.  MissingExtra without the library.

    A paper that would run over onto a second page is set as much smaller as it needs, down to the last of
    :data:`SMALLER`; what is longer than that runs over.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):  # the library, or Pango, on which it stands
        otherwise = _("or write a page of HTML and print it from the browser")
        raise MissingExtra(_("writing PDF"), EXTRA, otherwise) from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of every rule that only browsers know
    papers = page.count('<main class="paper">')
    nothing = URLFetcher(allowed_protocols=())  # a page stands alone: whatever it asks for is not fetched
    for percent in SMALLER:
        laid_out = HTML(string=_on_a_page_of(page, 100 / percent), url_fetcher=nothing).render()
        if not papers or len(laid_out.pages) <= papers:
            break
    found: bytes = laid_out.write_pdf(zoom=percent / 100)
    return found


def _on_a_page_of(page: str, times: float) -> str:
    """The page laid out on paper so much larger than A4; shrunk to A4 afterwards, everything on it is smaller."""
    return page.replace("@page { size: A4;", f"@page {{ size: {WIDTH * times:.2f}mm {HEIGHT * times:.2f}mm;")
