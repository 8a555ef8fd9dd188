"""What papers share: the thing in use, and the goods that an id is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.papers import goods_of, thing_of
from aftercare.book.book import Book
from aftercare.records.claim import Claim
from aftercare.records.sale import Sale
from tests import papers_shop


@pytest.mark.parametrize(
    "subject", ["SA26-0001", "SA26-0001/1", "SA26-0001/1/deliver", "DE26-0001/x", "IN26-0001", "CL26-0001/1"]
)
def test_goods_are_found_from_any_id_about_them(subject: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sale, a unit, a promise, a work, a claim; a customer or a word is about no goods."""
    shop = papers_shop.opened(tmp_path, monkeypatch)
    shelf = Book.find(str(shop), {}, shop).read()
    assert goods_of(shelf, subject) == ["空调 KFR-35GW"]
    assert [goods_of(shelf, other) for other in ("CU26-0001", "PM26-0001", "SA26-0099", "SA26-0001/7", "?")] == [[]] * 5


def exchanged(number: int, on: str, **new: str) -> Claim:
    """A claim under which another thing was handed over."""
    return Claim.model_validate(
        {"id": f"CL26-{number:04}", "unit": "SA26-0001/1", "reported_on": on, "replaced": {"on": on, **new}}
    )


def test_the_thing_in_use_is_the_last_that_was_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the day of the exchange, not by the order of the claims; a number that nobody wrote down is not known."""
    shop = papers_shop.opened(tmp_path, monkeypatch)
    shelf = Book.find(str(shop), {}, shop).read()
    sale = shelf.get("SA26-0001")
    assert isinstance(sale, Sale)
    second = exchanged(1, "2026-05-02", serial="B")
    first = exchanged(2, "2026-04-02", serial="A", model="KFR-36")
    assert thing_of(shelf, sale, 1).serial == "KF35-2601-0311"
    assert (thing_of(shelf, sale, 1, [second, first]).serial, thing_of(shelf, sale, 1, [second, first]).model) == (
        "B",
        "KFR-36",
    )
    assert thing_of(shelf, sale, 1, [first, exchanged(3, "2026-06-01")]).serial == ""
