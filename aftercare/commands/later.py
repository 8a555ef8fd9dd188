"""Options that say what they are for when their help is shown: by then the language is chosen, and few ever are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from aftercare.language import N_, _

_PLACES = ("FILE", "DIR", "MAP")
"""What stands in the help for the name of a file or folder."""


class _Unsaid(str):
    """An empty word that nobody typed."""

    __slots__ = ()


UNSAID = _Unsaid()
"""What stands for the word of a question where one of the verbs beside it is called."""


def see_to_place(parameter: click.Parameter, value: Any) -> None:
    """Missing where a file or folder is to be named by an empty word, as by a variable of a script that nobody set.

    It would be the folder that one stands in, or count as not given.
    """
    if value is UNSAID:
        return
    named = (parameter.metavar or "").strip("[].")
    if named in _PLACES and "" in (value if isinstance(value, tuple | list) else (value,)):
        from aftercare.errors import Missing

        raise Missing([f"{parameter.opts[0]} {named}" if isinstance(parameter, click.Option) else named])


class LaterOption(click.Option):
    """An option whose help is looked up when it is shown, since the language is chosen after it was made."""

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """What was typed, as its type has it; the name of a place is never empty."""
        see_to_place(self, value)
        return super().type_cast_value(ctx, value)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The flag and its help."""
        kept, self.help = self.help, _(self.help) if self.help else ""
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = kept


def help_option(names: Sequence[str]) -> click.Option:
    """``--help``; for the sentence of Click's own the whole catalogue is read, whether it is shown or not."""
    return LaterOption(
        [*names, "shows_help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help=N_("Show this message and exit."),
    )


def _show_help(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    del parameter
    if value and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()
