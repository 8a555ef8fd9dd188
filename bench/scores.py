"""What the score costs: CPU of ``score``, of one law and of a quarter, against ``balance`` and ``check``.

usage: python -m bench.scores [ROUNDS]      (9 rounds, where nothing else is said)

Each round runs all of them as whole processes on the sample shop with a warm index, one after the other; the median of
the rounds' ratios is what to quote.
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
_QUESTIONS = ("score", "score --law L2", "score --period 2026-Q3 --compare", "score --per person", "check --all")
_BASE = "balance"


def main() -> None:
    """Measure, and print a line for each question."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        shutil.copytree(_ROOT / "data", book)
        _cost(book, _BASE)  # warms the index
        taken = [{line: _cost(book, line) for line in (_BASE, *_QUESTIONS)} for _ in range(rounds)]
    base = statistics.median(one[_BASE] for one in taken)
    print(f"median of {rounds} rounds, CPU as a whole process: {_BASE} {base:.3f} s")
    for line in _QUESTIONS:
        cost = statistics.median(one[line] for one in taken)
        ratio = statistics.median(one[line] / one[_BASE] for one in taken)
        print(f"{line}: {cost:.3f} s, {ratio:.2f} × {_BASE}")


def _cost(book: Path, line: str) -> float:
    """The CPU seconds of one question; ``check`` finds something, which is no failure of it."""
    script = "import sys; from aftercare.cli import run; sys.exit(run(sys.argv[1:]) not in (0, 1))"
    command = [sys.executable, "-c", script, "-C", str(book), "--today", _DAY, *line.split()]
    return cpu_seconds(command)


if __name__ == "__main__":
    main()
