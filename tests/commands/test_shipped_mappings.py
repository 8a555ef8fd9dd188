"""Exports of marketplaces and other programs, in their true form, by the mappings that ship: every row, and once.

The files in ``tests/exports`` are made up; their titles, encodings and paddings are those of the programs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.answers.importing.mapfile import wanted_of
from aftercare.cli import run
from aftercare.plain.reading import read
from aftercare.policies import mappings

_EXPORTS = Path(__file__).parents[1] / "exports"
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that began in November, in California, and the working folder."""
    lines = ["language: en", "country: US", "currency: USD", "time_zone: America/Los_Angeles", "begins_on: 2026-11-01"]
    (tmp_path / "aftercare.yaml").write_text("\n".join([*lines, "git: no"]) + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


@pytest.fixture
def ask(shop: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command: its exit code, stdout and stderr."""
    assert shop.is_dir()

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _import(ask: Ask, kind: str, name: str, *more: str) -> dict[str, Any]:
    code, out, err = ask("import", kind, str(_EXPORTS / f"{name}.csv"), "--format", "json", *more)
    assert code == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def _made(answer: dict[str, Any]) -> dict[str, int]:
    kinds = [one[:2] for one in answer["created"]]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def _record(shop: Path, folder: str, number: int) -> dict[str, Any]:
    path = sorted((shop / folder / "2026").glob("*.yaml"))[number - 1]
    return dict(read(path.read_bytes(), path.name))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("taobao", {"CU": 4, "PR": 3, "SA": 6}),
        ("taobao-goods", {"PR": 4}),
        ("jd", {"CU": 3, "PR": 4, "SA": 4, "DE": 2}),
        ("pinduoduo", {"CU": 5, "PR": 2, "SA": 5, "DE": 2}),
        ("douyin", {"CU": 4, "PR": 3, "SA": 4, "DE": 1}),
        ("shopify", {"CU": 3, "PR": 4, "SA": 4}),
        ("woocommerce", {"CU": 3, "PR": 4, "SA": 4}),
        ("woocommerce-lines", {"CU": 3, "PR": 4, "SA": 4}),
        ("woocommerce-customers", {"CU": 5}),
        ("erpnext-customers", {"CU": 5}),
        ("erpnext-serials", {"CU": 3, "PR": 3, "SA": 4}),
        ("odoo-customers", {"CU": 5}),
        ("odoo-serials", {"CU": 3, "PR": 3, "SA": 4}),
    ],
)
def test_every_export(ask: Ask, name: str, made: dict[str, int]) -> None:
    """An export is recognised, which is said; all its rows come in, and a second time each is unchanged."""
    shipped = mappings.named(name)
    assert shipped is not None
    file = str(_EXPORTS / f"{name}.csv")
    code, out, err = ask("import", shipped.kind, file, "--format", "json")
    assert (code, f"--map {name};" in err) == (0, True), err
    first = json.loads(out)
    assert _made(first) == made
    again = _import(ask, shipped.kind, name, "--map", name)
    assert (again["created"], again["differs"], again["unchanged"]) == ([], [], sum(first["rows"].values()))


@pytest.mark.parametrize("program", ["erpnext", "odoo"])
def test_claims(shop: Path, ask: Ask, program: str) -> None:
    """The claims of another program find the units that its serial numbers brought."""
    _import(ask, "sale", f"{program}-serials")
    answer = _import(ask, "claim", f"{program}-claims")
    assert _made(answer) == {"CL": 5}
    first = _record(shop, "claims", 1)
    assert (first["unit"], first["fault"]["symptom"]) == ("SA26-0001/1", "fan makes a noise")
    assert _import(ask, "claim", f"{program}-claims", "--map", f"{program}-claims")["unchanged"] == 5


def test_taobao(shop: Path, ask: Ask) -> None:
    """Of Taobao's report: the numbers in formulas, the quoted phone, the buyer's name there, a closed order."""
    _import(ask, "sale", "taobao")
    sale, closed, customer = _record(shop, "sales", 1), _record(shop, "sales", 3), _record(shop, "customers", 1)
    assert (sale["order"], sale["channel"], sale["sold_on"]) == ("18273645005566778", "online", "2026-01-10T20:15")
    assert (customer["name"], customer["phones"], customer["source_key"]) == ("王建国", ["13800138001"], "tb阳光88")
    assert "cancelled" in closed


def test_shopify(shop: Path, ask: Ask) -> None:
    """Of Shopify's: a row that goes on with the order above, a time with an offset, a gift for somebody else."""
    _import(ask, "sale", "shopify")
    sale, gift = _record(shop, "sales", 1), _record(shop, "sales", 3)
    assert (sale["sold_on"], [item.get("qty", "1") for item in sale["items"]]) == ("2026-09-03T10:14", ["2", "1"])
    assert gift["deliver_to"]["name"] == "Dee Specimen"


def test_own_file_wins(shop: Path, ask: Ask) -> None:
    """A mapping of the operator's own is taken instead of the one that would be recognised."""
    text = ask("import", "sale", str(_EXPORTS / "jd.csv"), "--suggest", "--map", "jd")[1]
    (shop / "my.yaml").write_text(text.replace("channel: online", "channel: phone"))
    _import(ask, "sale", "jd", "--map", "my.yaml")
    assert _record(shop, "sales", 1)["channel"] == "phone"


def test_list(ask: Ask) -> None:
    """All that ship are listed, each is a mapping without a fault, and no other name is taken for one."""
    code, out, __ = ask("import", "--maps")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, [one.name for one in mappings.every()])
    for one in mappings.every():
        wanted_of(one.kind, one.text(), one.name)
        titles = {title for said in wanted_of(one.kind, one.text(), one.name).columns.values() for title in said}
        assert len(titles.intersection(one.known_by)) > 1, one.name
    code, __, err = ask("import", "sale", str(_EXPORTS / "jd.csv"), "--map", "taoboa")
    assert (code, "taobao" in err) == (2, True)


def test_not_recognised(shop: Path, ask: Ask) -> None:
    """A sheet that lacks one of the titles is nobody's export."""
    (shop / "own.csv").write_text("订单号,下单时间,姓名,商品,订购数量,京东价\nA1,2026/3/4,王建国,空调,1,10\n")
    assert "--map jd" not in ask("import", "sale", "own.csv", "--dry-run")[2]


def test_time_zone(shop: Path, ask: Ask) -> None:
    """A time with an offset is refused by a book that does not say where it is, with the remedy."""
    (shop / "aftercare.yaml").write_text("language: en\ncountry: US\ncurrency: USD\ngit: no\n")
    code, __, err = ask("import", "sale", str(_EXPORTS / "shopify.csv"))
    assert (code, "time_zone: …" in err) == (3, True)
