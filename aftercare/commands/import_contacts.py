"""``import contacts``: customers from an address book, every card accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from aftercare.answers.importing.card_rows import Contacts
from aftercare.answers.importing.incoming import Plan, named
from aftercare.book.titles import listed
from aftercare.commands import deeds
from aftercare.commands.named import named_bytes
from aftercare.commands.session import Session
from aftercare.errors import Fault, InvalidBook, InvalidInput
from aftercare.language import N_, _
from aftercare.plain import vcards
from aftercare.plain.moments import day_of
from aftercare.records.typed import Mistyped
from aftercare.render.output import put, put_json, say

if TYPE_CHECKING:
    from aftercare.book.pen import Pen

_OUTCOMES = (
    ("created", N_("cards that make a new customer: {count}")),
    ("unchanged", N_("cards unchanged: {count}")),
    ("differs", N_("cards that differ: {count}")),
    ("refused", N_("cards refused: {count}")),
)


class _Done(NamedTuple):
    """What an import came to: its plan, the ids of the new customers, and whether anything was written."""

    plan: Plan
    ids: list[str]
    written: bool
    promised: list[str]


def bring_in(session: Session, file: str, *, dry_run: bool, keep_good: bool, fmt: str) -> None:
    """Read the cards, see whom the book lacks, write these, and account for every card.

    One card that is refused and nothing is written, unless to *keep_good*; either way the exit code is 3.
    """
    session.book()  # so that the file's faults are said in the book's language
    found = vcards.read(named_bytes(file), file)
    with session.pen("import contacts", dry_run=dry_run) as pen:
        if pen.before.invalid:  # a card could be theirs, and would be taken for new
            raise InvalidBook(pen.before.faults)
        plan = Plan()
        for fault in found.faults:
            plan.refuse(file, fault.line, fault.code, fault.message)
        contacts = Contacts(pen.shelf, plan, file, day_of(session.now()))
        contacts.take(found.cards)
        ids = _make(pen, plan, file, keep_good=keep_good)
        if is_written := bool(ids) and not dry_run:
            deeds.written(session, pen, f"import customer {listed(ids)}")
        promised = sorted(one.id for one in deeds.change_of(session, pen).promised) if ids else []
    done = _Done(plan, ids, is_written, promised)
    if contacts.unread:
        say(_("not read: {names}").format(names=", ".join(sorted(contacts.unread))))
    for line, record, fields in _differences(done):
        sentence = _("{file}:{line}: differs from {record} in {fields}; the record is left as it is")
        say(sentence.format(file=file, line=line, record=record, fields=", ".join(fields)))
    put_json(_answer(done, dry_run=dry_run)) if fmt == "json" else _tell(done)
    if plan.refused:
        raise InvalidInput(sorted(plan.refused, key=lambda fault: fault.line))


def _make(pen: Pen, plan: Plan, file: str, *, keep_good: bool) -> list[str]:
    """Give the new customers their ids; a value that no record may hold refuses its card after all."""
    from aftercare.records.typed import typed

    good = []
    for new in plan.new:
        try:
            typed("customer", {"id": "CU00-0000", **new.tree}, pen.shelf.settings.setting)
            good.append(new)
        except Mistyped as error:
            plan.refused += [Fault(file, new.line, one.code, one.sentence) for one in error.misfits]
            plan.rows[new.line] = "refused"
    if plan.refused and not keep_good:
        return []
    return [pen.add(new.kind, new.tree).id for new in good]


def _differences(done: _Done) -> Iterator[tuple[int, str, Sequence[str]]]:
    """The cards that differ; one that differs from a card before names that one's new record."""
    for line, record, fields in done.plan.differs:
        yield line, named(record, [] if done.plan.refused else done.ids, done.plan), fields


def _tell(done: _Done) -> None:
    for outcome, sentence in _OUTCOMES:
        put(_(sentence).format(count=done.plan.count(outcome)))  # type: ignore[arg-type]
    if not done.written:
        say(_("nothing was written"))


def _answer(done: _Done, *, dry_run: bool) -> dict[str, Any]:
    plan = done.plan
    return {
        "created": done.ids,
        "unchanged": plan.count("unchanged"),
        "differs": [{"line": n, "id": record, "fields": list(fields)} for n, record, fields in _differences(done)],
        "refused": [{"line": fault.line, "code": fault.code, "message": fault.message} for fault in plan.refused],
        "rows": {name: plan.count(name) for name, __ in _OUTCOMES},  # type: ignore[arg-type]
        "kept": [],
        "promised": done.promised,
        "dry_run": dry_run,
    }
