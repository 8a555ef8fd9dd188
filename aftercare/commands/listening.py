"""What is heard in a contact becomes records of its own, written in one with it: wishes, complaints, promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from aftercare.book.pen import Pen
from aftercare.commands.deeds import Beside, typed_in
from aftercare.commands.flags import Reader
from aftercare.commands.grievances import NOTHING, Hearing, hearing, open_complaint
from aftercare.commands.verbs import option
from aftercare.errors import BadValue, Contradicts
from aftercare.language import N_, _, word
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.visit import Visit
from aftercare.records.words import PROMISE_KINDS

FLAGS: tuple[click.Option, ...] = (
    option("--wish", multiple=True, metavar="TEXT", text=N_("a wish that was heard; it becomes a record of its own")),
    option(
        "--complaint",
        multiple=True,
        metavar="TEXT",
        text=N_("a complaint that was heard; it becomes a record of its own, resolved at once with --solved yes"),
    ),
    option("--promise", multiple=True, metavar="TEXT=DUE", text=N_("what was promised meanwhile, and until when")),
)
KINDS = ("wish", "complaint", "promise")
"""What becomes a record of its own."""
NOBODY_SPOKE = frozenset({"no_answer", "missed"})
"""The outcomes of a contact in which nothing can have been heard or promised."""


def opened(pen: Pen, reader: Reader, visit: Visit, values: Mapping[str, Any]) -> Beside:
    """Open the records that were heard in a contact, which names them; Contradicts where nobody spoke."""
    if visit.outcome in NOBODY_SPOKE and any(values.get(kind) for kind in KINDS):
        raise Contradicts(_("nobody spoke with the customer, so nothing was heard or promised"))
    found, beside = made(pen, reader, hearing(visit), values, _resolved(visit))
    if found:
        pen.edit(visit.id, [Append(("heard",), record) for record in found])
    return beside


def made(
    pen: Pen, reader: Reader, heard: Hearing, values: Mapping[str, Any], resolved: dict[str, Tree] | None = None
) -> tuple[list[str], Beside]:
    """Write the wishes, complaints and promises that were heard; their ids, and what there is to say of them.

    *resolved* is how a complaint was resolved at once, if it was.
    """
    found: list[tuple[str, str]] = []
    for text in values.get("wish") or ():
        found.append(("wish", _wish(pen, heard, text)))
    for text in values.get("complaint") or ():
        found.append(("complaint", open_complaint(pen, heard, _filled("--complaint", text), resolved)))
    for text in values.get("promise") or ():
        found.append(("promise", _promise(pen, heard, reader, text)))
    if not found:
        return [], NOTHING
    new = [record for __, record in found]
    # What is promised is said with the ledger.
    said = [
        _("opened {kind} {record}").format(kind=word(kind), record=record)
        for kind, record in found
        if kind != "promise"
    ]
    return new, Beside({"opened": new, "reopened": []}, said)


def _resolved(visit: Visit) -> dict[str, Tree] | None:
    """How a complaint that was heard in a contact was resolved in it, where it was."""
    if visit.solved != "yes":
        return None
    done: dict[str, Tree] = {"at": iso(visit.at), **hearing(visit).person}
    how = visit.advice or visit.note
    return {**done, "how": how} if how else done


def in_words(typed: str) -> dict[str, Tree]:
    """What a spoken promise is: one of the kinds of promise; any other text is kept as its words."""
    return {"what": typed} if typed in PROMISE_KINDS else {"what": "other", "words": typed}


def _wish(pen: Pen, heard: Hearing, text: str) -> str:
    tree: dict[str, Tree] = {
        "customer": heard.customer,
        "about": list(heard.about),
        "said_on": iso(heard.at),
        "words": _filled("--wish", text),
        "heard_in": heard.record,
        **heard.person,
    }
    with typed_in("wish"):
        return pen.add("wish", tree).id


def _promise(pen: Pen, heard: Hearing, reader: Reader, text: str) -> str:
    words, sign, due = text.rpartition("=")
    if not sign or not words.strip() or not due.strip():
        raise BadValue("--promise", text, _("write it as TEXT=DUE: 换滤网=fri"))
    tree: dict[str, Tree] = {
        "to": heard.customer,
        **in_words(words.strip()),
        "about": list(heard.about),
        "due": reader.date("--promise", due),
        "binds": "told",
        "made_on": iso(heard.at),
        "heard_in": heard.record,
    }
    with typed_in("promise"):
        return pen.add("promise", tree).id


def _filled(flag: str, text: str) -> str:
    if not text.strip():
        raise BadValue(flag, text, _("it says nothing"))
    return text


def missing_words(visit: Visit) -> Iterator[str]:
    """What was left out of a contact that somebody will want to know later, each with the command that adds it."""
    if visit.outcome != "reached":
        return
    if visit.purpose == "advice" and visit.solved in {"no", "handed_on"} and not visit.question and not visit.keeps:
        yield _("no question was written down, so no answer is promised: {command}").format(
            command=f"aftercare visit set {visit.id} question=…"
        )
    if visit.purpose == "training" and visit.understood is None:
        yield _("whether it was understood was not written down: {command}").format(
            command=f"aftercare visit set {visit.id} understood=yes"
        )
