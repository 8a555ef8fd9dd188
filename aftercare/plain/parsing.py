"""The strict reading of any YAML, by the events of a parser: PyYAML's constructors never run.

Nobody but :mod:`aftercare.plain.reading` asks for it, and only once a file needs it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.reading import DEEPEST, LONGEST_KEY, Unreadable, fault_of, unseen
from aftercare.plain.syntax import in_words
from aftercare.plain.tree import MOST_FAULTS, Tree

Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser: libyaml's where PyYAML was built with it, else PyYAML's own, which is slower."""

_GLUED = re.compile("[^\\s]#")
_HEAD = re.compile("[|>][-+0-9]*#")
_NULLS = frozenset({"", "~", "null"})


def composed(text: str) -> Any:
    """As :func:`aftercare.plain.reading.composed`."""
    return yaml.compose(text, Loader)


class _Enough(Exception):
    """Reading on would not help: too many faults, or a file that nests without end."""


class Reader:
    """One reading of one text: parser events in, a mapping or all faults out."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.escapes = "\\" in text  # only an escape can still bring in a character that the text itself does not hold
        self.glued = text if _GLUED.search(text) else ""
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
        if text in _NULLS and not event.style:
            return None
        if self.glued and event.style and self._loses_a_sign(event):
            why = _("a # stands right behind a text; put a blank before a remark, and quotes round the whole text")
            self._add(event, "yaml-syntax", problem=why)
        if self.escapes and (character := unseen(text)):
            self._add(event, "control-character", character=character)
        return text

    def _loses_a_sign(self, event: Any) -> bool:
        """Whether a ``#`` stands right behind a quote or the sign of a block: what follows would be lost."""
        begins, ends = event.start_mark.index, event.end_mark.index
        return self.glued[ends : ends + 1] == "#" if event.style in "'\"" else bool(_HEAD.match(self.glued, begins))

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
        self.faults.append(fault_of(self.file, line or event.start_mark.line + 1, code, **facts))
        if len(self.faults) >= MOST_FAULTS:
            raise _Enough


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        place = error.problem_mark or error.context_mark
        problem = error.problem or error.context
        return fault_of(file, place.line + 1 if place else 1, "yaml-syntax", problem=in_words(str(problem)))
    return fault_of(file, 1, "yaml-syntax", problem=str(error).splitlines()[0])
