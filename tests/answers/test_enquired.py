"""What happened in the course of an enquiry, one entry for each thing that did."""

from __future__ import annotations

from aftercare.answers import timeline
from tests.answers.enquired import affairs, case
from tests.answers.shop import BUYER, COOLER, UNIT, record

WHOLE = case(
    advice="1.5匹够用",
    channel="counter",
    about=f"[{COOLER}]",
    by="ST26-0001",
    note="倒了凉茶",
    answered="[{at: 2026-03-03, what: 有货}]",
    material="[{what: 说明书, asked_at: 2026-03-02T10:00, sent_at: 2026-03-04, how: 平信}]",
    appointments="[{made_at: 2026-03-02T11:00, from: 2026-03-05T14:00, by: 2026-03-05T16:00, where: home,"
    " moved: [{to: 2026-03-06, asked_by: shop, on: 2026-03-03}], met_at: 2026-03-06T09:00, said: 量了客厅},"
    " {made_at: 2026-03-07, by: 2026-03-09, cancelled: {on: 2026-03-08, reason: 没空}}]",
    bought="{on: 2026-03-10, sale: SA26-0001}",
)
PEOPLE = "id: ST26-0001\nname: 小赵\n"


def test_every_step_stands_in_the_story_of_the_customer() -> None:
    """In the order of time; what only was asked for and never moved by consent is told as such."""
    story = timeline.of_customer(affairs(PEOPLE, record("SA26-0001", sold_on="2026-03-10"), WHOLE))
    told = [(entry.what, entry.text, entry.words) for entry in story if entry.record.startswith("EN")]
    assert told == [
        ("enquired", "多大的够用 → 1.5匹够用", ("counter",)),
        ("material_asked", "说明书", ()),
        ("appointed", "2026-03-05 14:00-16:00", ("home",)),
        ("enquiry_answered", "有货", ()),
        ("moved", "2026-03-06", ("not_agreed",)),
        ("material_sent", "说明书 平信", ()),
        ("met", "量了客厅", ("home",)),
        ("appointed", "2026-03-09", ()),
        ("appointment_off", "没空", ()),
        ("led_to_sale", "多大的够用", ()),
    ]
    first = next(entry for entry in story if entry.what == "enquired")
    assert (first.person, first.note, first.about) == ("ST26-0001", "倒了凉茶", COOLER)


def test_the_history_of_what_was_bought_begins_with_the_question() -> None:
    """The sale's units tell that they came of an enquiry, and no more of it."""
    story = timeline.of_unit(affairs(PEOPLE, record("SA26-0001", sold_on="2026-03-10"), WHOLE), UNIT)
    assert [entry.what for entry in story if entry.record.startswith("EN")] == ["led_to_sale"]


def test_a_closed_one_says_why() -> None:
    """In the customer's reason; a bare one without words."""
    story = timeline.of_customer(affairs(case(closed="{on: 2026-03-05, reason: 已买}")))
    assert [(entry.what, entry.text) for entry in story if entry.record != BUYER][1:] == [("enquiry_closed", "已买")]
