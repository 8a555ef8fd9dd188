"""What a report costs: ``report`` on the sample shop against ``due``, which makes one list of the same book.

usage: python -m bench.reports [ROUNDS]      (9 rounds, where nothing else is said)

Each round runs both commands as whole processes, one after the other; the ratio of a round is that of their CPU
seconds (user and system), and the medians are what to quote.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.measure import cpu_seconds

_ROOT = Path(__file__).resolve().parent.parent
_DAY = "2026-11-20"


def main() -> None:
    """Measure, and print a line for each command and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        shutil.copytree(_ROOT / "data", book)
        commands = [
            [sys.executable, "-m", "aftercare", "-C", str(book), "--today", _DAY, *words]
            for words in (["report"], ["report", "--period", "2026-11"], ["due"])
        ]
        taken = []
        for number in range(rounds + 1):
            one = [cpu_seconds(command) for command in commands]
            if number:  # the first round warms the page cache
                taken.append(one)
    print(f"{rounds} rounds on the sample shop, CPU seconds as medians")
    for place, name in enumerate(("report", "report of a month", "due")):
        print(f"{name:<18} {statistics.median(one[place] for one in taken):.3f}")
    print(f"ratio to due       {statistics.median(one[0] / one[2] for one in taken):.2f}")


if __name__ == "__main__":
    main()
