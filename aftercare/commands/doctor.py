"""``doctor``: what is wrong with a book, what would mend it, and, only when asked, the mending itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
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
from aftercare.render.output import put
from aftercare.render.rows import Choice, arrange, emit

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
    book = Book(session.book().root)  # by its files, and without a word to the disk
    choice = Choice(fmt, shown["fields"], shown["sort"], shown["limit"])
    found = _examined(session, book)
    if not fix or dry_run:
        todo = _mendable(found.found, yes=yes) if dry_run else []
        _print([_row(one, yes) for one in found.found], found.found, choice, done=todo, would=True)
        _exit(session, found)
        return
    run = _Run(session, book, yes=yes)
    todo = _mendable(found.found, yes=yes)
    if todo:
        run.agree(todo, found)
        _carry_out(run, choice)
        found = _examined(session, Book(book.root))
    rows = [_row(one, yes, run.aside) for one in run.done] + [_row(one, yes) for one in found.found]
    _print(rows, found.found, choice, done=run.done, aside=run.aside)
    if found.found:  # for whoever hears only of what failed, such as the mail of cron
        session.warn("aftercare: " + _("what --fix did not mend: {count}").format(count=len(found.found)))
    _exit(session, found)


def _examined(session: Session, book: Book, *, locked: bool = False) -> Examined:
    return examined(book, session.now(), time.time(), locked=locked)


def _mendable(found: Iterable[Ailment], *, yes: bool) -> list[Ailment]:
    return [one for one in found if one.mend and (yes or not one.mend.sure)]


def _mends(todo: Iterable[Ailment]) -> list[Mend]:
    return [one.mend for one in todo if one.mend]


def _files(todo: Iterable[Ailment]) -> set[str]:
    return {file for mend in _mends(todo) for file in mend.files}


class _Run:
    """One mending: what the operator agreed to, what is ``done``, and where the old files are."""

    def __init__(self, session: Session, book: Book, *, yes: bool) -> None:
        self.session = session
        self.root = book.root
        self.yes = yes
        self.aside = SetAside(book.root, session.moment_now())
        self.done: list[Ailment] = []
        self.agreed: set[str] = set()

    def agree(self, todo: Iterable[Ailment], found: Examined) -> None:
        """Ask about what is to be done, with all that was before, if it is much and not agreed to yet."""
        files = self.agreed | _files(todo)
        if files != self.agreed:
            question = _("mend what is wrong with the book: {count} files of {of} records")
            asked = question.format(count=len(files), of=found.records)
            guard(asked, much=is_much(len(files), found.records), yes=self.yes)
        self.agreed = files

    def carry_out(self) -> None:
        """Mend all that can be, from what is there once nobody else writes.

        One mend may make room for another, so it is looked again until there is no more.  What is done when an error
        stops it is committed all the same.
        """
        with held(self.root, "doctor"):
            self._finish()
            try:
                for number in range(_ROUNDS):
                    if not self._round(first=number == 0):
                        break
            finally:
                self._let_git_know(mending.commit, self.done)

    def _finish(self) -> None:
        found = _examined(self.session, Book(self.root), locked=True).found
        finishing = [one for one in found if one.mend and one.mend.finishes]
        mending.finish(self.root, self.aside)
        self._did(finishing)
        found = _examined(self.session, Book(self.root), locked=True).found
        locks = [one for one in _mendable(found, yes=self.yes) if one.mend and one.mend.sure]
        mending.carry_out(self.root, _mends(locks), self.aside)  # before all else, or no commit could be made
        self._did(locks)

    def _round(self, *, first: bool) -> bool:
        """Do what can be done now; whether there was anything."""
        found = _examined(self.session, Book(self.root), locked=True)
        todo = _mendable(found.found, yes=self.yes)
        self.agree(todo, found)
        if first:
            waiting = [one for one in todo if one.mend and one.mend.committed]
            if self._let_git_know(mending.commit_what_was, waiting):
                self.done += waiting
        acting = [one for one in todo if one.mend and one.mend.acts]
        try:
            if Book(self.root).settings.git:
                mending.remember(self.root, _mends(acting))
            mending.carry_out(self.root, _mends(acting), self.aside)
        except BaseException:
            self._did(one for one in acting if one.mend and one.mend.is_done(self.aside.places))
            raise
        self._did(acting)
        return bool(acting)

    def _did(self, mended: Iterable[Ailment]) -> None:
        self.done += mended
        self.session.saved = self.session.saved or bool(self.done)

    def _let_git_know(self, commit: Callable[[Path, Sequence[Mend]], None], of: Sequence[Ailment]) -> bool:
        """Commit where git keeps the book; whether that worked."""
        if not Book(self.root).settings.git:
            return False
        try:
            commit(self.root, _mends(of))
        except NotCommitted as error:
            self.session.not_committed(error)
            return False
        return True


def _carry_out(run: _Run, choice: Choice) -> None:
    """Mend; what was done is told, whatever stopped the rest."""
    try:
        run.carry_out()
    except BaseException:
        _print([_row(one, run.yes, run.aside) for one in run.done], [], choice, done=run.done, aside=run.aside)
        raise


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
    if choice.fmt != "table" or choice.fields:
        emit(rows, [], choice, header=_FIELDS)
        return
    lines = [] if would else [line for one in done for line in _deed(one, aside)]
    left = rows[len(rows) - len(found) :]
    said = {id(row): one for row, one in zip(left, found, strict=True)}
    for one in (said[id(row)] for row in arrange(left, choice)):
        lines += [str(one.fault), f"  {_remedy(one, would_be_done=would and one in done)}"]
    for line in lines:
        put(line)


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
