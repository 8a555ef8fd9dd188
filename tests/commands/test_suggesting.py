"""``aftercare import … --suggest``, and the same orders in every form in which programs save them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from aftercare.cli import run
from tests.marketplaces import by_estimate
from tests.the_index import but_for_it

Ask = Callable[..., tuple[int, str, str]]
_ORDERS = by_estimate(8)


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _as_workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(text)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_objects(text: str) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in csv.DictReader(io.StringIO(text)) if any(row.values())).encode()


_FORMS: dict[str, Callable[[str], bytes]] = {
    "orders.csv": str.encode,
    "orders.xlsx": _as_workbook,
    "orders.jsonl": _as_objects,
    "unicode.txt": lambda text: text.replace(",", "\t").encode("utf-16"),
    "semicolons.csv": lambda text: text.replace(",", ";").encode("gb18030"),
}


def test_imports_as_it_is(tmp_path: Path, ask: Ask) -> None:
    """What is suggested without a book is a mapping that a book takes as it is, and the whole file with it; saved in
    any other form, the same orders are suggested and read alike, and make the same book.
    """
    books, suggested = [], set()
    for name, form in _FORMS.items():
        (tmp_path / name).write_bytes(form(_ORDERS))
        code, mapping, __ = ask("import", "sale", name, "--suggest")
        assert code == 0
        suggested.add("\n".join(line for line in mapping.splitlines() if not line.startswith("#")))
        folder = tmp_path / f"book-{name}"
        folder.mkdir()
        (folder / "aftercare.yaml").write_text(
            "language: en\ncountry: US\ncurrency: USD\nbegins_on: 2026-11-01\ngit: no\n"
        )
        (tmp_path / "map.yaml").write_text(mapping)
        assert ask("-C", str(folder), "import", "sale", name, "--map", "map.yaml")[0] == 0
        books.append({path.relative_to(folder): path.read_bytes() for path in but_for_it(folder.rglob("*.yaml"))})
    assert len(books[0]) > 8
    assert all(book == books[0] for book in books)
    assert len(suggested) == 1


def test_an_editor_finds_the_schema(tmp_path: Path, ask: Ask) -> None:
    """In a book the first line leads an editor to the schema of mappings, of one that ships too; without a book there
    is no such line, and nothing is written.
    """
    (tmp_path / "orders.csv").write_text(_ORDERS)
    assert "yaml-language-server" not in ask("import", "sale", "orders.csv", "--suggest")[1]
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "aftercare.yaml").write_text("country: US\ngit: no\n")
    for more in ((), ("--map", "shopify")):
        first = ask("-C", "shop", "import", "sale", "orders.csv", "--suggest", *more)[1].splitlines()[0]
        mark, __, path = first.partition("$schema=")
        assert mark == "# yaml-language-server: "
        assert json.loads((tmp_path / path).read_text(encoding="utf-8"))["title"] == "mapping"


def test_for_programs(tmp_path: Path, ask: Ask) -> None:
    """With --format json the same is said as data."""
    (tmp_path / "orders.csv").write_text(_ORDERS)
    answer = json.loads(ask("import", "sale", "orders.csv", "--suggest", "--format", "json")[1])
    assert (answer["rows"], answer["missing"], answer["constants"]["channel"]) == (8, [], "online")
    assert answer["columns"][0]["titles"] == ["customer_id"]


_SHORT = """Order ID,Order Date,Customer Name,Product Name,Quantity,Sales
A-1,{0},Jill Matthias,"Rubber bands, bagged",3,3.0245
A-2,{1},Patrick O'Donnell,Headset,7,90.93
"""


@pytest.mark.parametrize(
    ("first", "second", "form", "day"),
    [
        ("03/01/19", "30/12/22", "%d/%m/%y", "2019-01-03"),
        ("04-30-22", "1-2-22", "%m-%d-%y", "2022-04-30"),
        ("1/3/19 9:05", "12/30/22 23:59", "%m/%d/%y %H:%M", "2019-01-03T09:05"),
    ],
)
def test_a_year_of_two_digits_costs_no_typing(
    tmp_path: Path, ask: Ask, first: str, second: str, form: str, day: str
) -> None:
    """Days with two digits of the year are known for days, with the one form that all of them have; and sums that
    were reckoned and never paid are left out.  What is suggested imports every row, on the right day.
    """
    days = [f"{n}/{12}/22" for n in range(1, 29)] if form == "%d/%m/%y" else []  # no years of orders, all of them
    rows = "".join(f"B-{n},{text},Jill Matthias,Headset,1,5\n" for n, text in enumerate(days))
    (tmp_path / "orders.csv").write_text(_SHORT.format(first, second) + rows)
    code, mapping, __ = ask("import", "sale", "orders.csv", "--suggest")
    assert (code, f'dates: ["{form}"]' in mapping, "amount: Sales" in mapping) == (0, True, False)
    (tmp_path / "map.yaml").write_text(mapping)
    (tmp_path / "aftercare.yaml").write_text("language: en\ncountry: US\ncurrency: USD\ngit: no\n")
    assert ask("import", "sale", "orders.csv", "--map", "map.yaml")[0] == 0
    assert (
        f"sold_on: {day}\n"
        in next(tmp_path.glob("sales/2019/*.yaml" if "19" in first else "sales/2022/*1.yaml")).read_text()
    )


def test_a_year_of_two_digits_is_not_guessed(tmp_path: Path, ask: Ask) -> None:
    """Where no date says which number is the month, nothing is taken: each form is there to choose from."""
    (tmp_path / "orders.csv").write_text(_SHORT.format("03/04/05", "06/07/05"))
    mapping = ask("import", "sale", "orders.csv", "--suggest")[1]
    assert '\n# dates: ["%d/%m/%y"]\n# dates: ["%m/%d/%y"]\n' in mapping
    assert "\ndates:" not in mapping


def test_goods_keep_their_names(tmp_path: Path, ask: Ask) -> None:
    """A description beside a number of goods is their name where no column is more so, and no remark on the order."""
    (tmp_path / "orders.csv").write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
        "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850\n"
    )
    mapping = ask("import", "sale", "orders.csv", "--suggest")[1]
    assert "  product: Description  #" in mapping


def test_what_is_missing_is_said(tmp_path: Path, ask: Ask) -> None:
    """Where no column is what an import cannot do without, that is said on stderr and stands in the mapping."""
    (tmp_path / "orders.csv").write_text("who,what\nLi,kettle\n")
    code, out, err = ask("import", "sale", "orders.csv", "--suggest")
    assert (code, "sold_on" in err, "# STILL MISSING: sold_on" in out) == (0, True, True)


def test_nothing_is_written(tmp_path: Path, ask: Ask) -> None:
    """A suggestion touches no file."""
    (tmp_path / "orders.csv").write_text(_ORDERS)
    ask("import", "sale", "orders.csv", "--suggest")
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]
