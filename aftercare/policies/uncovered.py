"""Places without a pack: why a shop has no law to go by, said rather than answered with nothing."""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.language import _, current
from aftercare.plain.text import fold
from aftercare.policies import places
from aftercare.policies.load import shipped
from aftercare.policies.pack import Pack

_BY_PLACE, _NAMED = "place", "named"


def uncovered(packs: Iterable[Pack], country: str, region: str) -> str:
    """Why there is no law among the *packs* that a shop goes by, in a sentence.

    "" where there is some, where its country is not known, and where it left out what there is.
    """
    code = places.country(fold(country)) if country else ""
    if not code or any(map(_is_law, packs)):
        return ""
    there = [pack for pack in shipped() if _is_law(pack) and pack.country == code]
    by_place = [pack for pack in there if pack.chosen == _BY_PLACE]
    if any(not pack.region or places.is_region(code, pack.region, region) for pack in by_place):
        return ""
    if by_place:
        return _("no pack covers the law of {place}, but for {regions}: region: … in aftercare.yaml").format(
            place=_name(code, region), regions=_(", ").join(_name(code, pack.region) for pack in by_place)
        )
    if named := [pack.id for pack in there if pack.chosen == _NAMED]:
        return _("no pack covers the law of {place} by itself; packs: … in aftercare.yaml may name {packs}").format(
            place=_name(code), packs=_(", ").join(named)
        )
    why = places.places()[code].why if code in places.places() else None
    if why is None:
        return _("no pack covers the law of {place}").format(place=_name(code))
    return _("no pack covers the law of {place}: {why}").format(place=_name(code), why=why.said(current()))


def _is_law(pack: Pack) -> bool:
    return pack.issuer == "statute" and pack.has_law


def _name(code: str, region: str = "") -> str:
    """A country, or its part, in the language in use; a place that nobody knows by the letters it was given."""
    place = places.places().get(code)
    if place is None:
        return code
    part = next((one for one in place.regions if one.is_called(region)), None) if region else None
    name = place.name.said(current())
    if not region:
        return name
    return _("{region}, {country}").format(region=part.name.said(current()) if part else region, country=name)
