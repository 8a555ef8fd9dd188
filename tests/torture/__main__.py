"""Harm a book in every way we know, and count what was lost: ``python -m tests.torture [LANE…] [--short] [--keep]``.

A lane is a module of ``tests/torture/lanes`` with ``figures(scratch, short)``, which yields a Figure for each harm.
``--short`` asks for a sample that takes seconds, and tries a lane once more in which something was bad; ``--keep``
writes what was found into ``docs/reliability.md``.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.torture.figures import CannotTry, Figure, keep
from tests.torture.stage import went_wrong

LANES = sorted(file.stem for file in Path(__file__).with_name("lanes").glob("[!_]*.py"))


class Found(NamedTuple):
    """What a lane found, and why the rest of it could not be tried here, where it could not."""

    figures: list[Figure]
    untried: str

    @property
    def bad(self) -> bool:
        """Whether a promise did not hold, or the lane tried nothing though it could."""
        return not all(figure.holds for figure in self.figures) or not (self.figures or self.untried)


def run(lane: str, short: bool) -> Found:
    """The figures of one lane, printed as they come."""
    found: list[Figure] = []
    untried = ""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aftercare-torture-") as scratch:
        try:
            for figure in import_module(f"tests.torture.lanes.{lane}").figures(Path(scratch), short):
                print("ok  " if figure.holds else "BAD ", figure.row(), flush=True)
                found.append(figure)
        except CannotTry as error:
            untried = str(error)
            print(f"--   {lane} cannot {'all ' if found else ''}be tried here: {untried}", flush=True)
    print(f"    {lane}: {time.monotonic() - began:.0f} s", flush=True)
    return Found(found, untried)


def main() -> int:
    """1 where a promise did not hold, or a lane tried nothing; what this machine cannot try is said, and no fault."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in a shell's background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    words = argparse.ArgumentParser(prog="python -m tests.torture")
    words.add_argument("lanes", nargs="*", metavar="LANE", help=", ".join(LANES))
    words.add_argument("--short", action="store_true", help="a sample that takes seconds")
    words.add_argument("--keep", action="store_true", help="write the figures into docs/reliability.md")
    asked = words.parse_args()
    unknown = set(asked.lanes) - set(LANES)
    if unknown:
        words.error(f"no such lane: {', '.join(sorted(unknown))}")
    bad: list[str] = []
    for lane in asked.lanes or LANES:
        found = run(lane, asked.short)
        if found.bad and asked.short:  # a tracer may miss a call on a busy machine; what is bad twice is ours
            print(f"    {lane} once more, for something was bad", flush=True)
            found = run(lane, asked.short)
        if found.bad:
            bad += [f"{lane}: {figure.row()}" for figure in found.figures if not figure.holds] or [
                f"{lane}: nothing was tried"
            ]
        if asked.keep and not found.untried:  # the page keeps the figures of a machine that could try all
            keep(lane, found.figures)
    for row in [*bad, *went_wrong] if bad else []:  # once more at the end, which is what a long log shows first
        print(f"BAD  {row}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
