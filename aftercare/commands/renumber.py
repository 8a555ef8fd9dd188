"""``renumber``: a record gets another number, and whatever names it follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftercare.answers import finding
from aftercare.book import collisions, merging
from aftercare.book.ids import SUFFIX, RecordId, loosely, of_path, parse, path_of
from aftercare.book.pen import Pen
from aftercare.book.renumbering import Plan, Renumbered, misnamed, renumbered
from aftercare.book.set_aside import SetAside
from aftercare.book.shelf import read_record
from aftercare.commands import deeds
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, MayBeNamed, NoSuchFile, NotCommitted
from aftercare.language import N_, _
from aftercare.plain.text import fold
from aftercare.records.base import Record
from aftercare.records.kinds import MODELLED
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit


@verb(
    "renumber",
    N_(
        "Give a record another number, and let all that name it follow. "
        "After a merge in which two clones gave one number twice, the later record gets another one."
    ),
    argument("ref", metavar="REF"),
    option("--to", metavar="ID", text=N_("the new id; absent: the next one of its year")),
    option("--dry-run", is_flag=True, text=N_("only say what would be done")),
    JSON,
    example="aftercare renumber CU26-0007\naftercare renumber SA26-0012 --to SA26-0015 --dry-run",
)
def renumber(session: Session, ref: str, to: str | None, dry_run: bool, fmt: str) -> None:
    """One record; of a merge, all whose numbers were given twice."""
    wanted = loosely(to) if to else None
    if to and wanted is None:
        raise BadValue("--to", to, _("it is no id"))
    with session.pen("renumber", dry_run=dry_run) as pen:
        found = _collided(pen, ref)
        plan = _parted(pen, ref, wanted, found) if found else _plan(session, pen, ref, wanted)
        if not found:
            _refuse_what_may_be_named(pen, plan)
        if not dry_run:
            _write(session, pen, plan, found)
    _answer(plan, fmt, _people(pen, plan) if found else {}, dry_run=dry_run)
    if found:
        _conclude(pen, dry_run=dry_run)


def _collided(pen: Pen, ref: str) -> list[collisions.Collision]:
    """All that was given twice in the merge under way, if the REF names one such number."""
    named = loosely(ref)
    if named is None or path_of(named) not in collisions.given_twice(pen.book.root):
        return []
    return collisions.collisions(pen.book)


def _parted(pen: Pen, ref: str, to: RecordId | None, found: list[collisions.Collision]) -> Plan:
    before = collisions.parted_before(pen.shelf, found)
    if before:
        return before
    named = loosely(ref)
    return collisions.parted(pen.book, pen.shelf, found, {str(named): to} if to else {})


def _plan(session: Session, pen: Pen, ref: str, to: RecordId | None) -> Plan:
    """What renumbering what was typed would do: a file of the book, a file that is named otherwise, a record."""
    book, shelf, named = pen.book, pen.shelf, loosely(ref)
    if "/" in ref and fold(ref).lower().endswith((SUFFIX, ".yml")):
        try:
            book.bytes_of(ref)
        except (FileNotFoundError, PermissionError) as error:
            raise NoSuchFile(ref, str(error.strerror or error)) from error
        record = of_path(ref)
        if record is None or str(record) not in shelf.records:
            return misnamed(book, shelf, ref, to)
        named = record
    if named and any(f.code == "id" and f.file == path_of(named) for f in shelf.faults):
        return misnamed(book, shelf, path_of(named), to)
    record_id = str(named) if named and str(named) in shelf.records else None
    return renumbered(book, shelf, record_id or deeds.resolved(session, shelf, ref, MODELLED), to, session.now())


def _refuse_what_may_be_named(pen: Pen, plan: Plan) -> None:
    """Refuse where a file that cannot be read may name the old number: it would go on naming nobody."""
    ours = {change.file for change in plan.changes}
    for one in plan.renumbered:
        files = [file for file in pen.may_refer(one.old) if file not in ours] if parse(one.old) else []
        if files:
            for fault in pen.shelf.faults:
                if fault.file in files:
                    say(str(fault))
            raise MayBeNamed(one.old, files)


def _title(one: Renumbered) -> str:
    """What a commit says of it: numbers, and never the name of a file, which may be that of a customer."""
    return f"renumber {one.old} {one.new}" if parse(one.old) else f"renumber {one.new}"


def _write(session: Session, pen: Pen, plan: Plan, found: list[collisions.Collision]) -> None:
    """Write it all as one step.  In the midst of a merge nothing is committed: the index learns of it instead."""
    pen.exchange(plan.changes)
    if not found:
        try:
            pen.done("; ".join(_title(one) for one in plan.renumbered))
        except NotCommitted as error:
            session.not_committed(error)
        return
    aside = SetAside(pen.book.root, session.moment_now())
    for file in collisions.by_hand(pen.book, found):
        say(_("{file} was changed by hand; what it held is in {kept}").format(file=file, kept=aside.copy(file)))
    pen.write()
    try:
        collisions.stage(pen.book.root, [change.file for change in plan.changes])
    except NotCommitted as error:
        session.not_committed(error)
        say(_("when that is mended: {command}").format(command="git add -A ."))


def _people(pen: Pen, plan: Plan) -> dict[str, str]:
    """Who or what the records of a merge are, by their ids from now on."""
    setting = pen.book.settings.setting
    read = (read_record(change.file, change.after, setting) for change in plan.changes if change.after)
    shelf = pen.shelf.with_records([record for record in read if isinstance(record, Record)])
    ids = [one for pair in plan.renumbered for one in (pair.old, pair.new) if one in shelf.records]
    return {one: said for one in ids if (said := finding.describe(shelf, one).partition(" ")[2])}


def _sentence(one: Renumbered, people: Mapping[str, str], *, dry_run: bool) -> str:
    """What became of one record; in a merge, who has which number now, since the old one has two owners."""
    who, other = people.get(one.new), people.get(one.old)
    sentence = _("{old} would be {new}") if dry_run else _("{old} is {new} now")
    if one.side == "ours" and who and other:
        sentence = _("{who}, here {old} until now, is {new}; {old} is {other}")
        if dry_run:
            sentence = _("{who}, here {old} until now, would be {new}; {old} would be {other}")
    elif one.side == "theirs" and who and other:
        sentence = _("{who}, there {old} until now, is {new}; {old} is {other}")
        if dry_run:
            sentence = _("{who}, there {old} until now, would be {new}; {old} would be {other}")
    return sentence.format(who=who, old=one.old, new=one.new, other=other)


def _answer(plan: Plan, fmt: str, people: Mapping[str, str], *, dry_run: bool) -> None:
    if fmt == "json":
        emit([_row(plan, one) for one in plan.renumbered], [], Choice("json"))
        return
    for one in plan.renumbered:
        put(one.new)
    for one in plan.renumbered:
        said = _sentence(one, people, dry_run=dry_run)
        say(_("{what}; with it: {records}").format(what=said, records=", ".join(one.changed)) if one.changed else said)
    for record, old in plan.unsure:
        say(
            _("{record} names {old} and may mean either; see which, and say it with: {command}").format(
                record=record, old=old, command=f"aftercare edit {record}"
            )
        )


def _row(plan: Plan, one: Any) -> dict[str, Any]:
    named = loosely(one.new)
    return {
        "id": one.new,
        "kind": named.kind.name if named else None,
        "formerly": one.old if loosely(one.old) else None,
        "side": one.side or None,
        "changed": list(one.changed),
        "unsure": [record for record, old in plan.unsure if old == one.old],
    }


def _conclude(pen: Pen, *, dry_run: bool) -> None:
    """Tell what is left to do in git, which is the operator's."""
    left = [] if dry_run else merging.still_in_conflict(pen.book.root)
    if left:
        say(_("still in conflict: {files}").format(files=", ".join(left[:8])))
    elif not dry_run:
        command = merging.under_way(pen.book.root).conclude
        is_merge = command == "git commit --no-edit"
        sentence = _("conclude the merge with: {command}") if is_merge else _("conclude it with: {command}")
        say(sentence.format(command=command))
