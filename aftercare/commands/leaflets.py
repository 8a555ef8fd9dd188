"""``product leaflet``: what a customer can be given about a product, ready to print."""

from __future__ import annotations

from typing import Any

from aftercare.answers.leaflet import leaflet as leaflet_of
from aftercare.commands.printing import OUTPUT, printed
from aftercare.commands.product_information import REF, product_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import verb
from aftercare.language import N_
from aftercare.render.leaflet import leaflet_page


@verb(
    "leaflet",
    N_("What a customer can be given about a product, ready to print."),
    REF,
    *OUTPUT,
    example="aftercare product leaflet KFR-35 leaflet.html",
)
def leaflet(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file."""
    book, shelf, product = product_of(session, ref)
    found = leaflet_of(shelf, session.rules(book), product, session.now())
    printed(session, None, lambda: leaflet_page(found), **output)
