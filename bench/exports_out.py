"""What it costs to put a book out in every format: ``python -m bench.exports_out BOOK``, one of ``bench.realistic``.

CPU of one process, once after the index knows the files; a database is made once before, so that what follows from the
records is reckoned already, as it is in a book that is asked every day.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

AT_MOST = 10.0
"""Seconds of CPU for 100,000 records, in any format."""
FORMATS = ("jsonl", "json", "csv", "sqlite", "parquet")


def seconds(book: Path, fmt: str, folder: Path) -> float:
    """The CPU that one export takes, in a new process."""
    before = os.times()
    words = [
        sys.executable,
        "-m",
        "aftercare",
        "-C",
        str(book),
        "export",
        "all",
        str(folder / f"out.{fmt}"),
        "--to",
        fmt,
    ]
    subprocess.run(words, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> int:
    """Print a line for each format, and whether all are put out as fast as they should be."""
    book = Path(sys.argv[1])
    count = sum(1 for __ in book.glob("*/20*/*.yaml"))
    folder = Path(tempfile.mkdtemp(prefix="aftercare-out-"))
    try:
        seconds(book, "sqlite", folder)
        (folder / "out.sqlite").unlink()
        taken = {fmt: seconds(book, fmt, folder) for fmt in FORMATS}
    finally:
        shutil.rmtree(folder)
    for fmt, used in taken.items():
        print(f"{fmt:8} {count} records {used:6.2f} s CPU, {count / used:8.0f} a second")
    return 0 if max(taken.values()) * 100_000 / count < AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
