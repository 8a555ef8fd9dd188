"""Every verb that writes, killed, interrupted and refused at the calls by which it reaches the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests.every_verb import EVERY
from tests.faults import judging
from tests.faults.committing import Repository
from tests.faults.injection import (
    CHANGING,
    INTERRUPT,
    INTERRUPT_AFTER,
    KILL,
    KILL_AFTER,
    REFUSALS,
    REFUSALS_EVER,
    SHORT,
    TERMINATE,
    Harm,
)
from tests.faults.judging import WRONGS, Bench, Wrong
from tests.torture.figures import Figure

_B = TypeVar("_B", Bench, Repository)


class Family(NamedTuple):
    """Harms that make one figure: what it is called, and the numbers of the calls that are harmed in a row's trials."""

    what: str
    harms: tuple[Harm, ...]
    numbers: Callable[[int], Iterable[int]]


def _each(number: int) -> Iterable[int]:
    return count(1)


FAMILIES = (
    Family("kill -9 right before and after each call that changes the disk", (KILL, KILL_AFTER), _each),
    Family("Ctrl-C or TERM at each such call", (INTERRUPT, INTERRUPT_AFTER, TERMINATE), _each),
    Family(
        "each such call refused once: EIO, ENOSPC, EACCES, EROFS, EMFILE, EINTR, EDQUOT; writes cut short",
        (*(harm._replace(calls=CHANGING) for harm in REFUSALS), SHORT),
        lambda number: range(1 + number % 3, 1000, 3),
    ),
    Family(
        "EIO or ENOSPC from each such call on, for ever",
        tuple(harm._replace(calls=CHANGING) for harm in REFUSALS_EVER),
        _each,
    ),
)


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One for each family of harms, over all rows; in short, over a few."""
    rows = EVERY[::30] if short else EVERY
    with judging.remembering():
        benches = [Bench(row, scratch / f"{number}") for number, row in enumerate(rows)]
        for family in FAMILIES:
            yield figure_of(family.what, benches, partial(trials, family, short))


def trials(family: Family, short: bool, bench: Bench, number: int) -> tuple[int, list[Wrong]]:
    """How often the harms of a family were done to one row, and what went wrong; in *short* at every fifth call."""
    tried, wrong = 0, []
    for harm in family.harms:
        numbers = family.numbers(number)
        few = islice(numbers, number % 5, 20, 5) if short else numbers
        more, __, found = judging.counted(bench.trials(harm, few))
        tried += more
        wrong += found
    return tried, wrong


def figure_of(what: str, benches: list[_B], work: Callable[[_B, int], tuple[int, list[Wrong]]]) -> Figure:
    """The figure of one family; what was wrong is told at once, so that it can be seen again."""
    tried, bad = 0, Counter(dict.fromkeys(WRONGS, 0))
    for number, bench in enumerate(benches):
        more, wrong = work(bench, number)
        tried += more
        bad.update(one.what for one in wrong)
        for one in wrong:
            print("    ", one, flush=True)
    return Figure(2, f"{what}, {len(benches)} commands that write", tried, "points", dict(bad))
