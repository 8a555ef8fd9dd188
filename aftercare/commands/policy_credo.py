"""``policy credo``: what the shop says in public that its people keep to."""

from __future__ import annotations

from typing import Any

from aftercare.commands.policy import CREDO, choice_of, in_force
from aftercare.commands.session import Session
from aftercare.commands.verbs import output_options, verb
from aftercare.plain.moments import day_of
from aftercare.policies.credo import credo_on
from aftercare.policies.standards import together
from aftercare.render import credo as shown
from aftercare.render.output import put
from aftercare.render.rows import arrange, emit


@verb("credo", CREDO, *output_options(), example="aftercare policy credo")
def credo(session: Session, **more: Any) -> None:
    """The credo that counts on the day."""
    basics = together(pack.standards for pack in in_force(session)).credo
    rows = [one.row() for one in credo_on(basics, day_of(session.now()))]
    choice = choice_of(more)
    if choice.fmt == "table" and not choice.fields:
        for row in arrange(rows, choice):
            put(shown.told(row))
    else:
        emit(rows, [], choice, header=shown.FIELDS)
