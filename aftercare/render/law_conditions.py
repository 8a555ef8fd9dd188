"""Conditions of law in words, from their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aftercare import language
from aftercare.language import N_, _
from aftercare.render import circumstances
from aftercare.render.grants import label


def any_words(cases: Sequence[Sequence[Mapping[str, Any]]], said: Mapping[str, Any]) -> str:
    """Alternatives, of which one must hold."""
    return _("; or ").join(all_words(case, said) for case in cases)


def all_words(conditions: Sequence[Mapping[str, Any]], said: Mapping[str, Any]) -> str:
    """Conditions that must all hold; *said* is the row whose windows they name."""
    return _(" and ").join(_condition(one, said) for one in conditions)


def _condition(one: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """A condition of a row in words."""
    if "within" in one:
        window = title_of(said, one["within"])
        return _tested(N_("{fact} is within “{window}”"), N_("it is within “{window}”"), window, one["tested"])
    if "after" in one:
        window = title_of(said, one["after"])
        return _tested(N_("{fact} is past “{window}”"), N_("“{window}” is over"), window, one["tested"])
    fact = label(one["fact"])
    if one["known"] is not None:
        return (_("{fact} is known") if one["known"] else _("{fact} is not known")).format(fact=fact)
    wanted = [_(" or ").join(circumstances.value(one["fact"], value) for value in one["values"])]
    wanted += [_(limit).format(figure=one[name]) for name, limit in circumstances.LIMITS.items() if one[name]]
    return _("{fact}: {value}").format(fact=fact, value=_(", ").join(filter(None, wanted)))


def title_of(said: Mapping[str, Any], window: str) -> str:
    """What a window that a row names is called; its name where it has no title."""
    titles = said.get("titles") or {one["name"]: one["title"] for one in said.get("windows", ())}
    return titles[window][language.current()] if titles.get(window) else window


def _tested(named: str, plain: str, window: str, fact: str | None) -> str:
    return _(named).format(fact=label(fact), window=window) if fact else _(plain).format(window=window)
