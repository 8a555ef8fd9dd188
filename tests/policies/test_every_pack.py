"""What holds for every pack that ships, whichever law or service it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from aftercare.policies.law import loose_ends
from aftercare.policies.load import shipped
from aftercare.policies.pack import Pack
from aftercare.policies.shape import Words

_HAN = re.compile(r"[\u4e00-\u9fff]")


def _words(pack: Pack) -> Iterator[Words]:
    law = pack.law
    yield pack.title
    yield from (source.title for source in pack.sources.values() if source.title)
    yield from (window.title for window in law.windows if window.title)
    yield from (line.title for line in law.lines)
    yield from (line.because for line in law.lines if line.because)
    yield from (bar.title for bar in law.bars)
    yield from (rule.title for rule in law.restates)
    yield from (part for row in law.goods.rows.values() for part in row.main_parts)
    yield from (plan.title for plan in pack.plans)
    yield from (clause.title for clause in pack.standards.clauses)


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.id)
def test_both_languages_everywhere(pack: Pack) -> None:
    """Every title, reason and note is English in the one and Chinese in the other language."""
    assert [one for one in _words(pack) if not one.en or _HAN.search(one.en) or not _HAN.search(one.zh)] == []
    # What is not covered may quote a word of the law in the law's own language.
    assert [one for one in pack.not_covered if not one.en or not _HAN.search(one.zh)] == []


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.id)
def test_every_window_has_a_title(pack: Pack) -> None:
    """A verdict says by what name its last day goes."""
    assert [window.name for window in pack.law.windows if window.title is None] == []


def test_nothing_leads_nowhere() -> None:
    """All windows and entitlements that a line names exist in one of the packs that ship."""
    packs = [pack for pack in shipped() if pack.has_law]
    windows = [window.name for pack in packs for window in pack.law.windows]
    grants = [grant for pack in packs for line in pack.law.lines for grant in line.grants]
    assert [loose for pack in packs for loose in loose_ends(pack.law, windows, grants)] == []
