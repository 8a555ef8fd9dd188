"""The values of records as people say them, and the columns of their lists; no record is needed to show one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from aftercare.book.ids import parse, split_unit
from aftercare.language import _, label, word
from aftercare.plain.moments import Moment, iso
from aftercare.plain.tree import textify
from aftercare.records.outlines import Outline
from aftercare.records.words import PROMISE_KINDS, REMEDIES
from aftercare.render.rows import Column, plain

Describe: TypeAlias = Callable[[str], str]
"""A record in one line, by its id or that of a unit; "" where there is none."""
_STATES = ("open", "closed", "ask", "if_proven", "review")
_CODES = {"asked": REMEDIES, "remedy": REMEDIES, "what": PROMISE_KINDS, "damage": ("none",), "state": _STATES}
"""Fields of free text in which the words of a closed list are said as such."""


class Sayable(Protocol):
    """What has to be known of a field to say its value."""

    @property
    def name(self) -> str:
        """Its key in the file."""

    @property
    def choices(self) -> object:
        """Whether it takes only a few values, or which."""

    @property
    def refers(self) -> object:
        """Whether, or of what, it holds an id."""

    @property
    def may_refer(self) -> object:
        """Whether, or of what, it may hold an id."""

    @property
    def is_fact(self) -> bool:
        """Whether its moment is one that has happened."""


def columns(outline: Outline, describe: Describe) -> list[Column]:
    """The columns in which a list shows records of a kind."""
    return [Column(one.path, label(outline.model, one.path), _cell(one, describe)) for one in outline.columns]


def _cell(field: Sayable, describe: Describe) -> Callable[[Any], str]:
    def say(value: Any) -> str:
        if value is None:
            return plain(value)
        if isinstance(value, list):
            return _(", ").join(said(field, entry, describe) for entry in value)
        return said(field, value, describe)

    return say


def said(field: Sayable, value: Any, describe: Describe) -> str:
    """One value as people say it: yes or no, a word of a closed list, a time, whom or what an id means."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices or value in _CODES.get(field.name, ()):
        return word(str(value))
    if field.name == "exclusions":
        return circumstance(field.name, str(value))
    if isinstance(value, Moment):
        return iso(value).replace("T", " ")
    text = str(textify(value)) if not isinstance(value, tuple) else plain(list(value))
    if field.name != "id" and (field.refers or field.may_refer) and parse(split_unit(text)[0]):
        return describe(text) or text
    return text[:10] + " " + text[11:] if field.is_fact and text[10:11] == "T" else text


def circumstance(fact: str, value: str) -> str:
    """The value of a fact of a case."""
    from aftercare.render import circumstances  # the vocabulary is read only where facts are

    return circumstances.value(fact, value)
