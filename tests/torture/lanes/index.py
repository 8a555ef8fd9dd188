"""An index that is damaged, locked, in the way, on a full disk, or killed while it is written: the same answers."""

from __future__ import annotations

import gc
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from aftercare.book import book as books
from aftercare.book.index.database import Database
from tests.both_ways.answers import differences
from tests.both_ways.damage import BESIDE, DAMAGES, OF_THE_INDEX, PAGE, held, killed
from tests.both_ways.lines import HOT, LINES
from tests.both_ways.strokes import STROKES, WITH_STRAYS, Fate
from tests.every_verb import ENVIRONMENT, base_book, laid_out, standing_in, typed
from tests.torture.figures import Figure
from tests.world.desk import PROGRAM, ROOT

QUESTIONS = ("due --format json", "customer list --format json")
NOW = datetime(2026, 3, 10, 9)
Wrong = Counter[str]


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Every damage, every page; a hundred kills; writers and readers side by side; files edited behind its back."""
    books.WORTH_AN_INDEX = 0  # a small book is read through its index too
    for number, (what, unit, try_it) in enumerate(_TRIALS):
        book = scratch / f"{number}" / "book"
        laid_out(book, base_book())
        with standing_in(book):
            _asked()
            wrong: Wrong = Counter({"other answer": 0, "traceback": 0, "hang": 0, "not healed": 0})
            tried = try_it(book, wrong, short)
        shutil.rmtree(book.parent)
        yield Figure(6, what, tried, unit, dict(wrong))


def _asked() -> list[tuple[int, str, str]]:
    found = [typed(line) for line in QUESTIONS]
    gc.collect()  # a process that ends lets go of the index; this one goes on
    return found


def _by_files(lines: tuple[str, ...] = QUESTIONS) -> list[tuple[int, str, str]]:
    os.environ["AFTERCARE_INDEX"] = "off"
    try:
        return [typed(line) for line in lines]
    finally:
        del os.environ["AFTERCARE_INDEX"]


def _judged(book: Path, wrong: Wrong, *, heals: bool = True) -> None:
    """The next answers are those of the files, and then the index is one that is trusted, with nothing beside it."""
    found = _asked()
    wrong["traceback"] += sum(code == 70 for code, __, __ in found)
    wrong["other answer"] += found != _by_files()
    database = Database(book, "en")
    database.close()
    wrong["not healed"] += heals and (database.is_new or any((book / ".aftercare").glob("index*.new")))


def _index(book: Path) -> Path:
    return book / ".aftercare/index-en.db"


def _edited(book: Path, number: int) -> None:
    path = book / "promises/2026/PM26-0001.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("note: ")[0] + f"note: {number}\n", encoding="utf-8")


def _damaged(book: Path, wrong: Wrong, short: bool) -> int:
    tried = 0
    for seed in range(1 if short else 8):
        rng = random.Random(seed)
        stamp = _index(book).with_suffix(".stamp")
        trials = [(name, damage, _index(book)) for name, damage in {**OF_THE_INDEX, **BESIDE}.items()]
        trials += [(name, damage, stamp) for name, damage in DAMAGES.items()]
        for name, damage, file in trials:
            damage(file, rng)
            _judged(book, wrong, heals=not name.startswith("a folder"))
            shutil.rmtree(book / ".aftercare")
            _asked()
            tried += 1
    return tried


def _pages(book: Path, wrong: Wrong, short: bool) -> int:
    """The index cut short at every page, and each page made zeros or another one."""
    tried = 0
    for at in range(0, _index(book).stat().st_size, PAGE * (8 if short else 1)):
        for how in ("cut", "zeros", "another"):
            data = _index(book).read_bytes()
            page = {"cut": b"", "zeros": bytes(PAGE), "another": data[-PAGE:]}[how]
            rest = b"" if how == "cut" else data[at + PAGE :]
            _index(book).write_bytes(data[:at] + page + rest)
            _judged(book, wrong)
            tried += 1
    return tried


def _killed(book: Path, wrong: Wrong, short: bool) -> int:
    rng = random.Random(9)
    count = 0
    for number in range(12 if short else 200):
        if number % 2:
            _index(book).unlink(missing_ok=True)
        _edited(book, number)
        count += killed(QUESTIONS[0], rng.uniform(0.001, 0.15))
        _judged(book, wrong)
    return count


def _full(book: Path, wrong: Wrong, short: bool) -> int:
    """No file may grow beyond so many blocks, while the index is built and while it is changed."""
    tried = 0
    for blocks in range(0, 400, 80 if short else 10):
        for is_there in (False, True):
            if not is_there:
                _index(book).unlink(missing_ok=True)
            _edited(book, blocks)
            _judged_process(["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *PROGRAM, "due"], wrong)
            _judged(book, wrong)
            tried += 1
    return tried


def _judged_process(words: list[str], wrong: Wrong) -> None:
    around = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(words, env=around, capture_output=True, text=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        wrong["hang"] += 1
        return
    wrong["traceback"] += done.returncode == 70
    wrong["other answer"] += [(done.returncode, done.stdout, done.stderr)] != _by_files(("due",))


def _held(book: Path, wrong: Wrong, short: bool) -> int:
    count = 4 if short else 30
    for number in range(count):
        with held(_index(book)):
            _edited(book, number)
            _judged_process([*PROGRAM, "due"], wrong)
            _judged(book, wrong, heals=False)
        _judged(book, wrong)
    return count


def _beside(book: Path, wrong: Wrong, short: bool) -> int:
    """Two and eight at once, who ask, add, change and find the index gone; and whoever asks next."""
    tried = 0
    lines = ("due", "customer set CU26-0001 note={}", "customer list", "customer add --name 客{}")
    for number, at_once in enumerate((2, 8) * (1 if short else 8)):
        if number % 3 == 0:
            _index(book).unlink(missing_ok=True)
        around = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT)}
        running = [
            subprocess.Popen(
                [*PROGRAM, *lines[one % 4].format(f"{number}{one}").split()], env=around, stdout=-3, stderr=-1
            )
            for one in range(at_once)
        ]
        for process in running:
            try:
                said = process.communicate(timeout=120)[1]
            except subprocess.TimeoutExpired:
                process.kill()
                wrong["hang"] += 1
                continue
            wrong["traceback"] += process.returncode == 70
            wrong["other answer"] += (process.returncode, said) != (0, b"")
            tried += 1
        _judged(book, wrong)
    return tried


def _fated(book: Path, wrong: Wrong, short: bool) -> int:
    """Records, settings and packs that change without a command; each answer is asked of the index and of the files."""
    tried = 0
    for seed in range(1 if short else 10):
        shutil.rmtree(book)
        laid_out(book, base_book())
        os.chdir(book)
        fate, rng, now = Fate(book, seed, WITH_STRAYS if seed % 8 == 7 else STROKES), random.Random(seed), NOW
        for _ in range(20):
            for _ in range(rng.randint(0, 2)):
                fate.strike()
            now += timedelta(minutes=rng.randint(-3 * 1440, 5 * 1440))
            line = f"{rng.choice(LINES if rng.random() < 0.3 else HOT)} --today {now:%Y-%m-%dT%H:%M}"
            by_index = typed(line)
            gc.collect()
            wrong["traceback"] += by_index[0] == 70
            wrong["other answer"] += [by_index] != _by_files((line,)) or differences(book, now) != ""
            tried += 1
    return tried


_TRIALS: tuple[tuple[str, str, Callable[[Path, Wrong, bool], int]], ...] = (
    ("an index or its stamp damaged, exchanged, in the way; what may lie beside it", "damages", _damaged),
    ("an index cut short at each page, pages of zeros, pages exchanged", "damages", _pages),
    ("`kill -9` of a question that builds or changes the index", "kills", _killed),
    ("a disk that is full while the index is built or changed", "questions", _full),
    ("an index that another process has to itself, read and to be changed", "questions", _held),
    ("two and eight at once, who ask and write, and the index gone in between", "commands", _beside),
    ("files edited, renamed, removed, brought back; settings and packs changed; then a question", "questions", _fated),
)
