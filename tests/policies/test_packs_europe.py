"""The packs of the Union, Germany and France: each figure against a table written by hand, marks, and who is bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aftercare.policies import load
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.law import loose_ends
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Window

_PAGE = (Path(__file__).parents[2] / "docs" / "law-eu.md").read_text(encoding="utf-8")
_IDS = ["eu", "de", "fr"]
# Lengths (of variants too), start, what must lie inside; d: a day off moves the end, p: repairs are added.
_WINDOWS = {
    "eu.crd.withdrawal": ("14 days", "delivered_on deliveries", "withdrawn_on today", "d"),
    "eu.crd.withdrawal_no_info": ("12 months, 14 days", "eu.crd.withdrawal", "withdrawn_on today", "d"),
    "eu.crd.told_late": ("12 months", "delivered_on deliveries", "withdrawal_info_on", ""),
    "eu.crd.refund": ("14 days", "withdrawn_on", "today", "d"),
    "eu.crd.return_goods": ("14 days", "withdrawn_on", "dispatched_back_on today", "d"),
    "eu.crd.delivery": ("30 days, 0 days", "sold_on", "delivered_on today", "d"),
    "eu.crd.extra_period": ("0 days", "extra_period_set", "delivered_on today", ""),
    "eu.conformity.liability": ("2 years, used_period_months months", "delivered_on", "fault_on", ""),
    "eu.repair.extension": ("12 months", "eu.conformity.liability", "fault_on", ""),
    "eu.conformity.presumption": ("1 years", "delivered_on", "fault_on", ""),
    "eu.conformity.digital": ("2 years, digital_supply_years years", "delivered_on", "fault_on", ""),
    "eu.guarantee.advertised": ("advertised_guarantee.years years", "delivered_on", "fault_on", ""),
    "eu.guarantee.statement": ("document_years years", "delivered_on", "fault_on", ""),
    "de.withdrawal": ("14 days", "delivered_on deliveries", "withdrawn_on today", "d"),
    "de.withdrawal_no_info": ("14 days", "de.withdrawal_longstop", "withdrawn_on today", "d"),
    "de.withdrawal_longstop": ("12 months", "delivered_on deliveries", "withdrawal_info_on", ""),
    "de.withdrawal_refund": ("14 days", "withdrawn_on", "today", "d"),
    "de.delivery": ("30 days, 0 days, none", "sold_on", "delivered_on today", "d"),
    "de.extra_period": ("0 days", "extra_period_set", "today", ""),
    "de.limitation": ("2 years, used_period_months months", "delivered_on", "today", "d"),
    "de.repair_12m": ("12 months", "de.limitation", "today", "d"),
    "de.tail_4m": ("4 months", "fault_on", "today", "d"),
    "de.tail_2m": ("2 months", "stay.end", "today", "d"),
    "de.tail_2m_back": ("2 months", "stay.end replaced_on", "today", "d"),
    "de.negotiation": ("3 months", "negotiation.until", "today", "d"),
    "de.acknowledged": ("2 years", "acknowledged_on", "today", "d"),
    "de.presumption": ("1 years", "delivered_on", "fault_on", ""),
    "de.guarantee.advertised": ("advertised_guarantee.years years", "delivered_on", "fault_on", ""),
    "de.guarantee.statement": ("document_years years", "delivered_on", "fault_on", ""),
    "de.repair_contract": ("2 years", "paid_repair_on", "today", "d"),
    "fr.withdrawal": ("14 days", "delivered_on deliveries", "withdrawn_on today", "d"),
    "fr.withdrawal_no_info": ("12 months, 14 days", "fr.withdrawal", "withdrawn_on today", "d"),
    "fr.withdrawal_longstop": ("12 months", "fr.withdrawal", "withdrawal_info_on", ""),
    "fr.withdrawal_refund": ("14 days", "withdrawn_on", "today", "d"),
    "fr.delivery": ("30 days, 0 days", "sold_on", "delivered_on today", "d"),
    "fr.extra_period": ("0 days", "extra_period_set", "delivered_on today", ""),
    "fr.liability": ("2 years", "delivered_on", "fault_on", "p"),
    "fr.repair_6m": ("6 months", "fr.liability", "fault_on", "p"),
    "fr.directive_12m": ("12 months", "fr.liability", "fault_on", "p"),
    "fr.replacement_restart": ("2 years", "replaced_on", "fault_on", "p"),
    "fr.presumption": ("24 months, 12 months", "delivered_on", "fault_on", ""),
    "fr.presumption_replaced": ("24 months, 12 months", "replaced_on", "fault_on", ""),
    "fr.tier1": ("30 days", "notified_on stay.in", "stay.end today", "d"),
    "fr.handed_in": ("0 days", "stay.in", "notified_on", ""),
    "fr.refund": ("14 days", "returned_on dispatched_back_on", "today", "d"),
    "fr.hidden_defects": ("2 years", "known_on fault_on", "today", "d"),
    "fr.guarantee.advertised": ("advertised_guarantee.years years", "delivered_on", "fault_on", "p"),
    "fr.guarantee.statement": ("document_years years", "delivered_on", "fault_on", "p"),
}
_LATEST = {
    "eu.guarantee": "eu.guarantee.advertised eu.guarantee.statement",
    "de.shown": "de.limitation de.repair_12m",
    "de.handed_over": "de.shown de.tail_4m",
    "de.claims": "de.limitation de.tail_4m de.tail_2m de.negotiation de.acknowledged",
    "de.claims_longer": "de.repair_12m de.tail_4m de.tail_2m de.negotiation de.acknowledged",
    "de.guarantee": "de.guarantee.advertised de.guarantee.statement",
    "fr.covered": "fr.liability fr.repair_6m fr.replacement_restart",
    "fr.presumed": "fr.presumption fr.presumption_replaced",
    "fr.guarantee": "fr.guarantee.advertised fr.guarantee.statement",
}
# What holds from another day than the rest of its pack does.
_SINCE = {
    "eu.repair.extension": date(2026, 7, 31),
    "de.repair_12m": date(2026, 7, 31),
    "fr.directive_12m": date(2026, 7, 31),
    "fr.hidden_defects": date(2005, 2, 18),
    "de.repair_contract": date(2014, 6, 13),
}
_OLD = re.compile(r"withdrawal|crd|de\.delivery|de\.extra_period")
_UNSEEN = {"cure-longer", "failed-cure-longer", "withdrawal-untold", "withdrawal-unsealed", "late-wait", "late-end"}


def _packs() -> list[Pack]:
    return [pack for pack in load.shipped() if pack.id in _IDS]


def _pack(name: str) -> Pack:
    return next(pack for pack in _packs() if pack.id == name)


def _windows() -> Iterator[tuple[Pack, Window]]:
    return ((pack, window) for pack in _packs() for window in pack.law.windows)


def _lengths(window: Window) -> str:
    values = [window.values, *(variant.changes.get("values", ()) for variant in window.variants)]
    said = [dated.length for dateds in values for dated in dateds]
    return ", ".join("none" if one is None else f"{one.fact or one.count} {one.unit}" for one in said)


def test_every_window_is_as_the_articles_have_it() -> None:
    """Length, start, what must lie inside, days off and repairs: a figure written down twice, by hand."""
    found = {
        window.name: (
            _lengths(window),
            " ".join(window.names),
            " ".join(window.tests),
            ("p" if window.pauses else "") + ("d" if window.rolls else ""),
        )
        for __, window in _windows()
        if not window.latest
    }
    assert found == _WINDOWS
    assert {window.name: " ".join(window.latest) for __, window in _windows() if window.latest} == _LATEST


def test_every_figure_holds_from_its_day_on() -> None:
    """Defects: contracts since 2022; withdrawal since June 2014; what a repair adds since 31 July 2026."""
    for pack, window in _windows():
        if window.latest:
            continue
        old = date(2014, 6, 14) if pack.id == "fr" else date(2014, 6, 13)
        usual = old if _OLD.search(window.name) else date(2022, 1, 1)
        assert {dated.since for dated in window.values} == {_SINCE.get(window.name, usual)}, window.name


def test_nothing_leads_nowhere() -> None:
    """Every window and entitlement that is named exists."""
    for pack in _packs():
        assert not list(loose_ends(pack.law, [window.name for window in pack.law.windows], []))


def test_what_was_not_seen_is_not_printed_as_seen() -> None:
    """A German or European line whose figure rests on a text that nobody read cites a source that says so."""
    for pack in _packs():
        for line in pack.law.lines:
            marks = {pack.sources[key].sure for key, __ in line.cite}
            if line.id in _UNSEEN and pack.id != "fr" and not (pack.id == "de" and "longer" not in line.id):
                assert "secondary" in marks, line.line
            if line.id in {"cure", "failed-cure", "first-tier", "second-tier"}:
                assert marks == {"verified"}, line.line


def test_the_directive_is_in_force_in_no_book() -> None:
    """A directive binds states, not shops: neither a German book nor one of the Union's has it in force."""
    for country in ("DE", "FR", "EU"):
        found = load.rules([], country=country, region="").packs
        assert "eu" not in [pack.id for pack in found]


@pytest.mark.parametrize("law", ["eu", "de", "fr"])
def test_a_fact_that_is_taken_away_turns_no_answer_round(law: str) -> None:
    """Without a fact an answer may become a question, but no open remedy becomes closed, and none the reverse."""
    facts = {
        "sold_on": "2024-06-03",
        "delivered_on": "2024-06-10",
        "channel": "online",
        "category": "kettle",
        "fault_on": "2025-03-01",
        "same_defect": "yes",
    }
    for on in (date(2024, 6, 20), date(2025, 6, 11), date(2026, 6, 10), date(2026, 6, 11), date(2027, 6, 11)):
        whole = decide([_pack(law)], situation(facts, on)).remedies
        for name in facts:
            less = {key: value for key, value in facts.items() if key != name}
            found = decide([_pack(law)], situation(less, on)).remedies
            for remedy, one in found.items():
                settled = {one.state, whole[remedy].state}
                assert settled != {"open", "closed"}, (on, name, remedy)


def test_the_page_names_every_figure_of_its_packs() -> None:
    """docs/law-eu.md says of each pack how sure it is, and names each German end that keeps a claim alive."""
    for name in _LATEST["de.claims_longer"].split()[:-2]:
        assert f"`{name}`" in _PAGE
    for mark in ("verified", "partly", "secondary"):
        assert f"| `{mark}` |" in _PAGE
    assert {source.sure for pack in _packs() for source in pack.sources.values()} == {"verified", "partly", "secondary"}
