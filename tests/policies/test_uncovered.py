"""Places without a pack, and what is known of places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from aftercare import language
from aftercare.policies import load, places, uncovered
from aftercare.policies.load import shipped
from aftercare.policies.uncovered import uncovered as why_none


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences in English."""
    before = language.current()
    language.use("en")
    yield
    language.use(before)


def _why(country: str, region: str = "", named: list[str] | None = None) -> str:
    packs = load.in_force(shipped(), country=country, region=region, named=named)
    return why_none(packs, country, region)


@pytest.mark.parametrize("country", ["CN", "GB", "DE"])
def test_a_place_with_a_pack_needs_no_excuse(country: str) -> None:
    """Where there is law, nothing is said."""
    assert _why(country) == ""


@pytest.mark.parametrize(
    ("country", "reason"),
    [("AU", "reasonable time"), ("Hong Kong", "reasonable time"), ("印度", "weak"), ("SG", "not seen")],
)
def test_a_place_that_was_looked_at_says_why_it_has_none(country: str, reason: str) -> None:
    """The reason is the place's own, whatever it is called in the settings."""
    assert _why(country).startswith("no pack covers the law of ")
    assert reason in _why(country)


def test_the_reason_is_given_in_both_languages() -> None:
    """Every place that says why says it in Chinese too."""
    for place in places.places().values():
        assert place.why is None or (place.why.en and place.why.zh)


def test_any_other_country_is_said_to_have_none() -> None:
    """A country that nobody looked at is called by the letters it was given."""
    assert _why("NZ") == "no pack covers the law of NZ"


def test_a_country_of_which_one_part_has_a_pack_names_the_part() -> None:
    """Canada has a pack for Quebec alone."""
    assert _why("CA", "Québec") == ""
    assert _why("CA") == "no pack covers the law of Canada, but for Quebec, Canada: region: … in aftercare.yaml"
    assert _why("CA", "Ontario").startswith("no pack covers the law of Ontario, Canada, but for Quebec")


def test_packs_that_count_only_when_named_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all law of a country must be named in the settings, the sentence says which there is."""
    one = next(pack for pack in shipped() if pack.id == "uk")
    monkeypatch.setattr(uncovered, "shipped", lambda: (replace(one, chosen="named"),))
    said = why_none((), "GB", "")
    assert said == "no pack covers the law of United Kingdom by itself; packs: … in aftercare.yaml may name uk"


def test_a_shop_that_left_its_law_out_knows_why() -> None:
    """Packs named in the settings are the shop's choice; a shop without a country has no place to speak of."""
    assert _why("CN", named=["service-plans"]) == ""
    assert _why("") == ""


def test_law_that_the_shop_wrote_itself_counts() -> None:
    """A pack of its own with the law of its country is law."""
    own = replace(next(pack for pack in shipped() if pack.id == "uk"), id="au-own", country="AU")
    assert why_none((own,), "AU", "") == ""


@pytest.mark.parametrize(
    ("said", "key"), [("Scotland", "Scotland"), ("苏格兰", "Scotland"), ("SCOTLAND ", "Scotland"), ("Kent", "Kent")]
)
def test_a_region_is_found_by_any_of_its_names(said: str, key: str) -> None:
    """Packs know a region by one name, settings by any."""
    assert places.region_of("GB", said) == key
