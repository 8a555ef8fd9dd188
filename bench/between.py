"""Two checkouts side by side on one book: what a change costs the questions of a day.

usage: python -m bench.between OTHER [RECORDS] [ROUNDS]      (1,000 records and 9 rounds, where nothing else is said)

OTHER is the checkout that this one is compared with.  Each round runs every command from both as whole processes, one
after the other, in turns the one or the other first; quoted is the median ratio of CPU seconds (user and system).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.measure import cpu_seconds
from bench.records import LAST, write_book

HERE = Path(__file__).resolve().parent.parent
COMMANDS = ("due", "check book", "customer list --format ids", "customer set CU26-0001 note=x{round}")


def seconds(checkout: Path, book: Path, command: str) -> float:
    """What a command costs when it is run from a checkout."""
    words = ["-C", str(book), "--today", LAST.isoformat(), *command.split()]
    return cpu_seconds(["/usr/bin/env", f"PYTHONPATH={checkout}", sys.executable, "-P", "-m", "aftercare", *words])


def main() -> None:
    """Measure, and print a line for each command."""
    other = Path(sys.argv[1]).resolve()
    records = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        write_book(book, records)
        os.environ["AFTERCARE_LANG"] = "en"
        for command in COMMANDS:
            pairs = []
            for number in range(rounds + 1):
                both = [HERE, other] if number % 2 else [other, HERE]
                took = {checkout: seconds(checkout, book, command.format(round=f"{number}")) for checkout in both}
                if number:  # the first round warms the page cache
                    pairs.append((took[HERE], took[other]))
            here, there = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / another for one, another in pairs)
            print(f"{command.partition(' note')[0]:30} {here:.3f} s, there {there:.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
