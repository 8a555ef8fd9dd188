"""Counting: what is made of cases, whatever they are of; and what a case is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.measures.all import BY_ID, LAWS, MEASURES, scores
from aftercare.answers.measures.counting import Case, Measure, Month, Score, Sort, Tally, apart, counted, percent
from aftercare.answers.period import EVER, Period
from aftercare.plain.chance import wilson
from aftercare.plain.moments import parse
from tests.answers.measures.scorebook import SILENT, facts, span
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

YEAR = span("2026-01-01", "2026-12-31")
DAY = date(2026, 3, 10)


def _measure(cases: Iterable[Case], sort: Sort = "share", *, by_person: bool = True) -> Measure:
    held = list(cases)
    return Measure("mine", "L2", sort, lambda _facts, _period: held, by_person=by_person)


def _score(cases: Iterable[Case], sort: Sort = "share", before: Score | None = None) -> Score:
    held = list(cases)
    return Score(_measure(held, sort), YEAR, held, before=before)


def _shares(*goods: bool, on: str = "2026-03-10") -> list[Case]:
    return [Case(f"PM26-{n:04}", parse(on), good) for n, good in enumerate(goods, start=1)]


def _of(good: int, of: int, on: str = "2026-03-10") -> list[Case]:
    return _shares(*(place < good for place in range(of)), on=on)


def _amounts(*amounts: str) -> list[Case]:
    return [Case(f"CL26-{n:04}", DAY, amount=Decimal(one)) for n, one in enumerate(amounts, start=1)]


def _answers(**parts: int) -> list[Case]:
    return [Case(f"VI26-{part}{n}", DAY, part=part) for part, count in parts.items() for n in range(count)]


class TestFigures:
    """The figure itself, to a tenth; of nothing there is none."""

    @pytest.mark.parametrize("sort", ["share", "days", "grade", "net", "spread"])
    def test_of_nothing_there_is_no_figure(self, sort: Sort) -> None:
        """Neither 0 % nor 100 %, neither an interval nor a change, and no division by nought."""
        found = _score([], sort, before=_score([], sort))
        assert (found.of, found.good, found.value, found.reach) == (0, 0, None, None)
        assert (found.steady, found.change, found.is_clear) == (None, None, None)
        assert (found.parts, found.binds, found.whys, found.months, found.amounts) == ({}, {}, {}, [], [])

    def test_a_count_of_nothing_is_nought(self) -> None:
        """How many there were is known where there were none."""
        assert _score([], "count").value == 0
        assert _score(_of(1, 3), "count").value == 3

    @pytest.mark.parametrize(
        ("good", "of", "value"),
        [
            (1, 1, "100.0"),
            (0, 1, "0.0"),
            (2, 3, "66.7"),
            (1, 3, "33.3"),
            (1, 16, "6.3"),
            (3, 16, "18.8"),
            (1, 800, "0.1"),
        ],
    )
    def test_a_share_is_told_to_a_tenth(self, good: int, of: int, value: str) -> None:
        """Half a tenth is rounded up, as by hand: 6.25 is 6.3, and 18.75 is 18.8."""
        found = _score(_of(good, of))
        assert found.value is not None
        assert (str(found.value), found.good, found.of) == (value, good, of)
        assert found.reach == wilson(good, of)

    def test_one_case_is_a_figure_that_says_little(self) -> None:
        """1 of 1 is 100 %, and may as well be a fifth."""
        found = _score(_shares(True))
        assert found.reach is not None
        assert found.value == Decimal(100)
        assert (round(found.reach.low, 2), found.reach.high) == (0.21, 1.0)

    @pytest.mark.parametrize(
        ("amounts", "value"),
        [(["3"], "3.0"), (["1", "9", "2"], "2.0"), (["1", "2"], "1.5"), (["0", "0"], "0.0"), (["10", "9"], "9.5")],
    )
    def test_of_days_the_middle_is_told(self, amounts: list[str], value: str) -> None:
        """Numbers, not letters, decide which is the middle; no interval is told of it."""
        found = _score(_amounts(*amounts), "days")
        assert (str(found.value), found.reach, found.amounts) == (value, None, sorted(map(Decimal, amounts)))

    @pytest.mark.parametrize(("amounts", "value"), [(["5", "4"], "4.5"), (["5", "5", "4"], "4.7"), (["1"], "1.0")])
    def test_of_grades_the_mean_is_told(self, amounts: list[str], value: str) -> None:
        """To a tenth."""
        assert str(_score(_amounts(*amounts), "grade").value) == value

    @pytest.mark.parametrize(
        ("parts", "value"),
        [
            ({"promoter": 10}, "100.0"),
            ({"detractor": 10}, "-100.0"),
            ({"passive": 10}, "0.0"),
            ({"promoter": 6, "detractor": 2, "passive": 4}, "33.3"),
            ({"promoter": 9}, "None"),
            ({"promoter": 5, "detractor": 4}, "None"),
        ],
    )
    def test_a_net_score_is_not_told_of_fewer_than_ten(self, parts: dict[str, int], value: str) -> None:
        """One answer more would turn it round."""
        found = _score(_answers(**parts), "net")
        assert str(found.value) == value
        assert {name: tally.of for name, tally in found.parts.items()} == parts

    @given(st.integers(0, 300), st.integers(1, 300))
    def test_one_more_that_is_good_never_lowers_a_share(self, good: int, bad: int) -> None:
        """Nor does one more that is bad raise it."""
        share, better, worse = (
            percent(good, good + bad),
            percent(good + 1, good + bad + 1),
            percent(good, good + bad + 1),
        )
        assert share is not None
        assert better is not None
        assert worse is not None
        assert worse <= share <= better


class TestParts:
    """Kinds, bindings and reasons."""

    def test_parts_stand_by_their_names_and_ranges_by_their_numbers(self) -> None:
        """6-15 days before 16-45, a grade of 2 before one of 10; a case without a kind is in none."""
        names = ["46-", "2-3", "16-45", "6-15", "0-1", ""]
        assert list(_score([Case(name, DAY, part=name) for name in names], "spread").parts) == [
            "0-1", "2-3", "6-15", "16-45", "46-",
        ]  # fmt: skip
        assert list(_score([Case(name, DAY, part=name) for name in ("10", "2", "1")]).parts) == ["1", "2", "10"]
        assert list(_score([Case(name, DAY, part=name) for name in ("pack", "deliver")]).parts) == ["deliver", "pack"]

    def test_each_part_has_its_good_ones(self) -> None:
        """Of how many."""
        cases = [
            Case("a", DAY, part="deliver"),
            Case("b", DAY, good=False, part="deliver"),
            Case("c", DAY, part="pack"),
        ]
        assert _score(cases).parts == {"deliver": Tally(1, 2), "pack": Tally(1, 1)}

    def test_told_law_and_plan_are_named_where_there_are_promises(self) -> None:
        """All three, those without a case too; what are no promises bind in no way."""
        cases = [Case("a", DAY, good=False, binds="law"), Case("b", DAY, binds="told")]
        assert list(_score(cases).binds.items()) == [
            ("told", Tally(1, 1)), ("law", Tally(0, 1)), ("plan", Tally(0, 0)),
        ]  # fmt: skip
        assert _score(_of(1, 2)).binds == {}

    def test_the_most_frequent_reason_comes_first(self) -> None:
        """Of equals by their names; good cases have none."""
        whys = ["overdue", "late", "late", "broken"]
        cases = [Case(str(n), DAY, good=False, why=why) for n, why in enumerate(whys)]
        found = _score([*cases, Case("good", DAY, why="late")])
        assert list(found.whys.items()) == [("late", 2), ("broken", 1), ("overdue", 1)]


class TestMonths:
    """The months of a period in which there was a case."""

    def test_a_case_is_in_the_month_of_its_day(self) -> None:
        """To the last minute of the last day; a month without cases is not told."""
        cases = [*_of(1, 2, "2028-02-29T23:59"), *_of(3, 3, "2028-03-01T00:00"), *_of(0, 1, "2028-05-31")]
        assert _score(cases).months == [Month("2028-02", 1, 2), Month("2028-03", 3, 3), Month("2028-05", 0, 1)]

    def test_steady_is_what_stayed_within_reach_of_chance(self) -> None:
        """9 of 10 and 6 of 10 may be one service; 10 of 10 and 2 of 10 are not."""
        assert _score([*_of(9, 10, "2026-03-10"), *_of(6, 10, "2026-04-10")]).steady is True
        assert _score([*_of(10, 10, "2026-03-10"), *_of(2, 10, "2026-04-10")]).steady is False

    def test_one_bad_case_in_a_month_does_not_unsettle_a_year(self) -> None:
        """A month with one case says next to nothing: 0 of 1 may as well be four fifths."""
        assert _score([*_of(7, 10, "2026-03-10"), *_of(0, 1, "2026-04-10")]).steady is True
        year = [case for month in range(1, 13) for case in _of(3, 3, f"2026-{month:02}-10")]
        assert _score([*year[:-3], *_of(0, 1, "2026-12-10")]).steady is True
        assert _score([*year[:-3], *_of(0, 3, "2026-12-10")]).steady is False

    def test_all_good_in_every_month_is_steady(self) -> None:
        """The end of the interval belongs to it."""
        cases = [case for month in range(1, 13) for case in _of(month, month, f"2026-{month:02}-28")]
        assert _score(cases).steady is True
        bad = [case._replace(good=False) for case in cases]
        assert _score(bad).steady is True

    def test_one_month_is_neither_steady_nor_not(self) -> None:
        """And of days and spreads it is not asked."""
        assert _score(_of(3, 4)).steady is None
        two = [*_of(1, 1, "2026-03-10"), *_of(1, 1, "2026-04-10")]
        assert _score(two, "spread").steady is None


class TestChange:
    """What changed since the period before."""

    @pytest.mark.parametrize(
        ("now", "before", "change", "is_clear"),
        [
            ((56, 70), (48, 80), "20.0", True),
            ((48, 80), (56, 70), "-20.0", True),
            ((3, 3), (2, 3), "33.3", False),
            ((5, 5), (5, 5), "0.0", False),
            ((9, 10), (3, 10), "60.0", True),
        ],
    )
    def test_is_clear_where_chance_does_not_explain_it(
        self, now: tuple[int, int], before: tuple[int, int], change: str, is_clear: bool
    ) -> None:
        """3 of 3 after 2 of 3 is a third more, and nothing that needs explaining."""
        found = _score(_of(*now), before=_score(_of(*before)))
        assert (str(found.change), found.is_clear) == (change, is_clear)

    def test_beside_a_period_without_cases_there_is_none(self) -> None:
        """Nor where the period itself has none, or no other was asked for."""
        for found in (_score(_of(1, 2), before=_score([])), _score([], before=_score(_of(1, 2))), _score(_of(1, 2))):
            assert (found.change, found.is_clear) == (None, None)

    def test_of_days_a_change_is_told_but_not_weighed(self) -> None:
        """A day less, whatever chance may do."""
        found = _score(_amounts("1", "2", "3"), "days", before=_score(_amounts("3", "4"), "days"))
        assert (found.change, found.is_clear) == (Decimal("-1.5"), None)

    def test_an_interval_from_which_nothing_is_left_is_no_error(self) -> None:
        """A first period of the calendar has none before it."""
        held = facts(now="2026-12-31", plans=SILENT)
        assert [one.before for one in scores(held, EVER, only=[BY_ID["L2"]], compare=True)] == [None]
        (found,) = scores(held, span("2026-07-01", "2026-09-30"), only=[BY_ID["L2"]], compare=True)
        assert found.before is not None
        assert found.before.period == span("2026-04-01", "2026-06-30")


class TestCounted:
    """Which of the cases of a measure are in a period."""

    def _counted(self, cases: Iterable[Case], period: Period = EVER, now: str = "2026-03-31") -> list[str]:
        return [case.id for case in counted(_measure(cases), facts(now=now, plans=SILENT), period).cases]

    @pytest.mark.parametrize(
        ("on", "now", "counts"),
        [
            ("2026-03-31", "2026-03-31", True),
            ("2026-03-31T23:59", "2026-03-31", True),
            ("2026-03-31", "2026-03-31T08:00", True),
            ("2026-03-31T08:00", "2026-03-31T08:00", True),
            ("2026-03-31T08:01", "2026-03-31T08:00", False),
            ("2026-04-01", "2026-03-31T23:59", False),
            ("2036-04-01", "2026-03-31", False),
        ],
    )
    def test_what_lies_after_today_is_not_counted(self, on: str, now: str, counts: bool) -> None:
        """Of a bare day nobody knows the hour; it is not after any time of it."""
        assert bool(self._counted([Case("a", parse(on))], now=now)) is counts

    def test_whatever_a_measure_gives_only_its_period_counts(self) -> None:
        """The last day belongs to it, the next does not."""
        cases = [Case(f"a{day}", date(2026, 2, 27) + timedelta(days=day)) for day in range(4)]
        assert self._counted(cases, span("2026-02-28", "2026-03-01")) == ["a1", "a2"]

    def test_they_come_in_the_order_of_days_and_ids(self) -> None:
        """A bare day before the times within it."""
        days = {
            "d": "2026-03-10T09:00",
            "b": "2026-03-10",
            "a": "2026-03-11",
            "c": "2026-03-10T08:00",
            "e": "2026-03-10",
        }
        assert self._counted([Case(name, parse(on)) for name, on in days.items()]) == ["b", "e", "c", "d", "a"]


class TestApart:
    """A figure for each person, product or channel."""

    _CASES = (
        Case("a", DAY, person="ST26-0002", product=CHAIR, channel="online"),
        Case("b", DAY, good=False, person="ST26-0001", product=CHAIR),
        Case("c", DAY),
    )

    def test_each_group_is_a_score_of_its_own(self) -> None:
        """In the order of the ids, nobody ranked by how good they are; cases that name none stand together."""
        found = apart(_score(self._CASES), "person")
        assert [(one.group, one.good, one.of) for one in found] == [
            ("", 1, 1),
            ("ST26-0001", 0, 1),
            ("ST26-0002", 1, 1),
        ]
        assert [(one.group, one.of) for one in apart(_score(self._CASES), "product")] == [("", 1), (CHAIR, 2)]
        assert [(one.group, one.of) for one in apart(_score(self._CASES), "channel")] == [("", 2), ("online", 1)]

    def test_people_are_not_told_apart_by_what_is_nobodys_merit(self) -> None:
        """By product and channel it may be."""
        score = Score(_measure(self._CASES, by_person=False), YEAR, self._CASES)
        assert apart(score, "person") == []
        assert len(apart(score, "product")) == 2
        assert all(not measure.by_person for measure in MEASURES if measure.law == "L10")

    def test_of_nothing_there_are_no_groups(self) -> None:
        """No row, rather than one of nobody."""
        assert apart(_score([]), "person") == []

    @given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "x", "y"])), max_size=30))
    def test_the_groups_are_the_whole(self, drawn: list[tuple[bool, str]]) -> None:
        """Every case is in one of them."""
        whole = _score(Case(str(n), DAY, good, person=person) for n, (good, person) in enumerate(drawn))
        groups = apart(whole, "person")
        assert (sum(one.good for one in groups), sum(one.of for one in groups)) == (whole.good, whole.of)
        assert [one.group for one in groups] == sorted({person for __, person in drawn})


SALE = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {COOLER}}}]", channel="tv")


class TestGoods:
    """The product that something is about, and the channel by which it was sold."""

    @pytest.mark.parametrize(
        ("subjects", "goods"),
        [
            ([], ("", "")),
            ([UNIT], (CHAIR, "tv")),
            ([f"{UNIT}/call-back.1"], (CHAIR, "tv")),
            (["SA26-0001/2"], (COOLER, "tv")),
            (["SA26-0001"], ("", "tv")),
            ([UNIT, "SA26-0001/2"], ("", "tv")),
            (["SA26-0002"], (CHAIR, "shop")),
            ([UNIT, "SA26-0002/1"], (CHAIR, "")),
            (["SA26-0009/1"], (CHAIR, "shop")),
            (["DE26-0001"], (CHAIR, "shop")),
            (["CL26-0001"], (COOLER, "tv")),
            (["CL26-0001/finish-repair.1"], (COOLER, "tv")),
            (["CO26-0001"], (COOLER, "tv")),
            ([CHAIR], (CHAIR, "")),
            ([CHAIR, UNIT], (CHAIR, "tv")),
            ([BUYER, UNIT], (CHAIR, "tv")),
            (["CO26-0002"], ("", "")),
            (["CO26-0004"], ("", "")),
            (["nothing"], ("", "")),
        ],
    )
    def test_of_each_kind_of_subject(self, subjects: list[str], goods: tuple[str, str]) -> None:
        """By the ids of now; complaints about each other are about no goods, and end."""
        held = facts(
            SALE,
            record("SA26-0002", formerly="[SA26-0009]"),
            record("DE26-0001", sale="SA26-0009"),
            record("CL26-0001", unit="SA26-0001/2"),
            record("CO26-0001", about="[CL26-0001]"),
            record("CO26-0002", about="[CO26-0003]"),
            record("CO26-0003", about="[CO26-0002]"),
            record("CO26-0004", about="[CO26-0004]"),
            plans=SILENT,
        )
        assert held.goods(*subjects) == goods


def test_every_measure_has_a_name_and_a_law_of_its_own() -> None:
    """Laws stand in their order, each begins with its score, and no name is given twice."""
    assert len(BY_ID) == len(MEASURES)
    known = [measure.law for measure in MEASURES]
    assert known == sorted(known, key=LAWS.index)
    firsts = {law: next(measure.id for measure in MEASURES if measure.law == law) for law in dict.fromkeys(known)}
    assert all(first == law for law, first in firsts.items())
