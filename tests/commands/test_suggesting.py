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


def test_for_programs(tmp_path: Path, ask: Ask) -> None:
    """With --format json the same is said as data."""
    (tmp_path / "orders.csv").write_text(_ORDERS)
    answer = json.loads(ask("import", "sale", "orders.csv", "--suggest", "--format", "json")[1])
    assert (answer["rows"], answer["missing"], answer["constants"]["channel"]) == (8, [], "online")
    assert answer["columns"][0]["titles"] == ["customer_id"]


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
