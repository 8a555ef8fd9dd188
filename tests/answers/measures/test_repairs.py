"""Repairs, of L3: how long they took, how long they waited for parts, and whether the parts were there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.asof import known_on
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Facts, counted
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD
from tests.answers.measures.workshop import FITTER, SALE, cases, claim, repaired, score, whys

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
PART = "PA26-0001"


def _days(measure: str, *records: str, now: str = "2026-12-31", period: Period = EVER) -> dict[str, int]:
    """The days of each case."""
    found = cases(measure, *records, now=now, period=period)
    return {case.id: int(case.amount) for case in found.values() if case.amount is not None}


def _part(part: str = PART, **rows: str) -> str:
    return shop.record(part, **({"name": "压缩机"} | rows))


def _waited(*rows: str, came: str = "2026-03-01", out: str = "2026-03-31") -> str:
    """A claim with a repair that waited, each row as it is written between braces."""
    waiting = ", ".join(f"{{{row}}}" for row in rows)
    return claim(1, repaired(came, out, more=f", waiting: [{waiting}]"))


class TestTurnaround:
    """Days from taking in to repaired, and to handing back."""

    @pytest.mark.parametrize(
        ("came", "done", "days"),
        [
            ("2026-03-01", "2026-03-01", 0),
            ("2026-03-01T18:00", "2026-03-02T09:00", 1),
            ("2026-03-01", "2026-03-02T23:00", 1),
            ("2026-03-01T23:00", "2026-03-02", 1),
            ("2026-02-28", "2026-03-01", 1),
            ("2028-02-28", "2028-03-01", 2),
            ("2026-12-31", "2027-01-31", 31),
        ],
    )
    def test_days_are_calendar_days(self, came: str, done: str, days: int) -> None:
        """Whether a time was noted on both sides, on one or on none; a night is a day."""
        stay = claim(1, f"in: {came}, repaired: {done}, out: {done}")
        assert _days("turnaround_repaired", stay, now="2028-12-31") == {"CL26-0001/1": days}
        assert _days("turnaround_collected", stay, now="2028-12-31") == {"CL26-0001/1": days}

    def test_each_counts_on_its_own_day(self) -> None:
        """Repaired in March and fetched in April: March has the one, April the other."""
        stay = claim(1, f"in: 2026-02-27, by: {FITTER}, repaired: 2026-03-31, out: 2026-04-10")
        assert _days("turnaround_repaired", stay, period=MARCH) == {"CL26-0001/1": 32}
        assert _days("turnaround_collected", stay, period=MARCH) == {}
        april = Period(date(2026, 4, 1), date(2026, 4, 30))
        assert _days("turnaround_collected", stay, period=april) == {"CL26-0001/1": 42}
        case = cases("turnaround_collected", stay)["CL26-0001/1"]
        assert (case.customer, case.product, case.channel) == (shop.BUYER, shop.COOLER, "online")
        assert (case.person, case.records) == (FITTER, ("CL26-0001",))

    def test_the_figure_is_the_middle_of_every_repair(self) -> None:
        """Several in one claim are several; what was given back undone kept the customer waiting too."""
        undone = repaired("2026-03-01", "2026-03-21", result="not_done")
        done = repaired("2026-03-22", "2026-03-24"), repaired("2026-05-01", "2026-05-04")
        found = score("turnaround_collected", claim(1, undone, *done))
        assert [case.amount for case in found.cases] == [20, 2, 3]
        assert found.value == Decimal("3.0")
        assert score("turnaround_repaired", claim(1, undone, *done)).value is None

    def test_what_ends_before_it_began_proves_nothing(self) -> None:
        """A slip of the pen would pull the middle below nought."""
        slip = claim(1, "in: 2026-03-10, repaired: 2026-03-09, out: 2026-03-09")
        for measure in ("turnaround_repaired", "turnaround_collected"):
            assert _days(measure, slip) == {}

    def test_what_went_out_after_today_has_not(self) -> None:
        """As it was known then, and with what is written down ahead."""
        stay = claim(1, repaired("2026-03-01", "2026-03-10", more=", repaired: 2026-03-05"))
        known = known_on(shop.shelf(SALE, stay), parse("2026-03-09"))
        rules = shop.rules(STANDARD)
        then = Facts(known, ledger_of(known, rules, parse("2026-03-09")), parse("2026-03-09"), tuple)
        assert counted(BY_ID["turnaround_collected"], then, EVER).of == 0
        assert counted(BY_ID["turnaround_repaired"], then, EVER).of == 1
        assert _days("turnaround_collected", stay, now="2026-03-09") == {}
        assert _days("turnaround_collected", stay, now="2026-03-10") == {"CL26-0001/1": 9}

    def test_a_claim_that_was_renumbered_has_its_number_of_now(self) -> None:
        """Its unit may be called by a number that the sale had."""
        sale = shop.record("SA26-0009", items=f"[{{product: {shop.CHAIR}}}]", formerly="[SA26-0005]", channel="tv")
        stay = claim(8, repaired("2026-03-01", "2026-03-02"), unit="SA26-0005/1", formerly="[CL26-0001]")
        case = cases("turnaround_collected", sale, stay)["CL26-0008/1"]
        assert (case.product, case.channel) == (shop.CHAIR, "tv")


class TestWaitingForParts:
    """Days that a repair waited for parts, counted when it went out."""

    @pytest.mark.parametrize(
        ("rows", "days"),
        [
            (("from: 2026-03-05, to: 2026-03-10, because: no_parts",), 5),
            (("from: 2026-03-05T17:00, to: 2026-03-06T08:00, because: no_parts_from_producer",), 1),
            (("from: 2026-03-05, because: no_parts",), 26),
            (("from: 2026-03-05, to: 2026-03-10, for: 压缩机",), 5),
            (("from: 2026-03-05, to: 2026-03-05, because: no_parts",), 0),
        ],
    )
    def test_a_row_lasts_to_its_end_else_until_it_went_out(self, rows: tuple[str, ...], days: int) -> None:
        """And one that names what it is for and no reason waits for that."""
        assert _days("waiting_for_parts", _waited(*rows)) == {"CL26-0001/1": days}

    def test_days_of_overlapping_rows_are_counted_once(self) -> None:
        """Two parts that are missing on one day make it one day of waiting; what lies between rows is none."""
        apart = "from: 2026-03-05, to: 2026-03-10, because: no_parts", "from: 2026-03-20, because: no_parts"
        over = "from: 2026-03-08, to: 2026-03-12, because: no_parts_from_producer"
        within = "from: 2026-03-06, to: 2026-03-07, because: no_parts"
        assert _days("waiting_for_parts", _waited(*apart)) == {"CL26-0001/1": 5 + 11}
        assert _days("waiting_for_parts", _waited(*reversed(apart), over, within)) == {"CL26-0001/1": 7 + 11}

    def test_only_days_within_the_repair_count(self) -> None:
        """What was waited for before it came in, or is said to last after it went out, kept nobody's goods here."""
        row = "from: 2026-02-20, to: 2026-04-20, because: no_parts"
        assert _days("waiting_for_parts", _waited(row)) == {"CL26-0001/1": 30}
        assert _days("waiting_for_parts", _waited("from: 2026-04-02, because: no_parts")) == {"CL26-0001/1": 0}

    def test_other_reasons_and_repairs_that_did_not_wait_are_not_counted(self) -> None:
        """A repair in which nothing was missing does not make the middle shorter."""
        others = "from: 2026-03-05, because: customer, for: 压缩机", "from: 2026-03-05, because: repairer_delay"
        assert _days("waiting_for_parts", _waited(*others, "from: 2026-03-05")) == {}
        assert _days("waiting_for_parts", claim(1, repaired("2026-03-01", "2026-03-02"))) == {}
        assert score("waiting_for_parts").value is None

    def test_a_repair_that_ends_before_it_began_proves_nothing(self) -> None:
        """Nor how long it waited."""
        row = "from: 2026-03-09, to: 2026-03-10, because: no_parts"
        assert _days("waiting_for_parts", _waited(row, came="2026-03-10", out="2026-03-09")) == {}

    def test_it_counts_once_the_repair_went_out(self) -> None:
        """By that day; what still waits is in no figure, but on the due list."""
        row = "{from: 2026-03-05, because: no_parts}"
        assert _days("waiting_for_parts", claim(1, f"in: 2026-03-01, waiting: [{row}]")) == {}
        assert list(_days("waiting_for_parts", _waited(row[1:-1]), period=MARCH)) == ["CL26-0001/1"]

    @given(st.lists(st.tuples(st.integers(1, 31), st.integers(1, 31)).map(sorted), min_size=1, max_size=5))
    def test_as_many_as_the_days_on_which_something_was_missing(self, spans: list[list[int]]) -> None:
        """However the rows lie: the nights over which at least one of them waited."""
        rows = [f"from: 2026-03-{a:02}, to: 2026-03-{b:02}, because: no_parts" for a, b in spans]
        nights = {night for a, b in spans for night in range(a, b)}
        assert _days("waiting_for_parts", _waited(*rows)) == {"CL26-0001/1": len(nights)}


class TestPartsFill:
    """Parts that were there when a repair wanted them."""

    def test_a_part_that_was_used_and_not_waited_for_was_there(self) -> None:
        """It counts on the day the repair came in, and names the part."""
        used = _part(used="[{at: 2026-03-20, qty: 1, for: CL26-0001}]")
        found = cases("parts_fill", claim(1, repaired("2026-03-01", "2026-04-20")), used, period=MARCH)
        case = found[f"CL26-0001/{PART}"]
        assert (case.good, case.why, case.on, case.amount) == (True, "", date(2026, 3, 1), None)
        assert (case.records, case.person, case.product) == (("CL26-0001", PART), FITTER, shop.COOLER)

    def test_a_part_that_was_waited_for_was_not_there(self) -> None:
        """Once a claim, whether it was used in the end or not, and however often it was waited for."""
        row = f"from: 2026-03-05, to: 2026-03-10, for: {PART}, because: no_parts"
        again = repaired("2026-05-01", "2026-05-09", more=f", waiting: [{{from: 2026-05-02, for: {PART}}}]")
        twice = claim(1, repaired("2026-03-01", "2026-03-31", more=f", waiting: [{{{row}}}]"), again)
        used = _part(used="[{at: 2026-05-04, qty: 1, for: CL26-0001}]")
        assert whys("parts_fill", _waited(row), _part()) == {f"CL26-0001/{PART}": "waited"}
        assert whys("parts_fill", twice, used, period=MARCH) == {f"CL26-0001/{PART}": "waited"}

    def test_words_for_a_part_of_the_book_mean_it(self) -> None:
        """By its name or the maker's number; else one part would be two, and one of them there."""
        part = _part(number="KF-35", used="[{at: 2026-03-11, qty: 1, for: CL26-0001}]")
        for said in ("压缩机", "kf-35", "ＫＦ-35"):
            row = f"from: 2026-03-05, to: 2026-03-10, for: {said}, because: no_parts"
            assert whys("parts_fill", _waited(row), part) == {f"CL26-0001/{PART}": "waited"}

    def test_other_words_are_a_part_of_their_own(self) -> None:
        """Also where two parts are called so."""
        row = "from: 2026-03-05, for: 压缩机, because: no_parts"
        assert whys("parts_fill", _waited(row)) == {"CL26-0001/压缩机": "waited"}
        two = _part(), _part("PA26-0002")
        assert whys("parts_fill", _waited(row), *two) == {"CL26-0001/压缩机": "waited"}
        assert cases("parts_fill", _waited(row))["CL26-0001/压缩机"].records == ("CL26-0001",)

    def test_rows_that_are_not_for_parts_ask_for_none(self) -> None:
        """Nor does a row that says only that a part was missing."""
        rows = f"from: 2026-03-05, because: customer, for: {PART}", "from: 2026-03-05, because: no_parts"
        assert whys("parts_fill", _waited(*rows), _part()) == {}

    def test_what_was_used_for_no_repair_is_not_counted(self) -> None:
        """For a unit, an installation, or a claim that nothing was taken in for."""
        uses = "[{at: 2026-03-20, qty: 1, for: CL26-0001}, {at: 2026-03-20, qty: 1, for: SA26-0001/1}]"
        assert whys("parts_fill", shop.record("CL26-0001"), _part(used=uses)) == {}

    def test_several_repairs_of_a_claim_each_have_their_parts(self) -> None:
        """A part belongs to the last repair that had come in by then; one used before any, to the first."""
        stays = repaired("2026-02-10", "2026-02-20"), repaired("2026-03-10", "2026-03-20")
        first = _part(used="[{at: 2026-03-09, qty: 1, for: CL26-0001}]")
        second = _part("PA26-0002", name="电路板", used="[{at: 2026-03-10T09:00, qty: 1, for: CL26-0001}]")
        early = _part("PA26-0003", name="风扇", used="[{at: 2026-02-01, qty: 1, for: CL26-0001}]")
        found = cases("parts_fill", claim(1, *stays), first, second, early)
        on = {case_id.rpartition("/")[2]: case.on for case_id, case in found.items()}
        came, again = date(2026, 2, 10), date(2026, 3, 10)
        assert on == {"PA26-0001": came, "PA26-0002": again, "PA26-0003": came}

    def test_the_first_repair_that_asked_for_a_part_is_the_one(self) -> None:
        """Used in the first and waited for in the second: it counts once, as waited for, on the day of the first."""
        waits = ", waiting: [{from: 2026-03-11, for: PA26-0001, because: no_parts}]"
        stays = repaired("2026-02-10", "2026-02-20"), repaired("2026-03-10", "2026-03-20", more=waits)
        case = cases("parts_fill", claim(1, *stays), _part(used="[{at: 2026-02-11, qty: 1, for: CL26-0001}]"))
        assert [(one.on, one.why) for one in case.values()] == [(date(2026, 2, 10), "waited")]

    def test_a_part_is_asked_for_by_the_claim_that_it_was_used_for(self) -> None:
        """Another claim of the same customer did not want it."""
        used = _part(used="[{at: 2026-03-02, qty: 1, for: CL26-0002}]")
        both = claim(1, repaired("2026-03-01", "2026-03-05")), claim(2, repaired("2026-03-01", "2026-03-05"))
        assert whys("parts_fill", *both, used) == {f"CL26-0002/{PART}": True}

    def test_a_part_that_was_renumbered_is_the_same(self) -> None:
        """Waited for by the number it had, used by the one it has."""
        row = "from: 2026-03-05, to: 2026-03-10, for: PA26-0001, because: no_parts"
        part = _part("PA26-0009", formerly="[PA26-0001]", used="[{at: 2026-03-11, qty: 1, for: CL26-0001}]")
        assert whys("parts_fill", _waited(row), part) == {"CL26-0001/PA26-0009": "waited"}

    def test_what_is_still_to_come_did_not_happen(self) -> None:
        """A part that is waited for, or used, after today."""
        stay = claim(1, "in: 2026-03-01, waiting: [{from: 2026-03-05, for: 风扇, because: no_parts}]")
        used = _part(used="[{at: 2026-03-06, qty: 1, for: CL26-0001}]")
        assert whys("parts_fill", stay, used, now="2026-03-04") == {}
        assert whys("parts_fill", stay, used, now="2026-03-05") == {"CL26-0001/风扇": "waited"}
        assert len(whys("parts_fill", stay, used, now="2026-03-06")) == 2

    def test_of_no_parts_there_is_no_share(self) -> None:
        """A month in which nothing was wanted is not one in which everything was there."""
        assert score("parts_fill", claim(1, repaired("2026-03-01", "2026-03-02"))).value is None
