"""Facts as they are written on one line: behind a flag, or under ``facts:`` of a claim.

Lists and days stand with commas between them, a group as ``K=V,K=V``, several groups with semicolons; lists and groups
may be JSON too.  Only their form is read here; what fits a fact is for :mod:`aftercare.policies.judging.situation` to
say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aftercare.language import _
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.vocabulary import Fact

MANY = frozenset({"list", "days", "events"})
"""Types of facts that have any number of entries."""
GROUPED = frozenset({"group", "events"})
"""Types of facts whose entries have parts with names."""
_NOTHING = frozenset({"none", "无"})
_DATES = frozenset({"day", "days", "moment"})


class Miswritten(ValueError):
    """A text that has not the form of its fact, with the sentence that says which form that is."""

    def __init__(self, text: str, sentence: str) -> None:
        super().__init__(text)
        self.text = text
        self.sentence = sentence


def worded(fact: Fact, texts: Sequence[str], day: Callable[[str], str] = str) -> Tree:
    """What the texts say of a fact, one for each time that it was said; *day* reads words for dates.

    Miswritten for one that has not the form.
    """
    if len(texts) == 1 and texts[0].strip().casefold() in _NOTHING:
        return vocabulary.NONE
    entries = [entry for text in texts for entry in _entries(fact, text, day)]
    return entries if fact.type in MANY else entries[-1]


def _entries(fact: Fact, text: str, day: Callable[[str], str]) -> list[Tree]:
    if fact.type in MANY | GROUPED and text.lstrip().startswith(("[", "{")):
        said = _json(text)
        return said if isinstance(said, list) else [said]
    if fact.type in GROUPED:
        return [_group(fact, one, day) for one in _split(text, ";", "；") if one]
    many = [one for one in _split(text, ",", "，", "、") if one] if fact.type in MANY else [text]
    return [day(one) if fact.type in _DATES else one for one in many]


def _split(text: str, mark: str, *alike: str) -> list[str]:
    for other in alike:
        text = text.replace(other, mark)
    return [one.strip() for one in text.split(mark)]


def _group(fact: Fact, text: str, day: Callable[[str], str]) -> Tree:
    group: dict[str, Tree] = {}
    for pair in _split(text, ",", "，"):
        key, sign, value = (word.strip() for word in pair.partition("="))
        if not sign or not key:
            raise Miswritten(pair, _("write it as NAME=VALUE"))
        name = key.replace("-", "_")
        known = value and value.casefold() not in _NOTHING
        kind = fact.parts.get(name)
        is_date = isinstance(kind, str) and kind in _DATES
        group[name] = (day(value) if is_date else value) if known else None
    return group


def _json(text: str) -> Tree:
    """A list or group written as JSON, every scalar of which is taken as text."""
    import json  # only the rare value that is JSON pays for it

    try:
        return _as_text(json.loads(text, parse_int=str, parse_float=str))
    except (ValueError, RecursionError):
        raise Miswritten(text, _("it is not JSON")) from None


def _as_text(value: Any) -> Tree:
    if isinstance(value, dict):
        return {str(key): _as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
