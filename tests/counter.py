"""A small shop that holds one of everything, and the counter at which tests type commands.

The clock of the counter stands at 10 March 2026.  Commands run in the process of the test, which is many times faster
than starting one for each; tests that are about processes start their own.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aftercare.cli import run

TODAY = "2026-03-10"
FILES = {
    "aftercare.yaml": "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: no\n",
    "staff/2025/ST25-0001.yaml": "id: ST25-0001\nname: 李师傅\nphone: 13900139000\nrole: driver\n",
    "staff/2026/ST26-0001.yaml": "id: ST26-0001\nname: 张敏\nrole: service\n",
    "customers/2025/CU25-0007.yaml": "id: CU25-0007\nname: 王建军\nphones: [057188885678]\nsince: 2025-05-01\n",
    "customers/2026/CU26-0001.yaml": (
        "id: CU26-0001\nname: 王建国\nphones: [13800138000]\n"
        "address: {text: 文三路100号, distance_km: 12}\nneeds: [elderly]\nsince: 2026-03-01\n"
    ),
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 单雪梅\nphones: [13900131234]\nsince: 2026-03-01\n",
    "products/2026/PR26-0001.yaml": (
        "id: PR26-0001\nname: 空调\nmodel: KFR-35\ncategory: air_conditioner\nweight_kg: 38.5\n"
    ),
    "products/2026/PR26-0002.yaml": "id: PR26-0002\nname: 折叠椅\ncategory: furniture\n",
    "sales/2025/SA25-0009.yaml": (
        "id: SA25-0009\ncustomer: CU25-0007\nsold_on: 2025-05-02\ninvoice: '00123456'\n"
        "items:\n- {product: PR26-0001, serial: KF25-001, price: 3099.00}\n"
    ),
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-03\n"
        "items:\n- {product: PR26-0001, serial: KF35-001, price: 3299.00}\n"
        "told:\n  deliver: {from: 2026-03-06T09:00, by: 2026-03-06T18:00}\n  install: {by: 2026-03-08}\n"
    ),
    "sales/2026/SA26-0002.yaml": (
        "id: SA26-0002\ncustomer: CU26-0002\nsold_on: 2026-03-04\n"
        "items:\n- {product: PR26-0002, qty: 10, price: 58}\n- {product: PR26-0001, serial: KF35-002, price: 3299.00}\n"
        "told:\n  deliver: {by: 2026-03-09}\n"
    ),
    "deliveries/2026/DE26-0001.yaml": (
        "id: DE26-0001\nsale: SA26-0002\nitems: [{item: 1, qty: 7}]\narranged_on: 2026-03-05\nperson: ST25-0001\n"
        "signed: {by: 单雪梅, at: 2026-03-06T10:00}\n"
    ),
    "deliveries/2026/DE26-0002.yaml": (
        "id: DE26-0002\nsale: SA26-0001\narranged_on: 2026-03-05\nperson: ST25-0001\n"
    ),
    "claims/2026/CL26-0001.yaml": (
        "id: CL26-0001\nunit: SA25-0009/1\nreported_on: 2026-03-08\n"
        "fault: {found_on: 2026-03-08, symptom: 不制冷}\n"
    ),
    "visits/2026/VI26-0001.yaml": (
        "id: VI26-0001\ncustomer: CU25-0007\nabout: [SA25-0009/1]\nchannel: phone\npurpose: call_back\n"
        "at: 2026-03-08T10:00\nby: ST26-0001\noutcome: reached\nanswers: {use: 正常}\nsatisfaction: 4\n"
    ),
    "promises/2026/PM26-0001.yaml": (
        "id: PM26-0001\nto: CU26-0001\nwhat: other\nwords: 送一张安装说明\ndue: 2026-03-09\nbinds: told\n"
        "made_on: 2026-03-03\nperson: ST26-0001\n"
    ),
}  # fmt: skip
"""The files of the shop: every kind of record, a promise of each sort that is late, one thing delivered in part."""


class Printed(NamedTuple):
    """What a command printed, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of a machine format."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The answer line by line."""
        return self.out.splitlines()


class Counter:
    """Types commands and sees what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, line: str, *more: str) -> Printed:
        """Run a line as a shell would read it, with *more* words behind it as they are."""
        self.capsys.readouterr()
        code = run([*shlex.split(line), *more])
        return Printed(code, *self.capsys.readouterr())

    def done(self, line: str, *more: str) -> Printed:
        """Run a line that must succeed."""
        printed = self(line, *more)
        assert printed.code == 0, printed.err
        return printed

    def files(self) -> dict[str, bytes]:
        """Every file of the book but the tool's own."""
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file() and ".aftercare" not in path.parts)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def text(self, record: str) -> str:
        """The file of a record."""
        return next(self.folder.glob(f"*/*/{record}.yaml")).read_bytes().decode()

    def write(self, file: str, text: str) -> None:
        """Put a file into the book by hand."""
        (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_bytes(text.encode())


def opened(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop's book in *folder*, where the commands now run, in English."""
    counter = Counter(folder, capsys)
    for file, text in FILES.items():
        counter.write(file, text)
    at_the_counter(folder, monkeypatch)
    return counter


def at_the_counter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, clock and language of the counter."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("AFTERCARE_TODAY", TODAY)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    for name in ("AFTERCARE_BOOK", "AFTERCARE_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
