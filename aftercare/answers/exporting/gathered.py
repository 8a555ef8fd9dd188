"""The records of a book as rows, in the order of their ids: by the index as they stand there, else from the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from aftercare.records.names import BY_NAME

if TYPE_CHECKING:
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.shelf import Shelf

Row: TypeAlias = dict[str, Any]
_IN_ORDER = """
    SELECT files.id, rows.row FROM files JOIN rows ON rows.id = files.id
    WHERE files.kind = ? AND files.state = 'record' ORDER BY substr(files.id, 1, 4), length(files.id), files.id
    """


class Gathered(Protocol):
    """The records of a book."""

    def of(self, kind: str) -> Iterable[Row]:
        """The rows of the records of a *kind*, as ``show --format json`` prints them."""

    def formerly(self) -> Mapping[str, str]:
        """The ids that records had, with those of now."""


class OfIndex:
    """The records as the index has them: nothing is read and nothing typed."""

    def __init__(self, index: Indexed) -> None:
        self._index = index

    def of(self, kind: str) -> Iterator[Row]:
        """As :class:`Gathered` says."""
        from aftercare.records.outlines import whole

        for record_id, said in self._index.connection.execute(_IN_ORDER, (kind,)):
            yield whole(record_id, kind, json.loads(said))

    def formerly(self) -> Mapping[str, str]:
        """As :class:`Gathered` says."""
        return self._index.formerly()


class OfShelf:
    """The records themselves, as far as they were known on a day."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def of(self, kind: str) -> Iterator[Row]:
        """As :class:`Gathered` says."""
        from aftercare.records.rows import row

        found = (record for record in self._shelf.of_kinds([kind]) if record.id[:2] == BY_NAME[kind].prefix)
        for record in sorted(found, key=lambda one: (one.id[:4], len(one.id), one.id)):
            yield row(record)

    def formerly(self) -> Mapping[str, str]:
        """As :class:`Gathered` says."""
        return self._shelf.formerly
