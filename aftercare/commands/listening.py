"""What is heard in a contact becomes records of its own, written in one with it: wishes, complaints, promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from aftercare.answers.unhappy import subjects_of
from aftercare.book.pen import Pen
from aftercare.commands.deeds import Beside, typed_in
from aftercare.commands.flags import Reader
from aftercare.commands.grievances import NOTHING, open_complaint
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
NOBODY_SPOKE = frozenset({"no_answer", "missed"})
"""The outcomes of a contact in which nothing can have been heard or promised."""


def opened(pen: Pen, reader: Reader, visit: Visit, values: Mapping[str, Any]) -> Beside:
    """Open the records that were heard in a contact, which names them; Contradicts where nobody spoke."""
    heard = [(kind, text, make) for kind, make in _MAKE.items() for text in values.get(kind) or ()]
    if heard and visit.outcome in NOBODY_SPOKE:
        raise Contradicts(_("nobody spoke with the customer, so nothing was heard or promised"))
    found = [make(pen, visit, reader, text) for __, text, make in heard]
    if not found:
        return NOTHING
    pen.edit(visit.id, [Append(("heard",), record) for record in found])
    # What is promised is said with the ledger.
    new = [(kind, record) for (kind, *__), record in zip(heard, found, strict=True) if kind != "promise"]
    said = [_("opened {kind} {record}").format(kind=word(kind), record=record) for kind, record in new]
    return Beside({"opened": found, "reopened": []}, said)


def in_words(typed: str) -> dict[str, Tree]:
    """What a spoken promise is: one of the kinds of promise; any other text is kept as its words."""
    return {"what": typed} if typed in PROMISE_KINDS else {"what": "other", "words": typed}


def _wish(pen: Pen, visit: Visit, reader: Reader, text: str) -> str:
    tree: dict[str, Tree] = {
        "customer": visit.customer,
        "about": list(subjects_of(visit)),
        "said_on": iso(visit.at),
        "words": _filled("--wish", text),
        "heard_in": visit.id,
        **_who(visit),
    }
    with typed_in("wish"):
        return pen.add("wish", tree).id


def _complaint(pen: Pen, visit: Visit, reader: Reader, text: str) -> str:
    done: dict[str, Tree] = {"at": iso(visit.at), **_who(visit)}
    if how := visit.advice or visit.note:
        done["how"] = how
    return open_complaint(pen, visit, _filled("--complaint", text), done if visit.solved == "yes" else None)


def _promise(pen: Pen, visit: Visit, reader: Reader, text: str) -> str:
    words, sign, due = text.rpartition("=")
    if not sign or not words.strip() or not due.strip():
        raise BadValue("--promise", text, _("write it as TEXT=DUE: 换滤网=fri"))
    tree: dict[str, Tree] = {
        "to": visit.customer,
        **in_words(words.strip()),
        "about": list(subjects_of(visit)),
        "due": reader.date("--promise", due),
        "binds": "told",
        "made_on": iso(visit.at),
        "heard_in": visit.id,
    }
    with typed_in("promise"):
        return pen.add("promise", tree).id


_MAKE: dict[str, Callable[[Pen, Visit, Reader, str], str]] = {
    "wish": _wish,
    "complaint": _complaint,
    "promise": _promise,
}


def _who(visit: Visit) -> dict[str, Tree]:
    return {"by": visit.by} if visit.by else {}


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
