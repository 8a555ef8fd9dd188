"""What was sent to customers, written down: a contact for each message, in one commit, by what its file says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftercare.answers.notices.told import is_mark
from aftercare.book.outbox import Outbox, body_of, headers_of, kind_in
from aftercare.book.titles import listed
from aftercare.commands import deeds
from aftercare.commands.notifying import row_of
from aftercare.commands.session import Session
from aftercare.errors import REFUSED, AftercareError, Contradicts
from aftercare.language import _
from aftercare.plain.moments import day_of, iso
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer
from aftercare.records.visit import Visit
from aftercare.render.notices import Message
from aftercare.render.output import say

DAY = "Day"
"""The header that says on which day a message was written; it is the first."""


def write_down(session: Session, box: Outbox, rows: list[dict[str, Any]]) -> None:
    """One contact for each message that was sent, in one commit; then its file goes."""
    found = {name: box.text("sent", name) for name in box.names("sent") if kind_in(name) != "shop"}
    if not found:
        return
    visits: dict[str, str] = {}
    with session.writing("due --notify customers") as pen:
        customers = {headers_of(text).get("Customer", "") for text in found.values()}
        known = {tag for record in pen.shelf.hanging(Visit, *customers) for tag in record.tags if is_mark(tag)}
        for name, text in found.items():
            headers = headers_of(text)
            marks = [mark for mark in headers.get("Tells", "").split("; ") if is_mark(mark)]
            customer = pen.shelf.get(headers.get("Customer", ""))
            if (marks and set(marks) <= known) or (isinstance(customer, Customer) and customer.forgotten):
                continue  # it is known already, or nobody may know it any more
            try:
                if not marks:
                    raise Contradicts(_("it does not say what was told"))
                visits[name] = pen.add("visit", _visit(session, headers, marks, body_of(text))).id
            except (AftercareError, ValueError) as error:
                say(_("{file} cannot be written down: {reason}").format(file=box.folder / "sent" / name, reason=error))
                visits[name] = ""
        ids = [visit for visit in visits.values() if visit]
        if ids:
            deeds.written(session, pen, f"visit add {listed(ids)}")
    for name, text in found.items():
        if visits.get(name) == "":
            session.exit_code = session.exit_code or REFUSED
            continue
        box.drop("sent", name)
        _note(rows, headers_of(text), text, visits.get(name))
    if ids:
        deeds.tell_change(deeds.change_of(session, pen))


def _note(rows: list[dict[str, Any]], headers: Mapping[str, str], text: str, visit: str | None) -> None:
    """Say in a message's row by which record it is known; one that was sent before has a row of its own now."""
    promises = headers.get("Promise", "").split()
    mine = next((row for row in rows if row["promises"] == promises and row["state"] == "sent"), None)
    if mine is None and visit:
        said = Message(headers.get("Subject", ""), body_of(text))
        mine = row_of(headers.get("Notice", "delay"), "customer", said, promises=promises, state="recorded")
        mine |= {"id": next(iter(promises), None), "customer": headers.get("Customer"), "name": headers.get("To")}
        rows.append(mine)
    if mine is not None:
        mine["visit"] = visit


def _visit(session: Session, headers: Mapping[str, str], marks: list[str], text: str) -> dict[str, Tree]:
    """The contact that a message was.  A greeting was sent on its day, whenever that is written down."""
    now, day = session.now(), headers.get(DAY, "")
    at = day if headers.get("Notice") == "greeting" and day and day < iso(day_of(now)) else iso(now)
    tree: dict[str, Tree] = {
        "customer": headers.get("Customer", ""),
        "about": list(headers.get("About", "").split()),
        "channel": "message",
        "purpose": headers.get("Purpose", "other"),
        "keeps": list(headers.get("Keeps", "").split()),
        "at": at,
        "outcome": "reached",
        "note": text,
        "tags": list(marks),
    }
    return {name: value for name, value in tree.items() if value}
