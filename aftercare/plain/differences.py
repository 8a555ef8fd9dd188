"""What is different between two trees, value by value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from aftercare.plain.tree import Path, Tree


class Difference(NamedTuple):
    """One value that is another now: where it stands, and what it was and is; ``None`` where there was or is none.

    What is gone stands at its path in the tree before, all else at its path in the tree after.
    """

    path: Path
    before: Tree
    after: Tree


def differences(before: Tree, after: Tree, path: Path = ()) -> Iterator[Difference]:
    """All that is different, in the order of the tree after; what is gone comes where it stood.

    A list of texts has had texts added and taken out; entries of other lists are the same one as long as they stand
    between the same neighbours, and differ in themselves.
    """
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (*before, *(key for key in after if key not in before)):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    else:
        yield Difference(path, before, after)


def _of_lists(before: Sequence[Tree], after: Sequence[Tree], path: Path) -> Iterator[Difference]:
    matcher = SequenceMatcher(
        None, [_known_by(one) for one in before], [_known_by(one) for one in after], autojunk=False
    )
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[start:end], after[begin:stop]
        if len(old) == len(new) and all(isinstance(one, dict) for one in (*old, *new)):
            for at, (was, is_now) in enumerate(zip(old, new, strict=True), start=begin):
                yield from differences(was, is_now, (*path, at))
        else:
            yield from (Difference((*path, at), one, None) for at, one in enumerate(old, start=start))
            yield from (Difference((*path, at), None, one) for at, one in enumerate(new, start=begin))


def _known_by(entry: Tree) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)
