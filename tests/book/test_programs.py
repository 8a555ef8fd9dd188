"""Programs of the operator: found on the path, never in the book."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aftercare.book.programs import program


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that brings an editor, in which we stand."""
    (tmp_path / "book" / "bin").mkdir(parents=True)
    (tmp_path / "shop").mkdir()
    for place in ("book", "book/bin", "shop"):
        (tmp_path / place / "ours").write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / place / "ours").chmod(0o755)
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


@pytest.mark.parametrize(
    "path", [".", "", "bin", "./bin", ".:{book}:{book}/bin:", "::", "{book}/../book", "bin/../bin"]
)
def test_no_program_of_the_book_is_found(book: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a dot on the path, ``edit`` in a stranger's book would have started the stranger's editor."""
    monkeypatch.setenv("PATH", path.format(book=book))
    assert program("ours", book) is None


def test_the_operator_s_own_is_found_behind_them(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of the book are passed over, not all that comes after them; a name with a slash is meant as it is."""
    monkeypatch.setenv("PATH", os.pathsep.join([".", str(book), str(book.parent / "shop")]))
    assert program("ours", book) == str(book.parent / "shop" / "ours")
    assert program("./ours", book) == "./ours"
