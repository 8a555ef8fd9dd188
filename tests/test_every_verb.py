"""The table of every verb that writes is whole, and each row writes what it says."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests import every_verb
from tests.every_verb import EVERY, MENDING, PAPERS, READING, READING_OF_EVERY_NOUN, UNDOING, Row


def _is_reading(verb: str) -> bool:
    noun, __, last = verb.partition(" ")
    return verb in READING | PAPERS | MENDING | UNDOING or (last in READING_OF_EVERY_NOUN and noun != "policy")


def test_no_verb_is_forgotten() -> None:
    """Every command of the tool either has a row here or is known to write nothing in the book; none is both."""
    commands = set(every_verb.tree_of_commands())
    writing = {row.verb for row in EVERY}
    assert writing == {verb for verb in commands if not _is_reading(verb)}
    assert commands >= READING | PAPERS


def test_names_of_rows_are_their_own() -> None:
    """A report names each row once."""
    assert [name for name, count in Counter(row.name for row in EVERY).items() if count > 1] == []


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.name)
def test_each_row_does_what_it_says(row: Row, tmp_path: Path) -> None:
    """On the shared book nothing of it has happened; when the command ends with 0, all of it has."""
    before = every_verb.base_book()
    assert not row.begun(before)
    every_verb.laid_out(tmp_path, before)
    with every_verb.standing_in(tmp_path):
        code, __, err = every_verb.typed(row.line)
    assert (code, "Traceback" in err) == (0, False), err
    assert row.happened(every_verb.files_of(tmp_path))


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.name)
def test_each_row_does_and_says_the_same_without_the_index(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index spares a walk over the records and decides nothing: what is written, and what is said of it, is the
    same to the byte.
    """
    monkeypatch.setattr("aftercare.book.book.WORTH_AN_INDEX", 0)
    found = []
    for index in ("on", "off"):
        book = tmp_path / index / "book"
        every_verb.laid_out(book, every_verb.base_book())
        with every_verb.standing_in(book, AFTERCARE_INDEX=index):
            if index == "on":
                time.sleep(0.03)  # until the stamps of the files are known to be their last
                every_verb.typed("customer list --limit 1")
            found.append((*every_verb.typed(row.line), every_verb.files_of(book)))
    assert found[0] == found[1]
