"""What the packs rest on, and what nobody has compared with its sources for too long."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.answers.sources import sources
from aftercare.policies.load import parse, shipped
from aftercare.policies.pack import Pack

TEXT = """\
id: ours
issuer: shop
title: {en: Ours, zh: 本店}
%ssources:
  sign: {what: the sign in the shop, where: at the door, sure: verified}
"""


def _pack(checked: str = "checked_on: 2025-03-10\n") -> Pack:
    return parse((TEXT % checked).encode(), "ours.yaml")


@pytest.mark.parametrize(("today", "stale"), [(date(2026, 3, 10), False), (date(2026, 3, 11), True)])
def test_a_comparison_is_trusted_for_365_days(today: date, stale: bool) -> None:
    """Compared on 10 March 2025: the last good day is 10 March 2026."""
    (one,) = sources([_pack()], [], today)
    assert one.is_stale is stale


def test_what_was_never_compared_is_stale() -> None:
    """A shop's own pack need not say when somebody looked."""
    (one,) = sources([_pack("")], [], date(2026, 3, 10))
    assert one.is_stale


def test_a_source_is_cited_by_the_title_of_its_pack_unless_it_has_its_own() -> None:
    """As verdicts do."""
    (one,) = sources([_pack()], [], date(2026, 3, 10))
    assert (one.key, one.title.en, one.source.sure) == ("sign", "Ours", "verified")


def test_what_a_pack_takes_over_is_told_of_where_it_stands() -> None:
    """A pack that extends another lists its own sources only."""
    packs = {pack.id: pack for pack in shipped()}
    child = packs["cn-2011-flat-tv"]
    assert len(child.sources) > 1
    assert [one.key for one in sources([child], list(packs.values()), date(2026, 3, 10))] == ["tv11"]
