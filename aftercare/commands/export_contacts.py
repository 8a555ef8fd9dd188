"""``export contacts``: the customers as an address book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aftercare.answers import address_book
from aftercare.answers.outside import mark_of
from aftercare.commands.looking_up import looked_up
from aftercare.commands.printing import FILE, FORCE
from aftercare.commands.put_out import saved
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.language import N_, plural
from aftercare.render import vcard
from aftercare.render.output import put_content, say

if TYPE_CHECKING:
    from aftercare.answers.naming import Register


@verb(
    "contacts",
    N_("The customers as an address book for phones and computers."),
    FILE,
    option("--to", type=click.Choice(("vcf",)), text=N_("the format: there is this one")),
    option("--version", type=click.Choice(vcard.VERSIONS), default="3", text=N_("of vCard: every phone reads 3")),
    option("--staff", is_flag=True, text=N_("our own people too")),
    FORCE,
    example="aftercare export contacts customers.vcf",
)
def contacts(session: Session, file: str | None, version: str, staff: bool, force: bool, **_only: Any) -> None:
    """The cards on stdout, or in a file."""
    settings = session.book().settings
    mark, register = mark_of(settings), _register(session)
    found = address_book.of_customers(register.rows("customer"), mark)
    cards = found.cards
    if staff:
        cards += address_book.of_staff(register.rows("staff"), mark, settings.shop_facts.name or "")
    data = vcard.address_book(cards, version)
    if file in {None, "-"}:
        put_content(data)
    else:
        saved(Path(str(file)), data, force)
    if found.silent:
        said = plural(
            "left out: {count} customer who does not wish to be contacted",
            "left out: {count} customers who do not wish to be contacted",
            found.silent,
        )
        say(said.format(count=found.silent))


def _register(session: Session) -> Register:
    """Who knows the records: the index, where it can."""
    register = looked_up(session)
    if register is not None:
        return register
    from aftercare.answers.finding import OfShelf

    return OfShelf(session.read(session.book()))
