"""``edit``: a record's file in the operator's own editor; what comes back is checked before it is kept."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT
from pathlib import Path

from aftercare.book.book import Book
from aftercare.book.files import Unusable
from aftercare.book.ids import loosely, path_of
from aftercare.book.pen import Pen
from aftercare.book.programs import program
from aftercare.book.shelf import Shelf, kind_of, read_record
from aftercare.commands import deeds
from aftercare.commands.drafts import Draft
from aftercare.commands.session import Session
from aftercare.errors import (
    INVALID,
    REFUSED,
    AftercareError,
    CannotWrite,
    ChangedUnderneath,
    Fault,
    InvalidBook,
    UsageProblem,
)
from aftercare.language import _, refusal
from aftercare.records.json_schema import record_schema
from aftercare.render.output import say

_MOST = 20
"""How often the editor is opened for one text: a command that changes it each time is no person who mends it."""


def edited(session: Session, kind: str, ref: str) -> None:
    """Let the operator change a record's file in ``$VISUAL`` or ``$EDITOR``, and write it when it is valid.

    The book is not locked meanwhile.  At a terminal what the book does not take is opened again, with the reasons on
    top, until it takes it or the operator leaves it as it is.  Whatever cannot be written stays in the copy, and they
    are told where: ChangedUnderneath if somebody else changed the file, InvalidBook if it is no valid record any more.
    """
    command = _editor()
    if session.as_of:
        raise UsageProblem(_("--as-of looks back; nothing can be written then"))
    book = session.book()
    record_id = _meant(session, book.read(), kind, ref)
    named = loosely(record_id)
    file = path_of(named) if named else record_id
    with _kept(Draft(file, book.bytes_of(file))) as draft:
        pen = _round_after_round(session, book, record_id, draft, command)
    if pen:
        deeds.tell(session, pen)


def _round_after_round(session: Session, book: Book, record_id: str, draft: Draft, command: list[str]) -> Pen | None:
    """Open the editor until what it leaves was written; None where nothing was changed."""
    kind = kind_of(record_id) or ""
    schema = record_schema(kind) if sys.stdin.isatty() else None
    problem = None
    if schema:
        draft.offer(draft.before, (), schema)
    for _round in range(_MOST):
        _open(command, draft, book.root)
        text = draft.text()
        if text == draft.before:
            say(_("{record} is as it was").format(record=record_id))
            return None
        if problem and (text == draft.offered or not text.strip()):
            draft.keep(draft.offered)
            raise problem
        try:
            return _attempted(session, book, kind, record_id, draft)
        except AftercareError as error:
            if not (schema and text.strip() and _can_be_mended(error)):
                raise
            problem = error
            draft.offer(text, _remarks(error), schema)
    raise problem or UsageProblem(_("nothing was written"))


def _attempted(session: Session, book: Book, kind: str, record_id: str, draft: Draft) -> Pen:
    """Write what the draft holds now; a text that is no record is refused without waiting for the book."""
    outcome = read_record(draft.file, draft.text(), book.settings.setting)
    if isinstance(outcome, list):
        raise InvalidBook(outcome)
    with session.writing(f"{kind} edit") as pen:
        _write(session, pen, kind, record_id, draft)
    return pen


def _can_be_mended(error: AftercareError) -> bool:
    """Whether other words in the record would help."""
    beyond_words = ChangedUnderneath | Unusable | CannotWrite
    return error.exit_code in {INVALID, REFUSED} and not isinstance(error, beyond_words)


def _remarks(error: AftercareError) -> list[Fault | str]:
    """What is said above the text: why it was not taken, and how to go on."""
    reasons: list[Fault | str] = (
        [*error.faults] if isinstance(error, InvalidBook) else [error.sentence, *error.remedies]
    )
    return [*reasons, _("Mend it and save it; leave it as it is to give up. Lines like this one are not kept.")]


def _editor() -> list[str]:
    """The editor's command: words, never given to a shell."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        words = []
    if not words:
        raise UsageProblem(
            _("no editor is named: $VISUAL and $EDITOR say nothing that can be run"),
            _("name one, as in: EDITOR=nano aftercare …, or change values with: aftercare … set"),
        )
    return words


def _meant(session: Session, shelf: Shelf, kind: str, ref: str) -> str:
    """The id of the record; one whose file is not valid can be mended too, by its id."""
    named = loosely(ref)
    if named and named.kind.name == kind and str(named) in shelf.invalid:
        return str(named)
    return deeds.own(session, shelf, ref, kind)


@contextmanager
def _kept(draft: Draft) -> Iterator[Draft]:
    """Take the copy away at the end, unless it holds the operator's words and they were not written."""
    try:
        yield draft
    except BaseException as error:
        if draft.is_as_it_was():
            draft.drop()
            raise
        with suppress(Unusable, CannotWrite):  # then it is kept as the editor left it
            draft.keep(draft.text())
        if not (isinstance(error, ChangedUnderneath) and error.remedy):  # which says it itself
            say(_("your text is kept in {saved}").format(saved=draft.path))
        raise
    draft.drop()


def _open(command: list[str], draft: Draft, root: Path) -> None:
    name, *more = command
    try:
        editor = program(name, root)
        if not editor:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        with _left_to_the_editor():
            code = subprocess.call([editor, *more, str(draft.path)])  # noqa: S603 - the operator's own, and no shell
    except OSError as error:
        raise UsageProblem(
            _("{editor} cannot be started: {reason}").format(editor=name, reason=refusal(error.strerror))
        ) from None
    if code == -signal.SIGINT:
        raise KeyboardInterrupt
    if code:
        raise UsageProblem(
            _("{editor} ended with code {code}; nothing was written").format(editor=command[0], code=code)
        )


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Let Ctrl-C be the editor's own: to many of them it is a key like any other.

    A handler, for what is ignored would be ignored by the editor too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _write(session: Session, pen: Pen, kind: str, record_id: str, draft: Draft) -> None:
    try:
        __, current = pen.file_of(record_id)
    except AftercareError:
        raise ChangedUnderneath(draft.file, str(draft.path)) from None
    if current != draft.before:
        raise ChangedUnderneath(draft.file, str(draft.path))
    pen.rewrite(record_id, draft.text())
    deeds.written(session, pen, f"{kind} edit {record_id}")
