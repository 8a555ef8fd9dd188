"""Slips from the counter: which repair, which loan, what is promised of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from aftercare.answers.chosen import rules_in
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.slips import LoanReceipt, RepairSlip, loan_receipt, repair_slip
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.errors import NothingLent, NotTakenIn
from aftercare.records.claim import Claim
from tests import papers_shop

NOW = datetime(2026, 5, 20, 10)
OPEN = "claims/2026/CL26-0002.yaml"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop that prints."""
    return papers_shop.opened(tmp_path, monkeypatch)


def _read(shop: Path, claim: str) -> tuple[Shelf, Ledger, Claim]:
    book = Book.find(str(shop), {}, shop)
    shelf = book.read()
    assert not shelf.faults
    found = shelf.get(claim)
    assert isinstance(found, Claim)
    return shelf, ledger_of(shelf, rules_in(book)[0], NOW), found


def slip_of(shop: Path, claim: str = "CL26-0002") -> RepairSlip:
    """The slip of a claim."""
    shelf, ledger, found = _read(shop, claim)
    return repair_slip(shelf, ledger, ledger.affairs["CU26-0001"], found, NOW)


def receipt_of(shop: Path, claim: str = "CL26-0002") -> LoanReceipt:
    """The receipt of a claim."""
    shelf, ledger, found = _read(shop, claim)
    return loan_receipt(shelf, ledger, ledger.affairs["CU26-0001"], found, NOW)


def replace(shop: Path, file: str, old: str, new: str) -> None:
    """Change a record."""
    path = shop / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_open_repair_is_meant_and_else_the_last(shop: Path) -> None:
    """One that is still in comes before one that went out, whatever their order in the file."""
    done = "- {in: 2026-05-17T09:00, out: 2026-05-18T09:00}\nloans:"
    replace(shop, OPEN, "loans:", done)
    assert (slip_of(shop).number, slip_of(shop).repair.out) == (1, None)
    replace(shop, OPEN, "problem: 压缩机卡缸", "out: 2026-05-16T18:00")
    assert slip_of(shop).number == 2


def test_the_promise_of_an_open_repair_is_on_it(shop: Path) -> None:
    """Ready by the day that the ledger has; a repair that went out promises nothing more."""
    assert slip_of(shop).ready_by == date(2026, 6, 15)
    assert slip_of(shop, "CL26-0001").ready_by is None


def test_former_repairs_of_the_same_fault_are_on_it(shop: Path) -> None:
    """Those of another fault are not, nor is the repair itself."""
    assert [(one.claim, one.person) for one in slip_of(shop).former] == [("CL26-0001", "张师傅")]
    assert slip_of(shop, "CL26-0001").former == ()


def test_without_a_stay_there_is_no_slip(shop: Path) -> None:
    """The remedy is the command that takes it in."""
    path = shop / OPEN
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("repairs:")], encoding="utf-8")
    with pytest.raises(NotTakenIn) as refused:
        slip_of(shop)
    assert refused.value.remedy == "aftercare claim repair CL26-0002 in"


def test_all_that_is_lent_is_on_the_receipt(shop: Path) -> None:
    """What is out now; where all came back, what came back last."""
    replace(
        shop,
        OPEN,
        "loans:\n",
        "loans:\n- {thing: 风扇, at: 2026-05-16, back: 2026-05-18}\n- {thing: 电暖器, at: 2026-05-17}\n",
    )
    assert [one.loan.thing for one in receipt_of(shop).lent] == ["电暖器", "移动空调 MA-09"]
    assert [loan.thing for loan in slip_of(shop).lent] == ["电暖器", "移动空调 MA-09"]
    replace(shop, OPEN, "at: 2026-05-17}", "at: 2026-05-17, back: 2026-05-19}")
    replace(shop, OPEN, "T10:30}", "T10:30, back: 2026-05-17}")
    assert [one.loan.thing for one in receipt_of(shop).lent] == ["电暖器"]


def test_the_day_of_return_is_that_of_its_promise(shop: Path) -> None:
    """None while the customer's own is away; once it is back, the day of the plan."""
    assert [one.due for one in receipt_of(shop).lent] == [None]
    replace(shop, OPEN, "problem: 压缩机卡缸", "out: 2026-05-19T18:00\n  result: fixed")
    (due,) = [one.due for one in receipt_of(shop).lent]
    assert due is not None
    assert due > date(2026, 5, 19)


def test_without_a_loan_there_is_no_receipt(shop: Path) -> None:
    """The remedy is the command that lends."""
    with pytest.raises(NothingLent) as refused:
        receipt_of(shop, "CL26-0001")
    assert refused.value.remedy.startswith("aftercare claim lend CL26-0001 ")
