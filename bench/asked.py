"""What the long measurements can be told, what they tell meanwhile, and the surroundings in which they run commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.measure import Run, cost
from bench.rivals import Command

SIZES = "1000,10000,100000"
_SURROUNDINGS = {"AFTERCARE_LANG": "en", "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "120", "TERM": "xterm"}
"""Those of somebody at a terminal: without TERM, as in cron, our program looks at every file."""


def options(usage: str | None) -> argparse.ArgumentParser:
    """What every long measurement can be told."""
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of records, {SIZES} where nothing is said")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scratch", type=Path, help="a folder in which the books stay for the next run")
    parser.add_argument("--trial", action="store_true", help="keep no figure and draw nothing")
    return parser


def told(words: str) -> None:
    """A word on stderr about what is done."""
    print(words, file=sys.stderr, flush=True)


def run(command: Command, folder: Path = Path()) -> Run:
    """A command on the data of a folder, as something to measure."""
    return lambda number: cost(command(folder, number), _SURROUNDINGS)
