"""Whether a sale meets an offer, which of its rows hold, and until when a misprint can be relied on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import offers
from aftercare.answers.affairs import affairs_of
from aftercare.answers.ids_of_now import products_by_any_id
from aftercare.answers.offers import Meeting
from aftercare.plain.moments import is_late, parse
from aftercare.records.customer import Customer
from aftercare.records.offer import Offer
from aftercare.records.sale import Sale
from aftercare.records.words import PROMISE_KINDS
from tests.answers.shop import BUYER, CHAIR, COOLER, record, shelf

EDGES = [
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2025, 2, 28),
    date(2025, 12, 31),
    date(2026, 1, 1),
]
SALE = record("SA26-0001", items=f"[{{product: {COOLER}, price: 3299}}, {{product: {CHAIR}, qty: 4, price: 58}}]")


def _offer(**fields: str) -> str:
    return record("OF26-0001", **{"title": "国庆送清洗", "published_on": "2026-03-01"} | fields)


def _met(offer: str, sale: str = SALE, buyer: str = "") -> Meeting:
    found = shelf(offer, sale, *([buyer] if buyer else []))
    known = cast("Customer", found.get(BUYER))
    return offers.meeting(
        cast("Offer", found.get("OF26-0001")), cast("Sale", found.get("SA26-0001")), known, products_by_any_id(found)
    )


def test_it_holds_from_its_first_day_to_its_last() -> None:
    """Both days are included, and the day on which it was withdrawn too."""
    for day, holds in (("2026-03-01", False), ("2026-03-02", True), ("2026-03-09", True), ("2026-03-10", False)):
        offer = cast("Offer", shelf(_offer(since="2026-03-02", until="2026-03-09")).get("OF26-0001"))
        assert offers.holds_on(offer, parse(day)) is holds
    ended = cast("Offer", shelf(_offer(ended="{on: 2026-03-05}")).get("OF26-0001"))
    assert [offers.holds_on(ended, parse(day)) for day in ("2026-03-05", "2026-03-06")] == [True, False]


@given(st.sampled_from(EDGES), st.integers(0, 40), st.integers(-2, 42))
def test_no_day_outside_its_dates_is_met(first: date, length: int, sold: int) -> None:
    """A sale meets it on exactly the days between the two, whatever month or year ends in them."""
    last, on = first + timedelta(length), first + timedelta(sold)
    offer = Offer.model_construct(id="OF24-0001", title="x", published_on=first, since=None, until=last, ended=None)
    assert offers.holds_on(offer, on) is (first <= on <= last)


@pytest.mark.parametrize(
    ("meets", "lines"),
    [
        ("{}", (1, 2)),
        (f"{{products: [{CHAIR}]}}", (2,)),
        ("{category: air_conditioner}", (1,)),
        (f"{{category: air_conditioner, products: [{CHAIR}]}}", (1, 2)),
        ("{category: watch}", ()),
        ("{channels: [shop]}", (1, 2)),
        ("{channels: [online, phone]}", ()),
        (f"{{products: [{CHAIR}], pieces: 4}}", (2,)),
        (f"{{products: [{CHAIR}], pieces: 5}}", ()),
        ("{amount: 3531.00}", (1, 2)),
        ("{amount: 3531.01}", ()),
        ("{members: [会员]}", ()),
    ],
)
def test_it_speaks_of_the_sales_that_it_names(meets: str, lines: tuple[int, ...]) -> None:
    """Every condition that is said must hold; only the lines of its goods are meant."""
    assert _met(_offer(meets=meets)).lines == lines


def test_membership_is_that_of_the_day() -> None:
    """Who was a member on the day of the sale is one; a day later it would not do."""
    member = record(BUYER, memberships="[{of: 会员, until: 2026-03-02}]")
    late = record(BUYER, memberships="[{of: 会员, since: 2026-03-03}]")
    assert _met(_offer(meets="{members: [会员]}"), buyer=member).state == "yes"
    assert _met(_offer(meets="{members: [会员]}"), buyer=late).state == "no"


def test_what_is_not_known_is_neither_yes_nor_no() -> None:
    """The distance, the region and the prices that nobody wrote down are asked for, and named."""
    assert _met(_offer(meets="{within_km: 20}")).missing == ((BUYER, "address.distance_km"),)
    assert _met(_offer(meets="{regions: [浙江]}")) == Meeting("unknown", (), ((BUYER, "address.region"),))
    bare = record("SA26-0001", items=f"[{{product: {COOLER}, price: 3299}}, {{product: {CHAIR}}}]")
    assert _met(_offer(meets="{amount: 3300}"), bare).missing == (("SA26-0001", "items.price"),)
    assert _met(_offer(meets="{amount: 3299}"), bare).state == "yes"


def test_one_no_is_enough_whatever_is_unknown() -> None:
    """A fact that cannot change the answer is not asked for."""
    assert _met(_offer(meets="{within_km: 20, channels: [online]}")).state == "no"


def test_the_way_is_the_one_that_the_goods_go() -> None:
    """Where they go elsewhere the buyer's distance says nothing."""
    near = record(BUYER, address="{text: 文三路, distance_km: 5}")
    away = record("SA26-0001", deliver_to="{address: 乡下}")
    assert _met(_offer(meets="{within_km: 5}"), buyer=near).state == "yes"
    assert _met(_offer(meets="{within_km: 4.9}"), buyer=near).state == "no"
    assert _met(_offer(meets="{within_km: 20}"), away, near).missing == (("SA26-0001", "deliver_to.distance_km"),)


def _misprinted(*places: str) -> Offer:
    made = _offer(
        misprint="{at: 2026-03-03T09:00, says: 3元, meant: 7元}",
        published=f"[{', '.join(places)}]",
        gives="[{what: gift, within: 0d, holds: printed}, {what: gift, within: 0d, holds: meant}, {what: other}]",
        prices="[{price: 3, meant: 7}]",
    )
    return cast("Offer", shelf(made).get("OF26-0001"))


def test_a_misprint_can_be_relied_on_until_the_last_place_is_put_right() -> None:
    """One place that is still wrong is enough; a place may be relied on longer than it stood there."""
    right = "{where: 橱窗, at: 2026-03-01, corrected_at: 2026-03-04T11:00}"
    assert offers.relied_until(_misprinted(right, "{where: 晚报, at: 2026-03-01}")) is None
    paper = "{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-05, until: 2026-03-08}"
    assert offers.relied_until(_misprinted(right, paper)) == date(2026, 3, 8)
    assert offers.relied_until(_misprinted(right)) == datetime(2026, 3, 4, 11)


def test_a_place_where_it_was_printed_later_has_it_right() -> None:
    """What was published after the misprint was noticed holds nothing up, and keeps its number."""
    later = "{where: 新海报, at: 2026-03-04}"
    offer = _misprinted(later, "{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-05}")
    assert [number for number, __ in offers.misprinted(offer)] == [2]
    assert offers.relied_until(offer) == date(2026, 3, 5)


def test_as_printed_on_the_last_day_and_as_meant_the_day_after() -> None:
    """On the day of the correction a sale without an hour goes by what was printed; an hour later is too late."""
    offer = _misprinted("{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-05T12:00}")
    for sold, price, held in (("2026-03-05", 3, [1, 3]), ("2026-03-05T12:01", 7, [2, 3]), ("2026-03-06", 7, [2, 3])):
        assert offers.price_of(offer.prices[0], offer, parse(sold)).value == price
        assert [number for number, __ in offers.rows(offer, parse(sold))] == held


@given(st.sampled_from(EDGES), st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(0, 12))
def test_never_as_meant_while_somebody_could_rely_on_it(noticed: date, corrected: list[int], sold: int) -> None:
    """The latest correction decides, in whatever order the places were put right."""
    since, ends = noticed.isoformat(), [(noticed + timedelta(days)).isoformat() for days in corrected]
    places = [{"where": str(n), "at": since, "corrected_at": end} for n, end in enumerate(ends)]
    offer = Offer.model_validate(
        {
            "id": "OF24-0001",
            "title": "x",
            "published_on": noticed.isoformat(),
            "misprint": {"at": noticed.isoformat(), "says": "3", "meant": "7"},
            "published": places,
        }
    )
    assert offers.is_as_meant(offer, noticed + timedelta(sold)) is (sold > max(corrected))


@given(st.sampled_from(EDGES), st.integers(1, 72), st.booleans())
def test_hours_of_a_day_without_an_hour_are_whole_days(day: date, hours: int, at_ten: bool) -> None:
    """24 hours after a day is the next day; nothing promised ends before so many hours after its start are over."""
    begins = datetime(day.year, day.month, day.day, 10) if at_ten else day
    end = offers.after(f"{hours}h", begins)
    assert isinstance(end, datetime) is at_ten
    if not at_ten:
        assert end == day + timedelta(hours // 24)
    assert not is_late(begins, end)


def test_every_kind_that_an_offer_promises_is_a_kind_of_promise() -> None:
    """What is summed up in the balance is of the closed list."""
    from aftercare.records.offer import Give
    from aftercare.records.schema import fields_of

    kinds = next(field.choices for field in fields_of(Give) if field.name == "what")
    assert set(kinds) <= set(PROMISE_KINDS)


def test_the_house_is_in_every_book() -> None:
    """What is owed to nobody in particular has its place, and knows the offers."""
    assert [offer.id for offer in affairs_of(shelf(_offer()))["house"].offers] == ["OF26-0001"]
