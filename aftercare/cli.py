"""The root command: the lazy table of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence

import click

from aftercare import __version__, language
from aftercare.commands.nouns import NOUNS
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns
from aftercare.errors import DONE, INTERRUPTED, USAGE, AftercareError, InvalidBook
from aftercare.language import N_, _

UNEXPECTED = 70
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
    "import": Entry("aftercare.commands.imports:import_", N_("Bring in customers or orders from a spreadsheet.")),
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
    if value:
        from aftercare.render.output import put

        put(f"aftercare {__version__}")
        context.exit()


def root() -> Nouns:
    """The root command, built anew for each run."""
    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help=_("Print the version.")
    )
    sentence = N_("A shop's after-sales service in plain files: what we owe, to whom, by when.")
    return Nouns("aftercare", table=COMMANDS, root=True, help=sentence, params=[version], example=EXAMPLE)


def run(arguments: Sequence[str]) -> int:
    """One command from its words to its exit code."""
    from aftercare.render.output import open_streams

    open_streams()
    language.use(_asked_language(arguments) or language.from_environment(os.environ))
    session = Session()
    try:
        with root().make_context("aftercare", list(arguments), obj=session) as context:
            context.command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.ClickException, AftercareError) as error:
        return _refused(error)
    except (KeyboardInterrupt, click.Abort) as stop:
        if isinstance(stop, click.Abort) and sys.stderr.isatty():
            _tell([""], INTERRUPTED)  # off the line of the question
        return _stopped(session)
    except RuntimeError as error:
        if _comes_of_interruption(error):
            return _stopped(session)
        raise
    except BrokenPipeError:
        return DONE
    except OSError as error:
        saved = _("saved, but the output could not be written: {reason}")
        sentence = saved if session.saved else _("the output could not be written: {reason}")
        return _named(sentence.format(reason=language.refusal(error.strerror)), UNEXPECTED)
    return session.exit_code


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


def _place_of(error: BaseException) -> str:
    """Where in our own code it happened.  Its own words may hold what a record says, and many read what cron mails."""
    place, trace = __name__, error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == __package__:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _comes_of_interruption(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind it: of one that comes while a class is being made Python makes a RuntimeError."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def main() -> None:
    """The console script."""
    from aftercare.render.output import close_streams

    # A command keeps what it has read until it ends: to look through it for garbage takes a third of its time.
    gc.disable()
    try:
        code = run(sys.argv[1:])
    except Exception as error:  # the last resort: the operator never sees a traceback unless they ask for it
        if os.environ.get("AFTERCARE_DEBUG") == "1":
            raise
        sentence = _("an unexpected fault: {fault}").format(fault=f"{type(error).__name__}, {_place_of(error)}")
        remedy = _("for all of it, which may show what records say: AFTERCARE_DEBUG=1")
        code = _named(sentence, UNEXPECTED, [remedy])
    code = close_streams(code)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done, and how it went is certain
    sys.exit(code)
