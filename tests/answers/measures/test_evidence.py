"""What is counted for the national standard alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Case, counted
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.answers.period import EVER, Period
from tests.answers import shop
from tests.answers.breaches.service import STANDARD
from tests.answers.measures.workshop import FITTER, HELPER, facts

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
SIGNED = "{by: 王, at: 2026-03-06T12:00}"
BELIEVED = f"{STANDARD}credo:\n- {{id: word, text: {{en: we keep our word, zh: 言而有信}}}}\n"


def _found(
    measure: str, *records: str, now: str = "2026-12-31", period: Period = EVER, pack: str = STANDARD
) -> Mapping[str, Case]:
    known = next(one for one in EVIDENCE if one.id == measure)
    cases = counted(known, facts(*records, now=now, pack=pack), period).cases
    by_id = {case.id: case for case in cases}
    if len(by_id) < len(cases):
        raise ValueError(f"an id twice among {[case.id for case in cases]}")
    return by_id


def _whys(measure: str, *records: str, period: Period = EVER) -> dict[str, str | bool]:
    return {case.id: case.good or case.why for case in _found(measure, *records, period=period).values()}


def test_none_of_it_is_a_score() -> None:
    """The ids of what is counted for L8 are no measures of a law: `score` does not tell them."""
    assert all(one.law == "L8" and one.id not in BY_ID for one in EVIDENCE)


class TestPeople:
    """Certificates and trainings."""

    @pytest.mark.parametrize(("last", "count"), [(date(2026, 6, 29), 1), (date(2026, 6, 30), 1), (date(2026, 7, 1), 0)])
    def test_a_certificate_counts_to_its_last_day(self, last: date, count: int) -> None:
        """The day that counts is the last of the period."""
        assert len(_found("certified_people", period=Period(date(2026, 3, 1), last))) == count

    def test_the_day_is_today_where_the_period_is_not_over(self) -> None:
        """And a period that has not begun has no last day yet."""
        assert list(_found("certified_people", now="2026-06-30")) == [FITTER]
        assert not _found("certified_people", now="2026-07-01")
        assert not _found("certified_people", now="2026-02-28", period=MARCH)

    def test_who_has_left_is_not_of_the_shop(self) -> None:
        """The last day that somebody worked is past; until then they count."""
        valid = "[{name: 电工}]"
        gone = shop.record("ST26-0003", name="吴", certificates=valid, left="{on: 2026-03-31}")
        stays = shop.record("ST26-0004", name="郑", certificates=valid, left="{on: 2026-04-01}")
        assert list(_found("certified_people", gone, stays, period=MARCH)) == [FITTER, "ST26-0004"]

    def test_trainings_count_on_their_day(self) -> None:
        """Each of a person by itself; those that answer a complaint are told apart too, with the complaint."""
        complaint = shop.record("CO26-0001")
        first, last = "{on: 2026-03-01, what: 制冷}", "{on: 2026-03-31, what: 上门规范, answers: [CO26-0001]}"
        later = "{on: 2026-04-01, what: 制冷}"
        taught = shop.record("ST26-0003", name="吴", trainings=f"[{first}, {last}, {later}]")
        assert list(_found("trainings", complaint, taught, period=MARCH)) == ["ST26-0003/1", "ST26-0003/2"]
        answered = _found("trainings_after_complaints", complaint, taught)
        assert {name: case.records for name, case in answered.items()} == {"ST26-0003/2": ("ST26-0003", "CO26-0001")}


class TestRules:
    """What the shop goes by, and where it fell short."""

    def test_a_credo_counts_line_by_line(self) -> None:
        """A shop that names none has none."""
        assert not _found("credo_lines")
        assert list(_found("credo_lines", pack=BELIEVED)) == ["ours/word"]

    def test_breaches_count_on_their_first_day_and_as_settled_by_today(self) -> None:
        """What was accepted is settled, what nobody answered for is open."""
        nobody = shop.record("IN26-0001", tested="ok", explained="yes", checklist="[level, drain]", signed=SIGNED)
        breach = "IN26-0001/no-technician"
        assert _whys("breaches_settled", nobody, period=MARCH)[breach] == "open"
        case = _found("breaches_found", nobody)[breach]
        assert (case.on, case.customer, case.records) == (date(2026, 3, 6), shop.BUYER, ("IN26-0001",))
        assert (case.part, case.channel) == ("no-technician", "online")
        settled = nobody, shop.record("PM26-0001", of=breach, accepted="{on: 2026-03-09, reason: 记录丢失}")
        assert _whys("breaches_settled", *settled)[breach] is True
        april = Period(date(2026, 4, 1), date(2026, 4, 30))
        assert breach not in _whys("breaches_settled", *settled, period=april)


class TestGoods:
    """What customers are told of the goods, and what is published."""

    @pytest.mark.parametrize("said", ["features: [静音]", "manual: 说明书.pdf", "hotline: '4008'", "video: a.mp4"])
    def test_a_product_is_described_by_anything_a_customer_can_have(self, said: str) -> None:
        """Of products that were sold in the period."""
        field, __, value = said.partition(": ")
        cooler = shop.record(shop.COOLER, name="空调", category="air_conditioner", **{field: value})
        january = Period(date(2026, 1, 1), date(2026, 1, 31))
        assert _whys("goods_described", cooler, period=january) == {shop.COOLER: True, shop.CHAIR: "nothing_said"}
        assert not _found("goods_described", cooler, period=MARCH)

    def test_a_sale_that_was_called_off_sold_nothing(self) -> None:
        """Nor is a product counted twice that was sold twice."""
        lamp = shop.record("PR26-0003", name="灯", category="goods")
        again = shop.record("SA26-0002")
        off = shop.record("SA26-0003", items="[{product: PR26-0003}]", cancelled="{on: 2026-03-08}")
        assert list(_found("goods_described", lamp, again, off)) == [shop.COOLER, shop.CHAIR]

    def test_a_sale_that_is_still_to_come_sold_nothing(self) -> None:
        """An order that was typed ahead told the assessor of goods that the shop had never sold."""
        lamp = shop.record("PR26-0003", name="灯", category="goods")
        ordered = shop.record("SA26-0002", sold_on="2026-12-05", items="[{product: PR26-0003}]")
        year = Period(date(2026, 1, 1), date(2026, 12, 31))
        sold = [shop.COOLER, shop.CHAIR]
        assert list(_found("goods_described", lamp, ordered, now="2026-11-20", period=year)) == sold
        assert list(_found("goods_described", lamp, ordered, now="2026-12-05", period=year)) == [*sold, "PR26-0003"]

    def test_offers_count_on_the_day_they_were_published(self) -> None:
        """Whenever they hold."""
        offer = shop.record("OF26-0001", title="国庆送清洗", published_on="2026-03-31", since="2026-10-01")
        assert list(_found("offers_published", offer, period=MARCH)) == ["OF26-0001"]
        assert not _found("offers_published", offer, now="2026-03-30")


class TestSupport:
    """Use explained, advice given, customers on file."""

    @pytest.mark.parametrize(("said", "why"), [("yes", True), ("no", "not_explained"), ("", "not_explained")])
    def test_use_is_explained_where_somebody_says_so(self, said: str, why: str | bool) -> None:
        """In installations that were done, of sales that stand."""
        work = shop.record("IN26-0001", technician=FITTER, explained=said, signed=SIGNED)
        begun = shop.record("IN26-0002", technician=FITTER, explained="yes", started_at="2026-03-06")
        off = shop.record("SA26-0002", cancelled="{on: 2026-03-08}")
        of_none = shop.record("IN26-0003", sale="SA26-0002", technician=FITTER, explained="yes", signed=SIGNED)
        assert _whys("use_explained", work, begun, off, of_none) == {"IN26-0001": why}

    def test_advice_is_a_contact_for_it_or_with_it(self) -> None:
        """Nobody who was not reached was given any."""
        asked = shop.record("VI26-0001", at="2026-03-07", by=HELPER, purpose="advice")
        given = shop.record("VI26-0002", at="2026-03-31T18:00", advice="两周一次", about=f"[{shop.UNIT}]")
        missed = shop.record("VI26-0003", at="2026-03-08", purpose="advice", outcome="no_answer")
        plain = shop.record("VI26-0004", at="2026-03-08")
        found = _found("advice_given", asked, given, missed, plain, period=MARCH)
        assert list(found) == ["VI26-0001", "VI26-0002"]
        assert (found["VI26-0001"].person, found["VI26-0002"].product) == (HELPER, shop.COOLER)

    def test_advice_is_about_what_the_promise_is_about_that_it_keeps(self) -> None:
        """As in every other figure of contacts: with `--per product` the same call stood in two rows."""
        call = shop.record("VI26-0001", at="2026-03-07", advice="两周一次", keeps=f"[{shop.UNIT}/call-back.1]")
        case = _found("advice_given", call)["VI26-0001"]
        assert (case.product, case.channel) == (shop.COOLER, "online")

    def test_customers_are_on_file_from_its_first_day_until_they_leave(self) -> None:
        """The house is no customer."""
        came = shop.record("CU26-0002", since="2026-03-31")
        later = shop.record("CU26-0003", since="2026-04-01")
        left = shop.record("CU26-0004", left="{on: 2026-03-31}")
        leaves = shop.record("CU26-0005", left="{on: 2026-04-01}")
        found = _found("customers_on_file", came, later, left, leaves, period=MARCH)
        assert list(found) == [shop.BUYER, "CU26-0002", "CU26-0005"]
