"""Edits of a file that touch only what they change.

Comments, the order of keys, spacing, quotes, the byte order mark and the kind of newline stay byte for byte.  After
every edit the text is read again and compared with what was meant; an edit that would say anything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from aftercare import errors
from aftercare.plain import reading
from aftercare.plain.tree import Path, Tree, dotted, get

if TYPE_CHECKING:
    from aftercare.plain.patches import Patch


class Set(NamedTuple):
    """Give what is at ``path`` another value, or add it; mappings on the way to it are made where they are missing.

    Where a mapping gives way to a mapping, or a list to a list, only what differs in them is touched.  The empty path
    is the whole file.
    """

    path: Path
    value: Tree


class Append(NamedTuple):
    """Add an item to the list at ``path``, which is made if it is missing."""

    path: Path
    value: Tree


class Remove(NamedTuple):
    """Take away the key or the list item at ``path``; what held it stays, even when nothing is left in it."""

    path: Path


class Take(NamedTuple):
    """Take every item that equals ``value`` out of the list at ``path``."""

    path: Path
    value: Tree


Edit: TypeAlias = Set | Append | Remove | Take
_Step: TypeAlias = Set | Append | Remove


class NoSuchPath(ValueError):
    """An edit of something that the tree does not have, or that is of another shape; ``path`` says where."""

    def __init__(self, path: Path) -> None:
        super().__init__(dotted(path))
        self.path = path


def applied(tree: dict[str, Tree], edits: Sequence[Edit]) -> dict[str, Tree]:
    """A new tree, after the *edits* in their order; NoSuchPath for one that leads nowhere."""
    result = deepcopy(tree)
    for edit in edits:
        _apply(result, edit)
    return result


def apply(data: bytes, edits: Sequence[Edit], file: str) -> bytes:
    """The bytes of a file after the *edits* in their order; *file* is its name in errors.

    reading.Unreadable for a file that cannot be read, NoSuchPath for an edit that leads nowhere, and
    errors.EditNotFaithful for one that cannot be made in place.
    """
    tree = reading.read(data, file)
    text = reading.decoded(data)
    mark = data[: len(data) - len(text.encode())]
    for edit in edits:
        meant = applied(tree, [edit])
        text = _edited(text, tree, edit)
        if not _says(text, meant, file):
            raise errors.EditNotFaithful(file, dotted(edit.path))
        tree = meant
    return mark + text.encode()


def _apply(tree: dict[str, Tree], edit: Edit) -> None:
    """Make one edit of *tree* itself."""
    if isinstance(edit, Remove):
        _remove(tree, edit.path)
        return
    if isinstance(edit, Set):
        _set(tree, edit.path, deepcopy(edit.value))
        return
    items = get(tree, edit.path)
    if isinstance(edit, Append):
        if items is None:
            _set(tree, edit.path, [deepcopy(edit.value)])
            return
        if isinstance(items, list):
            items.append(deepcopy(edit.value))
            return
    elif isinstance(items, list) and edit.value in items:
        items[:] = [item for item in items if item != edit.value]
        return
    raise NoSuchPath(edit.path)


def _set(tree: dict[str, Tree], path: Path, value: Tree) -> None:
    if not path and isinstance(value, dict):
        tree.clear()
        tree.update(value)
        return
    holder: Any = tree
    for depth, step in enumerate(path[:-1]):
        if not _takes(holder, step):
            raise NoSuchPath(path[: depth + 1])
        if get(holder, (step,)) is None and isinstance(path[depth + 1], str):
            holder[step] = {}
        holder = get(holder, (step,))
    if not path or not _takes(holder, path[-1]):
        raise NoSuchPath(path)
    holder[path[-1]] = value


def _remove(tree: dict[str, Tree], path: Path) -> None:
    holder: Any = get(tree, path[:-1])
    if not path or not _takes(holder, path[-1]) or (isinstance(holder, dict) and path[-1] not in holder):
        raise NoSuchPath(path)
    del holder[path[-1]]


def _takes(holder: Tree, step: str | int) -> bool:
    """Whether *step* can lead to a value of *holder*: any key of a mapping, a position that a list has."""
    if isinstance(step, str):
        return isinstance(holder, dict)
    return isinstance(holder, list) and 0 <= step < len(holder)


def _edited(text: str, tree: dict[str, Tree], edit: Edit) -> str:
    from aftercare.plain import patches  # with a parser for the places in the text: who edits nothing needs none

    for step in _steps(tree, edit):
        text = patches.exchanged(text, _patches(text, step))
    return text


def _says(text: str, meant: dict[str, Tree], file: str) -> bool:
    try:
        return reading.read(text.encode(), file) == meant
    except reading.Unreadable:
        return False


def _patches(text: str, step: _Step) -> list[Patch]:
    from aftercare.plain import patches
    from aftercare.plain.spans import held

    if isinstance(step, Append):
        return patches.adding(text, held(text, step.path), None, step.value)
    holder, last = held(text, step.path[:-1]), step.path[-1]
    index = holder.place_of(last)
    if isinstance(step, Remove):
        return [] if index is None else patches.removing(text, holder, index)
    if index is None:
        return patches.adding(text, holder, str(last), step.value)
    return patches.replacing(text, holder, index, step.value)


def _steps(tree: dict[str, Tree], edit: Edit) -> Iterator[_Step]:
    """The smallest steps that make an *edit* of *tree*, in an order in which each still finds its place."""
    if isinstance(edit, Set):
        yield from _steps_of_set(tree, edit)
    elif isinstance(edit, Append):
        yield edit if get(tree, edit.path) else Set(edit.path, [edit.value])
    elif isinstance(edit, Remove):
        yield from _steps_of_removal(tree, edit.path[:-1], [edit.path[-1]])
    else:
        items = get(tree, edit.path)
        where = [index for index, item in enumerate(items or ()) if item == edit.value]
        yield from _steps_of_removal(tree, edit.path, where[::-1])


def _steps_of_removal(tree: dict[str, Tree], path: Path, gone: Sequence[str | int]) -> Iterator[_Step]:
    holder = get(tree, path)
    if path and isinstance(holder, dict | list) and len(holder) == len(gone):
        yield Set(path, {} if isinstance(holder, dict) else [])
    else:
        yield from (Remove((*path, step)) for step in gone)


def _steps_of_set(tree: dict[str, Tree], edit: Set) -> Iterator[_Step]:
    path, value = edit
    known = _known(tree, path)
    old = get(tree, known)
    if known != path:
        for step in reversed(path[len(known) + 1 :]):
            value = {str(step): value}
        name = path[len(known)]
        yield Set((*known, name), value) if old or not known else Set(known, {str(name): value})
    elif isinstance(old, dict) and isinstance(value, dict) and (not path or old.keys() & value.keys()):
        for name, item in value.items():
            yield from _steps_of_set(tree, Set((*path, name), item))
        yield from (Remove((*path, name)) for name in old if name not in value)
    elif isinstance(old, list) and isinstance(value, list) and old and value[: len(old)] == old:
        yield from (Append(path, item) for item in value[len(old) :])
    elif isinstance(old, list) and isinstance(value, list) and len(old) == len(value):
        for index, item in enumerate(value):
            yield from _steps_of_set(tree, Set((*path, index), item))
    elif old != value:
        yield Set(path, value)


def _known(tree: Tree, path: Path) -> Path:
    """As much of the way along *path* as there is."""
    for depth, step in enumerate(path):
        if not (isinstance(tree, list) or (isinstance(tree, dict) and step in tree)):
            return path[:depth]
        tree = get(tree, (step,))
    return path
