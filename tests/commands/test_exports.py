"""``aftercare export`` and the way back: what is put out of the sample shop, edited or not, comes in again unharmed."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.cli import run
from aftercare.records.kinds import MODELLED
from tests.drawn_tables import ROOT

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample shop, and an empty folder to work in."""
    shutil.copytree(ROOT / "data", tmp_path / "shop")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-20")
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_BOOK", str(tmp_path / "shop"))
    return tmp_path / "shop"


@pytest.fixture
def ask(shop: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command: its exit code, stdout and stderr."""
    assert shop.is_dir()

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _files(shop: Path) -> dict[str, bytes]:
    return {str(path.relative_to(shop)): path.read_bytes() for path in shop.glob("*/20*/*.yaml")}


def _counts(ask: Ask, kind: str, file: str) -> Any:
    code, out, err = ask("import", kind, file, "--format", "json")
    assert code == 0, err
    return json.loads(out)


@pytest.mark.parametrize("way", ["csv", "raw", "jsonl", "yaml"])
def test_what_is_put_out_comes_back_unchanged(ask: Ask, shop: Path, way: str) -> None:
    """Of every kind, every row is known again, and no file of the book is touched."""
    before = _files(shop)
    for kind in MODELLED:
        fmt, more = ("csv", ["--raw"]) if way == "raw" else (way, [])
        assert ask("export", kind, f"{kind}.{fmt}", *more) == (0, "", "")
        answer = _counts(ask, kind, f"{kind}.{fmt}")
        count = len(list(shop.glob(f"{_folder(kind)}/*/*.yaml")))
        assert (kind, answer["rows"]) == (kind, {"created": 0, "unchanged": count, "changed": 0, "refused": 0})
    assert _files(shop) == before


def _folder(kind: str) -> str:
    from aftercare.records.names import BY_NAME

    return BY_NAME[kind].folder


def _edited(file: str, record: str, **cells: str) -> None:
    with Path(file).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    fields = list(dict.fromkeys((*rows[0], *cells)))
    for row in rows:
        if row["id"] == record:
            row.update(cells)
    with Path(file).open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fields)
        writer.writeheader()
        writer.writerows(rows)


EDITS = [
    ("customer", "CU25-0001", {"name": "王桂真"}, ["name"]),
    ("customer", "CU25-0001", {"address.floor": ""}, ["address.floor"]),
    ("customer", "CU25-0001", {"phones": "0571-00002016; 12100009999"}, ["phones"]),
    ("customer", "CU25-0001", {"birthday.lunar": "腊月初九"}, ["birthday.lunar"]),
    ("customer", "CU25-0002", {"birthday.solar": "--08-09"}, ["birthday"]),
    ("customer", "CU25-0001", {"contacts.1.name": "", "contacts.1.phone": "", "contacts.1.relation": ""}, ["contacts"]),
    ("sale", "SA25-0002", {"items.1.price": "2700"}, ["items.1.price"]),
    ("sale", "SA25-0002", {"items.1.packing.wanted": "双层"}, ["items.1.packing"]),
    ("sale", "SA25-0002", {"told.deliver.by": "2025/11/27 18:00"}, ["told.deliver.by"]),
    ("sale", "SA25-0002", {"items.2.product": "PR25-0011", "items.2.price": "329"}, ["items"]),
    ("claim", "CL26-0001", {"repairs.1.done": "换加热管两根"}, ["repairs.1.done"]),
    ("claim", "CL26-0001", {"repairs.1.waiting.1.because": "no_parts_from_producer"}, ["repairs.1.waiting.1.because"]),
    ("claim", "CL26-0001", {"facts.buyer": "consumer"}, ["facts.buyer"]),
    ("delivery", "DE25-0001", {"opened": "no"}, ["opened"]),
]


@pytest.mark.parametrize(("kind", "record", "cells", "fields"), EDITS, ids=lambda one: str(one)[:40])
def test_an_edited_cell_changes_that_value_alone(
    ask: Ask, shop: Path, kind: str, record: str, cells: dict[str, str], fields: list[str]
) -> None:
    """One record is another, in just what was edited; a dry run says so beforehand and writes nothing."""
    before = json.loads(ask("show", record, "--format", "json")[1])
    ask("export", kind, "sheet.csv")
    _edited("sheet.csv", record, **cells)
    files = _files(shop)
    assert ask("import", kind, "sheet.csv", "--dry-run")[0] == 0
    assert _files(shop) == files
    answer = _counts(ask, kind, "sheet.csv")
    assert [(one["id"], one["fields"]) for one in answer["changed"]] == [(record, fields)]
    assert [name for name, data in _files(shop).items() if files[name] != data] == [
        f"{_folder(kind)}/20{record[2:4]}/{record}.yaml"
    ]
    after = json.loads(ask("show", record, "--format", "json")[1])
    tops = {field.partition(".")[0] for field in fields}
    assert {name for name in before if before[name] != after[name]} == tops
    assert _counts(ask, kind, "sheet.csv")["rows"]["changed"] == 0


def test_what_a_spreadsheet_makes_of_values_is_no_change(ask: Ask) -> None:
    """An amount without its noughts, a day with strokes and a yes in capitals say what they said."""
    ask("export", "sale", "sheet.csv")
    _edited("sheet.csv", "SA25-0002", **{"items.1.price": "2799", "sold_on": "2025/11/25"})
    _edited("sheet.csv", "SA25-0001", **{"items.1.taken": "TRUE"})
    assert _counts(ask, "sale", "sheet.csv")["rows"]["changed"] == 0


def test_new_rows_are_added_and_faulty_ones_stop_all(ask: Ask, shop: Path) -> None:
    """A row without an id is a new record; an unknown id, a value that does not fit and a number of another kind are
    said with their rows, and then nothing is written.
    """
    Path("new.csv").write_text("id,name,phones\n,钱一,13600136001\nCU25-0001,王桂珍,0571-00002016\n", encoding="utf-8")
    answer = _counts(ask, "customer", "new.csv")
    assert answer["rows"] == {"created": 1, "unchanged": 1, "changed": 0, "refused": 0}
    before = _files(shop)
    Path("bad.csv").write_text(
        "id,sale,signed.at,items.1.colour\nDE25-0099,SA25-0002,,\nDE25-0001,SA25-0002,soon,\n", encoding="utf-8"
    )
    code, __, err = ask("import", "delivery", "bad.csv")
    assert (code, [line.split(" ")[:2] for line in err.splitlines() if line.startswith("bad.csv")]) == (
        3,
        [["bad.csv:1:", "unknown-field"], ["bad.csv:2:", "no-such-record"], ["bad.csv:3:", "value"]],
    )
    assert _files(shop) == before


def test_the_good_rows_that_somebody_edited_are_kept(ask: Ask, shop: Path) -> None:
    """``--keep-good`` writes what can be written and ``--refused`` the rest: an hour at the spreadsheet is not lost."""
    Path("mixed.csv").write_text("id,name\nCU25-0001,王桂真\nCU25-0999,谁\n,钱一\n", encoding="utf-8")
    before = _files(shop)
    assert (ask("import", "customer", "mixed.csv")[0], _files(shop)) == (3, before)
    code, out, err = ask("import", "customer", "mixed.csv", "--keep-good", "--update", "--refused", "rest.csv")
    assert (code, "--update" in err) == (3, True)
    assert "rows that change a record: 1" in out
    assert json.loads(ask("show", "CU25-0001", "--format", "json")[1])["name"] == "王桂真"
    assert Path("rest.csv").read_text("utf-8-sig") == "id,name\nCU25-0999,谁\n"


def test_a_column_nobody_knows_is_wrong_in_every_row(ask: Ask, shop: Path) -> None:
    """``--keep-good`` keeps rows, and takes no sheet whose columns are misread."""
    Path("odd.csv").write_text("id,name,colour\nCU25-0001,王桂真,red\n", encoding="utf-8")
    before = _files(shop)
    assert (ask("import", "customer", "odd.csv", "--keep-good")[0], _files(shop)) == (3, before)


def test_a_list_under_the_fields_that_were_asked_for(ask: Ask) -> None:
    """A script that reads the table finds the names it typed, all of them, in whatever language the shop speaks."""
    for language in ("zh", "en"):
        title = ask("--lang", language, "customer", "list", "--fields", "id,name,phones,address.text")[1].split("\n")[0]
        assert title.split() == ["id", "name", "phones", "address.text"]


@pytest.mark.parametrize("name", ["customers/2025/CU25-0001.yaml", "aftercare.yaml", "sales/2025/new.csv"])
def test_no_export_takes_the_place_of_a_record(ask: Ask, shop: Path, name: str) -> None:
    """One Tab too many and ``--force`` would have put a sheet where a customer was, and no commit knew of it."""
    before = _files(shop)
    assert ask("export", "customer", str(shop / name), "--to", "csv", "--force")[0] == 5
    assert _files(shop) == before
    assert ask("export", "customer", "customers.csv", "--force")[0] == 0


def test_a_faulty_file_is_named_once(ask: Ask, shop: Path) -> None:
    """A database asks the book three times; who mends files from the list would have looked for three faults."""
    (shop / "customers/2025/CU25-0001.yaml").write_text("x", encoding="utf-8")
    code, __, err = ask("export", "all", "shop.sqlite")
    assert (code, err.count("CU25-0001.yaml:1: ")) == (3, 1)


@pytest.mark.parametrize("name", ["n" * 256, "n" * 300 + "/m"])
def test_a_name_that_is_too_long_was_taken_for_a_full_disk(ask: Ask, name: str) -> None:
    """A folder for sheets whose name no file system takes is refused by its name, as a file is."""
    for line in (["export", "all", name, "--to", "csv"], ["export", "customer", name, "--to", "csv"]):
        code, _out, err = ask(*line)
        assert (code, err.startswith(f"aftercare: {name}"), "too long" in err) == (5, True, True)
    for line in (["export", "all", f"{name}.sqlite"], ["export", "all", f"{name[:245]}.sqlite", "--metadata"]):
        assert ask(*line)[0] == 5
