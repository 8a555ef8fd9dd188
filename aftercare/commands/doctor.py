"""``doctor``: what is wrong with a book, what would mend it, and, only when asked, the mending itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aftercare.answers.ailments.ailing import Ailment
from aftercare.answers.ailments.all import Examined, examined
from aftercare.book import mending
from aftercare.book.book import Book
from aftercare.book.ids import of_path
from aftercare.book.locking import held
from aftercare.book.mending import Mend
from aftercare.book.set_aside import SetAside
from aftercare.commands.guards import guard, is_much
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.errors import INVALID, NotCommitted, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.text import printable
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit

_ROUNDS = 9
"""So often it is looked again, whatever happens beside us."""
_FIELDS = ("id", "kind", "file", "line", "code", "message", "remedy", "mended_by", "done", "set_aside")


@verb(
    "doctor",
    N_(
        "Explain what is wrong with the book's files, folders and history, and what would mend it. "
        "Nothing is changed without --fix, and nothing is ever deleted: what is replaced is set aside."
    ),
    option("--fix", is_flag=True, text=N_("mend what can be mended without loss")),
    option("--dry-run", is_flag=True, text=N_("only say what --fix would do")),
    option("--yes", is_flag=True, text=N_("also much at once, and locks of git that nobody has")),
    *output_options(),
    example="aftercare doctor\naftercare doctor --fix --dry-run\naftercare doctor --fix",
)
def doctor(session: Session, fix: bool, dry_run: bool, yes: bool, fmt: str, **shown: Any) -> None:
    """All that is wrong, each with its remedy; with ``--fix`` first what was done, then what is left."""
    if session.as_of:
        raise UsageProblem(_("--as-of looks back; a doctor looks at what is there now"))
    book = session.book()
    choice = Choice(fmt, shown["fields"], shown["sort"], shown["limit"])
    found = _examined(session, book)
    if not fix or dry_run:
        todo = _mendable(found.found, yes=yes) if dry_run else []
        _print([_row(one, yes) for one in found.found], found.found, choice, done=todo, would=True)
        _exit(session, found)
        return
    todo = _mendable(found.found, yes=yes)
    count = len(_files(todo))
    question = _("mend what is wrong with the book: {count} files of {of} records")
    asked = question.format(count=count, of=found.records)
    guard(asked, much=is_much(count, found.records), yes=yes)
    done, aside = _fixed(session, book, yes=yes) if todo else ([], None)
    left = _examined(session, Book(book.root)) if todo else found
    rows = [_row(one, yes, aside) for one in done] + [_row(one, yes) for one in left.found]
    _print(rows, left.found, choice, done=done, aside=aside)
    _exit(session, left)


def _examined(session: Session, book: Book, *, locked: bool = False) -> Examined:
    return examined(book, session.now(), _clock(session), locked=locked)


def _clock(session: Session) -> float:
    """The machine's time: what files and locks are dated by, whatever day the command goes by."""
    return session.clock().timestamp() + 60


def _mendable(found: Iterable[Ailment], *, yes: bool) -> list[Ailment]:
    return [one for one in found if one.mend and (yes or not one.mend.sure)]


def _mends(todo: Iterable[Ailment]) -> list[Mend]:
    return [one.mend for one in todo if one.mend]


def _files(todo: Iterable[Ailment]) -> set[str]:
    return {file for mend in _mends(todo) for file in mend.files}


def _fixed(session: Session, book: Book, *, yes: bool) -> tuple[list[Ailment], SetAside]:
    """Mend all that can be, from what is there once nobody else writes; what was mended.

    One mend may make room for another, so it is looked again until there is no more.
    """
    aside = SetAside(book.root, session.moment_now())
    with held(book.root, "doctor"):
        done = [one for one in _mendable(_examined(session, book).found, yes=yes) if one.mend and one.mend.finishes]
        mending.finish(book.root, aside)
        for number in range(_ROUNDS):
            book = Book(book.root)
            todo = _mendable(_examined(session, book, locked=True).found, yes=yes)
            acting = [one for one in todo if one.mend and one.mend.acts]
            done += acting if number else todo
            if not acting:
                break
            if book.settings.git:
                mending.remember(book.root, _mends(todo))
            mending.carry_out(book.root, _mends(acting), aside)
        if Book(book.root).settings.git:
            _commit(session, book, done)
    return done, aside


def _commit(session: Session, book: Book, done: Sequence[Ailment]) -> None:
    try:
        mending.commit(book.root, _mends(done))
    except NotCommitted as error:
        session.not_committed(error)


def _row(one: Ailment, yes: bool, aside: SetAside | None = None) -> dict[str, Any]:
    named = of_path(one.fault.file)
    by = ("doctor --fix --yes" if one.mend.sure and not yes else "doctor --fix") if one.mend else None
    return {
        "id": str(named) if named else None,
        "kind": named.kind.name if named else None,
        **one.fault._asdict(),
        "remedy": one.remedy,
        "mended_by": by,
        "done": aside is not None,
        "set_aside": _places(one, aside) if aside else [],
    }


def _places(one: Ailment, aside: SetAside) -> list[str]:
    mend = one.mend or Mend()
    return [aside.places[file] for file in (*mend.kept, *mend.away) if file in aside.places]


def _print(
    rows: list[dict[str, Any]],
    found: Sequence[Ailment],
    choice: Choice,
    *,
    done: Sequence[Ailment] = (),
    aside: SetAside | None = None,
    would: bool = False,
) -> None:
    if choice.fmt != "table" or choice.fields or choice.sort:
        emit(rows, [], choice, header=_FIELDS)
        return
    lines = [] if would else [line for one in done for line in _deed(one, aside)]
    for one in found[: choice.limit]:
        lines += [str(one.fault), f"  {_remedy(one, would_be_done=one in done)}"]
    for line in lines:
        put(printable(line))


def _deed(one: Ailment, aside: SetAside | None) -> list[str]:
    lines = [str(one.fault), "  " + _("done: {deed}").format(deed=one.remedy)]
    places = _places(one, aside) if aside else []
    return [*lines, *("  " + _("the old file is in {place}").format(place=place) for place in places)]


def _remedy(one: Ailment, *, would_be_done: bool) -> str:
    if one.mend is None:
        return one.remedy
    if would_be_done:
        return _("would be done: {deed}").format(deed=one.remedy)
    command = "doctor --fix --yes" if one.mend.sure else "doctor --fix"
    return _("{command}: {deed}").format(command=command, deed=one.remedy)


def _exit(session: Session, found: Examined) -> None:
    if found.invalid:
        session.exit_code = INVALID
    session.found(bool(found.found))
