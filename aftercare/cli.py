"""The root command: the lazy table of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from aftercare import __version__, language
from aftercare.commands.later import LaterOption
from aftercare.commands.nouns import NOUNS
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns
from aftercare.errors import DONE, INTERRUPTED, USAGE, AftercareError, InvalidBook
from aftercare.language import N_, _

if TYPE_CHECKING:
    from types import FrameType

UNEXPECTED = 70
_WITHOUT_MEMORY = b"aftercare: there is not enough memory\n"
_SAVED_WITHOUT_MEMORY = b"aftercare: saved; and then: there is not enough memory\n"
"""Where there is too little to look anything up."""
COMMANDS = {
    "init": Entry("aftercare.commands.init:init", N_("Start a book.")),
    "due": Entry("aftercare.commands.due:due", N_("What we owe today, to whom.")),
    "balance": Entry("aftercare.commands.balance:balance", N_("Promises made, kept, broken and open, as a balance.")),
    "score": Entry("aftercare.commands.score:score", N_("How good the service is, law by law.")),
    "check": Entry("aftercare.commands.check:check", N_("Find what is wrong in the files, and where we fell short.")),
    "quality": Entry("aftercare.commands.quality:quality", N_("Faults by product, part or batch, against units sold.")),
    "report": Entry("aftercare.commands.report:report", N_("How good the service is, on one page or in a browser.")),
    "accept": Entry("aftercare.commands.accept:accept", N_("Leave a breach of service as it is, for a reason.")),
    "show": Entry("aftercare.commands.show:show", N_("Show any record by its id or by words.")),
    "find": Entry("aftercare.commands.find:find", N_("Find records by name, pinyin, phone, serial number or text.")),
    "attach": Entry(
        "aftercare.commands.attaching:attach", N_("Keep a copy of a photo, an invoice, a signature with a record.")
    ),
    "attachments": Entry(
        "aftercare.commands.attaching:list_", N_("The files that belong to records, and where they are.")
    ),
    "import": Entry("aftercare.commands.imports:import_", N_("Bring in customers or orders from a spreadsheet.")),
    "export": Entry("aftercare.commands.exports:export", N_("Put records out for other programs.")),
    "sql": Entry("aftercare.commands.sql:sql", N_("Ask the book in SQL, for what no command answers.")),
    "completion": Entry("aftercare.commands.completion:completion", N_("Let your shell complete what you type.")),
    "log": Entry("aftercare.commands.log:log", N_("What was done to the book or to a record, in words.")),
    "undo": Entry("aftercare.commands.undo:undo", N_("Take the last command back, as one step.")),
    "doctor": Entry("aftercare.commands.doctor:doctor", N_("Explain what is wrong with the book, and mend it.")),
    "renumber": Entry("aftercare.commands.renumber:renumber", N_("Give a record another number.")),
    **NOUNS,
    "policy": Entry("aftercare.commands.policy:policy", N_("Rules in force, and the tree of categories.")),
}
EXAMPLE = "aftercare init shop --name 阳光家电 --country CN\naftercare -C shop due"


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    del parameter
    if value and not context.resilient_parsing:
        from aftercare.render.output import put

        put(f"aftercare {__version__}")
        context.exit()


_ONLY_ONCE = frozenset({"-", "edit", "--notify"})
"""Words of a line that is never carried out twice: stdin is read, an editor was opened, a message may have gone out."""


def root() -> Nouns:
    """The root command, built anew for each run."""
    version = LaterOption(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help=N_("Print the version.")
    )
    sentence = N_("A shop's after-sales service in plain files: what we owe, to whom, by when.")
    return Nouns("aftercare", table=COMMANDS, root=True, help=sentence, params=[version], example=EXAMPLE)


def run(arguments: Sequence[str], session: Session | None = None) -> int:
    """One command from its words to its exit code; whoever gives its session can tell later how far it came."""
    from aftercare.render.output import open_streams

    session = session or Session()
    open_streams()
    language.use(_asked_language(arguments) or _language_of_book(arguments) or language.from_environment(os.environ))
    try:
        _invoked(arguments, session)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.ClickException, AftercareError) as error:
        return _refused(error)
    except (KeyboardInterrupt, click.Abort) as stop:
        if isinstance(stop, click.Abort) and sys.stderr.isatty():
            _tell([""], INTERRUPTED)  # off the line of the question
        return _stopped(session)
    except BrokenPipeError:
        return DONE
    except OSError as error:
        return _refused_by_the_system(error, session)
    finally:
        session.close()
    return session.exit_code


def _invoked(arguments: Sequence[str], session: Session) -> None:
    """Carry the command out; once more, by the files alone, where its index cannot be read and nothing was said yet."""
    try:
        with root().make_context("aftercare", list(arguments), obj=session) as context:
            context.command.invoke(context)
    except Exception as error:  # those of sqlite3 alone: it is not loaded only to name them
        if type(error).__module__ != "sqlite3":
            raise
        from aftercare.errors import IndexUnreadable
        from aftercare.render.output import has_put

        session.do_without_index()
        if session.saved or has_put() or _ONLY_ONCE & set(arguments):
            raise IndexUnreadable(str(error), saved=session.saved) from error
        with root().make_context("aftercare", list(arguments), obj=session) as context:
            context.command.invoke(context)


def _refused_by_the_system(error: OSError, session: Session) -> int:
    """Streams have no name: where there is one it is a file, as of a book that was moved away meanwhile."""
    reason = language.refusal(error.strerror)
    if error.filename is not None:
        return _unforeseen(_("{file} cannot be used: {reason}").format(file=error.filename, reason=reason), session)
    saved = _("saved, but the output could not be written: {reason}")
    sentence = saved if session.saved else _("the output could not be written: {reason}")
    return _named(sentence.format(reason=reason), UNEXPECTED)


def completed(arguments: Sequence[str], session: Session, asked: str) -> int:
    """What a shell asks when somebody presses Tab; whatever is wrong, it hears nothing of it."""
    from aftercare.commands.completing import complete
    from aftercare.render.output import open_streams

    open_streams()
    language.use(_asked_language(arguments) or _language_of_book(arguments) or language.from_environment(os.environ))
    with suppress(Exception, KeyboardInterrupt):
        complete(root(), session, asked.removesuffix("_complete"), arguments)
    with suppress(Exception):
        session.close()
    return DONE


def _stopped(session: Session) -> int:
    return _named(_("interrupted, after everything was saved") if session.saved else _("interrupted"), INTERRUPTED)


def _refused(error: click.ClickException | AftercareError) -> int:
    """An error in the words of its situation: one line, and one for the remedy."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return _tell(error.format_message().split("\n"), USAGE)
        case click.ClickException():
            return _named(_one_line(error.format_message()), USAGE)
        case InvalidBook():
            return _tell(error.sentences, error.exit_code)
        case _:
            return _named(error.sentence, error.exit_code, error.remedies)


def _asked_language(arguments: Sequence[str]) -> str:
    """The language asked for anywhere on the line, so that even wrong usage is answered in it."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in language.LANGUAGES:
            return asked
    return ""


def _language_of_book(arguments: Sequence[str]) -> str:
    """The language of the book, where none was asked for: what is wrong with a line is said before any book is read."""
    if os.environ.get("AFTERCARE_LANG"):
        return ""
    from aftercare.book.tongue import language_at

    named = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word.startswith("-C"):
            named = word.removeprefix("-C") or following
    return language_at(named, os.environ)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _named(sentence: str, exit_code: int, remedies: Sequence[str] = ()) -> int:
    """Say what is wrong under the tool's name, and what would help."""
    return _tell([f"aftercare: {sentence}", *remedies], exit_code)


def _tell(lines: Sequence[str], exit_code: int) -> int:
    from aftercare.render.output import say

    for line in lines:
        say(line)
    return exit_code


def _unforeseen(what: str, session: Session, remedies: Sequence[str] = ()) -> int:
    """Say it; where the book was changed before, that comes first: nobody who reads *saved* does it again."""
    return _named(_("saved; and then: {what}").format(what=what) if session.saved else what, UNEXPECTED, remedies)


def _unexpected(error: Exception, session: Session) -> int:
    """A fault of the program, in a line: its words may need the memory that it still holds."""
    if session.interrupted:
        return _stopped(session)
    try:
        from aftercare.commands.unexpected import remedy, sentence_of

        what, remedies = sentence_of(error), [remedy()]
        if isinstance(error, MemoryError):
            error.__traceback__ = error.__context__ = None  # what it held is free for the words about it
            what, remedies = _("there is not enough memory"), []
        return _unforeseen(what, session, remedies)
    except MemoryError:
        error.__traceback__ = error.__context__ = None
    with suppress(OSError):
        os.write(2, _SAVED_WITHOUT_MEMORY if session.saved else _WITHOUT_MEMORY)
    return UNEXPECTED


def _heed_interruption(session: Session) -> None:
    """Note Ctrl-C before it is raised: what comes while a class is being made is told by its maker as an error of its
    own (Python's RuntimeError, pydantic's SchemaError). A SIGINT that a script switched off stays off.
    """

    def interrupted(number: int, frame: FrameType | None) -> None:
        session.interrupted = True
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupted)


def main(*, is_whole: bool = False) -> None:
    """The command that ``sys.argv`` says; SystemExit with its exit code.

    Where it is the *whole* process, a Ctrl-C that comes when all is done is not heard any more.  Any other program goes
    on with the Ctrl-C that it had, and so do the programs that it starts.
    """
    from aftercare.render.output import close_streams

    session = Session()
    before = signal.getsignal(signal.SIGINT)
    _heed_interruption(session)
    asked = os.environ.get("_AFTERCARE_COMPLETE", "")
    try:
        code = completed(sys.argv[1:], session, asked) if asked else run(sys.argv[1:], session)
    except Exception as error:  # the last resort: the operator never sees a traceback unless they ask for it
        if os.environ.get("AFTERCARE_DEBUG") == "1":
            raise
        code = _unexpected(error, session)
    finally:
        if not is_whole and before is signal.default_int_handler:  # the one that is ever exchanged
            signal.signal(signal.SIGINT, before)
    code = close_streams(code)
    if is_whole:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done, and how it went is certain
        if session.waits_for_nobody:
            os._exit(code)
        gc.freeze()  # nor is it looked through at the end
    sys.exit(code)
