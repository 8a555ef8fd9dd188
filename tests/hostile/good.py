"""A good small book of one customer, one sale, one claim: what is hostile is laid beside it."""

from __future__ import annotations

from pathlib import Path

TODAY = "2026-11-20"
SETTINGS = "aftercare.yaml"
CUSTOMER = "customers/2026/CU26-0001.yaml"
SALE = "sales/2026/SA26-0001.yaml"
CLAIM = "claims/2026/CL26-0001.yaml"

FILES = {
    SETTINGS: """\
shop: 阳光家电
country: CN
language: en
currency: CNY
time_zone: Asia/Shanghai
git: no
""",
    CUSTOMER: """\
id: CU26-0001
name: 王建国
phones: [13800138000]
address: {text: 文三路 1 号}
since: 2026-11-20
""",
    "products/2026/PR26-0001.yaml": """\
id: PR26-0001
name: 空调
category: air_conditioner
model: KFR-35
maker_months: 72
""",
    "staff/2026/ST26-0001.yaml": "id: ST26-0001\nname: 李师傅\n",
    SALE: """\
id: SA26-0001
customer: CU26-0001
sold_on: 2026-11-20
items:
- {product: PR26-0001, serial: SN123456, price: 3299.00}
told:
  deliver: {by: 2026-11-24}
""",
    CLAIM: """\
id: CL26-0001
unit: SA26-0001/1
reported_on: 2026-11-20
fault: {found_on: 2026-11-20, symptom: 不制冷}
""",
    "promises/2026/PM26-0001.yaml": """\
id: PM26-0001
to: CU26-0001
what: other
words: call back
due: 2026-11-28
binds: told
made_on: 2026-11-20
""",
}


def lay(root: Path) -> None:
    """Write the book into a folder that is there already."""
    for file, text in FILES.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
