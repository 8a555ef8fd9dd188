"""PDF is laid out by a library that could fetch what a page asks for; it never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.render.pdf import pdf_of
from tests.attacks.payloads import TAKEN
from tests.attacks.test_papers import printed
from tests.attacks.watching import watched

ASKS = (
    '<link rel="stylesheet" href="{0}"><link rel="attachment" href="{0}"><img src="{0}"><object data="{0}"></object>'
    '<style>@import url("{0}"); @font-face {{ font-family: x; src: url("{0}") }}</style>'
    '<style>body {{ background: url("{0}") }}</style>'
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}"/><use href="{0}#x"/></svg><embed src="{0}">'
)
"""Every way in which a page asks for something beside it."""


@pytest.mark.parametrize("where", ["file", "http://127.0.0.1:9/x", "ftp://127.0.0.1:9/x", "data:text/css,body{}"])
def test_nothing_is_fetched_for_a_pdf(tmp_path: Path, where: str) -> None:
    """Even if a payload came through onto a page, the operator's files would not be drawn into the customer's paper."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"SECRET")
    place = secret.as_uri() if where == "file" else where
    with watched() as seen:
        pdf = pdf_of(f"<html><head></head><body>{ASKS.format(place)}<p>x</p></body></html>")
    assert pdf.startswith(b"%PDF")
    assert b"SECRET" not in pdf
    assert b"/EmbeddedFile" not in pdf
    assert str(secret) not in seen.read
    assert seen.network == []


def test_a_pdf_of_poisoned_records_has_no_action(tmp_path: Path) -> None:
    """No link, no script, no attachment in the file that goes to a customer, and nothing fetched while it is made."""
    payload = "".join(TAKEN[name] for name in ("script", "attribute", "end of style", "link to a script", "print box"))
    for line, html in printed(tmp_path, payload, ("delivery sheet DE26-0001", "claim letter CL26-0002")):
        with watched() as seen:
            pdf = pdf_of(html)
        for name in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/SubmitForm"):
            assert name not in pdf, (line, name)
        assert seen.network == [], line
