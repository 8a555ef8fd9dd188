"""Strict reading of YAML: what was written is what is read, and what could be read in two ways is refused.

Every scalar stays text; only an unquoted ``~``, ``null`` or nothing at all is None.  What a reader could misjudge
(anchors, tags, merge keys, duplicate keys, control characters and the like) is a fault with file and line, and all
faults that can be found are collected.  What the tool itself writes is read without a parser
(:mod:`aftercare.plain.canonical`); all else goes to :mod:`aftercare.plain.parsing`, which is imported once a file needs
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from aftercare.errors import Fault
from aftercare.language import N_, _
from aftercare.plain.canonical import tree_of
from aftercare.plain.tree import MOST_FAULTS, Path, Tree

LARGEST = 1 << 20
DEEPEST = 20
LONGEST_KEY = 100
MOST_TAG_DIRECTIVES = 20
BOM = "\ufeff"

CODES: Mapping[str, str] = MappingProxyType(
    {
        "too-large": N_("the file is larger than 1 MiB"),
        "not-utf8": N_("the file is not UTF-8; it looks like {encoding}"),
        "control-character": N_("{character} is a character that cannot be seen and may mislead"),
        "conflict-marker": N_("git left a conflict here: choose one side and delete the marks"),
        "yaml-syntax": N_("this is not YAML: {problem}"),
        "empty-file": N_("the file says nothing"),
        "not-a-mapping": N_("a file holds keys and values, like “name: 王建国”"),
        "several-documents": N_("a second document begins here; a file holds one"),
        "duplicate-key": N_("“{key}” is written a second time"),
        "bad-key": N_("a key is one line of text, of at most 100 characters"),
        "merge-key": N_("“<<” merges mappings, which is not done here: write the values out"),
        "anchor": N_("“&” and “*” refer to other values, which is not done here: write the value out, or quote it"),
        "tag": N_("“!” and “%” give YAML types, which is not done here: remove the tag, or quote the text"),
        "too-deep": N_("values lie more than 20 levels deep"),
    }
)
"""Each code of a fault, which is permanent, and its sentence."""

_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
# Compiled where they are needed first: what is read without a parser needs none of them.
_NOT_IN_A_FILE_BUT_CR = f"[{_UNSEEN}\u2028\u2029\ufeff]"
_NOT_IN_A_FILE = rf"{_NOT_IN_A_FILE_BUT_CR}|\r(?!\n)"
_NOT_IN_A_TEXT = re.compile(f"[{_UNSEEN}\r]")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_TAG_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)
_MARK_LINE = r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r]|$)"


class Unreadable(ValueError):
    """A file that cannot be read; ``faults`` says everything that is wrong, in the order of its lines."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def unseen(text: str) -> str:
    """The first character of *text* that no record may hold (``U+001B``), or nothing."""
    found = _NOT_IN_A_TEXT.search(text)
    return _name(found.group()) if found else ""


def decoded(data: bytes) -> str:
    """The text of a file without its byte order mark."""
    return data.decode().removeprefix(BOM)


def composed(text: str) -> Any:
    """The node at the top of a *text* that :func:`read` takes, with the marks of where it stands."""
    from aftercare.plain import parsing

    return parsing.composed(text)


def read(data: bytes, file: str) -> dict[str, Tree]:
    """The mapping that *data* holds; Unreadable, with faults that name *file*, if it cannot be read strictly."""
    if len(data) > LARGEST:
        raise Unreadable([fault_of(file, 1, "too-large")])
    try:
        quickly = tree_of(data.decode())
    except UnicodeDecodeError:
        quickly = None
    return strictly(data, file) if quickly is None else quickly


def strictly(data: bytes, file: str) -> dict[str, Tree]:
    """As :func:`read`, always by the parser; nothing but the time differs."""
    text = checked(data, file)
    from aftercare.plain import parsing

    return parsing.Reader(text, file).mapping()


def read_many(data: bytes, file: str) -> list[Tree]:
    """What *data* of any size holds, the entries of a list or one value, read as strictly as by :func:`read`."""
    text = checked(data, file)
    from aftercare.plain import parsing

    return parsing.Reader(text, file).entries()


def checked(data: bytes, file: str) -> str:
    """The text of *data*; Unreadable if it is not UTF-8 or holds what no file may hold."""
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable([fault_of(file, line, "not-utf8", encoding=_encoding(data))]) from None
    if _suspicious(text):
        faults = _faults_of_characters(text, file)
        if faults:
            raise Unreadable(faults)
    # The parser compares each directive with all before it, so that a file of nothing else would take it for ever.
    directives = list(islice(_TAG_DIRECTIVE.finditer(text), MOST_TAG_DIRECTIVES)) if "%TAG" in text else []
    if len(directives) == MOST_TAG_DIRECTIVES:
        raise Unreadable([fault_of(file, text.count("\n", 0, directives[0].start()) + 1, "tag")])
    return text


def line_of(data: bytes, path: Path) -> int:
    """The line, counted from 1, where the value at *path* begins (at its key, if it has one).

    Where there is no such value it is the line of the nearest one above.  *data* is a file that :func:`read` takes.
    """
    return line_in(composed(decoded(data)), path)


def line_in(node: Any, path: Path) -> int:
    """As :func:`line_of`, of a text that is composed already."""
    line: int = node.start_mark.line
    for step in path:
        if node.id == "mapping":
            entry = next((entry for entry in node.value if entry[0].value == step), None)
            if entry is None:
                break
            line, node = entry[0].start_mark.line, entry[1]
        elif node.id == "sequence" and isinstance(step, int) and 0 <= step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1


def fault_of(file: str, line: int, code: str, **facts: str) -> Fault:
    """A fault of this *code*, its sentence filled with the *facts*."""
    return Fault(file, line, code, _(CODES[code]).format(**facts))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return _("another encoding")
    return "GB18030"


def _suspicious(text: str) -> bool:
    """Whether a closer look is due; the quick answer for the many files that are well."""
    return bool("\r" in text or any(sign in text for sign in _MARKS) or re.search(_NOT_IN_A_FILE_BUT_CR, text))


def _faults_of_characters(text: str, file: str) -> list[Fault]:
    unseen_ones = islice(re.finditer(_NOT_IN_A_FILE, text), MOST_FAULTS)
    found = [(hit.start(), "control-character", _name(hit.group())) for hit in unseen_ones]
    marks = islice(re.finditer(_MARK_LINE, text, re.MULTILINE), MOST_FAULTS)
    found += [(hit.start(), "conflict-marker", "") for hit in marks]
    faults, line, counted = [], 1, 0
    for position, code, character in sorted(found)[:MOST_FAULTS]:
        line += text.count("\n", counted, position)
        counted = position
        faults.append(fault_of(file, line, code, character=character))
    return list(dict.fromkeys(faults))  # what a power cut left is a line of one sign, a thousand times
