"""``installation checklist``, and what ``show`` and ``tick`` say of the items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from aftercare import language
from aftercare.answers.affairs import affairs_of, owner_of
from aftercare.answers.checklists import Ticked, checklists_of, items_of, unknown
from aftercare.answers.finding import describe
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.language import N_, _
from aftercare.policies.standards import OWN, Checklist
from aftercare.records.installation import Installation
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit

_FIELDS = ("id", "text", "done", "line")


def lists_for(session: Session, shelf: Shelf, work: Installation) -> list[Checklist]:
    """The checklists of what the installation is for."""
    affairs = affairs_of(shelf).get(owner_of(shelf, work.sale) or "")
    return checklists_of(affairs, work, session.rules(session.book())) if affairs else []


@verb(
    "checklist",
    N_("What belongs to the installation, and what of it was ticked."),
    argument("ref", metavar="REF"),
    *output_options(),
    example="aftercare installation checklist IN26-0007",
)
def checklist(session: Session, ref: str, **asked: Any) -> None:
    """The items of an installation."""
    shelf = session.read(session.book())
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    as_page = choice.fmt == "table" and not choice.fields
    work = shelf.get(deeds.resolved(session, shelf, ref, ("installation",), echoed=not as_page))
    if not isinstance(work, Installation):
        return
    if as_page:
        put(describe(shelf, work.id))
        for line in page(session, shelf, work, choice.limit):
            put(line)
    else:
        items = items_of(lists_for(session, shelf, work), work.checklist)
        emit([{**item._asdict(), "text": item.text._asdict()} for item in items], [], choice, header=_FIELDS)


def page(session: Session, shelf: Shelf, work: Installation, limit: int | None = None) -> Iterator[str]:
    """The items of an installation for people, or so many of them, line by line."""
    lists = lists_for(session, shelf, work)
    yield from _said(lists, items_of(lists, work.checklist)[:limit])


def _said(lists: Sequence[Checklist], items: Sequence[Ticked]) -> Iterator[str]:
    """The items, what was done marked, below the standard that they follow."""
    spoken = language.current()
    for one in lists:
        follows = _("the shop's own") if one.follows == OWN else one.follows
        yield _("checklist {title} ({line}), follows: {follows}").format(
            title=one.title.said(spoken), line=one.line, follows=follows
        )
        for item in items:
            if item.line == one.line:
                yield f"  [{'x' if item.done else ' '}] {item.text.said(spoken)} ({item.id})"


def tell_unknown(lists: Sequence[Checklist], ticks: Sequence[str], work: str) -> None:
    """Say which ticks are on no list; they are kept all the same, for a shop may do more than a list asks."""
    found = unknown(lists, ticks) if lists else []
    if found:
        say(
            _("on no checklist of {work}, kept all the same: {items}; aftercare installation checklist {work}").format(
                work=work, items=_(", ").join(found)
            )
        )
