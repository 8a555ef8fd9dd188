"""What the house owes after a misprint, what keeps it, and what it cost."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from aftercare.answers.due import row
from aftercare.answers.misprints import Cost
from aftercare.answers.takers import takers, tally
from aftercare.plain.moments import parse
from aftercare.records.offer import Offer
from tests.answers.shop import CHAIR, PLANS, deadline, ledger, promises, record, rules, shelf

OFFERS = """
- id: correct
  title: 更正
  category: goods
  after: place_misprinted
  what: correct
  step: correct
  channel: counter
  due: {2020-01-01: [{days: 1}]}
- id: supply
  title: 备货
  category: goods
  after: misprinted
  what: supply
  step: supply
  channel: counter
  due: {2020-01-01: [{days: 0}]}
- id: apology
  title: 致歉
  category: goods
  after: misprinted
  what: apology
  step: apology
  channel: counter
  due: {2020-01-01: [{days: 1}]}
"""
PAPER, WINDOW = "{where: 晚报, at: 2026-03-01}", "{where: 橱窗, at: 2026-03-01}"
NOTICED = "at: 2026-03-03T09:00, says: 3元, meant: 7元"
JUICE = "PR26-0007"


def _offer(*places: str, misprint: str = NOTICED, **fields: str) -> str:
    usual = {"title": "买一赠一", "published_on": "2026-03-01", "published": f"[{', '.join(places)}]"}
    return record("OF26-0001", **usual | {"misprint": f"{{{misprint}}}"} | fields)


def _house(offer: str, now: str) -> dict[str, str]:
    found = promises(offer, now=now, plans=PLANS + OFFERS)
    return {i: p.state for i, p in found.items() if p.draft.to == "house"}


def test_each_place_is_owed_its_correction_and_the_public_stock_and_an_apology() -> None:
    """One promise for each place by its number, and one each for all; by the days of the plans."""
    found = promises(_offer(PAPER, WINDOW), now="2026-03-03", plans=PLANS + OFFERS)
    assert {i: deadline(p) for i, p in found.items()} == {
        "OF26-0001/correct.1": "2026-03-04",
        "OF26-0001/correct.2": "2026-03-04",
        "OF26-0001/supply.1": "2026-03-03",
        "OF26-0001/apology.1": "2026-03-04",
    }


def test_an_offer_that_was_printed_right_owes_the_public_nothing() -> None:
    """Without a misprint nothing is to be put right."""
    assert _house(_offer(PAPER, misprint="").replace("misprint: {}\n", ""), "2026-03-09") == {}


def test_what_is_written_down_of_each_deed_keeps_its_promise() -> None:
    """In time on the last day, late the day after; the first apology counts."""
    done = ", supplied: [{at: 2026-03-03}], apologised: [{at: 2026-03-05}, {at: 2026-03-04}]"
    right = "{where: 橱窗, at: 2026-03-01, corrected_at: 2026-03-05}"
    assert _house(_offer(PAPER, right, misprint=NOTICED + done), "2026-03-06") == {
        "OF26-0001/correct.1": "overdue",
        "OF26-0001/correct.2": "kept_late",
        "OF26-0001/supply.1": "kept",
        "OF26-0001/apology.1": "kept",
    }


def test_what_was_published_later_is_right() -> None:
    """A place of after the misprint was noticed is owed no correction, and the others keep their numbers."""
    later = "{where: 新海报, at: 2026-03-04}"
    assert "OF26-0001/correct.1" not in _house(_offer(later, WINDOW), "2026-03-05")
    assert "OF26-0001/correct.2" in _house(_offer(later, WINDOW), "2026-03-05")


def test_it_is_owed_to_nobody_in_particular() -> None:
    """The row has no customer; a record about the promise moves it all the same."""
    moved = record("PM26-0001", of="OF26-0001/correct.1", moved="[{to: 2026-03-06, asked_by: shop, agreed: yes}]")
    found = ledger(_offer(PAPER), moved, now="2026-03-05", plans=PLANS + OFFERS)
    promise = found.get("OF26-0001/correct.1")
    assert promise is not None
    told = row(promise, found, parse("2026-03-05"))
    assert (told["customer"], told["name"], told["phone"], told["due"]) == (None, None, None, "2026-03-06")
    assert told["keep_with"] == ["aftercare", "offer", "correct", "OF26-0001", "--where", "晚报"]


def test_a_broken_promise_of_the_house_asks_nobody_for_pardon() -> None:
    """It was our own plan; no customer had our word."""
    broken = record("PM26-0001", of="OF26-0001/apology.1", broken="{on: 2026-03-04, reason: 不登}")
    found = promises(_offer(PAPER), broken, now="2026-03-05", plans=PLANS + OFFERS)
    assert found["OF26-0001/apology.1"].state == "broken"
    assert "OF26-0001/apology.1/apology" not in found


GOODS = [record(JUICE, name="果汁")]
PRICES = f"[{{goods: [{CHAIR}, {JUICE}], price: 3, meant: 7}}]"


def _sale(number: int, first: str, day: str = "2026-03-03", more: str = "", qty: int = 1) -> str:
    price = f", price: {first}" if first else ""
    items = f"[{{product: {CHAIR}{price}, qty: {qty}}}, {{product: {JUICE}, price: 0, qty: {qty}}}]"
    return record(f"SA26-000{number}", sold_on=day, items=items) + more


def _cost(*records: str, **fields: str) -> Cost:
    place = "{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-05}"
    made = shelf(*GOODS, _offer(place, prices=PRICES, **fields), *records)
    offer = cast("Offer", made.get("OF26-0001"))
    return tally(offer, takers(made, rules(), parse("2026-03-20"), offer)).cost


def test_what_was_charged_less_than_was_meant_is_its_cost() -> None:
    """Each time they were sold together; from the day after the correction on nothing."""
    cost = _cost(_sale(1, "3"), _sale(2, "3", qty=5), _sale(3, "3", "2026-03-05"), _sale(4, "7", "2026-03-06"))
    assert (cost.less, cost.total, cost.unknown) == (Decimal(4 + 20 + 4), Decimal(28), ())


def test_what_was_paid_back_is_part_of_it() -> None:
    """Charged as meant and paid back as printed costs as much as charged as printed."""
    back = "paid_back: [{offer: OF26-0001, amount: 4, at: 2026-03-04}]\n"
    assert _cost(_sale(1, "7", more=back)).less == 4
    assert _cost(_sale(1, "7")).less == 0


def test_a_price_that_nobody_wrote_down_is_named_and_not_guessed() -> None:
    """The sum holds what is known."""
    cost = _cost(_sale(1, "3"), _sale(2, ""))
    assert (cost.less, cost.unknown) == (Decimal(4), ("SA26-0002",))


def test_what_was_given_by_mistake_and_what_was_spent_are_added() -> None:
    """By what it cost, else by the row's own cost for each piece; a gift that was meant costs the misprint nothing."""
    gives = "[{what: gift, within: 0d, qty: 2, cost: 1.50, holds: printed}, {what: gift, within: 0d, cost: 9}]"
    given = "given: [{offer: OF26-0001, row: 1, at: 2026-03-03}, {offer: OF26-0001, row: 2, at: 2026-03-03}]\n"
    said = "given: [{offer: OF26-0001, row: 1, at: 2026-03-03, cost: 2}]\n"
    cost = _cost(
        _sale(1, "3", more=given),
        _sale(2, "3", more=said),
        gives=gives,
        costs="[{at: 2026-03-05, amount: 800}, {at: 2026-03-05, amount: 50.50}]",
    )
    assert cost == Cost(Decimal(8), Decimal("5.00"), Decimal("850.50"), ())


def test_without_a_misprint_only_what_was_spent_is_a_cost() -> None:
    """An offer that was meant is no loss."""
    made = shelf(*GOODS, _sale(1, "3"), _offer(prices=PRICES, costs="[{at: 2026-03-05, amount: 80}]").replace(
        f"misprint: {{{NOTICED}}}\n", ""))  # fmt: skip
    offer = cast("Offer", made.get("OF26-0001"))
    assert tally(offer, takers(made, rules(), parse("2026-03-20"), offer)).cost == Cost(spent=Decimal(80))
