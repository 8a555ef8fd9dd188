"""The tool's own folder is worthless: whatever lies in it, questions are answered, and no file of yours is harmed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from aftercare.book.locking import OWN
from tests import counter as small_shop
from tests.counter import Counter
from tests.world import desk
from tests.world.spoiling import Trial, trials


class Hung(BaseException):
    """A command that waits for something that never comes."""


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _shop(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    desk.opened(tmp_path / "book", git=True)
    small_shop.at_the_counter(tmp_path / "book", monkeypatch)
    return Counter(tmp_path / "book", capsys)


@pytest.mark.parametrize("trial", list(trials()), ids=lambda trial: f"{trial.name or OWN} is {trial.how}")
def test_what_lies_in_the_own_folder_harms_nothing(
    trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading says what it always says.  Writing works, or says in one line what is in its way; all records stand.

    It would have cost the operator the answer, a wait without end, or a file of theirs that has nothing to do with us.
    """
    counter = _shop(tmp_path, capsys, monkeypatch)
    with _patience(30):
        good = counter.done("due --format json").out
        trial.spoil(counter.folder, tmp_path / "outside")
        before = desk.records(counter.folder)
        assert counter.done("due --format json").out == good
        assert desk.records(counter.folder) == before
        printed = counter("customer add --name 赵六")
    after = desk.records(counter.folder)
    told = [line for line in printed.err.splitlines() if line.startswith("aftercare: ")]
    if printed.out:
        new = f"customers/2026/{printed.out.strip()}.yaml"
        assert "赵六" in after.pop(new).decode()
        assert (printed.code, len(told)) in {(0, 0), (6, 1)}
    else:
        assert (printed.code, len(told)) == (5, 1)
        assert OWN in told[0]
    assert after == before
    assert not trial.has_escaped(tmp_path / "outside")
