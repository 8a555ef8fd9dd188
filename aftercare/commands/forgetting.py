"""``customer forget``: a person is taken out of the records; what the law and the balance need stays, without them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import click

from aftercare.answers import finding, forgetting, personal
from aftercare.answers.effects import Change
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.personal import Loss
from aftercare.book import remains
from aftercare.book.files import attached
from aftercare.book.ids import parse, place_of
from aftercare.book.index.database import forget_all
from aftercare.book.pen import Pen
from aftercare.book.remains import Line
from aftercare.commands import aftermath, deeds
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import CannotWrite, EditNotFaithful, IndexStays, MayTellOf, Missing, NoSuchRecord, StillOwed
from aftercare.language import N_, _, plural
from aftercare.plain.blotting import OwnWords
from aftercare.plain.moments import iso
from aftercare.plain.reading import read
from aftercare.plain.splicing import Set
from aftercare.plain.tree import Path as Place
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.enclosures import attached as attached_file
from aftercare.records.enclosures import files_in
from aftercare.records.fields import BLANK
from aftercare.render.output import confirmed

FORGET = N_("Take a person out of the records; what the law and the balance need stays, without the person.")


@dataclass
class Plan:
    """What forgetting one customer does: what goes from which record, and what stays all the same."""

    customer: Customer
    words: OwnWords
    """What the person and the household are called, in every record of theirs."""
    known_by: OwnWords
    """What the person is known by everywhere, and to whom what they bought was sent."""
    owed: list[str]
    losses: dict[str, list[Loss]] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    """Files outside of the book that belong to them."""
    enclosed: list[str] = field(default_factory=list)
    """Files in the book that go with them: they may show the person."""
    files: frozenset[str] = frozenset()
    """The files of their records, under every id that these had."""
    elsewhere: list[Line] = field(default_factory=list)
    change: Change | None = None


@verb(
    "forget",
    FORGET,
    argument("ref", metavar="REF"),
    option("--reason", metavar="S", text=N_("why: the person asked for it, the time to keep it is over")),
    option("--owing", is_flag=True, text=N_("even while goods or money are still owed to them")),
    option("--everywhere", is_flag=True, text=N_("also blank their name, phone and address in notes about others")),
    option("--dry-run", is_flag=True, text=N_("say what would go, file by file, and write nothing")),
    option("--yes", is_flag=True, text=N_("do not ask")),
    option("--history-words", metavar="FILE", text=N_("write into FILE what is to be replaced in the history of git")),
    JSON,
    example="aftercare customer forget 王建国 --reason 本人要求 --dry-run",
)
def forget(session: Session, ref: str, fmt: str, **asked: Any) -> None:
    """See what would go, ask, take it out in one step, and say what is left elsewhere."""
    aftermath.refuse_badly_placed(session.book().root, asked["history_words"], dry=asked["dry_run"])
    if not (asked["yes"] or asked["dry_run"]):
        ref = _confirm(session, ref, asked)
    with aftermath.begun(asked["history_words"]) as target:
        with session.pen("customer forget", dry_run=asked["dry_run"]) as pen:
            plan = _planned(session, pen, _meant(session, pen, ref), asked)
            if not asked["dry_run"]:
                _refuse(session, pen, plan, asked)
                _write(session, pen, plan)
            plan.elsewhere = list(remains.lines_with(pen.book, plan.known_by, pen.planned))
        history = remains.in_history(pen.book.root, plan.known_by, plan.files)
        aftermath.answer(plan, history, fmt, dry=asked["dry_run"])
        aftermath.tell_rest(pen, plan, history, dry=asked["dry_run"])
        if history.commits:
            aftermath.tell_history(plan, history, target)


def _refuse(session: Session, pen: Pen, plan: Plan, asked: dict[str, Any]) -> None:
    """Refuse while something is owed, or where a file that cannot be read may tell of the person, or owe something."""
    for fault in pen.shelf.faults:
        session.warn(str(fault))
    ids = {one for record in personal.records_of(pen.before, plan.customer) for one in record.ids}
    if unknown := sorted({file for one in ids for file in pen.may_refer(one)}):
        raise MayTellOf(plan.customer.id, unknown)
    if plan.owed and not (asked["owing"] or plan.customer.forgotten):
        raise StillOwed(plan.customer.id, plan.owed)


def _write(session: Session, pen: Pen, plan: Plan) -> None:
    """Write it; the index goes before, so that a kill leaves none that tells of them, and what was built meanwhile."""
    forget_all(pen.book.root)
    pen.forget()
    if plan.losses:
        deeds.written(session, pen, f"customer forget {plan.customer.id}")
        plan.change = deeds.change_of(session, pen)
        try:
            forget_all(pen.book.root)
        except CannotWrite as error:
            raise IndexStays(error.file, error.reason) from error


def _confirm(session: Session, ref: str, asked: dict[str, Any]) -> str:
    """The id of who is meant, once the operator agreed; nobody else is forgotten, whoever the words fit by then."""
    if not sys.stdin.isatty():
        raise Missing(["--yes"])
    book = session.book()
    pen = Pen(book, book.read(), session.now())
    customer = _meant(session, pen, ref)
    name = finding.describe(pen.shelf, customer.id)
    sentence = _("forget {record}? No command brings it back.")
    if count := _others(session, pen, customer, asked) if asked["everywhere"] else 0:
        sentence = plural(
            "forget {record}, and change {count} record of somebody else? No command brings it back.",
            "forget {record}, and change {count} records of others? No command brings it back.",
            count,
        )
    if not confirmed(sentence.format(record=name, count=count)):
        raise click.Abort
    return customer.id


def _others(session: Session, pen: Pen, customer: Customer, asked: dict[str, Any]) -> int:
    """How many records of others would be changed."""
    mine = {record.id for record in personal.records_of(pen.shelf, customer)}
    return len(_planned(session, pen, customer, asked).losses.keys() - mine)


def _meant(session: Session, pen: Pen, ref: str) -> Customer:
    found = pen.shelf.get(deeds.own(session, pen.shelf, ref, "customer"))
    if not isinstance(found, Customer):
        raise NoSuchRecord(_("customer"), ref)
    return found


def _planned(session: Session, pen: Pen, customer: Customer, asked: dict[str, Any]) -> Plan:
    """Plan it, and put it all into the pen."""
    shelf = pen.shelf
    records = personal.records_of(shelf, customer)
    ledger = ledger_of(shelf, session.rules(pen.book), session.now(), [customer.id])
    before = forgetting.versions(pen.book, shelf, customer)
    known_by = _any_of(personal.known_by(one) for one in (customer, *before))
    plan = Plan(
        customer,
        personal.own_words([*records, *before]),
        known_by | forgetting.recipients(pen.book, shelf, customer, records),
        list(forgetting.still_owed(ledger.affairs[customer.id], ledger.promises)),
        attachments=[one for record in records for one in record.attachments if not attached_file(one)],
        files=frozenset(place_of(one) for record in records for one in record.ids),
        enclosed=files_in(one for record in records for one in record.attachments),
    )
    for record in records:
        _take_out(pen, plan, record, _forgotten(session, plan, ledger, asked) if record is customer else None)
    for event, places in personal.events_of(shelf, customer):
        for place in places:
            _blank(pen, plan, event.id, ("guests", place))
    if asked["everywhere"]:
        mine = {record.id for record in records}
        for record_id in [one for one in shelf.records if one not in mine]:
            _blank_words(pen, plan, record_id)
    return plan


def _any_of(words: Iterator[OwnWords]) -> OwnWords:
    whole = OwnWords([])
    for one in words:
        whole |= one
    return whole


def _forgotten(session: Session, plan: Plan, ledger: Ledger, asked: dict[str, Any]) -> dict[str, Tree] | None:
    """What the customer's file says of it; nothing new where it says so already."""
    if plan.customer.forgotten:
        return None
    said: dict[str, Tree] = {"on": iso(session.now())[:10]}
    if asked["reason"]:
        said["reason"] = plan.words.blotted(asked["reason"], BLANK)
    if greetings := forgetting.greetings_to_remember(ledger.promises):
        said["greetings"] = greetings
    return said


def _take_out(pen: Pen, plan: Plan, record: Record, forgotten: dict[str, Tree] | None) -> None:
    """A record of theirs, written anew without the person and without its comments, which nothing can look through."""
    file, data = pen.file_of(record.id)
    tree = read(data, file)
    left, losses = personal.without(record, tree, plan.words)
    if forgotten:
        left["forgotten"] = forgotten
    losses += _take_out_verdicts(pen, plan, record, left)
    losses += _take_out_files(record, left)
    anew = write(left).encode()
    comments = b"#" in data and write(tree).encode() != data and b"#" not in anew
    if comments:
        losses.append(Loss((), _("comments in the file"), ""))
    if losses or forgotten:
        plan.losses[record.id] = losses
        pen.rewrite(record.id, anew)


def _take_out_verdicts(pen: Pen, plan: Plan, record: Record, left: dict[str, Tree]) -> list[Loss]:
    """The person's words in the verdicts that lie beside a claim; the hash that the decision keeps follows."""
    named, losses = parse(record.id), []
    for file in attached(pen.book.root, named) if named else ():
        name = file.rpartition("/")[2].removeprefix(f"{record.id}.")
        data = pen.attachment(record.id, name) or b""
        text = data.decode("utf-8", "replace")
        after = plan.words.blotted(text, BLANK)
        if after == text:
            continue
        losses.append(Loss((name,), _("a verdict"), BLANK))
        pen.attach(record.id, name, after.encode())
        hashes = {hashlib.sha256(data).hexdigest(): hashlib.sha256(after.encode()).hexdigest()}
        decisions: Any = left.get("decisions") or []
        for decision in decisions:
            kept = decision.get("verdict") or {}
            if kept.get("trace") in hashes:
                kept["trace"] = hashes[kept["trace"]]
    return losses


def _take_out_files(record: Record, left: dict[str, Tree]) -> list[Loss]:
    """The files that are kept with a record, which nothing can look through; they go with the last that names them."""
    losses = [
        Loss(("attachments", place), entry, "")
        for place, entry in enumerate(record.attachments)
        if attached_file(entry)
    ]
    if losses:
        kept = left.get("attachments")
        rest = [entry for entry in kept if not attached_file(str(entry))] if isinstance(kept, list) else []
        left["attachments"] = rest
        if not rest:
            del left["attachments"]
    return losses


def _blank(pen: Pen, plan: Plan, record_id: str, within: Place) -> None:
    record = pen.shelf.records[record_id]
    file, data = pen.file_of(record_id)
    left, losses = personal.without(record, read(data, file), plan.words, within)
    _put(pen, plan, record_id, left, losses)


def _blank_words(pen: Pen, plan: Plan, record_id: str) -> None:
    record = pen.shelf.records[record_id]
    file, data = pen.file_of(record_id)
    if plan.known_by.are_in(data.decode("utf-8", "replace")):
        left, losses = personal.blotted(record, read(data, file), plan.known_by)
        _put(pen, plan, record_id, left, losses)


def _put(pen: Pen, plan: Plan, record_id: str, left: dict[str, Tree], losses: list[Loss]) -> None:
    """Somebody else's record, of which everything stays that the person has nothing to do with."""
    if not losses:
        return
    plan.losses.setdefault(record_id, []).extend(losses)
    try:
        pen.edit(record_id, [Set((), left)])
    except EditNotFaithful:
        pen.rewrite(record_id, write(left).encode())
