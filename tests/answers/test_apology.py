"""The letter of apology: no more than the records say, and only where there is something to regret."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from aftercare.answers.apology import Apology, apology_for_breach, apology_for_promise
from aftercare.answers.breaches.all import breaches
from aftercare.answers.chosen import rules_in
from aftercare.answers.ledger import ledger_of
from aftercare.book.book import Book
from aftercare.errors import NothingToRegret
from tests import papers_shop

NOW = datetime(2026, 5, 20, 10)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop that prints."""
    return papers_shop.opened(tmp_path, monkeypatch)


def for_promise(shop: Path, promise: str, now: datetime = NOW) -> Apology:
    """The letter for a promise."""
    book = Book.find(str(shop), {}, shop)
    shelf = book.read()
    ledger = ledger_of(shelf, rules_in(book)[0], now)
    found = ledger.get(promise)
    assert found is not None
    return apology_for_promise(shelf, ledger, found, now)


def for_breach(shop: Path, breach: str) -> Apology:
    """The letter for a breach of service."""
    book = Book.find(str(shop), {}, shop)
    shelf, (rules, __) = book.read(), rules_in(book)
    (found,) = [one for one in breaches(shelf, rules, NOW) if one.id == breach]
    return apology_for_breach(shelf, ledger_of(shelf, rules, NOW), rules, found, NOW)


def test_a_promise_kept_late_says_by_how_much(shop: Path) -> None:
    """Promised for the fourth, done on the sixth."""
    found = for_promise(shop, "SA26-0001/1/install")
    assert (found.late_days, found.about, found.mended) == (2, ("空调 KFR-35GW",), ())


def test_what_made_good_is_what_somebody_wrote_down(shop: Path) -> None:
    """A spoken promise has its own record; what it is about is nobody's goods."""
    found = for_promise(shop, "PM26-0001")
    assert (found.mended, found.about) == (("改送滤网两片",), ())


def test_the_day_before_there_is_nothing_to_regret(shop: Path) -> None:
    """Due today is not late; the day after it is."""
    with pytest.raises(NothingToRegret):
        for_promise(shop, "SA26-0002/1/deliver", datetime(2026, 5, 22, 18))
    assert for_promise(shop, "SA26-0002/1/deliver", datetime(2026, 5, 23, 9)).late_days == 1


def test_a_breach_of_a_promise_is_told_as_the_promise(shop: Path) -> None:
    """The same lateness, and the standard that was not kept."""
    found = for_breach(shop, "SA26-0001/1/late-installation")
    assert found.promise is not None
    assert (found.promise.id, found.late_days, found.happened) == ("SA26-0001/1/install", 2, "")
    assert found.duty is not None
    assert found.duty.zh == "约期不误"


def test_any_other_breach_is_told_as_it_was_seen(shop: Path) -> None:
    """Without the names of the customer and of who did the work."""
    found = for_breach(shop, "IN26-0001/asked-for")
    assert (found.promise, found.happened, found.about) == (None, "the fitter asked for: 两包烟", ("空调 KFR-35GW",))
