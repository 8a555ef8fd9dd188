"""``policy show`` and ``policy list`` of the law, and ``policy check`` of files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aftercare.cli import run

CHECKED = """\
id: ours
issuer: shop
title: {en: Ours, zh: 本店}
counting: {first_day: no, roll: none}
lines:
- {id: a, title: {en: A, zh: 甲}, grants: [refund], given: exchnge}
- {id: b, title: {en: B, zh: 乙}, grants: [refund], within: refund_7d, whn: {used: no}}
"""


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no book, on 10 March 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


def _rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["policy", *arguments, "--format", "json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def _shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["policy", "show", *arguments]) == 0
    return capsys.readouterr().out


def test_the_list_counts_lines_and_periods_and_says_since_when(capsys: pytest.CaptureFixture[str]) -> None:
    """Of packs of law as of others."""
    row = next(row for row in _rows(capsys, "list") if row["id"] == "cn-1995-general")
    assert (row["from"], row["to"], row["country"]) == ("1995-08-25", None, "CN")
    assert "cn-1995-general/art9" in row["lines"]
    assert {"refund_7d", "whole", "main_part"} <= set(row["windows"])
    assert run(["policy", "list"]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("cn-1995-general "))
    assert "1995-08-25" in line
    assert f" {len(row['lines'])} " in line


def test_a_line_of_law_is_shown_with_its_conditions_periods_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    """In words, and as data; a right that other lines build on has its name."""
    (row,) = _rows(capsys, "show", "cn-1995-general/art9")
    assert (row["kind"], row["grants"]) == ("line", ["refund", "exchange", "repair"])
    assert {"fact": "fault_kind", "values": ["performance"]}.items() <= row["conditions"][0].items()
    (window,) = row["windows"]
    assert (window["name"], window["figures"], window["from"]) == ("refund_7d", {"goods": {"days": 7}}, ["sold_on"])
    assert (row["cite"][0]["article"], row["cite"][0]["sure"]) == ("9", "verified")
    said = _shown(capsys, "cn-1995-general/art9")
    assert "gives full refund, the right named “exchange”, repair" in said
    assert "where kind of fault: performance and it is within “seven days from the sale”" in said
    moves = "a last day that is a day off moves to the next working day"
    assert f"seven days from the sale (refund_7d), from day of the sale: 7 days; {moves}" in said
    assert "1995 Provisions Art. 9 (text seen): " in said


def test_terms_of_a_line_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Alternatives, the fee with its rates, who bears it, what it stands in the place of, what a person must judge."""
    whole, main = "it is within “period of the whole machine”", "it is within “period of the main parts” and"
    assert f"where one of these holds: {whole}; or {main}" in _shown(capsys, "cn-1995-general/art11")
    fee = _shown(capsys, "cn-1995-general/art13-fee")
    assert (
        "cost, of the price for each day of use since the start of “period of the whole machine”: 0.05% (bicycle, "
        in fee
    )
    assert "unknown (radio cassette recorder" in fee
    delay = _shown(capsys, "cn-1995-general/art12-repairer")
    assert "in the place of repair" in delay
    assert "borne by the repairer" in delay
    assert "a person must judge: " in _shown(capsys, "cn-cpl-reg-2024/art18-price")
    assert "but not where made to order: yes; or " in _shown(capsys, "cn-cpl/art25")
    assert "reads “seven days from the sale”, “" in _shown(capsys, "art18-return")
    assert "nothing of cn-1995-general where grounds of exclusion: misuse or " in _shown(
        capsys, "cn-1995-general/art17"
    )
    assert "The trader must prove" in _shown(capsys, "cn-cpl/evidence.1")


def test_a_pack_is_shown_with_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Where it holds, since when, its lines, and what one would look for in vain."""
    said = _shown(capsys, "cn-cpl")
    assert "issuer: statute; holds: China; in force from 2014-03-15" in said
    assert "not covered: damages" in said
    assert "cn-cpl/art25  " in said
    rows = _rows(capsys, "show", "cn-cpl")
    assert rows[0]["kind"] == "pack"
    assert {"line", "evidence"} <= {row["kind"] for row in rows}


def test_for_goods_the_figures_are_those_of_the_goods(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line with its pack and its periods, and what the packs leave out; lines that need a right nobody gives, and
    lines for other goods, are not there.
    """
    rows = _rows(capsys, "show", "空调")
    by_id = {row["id"]: row for row in rows}
    lengths = {window["name"]: window["figures"] for window in by_id["cn-1995-general/art8"]["windows"]}
    assert lengths == {
        "whole": {"air_conditioner": {"months": 12}},
        "main_part": {"air_conditioner": {"months": 36}},
    }
    assert by_id["cn-1995-general/art13-fee"]["fee"]["daily_percent"] == {"air_conditioner": "0.1"}
    assert {"cn-cpl-reg-2024/art18-return", "cn-cpl/evidence.1", "cn-1995-general/art17"} <= by_id.keys()
    assert not [id for id in by_id if id.startswith(("cn-2011-flat-tv/", "cn-cpl/art24"))]
    goods = by_id["air_conditioner"]
    assert (goods["kind"], goods["in_catalogue"], goods["catalogue_covered"]) == ("category", True, True)
    assert {"cn-1995-general", "cn-cpl-reg-2024", "cn-cpl"} <= set(goods["packs"])
    assert {"cn-1995-general", "cn-cpl"} <= {gap["pack"] for gap in goods["not_covered"]} <= set(goods["packs"])


def test_goods_in_no_catalogue_have_the_law_on_consumers(capsys: pytest.CaptureFixture[str]) -> None:
    """And no line of the rules of the catalogues, nor one that builds on them."""
    rows = _rows(capsys, "show", "electric_kettle")
    lines = {row["id"] for row in rows if row["kind"] == "line"}
    assert {"cn-cpl/art24-7d", "cn-cpl/art25"} <= lines
    packs = {line.partition("/")[0] for line in lines}
    assert "cn-cpl" in packs
    assert not packs & {"cn-1995-general", "cn-2001-mobile", "cn-2021-car", "de", "uk"}
    assert rows[-1]["in_catalogue"] is False


def test_goods_whose_rule_no_pack_has_are_said_to_lack_it(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence would read as a refusal."""
    (nowhere / "aftercare.yaml").write_text("shop: x\ncountry: CN\npacks: [cn-cpl]\n", encoding="utf-8")
    assert "not covered: the rule of that catalogue for these goods; no pack has it" in _shown(capsys, "手机")


def test_a_category_of_several_kinds_has_the_figures_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Where they differ, the kinds are named; a figure that no source gives is unknown."""
    said = _shown(capsys, "flat_tv")
    assert "12 months (plasma TV, LCD TV); unknown (OLED TV)" in said


def test_a_law_that_has_not_begun_gives_nothing_for_goods(capsys: pytest.CaptureFixture[str]) -> None:
    """What holds is asked for a day."""
    ids = {row["id"] for row in _rows(capsys, "--today", "2024-06-30", "show", "空调")}
    assert "cn-1995-general/art9" in ids
    assert not [id for id in ids if id.startswith("cn-cpl-reg-2024/")]


def test_files_are_checked_without_a_book(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All faults of each, those between packs too; exit 1; silent where there is none."""
    (nowhere / "a.yaml").write_text(CHECKED, encoding="utf-8")
    assert run(["policy", "check", "a.yaml"]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("a.yaml:6: no-such-grant ")
    assert second.startswith("a.yaml:7: unknown-key ")
    named = CHECKED.replace(", whn: {used: no}", "")
    (nowhere / "a.yaml").write_text(named, encoding="utf-8")
    assert run(["policy", "check", "a.yaml"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("a.yaml:6: no-such-grant ")
    assert "did you mean exchange?" in line
    sound = CHECKED.replace(", whn: {used: no}", "").replace("exchnge", "exchange")
    (nowhere / "a.yaml").write_text(sound, encoding="utf-8")
    assert run(["policy", "check", "a.yaml", "a.yaml"]) == 1
    assert capsys.readouterr().out.startswith("a.yaml:7: dead ")
    (nowhere / "a.yaml").write_text("".join(sound.splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert run(["policy", "check", "a.yaml", "a.yaml"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["policy", "check", "b.yaml"]) == 2
