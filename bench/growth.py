"""How our own commands grow with the book, drawn into ``docs/performance.md``.

usage: python -m bench.growth [--sizes 1000,10000,100000] [--rounds 7] [--laws due,closed] [--scratch FOLDER] [--trial]

The sizes are a small, a middle and a large book.  Each round runs a command on two of them, one after the other; what
is quoted is the median of the rounds' ratios of CPU.  The law ``million`` is tried only where it is asked for.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import figures
from bench.asked import options, run, told
from bench.besides import FILES_BESIDE
from bench.jobs import JOBS
from bench.measure import Cost, Run, median_ratio, pairs
from bench.rivals import Command, ours
from bench.scratch import Scratch, made
from bench.shop import Written

_CHANGED = {"visit": "VI", "customer": "CU", "product": "PR", "person": "ST"}
_LITTLE = 0.005
"""So many seconds more are no harm, whatever share of the whole they are."""
_SETTLED = 0.05
"""After so many seconds a file's time tells that it was written before."""


class Trial(NamedTuple):
    """What a law is tried on."""

    scratch: Scratch
    small: int
    middle: int
    large: int
    rounds: int


class Found(NamedTuple):
    """What was measured of a law."""

    sizes: str
    measured: str
    target: str
    held: bool | None


class Law(NamedTuple):
    """How something may grow."""

    title: str
    find: Callable[[Trial], Found]


def _due(book: Path) -> Command:
    return lambda _folder, _number: ours(book, "due")


def _rebuilt(book: Path) -> Run:
    """``due`` without the index of the run before."""
    measured = run(_due(book))

    def once(number: int) -> Cost:
        shutil.rmtree(book / ".aftercare", ignore_errors=True)
        return measured(number)

    return once


def _ratio(trial: Trial, sizes: tuple[int, int], one: Run, other: Run, most: float) -> Found:
    couples = [(first.cpu, second.cpu) for first, second in pairs(one, other, trial.rounds)]
    ratio = round(median_ratio(couples), 2)
    return Found(f"{sizes[0]:,} → {sizes[1]:,}", f"{ratio:.2f}", f"≤ {most:g}", ratio <= most)


def _grows(
    command: Callable[[Path, Trial, int], Run], most: float, *, from_middle: bool = False
) -> Callable[[Trial], Found]:
    """CPU in the large book by that in a smaller one."""

    def find(trial: Trial) -> Found:
        sizes = (trial.middle if from_middle else trial.small, trial.large)
        one, other = (command(trial.scratch.book(size), trial, size) for size in sizes)
        return _ratio(trial, sizes, one, other, most)

    return find


def _closed(trial: Trial) -> Found:
    less, more = trial.scratch.book(trial.middle), trial.scratch.book(trial.large, trial.middle)
    return _ratio(trial, (trial.middle, trial.large), run(_due(less)), run(_due(more)), 1.2)


def _show(book: Path, _trial: Trial, size: int) -> Run:
    sale = next(one.id for one in made(size) if one.kind == "SA")
    return run(lambda _folder, _number: ours(book, "show", sale))


def _add(book: Path, _trial: Trial, size: int) -> Run:
    return run(JOBS["add"].command(book, made(size)))


def _changed(what: str) -> Callable[[Trial], Found]:
    """``due`` after one file changed, against ``due`` where nothing did."""

    def find(trial: Trial) -> Found:
        book = trial.scratch.book(trial.large)
        path, text, more = changing(what, made(trial.large))
        measured, found = run(_due(book)), []
        try:
            for number in range(trial.rounds + 1):
                calm = measured(number).cpu
                _put(book / path, text + more.format(number + 1))
                couple = calm, measured(number).cpu
                if number:
                    found.append(couple)
        finally:
            _put(book / path, text)
        ratio, extra = round(median_ratio(found), 2), statistics.median(other - one for one, other in found)
        words = f"{ratio:.2f} ({extra * 1000:+.1f} ms)"
        if what not in {"visit", "customer"}:
            return Found(f"{trial.large:,}", words, "", None)
        return Found(f"{trial.large:,}", words, "≤ 1.10 or 5 ms", ratio <= 1.1 or extra <= _LITTLE)

    return find


def changing(what: str, made: Sequence[Written]) -> tuple[str, str, str]:
    """The file that is changed, its text, and what a round puts behind that.

    It is the newest of its kind, or the settings with the days on which the shop is closed.
    """
    if what == "calendar":
        return "aftercare.yaml", FILES_BESIDE["aftercare.yaml"], "closed: [2027-02-{:02}]\n"
    one = max((one for one in made if one.kind == _CHANGED[what]), key=lambda one: (one.day, one.id))
    return one.path, f"id: {one.id}\n{one.text}", "note: {}\n"


def _put(file: Path, text: str) -> None:
    """Write a file as an editor does, and let its time pass."""
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)
    time.sleep(_SETTLED)


def _peak(most: float, *words: str) -> Callable[[Trial], Found]:
    """The most memory of one process in the large book."""

    def find(trial: Trial) -> Found:
        book = trial.scratch.book(trial.large)
        measured = run(lambda _folder, _number: ours(book, *words))
        peak = statistics.median([measured(number).peak for number in range(trial.rounds + 1)][1:])
        return Found(f"{trial.large:,}", f"{peak:.0f} MiB", f"≤ {most:g} MiB", peak <= most)

    return find


def _million(trial: Trial) -> Found:
    """The index built, ``due`` warm and ``check`` at a million, each once."""
    book = trial.scratch.book(1_000_000)
    told("  the book is written; building the index …")
    built, warm = run(_due(book))(0), run(_due(book))(1)
    told("  checking …")
    check = run(lambda _folder, _number: ours(book, "check", "book"))(0)
    named = (("index", built), ("due", warm), ("check", check))
    words = "; ".join(f"{name} {one.cpu:.1f} s CPU, {one.wall:.1f} s, {one.peak:.0f} MiB" for name, one in named)
    return Found("1,000,000", words, "", None)


LAWS: Mapping[str, Law] = {
    "due": Law("CPU of a warm `due`, by that of a small book", _grows(lambda book, _trial, _size: run(_due(book)), 4)),
    "closed": Law("the same, where only closed years grew", _closed),
    **{
        f"changed-{what}": Law(f"CPU of `due` after one {what} changed, by that where nothing did", _changed(what))
        for what in (*_CHANGED, "calendar")
    },
    "show": Law("CPU of `show`", _grows(_show, 1.15)),
    "add": Law("CPU of `promise add`", _grows(_add, 1.15)),
    "check": Law(
        "CPU of `check book`",
        _grows(
            lambda book, _trial, _size: run(lambda _folder, _number: ours(book, "check", "book")), 11, from_middle=True
        ),
    ),
    "index": Law(
        "CPU of `due` that builds the index", _grows(lambda book, _trial, _size: _rebuilt(book), 11, from_middle=True)
    ),
    "memory-due": Law("memory of a warm `due`", _peak(45, "due")),
    "memory-check": Law("memory of a process of `check book`", _peak(100, "check", "book")),
    "million": Law("a million records, once", _million),
}


def _row(name: str, found: Found, rounds: int) -> figures.Row:
    once = {"rounds": 1} if name == "million" else {"rounds": rounds}
    return {"law": name, "place": list(LAWS).index(name), "title": LAWS[name].title, **found._asdict(), **once}


def main() -> None:
    """Measure, keep the figures and draw the page."""
    parser = options(__doc__)
    usual = [name for name in LAWS if name != "million"]
    parser.add_argument("--laws", default=",".join(usual), help=", ".join(LAWS))
    asked = parser.parse_args()
    laws, sizes = asked.laws.split(","), sorted(int(size) for size in asked.sizes.split(","))
    if unknown := set(laws) - set(LAWS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if len(sizes) != 3:
        parser.error("three sizes are needed: a small, a middle and a large book")
    rows: list[figures.Row] = []
    left_out: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        small, middle, large = sizes
        trial = Trial(Scratch(asked.scratch or Path(folder)), small, middle, large, asked.rounds)
        for name in laws:
            told(f"{LAWS[name].title} …")
            try:
                row = _row(name, LAWS[name].find(trial), trial.rounds)
            except SystemExit as failed:
                told(f"  not measured: {failed}")
                left_out.append(name)
                continue
            told(f"  {row['measured']}, target {row['target'] or 'none'}")
            rows.append({**row, "on": ""})
            if not asked.trial:
                figures.keep("growth", ("law",), [row])
                figures.main()
    if asked.trial:
        print(figures.growth(rows))
    if left_out:
        sys.exit(f"not measured: {', '.join(left_out)}")


if __name__ == "__main__":
    main()
