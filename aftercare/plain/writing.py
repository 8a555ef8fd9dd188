"""The one hand in which the tool writes YAML: what it writes reads back as the same text, here and elsewhere.

A scalar is left plain only where no reader of YAML 1.1 or 1.2 would take it for something else, save for what people
expect to see unquoted: days and times, ordinary figures, and the words yes and no.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache

from aftercare import errors
from aftercare.plain.reading import LONGEST_KEY, unseen
from aftercare.plain.tree import Tree

WIDEST = 110
"""The columns of a line within which a list or mapping stays on one line; a Chinese character takes two."""

_HOLDERS = (dict, list)
_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MOST_DIGITS = 15  # more are no figure but a number on a card, and some readers would round them
_PLAIN_KEYS = frozenset({"on"})  # a field of several records; a text "on" is quoted all the same
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_MISTAKABLE = re.compile(
    r"""(?xi:
    ~ | null | true | false | yes | no | on | off | y | n   # words of YAML 1.1 and 1.2
    | [-+]? [0-9.] [0-9_.,]* (?:e[-+]?[0-9]*)?              # figures with signs, dots, underscores, exponents
    | [-+]? 0 [xob] [0-9a-f_]*                              # other bases
    | [-+]? [0-9_]+ (?: : [0-9]+ )+ (?:\.[0-9_]*)?          # 12:30, once a figure to the base of 60
    | [-+]? \. (?: inf | nan )
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} (?: (?: t | [ ] ) .* )?
    )"""
)
_FIRST = "-?:,[]{}#&*!|>'\"%@`<=~.+"
"""Characters that a plain scalar of ours does not begin with, most of them because YAML gives them a meaning."""

_CERTAINLY_PLAIN = re.compile(
    r"(?!(?i:null|true|false|yes|no|on|off|y|n)\Z)"
    r"[A-Za-z\u4e00-\u9fa5](?:[0-9A-Za-z\u4e00-\u9fa5_./+-]|[ :](?=[0-9A-Za-z\u4e00-\u9fa5]))*"
)
"""What needs no closer look, as most names, ids and words: no reader takes it for anything else, wherever it stands."""
_NOT_PLAIN = re.compile(r":(?:\s|$)|\s#|[\t\n\u2028\u2029\ufeff]")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}?]")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"} | {c: f"\\u{ord(c):04X}" for c in "\u2028\u2029\ufeff"}
_ESCAPES = str.maketrans(_ESCAPED)


def write(tree: Mapping[str, Tree]) -> str:
    """The text of a file that holds *tree*, which :func:`aftercare.plain.reading.read` reads back as the same tree.

    Keys keep their order and nothing is left out.  errors.NotPlainText for a character that no file may hold,
    errors.NotAKey for a key that no file may hold.
    """
    return "\n".join(mapping_lines(tree, 0) if tree else ["{}"]) + "\n"


def scalar(text: str | None, *, flow: bool) -> str:
    """How one scalar is written, on one line; *flow* if it stands inside ``[]`` or ``{}``."""
    return "~" if text is None else _scalar(text, flow)


@lru_cache(maxsize=4096)  # the same keys, days and prices are written over and over
def _scalar(text: str, flow: bool) -> str:
    if _CERTAINLY_PLAIN.fullmatch(text):
        return text
    if character := unseen(text):
        raise errors.NotPlainText(character)
    return text if _is_plain(text, flow=flow) else f'"{text.translate(_ESCAPES)}"'


@lru_cache(maxsize=1024)
def key(text: str, *, flow: bool) -> str:
    """How the key of an entry is written; errors.NotAKey if it is none."""
    if not text or "\n" in text or len(text) > LONGEST_KEY:
        raise errors.NotAKey(text)
    return text if text in _PLAIN_KEYS else scalar(text, flow=flow)


def on_one_line(value: Tree) -> str:
    """How a value is written inside ``[]`` or ``{}``, or where one line is enough for a list or mapping."""
    if isinstance(value, str):
        return _scalar(value, True)
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key(name, flow=True)}: {on_one_line(item)}" for name, item in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(on_one_line, value)) + "]"
    return scalar(value, flow=True)


def entry_value(value: Tree, indent: int, used: int) -> list[str]:
    """What follows the colon of a key that stands at column *indent*: the rest of its line, then whole lines.

    *used* columns of its line are taken.  The rest of the line is empty for a value that begins on the next line.
    """
    if not isinstance(value, _HOLDERS):
        return _text_lines(value, indent + 2)
    told_apart = indent == 0 and any(isinstance(item, dict) for item in _children(value))
    if not told_apart and (line := _line_that_fits(value, used)):
        return [line]
    return ["", *(mapping_lines(value, indent + 2) if isinstance(value, dict) else _list_lines(value, indent))]


def item_value(value: Tree, indent: int, *, blockwise: bool = False) -> list[str]:
    """What follows the dash of a list item at column *indent*, as in :func:`entry_value`.

    With *blockwise* a mapping is written one key a line even where one line would do.
    """
    if not isinstance(value, _HOLDERS):
        return _text_lines(value, indent + 2)
    apart = blockwise and value and isinstance(value, dict)
    if not apart and (line := _line_that_fits(value, indent + 2)):
        return [line]
    lines = list(mapping_lines(value, indent + 2) if isinstance(value, dict) else _list_lines(value, indent + 2))
    return [lines[0].lstrip(" "), *lines[1:]]


def mapping_lines(mapping: Mapping[str, Tree], indent: int) -> Iterator[str]:
    """The lines of a mapping that is written one key a line, its keys at column *indent*."""
    for name, value in mapping.items():
        head = _head(name, indent)
        if isinstance(value, str) and "\n" not in value:  # as most are
            yield f"{head} {_scalar(value, False)}"
        else:
            yield from joined(head, entry_value(value, indent, _width(head) + 1))


@lru_cache(maxsize=1024)
def _head(name: str, indent: int) -> str:
    return f"{' ' * indent}{key(name, flow=False)}:"


def joined(head: str, value: list[str]) -> list[str]:
    """Whole lines from a *head* (``key:`` or a dash) and what follows it."""
    return [f"{head} {value[0]}" if value[0] else head, *value[1:]]


def _list_lines(items: list[Tree], indent: int) -> Iterator[str]:
    for item in items:
        yield from joined(f"{' ' * indent}-", item_value(item, indent))


def _text_lines(text: str | None, indent: int) -> list[str]:
    """A scalar outside of ``[]`` and ``{}``: on one line, or as ``|-`` with its lines at column *indent*."""
    if text is None or not _is_block(text):
        return [scalar(text, flow=False)]
    return ["|-", *(" " * indent + line if line else "" for line in text.split("\n"))]


def _is_block(text: str) -> bool:
    """Whether lines of text can stand under ``|-`` as they are and survive an editor that trims lines."""
    if "\n" not in text:
        return False
    lines = text.split("\n")
    if not lines[0] or lines[0][0].isspace() or not lines[-1]:
        return False
    if unseen(text) or any(character in text for character in "\t\u2028\u2029\ufeff"):
        return False
    return all(line == line.rstrip() for line in lines)


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip() or _NOT_PLAIN.search(text) or (flow and _NOT_PLAIN_IN_FLOW.search(text)):
        return False
    if _MISTAKABLE.fullmatch(text):
        return _is_expected_plain(text)
    return text[0] not in _FIRST


def _is_expected_plain(text: str) -> bool:
    """Whether a mistakable text is one of those that people expect to see unquoted and no reader garbles."""
    if text in {"yes", "no"}:
        return True
    if _FIGURE.fullmatch(text):
        return text != "-0" and sum(map(str.isdigit, text)) <= _MOST_DIGITS
    try:
        return bool(
            (_DAY.fullmatch(text) and date.fromisoformat(text))
            or (_TIME.fullmatch(text) and datetime.fromisoformat(text))
        )
    except ValueError:
        return False


def _children(value: dict[str, Tree] | list[Tree]) -> list[Tree]:
    return list(value.values()) if isinstance(value, dict) else value


def _line_that_fits(value: Tree, used: int) -> str:
    """A list or mapping on one line, if it may stand so: short enough, and no lines of text in it; else ""."""
    line = on_one_line(value)
    # Lines of text are escaped on one line, so most values need no closer look.
    too_wide = used + 2 * len(line) > WIDEST and used + _width(line) > WIDEST  # most are too short to be measured
    return "" if too_wide or ("\\n" in line and _holds_lines(value)) else line


def _holds_lines(value: Tree) -> bool:
    if isinstance(value, _HOLDERS):
        return bool(value) and any(map(_holds_lines, _children(value)))
    return value is not None and _is_block(value)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum([2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text])
