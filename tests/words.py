"""The words of all commands, drawn for Tab: ``python -m tests.words`` (``make compiled``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from aftercare.cli import root
from aftercare.commands.global_options import global_options
from aftercare.commands.verbs import Nouns, Steps
from aftercare.commands.words import FILE

_OF_ALL = {name for param in global_options(hidden=True) for name in param.opts}


def drawn() -> str:
    """The file as the commands would have it now; each param once, since many have the same."""
    commands: dict[str, Any] = {}
    params: dict[str, int] = {}
    top = root()
    for path, command in _below(top, click.Context(top, info_name="aftercare"), ""):
        mine = [_param(param) for param in command.params if not _OF_ALL & set(param.opts)]
        numbers = [params.setdefault(json.dumps(one, ensure_ascii=False), len(params)) for one in mine]
        commands[path] = {"help": command.help or "", "params": numbers, **_more(command)}
    lines = [f"  {one}" for one in params]
    named = [f'  "{path}": {json.dumps(one, ensure_ascii=False)}' for path, one in commands.items()]
    return '{"params": [\n' + ",\n".join(lines) + '\n], "commands": {\n' + ",\n".join(named) + "\n}}\n"


def _below(command: click.Command, context: click.Context, path: str) -> Iterator[tuple[str, click.Command]]:
    if path:
        yield path, command
    below: dict[str, click.Command] = {}
    if isinstance(command, Steps):
        below.update(command.steps)
    elif isinstance(command, Nouns):
        below.update({name: found for name in command.table if (found := command.get_command(context, name))})
    for name, found in below.items():
        yield from _below(found, click.Context(found, parent=context, info_name=name), f"{path} {name}".strip())


def _more(command: click.Command) -> dict[str, Any]:
    if isinstance(command, Steps):
        return {"steps": list(command.steps), "ref": command.ref}
    if isinstance(command, Nouns):
        return {"verbs": {name: entry.help for name, entry in command.table.items()}}
    return {}


def _param(param: click.Parameter) -> dict[str, Any]:
    """What has to be known of it to complete it."""
    found: dict[str, Any] = {"name": param.name}
    if param.metavar:
        found["metavar"] = param.metavar
    if isinstance(param.type, click.Choice):
        found["choices"] = list(param.type.choices)
    if isinstance(param, click.Option):
        is_flag = bool(param.is_flag)
        sides = ["/".join(param.opts[-1:] + param.secondary_opts)] if is_flag else ["/".join(param.opts)]
        found |= {"opts": sides[0], "help": param.help or ""}
        found |= {"flag": 1} if is_flag else {}
        found |= {"multiple": 1} if param.multiple else {}
    else:
        found |= {"argument": 1, **({"nargs": param.nargs} if param.nargs != 1 else {})}
    return found


def main() -> None:
    """Write the file."""
    FILE.write_text(drawn(), encoding="utf-8")


if __name__ == "__main__":
    main()
