"""Deliveries: each breach from its day on, and not once it is mended."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import FITTER, HELPER, TOLD, UNIT, codes, found
from tests.answers.shop import BUYER, record

SOLD = record("SA26-0001", told=TOLD)
SIGNED = "{by: 王建国, at: 2026-03-04T10:00}"


def _brought(**said: str) -> str:
    """A delivery to which nothing is to be said, but for what is *said*."""
    usual = {"person": FITTER, "charged": "0", "opened": "yes", "damage": "none", "signed": SIGNED}
    return record("DE26-0001", **(usual | said))


def _on_its_day(*records: str, day: str, before: str, expected: list[str]) -> None:
    assert codes(*records, now=before) == []
    assert codes(*records, now=day) == expected


def test_a_delivery_that_keeps_every_duty_is_no_finding() -> None:
    """Nothing is suspected of what was done well."""
    assert codes(SOLD, _brought()) == []


def test_a_late_delivery_appears_the_day_after_it_was_promised() -> None:
    """On the evening itself it is overdue in ``due``; from the next day on it is a breach, whoever comes later."""
    late = f"{UNIT}/late-delivery", f"{UNIT}/delay-not-told"
    _on_its_day(SOLD, before="2026-03-04T23:00", day="2026-03-05", expected=[*late])
    assert codes(SOLD, _brought(signed="{by: a, at: 2026-03-05T09:00}")) == [*late]
    breach = found(SOLD, _brought(signed="{by: a, at: 2026-03-05T09:00}"))[late[0]]
    assert (breach.record, breach.path, breach.to, breach.person) == ("DE26-0001", ("signed",), BUYER, FITTER)
    assert breach.sentence == "王建国: promised by 2026-03-04 18:00, done 2026-03-05 09:00, 1 day late (张师傅)"


def test_a_late_delivery_without_a_record_shows_at_the_promise() -> None:
    """The line of the book is the one that made the promise: the sale's, its line's, or the delivery's own."""
    assert found(SOLD)[f"{UNIT}/late-delivery"].path == ("told", "deliver", "by")
    own = record("SA26-0001", items=f"[{{product: PR26-0002, told: {TOLD}}}]")
    assert found(own)[f"{UNIT}/late-delivery"].path == ("items", 0, "told", "deliver", "by")
    waiting = record("DE26-0001", deliver="{by: 2026-03-03}")
    assert found(record("SA26-0001"), waiting)[f"{UNIT}/late-delivery"].path == ("deliver", "by")


def test_a_time_moved_by_consent_is_the_yardstick() -> None:
    """Agreed in time it is neither late nor untold."""
    moved = "[{to: 2026-03-06, asked_by: shop, agreed: yes, on: 2026-03-04}]"
    done = "{by: a, at: 2026-03-06T09:00}"
    assert codes(SOLD, _brought(moved=moved, signed=done)) == []


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ("{to: 2026-03-06, asked_by: shop, agreed: no, on: 2026-03-04T12:00}", True),
        ("{to: 2026-03-06, asked_by: shop, agreed: no}", True),
        ("{to: 2026-03-06, asked_by: shop, agreed: no, on: 2026-03-04T18:01}", False),
        ("{to: 2026-03-06, asked_by: shop, agreed: no, on: 2026-03-05}", False),
        ("{to: 2026-03-04T17:00, asked_by: shop, agreed: no, on: 2026-03-04T12:00}", False),
    ],
)
def test_a_delay_is_told_before_the_time_breaks(move: str, told: bool) -> None:
    """Asking for a later time tells it, agreed or not, if it was before; a move of unknown day proves nothing."""
    late = codes(SOLD, _brought(moved=f"[{move}]", signed="{by: a, at: 2026-03-06T09:00}"))
    assert late == [f"{UNIT}/late-delivery", *([] if told else [f"{UNIT}/delay-not-told"])]


@pytest.mark.parametrize(("at", "told"), [("2026-03-04T12:00", True), ("2026-03-05T12:00", False)])
def test_word_sent_in_time_tells_a_delay_too(at: str, told: bool) -> None:
    """A contact that informs about the sale is as good as a move."""
    word = record("VI26-0001", purpose="information", about="[SA26-0001]", at=at)
    assert (f"{UNIT}/delay-not-told" not in codes(SOLD, word)) is told


def test_what_left_is_signed_for_by_the_next_day() -> None:
    """From the second day on; a call in vain since then, a signature or its being called off mends it."""
    away = {"signed": "", "opened": "", "damage": "", "dispatched_at": "2026-03-02T10:00"}
    sale = record("SA26-0001")
    _on_its_day(sale, _brought(**away), before="2026-03-02", day="2026-03-05", expected=[
        f"{UNIT}/late-delivery", f"{UNIT}/delay-not-told", "DE26-0001/unsigned-delivery",
    ])  # fmt: skip
    unsigned = "DE26-0001/unsigned-delivery"
    assert unsigned not in codes(sale, _brought(**away), now="2026-03-03")
    assert unsigned in codes(sale, _brought(**away), now="2026-03-04")
    vain = _brought(**away, attempts="[{at: 2026-03-02T12:00, outcome: nobody_home}]")
    assert unsigned not in codes(sale, vain)
    assert unsigned not in codes(sale, _brought(**away, cancelled="{on: 2026-03-03}"))
    assert unsigned not in codes(record("SA26-0001", cancelled="{on: 2026-03-03}"), _brought(**away))


def test_what_came_is_signed_for_the_same_day() -> None:
    """It appears the day after it came."""
    came = _brought(signed="", opened="", damage="", dispatched_at="2026-03-02", arrived_at="2026-03-03")
    unsigned = "DE26-0001/unsigned-delivery"
    assert unsigned not in codes(SOLD, came, now="2026-03-03")
    assert unsigned in codes(SOLD, came, now="2026-03-04")


@pytest.mark.parametrize(("opened", "path"), [("no", ("opened",)), ("", ("signed",))])
def test_goods_are_unpacked_together(opened: str, path: tuple[str, ...]) -> None:
    """Said to be not, or not said: both are breaches, from the day of the signature; and differ in their words."""
    late = _brought(opened=opened)
    _on_its_day(SOLD, late, before="2026-03-03", day="2026-03-04", expected=["DE26-0001/unopened"])
    breach = found(SOLD, late)["DE26-0001/unopened"]
    assert breach.path == path
    assert ("wrote down" in breach.sentence) is (not opened)


def test_nothing_is_charged_to_those_entitled_whatever_was_agreed() -> None:
    """A price told at the sale is good only where the delivery was not due free of charge."""
    charged = _brought(charged="30")
    assert codes(SOLD, charged, now="2026-03-03") == []
    assert codes(SOLD, charged, now="2026-03-04") == ["DE26-0001/charged-delivery"]
    agreed = record("SA26-0001", told=TOLD, agreed="送货费30元")
    assert codes(agreed, charged) == []
    elderly = record(BUYER, needs="[elderly]")
    assert codes(elderly, agreed, charged) == ["DE26-0001/charged-delivery"]
    assert codes(elderly, agreed, _brought(charged="0.00")) == []


def test_every_delivery_has_a_person() -> None:
    """From the first thing that happens on the way."""
    _on_its_day(SOLD, _brought(person=""), before="2026-03-03", day="2026-03-04", expected=["DE26-0001/no-person"])
    assert codes(SOLD, record("DE26-0001"), now="2026-03-04") == []


def test_an_entitled_customer_is_served() -> None:
    """Nothing told and nothing arranged by the day after the sale; what is arranged later does not undo it."""
    elderly, sale = record(BUYER, needs="[elderly]"), record("SA26-0001")
    refused = [f"{UNIT}/not-served"]
    _on_its_day(elderly, sale, before="2026-03-03", day="2026-03-04", expected=refused)
    assert codes(sale) == []
    assert codes(elderly, record("SA26-0001", items="[{product: PR26-0002, taken: yes}]")) == []
    assert codes(elderly, record("SA26-0001", channel="online"), now="2026-03-09") == []
    assert codes(elderly, record("SA26-0001", cancelled="{on: 2026-03-09}")) == []
    waived = record("PM26-0001", of=f"{UNIT}/deliver", released="{on: 2026-03-03, reason: 自提}")
    assert codes(elderly, sale, waived) == []
    assert refused[0] not in codes(elderly, sale, _brought())
    assert codes(elderly, sale, record("DE26-0001", arranged_on="2026-03-03"), now="2026-03-03") == []
    assert refused[0] not in codes(elderly, sale, record("DE26-0001", arranged_on="2026-03-03"))
    assert refused[0] in codes(elderly, sale, record("DE26-0001", arranged_on="2026-03-04"))


def test_damage_is_made_good_in_time() -> None:
    """The day after its time is over; made good since, it is a breach no more."""
    hurt = _brought(damage="外壳划伤")
    _on_its_day(SOLD, hurt, before="2026-03-11", day="2026-03-12", expected=[f"{UNIT}/damage"])
    assert codes(SOLD, _brought(damage="外壳划伤", made_good="{at: 2026-03-20, how: 换外壳}")) == []
    assert codes(SOLD, _brought(damage="无")) == []


def test_two_damaged_deliveries_of_one_line_are_two_breaches() -> None:
    """The second is known as the second, whatever becomes of the first."""
    sale = record("SA26-0001", items="[{product: PR26-0002, qty: 2}]", told=TOLD)
    hurt = {"items": "[{item: 1, qty: 1}]", "damage": "划伤", "person": HELPER, "opened": "yes", "signed": SIGNED}
    both = [record("DE26-0001", **hurt), record("DE26-0002", **hurt)]
    assert codes(sale, *both) == [f"{UNIT}/damage", f"{UNIT}/damage.2"]
    assert codes(sale, record("DE26-0001", **hurt, made_good="{at: 2026-03-09}"), both[1]) == [f"{UNIT}/damage.2"]
