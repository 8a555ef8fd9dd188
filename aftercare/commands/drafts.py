"""The copy of a record's file that ``edit`` gives to an editor: private, with our remarks on top, which go again."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from aftercare.book.files import Unusable, read_bytes
from aftercare.errors import CannotWrite, Fault
from aftercare.plain.text import printable

_MODELINE = "# yaml-language-server: $schema="
_SCHEMA = "record.schema.json"


class Draft:
    """A private copy of a record's file, which the editor changes; it goes when it is not needed any more.

    CannotWrite where there is no room for one.
    """

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.before = self.offered = data
        self._remarks: list[bytes] = []
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="aftercare-"))  # for its owner alone
        except OSError as error:
            raise CannotWrite("$TMPDIR", str(error.strerror)) from error
        self.path = self.folder / file.rpartition("/")[2]
        try:
            self._create(self.path, data)
        except CannotWrite:
            self.drop()
            raise

    def text(self) -> bytes:
        """What the operator has made of it, without our remarks; as it was offered where the editor left no file.

        Unusable: no file of text.
        """
        try:
            data = read_bytes(self.folder, self.path.name)
        except FileNotFoundError:
            return self.offered
        if not self._remarks:
            return data
        lines = data.splitlines(keepends=True)
        return b"".join(line for line in lines if line.rstrip(b"\r\n") not in self._remarks)

    def is_as_it_was(self) -> bool:
        """Whether there is nothing in it to lose."""
        try:
            return self.text() == self.before
        except Unusable:
            return False

    def offer(self, text: bytes, remarks: Sequence[Fault | str], schema: object) -> None:
        """Put *text* into the copy for the editor, each of the *remarks* above it as a comment of one line.

        A fault names the line as it is counted in the editor.  The first line names the *schema* to whichever editor
        knows what to do with it, unless the text names one.  A text that is no UTF-8 is left without all that.
        CannotWrite.
        """
        modeline = [] if _MODELINE.encode() in text else [f"{_MODELINE}./{_SCHEMA}"]
        lines = len(modeline) + len(remarks)
        self.offered, self._remarks = text, []
        if _is_text(text):
            shown = [r._replace(line=r.line + lines) if isinstance(r, Fault) else r for r in remarks]
            self._remarks = [line.encode() for line in (*modeline, *(f"# {printable(str(one))}" for one in shown))]
            self._write(self.folder / _SCHEMA, json.dumps(schema, ensure_ascii=False).encode())
        end = b"\r\n" if b"\r\n" in text else b"\n"
        self._write(self.path, b"".join(line + end for line in self._remarks) + text)

    def keep(self, text: bytes) -> None:
        """Leave nothing in the copy but the operator's *text*, where they are told to find it.  CannotWrite."""
        self._remarks = []
        self._write(self.path, text)
        (self.folder / _SCHEMA).unlink(missing_ok=True)

    def drop(self) -> None:
        """Take the copy away."""
        with suppress(OSError):  # not everything that the disk refuses is an error that rmtree passes over
            rmtree(self.folder, ignore_errors=True)

    def _write(self, path: Path, data: bytes) -> None:
        """A file made anew: what an editor left in its place, a link perhaps, is not written into."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(str(path), str(error.strerror)) from error
        self._create(path, data)

    @staticmethod
    def _create(path: Path, data: bytes) -> None:
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(data)
        except OSError as error:
            raise CannotWrite(str(path), str(error.strerror)) from error


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
