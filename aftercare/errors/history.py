"""What git keeps of the book, and what of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import NOT_COMMITTED, NOT_FOUND, AftercareError, Refused
from aftercare.errors.leaving import StillReferredTo
from aftercare.language import _, refusal


class NotCommitted(AftercareError):
    """The record is saved, but git has no commit of it."""

    exit_code = NOT_COMMITTED

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason = reason
        super().__init__(_("saved, but not committed to git: {reason}").format(reason=refusal(reason)), remedy)


class NoHistory(Refused):
    """There is no history to be asked: git keeps none of the book, or cannot be asked for it (*reason*)."""

    def __init__(self, reason: str) -> None:
        sentence = _("the history cannot be read: {reason}") if reason else _("git keeps no history of this book")
        super().__init__(
            sentence.format(reason=refusal(reason)),
            _("to keep one: install git, run git init in the book's folder, and write “git: yes” in aftercare.yaml"),
        )


class NoSuchCommit(AftercareError):
    """What was typed names no commit of the branch that is checked out."""

    exit_code = NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            _("the history of this book has no commit “{name}”").format(name=name),
            _("aftercare log lists what was done"),
        )


class NothingToUndo(Refused):
    """No command is left that could be taken back."""

    def __init__(self) -> None:
        super().__init__(
            _("there is no command left to undo"),
            _("what was changed by hand is undone by naming its commit: aftercare undo COMMIT"),
        )


class StartStays(Refused):
    """The beginning of a book cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(_("the start of the book cannot be undone"))


class IsMerge(Refused):
    """A commit that brings several lines of work together has no one state before it."""

    def __init__(self, title: str, commit: str) -> None:
        super().__init__(
            _("{commit} ({title}) brings several lines of work together; what was before it is not one state").format(
                commit=commit, title=title
            ),
            _("undo one command of them: aftercare undo COMMIT, with a commit from: aftercare log"),
        )


class HistoryCutOff(Refused):
    """What was before a commit was not cloned along."""

    def __init__(self, commit: str) -> None:
        super().__init__(
            _("what was before {commit} is not in this clone").format(commit=commit),
            _("fetch it: git fetch --unshallow"),
        )


class OutsideHistory(Refused):
    """A commit made by hand changed more than what the book keeps."""

    def __init__(self, title: str, commit: str, files: Sequence[str]) -> None:
        super().__init__(
            _("{commit} ({title}) also changed what is not the book's: {files}").format(
                commit=commit, title=title, files=", ".join(files[:8])
            ),
            f"git revert {commit}",
        )


class UndoneAlready(Refused):
    """A commit was taken back before, by the undo *by*."""

    def __init__(self, title: str, by: str) -> None:
        super().__init__(
            _("{title} was undone already").format(title=title),
            _("to bring it back: aftercare undo {commit}").format(commit=by),
        )


class NotInHistoryYet(Refused):
    """What was done last was saved and not committed, so it is no step of the history yet."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(
            _("the last change is not in the history yet: {files}").format(files=", ".join(files[:8])),
            _("the next command that writes commits it, once git can; git status says what is in the way"),
        )


class ChangedSince(Refused):
    """Files that a command wrote were changed since; *since* are the later commands, and "by hand"."""

    def __init__(self, title: str, files: Sequence[str], since: Sequence[str]) -> None:
        super().__init__(
            _("{title} cannot be undone: {files} changed since ({since})").format(
                title=title, files=", ".join(files[:8]), since="; ".join(since[:8])
            ),
            _("undo that first, or change the record itself with: aftercare … set"),
        )


class StillBuiltOn(StillReferredTo):
    """A record that an undo would take out is referred to by others by now."""

    def __init__(self, title: str, record: str, referrers: Sequence[str]) -> None:
        super().__init__(record, referrers)
        self.sentence = _("{title} cannot be undone: {reason}").format(title=title, reason=self.sentence)
        self.remedy = _("undo or remove first what refers to it")


class UndoBreaks(Refused):
    """The book would not be valid after an undo, for this *reason*."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            _("{title} cannot be undone: {reason}").format(title=title, reason=reason),
            _("undo first what came after it, or mend the record with: aftercare … set"),
        )
