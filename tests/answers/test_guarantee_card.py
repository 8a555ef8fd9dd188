"""The guarantee card: the engine's days and no other, the thing in use, the repairs it had."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from aftercare.answers import remedies
from aftercare.answers.affairs import affairs_of
from aftercare.answers.chosen import rules_in
from aftercare.answers.guarantee_card import WITHOUT_FAULT, GuaranteeCard, guarantee_card
from aftercare.book.book import Book
from aftercare.errors import NoGuarantee, NoSuchRecord
from aftercare.plain.moments import Moment
from tests import papers_shop

NOW = datetime(2026, 5, 20, 10)
REPAIRED = "claims/2026/CL26-0001.yaml"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop that prints."""
    return papers_shop.opened(tmp_path, monkeypatch)


def card_of(shop: Path, unit: str = "SA26-0001/1", now: Moment = NOW) -> GuaranteeCard:
    """The card of a unit."""
    book = Book.find(str(shop), {}, shop)
    shelf = book.read()
    rules, __ = rules_in(book)
    return guarantee_card(shelf, affairs_of(shelf)["CU26-0001"], rules, unit, now)


def append(shop: Path, file: str, text: str) -> None:
    """Write more into a record."""
    with (shop / file).open("a", encoding="utf-8") as out:
        out.write(text)


def test_the_days_are_those_of_the_verdict(shop: Path) -> None:
    """What ``unit remedies`` says of a fault on the day of the installation stands on the card, to the day."""
    card = card_of(shop)
    book = Book.find(str(shop), {}, shop)
    shelf = book.read()
    rules, __ = rules_in(book)
    said = {"fault_on": "2026-03-06", "fault_kind": "performance", "same_model_available": "yes"}
    asked = remedies.verdict(affairs_of(shelf)["CU26-0001"], "SA26-0001/1", rules, datetime(2026, 3, 6, 11), said=said)
    assert card.verdict.on == datetime(2026, 3, 6, 11)
    assert {name: one.best and one.best.until for name, one in card.verdict.remedies.items()} == {
        name: one.best and one.best.until for name, one in asked.remedies.items()
    }
    assert card.verdict.remedy("repair").best is not None


def test_a_part_with_a_longer_guarantee_has_a_row(shop: Path) -> None:
    """The maker's ten years on the compressor outlast the whole; a part that does not is not named."""
    parts = card_of(shop).parts
    assert [(part.zh, one.grant.until, one.grant.line) for one in parts for part in one.parts] == [
        ("压缩机", date(2036, 3, 6), "maker-warranty/repair")
    ]
    product = shop / "products/2026/PR26-0001.yaml"
    product.write_text(product.read_text(encoding="utf-8").replace("120", "6"), encoding="utf-8")
    whole = card_of(shop).verdict.remedy("repair").best
    assert whole is not None
    assert [
        one for one in card_of(shop).parts if one.grant.until is None or one.grant.until <= (whole.until or NOW)
    ] == []


def test_before_the_installation_no_day_is_said(shop: Path) -> None:
    """Periods that begin with the installation have no end while it is to come."""
    card = card_of(shop, "SA26-0002/1")
    assert (card.handed_over, card.installed, card.to_be_installed) == (None, None, True)
    assert {one.best.until for one in card.verdict.remedies.values() if one.best and one.name == "repair"} == {None}


def test_what_is_not_known_yet_is_not_on_it(shop: Path) -> None:
    """As of the day before the installation it is not up, and nothing was repaired."""
    card = card_of(shop, now=datetime(2026, 3, 5, 9))
    assert (card.installed, card.stays) == (None, ())
    assert card.handed_over == datetime(2026, 3, 3, 10, 45)


def test_repairs_stand_on_it_in_their_order_and_move_the_end(shop: Path) -> None:
    """Both stays with their faults; the days in the workshop are added to the period, and the card says so."""
    card = card_of(shop)
    assert [(one.claim, one.symptom, one.person) for one in card.stays] == [
        ("CL26-0001", "不制冷", "张师傅"),
        ("CL26-0002", "不制冷", "张师傅"),
    ]
    first = card.verdict.remedy("repair").best
    assert first is not None
    assert isinstance(first.until, date)
    assert card.now_until is not None
    assert card.now_until > first.until
    assert card.now_until - first.until < timedelta(days=14)


def test_after_an_exchange_it_is_the_card_of_the_new_one(shop: Path) -> None:
    """The serial number of the thing in use; the days run from the exchange."""
    append(shop, REPAIRED, "replaced: {on: 2026-04-10, serial: KF35-NEW}\n")
    card = card_of(shop)
    assert (card.thing.serial, card.replaced, card.verdict.on) == ("KF35-NEW", date(2026, 4, 10), date(2026, 4, 10))
    append(shop, "claims/2026/CL26-0002.yaml", "replaced: {on: 2026-05-19}\n")
    assert card_of(shop).thing.serial == ""


def test_what_was_paid_back_has_no_card(shop: Path) -> None:
    """Nothing is guaranteed to whom nothing is left."""
    append(shop, REPAIRED, "decisions: [{on: 2026-04-10, remedy: refund}]\nrefunded: {on: 2026-04-10, amount: 2899}\n")
    with pytest.raises(NoGuarantee, match="2026-04-10"):
        card_of(shop)
    with pytest.raises(NoSuchRecord):
        card_of(shop, "SA26-0001/2")


def test_returns_without_a_fault_are_no_guarantee() -> None:
    """What an online buyer may send back without a reason hangs on no fault."""
    assert {"withdraw", "cancel_unshipped"} == WITHOUT_FAULT
