"""``KIND checklist`` and ``KIND tick`` of work at the customer's home, and what other commands say of the items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from aftercare import language
from aftercare.answers.affairs import affairs_with, customer_of
from aftercare.answers.at_home import AtHome
from aftercare.answers.at_home import kind_of as kind_of_work
from aftercare.answers.checklists import Ticked, checklists_of, items_of, unknown
from aftercare.answers.finding import describe
from aftercare.answers.works import Work
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf, kind_of
from aftercare.commands import deeds
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, output_options, verb
from aftercare.commands.works import REF, Kind, change
from aftercare.errors import Contradicts
from aftercare.language import N_, _
from aftercare.plain.splicing import Append, Edit
from aftercare.policies.standards import OWN, Checklist
from aftercare.records.base import Record
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.visit import Visit
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit

AT_HOME = (Delivery, Installation, Visit)
"""The records that have a checklist."""
_FIELDS = ("id", "text", "done", "line", "about")
_TICK = N_("Items of the checklist that were done.")


def lists_for(session: Session, shelf: Shelf, work: AtHome) -> list[Checklist]:
    """The checklists of what was done, or is to be done, at a customer's home."""
    affairs = affairs_with(shelf, customer_of(shelf, work) or "")
    return checklists_of(affairs, work, session.rules(session.book())) if affairs else []


def _show(session: Session, ref: str, kind: str, asked: dict[str, Any]) -> None:
    """The items of a work at home."""
    shelf = session.read(session.book())
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    as_page = choice.fmt == "table" and not choice.fields
    work = shelf.get(deeds.resolved(session, shelf, ref, (kind,), echoed=not as_page))
    if not isinstance(work, AT_HOME):
        return
    if as_page:
        put(describe(shelf, work.id))
        for line in page(session, shelf, work, choice.limit):
            put(line)
    else:
        items = items_of(lists_for(session, shelf, work), work.checklist)
        emit([{**item._asdict(), "text": item.text._asdict()} for item in items], [], choice, header=_FIELDS)


def _checklist(kind: Kind | Literal["visit"], sentence: str, example: str) -> Verb:
    @verb("checklist", sentence, argument("ref", metavar="REF"), *output_options(), example=example)
    def made(session: Session, ref: str, **asked: Any) -> None:
        _show(session, ref, kind, asked)

    return made


checklist = _checklist(
    "installation",
    N_("What belongs to the installation, and what of it was ticked."),
    "aftercare installation checklist IN26-0007",
)
delivery_checklist = _checklist(
    "delivery",
    N_("What belongs to the delivery, and what of it was ticked."),
    "aftercare delivery checklist DE26-0009",
)
visit_checklist = _checklist(
    "visit",
    N_("What belongs to the visit at home, and what of it was ticked."),
    "aftercare visit checklist VI26-0031",
)


def page(session: Session, shelf: Shelf, work: AtHome, limit: int | None = None) -> Iterator[str]:
    """The items of a work at home for people, or so many of them, line by line."""
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


_ITEMS = argument("items", many=True, metavar="ITEM...")


@verb("tick", _TICK, REF, _ITEMS, JSON, example="aftercare installation tick IN26-0007 抽真空 检漏")
def tick(session: Session, ref: str, items: tuple[str, ...], fmt: str) -> None:
    """Items of an installation were done."""
    _tick_work(session, "installation", ref, items, fmt)


@verb("tick", _TICK, REF, _ITEMS, JSON, example="aftercare delivery tick DE26-0009 穿鞋套 带走垃圾")
def delivery_tick(session: Session, ref: str, items: tuple[str, ...], fmt: str) -> None:
    """Items of a delivery were done."""
    _tick_work(session, "delivery", ref, items, fmt)


@verb("tick", _TICK, REF, _ITEMS, JSON, example="aftercare visit tick VI26-0031 铺垫布 带走垃圾")
def visit_tick(session: Session, ref: str, items: tuple[str, ...], fmt: str) -> None:
    """Items of a visit at home were done."""
    with session.writing("visit tick") as pen:
        visit_id = deeds.own(session, pen.shelf, ref, "visit")
        visit = pen.shelf.get(visit_id)
        if isinstance(visit, Visit) and not kind_of_work(visit):
            raise Contradicts(
                _("{visit} was not at the customer's home; there is nothing to tick").format(visit=visit_id),
                f"aftercare visit set {visit_id} channel=home",
            )
        pen.edit(visit_id, deeds.checked("visit", visit_id, _ticks(visit, items), pen))
        deeds.written(session, pen, f"visit tick {visit_id}")
    deeds.tell(session, pen, fmt=fmt)
    tell_unknown(session, pen, items)


def _tick_work(session: Session, kind: Kind, ref: str, items: tuple[str, ...], fmt: str) -> None:
    def make(reader: Reader, work: Work | None) -> list[Edit]:
        return _ticks(work, items)

    tell_unknown(session, change(session, kind, ref, "tick", fmt, make, new=False), items)


def _ticks(work: Record | None, items: Sequence[str]) -> list[Edit]:
    """One that was ticked before stays ticked once."""
    done = set(work.checklist) if isinstance(work, AT_HOME) else set()
    return [Append(("checklist",), item) for item in dict.fromkeys(items) if item not in done]


def tell_unknown(session: Session, pen: Pen, ticks: Sequence[str]) -> None:
    """Say which ticks are on no list; they are kept all the same, for a shop may do more than a list asks."""
    for work in pen.touched:
        lists = lists_for(session, pen.shelf, work) if isinstance(work, AT_HOME) and ticks else []
        found = unknown(lists, ticks) if lists else []
        if found:
            said = _("on no checklist of {work}, kept all the same: {items}; aftercare {kind} checklist {work}")
            say(said.format(work=work.id, kind=kind_of(work.id), items=_(", ").join(found)))
