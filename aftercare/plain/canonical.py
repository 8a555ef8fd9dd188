"""The quick reading of what the tool itself writes; whatever it does not know for certain it leaves to the strict one.

:mod:`aftercare.plain.writing` writes few of the many forms of YAML.  Of those the usual ones are taken here, line by
line and without a parser: keys of plain letters, texts without a sign that could mean something, double quotes, lines
of text under ``|-``, and brackets on one line.  A text that holds anything else is not judged: the answer is None, and
:mod:`aftercare.plain.reading` reads it strictly.  ``python -m tests.plain.differential`` compares the two.
"""

from __future__ import annotations

import re

from aftercare.plain.tree import Tree

_BARRED = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
"""What no text holds here: tabs, what is refused, and what ends a line for some readers; none of it can be printed."""

_LINES_HERE = "\x01"
"""What stands between quotes where lines of text were taken out."""

_DEEPEST = 8  # of blocks, and of brackets within them; the strict reading goes to 20
_KEY = r"\w[\w./-]{0,99}"
_FIRST = r"""-?[^ \n\-?:,\[\]{}#&*!|>'"%@`<=~.+]"""


def _plain(barred: str) -> str:
    """The pattern of a text without quotes: no colon ends a word of it, no blank ends it."""
    others = rf"[^:\n{barred}]*"
    return rf"{_FIRST}{others}(?::(?=[^ \n{barred}]){others})*(?<! )"


_QUOTED = r'"[^"\\\n]*(?:\\(?:["\\nt]|u(?:2028|2029|FEFF))[^"\\\n]*)*"'
_PLAIN_IN_BRACKETS = _plain(r",\[\]{}?")
_LINE = re.compile(
    rf"^( *(?:- ){{0,4}})(?:({_KEY}):(?: (?=[^ \n])|(?=\n)))?(?:({_plain('')})|({_QUOTED})|([\[{{][^\n]*))?\n",
    re.MULTILINE,
)
_FLAT = re.compile(
    rf"\{{{_KEY}: {_PLAIN_IN_BRACKETS}(?:, {_KEY}: {_PLAIN_IN_BRACKETS})*\}}"
    rf"|\[{_PLAIN_IN_BRACKETS}(?:, {_PLAIN_IN_BRACKETS})*\]"
)
_ENTRY = rf"(?:({_KEY}): )?(?:({_PLAIN_IN_BRACKETS})|({_QUOTED})|(?=([\[{{])))"
_BLOCK = rf"( *(?:- )*)({_KEY}: )?\|-"
_ESCAPE = re.compile(r"\\(u[0-9A-F]{4}|.)")
_ESCAPED = {"n": "\n", "t": "\t", "u2028": "\u2028", "u2029": "\u2029", "uFEFF": "\ufeff"}


def tree_of(text: str) -> dict[str, Tree] | None:
    """The tree that the strict reading of *text* gives; None where that alone can tell."""
    if " #" in text or "null" in text:  # a comment, or what may mean nothing
        return None
    if not text.replace("\n", " ").isprintable() and re.search(_BARRED, text):
        return None
    blocks: list[str] = []
    if "|-\n" in text:
        text = _without_blocks(text, blocks)
    lines = _LINE.findall(text)
    if not lines or len(lines) != text.count("\n") or text[-1] != "\n":
        return None
    return _composed(lines, blocks)


def _composed(lines: list[tuple[str, ...]], blocks: list[str]) -> dict[str, Tree] | None:
    """The tree that the lines make, each given as what stands before its key, its key, and its value in three forms."""
    outline = _Outline()
    top, levels = outline.top, outline.levels
    waiting = ""  # the key whose value begins on the next line
    for lead, key, plain, quoted, brackets in lines:
        value: Tree = plain or (_unquoted(quoted, blocks) if quoted else _bracketed(brackets) if brackets else None)
        if value is None and (brackets or not key):
            return None
        holder: dict[str, Tree] | list[Tree] | None = top
        if lead or waiting:
            holder = outline.holder(lead, waiting)
        elif len(levels) > 1:
            del levels[1:]  # whatever was open has ended
        if isinstance(holder, list):
            if not key:
                holder.append(value)
                waiting = ""
                continue
            holder = outline.item(holder, len(lead))
        if holder is None or not key or key in holder:
            return None
        holder[key] = value
        waiting = key if value is None else ""
    return None if waiting else top


class _Outline:
    """The mappings and lists that are open at a line, with the columns of their keys and dashes."""

    def __init__(self) -> None:
        self.top: dict[str, Tree] = {}
        self.levels: list[tuple[int, dict[str, Tree] | list[Tree]]] = [(0, self.top)]

    def holder(self, lead: str, waiting: str) -> dict[str, Tree] | list[Tree] | None:
        """What a line with these blanks and dashes before it adds to; None where the lines above do not fit."""
        dashes = lead.count("-")
        column = len(lead) - 2 * dashes
        if not (self._begun(column, dashes, waiting) if waiting else self._reached(column, dashes)):
            return None
        for place in range(1, dashes):
            inner: list[Tree] = []
            outer = self.levels[-1][1]
            if not isinstance(outer, list):
                return None
            outer.append(inner)
            self.levels.append((column + 2 * place, inner))
        return self.levels[-1][1] if len(self.levels) <= _DEEPEST else None

    def item(self, items: list[Tree], column: int) -> dict[str, Tree]:
        """A new mapping in a list, whose keys stand at *column*."""
        mapping: dict[str, Tree] = {}
        items.append(mapping)
        self.levels.append((column, mapping))
        return mapping

    def _begun(self, column: int, dashes: int, waiting: str) -> bool:
        """Whether the value of the key above begins here: a list at its column or inside, a mapping inside."""
        above, mapping = self.levels[-1]
        if not isinstance(mapping, dict) or not (column == above + 2 or (dashes and column == above)):
            return False
        value: dict[str, Tree] | list[Tree] = [] if dashes else {}
        mapping[waiting] = value
        self.levels.append((column, value))
        return True

    def _reached(self, column: int, dashes: int) -> bool:
        """Whether a mapping, or with a dash a list, is open at this column; what is deeper ends."""
        levels = self.levels
        while levels[-1][0] > column or (levels[-1][0] == column and not dashes and isinstance(levels[-1][1], list)):
            levels.pop()
        return levels[-1][0] == column and isinstance(levels[-1][1], list) == bool(dashes)


def _without_blocks(text: str, blocks: list[str]) -> str:
    """The *text* with a sign between quotes in the place of each ``|-`` and its lines, which are put into *blocks*."""
    lines, kept, at = text.split("\n"), [], 0
    while at < len(lines):
        line = lines[at]
        at += 1
        head = re.fullmatch(_BLOCK, line) if line.endswith("|-") else None
        if head:
            margin = " " * (len(head[1]) + (2 if head[2] else 0))
            begin = at
            while at < len(lines) - 1 and (not lines[at] or (margin and lines[at].startswith(margin))):
                at += 1
            block = [inside[len(margin) :] for inside in lines[begin:at]]
            if block and block[0][:1] not in {"", " "} and block[-1] and not any(one.endswith(" ") for one in block):
                blocks.insert(0, "\n".join(block))
                line = f'{line[:-2]}"{_LINES_HERE}"'
        kept.append(line)
    return "\n".join(kept)


def _unquoted(quoted: str, blocks: list[str]) -> str:
    text = quoted[1:-1]
    if text == _LINES_HERE:
        return blocks.pop()
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(escape: re.Match[str]) -> str:
    return _ESCAPED.get(escape[1], escape[1])


def _bracketed(text: str) -> Tree:
    """What a line's brackets hold; None for what is not certain."""
    if _FLAT.fullmatch(text):
        parts = text[1:-1].split(", ")
        if text[0] == "[":
            return list(parts)
        mapping: dict[str, Tree] = {key: value for key, _colon, value in (part.partition(": ") for part in parts)}
        return mapping if len(mapping) == len(parts) else None
    read = _nested(re.compile(_ENTRY), text, 0, 1)
    return read[0] if read and read[1] == len(text) else None


def _nested(pattern: re.Pattern[str], text: str, at: int, depth: int) -> tuple[Tree, int] | None:
    """What the bracket that opens *at* a place holds, and where it ends."""
    closing = "]" if text[at] == "[" else "}"
    items: list[Tree] = []
    mapping: dict[str, Tree] = {}
    at += 1
    more = not text.startswith(closing, at)
    while more:
        entry = pattern.match(text, at)
        if not entry or (entry[1] is None) == (closing == "}") or entry[1] in mapping:
            return None
        at = entry.end()
        value: Tree = entry[2] or (entry[3] and _unquoted(entry[3], []))
        if value is None:
            inner = _nested(pattern, text, at, depth + 1) if depth < _DEEPEST else None
            if inner is None:
                return None
            value, at = inner
        if closing == "]":
            items.append(value)
        else:
            mapping[entry[1]] = value
        more = text.startswith(", ", at)
        at += 2 if more else 0
    return (items if closing == "]" else mapping, at + 1) if text.startswith(closing, at) else None
