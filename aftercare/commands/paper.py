"""Papers that are ready to print: the delivery sheet and the labels for the packs."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercare import language
from aftercare.answers.sheet import delivery_sheet, labels, open_deliveries, spoken_by
from aftercare.book.ids import loosely, split_unit
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import CannotWrite, NoSuchRecord, SeveralRecords, WouldOverwrite
from aftercare.language import N_, _
from aftercare.plain.text import fold
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.sale import Sale
from aftercare.render.output import put
from aftercare.render.paper import delivery_page, label_page

if TYPE_CHECKING:
    from aftercare.book.shelf import Shelf

REF = argument("ref", metavar="REF")
FILE = argument("file", required=False, metavar="[FILE]")
FORCE = option("--force", is_flag=True, text=N_("replace a file that is there already"))
MOST_COPIES = 500


@verb(
    "sheet",
    N_("The delivery sheet, ready to print and sign: of a delivery, or of what is to be delivered of a sale."),
    REF,
    FILE,
    FORCE,
    example="aftercare delivery sheet SA26-0012 sheet.html",
)
def sheet(session: Session, ref: str, file: str | None, force: bool) -> None:
    """A page of HTML on stdout or in a file, in the customer's language."""
    from aftercare.answers.ledger import ledger_of

    book = session.book()
    shelf = session.read(book)
    sale, delivery = _meant(session, shelf, ref)
    now = session.now()
    ledger = ledger_of(shelf, session.rules(book), now, [sale.customer])
    view = delivery_sheet(shelf, ledger, sale, delivery, now)
    printed(session, shelf.get(sale.customer), lambda: delivery_page(view), file, force)


@verb(
    "label",
    N_("The labels for the packs of a sale, or of one line of it, ready to print."),
    REF,
    FILE,
    option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, metavar="N", text=N_("each label so often")),
    FORCE,
    example="aftercare sale label SA26-0012/1 --copies 2 label.html",
)
def label(session: Session, ref: str, file: str | None, copies: int, force: bool) -> None:
    """A page of HTML on stdout or in a file, in the customer's language."""
    shelf = session.read(session.book())
    found, line = split_unit(deeds.resolved(session, shelf, ref, ("unit", "sale")))
    sale = _sale(shelf, found)
    wanted = labels(shelf, sale, line)
    printed(session, shelf.get(sale.customer), lambda: label_page(wanted, copies), file, force)


def _meant(session: Session, shelf: Shelf, ref: str) -> tuple[Sale, Delivery | None]:
    """The delivery that is meant, with its sale; for a sale its one open delivery, if it has one."""
    named = loosely(ref)
    if (named and named.kind.name != "sale") or fold(ref).isdigit():
        delivery = shelf.get(deeds.resolved(session, shelf, ref, ("delivery",)))
    else:
        sale = _sale(shelf, deeds.resolved(session, shelf, ref, ("sale",)))
        waiting = open_deliveries(shelf, sale.id)
        if len(waiting) > 1:
            raise SeveralRecords(_("delivery"), ref, waiting)
        if not waiting:
            return sale, None
        delivery = shelf.get(waiting[0])
    if not isinstance(delivery, Delivery):
        raise NoSuchRecord(_("delivery"), ref)
    return _sale(shelf, delivery.sale), delivery


def _sale(shelf: Shelf, record_id: str) -> Sale:
    found = shelf.get(record_id)
    if not isinstance(found, Sale):
        raise NoSuchRecord(_("sale"), record_id)
    return found


def printed(session: Session, customer: Record | None, page: Callable[[], str], file: str | None, force: bool) -> None:
    """Make the page in the customer's language, and print it or write it to the file that was named."""
    own = spoken_by(customer) if isinstance(customer, Customer) else ""
    with language.speaking(session.lang or own or language.current()):
        text = page()
    if file in {None, "-"}:
        put(text)
    else:
        _save(Path(str(file)), f"{text}\n".encode("utf-8", "replace"), force)


def _save(target: Path, data: bytes, force: bool) -> None:
    """Write a file whole or not at all; one that is there is replaced only with *force*, and only if it is a file.

    WouldOverwrite: it is there.  CannotWrite: the system refused, or what is there is no plain file.
    """
    try:
        there = stat.S_ISREG(target.lstat().st_mode) if os.path.lexists(target) else None
        if there is not None and not force:
            raise WouldOverwrite(str(target))
        if there is False:
            raise CannotWrite(str(target), _("it is not a plain file"))
        _put(target, data, force)
    except FileExistsError:
        raise WouldOverwrite(str(target)) from None
    except OSError as error:
        raise CannotWrite(str(target), str(error.strerror)) from error


def _put(target: Path, data: bytes, force: bool) -> None:
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:60]}.", delete=False) as temporary:
        try:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
            if not force:
                _claim(target, temporary.name)
            Path(temporary.name).replace(target)
        finally:
            with suppress(FileNotFoundError):
                Path(temporary.name).unlink()


def _claim(target: Path, finished: str) -> None:
    """Take the name in one step, where nobody has been faster; FileExistsError if somebody was."""
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of a memory stick
        if os.path.lexists(target):
            raise FileExistsError(target) from None
