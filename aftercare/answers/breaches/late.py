"""Where a late delivery or installation shows: in the work that came late, else where its time was promised."""

from __future__ import annotations

from datetime import date

from aftercare.answers import works
from aftercare.answers.breaches.finding import Scope, Seen, day_after
from aftercare.answers.lines import Line
from aftercare.answers.promises import Promise
from aftercare.plain.tree import Path
from aftercare.records.delivery import Delivery


def about_work(scope: Scope, line: Line, promise: Promise, code: str, what: str, on: date | None = None) -> Seen:
    """A breach of a promise about the work on one line of a sale."""
    record, path = where_late(line, promise)
    return Seen(
        code=code,
        subject=line.unit,
        on=on or day_after(promise),
        record=record,
        path=path,
        what=what,
        categories=(line.category,),
        person=promise.person,
        promise=promise.id,
        bound=promise.draft.binds != "plan",
        rests_on=(promise.draft.record, *([promise.kept.record] if promise.kept else [])),
    )


def where_late(line: Line, promise: Promise) -> tuple[str, Path]:
    """The record and the place in it."""
    all_works = [*line.deliveries, *line.installations]
    if promise.kept:
        done = next((work for work in all_works if promise.kept and work.id == promise.kept.record), None)
        arrived = isinstance(done, Delivery) and done.arrived_at is not None
        return promise.kept.record, ("arrived_at",) if arrived else ("signed",)
    about = line.deliveries if promise.what == "deliver" else line.installations
    for work in about:
        if works.covers(work, line.number) and work.cancelled is None and work.signed is None:
            own: Path = (promise.what, "by") if works.own_window(work) else ("arranged_on",)
            return work.id, ("moved",) if work.moved else own
    if promise.what in line.told_by:
        return line.sale.id, ("sold_on",)
    own_time = line.item.told and getattr(line.item.told, promise.what)
    told: Path = ("told", promise.what, "by")
    return line.sale.id, ("items", line.number - 1, *told) if own_time else told
