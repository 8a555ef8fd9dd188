"""Sheets of products, parts, our own people, units with their serial numbers, and claims about these."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.cli import run

_SERIALS = """\
Serial No,Item Code,Item Name,Customer,Customer Name,Delivery Date
KF-001,KFR-35,空调,CUST-1,王建国,2026-03-05
KF-002,KFR-35,空调,CUST-2,李梅,2026-03-06
"""
_SERIALS_MAPPING = """\
kind: sale
columns: {source_key: Serial No, serial: Serial No, sku: Item Code, product: Item Name, customer: Customer,
  name: Customer Name, sold_on: Delivery Date, delivered_at: Delivery Date}
"""
_CLAIMS = """\
Claim No,Serial No,Complaint Date,Complaint,Resolution Date
C1,KF-001,2026-08-05,不制冷,2026-08-09
C2,KF-002,2026-08-06,异响,
"""
_CLAIMS_MAPPING = """\
kind: claim
columns: {fault.symptom: Complaint}
lookups: {unit: {by: serial}}
"""
Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Writes a sheet and its mapping, imports it, and gives the JSON answer."""
    lines = ["language: en", "country: CN", "currency: CNY", "begins_on: 2026-11-01", "git: no"]
    (tmp_path / "aftercare.yaml").write_text("\n".join(lines) + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)

    def asked(kind: str, text: str, mapping: str = "", *more: str) -> Any:
        Path("f.csv").write_text(text)
        Path("m.yaml").write_text(mapping or "{}")
        run(("import", kind, "f.csv", "--map", "m.yaml", "--format", "json", *more))
        return json.loads(capsys.readouterr().out)

    return asked


def test_serial_numbers_and_claims(ask: Ask) -> None:
    """A list of serial numbers makes the units, and a list of claims finds them by these; twice makes nothing."""
    assert ask("sale", _SERIALS, _SERIALS_MAPPING)["rows"]["created"] == 2
    assert ask("claim", _CLAIMS, _CLAIMS_MAPPING)["created"] == ["CL26-0001", "CL26-0002"]
    record = Path("claims/2026/CL26-0001.yaml").read_text()
    assert "unit: SA26-0001/1\nreported_on: 2026-08-05\nfault: {symptom: 不制冷}\nclosed: {on: 2026-08-09}\n" in record
    assert ask("sale", _SERIALS, _SERIALS_MAPPING)["unchanged"] == 2
    assert ask("claim", _CLAIMS, _CLAIMS_MAPPING)["unchanged"] == 2


def test_claim_closed_since(ask: Ask) -> None:
    """A later list brings the day on which a claim was closed, and leaves what it says otherwise."""
    ask("sale", _SERIALS, _SERIALS_MAPPING)
    ask("claim", _CLAIMS, _CLAIMS_MAPPING)
    later = _CLAIMS.replace("异响,", "异响,2026-08-10").replace("不制冷", "漏水")
    answer = ask("claim", later, _CLAIMS_MAPPING)
    assert answer["changed"] == [{"line": 3, "id": "CL26-0002", "fields": ["closed.on"]}]
    assert answer["differs"] == [{"line": 2, "id": "CL26-0001", "fields": ["fault.symptom"]}]
    assert "closed: {on: 2026-08-10}" in Path("claims/2026/CL26-0002.yaml").read_text()
    assert "不制冷" in Path("claims/2026/CL26-0001.yaml").read_text()


def test_reference_to_nobody(ask: Ask) -> None:
    """A row that speaks of what the book does not have, or has twice, is refused."""
    ask("sale", _SERIALS.replace("KF-002", "kf-001 "), _SERIALS_MAPPING.replace("source_key: Serial No", "order: ~"))
    answer = ask("claim", _CLAIMS, _CLAIMS_MAPPING)
    assert [(row["line"], row["code"]) for row in answer["refused"]] == [(2, "ambiguous"), (3, "unknown")]
    assert not list(Path().glob("claims/*/*"))


def test_products(ask: Ask) -> None:
    """Products are known by number, model or name, and get what a list says beyond what is known."""
    text = "货号,品名,类别,型号,重量,质保月数\n1001,格力空调,空调,KFR-35,38,72\n1002,电饭煲,,CF-40,3.5,12\n"
    assert ask("product", text)["created"] == ["PR26-0001", "PR26-0002"]
    assert "category: rice_cooker" in Path("products/2026/PR26-0002.yaml").read_text()
    assert ask("product", text)["unchanged"] == 2
    more = ask("product", "型号,品名,重量,厂家热线\nkfr-35,格力空调,38.0,4008\n")
    assert more["changed"] == [{"line": 2, "id": "PR26-0001", "fields": ["hotline"]}]


def test_parts_and_people(ask: Ask) -> None:
    """Parts refer to the products that they fit; our own people are known by name."""
    ask("product", "型号,品名,类别\nKFR-35,空调,空调\nKFR-26,空调,空调\n")
    parts = "配件名称,配件号,成本,fits\n压缩机,P1,420,KFR-35、KFR-26\n"
    assert ask("part", parts)["rows"]["created"] == 1
    assert "fits: [PR26-0001, PR26-0002]" in Path("parts/2026/PA26-0001.yaml").read_text()
    assert ask("part", parts)["unchanged"] == 1
    people = "姓名,手机,岗位,contractor\n李师傅,13900139000,driver,是\n"
    assert ask("staff", people)["rows"]["created"] == 1
    assert "contractor: yes" in Path("staff/2026/ST26-0001.yaml").read_text()
    assert ask("staff", people)["unchanged"] == 1


def test_lookups_that_refuse(ask: Ask) -> None:
    """Where the mapping makes no new customers or goods, an order that names others is refused as unknown."""
    only_known = "lookups: {customer: {by: key, else: refuse}, product: {by: sku, else: refuse}}\n"
    answer = ask("sale", _SERIALS, _SERIALS_MAPPING + only_known)
    assert [(row["line"], row["code"]) for row in answer["refused"]] == [
        (2, "unknown"),
        (2, "unknown"),
        (3, "unknown"),
        (3, "unknown"),
    ]
    ask("sale", _SERIALS, _SERIALS_MAPPING)
    assert ask("sale", _SERIALS, _SERIALS_MAPPING + only_known)["unchanged"] == 2
