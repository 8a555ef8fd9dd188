"""What is put out in the programs of others: khal, todoman and khard show all of it, Datasette a
database and Arrow Parquet.

These tests are apart from the others, so that ``make test`` needs none of these programs; ``make test-readers``
installs them.  What is written is the sample shop's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import every_verb
from tests.exported import Held, as_said, once

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-20"
ZONE = "Asia/Shanghai"
KHAL = f"""\
[calendars]
[[shop]]
path = {{here}}/shop
[locale]
local_timezone = {ZONE}
default_timezone = {ZONE}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {{here}}/khal.db
"""
TODOMAN = """\
path = "{here}/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "shop"
cache_path = "{here}/todo.db"
"""
KHARD = """\
[addressbooks]
[[shop]]
path = {here}/shop
[vcard]
skip_unparsable = no
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop."""
    folder = tmp_path_factory.mktemp("readers") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns(".git", ".aftercare"))
    return folder


def ours(book: Path, line: str) -> str:
    """What the tool prints."""
    with every_verb.standing_in(book, AFTERCARE_TODAY=DAY):
        code, out, err = every_verb.typed(line)
    assert code == 0, err
    return out


def theirs(here: Path, program: str, *words: str, given: str = "") -> str:
    """What another program prints, with nobody's settings but those that a test wrote; *given* is its stdin."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = shutil.which(program, path=beside)
    assert found, f"{program} is not installed: make test-readers"
    environment = {"HOME": str(here), "LC_ALL": "C.UTF-8", "TZ": ZONE, "PATH": beside}
    done = subprocess.run(
        [found, *words], env=environment, cwd=here, input=given.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def _ids(names: list[str]) -> list[str]:
    return sorted(name.partition("@")[0] for name in names)


def test_khal(book: Path, tmp_path: Path) -> None:
    """Every entry is there once, with its words, place and hours; imported again, once still."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "khal.conf").write_text(KHAL.format(here=tmp_path))
    for __ in range(2):
        theirs(tmp_path, "khal", "-c", "khal.conf", "import", "--batch", given=ours(book, "export calendar"))
    rows = json.loads(ours(book, "due --within 90d --format json"))
    events = json.loads(ours(book, "event list --format json"))
    assert len(list((tmp_path / "shop").iterdir())) >= len(rows)
    fields = "{uid}\t{title}\t{location}\t{start}\t{end}\t{cancelled}"
    listed = ["list", "2025-01-01", "1200d", "--once", "--day-format", "", "--format", fields]
    printed = theirs(tmp_path, "khal", "-c", "khal.conf", *listed)
    shown = [line.split("\t") for line in printed.splitlines() if "@" in line]
    coming = [one["id"] for one in events if "2026-11-20" <= one["at"] < "2027-02-19" and not one["cancelled"]]
    assert _ids([one[0] for one in shown]) == sorted([*(row["id"] for row in rows), *coming])
    found = {one[0].partition("@")[0]: one for one in shown}
    for row in rows:
        _uid, title, place, start, end, *_rest = found[row["id"]]
        assert row["name"] is None or row["name"] in title
        assert place == (row["address"] or "")
        if row["state"] == "overdue" or row["due"] is None:
            assert start == DAY
        elif row["from"] and len(row["from"]) == len(row["due"]):
            assert (start, end) == tuple(row[name].replace("T", " ") for name in ("from", "due"))


def test_todoman(book: Path, tmp_path: Path) -> None:
    """Every to-do is there once, with the instant by which it is due."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "todo.py").write_text(TODOMAN.format(here=tmp_path))
    ours(book, f"export calendar --as todo {tmp_path}/shop/a.ics")
    shown = json.loads(theirs(tmp_path, "todo", "--config", "todo.py", "--porcelain", "list"))
    rows = {row["id"]: row for row in json.loads(ours(book, "due --within 90d --format json"))}
    found = {one["description"].splitlines()[-1]: one for one in shown}
    assert sorted(found) == sorted(rows)
    assert len(shown) == len(rows)
    for one, row in rows.items():
        assert (found[one]["location"] or "") == (row["address"] or "")
        due = row["due"] or ""
        if len(due) > len(DAY):
            at = datetime.fromisoformat(due).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
            assert found[one]["due"] == at.timestamp()


@pytest.mark.parametrize("version", ["3", "4"])
def test_khard(book: Path, tmp_path: Path, version: str) -> None:
    """Every customer is there with the whole name, every phone, address and birthday."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "khard.conf").write_text(KHARD.format(here=tmp_path))
    parting = ["-s", "-z", "-f", "shop/customer-", "-b", "%04d.vcf", "-", "/^BEGIN:VCARD/", "{*}"]
    theirs(tmp_path, "csplit", *parting, given=ours(book, f"export contacts --version {version}"))
    rows = json.loads(ours(book, "customer list --format json"))
    rows = [row for row in rows if not (row["left"] or row["forgotten"] or row["do_not_contact"])]

    def asked(*words: str) -> list[list[str]]:
        return [line.split("\t") for line in theirs(tmp_path, "khard", "-c", "khard.conf", *words).splitlines()]

    names = asked("list", "-d", "formatted_name", "--parsable")
    assert sorted((one[0].partition("@")[0], one[1]) for one in names) == [(row["id"], row["name"]) for row in rows]
    phones = sorted(one[0] for one in asked("phone", "--parsable"))
    others = [one["phone"] for row in rows for one in row["contacts"] if one["phone"]]
    assert phones == sorted([*(phone for row in rows for phone in row["phones"]), *others])
    places = "\n".join(map(str, asked("postaddress", "--parsable")))
    assert [row["id"] for row in rows if ((row["address"] or {}).get("text") or "") not in places] == []
    solar = [row for row in rows if isinstance(row["birthday"], str)]
    assert len(asked("birthdays", "--parsable")) == len(solar)
    for row in rows:
        if row["note"]:
            shown = theirs(tmp_path, "khard", "-c", "khard.conf", "show", f"uid:{row['id']}")
            assert all(line in shown for line in row["note"].splitlines())
            break


def test_datasette_shows_every_table_and_what_its_columns_mean(tmp_path: Path) -> None:
    """A database that was put out opens in Datasette: its tables and views answer, and its metadata explains them."""
    book, out = tmp_path / "book", tmp_path / "shop.sqlite"
    shutil.copytree(ROOT / "data", book)
    words = ["-C", str(book), "--today", DAY, "export", "all", str(out), "--metadata"]
    subprocess.run([sys.executable, "-m", "aftercare", *words], check=True, timeout=60)

    def asked(path: str) -> str:
        datasette = str(Path(sys.executable).with_name("datasette"))
        command = [datasette, str(out), "-m", str(tmp_path / "shop.metadata.json"), "--get", path]
        return str(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)

    tables = json.loads(asked("/shop.json"))
    assert {table["name"] for table in tables["tables"]} >= {"sales", "sale_items", "promises", "findings"}
    assert {"breaches", "balance", "kept_share", "promises_overdue", "verdicts"} <= {v["name"] for v in tables["views"]}
    lines = json.loads(asked("/shop/balance.json?_shape=array"))
    assert {"deliver", "answer"} <= {line["what"] for line in lines}
    assert "by when; a moved promise by its new time" in asked("/shop/promises")


def test_arrow_reads_every_value_of_parquet(tmp_path: Path) -> None:
    """What DuckDB wrote is whole for a library that shares nothing with it, each value of its own type."""
    from decimal import Decimal

    from pyarrow import parquet

    book, out = tmp_path / "book", tmp_path / "set"
    shutil.copytree(ROOT / "data", book)
    words = [sys.executable, "-m", "aftercare", "-C", str(book), "--today", DAY, "export", "all"]
    subprocess.run([*words, str(out), "--to", "parquet"], check=True, timeout=60)
    told = subprocess.run([*words, "--to", "jsonl"], check=True, timeout=60, capture_output=True, text=True).stdout
    tables = {
        kind.name.removeprefix("kind="): [
            row for file in sorted(kind.rglob("*.parquet")) for row in parquet.ParquetFile(file).read().to_pylist()
        ]
        for kind in sorted(out.glob("kind=*"))
    }
    assert len(tables.pop("promises")) > len(tables.pop("findings"))
    held = Held(once(tables), as_said)
    for line in told.splitlines():
        held.record(json.loads(line))
    assert held.rows == {name: len(rows) for name, rows in tables.items()}
    assert held.left() == []
    assert type(tables["sale_items"][0]["price"]) is Decimal
