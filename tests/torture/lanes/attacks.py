"""Promise 8: every payload in every output, on every command line, on every paper; and places that are no places."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import EVERY, TAKEN, acted
from tests.attacks.test_papers import Page, printed
from tests.attacks.test_paths import REFS, places
from tests.attacks.watching import watched
from tests.torture.figures import Figure


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """A figure for each way in."""
    some = 20 if short else 1
    yield _outputs(scratch / "outputs", [*TAKEN.items()][::some])
    yield _command_lines(scratch / "lines", some)
    yield _papers(scratch / "papers", [*TAKEN.items()][::some])
    yield _places(scratch / "places", some)
    yield _swapped(scratch / "swapped", 2.0 if short else 20.0)


def _outputs(scratch: Path, payloads: list[tuple[str, str]]) -> Figure:
    """Each payload in every text of a book, asked every question for people and for machines."""
    tried = bad = wrong = 0
    for number, (__, payload) in enumerate(payloads):
        book = scratch / str(number)
        every_verb.laid_out(book, poisoned.book(payload))
        with every_verb.standing_in(book):
            for line in poisoned.QUESTIONS:
                for fmt in ("", *((poisoned.MACHINE[number % len(poisoned.MACHINE)],) if " list" in line else ())):
                    code, out, err = every_verb.typed(f"{line} --format {fmt}" if fmt else line)
                    bad += bool(acted(out, exact=bool(fmt)) or acted(err))
                    wrong += code not in {0, 1}
                    tried += 1
    return Figure(
        8, f"{len(payloads)} payloads in every text of a book", tried, "outputs", {"acted": bad, "failed": wrong}
    )


def _command_lines(scratch: Path, some: int) -> Figure:
    tried = bad = wrong = 0
    payloads = [*EVERY.values()][::some]
    every_verb.laid_out(scratch, every_verb.base_book())
    with every_verb.standing_in(scratch):
        for words in poisoned.ARGUMENTS:
            for payload in payloads:
                code, out, err = poisoned.said_back(words, payload)
                bad += bool(acted(out) or acted(err))
                wrong += code == 70 or "Traceback" in err
                tried += 1
    what = f"{len(payloads)} payloads on the command line, in right and wrong places"
    return Figure(8, what, tried, "outputs", {"acted": bad, "failed": wrong})


def _papers(scratch: Path, payloads: list[tuple[str, str]]) -> Figure:
    tried = bad = 0
    for number, (__, payload) in enumerate(payloads):
        for __, html in printed(scratch / str(number), payload):
            bad += bool([*Page(html).active()] or acted(html.replace("\n", ""), exact=True))
            tried += 1
    return Figure(8, f"{len(payloads)} payloads in every text of a paper", tried, "papers", {"active": bad})


def _places(scratch: Path, some: int) -> Figure:
    """Words that lead out of the book, wherever a record is named."""
    outside = scratch / "outside"
    outside.mkdir(parents=True)
    (outside / "secret").write_text("SECRET", encoding="utf-8")
    every_verb.laid_out(scratch / "book", every_verb.base_book())
    tried = written = read = 0
    with every_verb.standing_in(scratch / "book"):
        for words in REFS[::some]:
            for place in places(outside):
                with watched() as seen:
                    poisoned.said_back(words, place)
                written += len(seen.outside(scratch / "book"))
                read += sum(Path(file).name.startswith("secret") for file in seen.read)
                tried += 1
    return Figure(
        8,
        "words that are paths, as names of records",
        tried,
        "commands",
        {"written outside": written, "read outside": read},
    )


def _swapped(scratch: Path, seconds: float) -> Figure:
    """The folder of the staff is a link to somewhere else half of the time, while members of the staff are added."""
    book, outside = scratch / "book", scratch / "outside"
    outside.mkdir(parents=True)
    (outside / "2026").mkdir()
    every_verb.laid_out(book, every_verb.base_book())
    (book / "link").symlink_to(outside)
    context = multiprocessing.get_context("fork")
    enough = context.Event()
    swapper = context.Process(target=_swap, args=(book, enough))
    swapper.start()
    tried = done = 0
    until = time.monotonic() + seconds
    try:
        with every_verb.standing_in(book):
            while time.monotonic() < until:
                code, __, __ = every_verb.typed(f"staff add --name 王{tried}")
                done += code == 0
                tried += 1
    finally:
        enough.set()
        swapper.join()
    escaped = sum(path.is_file() for path in outside.rglob("*"))
    shutil.rmtree(book)
    what = "folders exchanged for links while a record is written"
    return Figure(8, what, tried, "writes", {"written outside": escaped, "never written": int(not done)})


def _swap(book: Path, enough: Any) -> None:
    """Exchange the folder of the staff for a link, and back, as fast as it goes."""
    while not enough.is_set():
        with suppress(OSError):
            (book / "staff").rename(book / "away")
            (book / "link").rename(book / "staff")
            time.sleep(0.0005)
            (book / "staff").rename(book / "link")
            (book / "away").rename(book / "staff")
            time.sleep(0.0005)
