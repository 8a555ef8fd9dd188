"""Every verb that writes, killed, interrupted and refused at the calls by which it reaches the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests.every_verb import EVERY, Row
from tests.faults import judging
from tests.faults.committing import Repository
from tests.faults.injection import (
    CHANGING,
    INTERRUPT,
    INTERRUPT_AFTER,
    KILL,
    KILL_AFTER,
    LOOKING,
    REFUSALS,
    REFUSALS_EVER,
    SHORT,
    TERMINATE,
    Harm,
)
from tests.faults.judging import WRONGS, Bench, Wrong
from tests.torture.figures import Figure

SEVERAL = ("with all that was heard", "of orders", "to a newcomer", "from a file")
_IN_GIT = frozenset({"customer set", "customer remove", "renumber"})
_B = TypeVar("_B", Bench, Repository)
_OF_SEVERAL = frozenset({"wish realise", "staff train", "claim decide"})


class _Family(NamedTuple):
    """Harms that make one figure: what it is called, and the numbers of the calls that are harmed in a row's trials."""

    what: str
    harms: tuple[Harm, ...]
    numbers: Callable[[int], Iterable[int]]


def _each(number: int) -> Iterable[int]:
    return count(1)


def _some_looks(number: int) -> Iterable[int]:
    """Looks are a thousand in a command, most of them alike: others for each row."""
    return range(1 + number * 13 % 199, 1500, 199)


FAMILIES = (
    _Family("kill -9 right before and after each call that changes the disk", (KILL, KILL_AFTER), _each),
    _Family("Ctrl-C or TERM at each such call", (INTERRUPT, INTERRUPT_AFTER, TERMINATE), _each),
    _Family(
        "each such call refused once: EIO, ENOSPC, EACCES, EROFS, EMFILE, EINTR, EDQUOT; writes cut short",
        (*(harm._replace(calls=CHANGING) for harm in REFUSALS), SHORT),
        lambda number: range(1 + number % 3, 1000, 3),
    ),
    _Family(
        "EIO or ENOSPC from each such call on, for ever",
        tuple(harm._replace(calls=CHANGING) for harm in REFUSALS_EVER),
        _each,
    ),
    _Family(
        "looks at the disk refused, once and for ever",
        tuple(harm._replace(calls=LOOKING) for harm in (*REFUSALS[:1], *REFUSALS[2:3], *REFUSALS[4:5], *REFUSALS_EVER)),
        _some_looks,
    ),
)


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One for each family of harms, over all rows; in short, over a few."""
    rows = EVERY[::30] if short else EVERY
    with judging.remembering():
        benches = [Bench(row, scratch / f"{number}") for number, row in enumerate(rows)]
        for family in FAMILIES:
            yield _figure(family.what, benches, partial(_trials, family, short))
        some = [bench for bench in benches if _is_of_several(bench.row)] or benches[:1]
        yield _figure("a second kill while the first is mended", some, partial(_two_kills, 9 if short else 1))
        committed = [row for row in EVERY if row.way == SEVERAL[0] or (row.verb in _IN_GIT and not short)]
        kept = [Repository(row, scratch / f"git{number}") for number, row in enumerate(committed)]
        what = "kill -9, Ctrl-C or EIO at each such call while it writes and commits, git on"
        yield _figure(what, kept, partial(_committing, short))


def _is_of_several(row: Row) -> bool:
    return row.way in SEVERAL or row.verb in _OF_SEVERAL


def _two_kills(stride: int, bench: Bench, number: int) -> tuple[int, list[Wrong]]:
    return judging.compound(bench, bench.seen[number % stride :: stride], stride)


def _committing(short: bool, repository: Repository, number: int) -> tuple[int, list[Wrong]]:
    tried, wrong = 0, []
    for harm in (KILL, INTERRUPT, REFUSALS[0]._replace(calls=CHANGING)):
        more, __, found = judging.counted(repository.trials(harm, range(21, 400, 40) if short else count(1)))
        tried += more
        wrong += found
    return tried, wrong


def _trials(family: _Family, short: bool, bench: Bench, number: int) -> tuple[int, list[Wrong]]:
    tried, wrong = 0, []
    for harm in family.harms:
        numbers = family.numbers(number)
        few = islice(numbers, number % 5, 20, 5) if short else numbers
        more, __, found = judging.counted(bench.trials(harm, few))
        tried += more
        wrong += found
    return tried, wrong


def _figure(what: str, benches: list[_B], work: Callable[[_B, int], tuple[int, list[Wrong]]]) -> Figure:
    """The figure of one family; what was wrong is told at once, so that it can be seen again."""
    tried, bad = 0, Counter(dict.fromkeys(WRONGS, 0))
    for number, bench in enumerate(benches):
        more, wrong = work(bench, number)
        tried += more
        bad.update(one.what for one in wrong)
        for one in wrong:
            print("    ", one, flush=True)
    return Figure(2, f"{what}, {len(benches)} commands that write", tried, "points", dict(bad))
