"""A newcomer's first file: a few lines of a mapping read it, and what stands in its way is said in words that help."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from aftercare.cli import run
from tests.marketplaces import BY_WAREHOUSE_MAPPING, by_warehouse
from tests.the_index import but_for_it

Ask = Callable[..., tuple[int, str, str]]
_TEXT = by_warehouse(120)
_OF_LINES = """SELECT avg(state = 'kept') AS share FROM promises
  WHERE what = 'deliver' AND binds = 'told' AND state IN ('kept', 'kept_late', 'overdue', 'broken')"""
_OF_ORDERS = """SELECT avg(kept) AS share FROM (SELECT min(state = 'kept') AS kept FROM promises
  WHERE what = 'deliver' AND binds = 'told' AND state IN ('kept', 'kept_late', 'overdue', 'broken') GROUP BY record)"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command beside two books: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    settings = "language: en\ncountry: CN\ncurrency: CNY\ngit: no\n"
    for name, more in (("begun", "begins_on: 2026-11-01\n"), ("open", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "aftercare.yaml").write_text(settings + more)
    (tmp_path / "map.yaml").write_text(BY_WAREHOUSE_MAPPING)
    (tmp_path / "orders.csv").write_text(_TEXT)

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _told(tmp_path: Path, ask: Ask, mapping: str, text: str, book: str = "begun") -> tuple[str, str]:
    (tmp_path / "map.yaml").write_text(mapping)
    (tmp_path / "orders.csv").write_text(text)
    __, out, err = ask("-C", book, "import", "sale", "orders.csv", "--map", "map.yaml", "--dry-run")
    return out, err


def test_a_mapping_of_a_few_lines(tmp_path: Path, ask: Ask) -> None:
    """Every row of a warehouse's file is taken, the second time as unchanged; only what it did not keep is due."""
    code, out, __ = ask("-C", "begun", "import", "sale", "orders.csv", "--map", "map.yaml")
    assert (code, out.splitlines()[0].split(" (")[0]) == (0, "rows that make something new: 120")
    again = json.loads(ask("-C", "begun", "import", "sale", "orders.csv", "--map", "map.yaml", "--format", "json")[1])
    assert again["rows"] == {"created": 0, "changed": 0, "unchanged": 120, "differs": 0, "refused": 0}
    due = json.loads(ask("-C", "begun", "due", "--format", "json")[1])
    never = [
        row for row in csv.DictReader(io.StringIO(_TEXT)) if row["Delivered to Client Date"] == "Date not captured"
    ]
    assert never
    assert [row["state"] for row in due] == ["overdue"] * len(never)


def test_another_encoding_makes_the_same_book(tmp_path: Path, ask: Ask) -> None:
    """In GBK and in UTF-16 it is the same book, byte for byte."""
    books = []
    for encoding in ("utf-8", "gbk", "utf-16"):
        text = _TEXT.replace("Air", "空运")
        (tmp_path / "orders.csv").write_bytes(text.encode(encoding))
        folder = tmp_path / encoding
        folder.mkdir()
        (folder / "aftercare.yaml").write_text((tmp_path / "begun" / "aftercare.yaml").read_text())
        assert ask("-C", str(folder), "import", "sale", "orders.csv", "--map", "map.yaml")[0] == 0
        books.append({path.relative_to(folder): path.read_bytes() for path in but_for_it(folder.rglob("*.yaml"))})
    assert len(books[0]) > 60
    assert books[1:] == [books[0]] * 2


def test_the_share_that_came_in_time(tmp_path: Path, ask: Ask) -> None:
    """What ``sql`` says of lines, and of whole orders, is what the file says when it is counted."""
    ask("-C", "begun", "import", "sale", "orders.csv", "--map", "map.yaml")
    orders: dict[str, list[bool]] = {}
    for row in csv.DictReader(io.StringIO(_TEXT)):
        if row["ID"]:
            by, came = row["Scheduled Delivery Date"], row["Delivered to Client Date"]
            in_time = came[0].isdigit() and _day(came) <= _day(by)
            orders.setdefault(row["ASN/DN #"], []).append(in_time)
    counted = [in_time for each in orders.values() for in_time in each]
    for question, expected in (
        (_OF_LINES, sum(counted) / len(counted)),
        (_OF_ORDERS, sum(map(all, orders.values())) / len(orders)),
    ):
        code, out, err = ask("-C", "begun", "sql", question, "--format", "json")
        assert code == 0, err
        assert json.loads(out)[0]["share"] == pytest.approx(expected)


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%d-%b-%y")


def test_suggested(ask: Ask) -> None:
    """Of this file, too, a first mapping says most; what it cannot know it proposes, or says that it is missing."""
    code, out, err = ask("import", "sale", "orders.csv", "--suggest")
    lines = {line.partition("  #")[0] for line in out.splitlines() if not line.startswith("#")}
    assert code == 0
    assert lines >= {
        "  sold_on: Order Date",
        "  product: Item Description",
        "  deliver_by: Scheduled Delivery Date",
        "  delivered_at: Delivered to Client Date",
        'dates: ["%d-%b-%y"]',
        "empty: [Date not captured]",
    }
    assert "name/to_name/customer" in err


def test_a_title_cut_off(tmp_path: Path, ask: Ask) -> None:
    """Whoever writes a title with a # and no quotes is told what became of it."""
    __, err = _told(tmp_path, ask, BY_WAREHOUSE_MAPPING.replace('"ASN/DN #"', "ASN/DN #"), _TEXT)
    assert "yaml-syntax" in err
    __, err = _told(tmp_path, ask, "columns:\n  order: ASN/DN #\n", _TEXT)
    assert 'map.yaml:2: column order: what follows a # is a remark; write "ASN/DN #" in quotes' in err


def test_lacking_columns_are_guessed_at(tmp_path: Path, ask: Ask) -> None:
    """What a short mapping leaves out and a file has under another title is said with the title."""
    __, err = _told(tmp_path, ask, "columns: {sold_on: when}\n", "when,ProductID,customer\n2026-03-01,P1,Li\n")
    assert "(--suggest proposes them): sku: ProductID" in err


def test_a_book_that_does_not_say_when_it_began(tmp_path: Path, ask: Ask) -> None:
    """Old orders in a new book, and plans that owe for them: how to say that these are over."""
    __, err = _told(tmp_path, ask, BY_WAREHOUSE_MAPPING, _TEXT, "open")
    assert "with begins_on: 2026-11-22 in aftercare.yaml they promise nothing" in err
    __, err = _told(tmp_path, ask, BY_WAREHOUSE_MAPPING, _TEXT)
    assert "begins_on" not in err


def test_one_order_at_several_times_of_a_day(tmp_path: Path, ask: Ask) -> None:
    """Lines that were typed one after the other are one order, of the first time; another day contradicts."""
    text = "order,date,customer,item\nA1,2026-03-01 16:58,Li,pot\nA1,2026-03-01 16:57,Li,cup\n"
    (tmp_path / "orders.csv").write_text(text)
    assert ask("-C", "begun", "import", "sale", "orders.csv")[0] == 0
    sale = next((tmp_path / "begun" / "sales").rglob("*.yaml")).read_text()
    assert "sold_on: 2026-03-01T16:57" in sale
    assert "rows unchanged: 2" in ask("-C", "begun", "import", "sale", "orders.csv")[1]
    __, err = _told(tmp_path, ask, "kind: sale\n", text.replace("A1", "A2").replace("01 16:57", "02 16:57"))
    assert "contradiction sold_on" in err


def test_midnight_among_times(tmp_path: Path, ask: Ask) -> None:
    """A quarter past the promised midnight is late in a file of hours, and in time where 00:00 stands for the day."""
    hours = "".join(f"B{n},2026-03-01 9:{n % 60:02},Li,pot,2026-03-01 10:00,2026-03-01 9:59\n" for n in range(100))
    late = "A1,2026-03-01 23:50,Li,pot,2026-03-02 0:00,2026-03-02 0:15\n"
    titles = "order,date,customer,item,promised,delivered\n"
    for text, kept_late in ((titles + late + hours, "1"), (titles + late, "0")):
        __, err = _told(tmp_path, ask, "constants: {channel: online}\n", text)
        assert f"of these late: {kept_late};" in err


def test_returns_and_nobody(tmp_path: Path, ask: Ask) -> None:
    """A row that takes goods back, or names no customer in any way, says what is the matter."""
    text = "order,date,customer_id,item,qty\nA1,2026-03-01,C1,pot,-1\nA2,2026-03-01,,cup,1\nA3,2026-03-01,n/a,cup,1\n"
    __, err = _told(tmp_path, ask, "kind: sale\n", text)
    assert "orders.csv:2: number qty: “-1” is a return and no sale; --keep-good leaves its order out" in err
    assert "orders.csv:3: missing name/to_name/customer is missing" in err
    assert "orders.csv:4: missing name/to_name/customer is missing" in err
