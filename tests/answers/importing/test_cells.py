"""What a cell says: the forms that are understood, and that nothing unsure is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.importing.cells import Habits, Unfit, value
from aftercare.plain.tree import Tree
from aftercare.records.typed import Setting

_HABITS = Habits(setting=Setting(currency="CNY"))


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("sold_on", "2026/3/4", "2026-03-04"),
        ("sold_on", "2026.3.4", "2026-03-04"),
        ("sold_on", "20260304", "2026-03-04"),
        ("sold_on", "２０２６年３月４日", "2026-03-04"),
        ("sold_on", "2026/3/4 9:05", "2026-03-04T09:05"),
        ("sold_on", "2026-03-04 18:00:30", "2026-03-04T18:00:30"),
        ("deliver_by", "2026/3/4", {"by": "2026-03-04"}),
        ("deliver_by", "2026/3/4 9:00-12:00", {"from": "2026-03-04T09:00", "by": "2026-03-04T12:00"}),
        ("phone", "13800138000、0571-88881234；139 0013 9000", ["13800138000", "0571-88881234", "139 0013 9000"]),
        ("phone", "13800138000.0", ["13800138000"]),
        ("phone", "13800138000 13900139000", ["13800138000", "13900139000"]),
        ("phone", "+86 13800138000", ["+86 13800138000"]),
        ("birthday", "1958/9/27", "1958-09-27"),
        ("birthday", "9月27日", "--09-27"),
        ("birthday", "农历八月十五", {"lunar": "八月十五"}),
        ("lunar_birthday", "八月十五", {"lunar": "八月十五"}),
        ("qty", "２台", "2"),
        ("qty", "2.0", "2"),
        ("price", "¥3,299", "3299.00"),
        ("distance_km", "12.5公里", "12.5"),
        ("channel", "天猫", "online"),
        ("state", "已退款", "cancelled"),
        ("state", "交易成功", "done"),
        ("state", "待发货", None),
        ("order", "ＸＳ１", "XS1"),
    ],
)
def test_understood(field: str, text: str, expected: Tree) -> None:
    """A cell in a usual form is read as a record holds it."""
    assert value(field, [text], _HABITS) == expected


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("sold_on", "3/4/26", "date"),
        ("sold_on", "04/03/2026", "date"),
        ("sold_on", "2026-02-30", "date"),
        ("sold_on", "46085", "date"),
        ("sold_on", "2026/3/4 25:00", "date"),
        ("deliver_by", "2026/3/4 上午", "date"),
        ("deliver_by", "2026/3/4 12:00-9:00", "date"),
        ("phone", "1.38E+10", "shortened"),
        ("order", "1.23457E+17", "shortened"),
        ("birthday", "2月30日", "date"),
        ("birthday", "农历八月三十二", "date"),
        ("qty", "0", "number"),
        ("qty", "-1", "number"),
        ("qty", "1.5", "number"),
        ("price", "3299.001", "amount"),
        ("price", "-5", "amount"),
        ("price", "#REF!", "cell-error"),
        ("name", "王\x1b", "control-character"),
        ("channel", "集市", "choice"),
        ("state", "退款中", "choice"),
    ],
)
def test_refused(field: str, text: str, code: str) -> None:
    """What may mean two things, or was spoilt by the spreadsheet, is refused with its code."""
    with pytest.raises(Unfit) as caught:
        value(field, [text], _HABITS)
    assert caught.value.code == code


def test_orders_of_dates() -> None:
    """The mapping's orders make other dates understood; where two orders give two days the date is refused."""
    assert value("sold_on", ["04/03/2026"], Habits(("d/m/y",))) == "2026-03-04"
    both = Habits(("d/m/y", "m/d/y"))
    assert value("sold_on", ["13/03/2026"], both) == "2026-03-13"
    with pytest.raises(Unfit):
        value("sold_on", ["04/03/2026"], both)


@given(
    st.dates(date(2000, 1, 1)), st.sampled_from(["{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0}"])
)
def test_every_day(day: date, form: str) -> None:
    """Every day in every form that puts the year first is read as that day."""
    assert value("sold_on", [form.format(day)], _HABITS) == day.isoformat()
