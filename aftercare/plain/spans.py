"""Where in a text the entries of its lists and mappings stand.

A text is that of a file which :func:`aftercare.plain.reading.read` takes, without its byte order mark; places are
counted in characters.  The parser's marks are taken for where things begin; where lists, mappings and blocks of text
end is worked out here, because the marks include the blank lines and comments that follow.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeGuard

import yaml

from aftercare.plain.reading import composed
from aftercare.plain.tree import Path

_COLON = re.compile(r"\s*:")
_DASH = re.compile(r"^ *(-)(?=\s|$)", re.MULTILINE)
_HEADER = re.compile(r"[|>][-+0-9]*")


class Entry(NamedTuple):
    """One entry of a mapping or list: its key, dash or item begins at ``start``, its value may begin at ``after``.

    ``end`` is behind the last character of the value, before any comment that follows it.
    """

    start: int
    value: yaml.Node
    after: int
    end: int


class Held(NamedTuple):
    """A list or mapping in the text with its entries; ``is_top`` for the mapping that is the whole file."""

    node: yaml.CollectionNode
    entries: list[Entry]
    is_top: bool

    @property
    def is_flow(self) -> bool:
        """Whether it stands in brackets."""
        return not stands_in_lines(self.node)

    @property
    def is_mapping(self) -> bool:
        """Whether its entries have keys."""
        return isinstance(self.node, yaml.MappingNode)

    def place_of(self, step: str | int) -> int | None:
        """Which entry a step of a path names; None for a key that is not there."""
        if isinstance(step, int):
            return step
        names = [name.value for name, _value in self.node.value]
        return names.index(step) if step in names else None


def held(text: str, path: Path) -> Held:
    """The list or mapping at *path*, which exists."""
    node = composed(text)
    for step in path:
        node = node.value[step] if isinstance(step, int) else next(v for k, v in node.value if k.value == step)
    return Held(node, _entries(text, node), is_top=not path)


def stands_in_lines(node: yaml.Node) -> TypeGuard[yaml.CollectionNode]:
    """Whether a value is a list or mapping of dashes or keys in lines of their own."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written where the value would be."""
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def header(text: str, node: yaml.Node) -> str:
    """What announces a block of text, ``|-`` and the like; nothing for any other value."""
    if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
        return ""
    found = _HEADER.match(text, node.start_mark.index)
    return found.group() if found else ""


def line_start(text: str, place: int) -> int:
    """Where the line of *place* begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Where the line of *place* ends, before its newline."""
    end = text.find("\n", place)
    if end < 0:
        return len(text)
    return end - 1 if text[max(end - 1, 0)] == "\r" else end


def next_line(text: str, place: int) -> int:
    """Where the line after that of *place* begins, or the end of the text."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def column(text: str, entry: Entry) -> int:
    """The column of an entry, counted from 0."""
    return entry.start - line_start(text, entry.start)


def _entries(text: str, node: yaml.CollectionNode) -> list[Entry]:
    if isinstance(node, yaml.MappingNode):
        return [_keyed(text, name, value) for name, value in node.value]
    found: list[Entry] = []
    for item in node.value:
        start = after = item.start_mark.index
        if stands_in_lines(node):
            dash = _DASH.search(text, found[-1].end) if found else None
            start = dash.start(1) if dash else node.start_mark.index
            after = start + 1
        found.append(Entry(start, item, after, _content_end(text, item, after)))
    return found


def _keyed(text: str, name: yaml.Node, value: yaml.Node) -> Entry:
    behind_key = name.end_mark.index
    colon = _COLON.match(text, behind_key)
    after = colon.end() if colon else behind_key
    return Entry(name.start_mark.index, value, after, _content_end(text, value, after))


def _content_end(text: str, node: yaml.Node, after: int) -> int:
    if is_empty(node):
        return after
    end = node.end_mark.index
    if announced := header(text, node):
        if "+" in announced:
            return line_end(text, end - 1)
        return max(line_end(text, node.start_mark.index), line_end(text, len(text[:end].rstrip(" \t\r\n"))))
    return _entries(text, node)[-1].end if stands_in_lines(node) else end
