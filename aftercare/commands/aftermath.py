"""What is told when somebody was forgotten: what went, and what no command of ours can take out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftercare.answers.personal import Loss
from aftercare.book import attachments, remains
from aftercare.book.pen import Pen
from aftercare.errors import CannotWrite, FileExists, UsageProblem, WordsNotKept
from aftercare.language import _, plural
from aftercare.plain.moments import iso
from aftercare.plain.text import printable
from aftercare.plain.tree import dotted
from aftercare.records.fields import BLANK
from aftercare.render.effects import filled, said
from aftercare.render.output import put, put_json, say

if TYPE_CHECKING:
    from aftercare.commands.forgetting import Plan

MOST = 12
"""So many names are said in a line; the rest is a number."""


def answer(plan: Plan, history: remains.History, fmt: str, *, dry: bool) -> None:
    """What went, or would go, on stdout."""
    if fmt == "json":
        records = [
            {"id": name, "fields": [{"path": dotted(one.path), "left": one.after or None} for one in losses]}
            for name, losses in plan.losses.items()
        ]
        row: dict[str, Any] = {"id": plan.customer.id, "kept": [], "promised": [], "dry_run": dry}
        row |= {"records": records, "owed": plan.owed}
        row["void"] = [promise.id for promise in plan.change.ended] if plan.change else []
        row["elsewhere"] = [str(line) for line in plan.elsewhere]
        row["attachments"] = [*plan.enclosed, *plan.attachments]
        row["commits"] = len(history.commits)
        put_json(row)
        return
    if not plan.losses:
        day = iso(plan.customer.forgotten.on) if plan.customer.forgotten else ""
        say(
            _("{customer} was forgotten on {day}; nothing is left to take out").format(
                customer=plan.customer.id, day=day
            )
        )
    for name, losses in plan.losses.items():
        put(name)
        for loss in losses:
            put("  " + _line_of(loss, dry))


def _line_of(loss: Loss, dry: bool) -> str:
    where = dotted(loss.path)
    if not dry:
        return where or loss.before
    if not loss.path:
        return loss.before
    return _("{where}: {before} → {after}").format(where=where, before=loss.before, after=loss.after or _("nothing"))


def tell_rest(pen: Pen, plan: Plan, history: remains.History, *, dry: bool) -> None:
    """What no command of ours can take out, on stderr."""
    for line in filled(said(plan.change)) if plan.change else ():
        say(line)
    if plan.owed:
        say(_("still owed: {owed}").format(owed=_some(plan.owed)))
    if plan.elsewhere:
        places = [str(line) for line in plan.elsewhere]
        say(_("their name, phone or address also stands in: {places}").format(places=_some(places)))
    if short := plan.known_by.short:
        sentence = plural(
            "{count} word is too short to be looked for", "{count} words are too short to be looked for", len(short)
        )
        say(sentence.format(count=len(short)))
    _tell_of_files(pen, plan, history, dry=dry)
    if own := remains.own_files_with(pen.book.root, plan.known_by):
        say(_("files that aftercare set aside hold it: {files}").format(files=_some(own)))
    if history.unknown:
        say(_("git's history was not looked through: {reason}").format(reason=history.unknown))
    if dry:
        say(_("nothing was written"))
    elif plan.losses:
        say(_("clones, backups, exports and printed papers hold it still"))


def _tell_of_files(pen: Pen, plan: Plan, history: remains.History, *, dry: bool) -> None:
    """Which files elsewhere are the person's, which attached ones stay since others name them, what history keeps."""
    if plan.attachments:
        say(_("files outside the records: {files}").format(files=printable(_some(plan.attachments))))
    there = [] if dry else [file for file in plan.enclosed if attachments.is_there(pen.book.root, file)]
    if there:
        say(_("attached files that others name too, and stay: {files}").format(files=_some(there)))
    if aside := remains.attached_set_aside(pen.book.root):
        say(_("attached files were set aside, and may be theirs: {files}").format(files=_some(aside)))
    now = {*plan.enclosed} if dry else set()
    gone = sorted(file for file in history.attached if file in now or not attachments.is_there(pen.book.root, file))
    if gone:
        count = len(gone)
        sentence = plural(
            "git's history holds {count} attached file", "git's history holds {count} attached files", count
        )
        say(sentence.format(count=count))
        paths = " ".join(f"--path {shlex.quote(history.attached[file])}" for file in gone)
        say(_("then, after a backup: {command}").format(command=f"git filter-repo --force --invert-paths {paths}"))


def tell_history(plan: Plan, history: remains.History, target: Path | None) -> None:
    """How much of git's history holds it, and how that is taken out; the words for it go into *target*."""
    count = len(history.commits)
    sentence = plural("git's history holds it in {count} commit", "git's history holds it in {count} commits", count)
    say(sentence.format(count=count))
    if target is None:
        say(
            _("to take it out there: {command}").format(
                command=f"aftercare customer forget {plan.customer.id} --yes --history-words FILE"
            )
        )
        return
    here = {word for line in plan.elsewhere for word in line.words}
    if left_out := history.words & here:
        sentence = _("left out, since files of today would change too: {count} of {all} words")
        say(sentence.format(count=len(left_out), all=len(history.words)))
    if not history.words - here:
        return
    _save(target, history.words - here)
    file = shlex.quote(str(target))
    command = f"git filter-repo --force --replace-text {file} --replace-message {file}"
    say(_("then, after a backup: {command}").format(command=command))


def _some(names: list[str]) -> str:
    more = len(names) - MOST
    shown = ", ".join(names[:MOST])
    return _("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown


def refuse_badly_placed(root: Path, said: str | None, *, dry: bool) -> None:
    """UsageProblem for a file for the words in the book, whose lines they would be, or in a run that writes nothing."""
    if said is None:
        return
    if dry:
        raise UsageProblem(_("--history-words writes a file; with --dry-run nothing is written"))
    if Path(said).resolve().is_relative_to(root.resolve()):
        raise UsageProblem(_("--history-words: {file} must lie outside the book").format(file=said))


@contextmanager
def begun(said: str | None) -> Iterator[Path | None]:
    """The file for the words, for the owner alone, made before anything is changed; gone again if nothing came of it.

    FileExists or CannotWrite where it cannot be made.
    """
    if said is None:
        yield None
        return
    target = Path(said)
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    except FileExistsError:
        raise FileExists(said) from None
    except OSError as error:
        raise CannotWrite(said, str(error.strerror)) from error
    try:
        yield target
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if not target.stat().st_size:
        target.unlink()


def _save(target: Path, words: set[str]) -> None:
    """The words as git filter-repo reads them, longest first."""
    text = "".join(f"literal:{word}==>{BLANK}\n" for word in sorted(words, key=lambda one: (-len(one), one)))
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_NOFOLLOW), "wb") as out:
            out.write(text.encode())
    except OSError as error:
        raise WordsNotKept(str(target), str(error.strerror)) from error
