"""The guard before a mass change."""

from __future__ import annotations

import io

import click
import pytest

from aftercare.commands.guards import guard, is_much
from aftercare.errors import MassChange


@pytest.mark.parametrize(
    ("count", "of", "much"),
    [(0, 0, False), (5, 1, False), (6, 29, True), (6, 30, False), (20, 100, False), (21, 1000, True), (6, 0, True)],
)
def test_much_is_more_than_twenty_files_or_a_fifth_of_the_records(count: int, of: int, much: bool) -> None:
    """A few files are never much, whatever the size of the book."""
    assert is_much(count, of) is much


def test_without_a_terminal_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can be asked in cron: the error says what would have been done, how much, and which flag means it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(MassChange) as caught:
        guard("mend: 21 files of 400 records", much=True, yes=False)
    assert (caught.value.sentence, caught.value.remedy, caught.value.exit_code) == (
        "this is much at once: mend: 21 files of 400 records",
        "if it is meant: --yes",
        2,
    )


def test_yes_and_little_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of whoever said so beforehand, nor for a few files."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    guard("mend", much=True, yes=True)
    guard("mend", much=False, yes=False)


def test_a_no_on_a_terminal_ends_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal it is asked, and no is no."""
    terminal = io.StringIO("n\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    with pytest.raises(click.Abort):
        guard("mend: 21 files of 400 records", much=True, yes=False)
