"""Whether a file is as it was seen: of a few files it is said by searching, of many by a table, and alike."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aftercare.book.index import freshness
from aftercare.book.index.freshness import Asked, look


@pytest.mark.parametrize("asked_before", [0, 150])
def test_files_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked_before: int) -> None:
    """A file that changed, one that went and one that nobody saw are not as they were; all others are."""
    folder = tmp_path / "customers" / "2026"
    folder.mkdir(parents=True)
    names = [f"CU26-{number:04}.yaml" for number in range(1, 201)]
    for name in names:
        (folder / name).write_text("name: 王\n", encoding="utf-8")
    monkeypatch.setattr(freshness, "_now", lambda: time.time_ns() + 10**11)  # what was just written is never believed
    seen = look(tmp_path, {}, {}).folders["customers/2026"]
    assert seen is not None
    asked = Asked(str(folder), seen)
    assert all(asked.has_as_it_is(name) for name in names[:asked_before])
    (folder / names[3]).write_text("name: 王建国\n", encoding="utf-8")
    (folder / names[4]).unlink()
    (folder / "CU26-0201.yaml").write_text("name: 李\n", encoding="utf-8")
    otherwise = {names[3], names[4], "CU26-0201.yaml", "CU26-020", ""}
    assert {name for name in {*names, *otherwise} if not asked.has_as_it_is(name)} == otherwise
