"""``aftercare show``: any record by its id or by words."""

from __future__ import annotations

from typing import Any

from aftercare.commands.session import Session
from aftercare.commands.showing import show_meant
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.language import N_
from aftercare.records.kinds import MODELLED
from aftercare.render.rows import Choice


@verb(
    "show",
    N_("Show any record by its id, a serial number or words that find just one."),
    argument("ref", metavar="REF"),
    *output_options(),
    example="aftercare show SA26-0012",
)
def show(session: Session, ref: str, fmt: str, fields: str | None, **_more: Any) -> None:
    """One record of any kind."""
    show_meant(session, ref, MODELLED, Choice(fmt, fields))
