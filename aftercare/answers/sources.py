"""What the packs rest on: each source, how well it was looked at, and when the pack was last compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.policies.authoring.lint import REVIEW_AFTER
from aftercare.policies.pack import Pack, Source
from aftercare.policies.shape import Words


class Rest(NamedTuple):
    """A source that a pack rests on."""

    pack: Pack
    key: str
    source: Source
    is_stale: bool
    """Nobody has compared the pack with its sources for longer than ``REVIEW_AFTER``, or ever."""

    @property
    def title(self) -> Words:
        """As a verdict cites it."""
        return self.source.title or self.pack.title


def sources(packs: Iterable[Pack], among: Sequence[Pack], today: date) -> Iterator[Rest]:
    """The sources that the packs name themselves; those taken over from a parent *among* all packs are told there."""
    known = {pack.id: pack for pack in among}
    for pack in packs:
        parent = known.get(pack.extends)
        taken_over = {key: _bare(source) for key, source in parent.sources.items()} if parent else {}
        stale = pack.checked_on is None or pack.checked_on + REVIEW_AFTER < today
        for key, source in pack.sources.items():
            if taken_over.get(key) != _bare(source):
                yield Rest(pack, key, source, stale)


def _bare(source: Source) -> Source:
    """The source without the title that it is cited by in another pack."""
    return source._replace(title=None)
