"""The quality file: its lines add up, its units are those sold by then, and one part has one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.observed import WHATS, Left, Noted, Observed, Sold, observed
from aftercare.answers.quality import Asked, Line, Per, parts_of, quality, rate, within
from aftercare.answers.rules import Rules
from aftercare.policies import load
from aftercare.policies.categories import tree
from aftercare.records.product import Product
from tests.answers import shop
from tests.answers.books import moments_near
from tests.answers.shop import CHAIR, COOLER, record

PRODUCTS = {
    "PR26-0001": Product.model_validate({"id": "PR26-0001", "name": "空调", "category": "空调", "model": "K35"}),
    "PR26-0002": Product.model_validate({"id": "PR26-0002", "name": "椅子", "category": "goods"}),
}
EDGE = date(2026, 2, 28)


@st.composite
def files(draw: st.DrawFn) -> Observed:
    """What might have been sold, left and noted around the end of a month."""
    days, products = moments_near(EDGE), st.sampled_from(sorted(PRODUCTS))
    sold = {}
    for number in range(draw(st.integers(1, 6))):
        unit = f"SA26-{number:04}/1"
        sold[unit] = Sold(unit, draw(products), draw(st.sampled_from(["", "W1"])), draw(st.integers(1, 9)), draw(days))
    units = st.sampled_from(sorted(sold))
    left = [Left(unit, 1, draw(days)) for unit in draw(st.lists(units, max_size=4))]
    noted = []
    for what in draw(st.lists(st.sampled_from(WHATS), max_size=12)):
        line = sold[draw(units)]
        part = draw(st.sampled_from(["", "滤网", "压缩机", "Compressor"]))
        noted.append(Noted(what, "CL26-0001", draw(days), line.product, line.unit, line.batch, part, part))
    return Observed(sold, left, noted)


def _asked(per: Per, first: date = date.min, last: date = date.max) -> Asked:
    return Asked(per, first, last, PRODUCTS, {})


@settings(max_examples=60)
@given(file=files(), per=st.sampled_from(get_args(Per)), ends=st.tuples(moments_near(EDGE), moments_near(EDGE)))
def test_the_total_is_the_sum_of_its_lines(file: Observed, per: Per, ends: tuple[date, date]) -> None:
    """Whatever the lines are, each thing noted in the period is counted in one of them, once."""
    asked = _asked(per, min(ends), max(ends))
    *lines, total = quality(file, asked)
    assert total.group is None
    for count in set(Line._fields) - {"group", "sold", "in_service"}:
        assert getattr(total, count) == sum(getattr(line, count) for line in lines)
    assert sum(total[1:2] + total[4:]) == len(within(file, min(ends), max(ends)))


@settings(max_examples=60)
@given(file=files(), per=st.sampled_from(["product", "model", "batch"]), last=moments_near(EDGE))
def test_groups_of_goods_share_out_the_units(file: Observed, per: Per, last: date) -> None:
    """Every piece sold by the end of the period is in one line, and no more left service than were sold."""
    *lines, total = quality(file, _asked(per, last=last))
    assert (total.sold, total.in_service) == (sum(one.sold for one in lines), sum(one.in_service for one in lines))
    assert total.sold == sum(one.pieces for one in file.sold.values() if one.on <= last)
    assert all(0 <= one.in_service <= one.sold for one in (*lines, total))


@settings(max_examples=40)
@given(file=files(), cut=moments_near(EDGE))
def test_two_periods_add_up_to_the_whole(file: Observed, cut: date) -> None:
    """What happened is of one period; the units are those sold up to the end of each."""
    early = quality(file, _asked("product", last=cut))[-1]
    late = quality(file, _asked("product", first=date.fromordinal(cut.toordinal() + 1)))[-1]
    whole = quality(file, _asked("product"))[-1]
    assert early.faults + late.faults == whole.faults
    assert early.sold <= late.sold == whole.sold


def test_a_month_is_reckoned_against_the_units_sold_by_its_end() -> None:
    """Sold on the last of February it counts in February; sold on the first of March it does not."""
    sold = {
        "SA26-0001/1": Sold("SA26-0001/1", COOLER, "", 10, date(2026, 2, 28)),
        "SA26-0002/1": Sold("SA26-0002/1", COOLER, "", 5, date(2026, 3, 1)),
    }
    noted = [Noted("fault", "CL26-0001", day, COOLER) for day in (date(2026, 2, 28), date(2026, 3, 1))]
    lines = quality(Observed(sold, [], noted), _asked("month"))
    assert [(one.group, one.faults, one.sold) for one in lines] == [
        ("2026-02", 1, 10),
        ("2026-03", 1, 15),
        (None, 2, 15),
    ]


def test_the_most_faults_come_first() -> None:
    """Then what visits saw, then the name; goods without any fault are there too, with the units they are none of."""
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 12}}, {{product: {COOLER}}}]")
    shelf = shop.shelf(sale, record("CL26-0001", unit="SA26-0001/2"))
    lines = quality(observed(shelf, PRODUCTS), _asked("product"))
    assert [(one.group, one.faults, one.sold) for one in lines] == [(COOLER, 1, 1), (CHAIR, 0, 12), (None, 1, 13)]


@pytest.mark.parametrize(
    ("faults", "sold", "expected"),
    [(0, 0, None), (1, 9, None), (1, 10, "10.0"), (0, 10, "0.0"), (3, 120, "2.5"), (1, 800, "0.1"), (12, 10, "120.0")],
)
def test_a_rate_needs_units_enough(faults: int, sold: int, expected: str | None) -> None:
    """Of nine units nothing is said in per cent; of ten it is."""
    assert rate(faults, sold) == (Decimal(expected) if expected else None)


def _rules() -> Rules:
    found = load.rules([], country="CN", region="")
    return Rules(tuple(found.plans), tree(), packs=found.packs, country="CN")


def test_one_part_has_one_line() -> None:
    """However it is spelled, and by either of the names that the rules have for it; the commonest spelling names it."""
    said = ("压缩机", "Compressor", "ＣＯＭＰＲＥＳＳＯＲ", "compressor", "compressor", "")
    noted = [Noted("fault", f"CL26-000{n}", EDGE, "PR26-0001", component=part) for n, part in enumerate(said)]
    file = Observed({}, [], noted)
    asked = Asked("component", date.min, date.max, PRODUCTS, parts_of(PRODUCTS.values(), _rules()))
    assert [(one.group, one.faults) for one in quality(file, asked)] == [("compressor", 5), ("", 1), (None, 6)]


def test_a_part_that_no_rule_knows_is_told_by_its_spelling() -> None:
    """Where the goods have no such part in any table, two names are two parts."""
    noted = [Noted("fault", "CL26-0001", EDGE, "PR26-0002", component=part) for part in ("压缩机", "compressor")]
    asked = Asked("component", date.min, date.max, PRODUCTS, parts_of(PRODUCTS.values(), _rules()))
    assert [one.group for one in quality(Observed({}, [], noted), asked)] == ["compressor", "压缩机", None]
