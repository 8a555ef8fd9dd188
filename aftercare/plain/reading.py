"""Strict reading of YAML: what was written is what is read, and what could be read in two ways is refused.

Every scalar stays text; only an unquoted ``~``, ``null`` or nothing at all is None.  What a reader could misjudge
(anchors, tags, merge keys, duplicate keys, control characters and the like) is a fault with file and line, and all
faults that can be found are collected.  The parser gives events only: PyYAML's constructors never run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

import yaml

from aftercare.errors import Fault
from aftercare.language import N_, _
from aftercare.plain.syntax import in_words
from aftercare.plain.tree import MOST_FAULTS, Path, Tree

Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser: libyaml's where PyYAML was built with it, else PyYAML's own, which is slower."""

LARGEST = 1 << 20
DEEPEST = 20
LONGEST_KEY = 100
MOST_TAG_DIRECTIVES = 20
BOM = "\ufeff"
NULLS = frozenset({"", "~", "null"})

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
_NOT_IN_A_FILE = re.compile(f"[{_UNSEEN}\u2028\u2029\ufeff]|\r(?!\n)")
_NOT_IN_A_FILE_BUT_CR = re.compile(f"[{_UNSEEN}\u2028\u2029\ufeff]")
_NOT_IN_A_TEXT = re.compile(f"[{_UNSEEN}\r]")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_TAG_DIRECTIVE = re.compile("^%TAG", re.MULTILINE)
_MARK_LINE = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r]|$)", re.MULTILINE)


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
    return yaml.compose(text, Loader)


def read(data: bytes, file: str) -> dict[str, Tree]:
    """The mapping that *data* holds; Unreadable, with faults that name *file*, if it cannot be read strictly."""
    if len(data) > LARGEST:
        raise Unreadable([_fault(file, 1, "too-large")])
    return _Reader(checked(data, file), file).mapping()


def read_many(data: bytes, file: str) -> list[Tree]:
    """What *data* of any size holds, the entries of a list or one value, read as strictly as by :func:`read`."""
    return _Reader(checked(data, file), file).entries()


def checked(data: bytes, file: str) -> str:
    """The text of *data*; Unreadable if it is not UTF-8 or holds what no file may hold."""
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable([_fault(file, line, "not-utf8", encoding=_encoding(data))]) from None
    if _suspicious(text):
        faults = _faults_of_characters(text, file)
        if faults:
            raise Unreadable(faults)
    # The parser compares each directive with all before it, so that a file of nothing else would take it for ever.
    directives = list(islice(_TAG_DIRECTIVE.finditer(text), MOST_TAG_DIRECTIVES)) if "%TAG" in text else []
    if len(directives) == MOST_TAG_DIRECTIVES:
        raise Unreadable([_fault(file, text.count("\n", 0, directives[0].start()) + 1, "tag")])
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
        if isinstance(node, yaml.MappingNode):
            entry = next((entry for entry in node.value if entry[0].value == step), None)
            if entry is None:
                break
            line, node = entry[0].start_mark.line, entry[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _fault(file: str, line: int, code: str, **facts: str) -> Fault:
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
    return bool("\r" in text or any(sign in text for sign in _MARKS) or _NOT_IN_A_FILE_BUT_CR.search(text))


def _faults_of_characters(text: str, file: str) -> list[Fault]:
    unseen_ones = islice(_NOT_IN_A_FILE.finditer(text), MOST_FAULTS)
    found = [(hit.start(), "control-character", _name(hit.group())) for hit in unseen_ones]
    marks = islice(_MARK_LINE.finditer(text), MOST_FAULTS)
    found += [(hit.start(), "conflict-marker", "") for hit in marks]
    faults, line, counted = [], 1, 0
    for position, code, character in sorted(found)[:MOST_FAULTS]:
        line += text.count("\n", counted, position)
        counted = position
        faults.append(_fault(file, line, code, character=character))
    return faults


class _Enough(Exception):
    """Reading on would not help: too many faults, or a file that nests without end."""


class _Reader:
    """One reading of one text: parser events in, a mapping or all faults out."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.escapes = "\\" in text  # only an escape can still bring in a character that the text itself does not hold
        self.loader = Loader(text)
        self.next: Any = self.loader.get_event

    def mapping(self) -> dict[str, Tree]:
        """The mapping at the top of the text."""
        top = self._top(dict)
        return top if isinstance(top, dict) else {}

    def entries(self) -> list[Tree]:
        """What the list at the top of the text holds, or else the one value there."""
        top = self._top(object)
        return top if isinstance(top, list) else [top]

    def _top(self, wanted: type[object]) -> Tree:
        top: Tree = None
        try:
            top = self._document(wanted)
        except yaml.YAMLError as error:
            self.faults.append(_syntax_fault(error, self.file))
        except _Enough:
            pass
        finally:
            self.loader.dispose()
        if self.faults:
            raise Unreadable(sorted(self.faults, key=lambda fault: fault.line))
        return top

    def _document(self, wanted: type[object]) -> Tree:
        self.next()
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            self._add(start, "empty-file", line=1)
            return None
        if start.tags:
            self._add(start, "tag")
        first = self.next()
        top = self._value(first, 1)
        if top is None and not self.faults:
            self._add(first, "empty-file", line=1)
        elif not isinstance(top, wanted):
            self._add(first, "not-a-mapping")
        self.next()
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._add(after, "several-documents")
        return top

    def _value(self, event: Any, depth: int) -> Tree:
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._add(event, "anchor")
            return None
        if event.anchor:
            self._add(event, "anchor")
        if event.tag:
            self._add(event, "tag")
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if depth > DEEPEST:
            self._add(event, "too-deep")
            raise _Enough
        return self._list(depth) if kind is yaml.SequenceStartEvent else self._mapping(depth)

    def _scalar(self, event: Any) -> str | None:
        text: str = event.value
        if text in NULLS and not event.style:
            return None
        if self.escapes and (character := unseen(text)):
            self._add(event, "control-character", character=character)
        return text

    def _list(self, depth: int) -> list[Tree]:
        items: list[Tree] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Tree]:
        mapping: dict[str, Tree] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self._value(event, depth + 1)
            if not isinstance(key, str) or not key or len(key) > LONGEST_KEY or "\n" in key:
                if type(event) is not yaml.AliasEvent:
                    self._add(event, "bad-key")
                key = ""
            elif key == "<<" and not event.style:
                self._add(event, "merge-key")
            elif key in mapping:
                self._add(event, "duplicate-key", key=key)
            mapping[key] = self._value(self.next(), depth + 1)
        return mapping

    def _add(self, event: Any, code: str, line: int = 0, **facts: str) -> None:
        self.faults.append(_fault(self.file, line or event.start_mark.line + 1, code, **facts))
        if len(self.faults) >= MOST_FAULTS:
            raise _Enough


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        place = error.problem_mark or error.context_mark
        problem = error.problem or error.context
        return _fault(file, place.line + 1 if place else 1, "yaml-syntax", problem=in_words(str(problem)))
    return _fault(file, 1, "yaml-syntax", problem=str(error).splitlines()[0])
