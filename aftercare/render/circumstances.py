"""Facts in words: their values, and what a line wants of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aftercare.language import N_, _, current, word
from aftercare.policies import categories, places, vocabulary

LIMITS = {"min": N_("at least {figure}"), "max": N_("at most {figure}"), "over": N_("more than {figure}")}
"""The limits of a number."""
NOT = "≠ "
"""Before what must not be."""
_OPPOSITE = {"yes": "no", "no": "yes"}
_LIMIT = re.compile(r"(min|max|over) (\S+)", re.ASCII)
_PART = re.compile(r"\b([a-z_]+)=", re.ASCII)
_IN_FORCE = re.compile(r"(\S*)\.\.(\S*)", re.ASCII)


def value(fact: str, text: str) -> str:
    """A value of a fact, which a trace or a record holds as text, as people say it."""
    known = vocabulary.facts().get(fact)
    if known is None:
        return text
    if known.type == "category":
        narrowest = text.split(", ", maxsplit=1)[0]  # goods that come with the wider kinds that they are of
        return categories.tree().name(narrowest, current()) if narrowest in categories.tree() else text
    if text == vocabulary.NONE:
        return word(text)
    if known.parts:
        return _PART.sub(lambda found: _("{name}=").format(name=word(found[1])), text)
    if fact in {"region", "said_region"}:
        return places.region_name(text, current())
    if known.type in {"day", "moment", "number", "money"}:
        return text
    # A text that packs know by a code (lost, full) has a word; one that somebody wrote is its own.
    return _(", ").join(map(word, text.split(", ")))


def wanted(fact: str, text: str) -> str:
    """What a line wants of a fact, as its check writes it: values, limits, days in force, or what it must not be."""
    if text.startswith(NOT):
        turned = text.removeprefix(NOT)
        if turned in _OPPOSITE:
            return value(fact, _OPPOSITE[turned])
        return _("not {wanted}").format(wanted=wanted(fact, turned))
    if text in {"known", "not known"}:
        return _("known") if text == "known" else _("none")
    if in_force := _IN_FORCE.fullmatch(text):
        return _between(*in_force.groups())
    if limits := list(map(_LIMIT.fullmatch, text.split(", "))):
        said = [_(LIMITS[found[1]]).format(figure=found[2]) for found in limits if found]
        if len(said) == len(limits):
            return _(", ").join(said)
    return _(" or ").join(dict.fromkeys(value(fact, one) for one in in_use(text.split(" / "))))


def in_use(values: Sequence[str]) -> Sequence[str]:
    """Of words that a pack gives in two languages those of the language in use; all where it gives them in one."""
    own = [one for one in values if one.isascii() is (current() != "zh")]
    return own if len(own) < len(values) and own and any(not one.isascii() for one in values) else values


def _between(since: str, until: str) -> str:
    if since and until:
        return _("from {start} to {end}").format(start=since, end=until)
    return _("from {day} on").format(day=since) if since else _("until {day}").format(day=until)
