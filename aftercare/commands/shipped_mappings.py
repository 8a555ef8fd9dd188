"""``aftercare import KIND FILE --map NAME``: the mappings that ship, by name or recognised, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aftercare.errors import NoSuchMapping
from aftercare.language import _
from aftercare.render.output import put, say

if TYPE_CHECKING:
    from aftercare.answers.importing.mappings import Wanted
    from aftercare.plain.sheets import Sheet
    from aftercare.policies.mappings import Shipped


def is_name(text: str) -> bool:
    """Whether a mapping is named and not a file: there is no folder and no ending in it."""
    return "/" not in text and "\\" not in text and "." not in text


def list_them(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the shipped mappings, one a line, and do nothing else."""
    from aftercare.policies import mappings

    del parameter
    if wanted and not context.resilient_parsing:
        for one in mappings.every():
            put(f"{one.name}  {one.kind}  {one.of}")
        context.exit()


def text_of(name: str) -> str:
    """One of them, as the file that an operator may begin from."""
    return _named(name).text().decode().rstrip("\n")


def wanted_by_name(kind: str, name: str, sheet: Sheet) -> Wanted:
    """The shipped mapping of a name, as far as the sheet has its columns."""
    return _wanted(kind, _named(name), sheet)


def recognised(kind: str, sheet: Sheet) -> Wanted | None:
    """The shipped mapping whose titles the sheet has; what was recognised is said."""
    from aftercare.answers.importing import shipped

    found = shipped.recognised(kind, sheet)
    if found is None:
        return None
    sentence = _("read as an export of {of}, with --map {name}; another mapping is named with --map")
    say(sentence.format(of=found.of, name=found.name))
    return _wanted(kind, found, sheet)


def _named(name: str) -> Shipped:
    from aftercare.policies import mappings

    found = mappings.named(name)
    if found is None:
        raise NoSuchMapping(name, [one.name for one in mappings.every()])
    return found


def _wanted(kind: str, one: Shipped, sheet: Sheet) -> Wanted:
    from aftercare.answers.importing.mapfile import wanted_of
    from aftercare.answers.importing.shipped import fitted

    return fitted(wanted_of(kind, one.text(), one.name), sheet)
