"""Git on: a command that is killed, interrupted or refused while it writes and commits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.every_verb import EVERY
from tests.faults import judging
from tests.faults.committing import Repository
from tests.faults.injection import CHANGING, INTERRUPT, KILL, REFUSALS, Harm

HARMS = (KILL, INTERRUPT, REFUSALS[0]._replace(calls=CHANGING))


@pytest.fixture(autouse=True, scope="module")
def _remembering() -> Iterator[None]:
    with judging.remembering():
        yield


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.name)
def test_what_was_written_is_committed_by_the_next_command(harm: Harm, tmp_path: Path) -> None:
    """A visit with all that was heard: nothing is torn, and after one more command git has all that the book has."""
    row = next(row for row in EVERY if row.way == "with all that was heard")
    shift = HARMS.index(harm)
    trials, __, wrong = judging.counted(Repository(row, tmp_path).trials(harm, range(20 + shift * 3, 200, 9)))
    assert trials > 5
    assert not wrong, "\n".join(map(str, wrong))
