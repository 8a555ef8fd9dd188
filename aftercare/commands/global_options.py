"""The options that every command takes, wherever they stand on its line."""

from __future__ import annotations

from typing import Any

import click

from aftercare import language
from aftercare.commands.later import LaterOption
from aftercare.commands.session import session_of
from aftercare.language import N_


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Global options hold wherever they stand: the one nearest the end of the line wins."""
    if value is None or parameter.name is None:
        return
    setattr(session_of(context), parameter.name.removeprefix("global_"), value)
    if parameter.name == "global_lang":
        language.use(value)


def global_options(hidden: bool) -> list[click.Parameter]:
    """The options that every command takes."""
    made: list[tuple[tuple[str, str], str, dict[str, Any]]] = [
        (("-C", "global_folder"), N_("the book's folder"), {"metavar": "DIR"}),
        (("--today", "global_today"), N_("the day, or the time, to go by"), {"metavar": "T"}),
        (("--as-of", "global_as_of"), N_("what was known on this day, or at this commit"), {"metavar": "D|COMMIT"}),
        (("--lang", "global_lang"), N_("the language"), {"type": click.Choice(language.LANGUAGES)}),
        (("--color", "global_color"), N_("colours"), {"type": click.Choice(("auto", "always", "never"))}),
        (
            ("--verify", "global_verify"),
            N_("look at every file, in a large book too"),
            {"is_flag": True, "default": None},
        ),
    ]
    return [
        LaterOption(names, help=text, expose_value=False, callback=_keep, hidden=hidden, is_eager=True, **more)
        for names, text, more in made
    ]
