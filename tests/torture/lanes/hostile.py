"""The whole of the program over the whole corpus: every verb that reads, some that write, on each hostile book.

Each command runs in a process of its own, with little memory and little time.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.hostile import good
from tests.hostile.case import Case, answers, complaints
from tests.hostile.corpus import corpus
from tests.hostile.extremes import edges
from tests.hostile.running import state
from tests.hostile.verbs import READING, WRITING, broken
from tests.torture.figures import ROOT, Figure

MEMORY = 3 << 29
"""1.5 GiB of address space."""
_SAMPLE = 130
_BAD = ("traceback", "hang", "changed", "silent", "lost", "other")

Stories = Sequence[tuple[str, str]]


def apart(work: Callable[[], Stories]) -> Stories:
    """What went wrong in *work*, done in a process with little memory; that it ended by a signal is a traceback too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with os.fdopen(writing, "w", encoding="utf-8", errors="backslashreplace") as out:
            for kind, story in work():
                out.write(f"{kind}\t{story[-2000:]!r}\n")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        found = [(kind, story) for kind, __, story in (line.rstrip("\n").partition("\t") for line in told)]
    __, status = os.waitpid(child, 0)
    return found if status == 0 else [*found, ("traceback", f"the process ended with {status}")]


def _asked(case: Case, root: Path, expected: dict[tuple[str, ...], str]) -> Iterator[tuple[str, str]]:
    """The case by itself, then every verb that reads, which may change nothing, then some that write."""
    yield from complaints(case, root, expected)
    before = state(root)
    yield from broken(root, READING)
    if state(root) != before:
        yield "changed", f"{case.name}: a verb that reads changed the book"
    yield from broken(root, WRITING)


def _figure(promise: int, what: str, tried: int, unit: str, found: Stories) -> Figure:
    for kind, story in found:
        print(kind, story, file=sys.stderr)
    counted = Counter(kind for kind, __ in found)
    return Figure(promise, what, tried, unit, {kind: counted[kind] for kind in _BAD})


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One figure for the corpus, one for values at the edges of the calendar and of numbers."""
    (scratch / "good").mkdir()
    good.lay(scratch / "good")
    expected = answers(scratch / "good")
    list(broken(scratch / "good", READING))  # what is imported once need not be imported in every process
    cases = [case for number, case in enumerate(corpus().values()) if not short or number % _SAMPLE == 0]
    found: list[tuple[str, str]] = []
    for case in cases:
        root = scratch / "case" / "book"
        root.mkdir(parents=True)
        case.lay(root)
        found += [(kind, f"{case.name}: {story}") for kind, story in apart(lambda: list(_asked(case, root, expected)))]  # noqa: B023
        shutil.rmtree(scratch / "case", ignore_errors=True)
    commands = len(cases) * (1 + len(READING) + len(WRITING))
    kinds = "encodings, tags, bombs, links, devices, names, figures, ids, settings, packs, inputs"
    what = f"hostile files: {kinds} ({len(cases)} cases)"
    yield _figure(4, what, commands, "commands", found)
    yield _figure(5, "values of records at the edges of the calendar and of numbers", *_edges(scratch, short))


def _edges(scratch: Path, short: bool) -> tuple[int, str, Stories]:
    root = scratch / "shop"
    shutil.copytree(ROOT / "data", root)
    chosen = [edge for number, edge in enumerate(edges(root)) if number % (300 if short else 1) == 0]
    found: list[tuple[str, str]] = []
    for edge in chosen:
        kept = (root / edge.file).read_bytes()
        (root / edge.file).write_bytes(edge.data)
        ref = Path(edge.file).stem
        verbs = (
            ("due", "--within", "400d"),
            ("balance",),
            ("check",),
            ("show", ref),
            ("show", ref, "--format", "json"),
        )
        found += [(kind, f"{edge[:3]}: {story}") for kind, story in apart(lambda: list(broken(root, verbs)))]  # noqa: B023
        (root / edge.file).write_bytes(kept)
    return len(chosen), "values", found
