"""Records kept as the bytes of their files: the same answers as from records that are all there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.book import growing
from aftercare.book.book import Book
from aftercare.book.growing import Growing
from aftercare.book.shelf import Shelf
from aftercare.plain.splicing import Set
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.sale import Sale
from aftercare.records.typed import Setting

_TODAY = date(2026, 3, 4)
_FILES = {
    "aftercare.yaml": "git: no\n",
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\nphones: ['13800138000']\n",
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 李梅\nreferred_by: CU26-0001\nformerly: [CU26-0009]\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: goods\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-02\nitems: [{product: PR26-0001, serial: S1}]\n"
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with two customers, of whom one brought the other, and a sale."""
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Book(tmp_path)


@pytest.fixture(autouse=True, params=[1, 12_500])
def _recent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with records that are typed anew whenever they are asked for, and with none that is."""
    monkeypatch.setattr(growing, "RECENT", request.param)


def test_a_book_read_whole_says_what_it_says_read_as_ever(book: Book) -> None:
    """Record by record, in the same order."""
    whole, plain = book.read_whole(), book.read()
    assert dict(whole.records) == dict(plain.records)
    assert (whole.formerly, whole.faults, whole.invalid) == (plain.formerly, plain.faults, plain.invalid)
    assert [one.id for one in whole.of(Customer)] == ["CU26-0001", "CU26-0002"]
    assert not whole.has(Delivery)


def test_it_is_read_again_once_a_file_changed(book: Book) -> None:
    """And not before."""
    before = book.read_whole()
    assert book.read_whole() is before
    (book.root / "customers/2026/CU26-0001.yaml").write_text("id: CU26-0001\nname: 王小明\n", encoding="utf-8")
    assert [one.name for one in book.read_whole().of(Customer)] == ["王小明", "李梅"]


def test_faults_are_kept(book: Book) -> None:
    """Of files that are no records, and of what is no file."""
    (book.root / "customers/2026/CU26-0003.yaml").write_text("id: CU26-0003\n", encoding="utf-8")
    (book.root / "customers/2026/CU26-0004.yaml").mkdir()
    whole, plain = book.read_whole(), book.read()
    assert [fault.code for fault in whole.faults] == ["missing", "not-a-file"]
    assert (whole.faults, whole.invalid) == (plain.faults, plain.invalid)


def test_a_number_that_two_had_means_the_one_that_has_it(book: Book) -> None:
    """As where two clones gave one number."""
    (book.root / "customers/2026/CU26-0009.yaml").write_text("id: CU26-0009\nname: 张三\n", encoding="utf-8")
    whole, plain = book.read_whole(), book.read()
    assert whole.shared == plain.shared == {"CU26-0009": ("CU26-0002",)}
    assert [one.earlier_ids for one in whole.of(Customer)] == [one.earlier_ids for one in plain.of(Customer)]


def _with_more(book: Book, *, whole: bool = False) -> Shelf:
    """The book with a sale more for each of the two, a delivery of the old one, and a customer changed."""
    with book.writing("test", _TODAY, whole=whole) as pen:
        with pen.many():
            items: list[Tree] = [{"product": "PR26-0001"}]
            for customer in ("CU26-0001", "CU26-0002"):
                pen.add("sale", {"customer": customer, "sold_on": "2026-03-03", "items": items})
            pen.add("delivery", {"sale": "SA26-0001", "arranged_on": "2026-03-03"})
            pen.edit("CU26-0001", [Set(("name",), "王大国")])
        assert pen.touched_ids == ["SA26-0002", "SA26-0003", "DE26-0001", "CU26-0001"]
        assert [one.id for one in pen.touched_of("sale")] == ["SA26-0002", "SA26-0003"]
        assert [one.id for one in pen.touched] == pen.touched_ids
        return pen.shelf


@pytest.mark.parametrize("whole", [False, True])
def test_what_a_command_makes_lies_over_what_was_there(book: Book, whole: bool) -> None:
    """In a book that was read as ever, and in one that was read whole."""
    shelf = _with_more(book, whole=whole)
    records = shelf.records
    assert isinstance(records, Growing)
    assert [one.name for one in shelf.of(Customer)] == ["王大国", "李梅"]
    assert sorted(one.id for one in shelf.of(Sale)) == ["SA26-0001", "SA26-0002", "SA26-0003"]
    assert len(list(records)) == len(records) == 7
    assert shelf.has(Delivery)
    assert "DE26-0001" in records
    assert "DE26-0002" not in records
    assert {one.id for one in records.naming(["PR26-0001"])} >= {"SA26-0001", "SA26-0002", "SA26-0003"}
    assert [one.id for one in shelf.with_phone("13800138000") if isinstance(one, Customer)][:1]
    assert "SA26-0001" in {one.id for one in shelf.with_serial("S1")}
    assert {one.id for one in shelf.hanging(Delivery, "SA26-0001")} == {"DE26-0001"}


def test_around_a_customer_is_what_belongs_to_them_and_to_those_they_brought(book: Book) -> None:
    """And what is nobody's own."""
    records = Growing({}, book.settings.setting)
    for record in _with_more(book).records.values():
        records.grow(record, is_new=True)
    around = set(records.around(["CU26-0002"]))
    assert around >= {"CU26-0001", "CU26-0002", "SA26-0003", "PR26-0001"}
    assert records.owner("DE26-0001") == "CU26-0001"
    assert records.owner("PR26-0001") is None
    assert records.referrer("CU26-0002") == "CU26-0001"


def test_what_belongs_to_others_is_not_around() -> None:
    """Or nothing would be gained by asking for one."""
    records = Growing({}, Setting())
    for number in (1, 2):
        records.grow(Customer.model_validate({"id": f"CU26-000{number}", "name": "x"}), is_new=True)
        records.settle(f"CU26-000{number}", f"id: CU26-000{number}\nname: x\n".encode())
    assert list(records.around(["CU26-0002"])) == ["CU26-0002"]


def test_a_delivery_that_is_read_before_its_sale_belongs_to_its_customer(book: Book) -> None:
    """As in a book, whose folders are read by their names."""
    (book.root / "deliveries/2026").mkdir(parents=True)
    (book.root / "deliveries/2026/DE26-0001.yaml").write_text("id: DE26-0001\nsale: SA26-0001\n", encoding="utf-8")
    (book.root / "deliveries/2026/DE26-0002.yaml").write_text("id: DE26-0002\nsale: SA26-0077\n", encoding="utf-8")
    records = book.read_whole().records
    assert isinstance(records, Growing)
    assert records.owner("DE26-0001") == "CU26-0001"
    assert records.owner("DE26-0002") is None
    assert "DE26-0002" in records.around([])
    assert "DE26-0001" not in records.around([])
