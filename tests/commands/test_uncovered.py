"""A shop in a country whose law is in no pack: it is told so, not answered with nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.cli import run

RECORDS = {
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: Ann\nphones: [5551234]\nsince: 2026-01-08\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: Boilwell\ncategory: kettle\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-01-08\n"
        "items: [{product: PR26-0001, price: 80.00, taken: yes}]\n"
    ),
    "claims/2026/CL26-0001.yaml": (
        "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-01-30\nfault: {found_on: 2026-01-29}\n"
    ),
}
WHY = "no pack covers the law of Australia: "


def _book(root: Path, settings: str) -> None:
    (root / "aftercare.yaml").write_text(f"{settings}git: no\n", encoding="utf-8")
    for file, text in RECORDS.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to make a book in, on 1 February 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-02-01")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


@pytest.mark.parametrize("question", [["claim", "check", "CL26-0001"], ["unit", "remedies", "SA26-0001/1"]])
def test_a_verdict_without_law_says_why_there_is_none(
    question: list[str], shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to be had, without a word, would read as a refusal by the law."""
    _book(shop, "country: AU\n")
    assert run(question) == 0
    printed = capsys.readouterr()
    assert [line for line in printed.err.splitlines() if WHY in line] != []
    assert "that is no refusal" in " ".join(printed.out.split())


def test_the_list_of_packs_says_it_beside_the_plans(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plans count everywhere; the line about the law is on stderr, so that the rows stay rows."""
    _book(shop, "country: AU\n")
    assert run(["policy", "list", "--format", "jsonl"]) == 0
    printed = capsys.readouterr()
    assert '"service-plans"' in printed.out
    assert '"uk"' not in printed.out
    assert printed.err.count(WHY) == 1


@pytest.mark.parametrize("settings", ["country: GB\nregion: Scotland\n", "country: CN\n", ""])
def test_where_there_is_law_or_no_country_nothing_is_said(
    settings: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that says nothing is noise."""
    _book(shop, settings)
    assert run(["unit", "remedies", "SA26-0001/1"]) == 0
    assert "no pack covers" not in capsys.readouterr().err


@pytest.mark.parametrize(("region", "until"), [("Scotland", "2031-01-08"), ("England", "2032-01-08")])
def test_the_region_of_the_book_decides_the_limitation(
    region: str, until: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Scottish shop has five years, any other of the United Kingdom six."""
    _book(shop, f"country: GB\nregion: {region}\n")
    assert run(["claim", "check", "CL26-0001", "--format", "json"]) == 0
    assert f'"until": "{until}"' in capsys.readouterr().out


def test_a_rejection_that_was_told_in_time_stays_good(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The right is exercised on the day the customer says so, not on the day somebody looks it up."""
    _book(shop, "country: GB\n")
    file = shop / "claims/2026/CL26-0001.yaml"
    assert run(["--today", "2026-03-20", "claim", "check", "CL26-0001"]) == 0
    assert "✓ rejection" not in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8") + "asked: reject\n", encoding="utf-8")
    assert run(["--today", "2026-03-20", "claim", "check", "CL26-0001"]) == 0
    assert "✓ rejection of the goods, as asked" in capsys.readouterr().out


def test_a_rejection_after_a_repair_is_not_taken_for_an_early_one(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The claim was told on day 22, the rejection only after the repair failed: the six months count to today."""
    _book(shop, "country: GB\n")
    file = shop / "claims/2026/CL26-0001.yaml"
    more = "asked: final_reject\nrepairs: [{in: 2026-01-30, out: 2026-02-10, result: not_fixed}]\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert run(["--today", "2026-07-20", "claim", "check", "CL26-0001"]) == 0
    assert "a deduction for the use" in capsys.readouterr().out
