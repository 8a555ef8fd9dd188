"""Edits of a book's files as hands, editors and accidents make them, drawn from a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

_ID = re.compile(r"\b[A-Z]{2}2[56]-[0-9]{4}\b")
_DAY = re.compile(r"\b2026-[01][0-9]-[0-3][0-9]\b")


def edit(book: Path, rng: random.Random) -> str:
    """Make one edit somewhere; which file, and what was done to it."""
    files = sorted(book.glob("*/20*/*.yaml"))
    file, (name, change) = rng.choice(files), rng.choice(list(EDITS.items()))
    text = file.read_text(encoding="utf-8")
    new = change(text, rng, files)
    if new is None:
        file.unlink()
    else:
        file.write_text(new, encoding="utf-8")
    return f"{name} {file.relative_to(book)}"


def _other_id(text: str, rng: random.Random, files: list[Path]) -> str:
    """Another record of the kind, or one that is not there, where a record is named."""
    named = _ID.findall(text)[1:]
    if not named:
        return text
    old = rng.choice(named)
    same = [file.stem for file in files if file.stem[:2] == old[:2]]
    return text.replace(old, rng.choice([*same, f"{old[:5]}9999"]))


def _other_day(text: str, rng: random.Random, _files: list[Path]) -> str:
    days = _DAY.findall(text)
    new = f"2026-{rng.randrange(3, 12):02}-{rng.randrange(1, 28):02}"
    return text.replace(rng.choice(days), new, 1) if days else text


def _without_a_line(text: str, rng: random.Random, _files: list[Path]) -> str:
    """As one key less; of a list or a group that goes on below, what is left may be no record any more."""
    lines = text.splitlines(keepends=True)
    at = rng.randrange(1, len(lines))
    return "".join([*lines[:at], *lines[at + 1 :]])


EDITS: Mapping[str, Callable[[str, random.Random, list[Path]], str | None]] = {
    "moves its lines down": lambda text, _rng, _files: f"# 注\n\n{text}",
    "gains a key": lambda text, _rng, _files: f"{text.rstrip()}\nadress: x\n",
    "gains a mark of an import": lambda text, rng, _files: f"{text.rstrip()}\nsource_key: row {rng.randrange(3)}\n",
    "is garbage": lambda text, _rng, _files: f"{text}\n: [",
    "goes": lambda _text, _rng, _files: None,
    "was removed": lambda _text, _rng, _files: "removed: {on: 2026-08-01}\n",
    "names another": _other_id,
    "has another day": _other_day,
    "has another day now": _other_day,
    "has a line less": _without_a_line,
}
"""What may happen to a file, by what to call it; None for a file that goes."""
