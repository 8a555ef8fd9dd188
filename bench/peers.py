"""What a day's jobs cost beside other programs that keep the same records, drawn into ``docs/performance.md``.

usage: python -m bench.peers [--sizes 1000,10000,100000] [--rounds 7] [--jobs overdue,add] [--rivals recutils,hledger]
                             [--scratch FOLDER] [--trial]

Each round runs our command and the other's as whole processes, one after the other, after one round that warms both;
what is quoted is the median of the rounds' ratios.  Only what was measured is drawn anew, so that a long run can be
done in parts.  With --scratch the books stay there for the next run; with --trial nothing is kept, only printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench import figures
from bench.asked import options, run, told
from bench.jobs import JOBS, Job
from bench.measure import median_ratio, pairs
from bench.rivals import OURS, RIVALS, Rival, missing
from bench.scratch import Scratch, made


@cache
def can_verify() -> bool:
    """Whether our program can be asked to look at every file."""
    said = subprocess.run([*OURS, "--help"], capture_output=True, text=True, check=True)
    return "--verify" in said.stdout


def measured(scratch: Scratch, name: str, job: Job, rival: str, records: int, rounds: int) -> figures.Row:
    """One job of ours beside another program's."""
    other: Rival = RIVALS[rival]
    size = 0 if job.sizeless else records
    book, data = Path(), Path()
    if size:
        book, data = scratch.book(size), scratch.data(rival, size, other.write)
    ours, theirs = job.command(book, made(size) if size else []), other.commands[job.as_rival]
    found = pairs(run(ours, data), run(theirs, data), rounds)
    couples = [(one.wall, another.wall) if job.clock else (one.cpu, another.cpu) for one, another in found]
    ours_s, theirs_s = (statistics.median(column) for column in zip(*couples, strict=True))
    peaks = [round(statistics.median(one.peak for one in column)) for column in zip(*found, strict=True)]
    row = {"job": name, "rival": rival, "records": size, "ours": round(ours_s, 4), "theirs": round(theirs_s, 4)}
    return {**row, "ratio": round(median_ratio(couples), 2), "peaks": peaks, "rounds": rounds}


def planned(jobs: list[str], rivals: list[str], sizes: list[int]) -> Iterator[tuple[str, str, int]]:
    """Which job is measured beside whom, and with how many records."""
    for name in jobs:
        job = JOBS[name]
        for rival, other in RIVALS.items():
            if rival in rivals and job.as_rival in other.commands and (not job.only or rival in job.only):
                for records in sizes[:1] if job.sizeless else sizes:
                    yield name, rival, records


def main() -> None:
    """Measure, keep the figures and draw the page."""
    parser = options(__doc__)
    parser.add_argument("--jobs", default=",".join(JOBS), help=", ".join(JOBS))
    parser.add_argument("--rivals", default=",".join(RIVALS), help=", ".join(RIVALS))
    asked = parser.parse_args()
    jobs, rivals = asked.jobs.split(","), asked.rivals.split(",")
    if unknown := (set(jobs) - set(JOBS)) | (set(rivals) - set(RIVALS)):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    for name in missing():
        told(f"not measured: {name} is not installed (make bench-peers)")
    if "verified" in jobs and not can_verify():
        told("not measured: there is no --verify")
        jobs.remove("verified")
    here = [name for name in rivals if name not in missing()]
    rows: list[figures.Row] = []
    left_out: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(asked.scratch or Path(folder))
        for name, rival, records in planned(jobs, here, [int(size) for size in asked.sizes.split(",")]):
            told(f"{JOBS[name].title}, beside {rival}, {records:,} records …")
            try:
                row = measured(scratch, name, JOBS[name], rival, records, asked.rounds)
            except SystemExit as failed:
                told(f"  not measured: {failed}")
                left_out.append(f"{name} beside {rival}, {records:,}")
                continue
            told(f"  {figures.span(row['ours'])} and {figures.span(row['theirs'])}, ratio {row['ratio']:.2f}")
            rows.append({**row, "on": ""})
            if not asked.trial:
                figures.keep("pairs", ("job", "rival", "records"), [row])
                figures.main()
    if asked.trial:
        print(figures.beside_others(rows))
    if left_out:
        sys.exit(f"not measured: {'; '.join(left_out)}")


if __name__ == "__main__":
    main()
