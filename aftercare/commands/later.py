"""Options that say what they are for when their help is shown: by then the language is chosen, and few ever are."""

from __future__ import annotations

from collections.abc import Sequence

import click

from aftercare.language import N_, _


class LaterOption(click.Option):
    """An option whose help is looked up when it is shown, since the language is chosen after it was made."""

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
