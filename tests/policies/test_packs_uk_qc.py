"""The packs of the United Kingdom and of Quebec: what their page says, and what the worked cases do not show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aftercare.policies import categories, places
from aftercare.policies.conditions import FactIs
from aftercare.policies.load import shipped
from aftercare.policies.pack import Pack

_PAGE = (Path(__file__).parents[2] / "docs" / "law-uk-quebec.md").read_text(encoding="utf-8")
_LENGTHS = {
    "uk.cra.reject_30d": "30 days",
    "uk.cra.reject_7d": "7 days",
    "uk.cra.reject_replaced": "30 days",
    "uk.cra.presumption": "6 months with",
    "uk.cra.deduction": "6 months with",
    "uk.cra.refund": "14 days with",
    "uk.cra.delivery": "30 days",
    "uk.ccr.cancel": "14 days",
    "uk.ccr.info_year": "12 months with",
    "uk.ccr.cancel_no_info": "14 days",
    "uk.ccr.send_back": "14 days",
    "uk.ccr.refund": "14 days",
    "uk.limitation": "6 years",
    "uk.limitation_service": "6 years",
}
"""By hand from the sections: the length, and whether its first day is counted ("beginning with")."""


def _pack(id: str) -> Pack:
    return next(pack for pack in shipped() if pack.id == id)


@pytest.mark.parametrize(("name", "length"), _LENGTHS.items())
def test_a_period_has_the_length_of_its_section(name: str, length: str) -> None:
    """A figure that somebody mistypes is found here, whatever the cases try."""
    window = next(one for one in _pack("uk").law.windows if one.name == name)
    found = window.values[-1].length
    assert f"{found}{' with' if window.counts_first else ''}" == length


def test_no_period_moves_over_a_day_off() -> None:
    """No provision was found that moves a last day off."""
    assert not any(window.rolls for id in ("uk", "ca-qc") for window in _pack(id).law.windows)


def test_the_page_has_the_years_of_quebec() -> None:
    """The table of goods in the page is that of the pack."""
    window = next(one for one in _pack("ca-qc").law.windows if one.name == "qc.good_working_order")
    in_pack: dict[str, int] = {}
    for variant in window.variants:
        (condition,) = variant.when.conditions
        assert isinstance(condition, FactIs)
        in_pack |= dict.fromkeys(condition.values, variant.changes["values"][-1].length.count)
    rows = re.findall(r"^\| (`.*) \| (\d) \|$", _PAGE, re.MULTILINE)
    in_page = {name: int(years) for goods, years in rows for name in re.findall(r"`(\w+)`", goods)}
    assert in_page == in_pack
    assert all(name in categories.tree() for name in in_page)


@pytest.mark.parametrize("id", ["uk", "ca-qc"])
def test_every_line_rests_on_a_source_whose_mark_the_page_explains(id: str) -> None:
    """What is not in the page cannot be looked up."""
    pack = _pack(id)
    marks = {pack.sources[key].sure for line in pack.law.lines for key, __ in line.cite}
    assert all(f"| `{mark}` |" in _PAGE for mark in marks)
    assert f"## `{id}`" in _PAGE


def test_the_page_names_every_place_that_says_why_it_has_no_pack() -> None:
    """A place whose law was looked at and left out is explained."""
    without = [place.name.en for place in places.places().values() if place.why is not None]
    assert without
    assert all(f"| {name} |" in _PAGE for name in without)
