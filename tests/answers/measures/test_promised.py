"""L2: promises kept in time; sales delivered in full; installations on the day agreed; what was moved and published."""

from __future__ import annotations

import pytest

from tests.answers import shop
from tests.answers.measures.scorebook import cases, score, span, whys
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

SPOKEN = "PM26-0001"
LAW = """
id: law
issuer: statute
in_force: {from: 2020-01-01}
checked_on: 2026-11-22
title: {en: Law, zh: 法}
sources: {A: {what: a, where: a, sure: verified}}
plans:
- {id: mend, title: {en: Mended, zh: 修好}, category: goods, after: taken_in, what: finish_repair, step: finish-repair,
   channel: counter, due: {2020-01-01: [{days: 30}]}, cite: [A]}
"""
HOUSE = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: renew, title: 续证, category: goods, after: certificate_ends, what: renew, step: renew,
   channel: counter, due: {2020-01-01: [{days: 0}]}}
- {id: correct, title: 更正, category: goods, after: place_misprinted, what: correct, step: correct,
   channel: counter, due: {2020-01-01: [{days: 1}]}}
"""
FITTER = record("ST26-0001", name="张师傅", certificates="[{name: 制冷, until: 2026-06-30}]")
_PLACE = "[{where: 海报, at: 2026-03-01}]"
_MISPRINT = "{at: 2026-03-02, says: 3元, meant: 7元}"
TAKEN = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]")


def _spoken(**fields: str) -> str:
    return record(SPOKEN, **{"due": "2026-03-10", "words": "送滤网"} | fields)


class TestReliability:
    """What customers had our word or the law's for, kept in time."""

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"kept": "{at: 2026-03-10}"}, "good"),
            ({"kept": "{at: 2026-03-11}"}, "late"),
            ({"broken": "{on: 2026-03-09}"}, "broken"),
            ({}, "overdue"),
        ],
    )
    def test_good_is_what_was_kept_in_time(self, fields: dict[str, str], why: str) -> None:
        """Late, broken and overdue say why it counts against us."""
        assert whys("L2", _spoken(**fields)) == {SPOKEN: why}

    @pytest.mark.parametrize(("binds", "counts"), [("told", 1), ("law", 1), ("plan", 0)])
    def test_our_own_plans_are_nobodys_word(self, binds: str, counts: int) -> None:
        """Only what was told, or the law says, is reliability; the plan counts in `promises_kept`."""
        found = score("L2", _spoken(binds=binds, kept="{at: 2026-03-10}"))
        assert found.of == counts
        assert score("promises_kept", _spoken(binds=binds, kept="{at: 2026-03-10}")).of == 1

    def test_told_law_and_plan_stand_apart(self) -> None:
        """Each with how many of it were good, none left out; the parts are the kinds of promise."""
        claim = record("CL26-0001", repairs="[{in: 2026-08-05, out: 2026-08-10}]")
        found = score("L2", TAKEN, claim, _spoken(), plans=LAW)
        assert {name: tuple(tally) for name, tally in found.binds.items()} == {
            "told": (0, 1), "law": (1, 1), "plan": (0, 0),
        }  # fmt: skip
        assert {name: tuple(tally) for name, tally in found.parts.items()} == {"finish_repair": (1, 1), "other": (0, 1)}
        assert found.value is not None
        assert (str(found.value), found.whys) == ("50.0", {"overdue": 1})

    def test_an_apology_is_no_promise_to_the_customer(self) -> None:
        """A word broken and apologised for does not count as one broken and one kept."""
        late = _spoken(kept="{at: 2026-03-11}", apologised="{at: 2026-03-11}")
        assert whys("L2", late) == {SPOKEN: "late"}
        assert whys("promises_kept", late) == {SPOKEN: "late", f"{SPOKEN}/apology": "good"}

    def test_what_the_house_owes_nobody_in_particular_is_no_customers(self) -> None:
        """A certificate to renew, even by a word that binds, is counted among all promises and nowhere else."""
        assert whys("L2", FITTER, plans=HOUSE) == {}
        found = cases("promises_kept", FITTER, plans=HOUSE)
        assert [(name, case.why, case.customer) for name, case in found.items()] == [
            ("ST26-0001/renew.1", "overdue", "")
        ]

    def test_nor_is_what_it_owes_the_public_told_to_a_customer(self) -> None:
        """Word of a misprint, planned as information, is no contact that a customer was promised."""
        told = HOUSE.replace("what: correct", "what: information")
        offer = record("OF26-0001", title="春促", published_on="2026-03-01", published=_PLACE, misprint=_MISPRINT)
        assert whys("L1", offer, plans=told) == {}
        assert set(whys("promises_kept", offer, plans=told)) == {"OF26-0001/correct.1"}


TOLD = "{deliver: {by: 2026-03-04T18:00}}"
TWO = f"[{{product: {CHAIR}, qty: 4}}, {{product: {CHAIR}}}]"
SALE = record("SA26-0001", items=TWO, told=TOLD)
IN_TIME, TOO_LATE = "{by: a, at: 2026-03-04T17:00}", "{by: a, at: 2026-03-05}"


def _full(*records: str, now: str = "2026-12-31") -> dict[str, str]:
    return whys("on_time_in_full", *records, now=now)


class TestOnTimeInFull:
    """A sale counts once, good where each of its lines came in time and whole."""

    @pytest.mark.parametrize(
        ("first", "second", "why"),
        [
            (IN_TIME, IN_TIME, "good"),
            (IN_TIME, TOO_LATE, "late"),
            (TOO_LATE, "", "overdue"),
            (IN_TIME, "", "overdue"),
        ],
    )
    def test_the_worst_line_decides(self, first: str, second: str, why: str) -> None:
        """What came late is not in time, what is still to come is worse."""
        one = record("DE26-0001", items="[1]", signed=first)
        other = record("DE26-0002", items="[2]", signed=second)
        assert _full(SALE, one, other) == {"SA26-0001": why}

    def test_broken_is_worse_than_late_and_better_than_not_there(self) -> None:
        """Of three lines, one late and one given up; then the last is not there either."""
        sale = record("SA26-0001", items=f"[{', '.join(3 * [f'{{product: {CHAIR}}}'])}]", told=TOLD)
        late = record("DE26-0001", items="[1]", signed=TOO_LATE)
        given_up = record(SPOKEN, of="SA26-0001/2/deliver", broken="{on: 2026-03-03}")
        there = record("DE26-0002", items="[3]", signed=IN_TIME)
        assert _full(sale, late, given_up, there) == {"SA26-0001": "broken"}
        assert _full(sale, late, given_up) == {"SA26-0001": "overdue"}

    def test_three_of_four_pieces_are_not_in_full(self) -> None:
        """The rest is still owed, and the sale with it; when it has come late, the sale was late."""
        some = record("DE26-0001", items="[{item: 1, qty: 3}, 2]", signed=IN_TIME)
        assert _full(SALE, some) == {"SA26-0001": "overdue"}
        rest = record("DE26-0002", items="[{item: 1, qty: 1}]", signed=TOO_LATE)
        assert _full(SALE, some, rest) == {"SA26-0001": "late"}

    @pytest.mark.parametrize(("now", "counts"), [("2026-03-06", 0), ("2026-03-07", 0), ("2026-03-08", 1)])
    def test_it_counts_when_nothing_is_to_come(self, now: str, counts: int) -> None:
        """One line late already, the other due on the 7th: until that is over nobody knows about the whole."""
        told = f"[{{product: {CHAIR}}}, {{product: {CHAIR}, told: {{deliver: {{by: 2026-03-07}}}}}}]"
        sale = record("SA26-0001", items=told, told=TOLD)
        assert len(_full(sale, now=now)) == counts

    def test_it_counts_on_the_day_of_its_last_line(self) -> None:
        """Wherever the first ones stood, a sale is in one period."""
        told = f"[{{product: {CHAIR}}}, {{product: {CHAIR}, told: {{deliver: {{by: 2026-04-01}}}}}}]"
        sale = record("SA26-0001", items=told, told=TOLD)
        whole = record("DE26-0001", signed=IN_TIME)
        assert whys("on_time_in_full", sale, whole, period=span("2026-03-01", "2026-03-31")) == {}
        assert whys("on_time_in_full", sale, whole, period=span("2026-04-01")) == {"SA26-0001": "good"}

    def test_what_the_customer_let_go_is_not_missed(self) -> None:
        """A line that was released does not count; a sale of which nothing is owed is none."""
        came = record("DE26-0001", items="[1]", signed=IN_TIME)
        let_go = record(SPOKEN, of="SA26-0001/2/deliver", released="{on: 2026-03-03}")
        assert _full(SALE, came, let_go) == {"SA26-0001": "good"}
        off = record("SA26-0001", items=TWO, told=TOLD, cancelled="{on: 2026-03-03}")
        assert _full(off) == {}
        assert _full(TAKEN) == {}

    def test_a_spoken_word_about_a_delivery_is_not_the_sales(self) -> None:
        """The forgotten screws, promised later, are a promise of their own; what the sale told was kept."""
        came = record("DE26-0001", signed=IN_TIME)
        screws = record(SPOKEN, what="deliver", about=f"[{UNIT}]", due="2026-03-09")
        assert _full(SALE, came, screws) == {"SA26-0001": "good"}
        assert whys("L2", SALE, came, screws)[SPOKEN] == "overdue"

    def test_the_case_is_the_sale(self) -> None:
        """Its goods where they are one kind, who brought them where it was one person, and the papers."""
        one = record("DE26-0001", items="[1]", signed=IN_TIME, person="ST26-0001")
        other = record("DE26-0002", items="[2]", signed=IN_TIME, person="ST26-0001")
        case = cases("on_time_in_full", SALE, one, other, FITTER)["SA26-0001"]
        assert (case.customer, case.product, case.channel, case.person) == (BUYER, CHAIR, "shop", "ST26-0001")
        assert case.records == ("SA26-0001", "DE26-0001", "DE26-0002")
        assert case.part == ""

    def test_brought_by_two_it_is_neithers(self) -> None:
        """Nobody is told apart by half a sale."""
        people = (FITTER, record("ST26-0002", name="小李"))
        one = record("DE26-0001", items="[1]", signed=IN_TIME, person="ST26-0001")
        other = record("DE26-0002", items="[2]", signed=IN_TIME, person="ST26-0002")
        assert cases("on_time_in_full", SALE, one, other, *people)["SA26-0001"].person == ""


INSTALLED = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told="{install: {by: 2026-03-04T18:00}}")


class TestInstalledOnTime:
    """On the day agreed, and not on one that we asked for."""

    @pytest.mark.parametrize(
        ("moved", "signed", "why"),
        [
            ("", "2026-03-04", "good"),
            ("", "2026-03-05", "late"),
            ("[{to: 2026-03-06, asked_by: customer}]", "2026-03-06", "good"),
            ("[{to: 2026-03-06, asked_by: shop, agreed: yes}]", "2026-03-06", "moved"),
            ("[{to: 2026-03-06, asked_by: shop, agreed: yes}]", "2026-03-07", "late"),
            ("[{to: 2026-03-06, asked_by: shop}]", "2026-03-04", "good"),
            ("[{to: 2026-03-06, asked_by: shop}]", "2026-03-06", "late"),
            (
                "[{to: 2026-03-06, asked_by: shop, agreed: yes}, {to: 2026-03-08, asked_by: customer}]",
                "2026-03-08",
                "moved",
            ),
        ],
    )
    def test_moved_by_us_is_not_the_day_agreed(self, moved: str, signed: str, why: str) -> None:
        """With the customer's consent too; without it the day stands as it was, and late says more than moved."""
        work = record("IN26-0001", moved=moved, signed=f"{{by: a, at: {signed}}}")
        assert whys("installed_on_time", INSTALLED, work) == {f"{UNIT}/install": why}

    def test_other_promises_are_none(self) -> None:
        """A delivery or a word is no installation."""
        assert whys("installed_on_time", SALE, _spoken()) == {}

    def test_a_spoken_one_is(self) -> None:
        """By its kind, whatever it follows from."""
        assert whys("installed_on_time", _spoken(what="install")) == {SPOKEN: "overdue"}


class TestMovedByUs:
    """The fewer the better: a case is good for the count where we asked to move it."""

    @pytest.mark.parametrize(
        ("moved", "counts"),
        [
            ("", False),
            ("[{to: 2026-03-12, asked_by: customer}]", False),
            ("[{to: 2026-03-12, asked_by: shop}]", False),
            ("[{to: 2026-03-12, asked_by: shop, agreed: yes}]", True),
            ("[{to: 2026-03-12, asked_by: shop, agreed: yes}, {to: 2026-03-14, asked_by: customer}]", True),
        ],
    )
    def test_only_a_move_with_consent_counts(self, moved: str, counts: bool) -> None:
        """What was not agreed was not moved; the customer's own wish is no fault of ours."""
        found = score("moved_by_us", _spoken(moved=moved))
        assert (found.good, found.of, found.whys) == (int(counts), 1, {})
        assert found.measure.less

    def test_our_plans_bother_nobody(self) -> None:
        """Only what binds as told or by law is counted."""
        assert score("moved_by_us", _spoken(binds="plan")).of == 0


class TestOffersHonoured:
    """What the shop published, done in time."""

    _GIVES = "[{what: gift, words: 滤网, within: 5d}]"

    def _offer(self, gives: str = _GIVES, **fields: str) -> str:
        usual = {"title": "春促", "published_on": "2026-03-01", "gives": gives}
        return record("OF26-0001", **usual | fields)

    @pytest.mark.parametrize(("on", "why"), [("2026-03-07", "good"), ("2026-03-08", "late"), ("", "overdue")])
    def test_a_row_of_an_offer(self, on: str, why: str) -> None:
        """Promised in each sale that meets it, kept by what the sale says was given."""
        given = f"[{{offer: OF26-0001, row: 1, at: {on}}}]" if on else ""
        sale = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]", given=given)
        assert whys("offers_honoured", self._offer(), sale) == {"SA26-0001/OF26-0001.1": why}

    def test_a_time_that_an_offer_told(self) -> None:
        """Delivered within a day of the sale, as published: the delivery's own promise, made by the offer."""
        offer = self._offer("[{what: deliver, within: 1d}]")
        came = record("DE26-0001", signed="{by: a, at: 2026-03-03}")
        assert whys("offers_honoured", offer, record("SA26-0001"), came) == {f"{UNIT}/deliver": "good"}
        told = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
        assert whys("offers_honoured", offer, told, came) == {}

    def test_a_misprint_to_correct_is_the_houses(self) -> None:
        """It is owed to nobody who bought."""
        offer = self._offer(published=_PLACE, misprint=_MISPRINT)
        assert whys("offers_honoured", offer, plans=HOUSE) == {}
        assert [case.why for case in cases("promises_kept", offer, plans=HOUSE).values()] == ["overdue"]


def test_a_period_without_cases_has_no_figure() -> None:
    """Never 0 %, never 100 %: of nothing there is no share."""
    for measure in ("L2", "promises_kept", "on_time_in_full", "installed_on_time", "moved_by_us", "offers_honoured"):
        found = score(measure, plans=shop.PLANS)
        assert (found.of, found.value, found.reach, found.steady) == (0, None, None, None)
