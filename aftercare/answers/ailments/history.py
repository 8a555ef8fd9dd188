"""What git has not, what holds git up, and what in its repository is dangerous or bends the bytes of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.book import history, kept_by_git, merging
from aftercare.book.files import attached
from aftercare.book.ids import of_path, parse, path_of
from aftercare.book.kept_by_git import Lock
from aftercare.book.mending import Mend
from aftercare.book.settings import FILE
from aftercare.errors import Fault, NoHistory, NotCommitted
from aftercare.language import _

OLD = 600.0
"""Seconds after which a lock that no process has is certainly nobody's."""
_CONFIG = ".git/config"
_SAMPLE = "customers/2026/CU26-0001.yaml"


def kept(chart: Chart, moved: Iterable[str]) -> Iterator[Ailment]:
    """All that is to be said of the book's history; *moved* are places to which files are about to be moved."""
    root = chart.book.root
    if not history.is_on(root):
        if chart.book.settings.git:
            yield _without_history(root)
        return
    try:
        locks = kept_by_git.locks(root, chart.clock)
        yield from _locks(locks)
        if chart.book.settings.git:
            yield from _uncommitted(chart, set(moved), locks[0].path if locks else "")
        yield from _repository(root)
    except NotCommitted as error:
        yield Ailment(
            Fault(FILE, 1, "no-history", NoHistory(error.reason).sentence),  # we only looked: nothing is saved here
            _("see what git says: {command}").format(command="git fsck"),
        )


def _without_history(root: Path) -> Ailment:
    if kept_by_git.is_installed(root):
        message, remedy = _("the settings want a history in git, and there is no repository"), _("start one: {command}")
    else:
        message, remedy = _("the settings want a history in git, and git is not installed"), _("install git")
    return Ailment(Fault(FILE, 1, "no-history", message), remedy.format(command="git init"))


def _locks(locks: Iterable[Lock]) -> Iterator[Ailment]:
    for lock in locks:
        age = _age(lock.age)
        if lock.in_use:
            message = _("git is at work here, for {age}").format(age=age)
            yield Ailment(Fault(lock.path, 1, "git-lock", message), _("wait until it is done"))
        elif lock.age < OLD:
            message = _("a lock of git, {age} old, that no process has").format(age=age)
            yield Ailment(Fault(lock.path, 1, "git-lock", message), _("look again in ten minutes"))
        else:
            message = _("a lock of git, {age} old, that no process has: no commit can be made").format(age=age)
            mend = Mend(away=(lock.path,), sure=True)
            yield Ailment(Fault(lock.path, 1, "git-lock", message), _("sets it aside"), mend)


def _age(seconds: float) -> str:
    """How old something is, in minutes below two hours."""
    if seconds < 2 * 3600:
        return _("{minutes} minutes").format(minutes=int(seconds // 60))
    return _("{hours} hours").format(hours=int(seconds // 3600))


def _uncommitted(chart: Chart, moved: set[str], lock: str) -> Iterator[Ailment]:
    """What git has not as it is; *lock* is a lock of git that is in the way, if there is one."""
    root = chart.book.root
    files = list(_valid_files(chart))
    changed, missing = kept_by_git.differing(root, files)
    noted = [file for file in history.remembered(root) if file not in changed]
    waiting = [*changed, *noted]
    if waiting:
        message = _("files that are not committed as they are: {count}")
        if not changed:
            message = _("files that a command wrote and git does not fully know of yet: {count}")
        fault = Fault(waiting[0], 1, "uncommitted", message.format(count=len(waiting)))
        hindered = _hindered(root, lock)
        yield Ailment(fault, hindered or _("commits them"), None if hindered else Mend(committed=tuple(waiting)))
    for file in missing:
        if of_path(file) and file not in moved and file not in noted:
            message = _("the last commit has this record, and the folder has not")
            remedy = _("bring it back: {command}").format(command=f"git restore {file}")
            yield Ailment(Fault(file, 1, "missing", message), remedy)


def _hindered(root: Path, lock: str) -> str:
    """What people have to do before anything can be committed; "" where nothing hinders it."""
    if lock:
        return _("first see to the lock of git: {file}").format(file=lock)
    why, under_way = kept_by_git.why_not(root), merging.under_way(root)
    if why and under_way.theirs:
        return _("conclude what is under way: {command}").format(command=under_way.conclude)
    if why and not kept_by_git.branch(root):
        return _("{why}; go back to one: {command}").format(why=why, command="git switch BRANCH")
    return why


def _valid_files(chart: Chart) -> Iterator[str]:
    """The files that a commit is to have: settings, packs, and records as far as they are valid."""
    shelf = chart.shelf
    faulty = {fault.file for fault in shelf.faults}
    yield from (file for file in (FILE, *chart.book.policies()) if file not in faulty)
    for record_id in sorted({*shelf.records, *shelf.tombstones}):
        named = parse(record_id)
        if named:
            yield from (path_of(named), *attached(chart.book.root, named))


def _repository(root: Path) -> Iterator[Ailment]:
    for name in kept_by_git.running_settings(root):
        message = _("{name}: git runs a program of this folder's choosing when you work in it; aftercare does not")
        remedy = _("if you did not set it: {command}").format(command=f"git config --unset-all {quote(name)}")
        yield Ailment(Fault(_CONFIG, 1, "git-setting", message.format(name=name)), remedy)
    for name in kept_by_git.bending_settings(root):
        message = _("{name}: git changes the ends of lines as files come and go").format(name=name)
        remedy = _("leave files as they are: {command}").format(command=f"git config {name} {_LEFT[name]}")
        yield Ailment(Fault(_CONFIG, 1, "git-setting", message), remedy)
    for said in kept_by_git.bending_attributes(root, _SAMPLE):
        message = _("{said}: git changes records as they come and go").format(said=said)
        yield Ailment(
            Fault(".gitattributes", 1, "git-setting", message), _("take {what} out of it").format(what="*.yaml")
        )
    for hook in kept_by_git.hooks(root):
        message = _("git runs this when you work in the folder; aftercare does not")
        yield Ailment(Fault(hook, 1, "git-hook", message), _("if it is not yours, move it away"))


_LEFT = {"core.autocrlf": "false", "core.eol": "native"}
