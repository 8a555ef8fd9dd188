"""The data that ships, as the program reads it fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.plain.reading import Unreadable, read
from aftercare.policies import compiled

_FILES = sorted(path for path in compiled.FOLDER.rglob("*.yaml") if path.parent.name != "beginnings")


def test_it_is_current() -> None:
    """`make compiled` rewrites it; a file that was edited since would be read the slow way."""
    assert compiled.FILE.read_text(encoding="utf-8") == compiled.compiled()


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_it_says_what_the_file_says(path: Path) -> None:
    """Value by value, in the same order."""
    assert repr(compiled.tree_of(path)) == repr(read(path.read_bytes(), path.name))


def test_an_edited_file_is_read_itself(tmp_path: Path) -> None:
    """One changed byte is another file."""
    edited = tmp_path / _FILES[0].name
    edited.write_bytes(_FILES[0].read_bytes() + b"more: yes\n")
    assert compiled.tree_of(edited)["more"] == "yes"
    edited.write_bytes(b"a: &b c\n")
    with pytest.raises(Unreadable):
        compiled.tree_of(edited)
