"""The data that ships, read fast: YAML for people, and the same as JSON for the program.

``compiled.jsonl`` holds each file of data as one line, under the SHA-256 of its bytes.  A file is taken from there only
where it is the one that the line was made from, so that an edited file is always read itself, only slower.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from aftercare.plain.tree import Tree

FOLDER = Path(__file__).parent
FILE = FOLDER / "compiled.jsonl"


def tree_of(path: Path) -> Any:
    """What a file of data says, as whoever asks knows it to be formed; Unreadable where it is no YAML that we read."""
    return tree_in(path.read_bytes(), path.name)


def tree_in(data: bytes, file: str) -> Tree:
    """What the content of a *file* of data says."""
    line = _lines().get(hashlib.sha256(data).hexdigest())
    if line is not None:
        found: Tree = json.loads(line)
        return found
    return _parsed(data, file)


@cache
def _lines() -> dict[str, str]:
    """The lines as they stand; each is read only when its file is asked for."""
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    return dict(line.split("\t", 1) for line in text.splitlines())


def compiled() -> str:
    """What ``compiled.jsonl`` is to hold."""
    files = sorted(path for path in FOLDER.rglob("*.yaml") if path.parent.name != "beginnings")
    return "".join(f"{hashlib.sha256(data).hexdigest()}\t{_json(data, path.name)}\n" for path, data in _read(files))


def _read(files: list[Path]) -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in files]


def _json(data: bytes, file: str) -> str:
    return json.dumps(_parsed(data, file), ensure_ascii=False, separators=(",", ":"))


def _parsed(data: bytes, file: str) -> Tree:
    from aftercare.plain.reading import read  # yaml is paid for only where a file was edited

    return read(data, file)
