"""Which deeds are those of a record, under whatever number it had at the time, on its own side of a merge.

Where two clones gave one number twice, both records were it once: each has the past of its own side and no other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aftercare.answers.deeds_done import Deed, Trees
from aftercare.book.chronicle import Chronicle
from aftercare.book.ids import parse, path_of
from aftercare.plain.differences import differences
from aftercare.plain.tree import Tree


def of_records(chronicle: Chronicle, deeds: Iterable[Deed], records: Iterable[str]) -> Iterator[Deed]:
    """Those *deeds*, newest first, that are about some *records*: commit by commit, by the numbers they had there."""
    done: dict[str | None, list[Deed]] = {}
    for deed in deeds:
        done.setdefault(deed.commit.id if deed.commit else None, []).append(deed)
    wanted = set(records)
    for deed in done.get(None, []):
        if deed.record in wanted:
            yield deed
            wanted.update(deed.formerly)
    named = {chronicle.head: wanted}
    for commit in chronicle.commits:
        here = named.pop(commit.id, set[str]())
        if here:
            those = done.get(commit.id, [])
            yield from (deed for deed in those if deed.record in here)
            for parent in commit.parents:
                named.setdefault(parent, set()).update(_before(chronicle, parent, here, those))


def _before(chronicle: Chronicle, parent: str, here: set[str], done: Iterable[Deed]) -> set[str]:
    """The numbers that the records of the ids *here* had before a commit, on the side of one *parent*."""
    ids = set(here)
    for deed in done:
        if deed.what == "added":
            for old in deed.formerly:
                if (deed.record in here or old in here) and _was(chronicle, deed, old, parent):
                    ids.discard(old)
                    ids.update([old] if deed.record in here else [])
        elif deed.record in here:
            ids.update(deed.formerly)
            if deed.what == "renumbered" and deed.formerly:
                ids.discard(deed.record)
    return ids


def _was(chronicle: Chronicle, deed: Deed, old: str, parent: str) -> bool:
    """Whether the record that a deed added is the one that had the *old* number on the side of *parent*.

    Where another record has that number afterwards, it is the one of them that is nearer to what was there.
    """
    named, new = parse(old), parse(deed.record or "")
    if named is None or new is None or deed.commit is None:
        return False
    at = deed.commit.id
    asked = [(parent, path_of(named)), (at, path_of(named)), (at, path_of(new))]
    blobs = chronicle.held(asked)
    trees = Trees(chronicle.contents(blobs))
    before, kept, moved = (trees.of(blob) for blob in blobs)
    if not before or "removed" in before:
        return False
    return not kept or "removed" in kept or _distance(before, moved) < _distance(before, kept)


def _distance(one: dict[str, Tree], other: dict[str, Tree] | None) -> int:
    return sum(change.path[0] not in {"id", "formerly"} for change in differences(one, other or {}))
