"""Everything that may lie in the tool's own folder, spoilt in every way, before questions and changes of every sort."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aftercare.book.locking import OWN
from tests.torture.figures import Figure
from tests.world import desk
from tests.world.spoiling import trials

QUESTIONS = ("due --format json", "customer list", "check book")
CHANGES = ("customer add --name x", "delivery sign DE26-0002 --by x", "visit remove VI26-0001 --yes")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Each file, and the folder itself: garbage, links, pipes, devices, other versions."""
    bad = Counter({"traceback": 0, "hang": 0, "another answer": 0, "record harmed": 0, "file outside harmed": 0})
    usual = desk.opened(scratch / "usual", git=True)
    answers = {line: desk.ran(usual, line) for line in QUESTIONS}
    tried = 0
    for number, trial in enumerate(list(trials())[:: 16 if short else 1]):
        at = scratch / f"{number}"
        book = desk.opened(at / "book", git=True)
        trial.spoil(book, at / "outside")
        for line in QUESTIONS[: 1 if short else None]:
            tried += 1
            bad.update(_asked(book, line, answers[line], patience=30))
        for line in CHANGES[: 1 if short else None]:
            tried += 1
            bad.update(_changed(book, line))
        bad["file outside harmed"] += trial.has_escaped(at / "outside")
        shutil.rmtree(at)
    yield Figure(6, f"what lies in {OWN} spoilt", tried, "runs", dict(bad))


def _asked(book: Path, line: str, answer: desk.Ended, patience: float) -> list[str]:
    before = desk.records(book)
    ended = desk.ran(book, line, patience=patience)
    return [
        *["hang"] * (ended.code == desk.HUNG),
        *["traceback"] * (ended.code != desk.HUNG and not ended.is_clean),
        *["another answer"] * (ended != answer),
        *["record harmed"] * (desk.records(book) != before),
    ]


def _changed(book: Path, line: str) -> list[str]:
    """Done, or refused in one line with all as it was."""
    before = desk.records(book)
    ended = desk.ran(book, line, patience=30)
    after = desk.records(book)
    is_done = ended.code in {0, 6}
    differ = [file for file in {**before, **after} if before.get(file) != after.get(file)]
    return [
        *["hang"] * (ended.code == desk.HUNG),
        *["traceback"] * (ended.code != desk.HUNG and not ended.is_clean),
        *["record harmed"] * (len(differ) != int(is_done)),
    ]
