"""``attach`` and ``attachments``: photos, invoices, signatures beside a record, and where they are."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftercare.answers import attached as answers
from aftercare.book import attachments
from aftercare.book.shelf import kind_of
from aftercare.commands import deeds
from aftercare.commands.generic import JSON
from aftercare.commands.looking_up import looked_up, meant
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import InvalidBook, NoSuchFile, NotAttachable, NotPlainText, Unfitting
from aftercare.language import N_, _
from aftercare.plain.splicing import Append
from aftercare.plain.text import hidden, printable
from aftercare.records.enclosures import files_in
from aftercare.records.kinds import MODELLED
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, Column, emit

if TYPE_CHECKING:
    from aftercare.answers.naming import Register
    from aftercare.book.pen import Pen

MOST = 20
"""So many MiB are taken of one file, unless more is asked for; git keeps every one of them for ever."""
_LONGEST_NAME, _LONGEST_WHAT = 120, 500
"""Characters of a file's name, and of the words that say what it is."""
_HOLDING = (*MODELLED, "unit")
FIELDS = ["id", "kind", "file", "path", "what", "bytes", "state"]
_MIB = 1024 * 1024


@verb(
    "attach",
    N_("Keep a copy of files (a photo, an invoice, a signature) with a record; nothing in them is ever run."),
    argument("ref", metavar="REF"),
    argument("files", many=True, metavar="FILE..."),
    option("--what", metavar="S", text=N_("what it is; absent: what the file is called")),
    option("--large", is_flag=True, text=N_("even a file of more than 20 MiB")),
    JSON,
    example="aftercare attach CL26-0004 dent.jpg --what 外壳划痕",
)
def attach(session: Session, ref: str, files: tuple[str, ...], what: str | None, large: bool, fmt: str) -> None:
    """All of the files, or none."""
    if what:
        _see_to_words(what)
    taken = [(Path(file).name, _taken(file, large)) for file in files]
    with session.writing("attach") as pen:
        record_id = _record_in(deeds.resolved(session, pen.shelf, ref, _HOLDING))
        entries = _entries(pen, record_id, [(what or _called(name), name, data) for name, data in taken])
        if entries:
            pen.edit(record_id, [Append(("attachments",), entry) for entry in entries])
        kind = kind_of(record_id)
        deeds.written(session, pen, f"{kind} attach {record_id}")
    if not entries and fmt == "table":
        say(_("{record} has that already").format(record=record_id))
    paths = [entry.partition(" ")[0] for entry in entries]
    deeds.tell(
        session, pen, ids=[record_id] if fmt == "json" else None, fmt=fmt, beside=deeds.Beside({"attached": paths}, ())
    )
    if fmt == "table":
        for path in paths:
            put(path)


def _record_in(reference: str) -> str:
    """The record of a reference, of a unit its sale: a unit has no file in which it could be named."""
    return reference.partition("/")[0]


def _taken(file: str, large: bool) -> bytes:
    """The content of a file; NoSuchFile, or NotAttachable with what would help."""
    most = attachments.LARGEST if large else MOST * _MIB
    try:
        data = attachments.taken_in(Path(file), most)
    except OSError as error:
        match error.errno:
            case errno.EFBIG:
                reason = _("it is larger than {n} MiB").format(n=most // _MIB)
                remedy = "" if large else _("if it is to be kept all the same: --large")
                raise NotAttachable(file, reason, remedy) from None
            case errno.ELOOP | errno.EISDIR | errno.ENXIO:
                raise NotAttachable(file, _("it is no ordinary file; links are not followed")) from None
        raise NoSuchFile(file, str(error.strerror)) from error
    except ValueError:  # a NUL in the name
        raise NoSuchFile(file, "No such file or directory") from None
    if not data:
        raise NotAttachable(file, _("it is empty"))
    return data


def _see_to_words(what: str) -> None:
    """Unfitting, or NotPlainText, for what is no line of words: it stands behind a path in one line of the record."""
    if len(what) > _LONGEST_WHAT:
        raise Unfitting("--what", _("longer than {count} characters").format(count=_LONGEST_WHAT))
    if what.splitlines() != [what]:
        raise Unfitting("--what", _("one line is wanted"))
    if character := hidden(what):
        raise NotPlainText(character)


def _called(name: str) -> str:
    """What a file is called, in one line that hides nothing; its ending stays where it has to be cut."""
    composed = unicodedata.normalize("NFC", name)
    seen = " ".join("".join(char if printable(char) == char else " " for char in composed).split())
    if len(seen) <= _LONGEST_NAME:
        return seen
    ending = Path(seen).suffix[:10]
    return seen[: _LONGEST_NAME - len(ending) - 1] + "…" + ending


def _entries(pen: Pen, record_id: str, taken: list[tuple[str, str, bytes]]) -> list[str]:
    """The entries that are new to the record; what it names already it names once."""
    record = pen.shelf.records[record_id]
    known = set(files_in(record.attachments))
    found: dict[str, str] = {}
    for what, name, data in taken:
        file = pen.enclose(data, name)
        if file not in known:
            found.setdefault(file, f"{file} {what}".rstrip())
    return list(found.values())


@verb(
    "attachments",
    N_("The files that belong to records, and where they are; with --verify, whether they are what was attached."),
    argument("refs", many=True, required=False, metavar="[REF]..."),
    *output_options(),
    example="aftercare attachments CL26-0004 --format json",
)
def list_(session: Session, refs: tuple[str, ...], fmt: str, **asked: Any) -> None:
    """Of the records that are meant, or of all."""
    found = _named(session, refs)
    root = session.book().root.resolve()
    rows = [_row(root, one, session.verify) for one in found]
    columns = [
        Column("id", N_("ID")),
        Column("what", N_("what")),
        Column("file", N_("file")),
        Column("state", N_("state"), _state),
    ]
    emit(rows, columns, Choice(fmt, asked["fields"], asked["sort"], asked["limit"]), header=FIELDS)


def _named(session: Session, refs: tuple[str, ...]) -> list[answers.Named]:
    register = looked_up(session, *refs)
    if not refs:
        if register is not None:
            return answers.named_in_index(register.index)
        return answers.named_on(session.read(session.book()))
    from aftercare.answers.finding import OfShelf

    asked: Register = register if register is not None else OfShelf(session.read(session.book()))
    ids = dict.fromkeys(_record_in(meant(session, asked, ref, _HOLDING)) for ref in refs)
    return [one for record in ids for one in answers.named_by(record, asked.row(record).get("attachments") or ())]


def _row(root: Path, one: answers.Named, verify: bool) -> dict[str, Any]:
    path = root / one.of.file
    state, size = "there", None
    try:
        if verify and attachments.digest(root, one.of.file) != one.of.sha256:
            state = "altered"
        if path.resolve() != path or not path.is_file():  # a link leads to what nobody attached
            state = "missing"
        else:
            size = path.stat().st_size
    except (OSError, InvalidBook):
        state = "missing"
    said = {"id": one.record, "kind": kind_of(one.record), "file": one.of.file, "path": str(path)}
    return said | {"what": one.of.what or None, "bytes": size, "state": state}


def _state(state: str) -> str:
    return {"there": _("there"), "missing": _("missing"), "altered": _("altered")}[state]
