"""The shape of every command: lazy groups, verbs with global options, helps that end in a runnable example."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import click
from click.core import ParameterSource

from aftercare.commands.global_options import global_options
from aftercare.commands.later import UNSAID, LaterOption, help_option, see_to_place
from aftercare.commands.session import session_of
from aftercare.errors import UsageProblem
from aftercare.language import N_, _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Instead: TypeAlias = Callable[[str], str] | None
"""What to call instead of a word that is no command; "" where nothing would do."""


class Entry(NamedTuple):
    """A command that is not imported before it is asked for.

    ``where`` is ``module:attribute``, or what makes the command; ``help`` its sentence, known beforehand.
    """

    where: str | Callable[[], click.Command]
    help: str


class Helped(click.Command):
    """A command with the global options, a help in the operator's language, and an example that can be run."""

    def __init__(self, name: str | None, *, example: str = "", root: bool = False, **more: Any) -> None:
        super().__init__(name, **more)
        self.example = example
        self.shows_help: click.Option | None = None
        self.params.extend(global_options(hidden=not root))

    def invoke(self, ctx: click.Context) -> Any:
        """Do it; at a terminal, what prints rows of any number goes through a pager."""
        if not sys.stdout.isatty() or not any(param.name == "fmt" and _has_rows(param) for param in self.params):
            return super().invoke(ctx)
        from aftercare.commands.paging import paging

        with paging(session_of(ctx)):
            return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The flags that begin so, those of all commands too, which only the root's help shows."""
        from click.shell_completion import CompletionItem

        found = click.Command.shell_complete(self, ctx, incomplete)  # a group's own would import every command
        if incomplete.startswith("-"):
            known = {item.value for item in found}
            found += [
                CompletionItem(name, help=param.help)
                for param in self.params
                if isinstance(param, click.Option) and param.hidden
                for name in param.opts
                if name.startswith(incomplete) and name not in known
            ]
        return found

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, made once: Click asks for it several times, and compares."""
        if self.shows_help is None and (names := self.get_help_option_names(ctx)):
            self.shows_help = help_option(names)
        return self.shows_help

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sentence, in the operator's language."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(self.help))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, on lines of its own."""
        if self.example:
            formatter.write_paragraph()
            formatter.write(_("Example:") + "\n")
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """The sentence of help, whole: lists of commands are read, not scanned."""
        del limit
        return _(self.help) if self.help else ""


def _has_rows(param: click.Parameter) -> bool:
    return isinstance(param.type, click.Choice) and "csv" in param.type.choices


class Verb(Helped):
    """A command that does something."""


class Steps(Verb):
    """A verb of several steps, each with flags of its own: ``claim repair REF in``, ``claim repair REF out``.

    The step may stand anywhere among the words; each step has its own page of help.
    """

    def __init__(self, name: str | None, *, steps: Mapping[str, Verb], ref: str, **more: Any) -> None:
        words = [argument("ref", metavar=ref), click.Argument(["step"], type=click.Choice(tuple(steps)))]
        super().__init__(name, params=words, **more)
        self.steps = steps
        self.ref = ref

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the step that the words name; without one our own, which says what is missing."""
        at = self._step_at(args)
        if at is None:
            return super().make_context(info_name, args, parent, **extra)
        rest = [*args[:at], *args[at + 1 :]]
        return self.steps[args[at]].make_context(f"{info_name} {self.ref} {args[at]}", rest, parent, **extra)

    def _step_at(self, args: list[str]) -> int | None:
        """The position of the first word that is a step, and neither a flag nor a flag's value."""
        return first_word(args, (self, *self.steps.values()), self.steps)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The flags, and the steps with what each is for."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Steps")):
            formatter.write_dl([(name, step.get_short_help_str()) for name, step in self.steps.items()])


class Step(Verb):
    """A step of a verb; what it acts on was named before it."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Only the flags: the word that it acts on stands before the step."""
        del ctx
        return [self.options_metavar] if self.options_metavar else []


class Nouns(Helped, click.Group):
    """A group whose commands are imported when they are called; their helps are known beforehand."""

    def __init__(self, name: str | None, *, table: Mapping[str, Entry], instead: Instead = None, **more: Any) -> None:
        super().__init__(name, **more)
        self.table = table
        self.instead = instead

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The names that begin so, without importing any command, or the flags."""
        from click.shell_completion import CompletionItem

        named = [(name, entry.help) for name, entry in self.table.items()]
        named += [(name, command.help or "") for name, command in self.commands.items()]
        found = [CompletionItem(name, help=help_) for name, help_ in named if name.startswith(incomplete)]
        return [*found, *Helped.shell_complete(self, ctx, incomplete)]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        del ctx
        return [*self.table, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        if callable(entry.where):
            return entry.where()
        module, __, attribute = entry.where.partition(":")
        found: click.Command | Callable[[], click.Command] = getattr(import_module(module), attribute)
        return found if isinstance(found, click.Command) else found()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, or what to call instead."""
        if self.instead and args[0] not in self.table and (meant := self.instead(args[0])):
            raise UsageProblem(_("{command} has no verb {name}").format(command=ctx.command_path, name=args[0]), meant)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The flags and the command; of a group that takes a word of its own, a word that is no command is that one."""
        if any(isinstance(param, click.Argument) for param in self.params):
            at = first_word(args, [self])
            if at is None or args[at] not in self.table:
                ctx.allow_interspersed_args = True
            else:
                args = [*args[:at], UNSAID, *args[at:]]  # its own word was not said
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any of them."""
        rows = [(name, _(entry.help)) for name, entry in self.table.items()]
        rows += [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def first_word(
    args: Sequence[str], commands: Sequence[click.Command], wanted: Collection[str] | None = None
) -> int | None:
    """The position of the first word that is neither a flag nor the value of a flag of any of the *commands*.

    Where some words are *wanted*, of the first of these.
    """
    valued = {
        name
        for command in commands
        for param in command.params
        if isinstance(param, click.Option) and not param.is_flag
        for name in param.opts
    }
    is_value = False
    for position, word in enumerate(args):
        if word == "--":
            return None
        if not is_value and (word in wanted if wanted is not None else not word.startswith("-") or word == "-"):
            return position
        is_value = not is_value and word in valued
    return None


def verb(name: str, sentence: str, *params: click.Parameter, example: str = "") -> Callable[[Callable[..., Any]], Verb]:
    """Make a function a command: its sentence of help, its parameters, and an example that can be run."""

    def made(function: Callable[..., Any]) -> Verb:
        return Verb(name, callback=click.pass_obj(function), params=list(params), help=sentence, example=example)

    return made


def step(name: str, sentence: str, *params: click.Parameter, example: str = "") -> Callable[[Callable[..., Any]], Step]:
    """As :func:`verb`, for a step of one."""

    def made(function: Callable[..., Any]) -> Step:
        return Step(name, callback=click.pass_obj(function), params=list(params), help=sentence, example=example)

    return made


def question(
    name: str,
    sentence: str,
    *params: click.Parameter,
    table: Mapping[str, Entry],
    example: str = "",
    instead: Instead = None,
) -> Callable[[Callable[..., Any]], Nouns]:
    """As :func:`verb`, for a question that is asked by its name alone and has verbs of its own beside it."""

    def made(function: Callable[..., Any]) -> Nouns:
        def asked(context: click.Context, **flags: Any) -> Any:
            if context.invoked_subcommand is None:
                return function(context.obj, **flags)
            for param in (one for one in params if isinstance(one, click.Option)):
                if param.name and context.get_parameter_source(param.name) is ParameterSource.COMMANDLINE:
                    raise _before_the_verb(context, param, context.invoked_subcommand)
            return None

        return Nouns(
            name,
            table=table,
            instead=instead,
            callback=click.pass_context(asked),
            params=list(params),
            help=sentence,
            example=example,
            invoke_without_command=True,
            no_args_is_help=False,
        )

    return made


def _before_the_verb(context: click.Context, param: click.Parameter, name: str) -> UsageProblem:
    """What to say of a flag that stands before a verb: that it belongs behind it, where the verb has it too."""
    flag, command = param.opts[-1], f"{context.command_path} {name}"
    beside = context.command.get_command(context, name) if isinstance(context.command, click.Group) else None
    if beside is None or all(flag not in one.opts for one in beside.params):
        return UsageProblem(
            _("{flag} does not go with {command}").format(flag=flag, command=command), f"{command} --help"
        )
    value = "" if isinstance(param, click.Option) and param.is_flag else " …"
    return UsageProblem(_("{flag} belongs behind the verb").format(flag=flag), f"{command} {flag}{value}")


def argument(
    name: str, *, many: bool = False, required: bool = True, metavar: str = "", choices: Sequence[str] = ()
) -> click.Argument:
    """A value that stands by itself, one of the *choices* where there are any."""
    kind = click.Choice(choices) if choices else None
    return Word([name], nargs=-1 if many else 1, required=required, metavar=metavar or None, type=kind)


class Word(click.Argument):
    """A value that stands by itself; the verbs beside the question that takes it are used without it."""

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """What was typed, as its type has it; the name of a place is never empty."""
        see_to_place(self, value)
        return super().type_cast_value(ctx, value)

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Its place in the line, where the command is its own: Click asks it for those of the verbs too."""
        return super().get_usage_pieces(ctx) if self in ctx.command.params else []


def option(*names: str, text: str = "", **more: Any) -> click.Option:
    """A flag, its help in the operator's language when it is shown."""
    return LaterOption(list(names), help=text, **more)


def output_options(default: str = "table") -> list[click.Parameter]:
    """The flags of every command that prints rows."""
    from aftercare.render.formats import FORMATS

    return [
        option("--format", "fmt", type=click.Choice(FORMATS), default=default, text=FORMAT_HELP),
        option("--fields", text=FIELDS_HELP, metavar="A,B.C"),
        option("--sort", text=SORT_HELP, metavar="[-]FIELD"),
        option("--limit", type=click.IntRange(min=0), text=LIMIT_HELP, metavar="N"),
    ]


FORMAT_HELP, FIELDS_HELP = N_("how to print"), N_("only these fields")
SORT_HELP, LIMIT_HELP = N_("by this field"), N_("only so many")
