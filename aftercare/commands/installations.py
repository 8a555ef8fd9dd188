"""The own verbs of installations."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers.works import Work
from aftercare.commands import facts
from aftercare.commands.facts import AT, BEYOND, MOVE
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.commands.works import BY_NAME, CHARGED, EXAMPLE, NOTE, POSTPONED, REF, change, postpone, sign
from aftercare.language import N_
from aftercare.plain.splicing import Edit, Set


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    BY_NAME,
    AT,
    option("--tested", type=click.Choice(("ok", "faulty", "not_tested")), text=N_("how the test run went")),
    option("--explained/--not-explained", default=None, text=N_("use and care explained")),
    option("--hotline-left/--no-hotline-left", default=None, text=N_("the service phone left with the customer")),
    option("--questions", metavar="S", text=N_("what the customer asked, and the answer")),
    CHARGED,
    option("--materials", metavar="S", text=N_("materials used beyond those in the box")),
    option(
        "--agreed-beforehand/--not-agreed-beforehand",
        default=None,
        text=N_("the customer agreed to the charge beforehand"),
    ),
    BEYOND,
    NOTE,
    JSON,
    example="aftercare installation sign SA26-0012 --by 王建国 --tested ok --explained --charged 0",
)
def sign_installation(session: Session, ref: str, by: str, at: str | None, fmt: str, **more: Any) -> None:
    """Sign for an installation."""
    sign(session, "installation", ref, fmt, by, at, more)


@verb("postpone", POSTPONED, REF, *MOVE, JSON, example=EXAMPLE.format(kind="installation"))
def postpone_installation(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move the time of an installation."""
    postpone(session, "installation", ref, fmt, values)


@verb(
    "start",
    N_("The work has begun."),
    REF,
    AT,
    option("--technician", metavar="REF", text=N_("who installs it")),
    JSON,
    example="aftercare installation start IN26-0007 --technician 张师傅",
)
def start(session: Session, ref: str, at: str | None, fmt: str, **more: Any) -> None:
    """An installation has begun."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        return [*facts.sets("installation", more, reader), Set(("started_at",), facts.at(session, reader, at))]

    change(session, "installation", ref, "start", fmt, make)
