"""A bar on the terminal for what takes longer than one likes to wait; whoever has no terminal sees nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO, TypeVar

import click

from aftercare.language import N_, _
from aftercare.render.output import terminal

PATIENCE = 2.0
"""Seconds, after which one wants to see that something goes on."""
_SAID = {
    "files": N_("reading files"),
    "customers": N_("reckoning what is owed"),
    "records": N_("looking at records"),
    "rows": N_("taking in rows"),
}
T = TypeVar("T")


class Followed:
    """What goes through many things, seen on a *terminal* once it has lasted."""

    def __init__(self, terminal: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._terminal, self._clock = terminal, clock

    def __call__(self, what: str, items: Sequence[T]) -> Iterator[T]:
        """Each of *items*, while a bar says how far we are; *what* they are: a key of :data:`_SAID`."""
        began, bar = self._clock(), None
        try:
            for number, item in enumerate(items, start=1):
                yield item
                if bar is not None:
                    bar.update(1)
                elif self._clock() - began > PATIENCE:
                    bar = click.progressbar(length=len(items), label=_(_SAID[what]), file=self._terminal)
                    bar.update(number)
        finally:
            if bar is not None:
                bar.render_finish()


def followed() -> Followed:
    """What is seen by whoever sits at this terminal."""
    return Followed(terminal())
