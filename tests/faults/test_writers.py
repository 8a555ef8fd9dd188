"""Two and eight writers at one book, and readers meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import every_verb
from tests.faults import writers
from tests.faults.writers import Seen


def _nothing_wrong(seen: Seen) -> bool:
    return not +seen.wrong


@pytest.mark.parametrize("number", [2, 8])
def test_no_id_is_given_twice(number: int, tmp_path: Path) -> None:
    """Two who serve customers at once would overwrite each other's, if both took the same number."""
    seen = writers.adding(tmp_path, number, 3)
    assert seen.commands == number * 3
    assert _nothing_wrong(seen), seen


@pytest.mark.parametrize("number", [2, 8])
def test_no_change_of_another_is_lost(number: int, tmp_path: Path) -> None:
    """All change one record; what one wrote stands there after the others wrote too."""
    seen = writers.editing(tmp_path, number, 3)
    assert seen.commands == number * 3
    assert _nothing_wrong(seen), seen


def test_readers_see_all_of_a_command_or_none(tmp_path: Path) -> None:
    """A sale without its customer would be a fault in a report that cron prints, and gone when somebody looks."""
    seen = writers.read_meanwhile(tmp_path, 2, 3)
    assert seen.readings >= 2
    assert _nothing_wrong(seen), seen


def test_who_saves_last_does_not_overwrite(tmp_path: Path) -> None:
    """An editor that was open while another command changed the record would take that change back."""
    assert _nothing_wrong(writers.set_beside_edit(tmp_path))


def test_half_of_a_command_is_seen(tmp_path: Path) -> None:
    """The look that finds no half finds one that is there."""
    folder = writers.laid_out(tmp_path)
    assert writers.halves(folder) == []
    half = {"customers/2026/CU26-0004.yaml": "id: CU26-0004\nname: 新客1\n".encode()}
    every_verb.laid_out(folder, half)
    assert writers.halves(folder) == ["1 newcomers, 0 sales to them"]
