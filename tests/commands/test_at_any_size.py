"""What a command that writes looks at does not grow with the book: counted, for times say little on a busy machine."""

from __future__ import annotations

import gc
import re
import shlex
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aftercare.book.index.lazily import LazyRecords
from bench.records import write_book
from tests import every_verb

_RECORD = re.compile(r"(?:.*/)?[A-Z]{2}26-[0-9]+\.yaml")
_TODAY = "2026-11-21T10:00"
VERBS = (
    "customer add --name 周一 --phone 13900000000",
    "customer set CU26-0003 note=常客",
    "customer remove CU26-0004 --yes --reason 写错了",
    "product add --name 落地扇 --category fan",
    "sale add --customer CU26-0002 --product PR26-0001 --price 58",
    "sale add --name 吴二 --phone 13900000011 --product PR26-0001 --serial F-1",
    "sale set 2 note=自提",
    "delivery add --sale SA26-0002",
    "installation add --sale SA26-50001",
    "visit add --customer CU26-0002 --channel phone --outcome reached",
    "visit add --keeps SA26-0002/1/season-end.1 --outcome reached",
    "claim add --unit F2 --symptom 响",
    "complaint add --customer CU26-0002 --what 太慢",
    "wish add --customer CU26-0002 --about PR26-0001 --words 再大一点",
    "enquiry add --phone 12100000002 --question 怎么洗",
    "promise add --to CU26-0002 --what 寄目录 --due tomorrow",
    "points give --customer CU26-0002 --points 10 --reason 店庆",
)
"""Of each kind of verb one, about people whose records are the same in a book of any size."""


class Seen:
    """What one command looked at."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.is_on = False

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An event of the interpreter: a record's file that is opened."""
        if self.is_on and event == "open" and isinstance(arguments[0], str) and _RECORD.fullmatch(arguments[0]):
            self.counts["opened"] += 1

    def of(self, line: str) -> tuple[int, Counter[str]]:
        """The exit code of a line that is typed, and how much it typed, opened and looked at."""
        self.counts, self.is_on = Counter(), True
        try:
            return every_verb.typed(line)[0], Counter(self.counts)
        finally:
            self.is_on = False
            gc.collect()  # what the process of a command holds open goes with it


_SEEN = Seen()
sys.addaudithook(_SEEN.hear)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Counts, from here on, also the records that are typed."""
    typed = LazyRecords._type

    def counted(self: LazyRecords, *arguments: str) -> None:
        _SEEN.counts["typed"] += 1
        typed(self, *arguments)

    monkeypatch.setattr(LazyRecords, "_type", counted)
    return _SEEN


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small book and a large one, in which the first customers are the same."""
    folder = tmp_path_factory.mktemp("books")
    small, large = folder / "small", folder / "large"
    write_book(small, 400)
    write_book(large, 1200)
    return small, large


def _known(book: Path, target: Path) -> Path:
    """A copy of a book, with an index that was written when nobody wrote to the book any more."""
    shutil.copytree(book, target)
    time.sleep(0.05)
    with every_verb.standing_in(target, AFTERCARE_TODAY=_TODAY):
        every_verb.typed("customer list --limit 1")
    return target


@pytest.mark.parametrize("line", VERBS, ids=lambda line: " ".join(shlex.split(line)[:3]))
def test_it_types_and_opens_as_much_in_a_large_book_as_in_a_small_one(
    line: str, books: tuple[Path, Path], seen: Seen, tmp_path: Path
) -> None:
    """A shop of ten years writes down a sale as quickly as one that opened last week."""
    found = []
    for book in books:
        copy = _known(book, tmp_path / book.name)
        with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
            found.append(seen.of(line))
    assert found[0] == found[1]
    assert found[0][1]["typed"] + found[0][1]["opened"] < 100


def test_each_of_several_additions_reads_only_what_the_last_one_wrote(
    books: tuple[Path, Path], seen: Seen, tmp_path: Path
) -> None:
    """What a writing command wrote the next one takes in: nothing piles up until somebody reads the book."""
    copy = _known(books[0], tmp_path / "book")
    line = "customer add --name 周一 --phone 13900000000"
    counts = []
    with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
        for __ in range(4):
            counts.append(seen.of(line)[1]["opened"])
            time.sleep(0.05)
    assert counts == [0, 1, 1, 1]


def test_a_record_that_was_edited_in_place_is_seen_by_whoever_goes_by_it(
    books: tuple[Path, Path], tmp_path: Path
) -> None:
    """An editor that writes into the file leaves its folder's stamp as it was; a sale must not be written down for
    whom the file calls otherwise by now.
    """
    copy = _known(books[0], tmp_path / "book")
    file = copy / "customers" / "2026" / "CU26-0002.yaml"
    with file.open("r+", encoding="utf-8") as out:
        text = out.read().replace("王2", "欧阳二")
        out.seek(0)
        out.write(text)
        out.truncate()
    with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
        code, __, err = every_verb.typed("sale add --customer 2 --product PR26-0001 --price 58")
    assert code == 0
    assert "CU26-0002 欧阳二" in err


def test_what_a_killed_writer_left_is_taken_away_though_the_index_was_written_since(
    books: tuple[Path, Path], tmp_path: Path
) -> None:
    """What it had begun to write tells of a customer; it must not stay because a reader came between."""
    copy = _known(books[0], tmp_path / "book")
    left = copy / "visits" / "2026" / ".VI26-0009.yaml.99999.tmp"
    left.write_text("id: VI26-0009\n", encoding="utf-8")
    with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
        time.sleep(0.05)
        every_verb.typed("customer list --limit 1")
        every_verb.typed("customer list --limit 1")
        assert left.exists()
        assert every_verb.typed("customer add --name 周一")[0] == 0
    assert not left.exists()


def test_before_and_after_are_told_apart_though_a_record_is_read_late(books: tuple[Path, Path], tmp_path: Path) -> None:
    """What a change did is told by the book before it: a record that is typed only then must be the one of before."""
    copy = _known(books[0], tmp_path / "book")
    with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
        added = every_verb.typed("promise add --to CU26-0002 --what 寄目录 --due tomorrow")[1].strip()
        time.sleep(0.05)
        every_verb.typed("customer list --limit 1")
        code, __, err = every_verb.typed(f"promise keep {added}")
    assert code == 0
    assert f"keeps {added}, in time" in err


def test_a_walk_of_hundreds_of_new_records_is_no_deep_one(books: tuple[Path, Path], tmp_path: Path) -> None:
    """Each record of an import lies over those before it; a long price list must not end in a recursion."""
    copy = _known(books[0], tmp_path / "book")
    rows = "".join(f'{{"name": "周{n}", "phones": ["135{n:08}"]}}\n' for n in range(1200))
    (copy / "new.jsonl").write_text(rows, encoding="utf-8")
    with every_verb.standing_in(copy, AFTERCARE_TODAY=_TODAY):
        code, __, err = every_verb.typed("customer add --from new.jsonl")
    assert (code, "Traceback" in err) == (0, False), err
