"""The verbs that every noun has, and looking back with ``--as-of``."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.plain.reading import read
from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_a_removed_record_leaves_a_tombstone(counter: Counter) -> None:
    """Its file says that it is gone, since when and why; its number is never given again."""
    assert counter.done("customer add --name 赵六").out == "CU26-0003\n"
    assert counter.done("customer remove 赵六 --reason 写错 --yes").out == ""
    tombstone = read(counter.text("CU26-0003").encode(), "CU26-0003")
    assert tombstone == {"id": "CU26-0003", "removed": {"on": "2026-03-10", "reason": "写错"}}
    assert counter("customer show CU26-0003").code == 4
    assert "CU26-0003" not in counter.done("customer list --format ids").lines
    assert counter.done("customer add --name 钱七").out == "CU26-0004\n"
    assert counter.done("check book").out == ""


def test_nothing_can_refer_to_what_was_removed(counter: Counter) -> None:
    """A tombstone is no record: exit 4 where it is named, 5 where it would be written."""
    counter.done("customer add --name 赵六")
    counter.done("customer remove CU26-0003 --yes")
    assert counter("sale add --customer CU26-0003 --product PR26-0001").code == 4
    assert counter("customer remove CU26-0003 --yes").code == 4
    assert counter("customer set CU26-0003 name=x").code == 4


def test_removal_waits_until_nobody_refers_to_it(counter: Counter) -> None:
    """Whoever refers to it is named; once they are gone it may go."""
    assert "DE26-0002" in counter("sale remove SA26-0001 --yes").err
    counter.done("delivery remove DE26-0002 --yes")
    counter.done("sale remove SA26-0001 --yes")
    assert counter("sale show SA26-0001").code == 4


@pytest.mark.parametrize("noun", ["customer", "product", "sale", "delivery", "claim", "visit", "promise", "staff"])
def test_without_a_terminal_removal_wants_a_yes(counter: Counter, noun: str) -> None:
    """Nothing is asked of a script: a missing ``--yes`` is wrong use."""
    before = counter.files()
    printed = counter(f"{noun} remove 1")
    assert (printed.code, printed.err) == (2, "aftercare: missing --yes\n")
    assert counter.files() == before


@pytest.mark.parametrize(
    ("noun", "ref", "change", "line"),
    [
        ("customer", "1", "note=x", "note: x"),
        ("product", "KFR-35", "maker_months=72", "maker_months: 72"),
        ("sale", "1", "items.1.price=3199", "price: 3199.00"),
        ("delivery", "2", "person=张敏", "person: ST26-0001"),
        ("claim", "1", "asked=replace", "asked: replace"),
        ("visit", "1", "answers.manner=5", "manner: 5"),
        ("promise", "1", "words=送一张新的", "words: 送一张新的"),
        ("staff", "李师傅", "certificates+=电工=2027-01-01", "until: 2027-01-01"),
    ],
)
def test_set_changes_the_line_that_is_meant(counter: Counter, noun: str, ref: str, change: str, line: str) -> None:
    """Of every kind, by the same command; the rest of the file stays."""
    record = counter.done(f"{noun} show {ref} --format ids").out.strip()
    before = counter.text(record)
    counter.done(f"{noun} set {ref}", change)
    after = counter.text(record)
    assert line in after
    assert sum(old not in after for old in before.splitlines()) <= 1


def test_set_says_what_it_did_to_the_ledger(counter: Counter) -> None:
    """A fact set by hand keeps promises as a verb does; in JSON it is one object."""
    answer = counter.done("delivery set DE26-0002 signed.by=王建国 signed.at=2026-03-06T12:00 --format json").json
    assert answer == {"id": "DE26-0002", "kept": ["SA26-0001/1/deliver"], "promised": ["SA26-0001/1/call-back.1"]}
    assert counter("delivery set DE26-0002 signed.at=tomorrow").code == 5


def test_the_same_change_twice_writes_once(counter: Counter) -> None:
    """What is there already is not touched."""
    counter.done("customer set 1 note=x")
    stamp = (counter.folder / "customers/2026/CU26-0001.yaml").stat()
    counter.done("customer set 1 note=x")
    assert (counter.folder / "customers/2026/CU26-0001.yaml").stat() == stamp


class TestLookingBack:
    """``--as-of`` shows the book as its facts stood, and writes nothing."""

    def test_later_facts_are_not_known(self, counter: Counter) -> None:
        """What was signed, said or sold afterwards is not there; what is due is what was due that day."""
        assert "SA26-0001/1/deliver" in counter.done("--as-of 2026-03-06 due --format ids").lines
        assert counter.done("--as-of 2026-03-03 sale list --format ids").lines == ["SA25-0009", "SA26-0001"]
        assert counter.done("--as-of 2026-03-05 delivery show DE26-0001 --format json").json["signed"] is None
        assert counter.done("delivery show DE26-0001 --format json").json["signed"] is not None
        assert counter.done("--as-of 2026-03-07 visit list --format json").json == []

    def test_the_clock_is_that_day(self, counter: Counter) -> None:
        """Lateness is counted to the day one looks back to."""
        (row,) = counter.done("--as-of 2026-03-08 due --what deliver --format json").json
        assert (row["id"], row["overdue_days"]) == ("SA26-0001/1/deliver", 2)

    @pytest.mark.parametrize(
        "line",
        [
            "customer add --name x",
            "customer set 1 note=x",
            "customer remove 1 --yes",
            "delivery sign DE26-0002 --by x",
            "promise keep PM26-0001",
            "visit add --customer 1 --outcome reached",
        ],
    )
    def test_nothing_can_be_written(self, counter: Counter, line: str) -> None:
        """The past is not changed by looking at it."""
        before = counter.files()
        assert counter(f"--as-of 2026-03-08 {line}").code == 2
        assert counter.files() == before
