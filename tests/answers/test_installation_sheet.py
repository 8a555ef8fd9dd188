"""The installation sheet: which goods, which items, and what the standards in force let it say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from aftercare.answers.chosen import rules_in
from aftercare.answers.installation_sheet import InstallationSheet, installation_sheet, open_installations
from aftercare.answers.ledger import ledger_of
from aftercare.book.book import Book
from aftercare.errors import CalledOff, NothingToInstall
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from tests import papers_shop

NOW = datetime(2026, 5, 20, 10)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop that prints."""
    return papers_shop.opened(tmp_path, monkeypatch)


def sheet_of(shop: Path, sale: str, work: str = "") -> InstallationSheet:
    """The sheet of an installation, or of what is to be put up of a sale."""
    book = Book.find(str(shop), {}, shop)
    shelf = book.read()
    rules, __ = rules_in(book)
    sold, done = shelf.get(sale), shelf.get(work)
    assert isinstance(sold, Sale)
    assert done is None or isinstance(done, Installation)
    return installation_sheet(shelf, ledger_of(shelf, rules, NOW), rules, sold, done, NOW)


def test_what_was_ticked_is_told_from_what_was_not(shop: Path) -> None:
    """An item of the list by its text; what the list does not have stands beside it."""
    sheet = sheet_of(shop, "SA26-0001", "IN26-0001")
    assert [item.text.zh for item in sheet.items if item.done] == ["抽真空"]
    assert len(sheet.items) > 10
    assert sheet.extra == ("垫高外机",)


def test_a_sale_without_a_work_has_all_that_is_to_be_put_up(shop: Path) -> None:
    """Of two lines the one that needs no installation is left out; nothing is ticked yet."""
    (shop / "products/2026/PR26-0002.yaml").write_text(
        "id: PR26-0002\nname: 电饭煲\ncategory: rice_cooker\n", encoding="utf-8"
    )
    sale = shop / "sales/2026/SA26-0002.yaml"
    text = sale.read_text(encoding="utf-8").replace("told:", "- {product: PR26-0002}\ntold:")
    sale.write_text(text, encoding="utf-8")
    sheet = sheet_of(shop, "SA26-0002")
    assert [thing.unit for thing in sheet.things] == ["SA26-0002/1"]
    assert sheet.items
    assert not any(item.done for item in sheet.items)
    assert [time.lines for time in sheet.times] == [(1,)]


def test_what_is_up_is_not_put_up_again(shop: Path) -> None:
    """Refused, with the installation whose sheet was perhaps meant; what was called off has none."""
    with pytest.raises(NothingToInstall, match="SA26-0001") as refused:
        sheet_of(shop, "SA26-0001")
    assert "IN26-0001" in refused.value.remedy
    with (shop / "sales/2026/SA26-0002.yaml").open("a", encoding="utf-8") as file:
        file.write("cancelled: {on: 2026-05-20}\n")
    with pytest.raises(CalledOff):
        sheet_of(shop, "SA26-0002")


def test_free_stands_there_only_where_a_standard_says_so(shop: Path) -> None:
    """With the standards chosen away, the sheet makes no promise of its own."""
    assert (sheet_of(shop, "SA26-0002").is_free, sheet_of(shop, "SA26-0002").takes_nothing) == (True, True)
    with (shop / "aftercare.yaml").open("a", encoding="utf-8") as file:
        file.write("packs: [cn-1995-general, ours]\n")
    sheet = sheet_of(shop, "SA26-0002")
    assert (sheet.is_free, sheet.takes_nothing) == (False, False)
    assert [material.id for material in sheet.materials] == ["pipe"]


def test_open_ones_are_neither_signed_nor_called_off(shop: Path) -> None:
    """As with deliveries."""
    (shop / "installations/2026/IN26-0002.yaml").write_text(
        "id: IN26-0002\nsale: SA26-0002\narranged_on: 2026-05-20\n", encoding="utf-8"
    )
    shelf = Book.find(str(shop), {}, shop).read()
    assert open_installations(shelf, "SA26-0002") == ["IN26-0002"]
    assert open_installations(shelf, "SA26-0001") == []
