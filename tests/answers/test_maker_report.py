"""What a maker is told: counted right, of its own goods, and without whoever the customers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aftercare.answers.maker_report import Asked, MakerReport, OfProduct, maker_report
from aftercare.answers.makers import maker_named, makers_of
from aftercare.answers.nameless import nameless
from aftercare.answers.near_the_end import Ending
from aftercare.answers.observed import Noted, Observed, observed
from aftercare.answers.told_apart import told_apart
from aftercare.answers.wishes_by_theme import by_theme
from aftercare.errors import NoSuchMaker, SeveralRecords
from aftercare.plain.moments import parse
from aftercare.records.product import Product
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

MAKER = "晨屿电器"
SALE = record("SA26-0001", items=f"[{{product: {COOLER}, serial: K1, batch: W05}}]")
CLAIM = "CL26-0001"


def _cooler(**more: str) -> str:
    usual = {"name": "空调", "category": "air_conditioner", "model": "KFR-35", "maker": MAKER}
    return record(COOLER, **usual | more)


def _report(*records: str, period: tuple[str, str] = ("", ""), now: str = "2026-11-20") -> MakerReport:
    shelf = shop.shelf(_cooler(), SALE, *records)
    maker, products = maker_named(shelf.of(Product), MAKER)
    first, last = (date.fromisoformat(day) if day else None for day in period)
    asked = Asked(maker, products, first or date.min, min(last or date.max, date.fromisoformat(now)))
    return maker_report(shelf, shop.rules(), asked, parse(now))


def _of(*records: str, period: tuple[str, str] = ("", ""), now: str = "2026-11-20") -> OfProduct:
    (found,) = _report(*records, period=period, now=now).products
    return found


@pytest.mark.parametrize("said", ["Ａｃｍｅ", " acme ", "cme"])
def test_a_maker_is_found_by_its_name_or_a_part_of_it(said: str) -> None:
    """Width and case make no difference; what is a whole name is that maker, though others contain it."""
    shelf = shop.shelf(record("PR26-0003", maker="Acme"), record("PR26-0004", maker="ACME"))
    maker, products = maker_named(shelf.of(Product), said)
    assert (maker, [one.id for one in products]) == ("ACME", ["PR26-0003", "PR26-0004"])


def test_a_maker_that_is_unknown_or_one_of_several_is_said() -> None:
    """With the makers there are, so that the operator sees what was meant."""
    shelf = shop.shelf(record("PR26-0003", maker="北汀"), record("PR26-0004", maker="北汀电器"))
    assert maker_named(shelf.of(Product), "北汀")[0] == "北汀"
    with pytest.raises(SeveralRecords) as several:
        maker_named(shelf.of(Product), "汀")
    assert several.value.candidates == ("北汀", "北汀电器")
    for said in ("云澜", "", " "):
        with pytest.raises(NoSuchMaker) as unknown:
            maker_named(shelf.of(Product), said)
        assert unknown.value.remedies == ("there are: 北汀, 北汀电器",)
    assert makers_of(shop.shelf().of(Product)) == {}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王建国家的漏水", "…家的漏水"),
        ("隔壁李 雪家也漏", "隔壁…家也漏"),
        ("打138 0013 8000", "打…"),
        ("找我儿子13912345678", "找我儿子…"),
        ("call 0571-8888 5678 please", "call … please"),
        ("见CU26-0001和cu26-2", "见…和…"),
        ("序列号2604100012345坏", "序列号2604100012345坏"),
        ("2026-03-05 14:00起，SA26-0001/1，KF35-2601-0311", "2026-03-05 14:00起，SA26-0001/1，KF35-2601-0311"),
        ("the phone of 张敏 rings", "the phone of … rings"),
        ("", ""),
    ],
)
def test_words_lose_whoever_they_name(text: str, left: str) -> None:
    """Customers, their neighbours who are customers too, our people, and numbers like a phone's; serials stay.

    The channel that somebody prefers is a word for nobody, and stays too.
    """
    people = (
        record("CU26-0002", name="李雪", phones="[057188885678]", contact="{by: phone}"),
        record("ST26-0001", name="张敏"),
    )
    clean = nameless(shop.shelf(*people), {"2604100012345", "KF35-2601-0311"})
    assert clean(text) == left


@pytest.mark.parametrize("field", ["serial", "batch"])
def test_no_phone_goes_out_as_a_number_of_the_goods(field: str) -> None:
    """A customer's phone in the wrong box of the form went to the maker, in every row about the unit."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}, serial: K1, batch: W05, {field}: '138 0013 8000'}}]")
    sale = sale.replace("serial: K1, ", "") if field == "serial" else sale.replace("batch: W05, ", "")
    product = _cooler(life_months="12")
    found = _report(product, sale, record(CLAIM, fault="{symptom: 冒烟, severity: safety}"))
    (told,) = found.products
    assert [getattr(one, field) for one in (*told.faults, *told.near_end, *found.dangers)] == ["…"] * 3
    assert told.batches[0].group == ("…" if field == "batch" else "W05")


def test_codes_of_the_goods_stay() -> None:
    """A batch of twelve digits is the maker's own, and so is a serial number like a mobile phone that is nobody's."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}, serial: '13912345678', batch: '202603051234'}}]")
    (fault,) = _of(sale, record(CLAIM)).faults
    assert (fault.serial, fault.batch) == ("13912345678", "202603051234")
    sale = record("SA26-0001", items=f"[{{product: {COOLER}, serial: 王建国的, batch: '13912345678'}}]")
    (fault,) = _of(sale, record(CLAIM)).faults
    assert (fault.serial, fault.batch) == ("…的", "…")


def test_more_products_make_no_more_work_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each product read through the records of all the others, five times: a maker of many goods waited and waited."""
    looks: list[str] = []

    class Watched(Noted):
        @property
        def product(self) -> str:
            looks.append(self.id)
            return str(self[3])

    def watched(*asked: Any) -> Observed:
        file = observed(*asked)
        return replace(file, noted=[Watched(*one) for one in file.noted])

    def looks_at_each(count: int) -> float:
        looks.clear()
        numbers = range(3, count + 3)
        products = [record(f"PR26-{number:04}", maker=MAKER) for number in numbers]
        sales = [record(f"SA26-{number:04}", items=f"[{{product: PR26-{number:04}}}]") for number in numbers]
        claims = [record(f"CL26-{number:04}", unit=f"SA26-{number:04}/1") for number in numbers]
        found = _report(*products, *sales, *claims).products
        assert [one.total.faults for one in found] == [0] + [1] * count
        assert looks
        return len(looks) / count

    monkeypatch.setattr("aftercare.answers.maker_report.observed", watched)
    assert looks_at_each(2) == looks_at_each(20)


def test_each_product_has_what_is_about_it() -> None:
    """The file told apart holds of each product what the file of it alone does: units, faults, exchanges, messages."""
    chair = record("SA26-0002", items=f"[{{product: {CHAIR}, qty: 3}}]")
    safe = "{at: 2026-08-05T20:00, how: 电话}"
    claims = (
        record(CLAIM, replaced="{on: 2026-08-06, serial: K2}", told_maker=safe),
        record("CL26-0002", unit="SA26-0002/1", returned="{on: 2026-08-07, qty: 1}", told_maker=safe),
    )
    wish = record("WI26-0001", customer=BUYER, about=f"[{CHAIR}]", said_on="2026-07-13", words="软一点")
    shelf = shop.shelf(_cooler(), SALE, chair, *claims, wish)
    both = told_apart(shelf, observed(shelf, (COOLER, CHAIR)), (COOLER, CHAIR, "PR26-0009"))
    assert both == {
        COOLER: observed(shelf, [COOLER]),
        CHAIR: observed(shelf, [CHAIR]),
        "PR26-0009": Observed(),
    }


def test_faults_are_told_with_the_thing_that_failed() -> None:
    """After an exchange it is the new one, as old as the exchange; the maker knows it by its number."""
    claim = record(CLAIM, fault="{symptom: 王建国说不制冷}", replaced="{on: 2026-08-06, serial: K2, batch: W30}")
    later = record("CL26-0002", reported_on="2026-10-07", fault="{symptom: 异响, component: 压缩机}")
    first, second = _of(claim, later).faults
    assert (first.serial, first.batch, first.months, first.symptom) == ("K1", "W05", 5, "…说不制冷")
    assert (second.serial, second.batch, second.months, second.component) == ("K2", "W30", 2, "压缩机")


def test_only_the_time_asked_about_counts() -> None:
    """Faults of the period, units up to its end, and nothing that came later."""
    claims = (record(CLAIM), record("CL26-0002", reported_on="2026-10-07"))
    found = _of(*claims, period=("2026-08-01", "2026-09-30"))
    assert ([one.claim for one in found.faults], found.total.faults, found.total.sold) == ([CLAIM], 1, 1)
    assert _of(*claims, period=("2026-01-01", "2026-02-28")).total.sold == 0
    assert [one.claim for one in _of(*claims, now="2026-09-01").faults] == [CLAIM]


def test_a_danger_is_told_once_and_first() -> None:
    """The claim and the complaint about one spark are one danger; the words of both are told, and who knew when."""
    unsafe = "{symptom: 冒火花, severity: safety, component: 底座}"
    claim = record(CLAIM, fault=unsafe, made_safe="{at: 2026-08-05T20:00}")
    complaint = record(
        "CO26-0001",
        received_at="2026-08-05T19:00",
        about=f"[{CLAIM}]",
        what="吓着了",
        incident="{kind: danger, told_maker: {at: 2026-08-06T09:00, how: 传真}}",
    )
    ours = record("CO26-0002", about=f"[{UNIT}]", incident="{kind: damage}", findings="{fault: shop}", what="墙砸坏了")
    found = _report(claim, complaint, ours)
    (danger,) = found.dangers
    assert (danger.records, danger.kind, danger.words) == ([CLAIM, "CO26-0001"], "danger", ["冒火花", "吓着了"])
    assert (danger.serial, danger.batch, danger.component) == ("K1", "W05", "底座")
    assert (danger.made_safe, danger.told) == (parse("2026-08-05T20:00"), parse("2026-08-06T09:00"))
    (told,) = found.products[0].told
    assert (told.record, told.what, told.waits) == ("CO26-0001", "传真", False)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"about": f"[{UNIT}]"}, True),
        ({"about": f"[{UNIT}, {CLAIM}]"}, True),
        ({"about": f"[{UNIT}, IN26-0001]"}, False),
        ({"about": f"[{UNIT}/install]"}, False),
        ({"about": f"[{UNIT}, IN26-0001]", "findings": "{fault: maker}"}, True),
        ({"about": f"[{UNIT}]", "findings": "{fault: installer}"}, False),
        ({"about": f"[{UNIT}]", "withdrawn": "{on: 2026-06-02}"}, False),
    ],
)
def test_the_maker_hears_of_complaints_about_its_goods(facts: dict[str, str], told: bool) -> None:
    """How late the shop came is no news for the maker, nor is it counted as one of its goods'."""
    found = _of(record(CLAIM), record("IN26-0001"), record("CO26-0001", **facts))
    assert ([one.id for one in found.complaints], found.total.complaints) == ((["CO26-0001"], 1) if told else ([], 0))


def test_what_waits_for_an_answer_is_told_again_and_what_is_settled_is_not() -> None:
    """A message from before the period is there while it waits, and in the period of its answer."""
    product = _cooler(
        told_maker="[{on: 2026-03-05, what: 旧, answer: 好, answered_on: 2026-03-09},"
        " {on: 2026-03-06, what: 等}, {on: 2026-03-07, what: 晚答, answer: 换, answered_on: 2026-07-02},"
        " {on: 2026-10-02, what: 以后}]"
    )
    asked = record(
        "CO26-0001", about=f"[{CLAIM}]", passed_on=f"[{{to: ' {MAKER}', what: 召回否, at: 2026-06-02}}, {{to: 消协}}]"
    )
    found = _of(product, record(CLAIM), asked, period=("2026-07-01", "2026-09-30"))
    assert [(one.what, one.waits) for one in found.told] == [("等", True), ("晚答", False), ("召回否", True)]


def test_wishes_are_told_with_what_the_maker_made_of_them() -> None:
    """Its own answer and not another's; whether it owes one; and that it has not heard of it yet."""
    wish = {"customer": BUYER, "about": f"[{COOLER}]", "said_on": "2026-07-13", "theme": "遥控器"}
    handed = f"[{{to: {MAKER}, at: 2026-07-20}}]"
    records = (
        record("WI26-0001", **wish, words="字大一点", passed_on=handed),
        record("WI26-0002", **wish, words="能亮", passed_on=handed,
               answers=f"[{{at: 2026-08-01, who: {MAKER}, says: 明年, taken_up: yes}}]"),
        record("WI26-0003", **wish, words="李雪也要", answers="[{at: 2026-08-01, says: 我们来}]"),
        record("CU26-0002", name="李雪", phones="[13900139000]"),
        record("WI26-0004", **wish, words="不要了", withdrawn="{on: 2026-08-01}"),
    )  # fmt: skip
    found = _of(*records)
    assert [(one.id, one.is_new, one.waits, one.answer, one.taken_up) for one in found.wishes] == [
        ("WI26-0001", False, True, "", None),
        ("WI26-0002", False, False, "明年", True),
        ("WI26-0003", True, False, "", None),
    ]
    assert found.wishes[2].words == "…也要"
    assert [(row.theme, row.total) for row in found.themes.rows] == [("遥控器", 3)]


@pytest.mark.parametrize(
    ("days", "columns"),
    [
        (["2026-02-01", "2026-04-30"], ("2026-02", "2026-03", "2026-04")),
        (["2025-11-30", "2026-11-01"], ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")),
        (["2022-01-01", "2026-11-01"], ("2022", "2023", "2024", "2025", "2026")),
        ([], ()),
    ],
)
def test_columns_are_as_fine_as_they_fit(days: list[str], columns: tuple[str, ...]) -> None:
    """Months, else quarters, else years, with those in which nobody wished for anything."""
    found = by_theme([("字", parse(day)) for day in days], date.min, date.max)
    assert found.columns == columns
    assert [sum(row.counts) for row in found.rows] == ([len(days)] if days else [])


def test_a_period_has_the_columns_of_all_its_time() -> None:
    """A quarter in which a theme fell silent shows that it did; spellings of a theme are one."""
    said = [("Noise", parse("2026-07-02")), ("noise", parse("2026-08-02")), ("noise", parse("2026-08-03"))]
    found = by_theme([*said, ("", parse("2026-08-04"))], date(2026, 7, 1), date(2026, 9, 30))
    assert found.columns == ("2026-07", "2026-08", "2026-09")
    assert [tuple(row) for row in found.rows] == [("noise", 3, (1, 2, 0)), ("", 1, (0, 1, 0))]


@pytest.mark.parametrize(
    ("product", "ending"),
    [
        ({}, None),
        ({"life_months": "20"}, Ending("life", "", date(2027, 11, 2))),
        ({"life_months": "6"}, Ending("life", "", date(2026, 9, 2))),
        ({"life_months": "21"}, None),
        ({"maker_months": "12"}, None),
        ({"maker_months": "25", "life_months": "96"}, None),
    ],
)
def test_the_end_of_a_life_is_near_within_a_year(product: dict[str, str], ending: Ending | None) -> None:
    """By the life that its papers say, past ends too; a guarantee of a year or two is no length of life."""
    near = _of(_cooler(**product)).near_end
    assert [one.ending for one in near] == ([ending] if ending else [])


def test_without_a_life_the_longest_guarantee_stands_for_it() -> None:
    """That on the whole or on a part, where it is longer than two years; counted from the hand-over."""
    long_ago = record("SA22-0001", items=f"[{{product: {COOLER}, serial: K0}}]", sold_on="2022-03-02")
    product = _cooler(maker_months="36", maker_parts="[{part: 压缩机, months: 60}]")
    (old,) = _of(product, long_ago).near_end
    assert (old.unit, old.serial, old.months) == ("SA22-0001/1", "K0", 56)
    assert old.ending == Ending("guarantee", "压缩机", date(2027, 3, 2))


def test_what_fails_often_is_near_its_end() -> None:
    """Three faults of one thing; of several pieces nobody knows which failed, and what was exchanged begins anew."""
    claims = [record(f"CL26-000{n}", reported_on=f"2026-0{n + 3}-05") for n in (1, 2, 3)]
    (frail,) = _of(*claims).near_end
    assert (frail.unit, frail.faults, frail.ending) == (UNIT, 3, None)
    many = record("SA26-0001", items=f"[{{product: {COOLER}, qty: 4}}]")
    assert _of(many, *claims).near_end == ()
    exchanged = record("CL26-0003", reported_on="2026-06-05", replaced="{on: 2026-06-06}")
    assert _of(*claims[:2], exchanged).near_end == ()


def test_what_is_in_use_no_more_is_near_no_end() -> None:
    """A thing that came back, was paid back or went out of use; that it did is told with its age."""
    product, claim = _cooler(life_months="12"), record(CLAIM, returned="{on: 2026-08-06}")
    assert len(_of(product).near_end) == 1
    assert _of(product, claim).near_end == ()
    retired = record(
        "SA26-0001", items=f"[{{product: {COOLER}, serial: K1, retired: {{on: 2026-10-11, reason: 王建国砸坏了}}}}]"
    )
    found = _of(product, retired)
    assert found.near_end == ()
    assert [(one.unit, one.serial, one.months, one.reason) for one in found.gone] == [(UNIT, "K1", 7, "…砸坏了")]
    assert _of(product, retired, period=("2026-01-01", "2026-09-30")).gone == ()
