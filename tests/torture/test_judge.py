"""The judge of the torture sees what it looks for: each harm, done on purpose, is told from a book that is well."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import every_verb
from tests.every_verb import base_book, files_of, laid_out
from tests.torture import stage as staging
from tests.torture.figures import Figure
from tests.torture.lanes.outside import Line, World, wrong_with
from tests.torture.lanes.outside import judge as judge_outside
from tests.torture.stage import FEW, Stage, Tally, rows, said_wrong, state
from tests.torture.tracing import Call, Run, calls_in

VERDICT = "claims/2026/CL26-0001.verdict-1.json"
CLAIM = "claims/2026/CL26-0001.yaml"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A decision on a claim: two files that change in one step."""
    base = tmp_path_factory.mktemp("stage") / "book"
    laid_out(base, base_book())
    old = files_of(base)
    trial = base.parent / "trial"
    shutil.copytree(base, trial)
    row = rows(FEW[:1])[0]
    with every_verb.standing_in(trial):
        assert every_verb.typed(row.line)[0] == 0
    new = files_of(trial)
    assert {file for file in new if new[file] != old.get(file)} == {VERDICT, CLAIM}
    return Stage(row, base, old, new, frozenset({".gitignore", "lock", "holder"}))


def test_old_and_new_are_told_apart(stage: Stage, tmp_path: Path) -> None:
    """A book before a command and one after it are what they are, also with a temporary file in them."""
    root = stage.fresh(tmp_path / "book")
    assert state(stage, root) == ("old", "")
    (root / "claims/2026/.CL26-0001.yaml.4711.tmp").write_bytes(b"id")
    laid_out(root, {VERDICT: stage.new[VERDICT], CLAIM: stage.new[CLAIM]})
    assert state(stage, root) == ("new", "")


HARMS: dict[str, Callable[[Stage, Path], object]] = {
    "half a file": lambda stage, root: (root / CLAIM).write_bytes(stage.new[CLAIM][:40]),
    "an empty file": lambda _stage, root: (root / CLAIM).write_bytes(b""),
    "one of two files": lambda stage, root: (root / CLAIM).write_bytes(stage.new[CLAIM]),
    "a file that is gone": lambda _stage, root: (root / "customers/2026/CU26-0001.yaml").unlink(),
    "a file that nobody asked for": lambda _stage, root: (root / "claims/2026/CL26-0099.bak").write_bytes(b"x"),
    "a file of another record": lambda _stage, root: (root / "customers/2026/CU26-0001.yaml").write_bytes(
        b"id: CU26-0001\n"
    ),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harm_is_seen(stage: Stage, tmp_path: Path, harm: str) -> None:
    """What a writer without care leaves behind is neither old nor new."""
    root = stage.fresh(tmp_path / "book")
    HARMS[harm](stage, root)
    assert state(stage, root)[0] == "torn"


def test_what_was_said_done_and_is_not_there_is_lost(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exit code 0 counts as a promise, and so does 6; a refusal does not."""
    monkeypatch.setattr(staging, "goes_on", lambda *_: "")
    root = stage.fresh(tmp_path / "book")
    tally = Tally(1, "lies", "trials", "lost")
    for code in (0, 6, 5):
        staging.judge(tally, stage, root, Run(code, "", "a reason", []), "here")
    assert tally.figure() == Figure(1, "lies", 3, "trials", {"lost": 2})


def test_leftovers_and_a_stuck_book_are_seen(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one goes on working nothing may be left over, and one must be able to go on."""

    def typed(root: Path, words: list[str]) -> Run:
        with every_verb.standing_in(root):
            return Run(*every_verb.typed(" ".join(words)), [])

    monkeypatch.setattr(staging, "typed", typed)
    root = stage.fresh(tmp_path / "book")
    assert staging.goes_on(stage, root, "old") == ""
    (root / "claims/2026/stray").write_bytes(b"")
    assert staging.goes_on(stage, root, "new").startswith("litter: ")
    shutil.rmtree(root / ".aftercare")
    (root / ".aftercare").write_bytes(b"")
    assert staging.goes_on(stage, root, "new").startswith("stuck: ")


@pytest.mark.parametrize(
    ("code", "err", "kinds"),
    [
        (0, "", []),
        (5, "aftercare: the disk is full\n", []),
        (5, "", ["silent"]),
        (1, "Traceback (most recent call last):\n", ["traceback"]),
        (70, "aftercare: an unexpected fault: KeyError\n", ["traceback"]),
        (5, "a\nb\nc\nd\n", ["wordy"]),
        (6, "aftercare: saved, but not committed\nopened a\nopened b\npromises c\npromises d\n", []),
        (6, "aftercare: a\naftercare: b\naftercare: c\naftercare: d\n", ["wordy"]),
        (None, "", ["hang"]),
    ],
)
def test_what_a_command_must_not_say(code: int | None, err: str, kinds: list[str]) -> None:
    """A refusal is one line, and one for the remedy; never a traceback, never nothing, and it ends."""
    assert [kind for kind, _why in said_wrong(Run(code, "", err, []))] == kinds


def test_the_calls_of_a_trace_are_counted_for_each_process(tmp_path: Path) -> None:
    """A fault comes at the how-many-th call of a process, and only calls in the book or of the output are tried."""
    trace = [
        '11 openat(AT_FDCWD</x>, "/usr/lib/python", O_RDONLY) = 3',
        f'11 openat(AT_FDCWD<{tmp_path}>, "/usr/lib/python", O_RDONLY) = 3',
        f'11 openat(AT_FDCWD<{tmp_path}>, "a.yaml", O_RDONLY) = 3',
        f'12 openat(3<{tmp_path}/customers>, ".a.tmp", O_WRONLY|O_CREAT) = 4',
        f"11 write(4<{tmp_path}/customers/.a.tmp>, 1) = 1",
        '11 write(1</dev/null>, "CU26-0001") = 9',
        '11 write(2</dev/null>, "x") = 1',
        "11 --- SIGINT {si_signo=SIGINT} ---",
    ]
    found = calls_in(trace, tmp_path)
    assert [(call.name, call.number, call.changes) for call in found] == [
        ("openat", 3, False),
        ("openat", 1, True),
        ("write", 1, True),
        ("write", 2, True),
    ]
    assert Call("fsync", 1, "").changes


OUTSIDE = {"a.csv": b"old a", "b.csv": b"old b", "mine.txt": b"mine"}
ANEW = {"a.csv": b"new a", "b.csv": b"new b", "mine.txt": b"mine"}
FAILED, DONE = Run(5, "", "aftercare: a.csv cannot be written; nothing was changed\n", []), Run(0, "", "", [])


@pytest.mark.parametrize(
    ("now", "done", "kinds"),
    [
        (OUTSIDE, None, []),
        (ANEW, None, []),
        (OUTSIDE | {"a.csv": b"new a"}, None, []),
        (OUTSIDE | {".a.csv.1.unfinished": b"ne"}, None, []),
        (OUTSIDE | {"a.csv": b"new"}, None, ["torn"]),
        (OUTSIDE | {"mine.txt": b""}, None, ["torn"]),
        (OUTSIDE | {"c.csv": b"nobody's"}, None, ["torn"]),
        ({"a.csv": b"old a", "b.csv": b"old b"}, None, ["torn"]),
        (OUTSIDE, FAILED, []),
        (OUTSIDE | {"a.csv": b"new a"}, FAILED, ["torn", "lost"]),
        (ANEW, FAILED, ["lost"]),
        (ANEW, Run(5, "", "aftercare: a.csv is written, but it may not last\n", []), []),
        (OUTSIDE | {"empty/": b""}, FAILED, ["torn", "lost"]),
        (ANEW, DONE, []),
        (OUTSIDE, DONE, ["lost"]),
    ],
)
def test_a_harm_outside_of_the_book_is_seen(now: dict[str, bytes], done: Run | None, kinds: list[str]) -> None:
    """A file that is neither old nor new, a set of both that was said to have failed, a change that was denied."""
    assert [kind for kind, _why in wrong_with(OUTSIDE, ANEW, now, done)] == kinds


class _Typed(World):
    """A world in which the line is typed once more and leaves what it is told to."""

    def __init__(self, code: int, left: dict[str, bytes]) -> None:
        self.name, self.line, self.old, self.new = "a", Line(["export"]), OUTSIDE, ANEW
        self.code, self.left = code, left

    def run(self, root: Path, words: list[str], strace: list[str] | None = None) -> Run:
        assert (words, strace) == (["export", "--force"], None)
        laid_out(root / "out", self.left)
        return Run(self.code, "", "why", [])


@pytest.mark.parametrize(
    ("code", "left", "kinds"),
    [
        (0, ANEW, []),
        (5, ANEW, ["stuck"]),
        (0, ANEW | {".a.csv.1.unfinished": b"x"}, ["litter"]),
        (0, ANEW | {"a.csv": b"old a"}, ["torn"]),
    ],
)
def test_what_comes_of_typing_it_again_is_seen(
    tmp_path: Path, code: int, left: dict[str, bytes], kinds: list[str]
) -> None:
    """Nothing is left beside what was asked for, and all of it is the new one."""
    laid_out(tmp_path / "out", OUTSIDE)
    tally = Tally(2, "harm", "trials", "stuck", "litter", "torn")
    judge_outside(tally, _Typed(code, left), tmp_path, None, "here")
    assert [kind for kind, count in tally.bad.items() if count] == kinds


def test_what_is_attached_counts_once_a_record_names_it(tmp_path: Path) -> None:
    """A content that is there before its record is no half of a change; a record that names what is not there is."""
    base = tmp_path / "base"
    laid_out(base, base_book())
    old = files_of(base)
    trial = tmp_path / "trial"
    shutil.copytree(base, trial)
    row = rows(["attach"])[0]
    with every_verb.standing_in(trial):
        assert every_verb.typed(row.line)[0] == 0
    stage = Stage(row, base, old, files_of(trial), frozenset())
    content = next(file for file in stage.new if file.startswith("attachments/"))
    assert state(stage, trial) == ("new", "")
    laid_out(base, {content: stage.new[content]})
    assert state(stage, base) == ("old", "")
    (trial / content).unlink()
    assert state(stage, trial)[0] == "torn"
    laid_out(base, {content: b"half"})
    assert state(stage, base)[0] == "torn"
