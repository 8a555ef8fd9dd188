"""Every verb that writes, harmed: killed at each call that changes the disk, interrupted, and refused by the system.

``make test`` goes through every verb with a sample of the harms; the torture's lane ``faults`` does them all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.every_verb import EVERY, Row
from tests.faults import injection, judging
from tests.faults.injection import INTERRUPT, KILL, REFUSALS, REFUSALS_EVER, SHORT, Harm
from tests.faults.judging import Bench, Wrong, state

SEVERAL = next(row for row in EVERY if row.way == "with all that was heard")
ONE = next(row for row in EVERY if row.verb == "customer set")
FIRST = next(row for row in EVERY if row.verb == "init")
SAMPLED = (*REFUSALS, *REFUSALS_EVER, SHORT)
_NEVER = 10**9
"""No command makes so many calls."""


@pytest.fixture(autouse=True, scope="module")
def _remembering() -> Iterator[None]:
    with judging.remembering():
        yield


@pytest.mark.parametrize("number", range(len(EVERY)), ids=lambda number: EVERY[number].name)
def test_a_harmed_command_did_all_or_nothing(number: int, tmp_path: Path) -> None:
    """Killed anywhere, and refused or interrupted somewhere: no file is torn, nothing that was said to be done is lost.

    The command can be repeated, the next one finds nothing in its way, and nothing is left lying about.
    """
    bench = Bench(EVERY[number], tmp_path)
    assert bench.clean == (0, True)
    wrong = [*bench.killed_anywhere(), *_sample(bench, number)]
    assert not wrong, "\n".join(map(str, wrong))


def _sample(bench: Bench, number: int) -> Iterator[Wrong]:
    """An interruption or a refusal, another for each verb and at another call."""
    harms = (INTERRUPT, *SAMPLED)
    harm = harms[number % len(harms)]
    changing = harm._replace(calls=injection.CHANGING) if harm.refusal else harm
    yield from bench.trial(changing, 9 + number * 7 % 11, often=False)[1]  # the ninth is the first of its own


@pytest.mark.parametrize(
    ("verb", "last"), [("customer forget", 12), ("customer edit", 8), ("claim take-back", 8), ("policy new", 20)]
)
def test_an_operator_repeated_what_was_saved_since_the_rest_could_not_be_looked_at(
    verb: str, last: int, tmp_path: Path
) -> None:
    """A look at the disk that was refused once the change was written ended in "the output could not be written".

    A pack that was begun then was another one, too; and a copy that could not be taken away failed the whole edit.
    """
    bench = Bench(next(row for row in EVERY if row.verb == verb), tmp_path)
    harm = REFUSALS[0]._replace(calls=injection.LOOKING)
    bench.lay_out()
    looks = bench.run(harm, _NEVER).calls
    wrong = [one for at in range(looks - last, looks + 1) for one in bench.trial(harm, at, often=False)[1]]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_disk_that_fails_was_taken_for_a_full_screen_in_a_book_that_has_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be looked at was said of the output, and not of the file; so it was in every large book."""
    monkeypatch.setattr("aftercare.book.book.WORTH_AN_INDEX", 0)
    bench = Bench(ONE, tmp_path)
    harm = REFUSALS[0]._replace(calls=injection.LOOKING)
    wrong = [one for at in range(60, 180, 11) for one in bench.trial(harm, at, often=False)[1]]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_photograph_was_gone_that_its_claim_names_since_somebody_hit_ctrl_c(tmp_path: Path) -> None:
    """The claim was written, all but tidied up; the interruption was taken for a failure, and the file thrown away."""
    bench = Bench(next(row for row in EVERY if row.verb == "attach"), tmp_path)
    trials, wrong = 0, []
    for how, found in bench.trials(INTERRUPT, count(1)):
        trials += how.harmed
        wrong += found
    assert trials > 20
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("row", [ONE, FIRST], ids=lambda row: row.name)
def test_a_photograph_is_what_a_kill_leaves(row: Row, tmp_path: Path) -> None:
    """Every verb is killed in photographs; so these must show just what processes leave that were killed indeed."""
    bench = Bench(row, tmp_path)
    left = set()
    for at in count(1):
        bench.lay_out()
        if not bench.run(KILL, at).harmed:
            break
        left.add(frozenset(state(judging.everything(bench.folder))))
    assert at > 10
    *shown, last = (frozenset(state(files)) for files in bench.seen)
    assert left - {last} == set(shown) - {last}


@pytest.mark.parametrize("harm", [INTERRUPT, *SAMPLED], ids=lambda harm: harm.name)
def test_several_files_under_every_harm(harm: Harm, tmp_path: Path) -> None:
    """A visit, a wish, a complaint and a promise that one command writes are refused or interrupted."""
    bench = Bench(SEVERAL, tmp_path)
    changing = harm._replace(calls=injection.CHANGING) if harm.refusal else harm
    numbers = count(1) if harm is SHORT else range(12, 200, 6)
    trials, __, wrong = judging.counted(bench.trials(changing, numbers))
    assert trials > 3
    assert not wrong, "\n".join(map(str, wrong))


def test_a_second_kill_while_the_first_is_mended(tmp_path: Path) -> None:
    """Whatever a kill left, the command that finds it may be killed too: what counted as done stays done."""
    bench = Bench(SEVERAL, tmp_path)
    tried, wrong = judging.compound(bench, bench.seen[3::9], 9)
    assert tried > 5
    assert not wrong, "\n".join(map(str, wrong))


# The judge sees what it must: writers that are careless on purpose.


def _careless(bench: Bench) -> Path:
    return bench.folder / "customers/2026/CU26-0002.yaml"


def test_a_file_written_in_place_is_seen_torn(tmp_path: Path) -> None:
    """A writer that empties the file and fills it again leaves half a customer when it is killed."""
    bench = Bench(ONE._replace(line="customer set CU26-0002 note=changed", then={"CU26-0002": "changed"}), tmp_path)
    new = bench.new["customers/2026/CU26-0002.yaml"]

    def in_place() -> int:
        file = os.open(_careless(bench), os.O_WRONLY | os.O_TRUNC)
        for part in (new[:20], new[20:]):
            os.write(file, part)
        os.close(file)
        return 0

    bench.work = in_place
    seen = [{wrong.what for wrong in bench.trial(KILL, at)[1]} for at in (1, 2, 3)]
    assert seen[0] == set()
    assert "torn" in seen[1]
    assert "torn" in seen[2]


def test_done_before_it_is_written_is_seen_lost(tmp_path: Path) -> None:
    """A writer that ends with 0 and wrote nothing."""
    bench = Bench(ONE, tmp_path)
    bench.work = lambda: 0
    assert {wrong.what for wrong in bench.trial(KILL, 1)[1]} >= {"lost"}


def test_a_failure_without_a_word_is_seen_silent(tmp_path: Path) -> None:
    """A writer that just ends with a code; and one that tells its whole story."""
    bench = Bench(ONE, tmp_path)
    bench.work = lambda: 5
    assert "silent" in {wrong.what for wrong in bench.trial(KILL, 1)[1]}

    def fails() -> int:
        raise OSError

    bench.work = fails
    assert {"traceback", "silent"} <= {wrong.what for wrong in bench.trial(KILL, 1)[1]}


def test_what_is_left_in_the_way_is_seen_stuck_or_litter(tmp_path: Path) -> None:
    """A writer that leaves something where the next one wants to write, or where nobody clears."""
    bench = Bench(ONE, tmp_path)

    def litters() -> int:
        (bench.folder / ".aftercare/mine.tmp").touch()
        return -9

    def blocks() -> int:
        (bench.folder / ".aftercare/lock").unlink()
        (bench.folder / ".aftercare/lock").mkdir()
        return -9

    for work, what in ((litters, "litter"), (blocks, "stuck")):
        bench.lay_out()
        bench.work = work
        work()
        bench.work = None
        left = judging.everything(bench.folder)
        assert what in {wrong[0] for wrong in bench.judge(injection.Ended(-9, "", "", 1, "", 0))}, left
        if what == "stuck":
            (bench.folder / ".aftercare/lock").rmdir()
