"""Amounts, numbers and dates: what is no plain one is refused, what is one is kept to the last digit."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import WELL, Case
from tests.hostile.made import HEAD, kept, refused

SALE = "sales/2026/SA26-0002.yaml"
_SOLD = "id: SA26-0002\ncustomer: CU26-0001\nsold_on: 2026-11-20\nitems:\n"
_NO_AMOUNTS = (
    "-1", "+1", "1e3", "1E400", "NaN", "Infinity", "-Infinity", ".inf", "0x1F", "1_000", "1.", ".5", "1,00",
    "1,0000", "1.234", "0.001", "1.0000000000000000000000000000000000000001", "9999999999999999", "9" * 40, "9" * 5000,
    "1 000", "1'000", "12:30", "٣٢٩٩", "३२", "一百", "1/2", "½", "¥", "USD", "USD 1 EUR", "XXX 1", "US 1", "$1", "1%",
    "about 40", "yes", "2026-11-20", "=1+1", "1元2", "JPY 1.5", "BHD 1.2345", "''",
)  # fmt: skip
_AMOUNTS = {
    "0": "0.00", "00": "0.00", "40": "40.00", "007": "7.00", "40.5": "40.50", "3,299.00": "3299.00", "¥40": "40.00",
    "￥40": "40.00", "40元": "40.00", "CNY 40": "40.00", "３２９９": "3299.00", "USD 40.00": "USD 40.00",
    "JPY 4000": "JPY 4000", "KWD 1.234": "KWD 1.234", "usd 40": "USD 40.00", "9999999999999": "9999999999999.00",
}  # fmt: skip
_NO_NUMBERS = (
    "-1", "+1", "1e3", "1E2", "1E400", "1e-400", "NaN", "sNaN", "Infinity", ".inf", "0x1F", "1_000", "1.", ".5", "1,5",
    "1,000", "１２", "٣", "一", "½", "1 2", "' 12 '", "12km", "9" * 13, "9" * 5000, "0." + "1" * 400, "yes", "''",
)  # fmt: skip
_NO_COUNTS = (
    "0",
    "-1",
    "+1",
    "1.0",
    "1.5",
    "1e3",
    "0x1F",
    "1_000",
    "12345678",
    "9" * 5000,
    "１",
    "٣",
    "一",
    "''",
    "no",
)
_NO_DATES = (
    "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "10000-01-01", "99999-01-01",
    "-2026-01-01", "26-01-02", "2026-1-2", "2026/01/02", "2026.01.02", "20260102", "02.01.2026", "2026-W03", "2026-001",
    "2026-01", "2026", "2026-01-02T", "2026-01-02T24:30", "2026-01-02T25:00", "2026-01-02T12:60", "2026-01-02T12",
    "2026-01-02T12:30:61", "2026-01-02T12:30:00.5", "2026-01-02t12:30", "2026-01-02T12:30+25:00",
    "2026-01-02T12:30+08", "2026-01-02T12:30+0800", "2026-01-02T12:30 Asia/Shanghai", "２０２６-01-02", "٢٠٢٦-01-02",
    "today", "明天", "+3d", "now", "农历八月十五", "1735689600", "45678", "no", "2026-01-02Z", "' 2026-01-02'", "''",
    "0001-01-01T00:00+08:00", "2026‐01‐02", "2026-01-02T12:30+00:00:61", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00",
)  # fmt: skip
_DATES = {
    "2024-02-29": "2024-02-29", "0001-01-01": "0001-01-01", "0001-01-01T00:00": "0001-01-01T00:00",
    "1899-12-31": "1899-12-31", "1970-01-01": "1970-01-01", "2026-01-02T12:30": "2026-01-02T12:30",
    "2026-01-02 12:30": "2026-01-02T12:30", "2026-01-02T12:30:59": "2026-01-02T12:30:59",
    "2026-01-02T12:30Z": "2026-01-02T20:30", "2026-01-02T12:30+08:00": "2026-01-02T12:30",
    "2026-01-02T12:30-11:00": "2026-01-03T07:30",
}  # fmt: skip
_NO_BIRTHDAYS = ("--02-30", "--13-01", "1958-02-30", "--2-3", "02-03", "1958", "{lunar: 十三月初一}", "{lunar: 八月三十一}",
                 "{lunar: 八月}", "{lunar: 0月0日}", "{lunar: ''}", "{lunar: 99999999999999999999月1日}")  # fmt: skip


def _item(price: str) -> str:
    return f"{_SOLD}- product: PR26-0001\n  price: {price}\n"


def cases() -> Iterator[Case]:
    """Of a sale the price and the pieces, of a customer the distance, the day and the birthday."""
    for number, text in enumerate(_NO_AMOUNTS):
        yield refused(f"no-amount-{number}-{text[:12].replace('/', '|')}", _item(text), "6: amount", file=SALE)
    for text, shown in _AMOUNTS.items():
        yield kept(f"amount-{text}", _item(text), file=SALE, items__0__price=shown)
    for number, text in enumerate(_NO_NUMBERS):
        name = f"no-number-{number}-{text[:12]}"
        yield refused(name, f"{HEAD}address:\n  distance_km: {text}\n", "4: number")
    for text, figure in {"0": 0, "12": 12, "12.5": 12.5, "007": 7, "0.1": 0.1, "999999999999": 999999999999}.items():
        yield kept(f"number-{text}", f"{HEAD}address: {{distance_km: {text}}}\n", address__distance_km=figure)
    for number, text in enumerate(_NO_COUNTS):
        body = f"{_SOLD}- product: PR26-0001\n  qty: {text}\n"
        yield refused(f"no-count-{number}-{text[:12]}", body, "6: number", file=SALE)
    yield kept("count-leading-zeros", f"{_SOLD}- {{product: PR26-0001, qty: 007}}\n", file=SALE, items__0__qty=7)
    for number, text in enumerate(_NO_DATES):
        yield refused(f"no-date-{number}-{text[:22].replace('/', '|')}", f"{HEAD}since: {text}\n", "3: date")
    for text, shown in _DATES.items():
        yield kept(f"date-{text}", f"{HEAD}since: {text}\n", since=shown)
    for number, text in enumerate(_NO_BIRTHDAYS):
        yield refused(f"no-birthday-{number}", f"{HEAD}birthday: {text}\n", "3: date")
    for text in ("1958-09-27", "--02-29", "2000-02-29"):
        yield kept(f"birthday-{text}", f"{HEAD}birthday: {text}\n", birthday=text)
    for text in ("八月十五", "闰六月三十", "农历正月初一", "腊月廿三", "12月30日"):
        yield kept(f"lunar-{text}", f"{HEAD}birthday: {{lunar: {text}}}\n", birthday__lunar=text)
    for day in ("9999-12-31", "9999-12-31T23:59"):
        yield Case(f"future-{day}", {"customers/2026/CU26-0002.yaml": f"{HEAD}since: {day}\n".encode()}, WELL,
                   shown={"CU26-0002": {"since": day}})  # fmt: skip
