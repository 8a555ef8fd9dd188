"""``edit``: a record's file in the operator's own editor; what comes back is checked before it is kept."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import click

from aftercare.book.book import Book
from aftercare.book.ids import loosely, path_of
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf, read_record
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.errors import AftercareError, ChangedUnderneath, Fault, UsageProblem
from aftercare.language import _, refusal
from aftercare.render.output import say


class Draft:
    """A private copy of a record's file, which the editor changes; it goes when it is not needed any more."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.before = data
        self.folder = Path(tempfile.mkdtemp(prefix="aftercare-"))  # for its owner alone
        self.path = self.folder / file.rpartition("/")[2]
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)

    def text(self) -> bytes:
        """What the operator has made of it; as it was where the editor left no file."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return self.before

    def drop(self) -> None:
        """Take the copy away."""
        rmtree(self.folder, ignore_errors=True)


def edited(session: Session, kind: str, ref: str) -> None:
    """Let the operator change a record's file in ``$VISUAL`` or ``$EDITOR``, and write it when it is valid.

    The book is not locked meanwhile.  Whatever cannot be written stays in the copy, and the operator is told where:
    ChangedUnderneath if somebody else changed the file, InvalidBook if it is no valid record any more.
    """
    command = _editor()
    if session.as_of:
        raise UsageProblem(_("--as-of looks back; nothing can be written then"))
    book = session.book()
    record_id = _meant(session, book.read(), kind, ref)
    named = loosely(record_id)
    file = path_of(named) if named else record_id
    with _kept(Draft(file, book.bytes_of(file))) as draft:
        while True:
            _open(command, draft)
            if draft.text() == draft.before:
                say(_("{record} is as it was").format(record=record_id))
                return
            faults = _faults(book, draft)
            if not faults or not _again(faults):
                break
        with session.writing(f"{kind} edit") as pen:
            _write(session, pen, kind, record_id, draft)
    deeds.tell(session, pen)


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
        if draft.text() == draft.before:
            draft.drop()
        elif not (isinstance(error, ChangedUnderneath) and error.remedy):  # which says it itself
            say(_("your text is kept in {saved}").format(saved=draft.path))
        raise
    draft.drop()


def _open(command: list[str], draft: Draft) -> None:
    try:
        code = subprocess.call([*command, str(draft.path)])  # noqa: S603 - the operator's own editor, and no shell
    except OSError as error:
        raise UsageProblem(
            _("{editor} cannot be started: {reason}").format(editor=command[0], reason=refusal(error.strerror))
        ) from None
    if code:
        raise UsageProblem(
            _("{editor} ended with code {code}; nothing was written").format(editor=command[0], code=code)
        )


def _faults(book: Book, draft: Draft) -> list[Fault]:
    outcome = read_record(draft.file, draft.text(), book.settings.setting)
    return outcome if isinstance(outcome, list) else []


def _again(faults: list[Fault]) -> bool:
    """Whether the operator, if there is one, wants to mend it at once."""
    if not sys.stdin.isatty():
        return False
    for fault in faults:
        say(str(fault))
    return click.confirm(_("open it again?"), default=True, err=True)


def _write(session: Session, pen: Pen, kind: str, record_id: str, draft: Draft) -> None:
    try:
        __, current = pen.file_of(record_id)
    except AftercareError:
        raise ChangedUnderneath(draft.file, str(draft.path)) from None
    if current != draft.before:
        raise ChangedUnderneath(draft.file, str(draft.path))
    pen.rewrite(record_id, draft.text())
    deeds.written(session, pen, f"{kind} edit {record_id}")
