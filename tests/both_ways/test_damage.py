"""An index may be damaged, locked, half written or in the way: no answer is another one, and the next one is whole."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare.book.index.database import Database
from tests.both_ways.damage import BESIDE, DAMAGES, OF_THE_INDEX, held, killed
from tests.every_verb import ENVIRONMENT, base_book, laid_out, standing_in, typed
from tests.the_index import but_for_it
from tests.world.desk import PROGRAM, ROOT

LINES = ("due --format json", "customer list --format json")
Answers = list[tuple[int, str, str]]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The book with one of everything, where we stand, and its index, small as it is."""
    monkeypatch.setattr("aftercare.book.book.WORTH_AN_INDEX", 0)
    laid_out(tmp_path / "book", base_book())
    with standing_in(tmp_path / "book"):
        for line in LINES * 2:
            typed(line)
        yield tmp_path / "book"


def _answers() -> Answers:
    found = [typed(line) for line in LINES]
    gc.collect()  # a process that ends lets go of the index; this one goes on
    return found


def _is_whole(book: Path) -> bool:
    """Whether the index on the disk is one that is trusted."""
    database = Database(book, "en")
    database.close()
    return not database.is_new


def _index(book: Path) -> Path:
    return book / ".aftercare/index-en.db"


def _changed(book: Path, number: int) -> None:
    """Somebody edits a file, so that the next question has to change the index."""
    path = book / "promises/2026/PM26-0001.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("note: ")[0] + f"note: {number}\n", encoding="utf-8")


def _by_files() -> Answers:
    os.environ["AFTERCARE_INDEX"] = "off"
    try:
        return _answers()
    finally:
        del os.environ["AFTERCARE_INDEX"]


@pytest.mark.parametrize("damage", OF_THE_INDEX)
def test_a_damaged_index(damage: str, book: Path) -> None:
    """It is not even opened, but built anew; a folder in its place is left alone."""
    good = _answers()
    assert _is_whole(book)
    for seed in range(5 if damage in {"truncated", "flipped", "zeroed"} else 1):
        OF_THE_INDEX[damage](_index(book), random.Random(seed))  # noqa: S311 - chance, not secrecy
        assert _answers() == good
        assert _is_whole(book) == (damage != "a folder")
        assert list(_index(book).parent.glob("*.new")) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_stamp(damage: str, book: Path) -> None:
    """Without what vouches for it an index is nothing, however good it is."""
    good = _answers()
    DAMAGES[damage](_index(book).with_suffix(".stamp"), random.Random(0))  # noqa: S311 - chance, not secrecy
    assert _answers() == good
    assert _is_whole(book) == (damage != "a folder")


@pytest.mark.parametrize("beside", BESIDE)
def test_what_lies_beside_it(beside: str, book: Path) -> None:
    """SQLite plays back a journal that lies beside its file, whoever put it there, and waits for a pipe for ever."""
    good = _answers()
    BESIDE[beside](_index(book), random.Random(0))  # noqa: S311 - chance, not secrecy
    assert _answers() == good
    _changed(book, 1)
    assert _answers() == _by_files()


def test_it_is_for_its_owner_alone(book: Path) -> None:
    """Whatever the umask: it tells of customers."""
    before = os.umask(0)
    try:
        _index(book).unlink()
        _answers()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (book / ".aftercare").iterdir()}
    assert modes.pop(".gitignore") == 0o600
    assert modes == {"index-en.db": 0o600, "index-en.stamp": 0o600}
    assert (book / ".aftercare").stat().st_mode & 0o777 == 0o700


def test_of_somebody_else(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that another account wrote is not opened: a file made to harm whoever opens it may come that way."""
    assert _is_whole(book)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert not _is_whole(book)


def test_a_book_with_a_long_way_to_it(tmp_path: Path) -> None:
    """Its index was built anew at each question, for the stamp was read to its two hundredth byte."""
    book = tmp_path.joinpath(*["一个很长的文件夹的名字"] * 6)
    laid_out(book, {file: data for file, data in base_book().items() if file.startswith(("aftercare", "customers"))})
    with standing_in(book):
        assert typed("due")[0] == 0
    assert _is_whole(book)


def test_held_by_another(book: Path) -> None:
    """While somebody has it to himself nobody waits: it is read or written in memory, and afterwards on the disk."""
    good = _answers()
    with held(_index(book)):
        assert _answers() == good
        _changed(book, 1)
        assert _answers() == _by_files()
    assert _answers() == _by_files()
    assert _is_whole(book)


def test_held_by_a_reader(book: Path) -> None:
    """A long question sees one state to its end; what another one would change is not written meanwhile."""
    reader = Database(book, "en")
    before = reader.connection.execute("SELECT said FROM files ORDER BY id").fetchall()
    time.sleep(0.03)
    _changed(book, 2)
    assert _answers() == _by_files()
    assert reader.connection.execute("SELECT said FROM files ORDER BY id").fetchall() == before
    reader.close()
    assert _answers() == _by_files()
    assert _is_whole(book)


@pytest.mark.parametrize("blocks", [0, 16, 100, 160, 240])
@pytest.mark.parametrize("how", ["built", "changed"])
def test_a_full_disk(how: str, blocks: int, book: Path) -> None:
    """What was taken back when the disk refused it was read as if it had been kept: yesterday's answers."""
    _changed(book, 3)
    (book / "customers/2026/CU26-0009.yaml").write_text(f"id: CU26-0009\nname: 王\nnote: {'x' * 60_000}\n", "utf-8")
    if how == "built":
        _index(book).unlink()
    words = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *PROGRAM, "due", "--format", "json"]
    around = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=around, capture_output=True, text=True, check=False)
    os.environ["AFTERCARE_INDEX"] = "off"
    assert (done.returncode, done.stdout, done.stderr) == typed(LINES[0])
    del os.environ["AFTERCARE_INDEX"]
    assert _answers() == _by_files()
    assert _is_whole(book)


def test_killed_at_any_time(book: Path) -> None:
    """While it builds the index, and while it changes it: the next answer is right, and nothing half done is left."""
    rng = random.Random(9)  # noqa: S311 - chance, not secrecy
    count = 0
    for number in range(16):
        if number % 2:
            _index(book).unlink(missing_ok=True)
        _changed(book, number)
        count += killed(LINES[0], rng.uniform(0.002, 0.15))
        assert _answers() == _by_files(), number
        left = [path.name for path in but_for_it((book / ".aftercare").iterdir()) if path.name.startswith("index")]
        assert left == []
        assert _is_whole(book)
    assert count


def test_many_at_once(book: Path) -> None:
    """Questions and changes side by side, each in a process of its own; then every answer is that of the files."""
    around = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    lines = ("due --format json", "customer set CU26-0001 note={}", "customer list", "customer add --name 客{}")
    running = [
        subprocess.Popen(
            [*PROGRAM, *line.format(number).split()], env=around, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for number in range(2)
        for line in lines
    ]
    for process in running:
        said = process.communicate(timeout=120)[1]
        assert (process.returncode, said) == (0, b"")
    assert _answers() == _by_files()
    assert _is_whole(book)


def test_the_answer_of_a_forged_index_is_another(book: Path) -> None:
    """These tests would pass if no index were ever read: one that lies, and has a stamp, is believed."""
    good = _answers()
    database = Database(book, "en")
    with database.changing():
        database.connection.execute("UPDATE files SET said = replace(said, '王建国', '别人')")
        database.connection.execute("UPDATE rows SET row = replace(row, '王建国', '别人')")
    database.close()
    assert _answers() != good


def test_a_clock_that_python_cannot_tell(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine whose clock stood in the year 2500 every question was a fault of the program."""

    def overflows() -> int:
        raise OverflowError

    good = _answers()
    monkeypatch.setattr(time, "time_ns", overflows)
    assert _answers() == good
    _changed(book, 3)
    assert _answers() == _by_files()
