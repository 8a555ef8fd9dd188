"""A book that goes by its own promise alone, with one sale and one claim: what no figure that ships can move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.promised import PACK
from tests.counter import Counter, at_the_counter

FILES = {
    "aftercare.yaml": "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: no\npacks: []\n",
    "policies/ours.yaml": PACK,
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\nphones: [13800138000]\nsince: 2026-03-01\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 折叠椅\nmodel: ZY-1\ncategory: furniture\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-02\n"
        "items:\n- {product: PR26-0001, serial: ZY1-001, price: 58.00, taken: yes}\n"
    ),
    "claims/2026/CL26-0001.yaml": (
        "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-12\n"
        "fault: {found_on: 2026-03-12, symptom: 腿松}\nasked: refund\n"
    ),
}
DAY = "2026-03-12"


def opened(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The book, on the day of the claim."""
    counter = Counter(folder, capsys)
    for file, text in FILES.items():
        counter.write(file, text)
    at_the_counter(folder, monkeypatch)
    monkeypatch.setenv("AFTERCARE_TODAY", DAY)
    return counter
