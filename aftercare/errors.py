"""Every situation in which a command stops, one class each.

A class takes the facts of its situation, builds the sentence in the operator's language, says with ``remedy`` what
would help (a second line on stderr) and carries the exit code that ``docs/cron.md`` promises.  The command line
maps them in one place; nothing else in the library prints or exits.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from aftercare.language import _, refusal

DONE, FOUND, USAGE, INVALID, NOT_FOUND, REFUSED, NOT_COMMITTED, BUSY, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 75, 130


class Fault(NamedTuple):
    """One thing wrong in one file: a value that is collected, never raised.

    ``file`` is relative to the book, with forward slashes; ``line`` counts from 1; ``code`` is a permanent short word
    listed in ``docs/check.md``; ``message`` is a sentence in the operator's language.
    """

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message}"


class AftercareError(Exception):
    """The base of all: a sentence, perhaps a remedy, and an exit code."""

    exit_code = USAGE

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    @property
    def sentences(self) -> Sequence[str]:
        """What is wrong, in lines."""
        return (self.sentence,)

    @property
    def remedies(self) -> Sequence[str]:
        """What would help, in lines; nothing where nothing is known."""
        return (self.remedy,) if self.remedy else ()


class UsageProblem(AftercareError):
    """The command line is used wrongly in a way of its own; the caller gives the whole sentence."""


class NoBook(AftercareError):
    """There is no book where one was looked for."""

    def __init__(self, where: str) -> None:
        super().__init__(
            _("no book found at {where}").format(where=where),
            _("start one with: aftercare init DIR, or name one with -C DIR"),
        )


class BookExists(AftercareError):
    """A book cannot be started where files already are."""

    exit_code = REFUSED

    def __init__(self, where: str) -> None:
        super().__init__(_("{where} is not empty; a new book needs an empty folder").format(where=where))


class FileExists(AftercareError):
    """Something would be begun in a file that is there already."""

    exit_code = REFUSED

    def __init__(self, file: str) -> None:
        super().__init__(_("{file} is there already").format(file=file), _("give another name"))


class NotADate(AftercareError):
    """A text that is no date we know."""

    def __init__(self, text: str, flag: str = "") -> None:
        sentence = _("{flag}: “{text}” is not a date we know") if flag else _("“{text}” is not a date we know")
        super().__init__(
            sentence.format(flag=flag, text=text),
            _("write 2026-03-04, 2026-03-04T18:00, today 18:00, +3d, fri, 明天, 下周三, 月底"),
        )


class NeitherDateNorCommit(AftercareError):
    """A text that is no date we know, and by which git knows no commit of the book."""

    def __init__(self, text: str, flag: str) -> None:
        super().__init__(
            _("{flag}: “{text}” is neither a date we know nor a commit of this book").format(flag=flag, text=text),
            _("write 2026-03-04, 2026-03-04T18:00, yesterday, -2w, or a commit that {command} shows").format(
                command="aftercare log"
            ),
        )


class NotAnAmount(AftercareError):
    """A text that is no amount of money."""

    def __init__(self, text: str, flag: str = "") -> None:
        sentence = _("{flag}: “{text}” is not an amount") if flag else _("“{text}” is not an amount")
        super().__init__(sentence.format(flag=flag, text=text))


class BadValue(AftercareError):
    """A value given on the command line that its field does not take."""

    def __init__(self, flag: str, text: str, reason: str) -> None:
        super().__init__(_("{flag}: “{text}”: {reason}").format(flag=flag, text=text, reason=reason))


class Unfitting(AftercareError):
    """A value given on the command line that its field does not take, in the field's own sentence, which quotes it."""

    def __init__(self, flag: str, sentence: str) -> None:
        super().__init__(_("{name}: {text}").format(name=flag, text=sentence))


class Missing(AftercareError):
    """A value that is needed was not given, and there is nobody to ask."""

    def __init__(self, flags: Sequence[str]) -> None:
        super().__init__(_("missing {flags}").format(flags=", ".join(flags)))


class MassChange(AftercareError):
    """Much of the book would change at once, and there is nobody to ask; *what* says what, and how much."""

    def __init__(self, what: str) -> None:
        super().__init__(_("this is much at once: {what}").format(what=what), _("if it is meant: --yes"))


class UnknownPath(AftercareError):
    """A path of ``set`` that leads nowhere in the record."""

    def __init__(self, record: str, path: str, near: Sequence[str] = ()) -> None:
        super().__init__(
            _("{record} has nothing at {path}").format(record=record, path=path),
            _("did you mean {near}?").format(near=", ".join(near)) if near else "",
        )


class NoSuchRecord(AftercareError):
    """Nothing answers to what was typed."""

    exit_code = NOT_FOUND

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(_("no {kind} found for “{text}”").format(kind=kind, text=text))


class NoSuchMaker(AftercareError):
    """No product names a maker like this; *known* are those that products name."""

    exit_code = NOT_FOUND

    def __init__(self, text: str, known: Sequence[str]) -> None:
        super().__init__(
            _("no {kind} found for “{text}”").format(kind=_("maker"), text=text),
            _("there are: {known}").format(known=_(", ").join(known))
            if known
            else _("no product names one: {command}").format(command="aftercare product set REF maker=NAME"),
        )


class NoSuchBreach(AftercareError):
    """No breach of service has this id; *near* are those of the same customer that may be meant."""

    exit_code = NOT_FOUND

    def __init__(self, text: str, near: Sequence[str]) -> None:
        super().__init__(
            _("no breach found for “{text}”").format(text=text),
            _("did you mean {near}?").format(near=", ".join(near)) if near else _("aftercare check lists them"),
        )


class SeveralRecords(AftercareError):
    """More than one record answers to what was typed; each candidate is ``id words``, *kind* "" where it may be any."""

    exit_code = NOT_FOUND

    def __init__(self, kind: str, text: str, candidates: Sequence[str]) -> None:
        sentence = _("“{text}” may be {count} records ({kind})") if kind else _("“{text}” may be {count} records")
        super().__init__(sentence.format(text=text, kind=kind, count=len(candidates)), "\n".join(candidates))
        self.candidates = tuple(candidates)

    @property
    def remedies(self) -> Sequence[str]:
        """The candidates."""
        return self.candidates


class Refused(AftercareError):
    """A rule of the book forbids it; the base of the particular refusals below."""

    exit_code = REFUSED


class StillReferredTo(Refused):
    """A record cannot go while others refer to it."""

    def __init__(self, record: str, referrers: Sequence[str]) -> None:
        super().__init__(
            _("{record} is still referred to by {referrers}").format(record=record, referrers=", ".join(referrers[:8]))
        )


class MayBeNamed(Refused):
    """A record cannot change its number while files that cannot be read may name it."""

    def __init__(self, record: str, files: Sequence[str]) -> None:
        sentence = _("{record} may be named in {files}, which cannot be read; mend that first")
        super().__init__(sentence.format(record=record, files=", ".join(files[:8])))


class NumberTaken(Refused):
    """A number that was given already, be it to a record that is gone."""

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was given already; no number is given twice").format(record=record))


class NumberNotFitting(Refused):
    """A number that a record cannot have: of another kind, or of another year than its date."""

    def __init__(self, to: str, record: str) -> None:
        super().__init__(
            _("{record} cannot be {to}: the kind or the year is another").format(record=record, to=to),
        )


class MixedUp(Refused):
    """Of a merge, more has yet to come that names a record by the number it is about to lose; *files* are these."""

    def __init__(self, record: str, files: Sequence[str]) -> None:
        super().__init__(
            _("commits that are still to come name {record} by this number: {files}").format(
                record=record, files=", ".join(files[:8])
            ),
            _("merge the two histories instead: {command}").format(command="git rebase --abort; git merge …"),
        )


class StillOwed(Refused):
    """A person cannot be forgotten while goods or money are still owed to them; *owed* are the promises and claims."""

    def __init__(self, customer: str, owed: Sequence[str]) -> None:
        super().__init__(
            _("{customer} is still owed {owed}").format(customer=customer, owed=", ".join(owed[:8])),
            _("to forget them all the same: --owing"),
        )


class MayTellOf(Refused):
    """Files that cannot be read name somebody who is to be forgotten: they may tell of them, or owe them something."""

    def __init__(self, customer: str, files: Sequence[str]) -> None:
        super().__init__(
            _("{files} cannot be read and may tell of {customer}; nothing was changed").format(
                files=", ".join(files[:8]), customer=customer
            ),
            _("mend it first, then forget"),
        )


class NotBroughtBack(Refused):
    """Somebody who was forgotten would be written down again in the same file."""

    def __init__(self, customer: str, field: str) -> None:
        super().__init__(
            _("{customer} was forgotten; {field} would bring the person back").format(customer=customer, field=field),
            _("a customer who comes anew is a new one: aftercare customer add"),
        )


class FutureFact(Refused):
    """A fact cannot have happened after the clock's time."""

    def __init__(self, field: str, when: str, now: str) -> None:
        self.field, self.when, self.now = field, when, now
        super().__init__(
            _("{field}: {when} has not come yet (now is {now}); a fact cannot lie in the future").format(
                field=field, when=when, now=now
            )
        )


class NoIdsThen(Refused):
    """The clock stands in a year that no id can name."""

    def __init__(self, today: str, first: int, last: int) -> None:
        super().__init__(
            _("the clock says {today}; records are numbered from {first} to {last}").format(
                today=today, first=first, last=last
            ),
            _("set the clock of the machine, or name the day with --today"),
        )


class ChangedUnderneath(Refused):
    """Somebody else changed the file while it was being edited; the operator's text, if any, is kept in *saved*."""

    def __init__(self, file: str, saved: str = "") -> None:
        super().__init__(
            _("{file} changed while it was being edited; nothing was written").format(file=file),
            _("your text is kept in {saved}").format(saved=saved) if saved else "",
        )


class EditNotFaithful(Refused):
    """An edit that would not read back as meant."""

    def __init__(self, file: str, path: str) -> None:
        super().__init__(
            _("{file}: {path} cannot be changed in place without touching something else").format(file=file, path=path),
            _("change it with: aftercare edit"),
        )


class NotPlainText(Refused):
    """A text holds a character that no file of the book may hold; *character* is its name, ``U+001B``."""

    def __init__(self, character: str) -> None:
        super().__init__(
            _("a text holds {character}, a character that cannot be seen and may mislead").format(character=character),
            _("type the text again without it"),
        )


class Contradicts(Refused):
    """A new fact contradicts what the book holds."""


class DecisionNeedsReason(Refused):
    """Less is decided than is open to the customer, by this line and these articles, and nothing says why."""

    def __init__(self, remedy: str, line: str, articles: str) -> None:
        super().__init__(
            _("{remedy} is open by {line} ({articles}); to decide less needs a reason").format(
                remedy=remedy, line=line, articles=articles
            ),
            _("say why with --reason; it will count as a breach"),
        )


class CalledOff(Refused):
    """What was called off has no papers."""

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was called off; there is nothing to print").format(record=record))


class NothingToDeliver(Refused):
    """All of a sale was handed over; *done* are the deliveries that were signed for."""

    def __init__(self, record: str, done: Sequence[str]) -> None:
        super().__init__(
            _("nothing of {record} is left to be delivered").format(record=record),
            _("for a sheet of what was delivered, name the delivery: {done}").format(done=", ".join(done))
            if done
            else "",
        )


class NothingToInstall(Refused):
    """All of a sale was put up; *done* are the installations that were signed for."""

    def __init__(self, record: str, done: Sequence[str]) -> None:
        super().__init__(
            _("nothing of {record} is left to be installed").format(record=record),
            _("for a sheet of what was installed, name the installation: {done}").format(done=", ".join(done))
            if done
            else "",
        )


class NotTakenIn(Refused):
    """A slip is wanted of a repair, and nothing has come in under the claim yet."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            _("nothing has come in for repair under {claim} yet").format(claim=claim),
            f"aftercare claim repair {claim} in",
        )


class NothingLent(Refused):
    """A receipt is wanted, and nothing was lent under the claim."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            _("nothing was lent under {claim}").format(claim=claim),
            f"aftercare claim lend {claim} THING",
        )


class NoGuarantee(Refused):
    """A guarantee card is wanted for what the customer has no longer."""

    def __init__(self, unit: str, why: str) -> None:
        super().__init__(_("{unit} has no guarantee any more: {why}").format(unit=unit, why=why))


class NothingToRegret(Refused):
    """A letter of apology is wanted for a promise that was neither late nor broken."""

    def __init__(self, promise: str) -> None:
        super().__init__(_("{promise} was neither late nor broken").format(promise=promise))


class WouldOverwrite(Refused):
    """A file named for output is there already."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("{file} is there already; nothing was written").format(file=file), _("to replace it: --force")
        )


class InvalidBook(AftercareError):
    """Files of the book are not valid, so the command cannot go on; each fault is printed on a line of its own."""

    exit_code = INVALID

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)

    @property
    def sentences(self) -> Sequence[str]:
        """The faults."""
        return tuple(str(fault) for fault in self.faults)


class InvalidInput(InvalidBook):
    """A file named on the command line (``--from``, ``import``) is not valid; nothing was written."""


class BookLocked(AftercareError):
    """Another process holds the book for longer than we wait."""

    exit_code = BUSY

    def __init__(self, holder: str, seconds: float) -> None:
        super().__init__(
            _("the book has been locked by {holder} for more than {seconds:g} seconds").format(
                holder=holder or _("another process"), seconds=seconds
            ),
            _("try again; nothing was written"),
        )


class CannotRead(AftercareError):
    """The operating system does not let a file be read."""

    exit_code = INVALID

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(_("{file} cannot be read: {reason}").format(file=file, reason=refusal(reason)))


class NoSuchFile(CannotRead):
    """A file that was named on the command line cannot be read, or is not there."""

    exit_code = USAGE


class WasRemoved(AftercareError):
    """A record that was taken out of the book."""

    exit_code = NOT_FOUND

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was taken out of the book").format(record=record))


class CannotWrite(Refused):
    """The operating system does not let a file be written; what was there before is still there."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} cannot be written: {reason}; nothing was changed").format(file=file, reason=refusal(reason))
        )


class CannotServe(Refused):
    """A port of this machine is not to be had."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            _("{host}:{port} is not to be had: {reason}").format(host=host, port=port, reason=refusal(reason)),
            _("name another port: --port N"),
        )


class WordsNotKept(Refused):
    """Somebody was forgotten, and the words for the history could not be written; they can be made again."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} cannot be written: {reason}").format(file=file, reason=refusal(reason)),
            _("the person is forgotten; make the file once more elsewhere"),
        )


class NotConfirmed(Refused):
    """A file was written, but the disk does not confirm that it will last, and the change could not be taken back."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} is changed, but the disk has not confirmed it: {reason}").format(
                file=file, reason=refusal(reason)
            ),
            _("look at the file before you repeat the command"),
        )


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


class UnknownPacks(AftercareError):
    """The settings name packs that nobody has."""

    exit_code = INVALID

    def __init__(self, names: Sequence[str], known: Sequence[str]) -> None:
        near = [one for name in names for one in difflib.get_close_matches(name, known, n=3)]
        super().__init__(
            _("aftercare.yaml: packs: there is no pack {names}").format(names=", ".join(names)),
            _("did you mean {near}?").format(near=", ".join(near))
            if near
            else _("there are: {known}").format(known=", ".join(known)),
        )
        self.names = list(names)


class NoDaysOff(AftercareError):
    """A country, or a year of it, whose days off the library of holidays does not have."""

    def __init__(self, country: str, year: int) -> None:
        super().__init__(
            _("no days off are known of {country} in {year}").format(country=country, year=year),
            _("name a country by its two letters: CN"),
        )


class MissingExtra(AftercareError):
    """A feature needs a package that is not installed."""

    def __init__(self, feature: str, extra: str, otherwise: str) -> None:
        super().__init__(
            _("{feature} needs an extra: pip install 'aftercare-book[{extra}]'").format(feature=feature, extra=extra),
            otherwise,
        )
