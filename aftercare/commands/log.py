"""``aftercare log``: what was done to the book, and the history of a record, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from aftercare.answers import deeds_done, lineage
from aftercare.answers.deeds_done import Deed
from aftercare.answers.finding import in_a_sentence, resolve
from aftercare.book.book import Book
from aftercare.book.chronicle import Chronicle, Commit, owner_of
from aftercare.book.files import Unusable, attached
from aftercare.book.ids import SUFFIX, loosely, parse, path_of, place_of, split_unit
from aftercare.book.settings import FILE
from aftercare.book.shelf import Shelf, kind_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import InvalidBook, NoHistory, NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain.moments import Moment, day_of, is_late, iso, spoken, start_of
from aftercare.plain.text import clip, fold, printable, width
from aftercare.plain.words import echo, understand
from aftercare.records.claim import Claim
from aftercare.records.kinds import MODELLED
from aftercare.render import history as shown
from aftercare.render.output import put_lines, say
from aftercare.render.rows import Choice, emit

_WIDEST = 100
_NOT_YET = N_("not in the history yet")


@verb(
    "log",
    N_("What was done to the book, newest first; of a record, its history in words."),
    argument("ref", metavar="[REF]", required=False),
    option("--since", metavar="D", text=N_("only what was done on this day or later")),
    *output_options(),
    example="aftercare log SA26-0012",
)
def log(session: Session, ref: str | None, since: str | None, **asked: Any) -> None:
    """The commands, or the history of one record."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    book = session.book()
    if not book.settings.git:
        raise InvalidBook(book.setting_faults) if book.setting_faults else NoHistory("")
    shelf = session.read(book)
    first = start_of(_meant_by(session, shelf, since)) if since else None
    chronicle = Chronicle(book.root)
    when = Clock(shelf.settings.time_zone)
    found = _of_record(session, book, shelf, chronicle, ref) if ref else _of_book(book, chronicle)
    last = session.now() if session.as_of else None
    # Who is forgotten by now is so on whatever day one looks back from.
    told = deeds_done.without_forgotten(found, book.read() if session.as_of else shelf)
    recent = (deed for deed in told if _is_within(deed, when, first, last))
    if choice.fmt == "table" and not choice.fields:
        several = len({commit.author for commit in chronicle.commits}) > 1
        lines = Lines(shelf, when, several=several)
        entries = lines.of_record(recent) if ref else lines.of_book(recent)
        for entry in islice(entries, choice.limit):
            put_lines(entry.split("\n"))
        if chronicle.is_cut_off:
            say(_("what was before is not in this clone; to fetch it: git fetch --unshallow"))
    else:
        rows = (deeds_done.row(deed, iso(when.at(deed.commit)) if deed.commit else None) for deed in recent)
        emit(list(rows if choice.sort else islice(rows, choice.limit)), [], choice, header=deeds_done.FIELDS)


def _meant_by(session: Session, shelf: Shelf, typed: str) -> Moment:
    """The moment that was typed, said in full where it was not written out."""
    found = understand(typed, session.moment_now(), shelf.settings.time_zone or "")
    if iso(found) != typed:
        say(f"{typed} = {echo(found)}")
    return found


def _is_within(deed: Deed, clock: Clock, first: datetime | None, last: Moment | None) -> bool:
    """Whether it was done from the *first* time on, and no later than what is looked back from, if it is."""
    if deed.commit is None:
        return last is None
    at = clock.at(deed.commit)
    return (first is None or at >= first) and (last is None or not is_late(at, last))


class Clock:
    """When something was done, in the shop's time; where its zone is not known, by the clock that stood beside it."""

    def __init__(self, zone: str | None) -> None:
        from zoneinfo import ZoneInfo

        try:
            self.zone = ZoneInfo(zone) if zone else None
        except (LookupError, ValueError, OSError):
            self.zone = None

    def at(self, commit: Commit) -> datetime:
        """The time of a commit, to the minute."""
        try:
            there = commit.at.astimezone(self.zone) if self.zone else commit.at
        except OverflowError:
            there = commit.at
        return there.replace(tzinfo=None, second=0, microsecond=0)


def _of_book(book: Book, chronicle: Chronicle) -> Iterator[Deed]:
    files = {*chronicle.files(), *book.files(), *book.policies(), FILE}
    yield from deeds_done.not_yet(chronicle, _on_disk(book, files), None)
    yield from deeds_done.done(chronicle)


def _of_record(session: Session, book: Book, shelf: Shelf, chronicle: Chronicle, ref: str) -> list[Deed]:
    ids = _meant(session, shelf, ref)
    files = _files(book, ids)
    held = [file for file in chronicle.files() if (owner := owner_of(file)) and owner[0] in ids]
    now = deeds_done.not_yet(chronicle, _on_disk(book, {*files, *held}), {*files, *held})
    found = list(lineage.of_records(chronicle, [*now, *_done(chronicle, {*ids, *_former(shelf, ids)})], ids))
    if not found and not any(one in shelf.records or one in shelf.invalid for one in ids):
        raise NoSuchRecord(word(kind_of(ids[0])), ref)
    return found


def _former(shelf: Shelf, ids: Iterable[str]) -> Iterator[str]:
    """The ids that records had once, and those of records that once had theirs."""
    for one in ids:
        record = shelf.get(one)
        yield from record.formerly if record else ()
        yield from shelf.shared.get(one, ())


def _done(chronicle: Chronicle, ids: set[str]) -> list[Deed]:
    """What was done to the files of records, and of those that they once were, which their own past tells."""
    found = list(deeds_done.done(chronicle, [f":(glob){_stem(one)}.*" for one in sorted(ids)]))
    earlier = {former for deed in found if deed.record in ids for former in deed.formerly} - ids
    return _done(chronicle, ids | earlier) if earlier else found


def _meant(session: Session, shelf: Shelf, ref: str) -> list[str]:
    """The records whose history is asked for, removed ones too, by their ids; of a unit its sale and its claims."""
    named = loosely(fold(ref))
    if named:
        record = shelf.get(str(named))
        found = record.id if record else str(named)
    else:
        found = resolve(shelf, ref, (*MODELLED, "unit"), day_of(session.now()).year)
    if found != ref:
        say(in_a_sentence(shelf, found))
    head, line = split_unit(found)
    claims = [claim.id for claim in shelf.of(Claim) if line and _unit(shelf, claim.unit) == found]
    return [head, *claims]


def _unit(shelf: Shelf, text: str) -> str:
    head, sign, line = text.partition("/")
    sale = shelf.get(head)
    return f"{sale.id if sale else head}{sign}{line}"


def _stem(record: str) -> str:
    return place_of(record).removesuffix(SUFFIX)


def _files(book: Book, ids: Iterable[str]) -> set[str]:
    """The files of records, with what lies beside them."""
    known = [named for one in ids if (named := parse(one))]
    return {path_of(one) for one in known} | {file for one in known for file in attached(book.root, one)}


def _on_disk(book: Book, files: Iterable[str]) -> dict[str, bytes | None]:
    """What the files hold now; None for one that cannot be read, and no entry for one that is not there."""
    held: dict[str, bytes | None] = {}
    for file in files:
        if owner_of(file):
            try:
                held[file] = book.bytes_of(file)
            except FileNotFoundError:
                continue
            except Unusable:
                held[file] = None
    return held


class Lines:
    """Deeds as lines for people; who did them where *several* people write in the book."""

    def __init__(self, shelf: Shelf, clock: Clock, *, several: bool) -> None:
        self.shelf, self.clock, self.several = shelf, clock, several

    def of_book(self, deeds: Iterable[Deed]) -> Iterator[str]:
        """One line a command."""
        for __, group in groupby(deeds, key=lambda deed: deed.commit.id if deed.commit else None):
            done = list(group)
            commit = done[0].commit
            what = shown.title(commit, self.shelf, done) if commit else ""
            came = shown.outcome(done, self.shelf)
            text = _("{name}: {text}").format(name=what, text=came) if what and came else what or came
            yield clip(printable(f"{self._head(done[0])}{text}"), _WIDEST)

    def of_record(self, deeds: Iterable[Deed]) -> Iterator[str]:
        """One entry a deed, in lines of their own where one is too narrow; the record is named where it is another."""
        before = ""
        for deed in deeds:
            name = f"{deed.record} " if deed.record != before and before else ""
            before = before or str(deed.record)
            head = self._head(deed) + name
            if deed.commit and not deed.commit.is_command:
                head += _("(by hand) ")
            yield "\n".join(_wrapped(printable(head), [printable(one) for one in shown.clauses(deed, self.shelf)]))

    def _head(self, deed: Deed) -> str:
        if deed.commit is None:
            return _("{name}: {text}").format(name=_(_NOT_YET), text="")
        who = f"{deed.commit.author}  " if self.several else ""
        return f"{deed.commit.short}  {spoken(iso(self.clock.at(deed.commit)))}  {who}"


def _wrapped(head: str, clauses: Sequence[str]) -> Iterator[str]:
    """Clauses side by side behind a head, in lines of at most so many columns; what does not fit stands below."""
    line, between = head, _("; ")
    for number, clause in enumerate(clauses):
        more = clause + (between if number + 1 < len(clauses) else "")
        if line not in {head, "    "} and width((line + more).rstrip()) > _WIDEST:
            yield line.rstrip()
            line = "    "
        line += more
    yield line.rstrip()
