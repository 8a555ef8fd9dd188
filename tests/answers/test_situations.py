"""What records say in the words of the rules: where each fact stands, and what is known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import affairs_of
from aftercare.answers.rules import Rules
from aftercare.answers.situations import misfacts, not_yet, situation_of
from aftercare.answers.telling import WHERE
from aftercare.book.settings import Settings
from aftercare.errors import NoSuchRecord
from aftercare.plain.moments import Moment
from aftercare.plain.tree import Tree
from aftercare.policies import categories, vocabulary
from aftercare.policies.judging.given import Given, Unknown
from aftercare.policies.judging.situation import Misstated, Situation
from aftercare.records.claim import Claim
from aftercare.records.kinds import model_of
from aftercare.records.schema import field_at, fields_of
from tests import fact_table
from tests.answers.shop import BUYER, COOLER, record, shelf

ROOT = Path(__file__).resolve().parent.parent.parent
SALE, UNIT, CLAIM = "SA25-0001", "SA25-0001/1", "CL25-0009"
RULES = Rules(plans=(), categories=categories.tree(), country="CN", region="浙江")
ON = date(2025, 9, 1)
SIGNED = record("DE25-0001", sale=SALE, arrived_at="2025-03-05", signed="{by: 王, at: 2025-03-06T09:00}")
PARCELS = "{deliveries: '2025-03-04，2025-03-05'}"


def _sale(**more: str) -> str:
    return record(SALE, **{"sold_on": "2025-03-03", "items": f"[{{product: {COOLER}, price: 3200.00}}]"} | more)


def _case(*records: str, on: Moment = ON, said: Mapping[str, Tree] | None = None, sale: str = "") -> Situation:
    """The situation of the one unit; of the claim CL25-0009, where it is among the records."""
    held = shelf(record(BUYER), record(COOLER, category="air_conditioner"), sale or _sale(), *records)
    claim = held.get(CLAIM)
    return situation_of(
        affairs_of(held)[BUYER], UNIT, RULES, on, claim=claim if isinstance(claim, Claim) else None, said=said
    )


def _claim(name: str = CLAIM, **more: str) -> str:
    return record(name, **{"unit": UNIT, "reported_on": "2025-08-01"} | more)


class TestTheTable:
    """One page says where each fact stands; it is drawn from the program."""

    def test_the_page_is_current(self) -> None:
        """``docs/claims.md`` holds the table as the vocabulary and the correspondence are today."""
        page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
        assert "\n".join(fact_table.table()) in page

    def test_every_name_is_a_fact(self) -> None:
        """Measured facts are reckoned and stand nowhere."""
        assert not [name for name in WHERE if vocabulary.fact(name).measured]

    @pytest.mark.parametrize("fact", WHERE)
    def test_every_field_that_it_names_exists(self, fact: str) -> None:
        """A field that is renamed must not leave the page behind."""
        for part in WHERE[fact].split("; "):
            place, __, fields = part.partition(": ")
            for field in fields.split(", "):
                path = tuple(field.partition(" (")[0].split("."))
                if place == "aftercare.yaml":
                    assert path[0] in {one.name for one in fields_of(Settings)}
                elif " " not in path[0]:
                    kind = "claim" if place == "claims of the unit" else place
                    assert field_at(model_of(kind), path) is not None, field


class TestFromRecords:
    """Each fact of the table, from the field that it says."""

    @pytest.mark.parametrize(
        ("fact", "value", "sale", "records"),
        [
            ("sold_on", date(2025, 3, 3), {}, []),
            ("sold_on", date(2025, 3, 3), {"sold_on": "2025-03-03T18:30"}, []),
            ("channel", "shop", {}, []),
            ("channel", "online", {"channel": "online"}, []),
            ("invoice", "00123", {"invoice": "'00123'"}, []),
            ("invoice", None, {}, []),
            ("price", 3200, {}, []),
            ("category", "air_conditioner", {}, []),
            ("region", "浙江", {}, []),
            ("promised_by", date(2025, 3, 6), {"told": "{deliver: {by: 2025-03-06T18:00}}"}, []),
            ("delivered_on", date(2025, 3, 3), {"items": f"[{{product: {COOLER}, taken: yes}}]"}, []),
            ("delivered_on", date(2025, 3, 6), {}, [SIGNED]),
            ("delivered", False, {}, [record("DE25-0001", sale=SALE)]),
            ("delivered", False, {"told": "{deliver: {by: 2025-03-06}}"}, []),
            ("installed_on", date(2025, 3, 8), {}, [record("IN25-0001", sale=SALE, signed="{by: 王, at: 2025-03-08}")]),
            ("fault_on", date(2025, 7, 30), {}, [_claim(fault="{found_on: 2025-07-30}")]),
            ("fault_on", None, {}, [_claim(fault="{kind: none}")]),
            ("fault_kind", "cosmetic", {}, [_claim(fault="{kind: cosmetic}")]),
            ("component", "压缩机", {}, [_claim(fault="{component: 压缩机}")]),
            ("severity", "serious", {}, [_claim(fault="{severity: serious}")]),
            ("same_defect", True, {}, [_claim("CL25-0001"), _claim(fault="{same_as: CL25-0001}")]),
            ("exclusions", ("misuse", "virus"), {}, [_claim(exclusions="[misuse, virus]")]),
            ("notified_on", date(2025, 8, 1), {}, [_claim()]),
            ("withdrawn_on", date(2025, 8, 1), {}, [_claim(asked="withdraw")]),
            ("same_model_available", True, {}, [_claim(facts="{same_model_available: 是}")]),
            ("delivered", False, {}, [record("DE25-0001", sale=SALE, arrived_at="2025-03-05")]),
            ("deliveries", (date(2025, 3, 4), date(2025, 3, 5)), {}, [_claim(facts=PARCELS)]),
            ("warranty", {"type": "full", "years": 3}, {}, [_claim(facts="{warranty: 'type=full,years=3'}")]),
        ],
    )  # fmt: skip
    def test_a_field_is_a_fact(self, fact: str, value: Any, sale: dict[str, str], records: list[str]) -> None:
        """As the page says."""
        found = _case(*records, sale=_sale(**sale)).get(fact)
        assert isinstance(found, Given)
        assert found.value == value

    def test_a_sale_without_a_delivery_does_not_say_when_the_goods_came(self) -> None:
        """Nothing is invented: it is asked for where it matters."""
        assert _case().get("delivered_on") == Unknown(("delivered_on",))
        assert _case().value("delivered") is None

    def test_a_delivery_that_was_called_off_is_none(self) -> None:
        """It neither came nor is it still to come."""
        off = record("DE25-0001", sale=SALE, cancelled="{on: 2025-03-04, reason: x}")
        assert _case(off).get("delivered_on") == Unknown(("delivered_on",))
        assert _case(off).value("delivered") is None

    def test_repairs_of_all_claims_count_whatever_their_order(self) -> None:
        """By the day they came in; a stay has the gravest reason it waited for, and its claim's severity."""
        waits = "waiting: [{from: 2025-06-02, because: customer}, {from: 2025-06-03, because: repairer_delay}]"
        late = _claim(
            "CL25-0001", fault="{severity: serious}", repairs=f"[{{in: 2025-06-01, {waits}, out: 2025-06-20}}]"
        )
        early = _claim("CL25-0002", repairs="[{in: 2025-05-01T09:00, problem: 漏水, result: fixed, out: 2025-05-03}]")
        case = _case(late, early)
        assert [stay.in_ for stay in case.stays] == [datetime(2025, 5, 1, 9), date(2025, 6, 1)]
        assert (case.stays[0].problem, case.stays[0].result, case.stays[0].because) == ("漏水", "fixed", "")
        assert (case.stays[1].because, case.stays[1].severity) == ("repairer_delay", "serious")

    def test_a_replacement_begins_a_new_count(self) -> None:
        """What was repaired before is another unit's."""
        claim = _claim(
            reported_on="2025-05-01",
            repairs="[{in: 2025-05-01, out: 2025-05-03}, {in: 2025-07-01, out: 2025-07-02}]",
            replaced="{on: 2025-06-01, requested_on: 2025-05-30}",
        )
        case = _case(claim)
        assert case.replaced_on == date(2025, 6, 1)
        assert [stay.in_ for stay in case.stays] == [date(2025, 7, 1)]


class TestOnADay:
    """What happened after the day of the question is not known on it."""

    @pytest.mark.parametrize(
        ("fact", "records", "day"),
        [
            ("delivered_on", [record("DE25-0001", sale=SALE, signed="{by: 王, at: 2025-03-06}")], 6),
            ("installed_on", [record("IN25-0001", sale=SALE, signed="{by: 王, at: 2025-03-06}")], 6),
            ("repairs", [_claim(reported_on="2025-03-06", repairs="[{in: 2025-03-06}]")], 6),
            ("replacements", [_claim(reported_on="2025-03-06", replaced="{on: 2025-03-06}")], 6),
            ("fault_on", [_claim(reported_on="2025-03-06", fault="{found_on: 2025-03-06}")], 6),
            ("notified_on", [_claim(reported_on="2025-03-06")], 6),
        ],
    )
    def test_a_fact_is_known_from_its_day_on(self, fact: str, records: list[str], day: int) -> None:
        """On the day itself, and not on the day before."""
        assert _case(*records, on=date(2025, 3, day)).value(fact)
        assert not _case(*records, on=date(2025, 3, day - 1)).value(fact)

    def test_a_repair_that_ends_later_is_still_open(self) -> None:
        """Its end, its result and what it waited for later are not known yet."""
        waits = "waiting: [{from: 2025-08-10, because: no_parts}]"
        claim = _claim(repairs=f"[{{in: 2025-08-02, {waits}, out: 2025-08-20, result: not_done}}]")
        (before,) = _case(claim, on=date(2025, 8, 9)).stays
        assert (before.out, before.result, before.because) == (None, "", "")
        (after,) = _case(claim, on=date(2025, 8, 20)).stays
        assert (after.out, after.result, after.because) == (date(2025, 8, 20), "not_done", "no_parts")

    @given(st.dates(date(2025, 3, 3), date(2025, 12, 31)))
    def test_no_day_after_the_question_is_known(self, on: date) -> None:
        """Whatever the day, no event of the situation lies behind it."""
        claim = _claim(
            fault="{found_on: 2025-07-30}",
            repairs="[{in: 2025-08-02, out: 2025-08-20}, {in: 2025-09-01, out: 2025-10-01}]",
            replaced="{on: 2025-11-01}",
        )
        delivery = record("DE25-0001", sale=SALE, signed="{by: 王, at: 2025-03-06}")
        case = _case(claim, delivery, on=on)
        days = [case.day(name) for name in ("sold_on", "delivered_on", "fault_on", "notified_on")]
        days += [day for stay in case.value("repairs") or () for day in (stay.in_, stay.out)]
        days += [event["on"] for event in case.value("replacements") or ()]
        assert all(day is None or day <= on for day in days)

    @pytest.mark.parametrize(
        ("said", "ahead"),
        [
            ({"fault_on": "2025-09-02"}, "fault_on"),
            ({"fault_on": "2025-09-01"}, None),
            ({"fault_on": "none"}, None),
            ({"promised_by": "2025-09-20"}, None),
            ({"extra_period_set": "2025-09-20"}, None),
            ({"fault_on": "someday"}, None),
            ({"no_such": "2025-09-20"}, None),
        ],
    )
    def test_a_day_that_has_not_come_is_found(self, said: dict[str, Tree], ahead: str | None) -> None:
        """Only days that somebody set beforehand may lie ahead."""
        assert not_yet(said, ON) == ahead


class TestSaid:
    """What is said stands above the records."""

    DELIVERED = record("DE25-0001", sale=SALE, signed="{by: 王, at: 2025-03-06}")
    REPAIRED = _claim(repairs="[{in: 2025-08-02, out: 2025-08-20}]")

    @pytest.mark.parametrize("no", ["no", "false", "False", "否"])
    def test_not_delivered_sets_aside_a_delivery(self, no: str) -> None:
        """And the installation with it."""
        installed = record("IN25-0001", sale=SALE, signed="{by: 王, at: 2025-03-08}")
        case = _case(self.DELIVERED, installed, said={"delivered": no})
        assert (case.day("delivered_on"), case.day("installed_on")) == (None, None)
        assert isinstance(case.get("delivered_on"), Given)

    def test_a_day_of_delivery_sets_aside_that_it_is_still_to_come(self) -> None:
        """A delivery that is arranged and not signed for."""
        case = _case(record("DE25-0001", sale=SALE), said={"delivered_on": "2025-03-07"})
        assert case.day("delivered_on") == date(2025, 3, 7)
        assert case.value("delivered") is None

    @pytest.mark.parametrize("nothing", ["none", "无", []])
    def test_none_sets_aside_what_happened(self, nothing: Tree) -> None:
        """No repair, whatever the claims say."""
        assert _case(self.REPAIRED, said={"repairs": nothing}).value("repairs") == ()

    def test_it_has_no_place_in_a_record(self) -> None:
        """The trace must not send anybody to a line that says something else."""
        found = _case(self.DELIVERED, said={"delivered_on": "2025-03-05"}).get("delivered_on")
        assert isinstance(found, Given)
        assert found.place is None
        recorded = _case(self.DELIVERED).get("delivered_on")
        assert isinstance(recorded, Given)
        assert recorded.place == ("DE25-0001", ("signed", "at"))

    def test_what_is_no_fact_is_refused(self) -> None:
        """With the name that may have been meant."""
        with pytest.raises(Misstated, match="did you mean component"):
            _case(said={"componnent": "x"})


class TestFaults:
    """What a claim wrongly holds, and what cannot be."""

    def test_what_is_no_fact_counts_as_unknown_and_is_named(self) -> None:
        """Each with its place; what is right beside it counts."""
        text = _claim(
            facts="{same_model_avail: yes, goods_intact: vielleicht, repairs: '[{', used: yes}",
            exclusions="[misuse, pech]",
        )
        claim = shelf(text).get(CLAIM)
        assert isinstance(claim, Claim)
        paths = {one.path for one in misfacts(claim)}
        assert paths == {
            ("facts", "same_model_avail"),
            ("facts", "goods_intact"),
            ("facts", "repairs"),
            ("exclusions", 1),
        }
        case = _case(text)
        assert isinstance(case.get("goods_intact"), Unknown)
        assert case.value("used") is True
        assert case.value("exclusions") == ("misuse",)

    def test_a_repair_before_its_claim_was_reported_contradicts_it(self) -> None:
        """Unless the claim was not reported yet on the day of the question, or the repairs are said otherwise."""
        text = _claim(repairs="[{in: 2025-07-01, out: 2025-07-05}]")
        assert isinstance(_case(text).get("repairs"), Unknown)
        assert isinstance(_case(text, on=date(2025, 7, 31)).get("repairs"), Given)
        assert isinstance(_case(text, said={"repairs": "none"}).get("repairs"), Given)

    def test_a_unit_that_is_not_there(self) -> None:
        """A line that the sale does not have."""
        held = shelf(record(BUYER), record(COOLER), _sale())
        with pytest.raises(NoSuchRecord):
            situation_of(affairs_of(held)[BUYER], f"{SALE}/2", RULES, ON)
