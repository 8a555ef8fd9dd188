"""Where papers go: to stdout or into a file, as a page of HTML or as PDF, in the customer's language."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from aftercare import language
from aftercare.answers.papers import spoken_by
from aftercare.commands.put_out import saved
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.render import qr
from aftercare.render.output import put_bytes, put_data

FILE = argument("file", required=False, metavar="[FILE]")
FORMAT = option(
    "--format",
    "fmt",
    type=click.Choice(("html", "pdf")),
    text=N_("html or pdf; absent: as the name of FILE ends"),
)
FORCE = option("--force", is_flag=True, text=N_("replace a file that is there already"))
OUTPUT = (FILE, FORMAT, FORCE)
"""What every paper takes besides what it is about."""


def printed(
    session: Session,
    customer: Record | None,
    page: Callable[[], str],
    *,
    file: str | None,
    fmt: str | None,
    force: bool,
    has_code: bool = True,
) -> None:
    """Make the page in the customer's language, and print it or write it to the file that was named.

    It is PDF where that is asked for, or where the file's name ends in ``.pdf``; everything else is HTML.  A machine
    without the library for QR codes prints the id alone, and says so of a page that *has_code*.
    """
    to_stdout = file in {None, "-"}
    as_pdf = fmt == "pdf" or (fmt is None and not to_stdout and str(file).lower().endswith(".pdf"))
    if as_pdf and to_stdout and sys.stdout.isatty():
        raise UsageProblem(_("a PDF is nothing to read on a screen: name a FILE"))
    own = spoken_by(customer) if isinstance(customer, Customer) else ""
    with language.speaking(session.lang or own or language.current()):
        text = page()
    if has_code and not qr.is_drawn():
        command = f"pip install 'aftercare-book[{qr.EXTRA}]'"
        session.warn(_("without a QR code, which needs an extra: {command}").format(command=command))
    data = _pdf(text) if as_pdf else f"{text}\n".encode("utf-8", "replace")
    if not to_stdout:
        saved(Path(str(file)), data, force)
    elif as_pdf:
        put_bytes(data)
    else:
        put_data(text)


def _pdf(text: str) -> bytes:
    from aftercare.render.pdf import pdf_of  # most papers are HTML

    return pdf_of(text)
