"""What a hostile case is: what it lays into the good book, the command that meets it, and what must come of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tests.hostile import good
from tests.hostile.running import Ran, run, state

Laid: TypeAlias = bytes | Callable[[Path], None]
"""The content of a file, or what puts something else in its place, given the path."""

RECORD = "customers/2026/CU26-0002.yaml"
"""Where the one hostile record of most cases lies."""
BAD, FOUND, WELL = 3, 1, 0
ANY = -1
"""Refused, whatever the words: 1, 2 or 3."""
_FAULT = re.compile(r".*?:[0-9]+: [a-z0-9-]+")
_MOVES_A_TERMINAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Case:
    """One hostile case.

    ``files`` are laid into the book by their paths (as the file system has them, bytes that are no UTF-8 as lone
    surrogates).  Then ``words`` are run (``{outside}`` is a folder beside the book): the exit code must be ``exit``,
    and the lines ``FILE:LINE: CODE`` must be exactly those ``said``, each counted once; one that is ``said`` with ``…``
    at its end stands for all that begin so.  ``shown`` maps a record to values of its JSON: what was written is what is
    shown.
    """

    name: str
    files: Mapping[str, Laid]
    exit: int
    said: tuple[str, ...] = ()
    shown: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: tuple[str, ...] = ("check", "book")
    stdin: bytes = b""
    outside: Mapping[str, Laid] = field(default_factory=dict)
    good: bool = True
    """Whether the good records of the book still answer: not where a case takes away their folder, or the book."""

    def lay(self, root: Path) -> None:
        """The good book in *root*, what is hostile within it, and ``outside`` beside it."""
        good.lay(root)
        aside = root.parent / "outside"
        aside.mkdir(exist_ok=True)
        for folder, files in ((root, self.files), (aside, self.outside)):
            for name, content in files.items():
                put(folder / name, content)

    def ran(self, root: Path) -> Ran:
        """The command of the case, run on the book in *root*."""
        return run(root, *(word.replace("{outside}", str(root.parent / "outside")) for word in self.words),
                   stdin=self.stdin)  # fmt: skip


def put(path: Path, content: Laid) -> None:
    """Lay one file: its bytes, or whatever stands in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)


def link(target: str) -> Callable[[Path], None]:
    """A symbolic link in the file's place, in which ``{outside}`` is the folder beside the book."""

    def laid(path: Path) -> None:
        book = next(folder for folder in path.parents if (folder.parent / "outside").is_dir())
        _clear(path)
        path.symlink_to(target.replace("{outside}", str(book.parent / "outside")))

    return laid


def _clear(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def complaints(case: Case, root: Path, expected: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, str]]:
    """Everything that went otherwise than the case says: a word for a figure, and the story.

    *expected* is what the good book answers to each of :data:`GOOD_QUESTIONS`.
    """
    before = state(root.parent)
    ran = case.ran(root)
    yield from trouble(ran)
    if ran.broke:
        return
    said = tuple(sorted(set(_lines(ran))))
    wanted = tuple(sorted({line.replace("{outside}", str(root.parent / "outside")) for line in case.said}))
    as_said = ran.code == case.exit or (case.exit == ANY and ran.code in {1, 2, 3})
    if not as_said or not (case.exit == ANY or _agree(said, wanted)):
        yield "other", f"exit {ran.code}, not {case.exit}; said {said}, not {wanted}\n{ran.out[:800]}\n{ran.err[:800]}"
    for record, values in case.shown.items():
        shown = run(root, "show", record, "--format", "json")
        yield from trouble(shown)
        found = json.loads(shown.out) if shown.code in {WELL, BAD} and shown.out else {}
        for path, value in values.items():
            if (got := at(found, path)) != value:
                yield "silent", f"{record}: {path} is shown as {got!r}, and {value!r} was written"
    if case.good:
        yield from lost(root, expected)
    if state(root.parent) != before:
        changed = {name for name, entry in state(root.parent).items() if before.get(name) != entry}
        yield "changed", f"changed on disk: {sorted(changed | (before.keys() - state(root.parent).keys()))}"


def at(tree: Any, path: str) -> Any:
    """The value at a dotted path of JSON, positions counted from 0."""
    for step in path.split("."):
        tree = tree[int(step)] if isinstance(tree, list) and int(step) < len(tree) else (
            tree.get(step) if isinstance(tree, dict) else None
        )  # fmt: skip
    return tree


def trouble(ran: Ran) -> Iterator[tuple[str, str]]:
    """A traceback or a hang; an exit code that is none; lines that could repaint a terminal."""
    if ran.broke:
        yield ("hang" if ran.broke.startswith("hang") else "traceback"), f"{ran.words}: {ran.broke}"
    elif ran.code not in {0, 1, 2, 3, 4, 5, 6, 75}:
        yield "other", f"{ran.words}: exit {ran.code}: {ran.err[:300]}"
    elif _MOVES_A_TERMINAL.search(ran.err):
        yield "other", f"{ran.words}: unprintable: {ran.err[:300]!r}"


GOOD_QUESTIONS = (
    ("customer", "list", "--format", "json"),
    ("due", "--within", "60d", "--format", "json"),
    ("show", "SA26-0001", "--format", "json"),
)


def answers(root: Path) -> dict[tuple[str, ...], str]:
    """What a book answers to the questions about its good records."""
    return {words: run(root, *words).out for words in GOOD_QUESTIONS}


def lost(root: Path, expected: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, str]]:
    """The good records that do not answer any more as they do in the good book."""
    for words, answer in expected.items():
        ran = run(root, *words)
        yield from trouble(ran)
        if ran.broke or ran.code not in {WELL, BAD}:
            yield "lost", f"{words}: exit {ran.code}: {ran.err[:300]}"
            continue
        rows, wanted = json.loads(ran.out), json.loads(answer)
        if isinstance(wanted, dict):
            rows, wanted = [rows], [wanted]
        if missing := [row["id"] for row in wanted if row not in rows]:
            yield "lost", f"{words}: {missing} answers otherwise than before"


def _lines(ran: Ran) -> Iterator[str]:
    """The faults that a command names: what ``check`` prints, or else what is said on stderr with a file and line."""
    checks = ran.words[:1] == ("check",)
    for line in (ran.out if checks else ran.err).split("\n"):
        if fault := _FAULT.match(line):
            yield fault[0]


def _agree(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether each line that was said is one of those wanted, and each of those was said."""
    return all(any(_is_line(one, other) for other in wanted) for one in said) and all(
        any(_is_line(one, other) for one in said) for other in wanted
    )


def _is_line(said: str, wanted: str) -> bool:
    return said == wanted or (wanted.endswith("…") and said.startswith(wanted[:-1]))


def named(folder: str, *parts: bytes) -> str:
    """A path with a name that need not be UTF-8."""
    return f"{folder}/{os.fsdecode(b''.join(parts))}"
