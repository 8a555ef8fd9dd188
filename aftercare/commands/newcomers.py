"""``add`` for what somebody may do before there is a file of theirs: the file is written in one with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from aftercare.answers import finding
from aftercare.book.pen import Pen
from aftercare.commands import deeds
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.commands.verbs import option
from aftercare.errors import Missing, SeveralRecords, UsageProblem
from aftercare.language import N_, _, word
from aftercare.plain import names, phones
from aftercare.plain.moments import iso
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer
from aftercare.render.output import say

FLAGS: tuple[click.Option, ...] = (
    option("--name", metavar="N", text=N_("a new customer's name, instead of --customer")),
    option("--phone", multiple=True, metavar="P", text=N_("a new customer's phone")),
    option("--address", metavar="A", text=N_("a new customer's address")),
    option("--referred-by", metavar="REF", text=N_("the customer who brought a new one")),
)


def write(pen: Pen, reader: Reader, tree: dict[str, Tree], values: Mapping[str, Any], today: str) -> None:
    """The file of who is new, where a name was given."""
    if values.get("name"):
        if tree.get("customer"):
            raise UsageProblem(_("--customer names one who is known, --name one who is new: give one of them"))
        new: dict[str, Tree] = {"name": values["name"], "since": today}
        new |= {"phones": list(values["phone"])} if values["phone"] else {}
        new |= {"address": {"text": values["address"]}} if values["address"] else {}
        if values.get("referred_by"):
            new["referred_by"] = reader.resolve(values["referred_by"], ("customer",))
        with deeds.typed_in("customer"):
            tree["customer"] = pen.add("customer", new).id
    elif any(values.get(name) for name in ("phone", "address", "referred_by")):
        raise UsageProblem(_("--phone, --address and --referred-by belong to a new customer: give --name"))


def enquiry(
    session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Mapping[str, Any]
) -> dict[str, Tree]:
    """Taken down now, from who is known by the phone, or is new; what was arranged with it was arranged then."""
    at = str(tree.get("at") or iso(session.now()))
    known = None if tree.get("customer") else _known(pen, values)
    if known:
        say(finding.describe(pen.shelf, known))
        tree = {"customer": known, **tree}
    else:
        write(pen, reader, tree, values, at[:10])
    if not tree.get("customer"):
        raise Missing(["--customer / --name"])
    for name, when in (("material", "asked_at"), ("appointments", "made_at")):
        entries = tree.get(name)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                entry.setdefault(when, at)
    return {**tree, "at": at}


def _known(pen: Pen, values: Mapping[str, Any]) -> str | None:
    """The customer who has one of the phones, and the name where one was given; a phone may be of several people."""
    typed = {phones.digits(phone) for phone in values.get("phone") or ()} - {""}
    called = {one.id: one for number in typed for one in pen.shelf.with_phone(number) if isinstance(one, Customer)}
    owners = [called[one] for one in sorted(called) if typed.intersection(map(phones.digits, called[one].phones))]
    name = values.get("name")
    found = [one for one in owners if not name or names.matches(one.name, name)]
    if len(found) > 1:
        candidates = [finding.describe(pen.shelf, one.id) for one in found]
        raise SeveralRecords(word("customer"), ", ".join(values["phone"]), candidates)
    for one in owners if not found else ():
        say(_("this phone is that of {customer} too").format(customer=finding.describe(pen.shelf, one.id)))
    return found[0].id if found else None
