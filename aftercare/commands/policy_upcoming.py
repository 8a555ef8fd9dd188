"""``policy upcoming``: what changes soon in the rules, and which packs ended lately."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from aftercare.answers.upcoming import upcoming
from aftercare.commands.policy import UPCOMING, choice_of, in_force
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.language import N_
from aftercare.plain.moments import day_of
from aftercare.render.rows import emit
from aftercare.render.upcoming import HEADER, columns, row


@verb(
    "upcoming",
    UPCOMING,
    option(
        "--days",
        type=click.IntRange(min=0, max=36500),
        metavar="N",
        text=N_("so many days ahead and back; absent: however far ahead, and a year back"),
    ),
    *output_options(),
    example="aftercare policy upcoming --days 90",
)
def upcoming_(session: Session, days: int | None, **more: Any) -> None:
    """``policy upcoming``."""
    packs, today = in_force(session), day_of(session.now())
    found = upcoming(packs, today, None if days is None else timedelta(days=days))
    emit([row(change, today) for change in found], columns(), choice_of(more), header=HEADER)
