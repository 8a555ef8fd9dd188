"""A book of any size for measuring: customers, their sales, deliveries and calls, drawn from a fixed seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

PRODUCTS = 10
LAST = date(2026, 11, 20)


def write_book(folder: Path, records: int) -> None:
    """Write *records* files into a new book: of each four, a customer, a sale, its delivery and a call."""
    rng = random.Random(4)
    folder.mkdir(parents=True)
    settings = "shop: bench\ncountry: CN\ncurrency: CNY\ntime_zone: Asia/Shanghai\nlanguage: en\n"
    (folder / "aftercare.yaml").write_text(settings, encoding="utf-8")
    for number in range(1, PRODUCTS + 1):
        _write(folder, "products", f"PR26-{number:04}", f"name: fan {number}\ncategory: fan\nmodel: F-{number}\n")
    for number in range(1, (records - PRODUCTS) // 4 + 1):
        _write_customer(folder, number, LAST - timedelta(days=rng.randrange(300)), rng)


def _write_customer(folder: Path, number: int, sold: date, rng: random.Random) -> None:
    day = sold + timedelta(days=1)
    _write(
        folder,
        "customers",
        f"CU26-{number:04}",
        f"name: 王{number}\nphones: [121{number:08}]\n"
        f"address: {{text: 文三路{number}号, distance_km: 3}}\nsince: {sold}\n",
    )
    _write(
        folder,
        "sales",
        f"SA26-{number:04}",
        f'customer: CU26-{number:04}\nsold_on: {sold}\ninvoice: "{number:08}"\nitems:\n'
        f"- {{product: PR26-{rng.randrange(1, PRODUCTS + 1):04}, serial: F{number}, price: 58.00}}\n"
        f"told:\n  deliver: {{by: {day}T18:00}}\n",
    )
    _write(
        folder,
        "deliveries",
        f"DE26-{number:04}",
        f"sale: SA26-{number:04}\narranged_on: {sold}\ncharged: 0\nopened: yes\n"
        f"signed: {{by: 王{number}, at: {day}T{rng.randrange(9, 19):02}:20}}\n",
    )
    _write(
        folder,
        "visits",
        f"VI26-{number:04}",
        f"customer: CU26-{number:04}\nabout: [SA26-{number:04}/1]\nchannel: phone\npurpose: call_back\n"
        f"keeps: [SA26-{number:04}/1/call-back.1, SA26-{number:04}/1/call-back.2]\n"
        f"at: {min(day + timedelta(days=1), LAST)}T10:05\noutcome: {rng.choice(['reached', 'reached', 'no_answer'])}\n",
    )


def _write(folder: Path, kind: str, record: str, text: str) -> None:
    place = folder / kind / "2026"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{record}.yaml").write_text(f"id: {record}\n{text}", encoding="utf-8")
