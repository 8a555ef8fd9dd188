"""Deliveries and installations: which lines they cover, which pieces they keep, and when they were done."""

from __future__ import annotations

import pytest

from aftercare.answers.promises import Keeping
from aftercare.answers.works import damaged, finished
from aftercare.plain.moments import iso, parse
from aftercare.records.delivery import Delivery
from tests.answers.shop import CHAIR, COOLER, UNIT, deadline, promises, record, states

TEN_CHAIRS = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 10}}]", told="{deliver: {by: 2026-03-04T18:00}}")
FIRST_SEVEN = record("DE26-0001", items="[{item: 1, qty: 7}]", signed="{by: 王建国, at: 2026-03-04T16:00}")


def test_seven_of_ten_are_no_delivery_yet() -> None:
    """A promise is kept when all its pieces are; until then it is owed, and says how much of it is kept."""
    found = promises(TEN_CHAIRS, FIRST_SEVEN, now="2026-03-04T17:00")[f"{UNIT}/deliver"]
    assert (found.state, found.kept_pieces, found.draft.pieces) == ("due", 7, 10)
    assert states(TEN_CHAIRS, FIRST_SEVEN, now="2026-03-05")[f"{UNIT}/deliver"] == "overdue"


@pytest.mark.parametrize(
    ("last", "state"), [("2026-03-04T18:00", "kept"), ("2026-03-04T18:01", "kept_late"), ("2026-03-06", "kept_late")]
)
def test_the_last_piece_decides(last: str, state: str) -> None:
    """Several deliveries keep one promise, and the one that brings the last piece says whether in time."""
    rest = record("DE26-0002", items="[{item: 1, qty: 3}]", signed=f"{{by: 王建国, at: {last}}}")
    found = promises(TEN_CHAIRS, FIRST_SEVEN, rest, now="2026-03-20")[f"{UNIT}/deliver"]
    assert found.state == state
    assert found.kept == Keeping(parse(last), "DE26-0002", 3)


def test_a_delivery_that_names_no_pieces_brings_the_rest() -> None:
    """A delivery of a line without a number of pieces brings all that are left of it."""
    rest = record("DE26-0002", items="[1]", signed="{by: 王建国, at: 2026-03-04T17:30}")
    found = promises(TEN_CHAIRS, FIRST_SEVEN, rest, now="2026-03-20")[f"{UNIT}/deliver"]
    assert (found.state, found.kept_pieces) == ("kept", 10)


def test_more_pieces_than_were_sold_are_all_of_them() -> None:
    """A part delivered twice does not make eleven of ten."""
    keeps = [Keeping(parse("2026-03-04"), "DE26-0001", 7), Keeping(parse("2026-03-05"), "DE26-0002", 7)]
    assert finished(keeps, 10) == (10, keeps[1])
    assert finished(keeps[:1], 10) == (7, None)


def test_a_delivery_covers_the_lines_it_names() -> None:
    """A delivery of line 2 keeps nothing of line 1; one that names no line is about every line."""
    sale = record(
        "SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {CHAIR}}}]", told="{deliver: {by: 2026-03-04}}"
    )
    second = record("DE26-0001", items="[2]", signed="{by: 王建国, at: 2026-03-04}")
    found = states(sale, second, now="2026-03-04")
    assert (found["SA26-0001/1/deliver"], found["SA26-0001/2/deliver"]) == ("due", "kept")
    both = record("DE26-0001", signed="{by: 王建国, at: 2026-03-04}")
    found = states(sale, both, now="2026-03-04")
    assert (found["SA26-0001/1/deliver"], found["SA26-0001/2/deliver"]) == ("kept", "kept")


def test_the_clock_stops_when_the_goods_come() -> None:
    """The arrival is the time of a signed delivery where it is known; unpacking does not make it late."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04T18:00}}")
    signed = record("DE26-0001", arrived_at="2026-03-04T17:50", signed="{by: 王建国, at: 2026-03-04T18:20}")
    found = promises(sale, signed, now="2026-03-05")[f"{UNIT}/deliver"]
    assert found.state == "kept"
    assert found.kept is not None
    assert iso(found.kept.at) == "2026-03-04T17:50"


def test_goods_that_came_and_were_not_signed_for_are_still_owed() -> None:
    """Only the customer's signature keeps a delivery."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    came = record("DE26-0001", arrived_at="2026-03-04T17:50")
    assert states(sale, came, now="2026-03-05")[f"{UNIT}/deliver"] == "overdue"


def test_what_is_signed_on_a_called_off_delivery_keeps_nothing() -> None:
    """A delivery that was called off brings nothing."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    off = record("DE26-0001", cancelled="{on: 2026-03-03}", signed="{by: 王建国, at: 2026-03-04}")
    assert states(sale, off, now="2026-03-05")[f"{UNIT}/deliver"] == "overdue"


def test_a_part_delivery_alone_promises_its_own_pieces() -> None:
    """Where nothing was told, what is brought in parts is promised for the pieces of these parts."""
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 10}}]")
    part = record("DE26-0001", items="[{item: 1, qty: 7}]", deliver="{by: 2026-03-04}")
    assert promises(sale, part, now="2026-03-04")[f"{UNIT}/deliver"].draft.pieces == 7


MOVED_BY_CUSTOMER = "[{to: 2026-03-06T20:00, asked_by: customer, reason: 下班才在家}]"


@pytest.mark.parametrize(
    ("moved", "due", "moves", "by_shop", "state"),
    [
        (MOVED_BY_CUSTOMER, "2026-03-06T20:00", 1, 0, "waiting"),
        ("[{to: 2026-03-06, asked_by: shop, agreed: yes}]", "2026-03-06", 1, 1, "waiting"),
        ("[{to: 2026-03-06, asked_by: shop, agreed: no}]", "2026-03-04", 0, 0, "overdue"),
        ("[{to: 2026-03-06, asked_by: shop}]", "2026-03-04", 0, 0, "overdue"),
        ("[{to: 2026-03-06, asked_by: customer, agreed: no}]", "2026-03-04", 0, 0, "overdue"),
        (
            "[{to: 2026-03-06, asked_by: shop, agreed: yes}, {to: 2026-03-08, asked_by: customer}]",
            "2026-03-08",
            2,
            1,
            "waiting",
        ),
        ("[{to: 2026-03-06, asked_by: customer, from: 2026-03-05}]", "2026-03-06", 1, 0, "due"),
    ],
)
def test_a_time_is_moved_by_consent(moved: str, due: str, moves: int, by_shop: int, state: str) -> None:
    """Asked by the customer or agreed to, a new time is the yardstick; ours is counted; the first is never lost."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    found = promises(sale, record("DE26-0001", moved=moved), now="2026-03-05")[f"{UNIT}/deliver"]
    assert (deadline(found), found.moves, found.moves_by_shop, found.state) == (due, moves, by_shop, state)
    assert found.draft.term is not None
    assert iso(found.draft.term.by) == "2026-03-04"


def test_moves_of_several_records_count_in_the_order_they_were_asked() -> None:
    """The time agreed to last is in force, in whichever record it stands."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    later = record("DE26-0001", moved="[{to: 2026-03-09, asked_by: customer, on: 2026-03-05}]")
    earlier = record("PM26-0001", of=f"{UNIT}/deliver", moved="[{to: 2026-03-06, asked_by: customer, on: 2026-03-03}]")
    assert deadline(promises(sale, later, earlier, now="2026-03-05")[f"{UNIT}/deliver"]) == "2026-03-09"


def test_moves_of_one_record_count_in_the_order_they_stand() -> None:
    """A move without its day is later than those that stand before it."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    moved = "[{to: 2026-03-06, asked_by: customer, on: 2026-03-03}, {to: 2026-03-08, asked_by: customer}]"
    assert deadline(promises(sale, record("DE26-0001", moved=moved), now="2026-03-05")[f"{UNIT}/deliver"]) == (
        "2026-03-08"
    )


def test_consent_outlives_the_delivery_it_was_written_in() -> None:
    """A move to which the customer agreed holds when that delivery is called off and another arranged."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    off = record("DE26-0001", moved=MOVED_BY_CUSTOMER, cancelled="{on: 2026-03-04}")
    again = record("DE26-0002", signed="{by: 王建国, at: 2026-03-06T19:00}")
    assert states(sale, off, again, now="2026-03-07")[f"{UNIT}/deliver"] == "kept"


def test_an_installation_is_kept_by_its_signature() -> None:
    """What was told about an installation is kept by a signed one, in time or late."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}}}]", told="{install: {by: 2026-03-05T12:00}}")
    for at, state in (("2026-03-05T12:00", "kept"), ("2026-03-05T12:01", "kept_late"), ("2026-03-05", "kept")):
        done = record("IN26-0001", signed=f"{{by: 王建国, at: {at}}}")
        assert states(sale, done, now="2026-03-06")[f"{UNIT}/install"] == state


@pytest.mark.parametrize("said", [None, "", "  ", "none", "None ", "NO", "无", "没有", "无损坏", "完好"])
def test_nothing_said_or_nothing_found_is_no_damage(said: str | None) -> None:
    """The words for “looked for and not found”, in either language and any case; silence is no damage either."""
    assert not damaged(Delivery.model_construct(damage=said))


@pytest.mark.parametrize("said", ["门上有划痕", "none of the doors closes", "屏幕完好，底座压裂", "yes"])
def test_anything_else_is_damage(said: str) -> None:
    """A sentence that merely holds one of these words says what is hurt."""
    assert damaged(Delivery.model_construct(damage=said))


_PUT_UP = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told="{install: {by: 2026-03-04}}")
_ONCE = record("IN26-0001", signed="{by: 王建国, at: 2026-03-04}")


def test_what_was_put_up_is_put_up_again_by_a_promise_of_its_own() -> None:
    """The customer moved house: another time, another promise; the first one stays as it was kept."""
    again = record("IN26-0002", arranged_on="2026-06-01", install="{by: 2026-06-05T12:00}")
    found = promises(_PUT_UP, _ONCE, again, now="2026-06-02")
    first, second = found[f"{UNIT}/install"], found[f"{UNIT}/install.2"]
    assert (first.state, first.kept and first.kept.record) == ("kept", "IN26-0001")
    assert (second.state, deadline(second), second.draft.binds) == ("waiting", "2026-06-05T12:00", "told")
    done = record("IN26-0002", arranged_on="2026-06-01", install="{by: 2026-06-05}", signed="{by: a, at: 2026-06-06}")
    third = record("IN26-0003", arranged_on="2026-09-01", signed="{by: a, at: 2026-09-01}")
    found = promises(_PUT_UP, _ONCE, done, third, now="2026-09-02")
    states_of = {step: found[f"{UNIT}/{step}"].state for step in ("install", "install.2", "install.3")}
    assert states_of == {"install": "kept", "install.2": "kept_late", "install.3": "kept"}


@pytest.mark.parametrize(
    "other",
    [
        record("IN26-0002", arranged_on="2026-03-04", signed="{by: a, at: 2026-03-06}"),
        record("IN26-0002", arranged_on="2026-03-02"),
        record("IN26-0002", arranged_on="2026-06-01", items="[2]"),
    ],
)
def test_what_was_arranged_before_it_stood_is_no_second_time(other: str) -> None:
    """Two came for the same thing, or for another line."""
    two = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}, {{product: {COOLER}, taken: yes}}]")
    found = promises(two, record("IN26-0001", items="[1]", signed="{by: a, at: 2026-03-04}"), other, now="2026-06-02")
    assert f"{UNIT}/install.2" not in found


def test_a_second_time_that_is_called_off_is_void() -> None:
    """Like any other."""
    off = record("IN26-0002", arranged_on="2026-06-01", install="{by: 2026-06-05}", cancelled="{on: 2026-06-02}")
    assert states(_PUT_UP, _ONCE, off, now="2026-06-09")[f"{UNIT}/install.2"] == "void"
