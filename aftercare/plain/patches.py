"""Which stretches of a text give way to which others when one entry of a list or mapping is changed.

Everything outside of the patches stays as it is, so a patch is made as small as it can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import yaml

from aftercare.plain import writing
from aftercare.plain.spans import (
    Entry,
    Held,
    column,
    header,
    is_empty,
    line_end,
    line_start,
    next_line,
    stands_in_lines,
)
from aftercare.plain.tree import Tree

_COMMENT_LINE = re.compile(r"( *)#")
_REST_OF_FLOW_LINE = re.compile(r"[ \t]*(?:(,)[ \t]*)?(?:#[^\r\n]*)?(?=\r?\n|$)")
_COMMA = re.compile(r"\s*,")


class Patch(NamedTuple):
    """The characters from ``start`` up to ``end`` give way to ``new``."""

    start: int
    end: int
    new: str


def exchanged(text: str, patches: Iterable[Patch]) -> str:
    """The text after all *patches*, whose places are those of *text*; of two at one place the first stands first."""
    for start, end, new in sorted(patches, key=lambda patch: patch.start)[::-1]:
        text = text[:start] + new + text[end:]
    return text


def newline(text: str) -> str:
    """How the lines of *text* end: as the first of them does."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def replacing(text: str, holder: Held, index: int, value: Tree) -> list[Patch]:
    """The patches that give an entry another *value*."""
    entry = holder.entries[index]
    if holder.is_flow:
        start = entry.after if is_empty(entry.value) else entry.value.start_mark.index
        return [Patch(start, entry.end, _spaced(text, entry, start, writing.on_one_line(value)))]
    indent = column(text, entry)
    if holder.is_mapping:
        first, *rest = writing.entry_value(value, indent, entry.after - entry.start + indent + 1)
    else:
        first, *rest = writing.item_value(value, indent)
    start, end, body_start, body_end = _parts(text, entry)
    in_lines = bool(rest) and isinstance(value, dict | list)
    if in_lines and not text[entry.after : start].strip():
        start = entry.after  # the lines have their column from the key or dash, not from where the old value was
    if first:
        first = _spaced(text, entry, start, first)
    body = "".join(newline(text) + line for line in rest)
    return [Patch(start, end, first), Patch(body_start, body_end, body)]


def adding(text: str, holder: Held, name: str | None, value: Tree) -> list[Patch]:
    """The patches that add an entry at the end: *name* is its key, or None in a list."""
    if holder.is_flow or not holder.entries:
        head = "" if name is None else f"{writing.key(name, flow=True)}: "
        return _adding_to_flow(text, holder, head + writing.on_one_line(value))
    last, indent = holder.entries[-1], column(text, holder.entries[0])
    if name is None:
        item = writing.item_value(value, indent, blockwise=stands_in_lines(last.value))
        lines = writing.joined(" " * indent + "-", item)
    else:
        lines = list(writing.mapping_lines({name: value}, indent))
    place = _last_line_end(text, last)
    added = Patch(place, place, "".join(newline(text) + line for line in lines))
    return [*_keeping_last_text(text, last.value, place), added]


def removing(text: str, holder: Held, index: int) -> list[Patch]:
    """The patches that take an entry away, with the comments that are its own.

    Those are the comment at the end of its line, comment lines below that are indented deeper than it, and comment
    lines directly above at its own column, unless they head the file.  The only entry of a list or mapping that
    stands in lines cannot go, but for the whole file's.
    """
    if holder.is_flow:
        return [_removing_from_flow(text, holder, index)]
    entry = holder.entries[index]
    line, end = line_start(text, entry.start), _last_line_end(text, entry)
    if len(holder.entries) == 1:
        return [Patch(entry.start, end, "{}")]
    if text[line : entry.start].strip():
        return [_removing_beside_dash(text, holder, index)]
    start = line if holder.is_top and index == 0 else _own_comments(text, holder, index)
    after = next_line(text, end)
    text_before = header(text, _last_value(holder.entries[index - 1].value)) if index else ""
    if "+" in text_before:  # to which blank lines below would be joined
        after = len(text) - len(text[after:].lstrip("\r\n"))
    if after == end and not text_before:  # the file still lacks its last newline
        start = line_end(text, start - 1)
    return [Patch(start, after, "")]


def _parts(text: str, entry: Entry) -> tuple[int, int, int, int]:
    """What a value outside of brackets takes up: a stretch of a line, and the whole lines that follow that line."""
    node, end = entry.value, line_end(text, entry.end)
    start = node.start_mark.index
    if is_empty(node):
        return entry.after, entry.after, end, end
    if announced := header(text, node):
        behind_header = start + len(announced)
        return start, behind_header, line_end(text, behind_header), end
    if not stands_in_lines(node):
        return start, entry.end, end, end
    end = _last_line_end(text, entry)
    if "\n" in text[entry.after : start]:
        return entry.after, entry.after, line_end(text, entry.after), end
    return start, end, end, end


def _spaced(text: str, entry: Entry, start: int, new: str) -> str:
    """*new* with the space or colon that it needs before it at *start*."""
    if start != entry.after or entry.after == entry.start:
        return new
    return f" {new}" if text[start - 1] in ":-" else f": {new}"


def _adding_to_flow(text: str, holder: Held, new: str) -> list[Patch]:
    inside, close = holder.node.start_mark.index + 1, holder.node.end_mark.index - 1
    if not holder.entries:
        return [Patch(inside, inside if text[inside:close].strip() else close, new)]
    last = holder.entries[-1]
    line = line_start(text, last.start)
    rest = _REST_OF_FLOW_LINE.match(text, last.end)
    if rest and not text[line : last.start].strip():
        added = newline(text) + text[line : last.start] + new + (rest.group(1) or "")
        comma = [] if rest.group(1) else [Patch(last.end, last.end, ",")]
        return [*comma, Patch(rest.end(), rest.end(), added)]
    comma_before = " , " if text[last.end - 1] == ":" else ", "
    return [Patch(last.end, last.end, comma_before + new)]


def _removing_from_flow(text: str, holder: Held, index: int) -> Patch:
    entries, entry = holder.entries, holder.entries[index]
    is_last = index == len(entries) - 1
    line = line_start(text, entry.start)
    rest = _REST_OF_FLOW_LINE.match(text, entry.end)
    if rest and not text[line : entry.start].strip() and (rest.group(1) or is_last):
        return Patch(_own_comments(text, holder, index), next_line(text, rest.end()), "")
    if len(entries) == 1:
        return Patch(holder.node.start_mark.index + 1, holder.node.end_mark.index - 1, "")
    if is_last:
        before = entries[index - 1].end
        if "#" in text[before : entry.start]:
            return Patch(entry.start, entry.end, "")
        return Patch(before, entry.end, " " if text[before - 1] == ":" else "")  # {a:} is no YAML, {a: } is
    after = entries[index + 1].start
    comma = _COMMA.match(text, entry.end)
    return Patch(entry.start, comma.end() if comma and "#" in text[entry.end : after] else after, "")


def _removing_beside_dash(text: str, holder: Held, index: int) -> Patch:
    """Take away an entry that begins on its parent's line, ``- a: 1``; the next entry moves up to its place."""
    entry, end = holder.entries[index], _last_line_end(text, holder.entries[index])
    after = holder.entries[index + 1].start if index + 1 < len(holder.entries) else end
    if text[end:after].strip():  # comments of the next entry, which stay where they are
        return Patch(len(text[: entry.start].rstrip(" ")), end, "")
    return Patch(entry.start, after, "")


def _own_comments(text: str, holder: Held, index: int) -> int:
    """Where the comment lines directly above an entry begin, or its own line where there are none."""
    start = line_start(text, holder.entries[index].start)
    indent = column(text, holder.entries[index])
    bound = next_line(text, holder.entries[index - 1].end) if index else holder.node.start_mark.index * holder.is_flow
    while start > bound:
        above = line_start(text, start - 1)
        comment = _COMMENT_LINE.match(text, above)
        if above < bound or not comment or len(comment.group(1)) != indent:
            break
        start = above
    return start


def _last_line_end(text: str, entry: Entry) -> int:
    """The end of the last line of an entry, counting comment lines below that are indented deeper than it."""
    indent = column(text, entry)
    end = line_end(text, entry.end)
    while comment := _COMMENT_LINE.match(text, next_line(text, end)):
        if len(comment.group(1)) <= indent:
            break
        end = line_end(text, comment.end())
    return end


def _keeping_last_text(text: str, node: yaml.Node, place: int) -> list[Patch]:
    """The patch of ``|`` to ``|-`` for a block of text that lacks its last newline and is about to get one."""
    last = _last_value(node)
    announced = header(text, last)
    if not announced or place < len(text) or announced.endswith(("-", "+")):
        return []
    behind = last.start_mark.index + len(announced)
    return [Patch(behind, behind, "-")]


def _last_value(node: yaml.Node) -> yaml.Node:
    """What is written last of a value that stands in lines; any other value itself."""
    while stands_in_lines(node):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
