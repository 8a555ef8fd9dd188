"""The commands with their words alone: what may be typed, without what is done then and without the models behind it.

``drawn_words.json`` is drawn from the commands themselves (``python -m tests.words``); a test proves it.  A command
that it does not know is imported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from aftercare.commands.verbs import Entry, Nouns, Steps, Verb, Word, option

FILE = Path(__file__).with_name("drawn_words.json")


class Light(Nouns):
    """A group whose commands are known by their words."""

    def __init__(self, path: str, group: Nouns) -> None:
        super().__init__(group.name, table=group.table, help=group.help)
        self.params = group.params
        self._path = path
        self._group = group

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by its words, or itself where those are not known."""
        path = f"{self._path} {cmd_name}".strip()
        if path in _drawn()["commands"]:
            return _command(path)
        found = self._group.get_command(ctx, cmd_name)
        return Light(path, found) if isinstance(found, Nouns) else found


@cache
def _drawn() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _command(path: str) -> click.Command:
    """A command as it is drawn: its params, and the verbs or steps below it."""
    drawn = _drawn()["commands"][path]
    name = path.rpartition(" ")[2]
    params = [_param(_drawn()["params"][number]) for number in drawn["params"]]
    if "verbs" in drawn:
        table = {verb: Entry("", help_) for verb, help_ in drawn["verbs"].items()}
        return Light(path, Nouns(name, table=table, params=params, help=drawn["help"]))
    if "steps" in drawn:
        steps = {step: _verb(f"{path} {step}") for step in drawn["steps"]}
        return Steps(name, steps=steps, ref=drawn["ref"], help=drawn["help"])
    return Verb(name, params=params, help=drawn["help"])


def _verb(path: str) -> Verb:
    found = _command(path)
    assert isinstance(found, Verb)  # noqa: S101 - steps have no commands below them
    return found


def _param(drawn: Mapping[str, Any]) -> click.Parameter:
    kind = click.Choice(drawn["choices"]) if "choices" in drawn else None
    if drawn.get("argument"):
        return Word(
            [drawn["name"]], nargs=drawn.get("nargs", 1), required=False, metavar=drawn.get("metavar"), type=kind
        )
    more: dict[str, Any] = {"multiple": True} if drawn.get("multiple") else {"default": None}
    if drawn.get("flag"):
        return option(drawn["opts"], drawn["name"], text=drawn["help"], is_flag=True)
    return option(
        *drawn["opts"].split("/"), drawn["name"], text=drawn["help"], metavar=drawn.get("metavar"), type=kind, **more
    )
