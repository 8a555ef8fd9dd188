"""How much a morning's question costs: ``due`` against a process that imports Click and reads the same files.

usage: python -m bench.due [RECORDS] [ROUNDS]      (1,000 records and 7 rounds, where nothing else is said)

Each round runs both commands as whole processes, one after the other; the ratio of a round is that of their CPU
seconds (user and system), and the median ratio is what to quote: the speed of a machine drifts, a pair drifts little.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import cpu_seconds
from bench.records import LAST, write_book

BARE = """
import click, os, sys
for folder, _folders, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(folder, name), "rb") as file:
            file.read()
"""


def main() -> None:
    """Measure, and print a line for each command and the ratio."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        write_book(book, records)
        due = [sys.executable, "-m", "aftercare", "-C", str(book), "--today", LAST.isoformat(), "due"]
        bare = [sys.executable, "-c", BARE, str(book)]
        pairs = []
        for number in range(rounds + 1):
            pair = cpu_seconds(due), cpu_seconds(bare)
            if number:  # the first round warms the page cache
                pairs.append(pair)
            time.sleep(0.05)
    print(f"{records} records, {rounds} rounds, CPU seconds as medians")
    print(f"due                      {statistics.median(d for d, _ in pairs):.3f}")
    print(f"import click, read files {statistics.median(b for _, b in pairs):.3f}")
    print(f"ratio                    {statistics.median(d / b for d, b in pairs):.1f}")


if __name__ == "__main__":
    main()
