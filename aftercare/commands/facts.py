"""Facts that own verbs add to a record: read by the field's own type, dated by the clock where no time is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.commands.verbs import option
from aftercare.language import N_
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records import base
from aftercare.records.kinds import model_of
from aftercare.records.schema import field_at

AT = option("--at", metavar="T", text=N_("when; absent: now"))
MOVE = (
    option("--to", required=True, metavar="T", text=N_("the new time")),
    option("--from", "not_before", metavar="T", text=N_("not before this time")),
    option("--asked-by", required=True, type=click.Choice(("shop", "customer")), text=N_("who asked for it")),
    option("--agreed/--not-agreed", default=None, text=N_("whether the customer agreed")),
    option("--reason", required=True, metavar="S", text=N_("why")),
    option("--at", metavar="T", text=N_("when it was asked; absent: now")),
)

BEYOND = option("--beyond", multiple=True, metavar="K=V", text=base.BEYOND)
"""What was done at the same time that nobody was owed."""


def at(session: Session, reader: Reader, said: str | None) -> str:
    """When: as said, else the clock's time."""
    return reader.date("--at", said) if said else iso(session.now())


def sets(kind: str, values: Mapping[str, Any], reader: Reader) -> list[Edit]:
    """An edit for each value that was given; its name is the field's."""
    edits: list[Edit] = []
    for name, value in values.items():
        field = field_at(model_of(kind), (name,))
        if field is not None and field.shape == "many":
            edits += [Append((name,), reader.value(f"--{name}", field, entry)) for entry in value]
        elif value is not None and field is not None:
            edits.append(Set((name,), reader.value(f"--{name.replace('_', '-')}", field, value)))
    return edits


def kindnesses(said: Iterable[str], reader: Reader, at: str) -> list[Edit]:
    """What was done beyond what was owed, with the time of what was done with it where no other is said."""
    field = field_at(model_of("claim"), ("beyond",))
    groups = [reader.value("--beyond", field, text) for text in said] if field else []
    return [Append(("beyond",), {"at": at, **group} if isinstance(group, dict) else group) for group in groups]


def move(session: Session, reader: Reader, values: Mapping[str, Any]) -> dict[str, Tree]:
    """A move as it stands in the file; what the shop asks for is agreed only where that is said."""
    agreed = values["agreed"]
    tree: dict[str, Tree] = {"to": reader.date("--to", values["to"])}
    if values["not_before"]:
        tree["from"] = reader.date("--from", values["not_before"])
    tree["asked_by"] = values["asked_by"]
    if agreed is not None or values["asked_by"] == "shop":
        tree["agreed"] = "yes" if agreed else "no"
    return {**tree, "reason": values["reason"], "on": at(session, reader, values["at"])}
