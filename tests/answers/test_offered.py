"""What offers promise in the sales that meet them, and what keeps or ends it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import customers_of
from aftercare.plain.moments import iso
from tests.answers.shop import BUYER, CHAIR, COOLER, deadline, promises, record, shelf, states

BOTH = record("SA26-0001", sold_on="2026-03-02T10:00", items=f"[{{product: {COOLER}}}, {{product: {CHAIR}, qty: 3}}]")
GIFT, CLEANING = "SA26-0001/OF26-0001.1", "SA26-0001/1/OF26-0001.2"


def _offer(gives: str, **fields: str) -> str:
    return record("OF26-0001", **{"title": "国庆", "published_on": "2026-03-01", "gives": gives} | fields)


TWO = _offer(
    "[{what: gift, words: 滤网, within: 1d}, {what: maintenance, words: 清洗, within: 6m}]",
    meets="{category: air_conditioner}",
)


def test_a_row_is_promised_for_the_sale_or_for_each_line_that_it_speaks_of() -> None:
    """A gift once, what is about the thing for the thing; both bind as told, from the sale on."""
    found = {i: p for i, p in promises(BOTH, TWO, now="2026-03-02T11:00").items() if "OF26" in i}
    assert {i: (deadline(p), p.draft.binds, iso(p.draft.made_on)) for i, p in found.items()} == {
        GIFT: ("2026-03-03", "told", "2026-03-02T10:00"),
        CLEANING: ("2026-09-02", "told", "2026-03-02T10:00"),
    }


def test_they_count_before_the_opening_day_too() -> None:
    """What was published was told, whenever the book began."""
    assert GIFT in promises(BOTH, TWO, now="2026-03-02T11:00", begins_on="2026-06-01")


def test_nothing_is_promised_to_a_sale_that_does_not_meet_it() -> None:
    """Other goods, the day before, and a row that has no time: none of it is owed."""
    chair = record("SA26-0001")
    assert not [i for i in states(chair, TWO, now="2026-03-05") if "OF26" in i]
    early = record("SA26-0001", sold_on="2026-02-28", items=f"[{{product: {COOLER}}}]")
    assert not [i for i in states(early, TWO, now="2026-03-05") if "OF26" in i]
    standing = _offer("[{what: benefit, words: 终身免费清洗}]")
    assert not [i for i in states(BOTH, standing, now="2026-03-05") if "OF26" in i]


def test_what_was_given_keeps_it_piece_by_piece() -> None:
    """One gift for each piece; until all are given it is owed, and the last one decides."""
    each = _offer("[{what: gift, within: 1d, per: piece, qty: 2}]", meets=f"{{products: [{CHAIR}]}}")
    some = BOTH + "given: [{offer: OF26-0001, row: 1, qty: 5, at: 2026-03-02}]\n"
    found = promises(some, each, now="2026-03-03")[GIFT]
    assert (found.state, found.kept_pieces, found.draft.pieces) == ("due", 5, 6)
    all_ = (
        BOTH
        + "given: [{offer: OF26-0001, row: 1, qty: 5, at: 2026-03-02}, {offer: OF26-0001, row: 1, at: 2026-03-04}]\n"
    )
    assert states(all_, each, now="2026-03-05")[GIFT] == "kept_late"


def test_kept_late_asks_for_an_apology() -> None:
    """The customer had our word."""
    late = BOTH + "given: [{offer: OF26-0001, row: 1, at: 2026-03-04}]\n"
    assert f"{GIFT}/apology" in states(late, TWO, now="2026-03-04")


def test_a_contact_of_its_purpose_keeps_what_is_about_the_thing() -> None:
    """A visit for maintenance of the unit, named or not; one for another unit does nothing."""
    visit = {"purpose": "maintenance", "channel": "home", "at": "2026-05-01"}
    assert states(BOTH, TWO, record("VI26-0001", about="[SA26-0001/1]", **visit), now="2026-05-02")[CLEANING] == "kept"
    other = record("VI26-0001", about="[SA26-0001/2]", **visit)
    assert states(BOTH, TWO, other, now="2026-05-02")[CLEANING] == "waiting"
    by_hand = BOTH + "given: [{offer: OF26-0001, row: 2, item: 1, at: 2026-05-01}]\n"
    assert states(by_hand, TWO, now="2026-05-02")[CLEANING] == "kept"


def test_a_sale_that_is_called_off_owes_nothing_of_it() -> None:
    """Before it was kept; what was given before stays given."""
    off = BOTH + "cancelled: {on: 2026-03-03}\n"
    assert states(off, TWO, now="2026-03-05")[GIFT] == "void"
    given_before = off + "given: [{offer: OF26-0001, row: 1, at: 2026-03-02}]\n"
    assert states(given_before, TWO, now="2026-03-05")[GIFT] == "kept"


def test_goods_that_came_back_end_it_once_all_are_back() -> None:
    """What an offer gave for two lines is owed as long as the customer has one of them."""
    both = _offer("[{what: gift, words: 滤网, within: 9m}]")
    back = "returned: {on: 2026-03-09}\nrefunded: {on: 2026-03-09, amount: 1}\n"
    first = record("CL26-0001", reported_on="2026-03-08", unit="SA26-0001/1") + back
    second = record("CL26-0002", reported_on="2026-03-08", unit="SA26-0001/2") + back
    assert states(BOTH, both, first, now="2026-03-10")[GIFT] == "waiting"
    assert states(BOTH, both, first, second, now="2026-03-10")[GIFT] == "void"


def test_a_thing_out_of_use_is_cleaned_no_more() -> None:
    """The service was for the thing."""
    retired = record("SA26-0001", items=f"[{{product: {COOLER}, retired: {{on: 2026-04-01}}}}]")
    assert states(retired, TWO, now="2026-04-02")[CLEANING] == "void"


def test_the_time_may_run_from_the_delivery() -> None:
    """Until then it waits; of several lines the last one counts."""
    late = _offer("[{what: gift, within: 2d, after: delivered}]")
    told = record(
        "SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {CHAIR}}}]", told="{deliver: {by: 2026-03-05}}"
    )
    one = record("DE26-0001", items="[1]", signed="{by: 王, at: 2026-03-03T09:00}")
    two = record("DE26-0002", items="[2]", signed="{by: 王, at: 2026-03-04T09:00}")
    assert deadline(promises(told, late, one, now="2026-03-03")[GIFT]) is None
    assert deadline(promises(told, late, one, two, now="2026-03-04")[GIFT]) == "2026-03-06"


DELIVERY = "SA26-0001/1/deliver"
TERMS = _offer("[{what: deliver, within: 24h}, {what: install, within: 1d, after: delivered}]")
COLD = record("SA26-0001", sold_on="2026-03-02T10:00", items=f"[{{product: {COOLER}}}]")


def test_the_time_published_is_the_time_told_where_the_sale_told_none() -> None:
    """The promise keeps its name, has the offer for its source, and the installation waits for the delivery."""
    found = promises(COLD, TERMS, now="2026-03-02T11:00")
    delivery, fitting = found[DELIVERY], found["SA26-0001/1/install"]
    assert (deadline(delivery), delivery.draft.record, delivery.draft.binds) == (
        "2026-03-03T10:00",
        "OF26-0001",
        "told",
    )
    assert (deadline(fitting), fitting.state, fitting.draft.binds) == (None, "waiting", "told")
    came = record("DE26-0001", signed="{by: 王, at: 2026-03-03T09:00}")
    assert deadline(promises(COLD, TERMS, came, now="2026-03-03")["SA26-0001/1/install"]) == "2026-03-04"


def test_the_sales_own_word_stands() -> None:
    """What was agreed with this buyer counts, earlier or later than what was published."""
    own = COLD + "told: {deliver: {by: 2026-03-09}}\n"
    delivery = promises(own, TERMS, now="2026-03-02T11:00")[DELIVERY]
    assert (deadline(delivery), delivery.draft.record) == ("2026-03-09", "SA26-0001")


def test_of_several_offers_the_earliest_time_counts() -> None:
    """The customer may rely on each of them."""
    slow = record("OF26-0002", title="慢", published_on="2026-03-01", gives="[{what: deliver, within: 3d}]")
    found = promises(COLD, slow, TERMS, now="2026-03-02T11:00")[DELIVERY]
    assert (deadline(found), found.draft.record) == ("2026-03-03T10:00", "OF26-0001")


def test_what_went_home_at_once_is_not_delivered() -> None:
    """A time for deliveries promises nothing to who carries the goods away."""
    taken = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]")
    assert DELIVERY not in states(taken, TERMS, now="2026-03-05")


def test_a_time_for_those_who_want_it_brought_promises_nothing_to_others() -> None:
    """``arranged``: no delivery was asked for, so none is owed; called off, it is not owed either."""
    wanted = _offer("[{what: deliver, within: 24h, arranged: yes}]")
    assert DELIVERY not in states(COLD, wanted, now="2026-03-05")
    brought = record("DE26-0001", arranged_on="2026-03-02")
    assert deadline(promises(COLD, wanted, brought, now="2026-03-02")[DELIVERY]) == "2026-03-03T10:00"
    off = record("DE26-0001", arranged_on="2026-03-02", cancelled="{on: 2026-03-02}")
    assert states(COLD, wanted, off, now="2026-03-05")[DELIVERY] == "void"


def test_a_delivery_that_is_called_off_is_owed_all_the_same_where_it_was_published() -> None:
    """The shop's word does not go with one attempt."""
    off = record("DE26-0001", arranged_on="2026-03-02", cancelled="{on: 2026-03-02}")
    assert states(COLD, TERMS, off, now="2026-03-05")[DELIVERY] == "overdue"


@given(
    st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 31)]), st.integers(0, 40)
)
def test_in_time_on_the_last_good_day_and_late_the_day_after(sold: date, days: int) -> None:
    """A gift within so many days is kept on the last of them, and kept late on the next."""
    offer = record("OF24-0001", title="x", published_on="2024-01-01", gives=f"[{{what: gift, within: {days}d}}]")
    for later, state in ((days, "kept"), (days + 1, "kept_late")):
        at = sold + timedelta(later)
        sale = record("SA26-0001", sold_on=sold.isoformat(), given=f"[{{offer: OF24-0001, row: 1, at: {at}}}]")
        assert states(sale, offer, now=at.isoformat())["SA26-0001/OF24-0001.1"] == state


def test_an_offer_touches_the_house_and_those_whose_sales_meet_it() -> None:
    """Nobody else's promises are reckoned again for it."""
    other = record("CU26-0002", name="李芳", phones="[13900139000]", since="2026-01-01")
    chair = record("SA26-0002", customer="CU26-0002")
    found = shelf(COLD, other, chair, TWO)
    offer = found.get("OF26-0001")
    assert offer is not None
    assert customers_of(found, offer) == {"house", BUYER}


def test_a_renumbered_offer_keeps_what_was_given_by_its_old_id() -> None:
    """The number changed, not what was promised."""
    moved = TWO.replace("OF26-0001", "OF26-0007") + "formerly: [OF26-0001]\n"
    kept = BOTH + "given: [{offer: OF26-0001, row: 1, at: 2026-03-02}]\n"
    released = record("PM26-0001", of=CLEANING, released="{on: 2026-03-05}")
    found = states(kept, moved, released, now="2026-03-06")
    assert found["SA26-0001/OF26-0007.1"] == "kept"
    assert found["SA26-0001/1/OF26-0007.2"] == "released"


def test_a_day_with_an_hour_is_counted_to_the_hour() -> None:
    """24 hours after ten o'clock is ten o'clock."""
    hours = _offer("[{what: gift, within: 24h}]")
    term = promises(BOTH, hours, now="2026-03-02T11:00")[GIFT].due
    assert term is not None
    assert term.by == datetime(2026, 3, 3, 10)
