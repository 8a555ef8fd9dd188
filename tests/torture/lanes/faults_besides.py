"""Every verb that writes, refused where it looks at the disk, through an index, killed twice, and while it commits.

It goes on where the lane ``faults`` ends: what takes hours together ends in two parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from unittest import mock

from tests.every_verb import EVERY, Row
from tests.faults import judging
from tests.faults.committing import Repository
from tests.faults.injection import CHANGING, INTERRUPT, KILL, KILL_AFTER, LOOKING, REFUSALS, REFUSALS_EVER
from tests.faults.judging import Bench, Wrong
from tests.torture.figures import Figure
from tests.torture.lanes.faults import Family, figure_of, trials

SEVERAL = ("with all that was heard", "of orders", "to a newcomer", "from a file")
_IN_GIT = frozenset({"customer set", "customer remove", "renumber"})
_OF_SEVERAL = frozenset({"wish realise", "staff train", "claim decide"})


def _some_looks(number: int) -> Iterable[int]:
    """Looks are a thousand in a command, most of them alike: others for each row."""
    return range(1 + number * 13 % 199, 1500, 199)


LOOKS = Family(
    "looks at the disk refused, once and for ever",
    tuple(harm._replace(calls=LOOKING) for harm in (*REFUSALS[:1], *REFUSALS[2:3], *REFUSALS[4:5], *REFUSALS_EVER)),
    _some_looks,
)


def _some_calls(number: int) -> Iterable[int]:
    return range(1 + number * 7 % 37, 1500, 37)


BY_INDEX = Family(
    "killed, interrupted, refused to write and to look, the book read through its index",
    (
        *(KILL, KILL_AFTER, INTERRUPT),
        *(harm._replace(calls=CHANGING) for harm in (*REFUSALS[:2], *REFUSALS_EVER)),
        *(harm._replace(calls=LOOKING) for harm in (*REFUSALS[:1], *REFUSALS[2:3], *REFUSALS_EVER[:1])),
    ),
    _some_calls,
)


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One for looks over all rows, one by the index, one for two kills, one for a book in git; in short, over a few."""
    rows = EVERY[::30] if short else EVERY
    with judging.remembering():
        benches = [Bench(row, scratch / f"{number}") for number, row in enumerate(rows)]
        yield figure_of(LOOKS.what, benches, partial(trials, LOOKS, short))
        with mock.patch("aftercare.book.book.WORTH_AN_INDEX", 0):  # a small book is written through its index too
            yield figure_of(BY_INDEX.what, benches, partial(trials, BY_INDEX, short))
        some = [bench for bench in benches if _is_of_several(bench.row)] or benches[:1]
        yield figure_of("a second kill while the first is mended", some, partial(_two_kills, 9 if short else 1))
        committed = [row for row in EVERY if row.way == SEVERAL[0] or (row.verb in _IN_GIT and not short)]
        kept = [Repository(row, scratch / f"git{number}") for number, row in enumerate(committed)]
        what = "kill -9, Ctrl-C or EIO at each such call while it writes and commits, git on"
        yield figure_of(what, kept, partial(_committing, short))


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
