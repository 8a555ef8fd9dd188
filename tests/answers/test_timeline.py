"""What happened with a customer or a unit, in order."""

from __future__ import annotations

import pytest

from aftercare.answers.affairs import affairs_of
from aftercare.answers.timeline import of_customer, of_unit
from aftercare.plain.moments import iso
from aftercare.render.sentences import timeline as told
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record
from tests.answers.story import SALE, STORY, affairs


def test_a_customers_timeline_has_everything_in_order() -> None:
    """From the first day known to the last promise kept, each with the record that says so."""
    entries = of_customer(affairs(*STORY))
    days = [iso(entry.at) for entry in entries]
    assert days == sorted(days, key=lambda text: (text[:10], text))
    assert [entry.what for entry in entries] == [
        "known",
        "sold",
        "sold",
        "moved",
        "vain",
        "left",
        "delivered",
        "delivered",
        "installed",
        "contact",
        "reported",
        "in_repair",
        "repaired",
        "promised",
        "kept",
    ]


def test_a_question_stands_with_its_answer() -> None:
    """And what was heard with the record that it became, which has a line of its own; a training with who learned."""
    asked = record(
        "VI26-0001", at="2026-03-05", purpose="advice", question="怎么除湿", advice="按除湿键", incoming="yes",
        heard="[WI26-0001]",
    )  # fmt: skip
    trained = record("VI26-0002", at="2026-03-06", purpose="training", trained="[小王]", understood="partly")
    wish = record("WI26-0001", customer=BUYER, said_on="2026-03-05", words="字大一点", theme="遥控器")
    found = {entry.record: entry for entry in of_customer(affairs(asked, trained, wish))}
    assert found["VI26-0001"].text == "怎么除湿 → 按除湿键, WI26-0001"
    assert found["VI26-0001"].words == ("phone", "incoming", "advice", "reached")
    assert (found["VI26-0002"].text, found["VI26-0002"].words[-1]) == ("小王", "partly_understood")
    assert (found["WI26-0001"].what, found["WI26-0001"].text) == ("wished", "字大一点 #遥控器")


def test_a_units_timeline_is_of_that_unit_alone() -> None:
    """What was about the sale or the unit, its claims included; nothing of the other line."""
    first = {entry.record for entry in of_unit(affairs(*STORY), UNIT)}
    assert first == {"SA26-0001", "DE26-0001", "IN26-0001", "VI26-0001", "CL26-0001", "PM26-0001"}
    second = {entry.record for entry in of_unit(affairs(*STORY), "SA26-0001/2")}
    assert "DE26-0002" in second
    assert not second & {"DE26-0001", "VI26-0001", "CL26-0001", "PM26-0001"}


def test_line_1_is_not_line_10() -> None:
    """Names that begin alike are kept apart."""
    ten = record("SA26-0001", items=f"[{', '.join([f'{{product: {CHAIR}}}'] * 10)}]")
    tenth = record("DE26-0001", items="[10]", signed="{by: 王建国, at: 2026-03-05}")
    assert "DE26-0001" not in {entry.record for entry in of_unit(affairs(ten, tenth), UNIT)}


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ("{to: 2026-03-05, asked_by: customer}", ("asked_by_customer",)),
        ("{to: 2026-03-05, asked_by: shop, agreed: yes}", ("asked_by_shop",)),
        ("{to: 2026-03-05, asked_by: shop}", ("not_agreed",)),
    ],
)
def test_a_move_says_who_asked_and_whether_it_was_agreed(moved: str, words: tuple[str, ...]) -> None:
    """The customer's own words about a time are worth seeing, agreed or not."""
    entries = of_customer(affairs(SALE, record("DE26-0001", moved=f"[{moved}]")))
    assert [entry.words for entry in entries if entry.what == "moved"] == [words]


def test_an_old_id_of_the_sale_breaks_no_timeline() -> None:
    """A delivery may name its sale by an id the sale had formerly."""
    renumbered = record("SA26-0001", formerly="[SA26-0008]")
    entries = of_customer(affairs(renumbered, record("DE26-0001", sale="SA26-0008", signed="{by: 王, at: 2026-03-05}")))
    assert [entry.what for entry in entries] == ["known", "sold", "delivered"]


def test_what_a_claim_went_through_is_told_step_by_step() -> None:
    """Waiting and going on, decided and refused, lent and back, replaced, paid back, closed: each an entry."""
    claim = record(
        "CL26-0001",
        reported_on="2026-08-01",
        fault="{symptom: 不制冷}",
        repairs=(
            "[{in: 2026-08-02, waiting: [{from: 2026-08-03, to: 2026-08-04, for: 压缩机, because: no_parts}, "
            "{from: 2026-08-05, to: 2026-08-06, for: 阀}], out: 2026-08-06, done: 无, result: not_fixed}]"
        ),
        decisions=(
            "[{on: 2026-08-07, remedy: refund, refused: yes, reason: 期限已过}, "
            "{on: 2026-08-08, remedy: replace, by: ST26-0001}]"
        ),
        loans="[{thing: 落地扇, at: 2026-08-02T10:00, back: 2026-08-09T18:00}]",
        replaced="{on: 2026-08-09, serial: KF-2, model: KFR-36}",
        refunded="{on: 2026-08-10, amount: 40.00}",
        closed="{on: 2026-08-11, reason: 都好了}",
    )
    found = [entry for entry in of_unit(affairs(SALE, claim), UNIT) if entry.record == "CL26-0001"]
    assert [(iso(entry.at), entry.what, entry.words, entry.text) for entry in found] == [
        ("2026-08-01", "reported", (), "不制冷"),
        ("2026-08-02", "in_repair", (), "不制冷"),
        ("2026-08-02T10:00", "lent", (), "落地扇"),
        ("2026-08-03", "waits", ("no_parts",), "压缩机"),
        ("2026-08-04", "goes_on", (), "压缩机"),
        ("2026-08-05", "waits", (), "阀"),
        ("2026-08-06", "repaired", ("not_fixed",), "无"),
        ("2026-08-07", "refused", ("refund",), "期限已过"),
        ("2026-08-08", "decided", ("replace",), ""),
        ("2026-08-09", "replaced", (), "KFR-36 KF-2"),
        ("2026-08-09T18:00", "lent_back", (), "落地扇"),
        ("2026-08-10", "refunded", (), "40.00"),
        ("2026-08-11", "closed", (), "都好了"),
    ]


def test_every_entry_of_a_claim_has_its_words() -> None:
    """In a line each; what has nothing more to say says no more."""
    records = (
        record("CL26-0001", repairs="[{in: 2026-08-06, waiting: [{from: 2026-08-07, to: 2026-08-08}]}]"),
        record("CL26-0002", replaced="{on: 2026-08-09}", closed="{on: 2026-08-10}"),
    )
    whole = shop.shelf(SALE, *records)
    lines = [*told(of_unit(affairs_of(whole)[BUYER], UNIT), whole)]
    assert f"2026-08-08 the repair goes on {UNIT} CL26-0001" in lines
    assert f"2026-08-09 another one handed over {UNIT} CL26-0002" in lines
    assert f"2026-08-10 claim closed {UNIT} CL26-0002" in lines


def test_what_is_put_up_again_is_called_so() -> None:
    """With what the record notes of it."""
    once = record("IN26-0001", signed="{by: 王建国, at: 2026-03-06}")
    again = record("IN26-0002", arranged_on="2026-06-01", note="搬家", signed="{by: 王建国, at: 2026-06-01}")
    bought = affairs(record("SA26-0001", items=f"[{{product: {COOLER}}}]"), once, again)
    entries = [entry for entry in of_unit(bought, UNIT) if entry.what.startswith("installed")]
    assert [(entry.what, entry.note) for entry in entries] == [("installed", ""), ("installed_again", "搬家")]
    assert next(told(entries[1:], shop.shelf())).startswith("2026-06-01 put up again, signed by 王建国, 搬家 ")


def test_a_training_stands_in_the_story_of_the_complaint_and_of_its_unit() -> None:
    """Once, with all who were taught; the record is that of the first of them."""
    rows = "[{on: 2026-06-10, what: 上门规范, answers: [CO26-0001]}]"
    people = [record(f"ST26-000{n}", name=name, trainings=rows) for n, name in enumerate("张李", start=1)]
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}}}]")
    shelf = shop.shelf(sale, record("CO26-0001", about=f"[{UNIT}]"), *people)
    affairs = affairs_of(shelf)[BUYER]
    for entries in (of_customer(affairs), of_unit(affairs, UNIT)):
        (entry,) = (one for one in entries if one.what == "taught")
        assert (entry.record, entry.about, entry.text) == ("ST26-0001", "CO26-0001", "上门规范 (张, 李)")


def test_an_apology_tells_what_was_given_and_what_it_cost() -> None:
    """A remedy that is still to come stands in a promise of its own, and has cost nothing yet."""
    at_once = record(
        "PM26-0001",
        what="回电话",
        due="2026-03-10",
        apologised="{at: 2026-03-12, how: 致歉, remedy: 滤网, cost: 35.00}",
    )
    later = record(
        "PM26-0002",
        what="回信",
        due="2026-03-10",
        apologised="{at: 2026-03-13, remedy: 清洗, cost: 80.00, remedy_in: PM26-0003}",
    )
    owed = record("PM26-0003", what="compensate", due="2026-03-20")
    said = [one for one in of_customer(affairs_of(shop.shelf(at_once, later, owed))[BUYER]) if one.what == "apologised"]
    assert [(one.text, one.cost) for one in said] == [("致歉, 滤网 35.00", "35.00"), ("PM26-0003", "")]
