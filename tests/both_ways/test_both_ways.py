"""With the index and without it every question has the same answer: the same bytes, the same exit code."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.records import write_book
from tests.both_ways.answers import by_index, differences, opened
from tests.both_ways.lines import HOT, LINES
from tests.both_ways.strokes import STROKES, WITH_STRAYS, Fate
from tests.every_verb import base_book, laid_out, standing_in, typed
from tests.test_sample_shop import DATA

NOW = datetime(2026, 3, 10, 9, 0)
Answer = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small book is read through its index too."""
    monkeypatch.setattr("aftercare.book.book.WORTH_AN_INDEX", 0)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book with one of everything."""
    laid_out(tmp_path / "book", base_book())
    return tmp_path / "book"


def both(book: Path, line: str, language: str = "en") -> tuple[Answer, Answer]:
    """What a line prints and ends with: by the index, and by the files."""
    found = []
    for how in ("on", "off"):
        with standing_in(book, AFTERCARE_INDEX=how, AFTERCARE_LANG=language):
            found.append(typed(line))
    return found[0], found[1]


def agree(book: Path, *lines: str, language: str = "en") -> list[str]:
    """Hold the two against each other; what was printed."""
    printed = []
    for line in lines:
        by_the_index, by_the_files = both(book, line, language)
        assert by_the_index == by_the_files, line
        assert by_the_index[0] != 70, line
        printed.append("".join(by_the_index[1:]))
    return printed


def test_every_question(book: Path) -> None:
    """Whatever is asked, and asked again."""
    printed = agree(book, *LINES)
    assert sum(map(bool, printed)) > 0.8 * len(LINES)
    assert (book / ".aftercare" / "index-en.db").is_file()


def test_in_chinese(book: Path) -> None:
    """Each language has an index of its own, for what is wrong with a file is said in words."""
    (book / "customers/2026/CU26-0003.yaml").write_text("id: CU26-0003\nname: [\n", encoding="utf-8")
    assert agree(book, *HOT, language="zh") != agree(book, *HOT)
    assert {path.name for path in (book / ".aftercare").glob("*.db")} == {"index-en.db", "index-zh.db"}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_befalls_the_files(seed: int, book: Path) -> None:
    """Strokes of fate one after another, the clock going on and back, and the same index all the while."""
    fate, rng, now = Fate(book, seed, WITH_STRAYS if seed == 3 else STROKES), random.Random(seed), NOW  # noqa: S311
    spoke = 0
    for step in range(12):
        told = [fate.strike() for _ in range(rng.randint(0, 2))]
        now += timedelta(minutes=rng.randint(-3 * 1440, 5 * 1440))
        spoke += by_index(book, now) is not None
        assert differences(book, now) == "", (step, told)
        agree(book, rng.choice(HOT) + f" --today {now:%Y-%m-%dT%H:%M}")
    assert spoke or seed == 3


def _same_size_and_times(book: Path) -> None:
    """As a tool does that keeps times: nothing tells of it but the time of the change itself."""
    path = book / "promises/2026/PM26-0001.yaml"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"due: 2026-03-09", b"due: 2026-03-19"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def _over(book: Path) -> None:
    path = book / "promises/2026/PM26-0001.yaml"
    new = path.with_suffix(".new")
    new.write_bytes(path.read_bytes().replace(b"due: 2026-03-09", b"due: 2026-03-19"))
    shutil.copystat(path, new)
    new.replace(path)


def _exchanged(book: Path) -> None:
    """Two files change their places: the folder's names are what they were."""
    one, other = book / "promises/2026/PM26-0001.yaml", book / "promises/2026/PM26-0002.yaml"
    one.rename(book / "aside")
    other.rename(one)
    (book / "aside").rename(other)


def _gone(book: Path) -> None:
    (book / "promises/2026/PM26-0001.yaml").unlink()


def _come(book: Path) -> None:
    text = (book / "promises/2026/PM26-0001.yaml").read_text(encoding="utf-8")
    path = book / "promises/2025/PM25-0001.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("PM26-0001", "PM25-0001").replace("2026-03-09", "2026-03-08"), encoding="utf-8")


def _edited(file: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(book: Path) -> None:
        path = book / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def _put(file: str, text: str) -> Callable[[Path], None]:
    def put(book: Path) -> None:
        (book / file).parent.mkdir(exist_ok=True)
        (book / file).write_text(text, encoding="utf-8")

    return put


def _renumbered(book: Path) -> None:
    """A customer with another number, whom the rest goes on calling by the old one, in records to come too."""
    old = book / "customers/2026/CU26-0001.yaml"
    text = old.read_text(encoding="utf-8").replace("id: CU26-0001", "id: CU26-0008")
    (book / "customers/2026/CU26-0008.yaml").write_text(text + "formerly: [CU26-0001]\n", encoding="utf-8")
    old.unlink()


def _renumbered_long_ago(book: Path) -> None:
    """And the index knows of that already when a record comes that names the old number."""
    _renumbered(book)
    agree(book, "due --format json")
    by_index(book, NOW)
    _put(
        "promises/2026/PM26-0009.yaml",
        "id: PM26-0009\nto: CU26-0001\nwhat: other\nwords: x\ndue: 2026-03-09\nbinds: told\nmade_on: 2026-03-03\n",
    )(book)


def _given_twice(book: Path) -> None:
    _renumbered(book)
    _put("customers/2026/CU26-0001.yaml", "id: CU26-0001\nname: 另一位\n")(book)


def _in_a_circle(book: Path) -> None:
    for one, by in (("1", "2"), ("2", "3"), ("3", "1")):
        _edited(f"customers/2026/CU26-000{one}.yaml", "name: ", f"referred_by: CU26-000{by}\nname: ")(book)


def _out_of_the_circle(book: Path) -> None:
    _in_a_circle(book)
    agree(book, "due --format json")
    by_index(book, NOW)
    _edited("customers/2026/CU26-0002.yaml", "referred_by: CU26-0003\n", "")(book)


def _emptied(book: Path) -> None:
    for path in book.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


BENEFIT = (
    "id: ours\nissuer: shop\ntitle: Ours\n"
    "benefits: [{id: cleaning, title: Cleaning, category: goods, within: {2020-01-01: {days: 1}}}]\n"
)
EDITS: dict[str, Callable[[Path], None]] = {
    "the same size and times": _same_size_and_times,
    "a file renamed over": _over,
    "two files exchanged": _exchanged,
    "a file removed": _gone,
    "a file in a new year": _come,
    "a visit": _edited("visits/2026/VI26-0001.yaml", "reached", "no_answer"),
    "a customer": _edited("customers/2026/CU26-0001.yaml", "王建国", "王建军"),
    "a customer gone": lambda book: (book / "customers/2026/CU26-0002.yaml").unlink(),
    "a product": _edited("products/2026/PR26-0001.yaml", "name: 空调", "name: 挂机"),
    "a person": _edited("staff/2026/ST26-0001.yaml", "张敏", "张敏敏"),
    "a part": _edited("parts/2026/PA26-0001.yaml", "压缩机", "变频压缩机"),
    "an offer": _edited("offers/2026/OF26-0001.yaml", "三月", "四月"),
    "an event": _edited("events/2026/EV26-0001.yaml", "老顾客联欢", "新顾客联欢"),
    "a setting": _edited("aftercare.yaml", "country: CN", "country: DE"),
    "settings with a fault": _edited("aftercare.yaml", "country: CN", "country: [CN"),
    "a pack of the shop's own": _put("policies/ours.yaml", BENEFIT),
    "a pack with a fault": _put("policies/ours.yaml", BENEFIT + "x: [\n"),
    "a record with a fault": _put("sales/2026/SA26-0001.yaml", "id: SA26-0001\nitems: [\n"),
    "an unknown field": _put("staff/2026/ST26-0002.yaml", "id: ST26-0002\nname: 小赵\nno_such_field: 1\n"),
    "a tombstone": _put("visits/2026/VI26-0001.yaml", "id: VI26-0001\nremoved: {on: 2026-03-09, reason: mistake}\n"),
    "another number": _renumbered,
    "another number long ago": _renumbered_long_ago,
    "a number given twice": _given_twice,
    "a circle of those who brought each other": _in_a_circle,
    "a circle that is none any more": _out_of_the_circle,
    "a stray file": _put("customers/2026/CU26-0001 (1).yaml", "id: CU26-0001\nname: x\n"),
    "a stray folder": _put("customers/elsewhere/CU26-0009.yaml", "id: CU26-0009\nname: x\n"),
    "a kind that nobody knows": _put("gadgets/GA26-0001.yaml", "id: GA26-0001\n"),
    "a link": lambda book: (book / "sales/2026/SA26-0099.yaml").symlink_to(book / "sales/2026/SA26-0001.yaml"),
    "no records": _emptied,
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit(edit: str, book: Path) -> None:
    """Somebody changes a file without a command: the next question knows, though it has an index from before."""
    lines = ("due --format json", "check book", "customer list --format json")
    agree(book, *lines)
    by_index(book, NOW)
    EDITS[edit](book)
    agree(book, *lines)
    assert differences(book, NOW) == ""


def test_a_number_given_twice_is_known_at_once(book: Path) -> None:
    """The index does not speak for such a book, and is not built anew to find that out at each question."""
    _given_twice(book)
    agree(book, "due", "due")  # what is written this very moment is looked at twice
    before = (book / ".aftercare/index-en.db").stat().st_mtime_ns
    agree(book, "due")
    assert (book / ".aftercare/index-en.db").stat().st_mtime_ns == before
    assert by_index(book, NOW) is None


def test_another_commit_and_back(book: Path) -> None:
    """What git puts in the place of many files, each with the time of now."""
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(book))
    for words in (("init", "-q"), ("add", "--all", ":!.aftercare"), ("commit", "-qm", "one")):
        subprocess.run([*git, *words], check=True)
    agree(book, "due --format json")
    for edit in ("a visit", "a customer gone", "a file removed", "a product"):
        EDITS[edit](book)
    subprocess.run([*git, "commit", "-qam", "two"], check=True)
    for place in ("HEAD", "HEAD~1", "@{-1}"):
        subprocess.run([*git, "checkout", "-q", place], check=True)
        agree(book, *HOT[:4])
        assert differences(book, NOW) == ""


@pytest.mark.parametrize("records", [0, 300])
def test_a_book_of_that_size(records: int, tmp_path: Path) -> None:
    """Of many customers, and of none."""
    write_book(tmp_path / "book", records)
    lines = ("due --today 2026-11-20T10:00 --format json", "balance --today 2026-11-20", "find 王")
    agree(tmp_path / "book", *lines)
    for day in (0, 1, -30):
        assert differences(tmp_path / "book", datetime(2026, 11, 20, 10) + timedelta(days=day)) == ""


def test_the_sample_shop(tmp_path: Path) -> None:
    """The one that comes with the tool, on its day and at random ones before and after."""
    book = Path(shutil.copytree(DATA, tmp_path / "book", ignore=shutil.ignore_patterns(".git", ".aftercare")))
    agree(book, "due --today 2026-11-20 --format json", "check book --today 2026-11-20")
    rng = random.Random(9)  # noqa: S311 - chance, not secrecy
    for _ in range(2):
        moment = datetime(2026, 11, 20) + timedelta(minutes=rng.randint(-300 * 1440, 60 * 1440))
        assert differences(book, moment) == ""
        assert differences(book, moment.date()) == ""


def test_the_answers_are_seen_to_differ(book: Path) -> None:
    """These tests would pass if nothing were compared: an index that says otherwise is noticed."""
    time.sleep(0.05)  # what was written a moment ago is read again
    found = opened(book, NOW)
    assert found is not None
    with found.index.changing():
        found.index.connection.execute("UPDATE promises SET state = 'kept' WHERE state = 'overdue'")
        found.index.connection.execute("UPDATE files SET said = replace(said, '王建国', '王建')")
        found.index.connection.execute("UPDATE rows SET row = replace(row, '王建国', '王建')")
    found.index.close()
    assert "only by the " in differences(book, NOW)
    by_the_index, by_the_files = both(book, "customer list")
    assert by_the_index != by_the_files
