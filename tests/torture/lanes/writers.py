"""Two and eight writers at one book, and readers meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults import writers
from tests.faults.writers import Seen
from tests.torture.figures import Figure


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Ids, changes of one record, what readers see, and an open editor."""
    each = 3 if short else 50
    for number in (2, 8):
        yield _figure(f"{number} writers add records", scratch / f"add{number}", writers.adding, number, each)
        yield _figure(f"{number} writers change one record", scratch / f"edit{number}", writers.editing, number, each)
    seen = writers.read_meanwhile(scratch / "read", 2 if short else 4, each)
    yield Figure(3, "readers while several files become one step", seen.readings, "readings", dict(seen.wrong))
    seen = writers.set_beside_edit(scratch / "edit")
    yield Figure(3, "a change while the record is open in an editor", seen.commands, "commands", dict(seen.wrong))


def _figure(what: str, scratch: Path, work: Callable[[Path, int, int], Seen], number: int, each: int) -> Figure:
    seen = work(scratch, number, each)
    return Figure(3, what, seen.commands, "commands", dict(seen.wrong))
