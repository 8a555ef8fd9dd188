"""What an import came to, said row by row and in numbers."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from aftercare.answers.importing.incoming import OUTCOMES, named
from aftercare.commands import deeds
from aftercare.errors import Fault
from aftercare.language import N_, _
from aftercare.plain.cells import guarded
from aftercare.plain.moments import day_of
from aftercare.render.output import put, put_json, say

if TYPE_CHECKING:
    from datetime import date

    from aftercare.answers.importing.doing import Follow
    from aftercare.answers.importing.incoming import Plan
    from aftercare.answers.promises import Promise
    from aftercare.book.pen import Pen
    from aftercare.commands.session import Session
    from aftercare.plain.moments import Moment
    from aftercare.plain.sheets import Sheet


class Effect(NamedTuple):
    """What an import did to the ledger: the ids of the promises kept and of those made, and how many are late.

    ``long_past`` of those made are our own plans', and overdue for so long that they are history and no work.
    """

    kept: list[str]
    kept_late: int
    promised: list[str]
    overdue: int
    long_past: int


class Imported(NamedTuple):
    """What an import came to: its plan, the ids of new and of changed records, what they did to the ledger.

    ``refused`` are all faults; ``kept_good`` whether the other rows were taken all the same.
    """

    plan: Plan
    ids: Sequence[str]
    changed: Sequence[str]
    effect: Effect | None
    refused: Sequence[Fault]
    dry: bool
    kept_good: bool

    @property
    def wrote(self) -> bool:
        """Whether anything was written, or would be but for the dry run."""
        return bool(self.ids or self.changed)


_LONG_PAST = 60
"""Days after which a promise of our own that nobody keeps is history and no work."""
_SAID = {
    "created": N_("rows that make something new: {count}"),
    "changed": N_("rows that bring something to what is there: {count}"),
    "unchanged": N_("rows unchanged: {count}"),
    "differs": N_("rows that differ: {count}"),
    "refused": N_("rows refused: {count}"),
}


def tell_differences(done: Imported, file: str) -> None:
    """A line on stderr for each row whose record says otherwise."""
    sentence = _("{file}:{line}: differs from {record} in {fields}; the record is left as it is")
    for line, record, fields in _named(done, done.plan.differs):
        say(sentence.format(file=file, line=line, record=record, fields=", ".join(fields)))


def _named(done: Imported, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, str, Sequence[str]]]:
    """Rows with the records that they are about; one that a row before makes has the id that it was given."""
    for line, record, fields, *__ in rows:
        yield line, named(record, done.ids, done.plan), fields


def tell(done: Imported) -> None:
    """One line for each outcome, and what became of the ledger."""
    plan, kinds = done.plan, Counter(new.kind for new in done.plan.new)
    records = ", ".join(f"{_(kind)} {count}" for kind, count in kinds.items())
    told = "created" if plan.count("created") else "changed"
    for outcome in OUTCOMES:
        detail = f" ({records})" if records and outcome == told else ""
        put(_(_SAID[outcome]).format(count=plan.count(outcome)) + detail)
    if done.dry or not done.wrote:
        say(_("nothing was written"))
    if done.effect:
        sentence = _(
            "promises kept: {kept}, of these late: {late}; promises open: {promised}, of these overdue: {overdue}"
        )
        kept, late, promised, overdue, __ = done.effect
        say(sentence.format(kept=len(kept), late=late, promised=len(promised), overdue=overdue))


def tell_of_beginning(done: Imported, now: Moment) -> None:
    """A hint for a book that does not say when it began: its plans owe for old orders what nobody can do now."""
    past = done.effect.long_past if done.effect else 0
    if past:
        sentence = _(
            "{count} of these our own plans promise for what is long past; with {line} in aftercare.yaml "
            "they promise nothing for what happened before that day"
        )
        say(sentence.format(count=past, line=f"begins_on: {day_of(now).isoformat()}"))


def answer(done: Imported) -> None:
    """The same as JSON."""
    plan, effect = done.plan, done.effect
    put_json(
        {
            "created": [one for one in done.ids if one],
            "changed": [
                {"line": n, "id": record, "fields": list(fields)} for n, record, fields in _named(done, plan.changed)
            ],
            "unchanged": plan.count("unchanged"),
            "differs": [
                {"line": n, "id": record, "fields": list(fields)} for n, record, fields in _named(done, plan.differs)
            ],
            "refused": [{"line": fault.line, "code": fault.code, "message": fault.message} for fault in done.refused],
            "rows": {name: plan.count(name) for name in OUTCOMES},
            "kept": sorted(effect.kept) if effect else [],
            "promised": sorted(effect.promised) if effect else [],
            "dry_run": done.dry,
        }
    )


def effect_of(session: Session, pen: Pen) -> Effect:
    """What the import did to the ledger, in so far as it is told."""
    kept, promised, late, overdue, long_past = list[str](), list[str](), 0, 0, 0
    today = day_of(session.now())
    for some in deeds.changes_of(session, pen):
        kept += [promise.id for promise in some.kept]
        late += sum(1 for promise in some.kept if promise.state == "kept_late")
        promised += [promise.id for promise in some.promised]
        overdue += sum(1 for promise in some.promised if promise.state == "overdue")
        long_past += sum(1 for promise in some.promised if _is_long_past(promise, today))
    return Effect(kept, late, promised, overdue, long_past)


def _is_long_past(promise: Promise, today: date) -> bool:
    if promise.state != "overdue" or promise.draft.binds != "plan" or promise.due is None:
        return False
    return (today - day_of(promise.due.by)).days > _LONG_PAST


def refused_rows(done: Imported, sheet: Sheet, header: int) -> bytes:
    """The rows that were refused, below the header, as CSV in UTF-8, to be mended and imported again."""
    lines = {line for line, outcome in done.plan.rows.items() if outcome == "refused"}
    return as_csv(row.cells for row in sheet.rows if row.line == header or row.line in lines)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a spreadsheet program opens them, and nothing in them for it to reckon."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(guarded, row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def follow() -> Follow:
    """A bar for whoever sits at a terminal."""
    if sys.stderr.isatty():
        from aftercare.render.progress import followed

        return followed()
    return lambda _what, items: iter(items)
