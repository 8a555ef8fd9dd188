"""What is known of facts: their values, how these are read from text, and how they are written as text again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from aftercare.plain.moments import Moment, day_of, in_order, iso, parse
from aftercare.plain.text import figure
from aftercare.plain.tree import Path, Tree
from aftercare.policies import categories, vocabulary
from aftercare.policies.vocabulary import Fact

Origin: TypeAlias = Literal["stated", "assumed", "measured", "none"]
YES, NO = frozenset({"yes", "true", "是"}), frozenset({"no", "false", "否"})
"""The words for yes and for no."""
_NOTHING = frozenset({"none", "无"})


class Stay(NamedTuple):
    """One stay of the unit in the workshop; ``out`` is None while it is there."""

    in_: Moment
    out: Moment | None = None
    because: str = ""
    problem: str = ""
    result: str = ""
    severity: str = ""


class Place(NamedTuple):
    """Where a fact stands: a record, and the path within it."""

    record: str
    path: Path = ()


class Given(NamedTuple):
    """What is known of a fact; the value is None where it is known that there is no such thing."""

    value: Any
    origin: Origin
    place: Place | None = None

    @property
    def text(self) -> str:
        """The value as text, the same in every language."""
        return as_text(self.value)


class Unknown(NamedTuple):
    """Nobody knows it; *asks* are the facts that would settle it.  A number may lie between two bounds all the same."""

    asks: tuple[str, ...]
    between: tuple[int, int] | None = None


def as_text(value: Any) -> str:
    """A value of any fact as text, the same in every language."""
    match value:
        case None:
            return vocabulary.NONE
        case bool():
            return "yes" if value else "no"
        case date():
            return iso(value)
        case Decimal():
            return format(value, "f")
        case Stay():
            return f"{iso(value.in_)}..{iso(value.out) if value.out else ''}"
        case Mapping():
            return " ".join(f"{key}={as_text(one)}" for key, one in value.items())
        case tuple() | list():
            return ", ".join(as_text(one) for one in value) or vocabulary.NONE
        case _:
            return str(value)


def typed(fact: Fact, value: Tree) -> Any:
    """The value of a fact from its text, or from a list or group of texts; ValueError where it does not fit."""
    if isinstance(value, str) and value.strip().casefold() in _nothing(fact):
        return () if fact.type in {"list", "events", "days"} else None
    if fact.type == "list":
        entries = value if isinstance(value, list) else [value]
        return tuple(_choice(fact, _text(entry)) for entry in entries)
    if fact.type == "days":
        return tuple(day_of(parse(_text(entry))) for entry in (value if isinstance(value, list) else [value]))
    if fact.type == "events":
        if not isinstance(value, list):
            raise ValueError(value)
        events = [_group(fact, entry) for entry in value]
        return _stays(events) if fact.name == "repairs" else tuple(events)
    if fact.type == "group":
        return _group(fact, value)
    return _scalar(fact.type, fact, _text(value))


def _nothing(fact: Fact) -> frozenset[str]:
    """The words that say that there is no such thing; of what did not happen as far as the book knows, a no too."""
    return _NOTHING | NO if fact.absent == vocabulary.NONE and fact.type not in {"yesno", "text"} else _NOTHING


def _text(value: Tree) -> str:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004  # a tree of another shape does not fit, whatever its Python type
    return value.strip()


def _choice(fact: Fact, text: str) -> str:
    if fact.choices and text not in fact.choices:
        raise ValueError(text)
    return text


def _group(fact: Fact, value: Tree) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(value)  # noqa: TRY004  # as above
    return {key: _part(fact, key, one) for key, one in value.items() if one is not None}


def _part(fact: Fact, key: str, value: Tree) -> Any:
    """The part of a group; ValueError with its name where there is no such part or the value does not fit."""
    kind = fact.parts.get(key, ())
    if kind == "figures":
        return _figures(key, value)
    if not isinstance(kind, str):
        if value not in kind:
            raise ValueError((key,))
        return value
    try:
        return _scalar(kind, fact, _text(value))
    except ValueError:
        raise ValueError((key,)) from None


def _figures(key: str, value: Tree) -> dict[str, Decimal]:
    """A figure for each of several names."""
    if not isinstance(value, dict):
        raise ValueError((key,))  # noqa: TRY004  # a tree of another shape does not fit, as below
    try:
        return {name: _decimal(_text(one)) for name, one in value.items() if one is not None}
    except ValueError:
        raise ValueError((key,)) from None


def _stays(events: Sequence[Mapping[str, Any]]) -> tuple[Stay, ...]:
    return tuple(sorted(map(_stay, events), key=lambda stay: in_order(stay.in_)))


def _stay(event: Mapping[str, Any]) -> Stay:
    return Stay(
        in_=event["in"],
        out=event.get("out"),
        because=event.get("because", ""),
        problem=event.get("problem", ""),
        result=event.get("result", ""),
        severity=event.get("severity", ""),
    )


def _yes(text: str) -> bool:
    said = text.casefold()
    if said not in YES | NO:
        raise ValueError(text)
    return said in YES


def _decimal(text: str) -> Decimal:
    found = figure(text.replace(",", ""))
    if found < 0:
        raise ValueError(text)
    return found


def _category(text: str) -> str:
    found = categories.tree().find(text)
    if found is None:
        raise ValueError(text)
    return found


_SCALARS: Mapping[str, Callable[[str], Any]] = {
    "day": lambda text: day_of(parse(text)),
    "moment": parse,
    "yesno": _yes,
    "number": _decimal,
    "money": _decimal,
    "category": _category,
}


def _scalar(kind: str, fact: Fact, text: str) -> Any:
    if not text:
        raise ValueError(text)
    if kind in _SCALARS:
        return _SCALARS[kind](text)
    return _choice(fact, text) if kind == "choice" else text
