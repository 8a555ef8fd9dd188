"""One contact for each of many customers: all of them are written, or none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CUSTOMERS = ("CU25-0007", "CU26-0001", "CU26-0002")
KEEPS = " ".join(f"{customer}/mid-autumn.2026" for customer in CUSTOMERS)
SENT = "visit add --outcome reached --channel message --keeps"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop on the day of Mid-Autumn; its three customers agreed to be greeted."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-09-25T10:00")
    for customer in CUSTOMERS:
        counter.done(f"customer set {customer} consent.greetings=yes")
    return counter


def test_one_visit_is_written_for_each(counter: Counter) -> None:
    """In the order in which the promises were named, with purpose and subject as each promise settles them."""
    due = counter.done("due --what greeting --format ids").lines
    assert sorted(due) == KEEPS.split()
    made = counter.done(f"{SENT} {KEEPS}")
    assert made.lines == ["VI26-0002", "VI26-0003", "VI26-0004"]
    assert "keeps CU26-0002/mid-autumn.2026, in time" in made.err
    first = counter.done("visit show VI26-0002 --format json").json
    assert (first["customer"], first["keeps"]) == (CUSTOMERS[0], [f"{CUSTOMERS[0]}/mid-autumn.2026"])
    assert (first["purpose"], first["channel"], first["about"]) == ("greeting", "message", [])
    assert counter.done("due --what greeting").out == ""


def test_in_json_there_is_a_row_for_each(counter: Counter) -> None:
    """As for records that are added from a file."""
    rows = counter.done(f"{SENT} {KEEPS} --format json").json
    assert [row["id"] for row in rows] == ["VI26-0002", "VI26-0003", "VI26-0004"]
    assert sorted(rows[0]["kept"]) == KEEPS.split()


def test_promises_to_one_customer_are_one_contact(counter: Counter) -> None:
    """However they are named: with the flag each time, or behind it; named twice they count once."""
    counter.done("promise add --to CU26-0001 --what 问候 --due today")
    made = counter.done(f"{SENT} CU26-0001/mid-autumn.2026 PM26-0002 --keeps PM26-0002 --heard 谢谢")
    assert made.lines == ["VI26-0002"]
    assert "keeps PM26-0002" in made.err


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ("CU26-0002/no-such.2026", 4, "no promise found for “CU26-0002/no-such.2026”"),
        ("CU26-0009/mid-autumn.2026", 4, "no promise found"),
    ],
)
def test_all_or_none(counter: Counter, more: str, code: int, said: str) -> None:
    """One that is no promise, and nothing is written."""
    before = counter.files()
    found = counter(f"{SENT} CU26-0001/mid-autumn.2026 {more}")
    assert (found.code, said in found.err) == (code, True), found.err
    assert counter.files() == before


@pytest.mark.parametrize("words", ["--heard 谢谢", "--satisfaction 5", "--wish 字大点", "--answer use=好"])
def test_what_one_customer_said_is_a_contact_of_its_own(counter: Counter, words: str) -> None:
    """It cannot be said of all of them."""
    before = counter.files()
    found = counter(f"{SENT} {KEEPS} {words}")
    assert (found.code, "belongs into a contact of its own" in found.err) == (2, True)
    assert counter.files() == before


def test_who_is_named_must_be_the_one(counter: Counter) -> None:
    """With --customer the promises of others are refused, as ever."""
    found = counter(f"visit add --customer CU26-0001 --outcome reached --keeps {KEEPS}")
    assert found.code == 2
    assert "different customers" in found.err


def test_the_line_of_the_docs_greets_everybody_in_one_commit(tmp_path: Path) -> None:
    """The pipe as docs/greetings.md has it, run in a book under git; when nothing is due nothing is written."""
    page = (Path(__file__).parents[2] / "docs" / "greetings.md").read_text(encoding="utf-8")
    lines = page.split("```sh\n")[1].split("```")[0].strip()
    assert lines.startswith("aftercare due --what greeting --format ids |")
    book = tmp_path / "book"
    _shell("aftercare init book --name 店 --country CN --lang en", tmp_path)
    for name in ("王建国", "单雪梅", "陈小燕"):
        _shell(f"aftercare customer add --name {name} --phone 1280013800 --consent-greetings", book)
    before = _shell("git rev-list --count HEAD", book)
    assert _shell(lines, book).split() == ["VI26-0001", "VI26-0002", "VI26-0003"]
    assert int(_shell("git rev-list --count HEAD", book)) == int(before) + 1
    assert _shell(lines, book) == ""


def _shell(line: str, folder: Path) -> str:
    import os
    import sys

    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "AFTERCARE_TODAY": "2026-09-25T10:00",
        "HOME": str(folder),
        "GIT_AUTHOR_NAME": "shop", "GIT_AUTHOR_EMAIL": "shop@example.org",
        "GIT_COMMITTER_NAME": "shop", "GIT_COMMITTER_EMAIL": "shop@example.org",
    }  # fmt: skip
    found = subprocess.run(["sh", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=True)
    return found.stdout


def test_help_names_the_promises(counter: Counter) -> None:
    """The words behind the flag stand in the usage."""
    assert "[PROMISE]..." in counter.done("visit add --help").out
