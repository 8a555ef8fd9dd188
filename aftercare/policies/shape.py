"""Reading a pack's tree by asking each value for what it should be; what it is not is collected, never raised."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, TypeVar

from aftercare.language import N_, _
from aftercare.plain.moments import Span
from aftercare.plain.tree import Path, Tree, dotted

UNITS = ("hours", "days", "months", "years")
_LONGEST = {"hours": 24 * 36500, "days": 36500, "months": 1200, "years": 100}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


class Words(NamedTuple):
    """A text in both languages."""

    en: str
    zh: str

    def said(self, language: str) -> str:
        """The text in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


class Complaint(NamedTuple):
    """What is wrong at one path of a pack."""

    path: Path
    code: str
    sentence: str


_Read = TypeVar("_Read")


class Node(NamedTuple):
    """One value of a pack and the way to it; ``complaints`` is the whole pack's."""

    value: Tree
    path: Path
    complaints: list[Complaint]

    def complain(self, code: str, sentence: str, **facts: object) -> None:
        """Say what is wrong here; ``{where}`` and ``{value}`` of the sentence are filled in."""
        value = self.value if isinstance(self.value, str) else "…"
        text = _(sentence).format(where=dotted(self.path), value=value, **facts)
        self.complaints.append(Complaint(self.path, code, text))

    def down(self, step: str | int, value: Tree) -> Node:
        """A value within this one."""
        return Node(value, (*self.path, step), self.complaints)

    def keys(self, known: Sequence[str], needed: Collection[str] = ()) -> dict[str, Node]:
        """The values under the *known* keys that say something; unknown keys and absent *needed* ones are faults."""
        found = self.named()
        for key in [key for key in found if key not in known]:
            node = found.pop(key)
            likely = difflib.get_close_matches(key, known, n=1)
            if likely:
                node.complain(
                    "unknown-key",
                    N_("{where}: nothing here is called “{key}”; did you mean “{likely}”?"),
                    key=key,
                    likely=likely[0],
                )
            else:
                node.complain(
                    "unknown-key",
                    N_("{where}: nothing here is called “{key}”; known are {known}"),
                    key=key,
                    known=", ".join(known),
                )
        said = {key: node for key, node in found.items() if node.value is not None}
        if isinstance(self.value, dict):
            for key in known:
                if key in needed and key not in said:
                    self.down(key, None).complain("missing", N_("{where} is missing"))
        return said

    def named(self) -> dict[str, Node]:
        """The values of a mapping whose keys are free."""
        if isinstance(self.value, dict):
            path, complaints = self.path, self.complaints
            return {key: Node(value, (*path, key), complaints) for key, value in self.value.items()}
        self.complain("shape", N_("{where}: a group of named values is wanted, not “{value}”"))
        return {}

    def entries(self) -> list[Node]:
        """The values of a list."""
        if isinstance(self.value, list):
            path, complaints = self.path, self.complaints
            return [Node(value, (*path, at), complaints) for at, value in enumerate(self.value)]
        self.complain("shape", N_("{where}: a list is wanted, not “{value}”"))
        return []

    def text(self) -> str:
        """A text that says something; "" where it is a fault."""
        if isinstance(self.value, str) and (text := self.value.strip()):
            return text
        self.complain("shape", N_("{where}: a text is wanted"))
        return ""

    def matching(self, pattern: re.Pattern[str], like: str) -> str:
        """A text of the *pattern*, of which *like* is an example; "" where it is a fault."""
        text = self.text()
        if text and not pattern.fullmatch(text):
            self.complain("value", N_("{where}: “{value}” does not fit; write it like {like}"), like=like)
            return ""
        return text

    def choice(self, known: Collection[str]) -> str:
        """One of the *known* words; "" where it is a fault."""
        text = self.text()
        if text and text not in known:
            self.complain("choice", N_("{where}: “{value}” is none of {choices}"), choices=", ".join(known) or "—")
            return ""
        return text

    def yes(self) -> bool:
        """Yes or no; no where it is a fault."""
        return self.choice(("yes", "no")) == "yes"

    def day(self) -> date | None:
        """A day, or None where it is a fault."""
        text = self.text()
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                return date.fromisoformat(text)
        if text:
            self.complain("date", N_("{where}: “{value}” is not a day like 2026-03-04"))
        return None

    def whole(self, least: int, most: int) -> int:
        """A whole number within the limits; *least* where it is a fault."""
        text = self.text()
        number = int(text) if _WHOLE.fullmatch(text) else None
        if number is None or not least <= number <= most:
            if text:
                self.complain(
                    "number",
                    N_("{where}: “{value}” is not a whole number from {least} to {most}"),
                    least=least,
                    most=most,
                )
            return least
        return number

    def span(self) -> Span:
        """A length of time, like ``{days: 7}``."""
        parts = self.keys(UNITS)
        if len(parts) == 1:
            unit, node = next(iter(parts.items()))
            return Span(**{unit: node.whole(0, _LONGEST[unit])})
        if isinstance(self.value, dict):
            self.complain("shape", N_("{where}: a length of time has one unit, like {example}"), example="{days: 7}")
        return Span()

    def words(self) -> Words:
        """A text in both languages, ``{en: …, zh: …}``; a plain text stands for both."""
        if isinstance(self.value, dict):
            said = {language: node.text() for language, node in self.keys(("en", "zh"), needed=("en", "zh")).items()}
            return Words(said.get("en", ""), said.get("zh", ""))
        text = self.text()
        return Words(text, text)


def in_force(node: Node) -> tuple[date | None, date | None]:
    """The first and the last day on which something is in force, ``{from: …, to: …}``; None where it has none."""
    said = node.keys(("from", "to"), needed=("from",))
    since = said["from"].day() if "from" in said else None
    until = said["to"].day() if "to" in said else None
    if since and until and until < since:
        said["to"].complain("value", N_("{where}: “{value}” is before the first day in force"))
    return since, until


def value_of(said: Mapping[str, Node], key: str, read: Callable[[Node], _Read], absent: _Read) -> _Read:
    """What *read* makes of the value under a key; *absent* where there is none."""
    return read(said[key]) if key in said else absent
