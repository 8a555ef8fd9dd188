"""Conditions of packs: facts that must fit, windows that a day must lie inside or past, and blocks of these.

A block is an AND.  A list of blocks is an OR (``any``) or, of what must not be, a NOR (``unless``).  Nothing is deeper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from aftercare.language import N_
from aftercare.plain.text import figure
from aftercare.policies import vocabulary
from aftercare.policies.reading_plans import category_of
from aftercare.policies.shape import Node

LIMITS = ("min", "max", "over")
COMPOUND = frozenset({"events", "days", "group"})
"""Types of facts that are more than one value."""


class FactIs(NamedTuple):
    """A fact is one of ``values``; or it lies within limits; or it is known (or not) at all.

    ``over`` is the law's 超过: more than, the figure itself not included (Civil Code art. 1259).
    """

    fact: str
    values: tuple[str, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    over: Decimal | None = None
    known: bool | None = None

    def __str__(self) -> str:
        """As the pack writes it."""
        limits = [f"{name} {getattr(self, name)}" for name in LIMITS if getattr(self, name) is not None]
        if self.known is not None:
            limits.append("known" if self.known else "not known")
        return " / ".join(self.values) or ", ".join(limits)


class Within(NamedTuple):
    """The day that a window tests lies inside it; ``tested`` names another fact to test than the window's own."""

    window: str
    tested: str = ""


class After(NamedTuple):
    """The day that a window tests lies past its end: what was to happen by then did not."""

    window: str
    tested: str = ""


Condition: TypeAlias = FactIs | Within | After


@dataclass(frozen=True, slots=True)
class Block:
    """Conditions that must all hold."""

    conditions: tuple[Condition, ...]

    @property
    def windows(self) -> list[str]:
        """The windows it names."""
        return [one.window for one in self.conditions if not isinstance(one, FactIs)]

    @property
    def facts(self) -> list[str]:
        """The facts it names."""
        return [one.fact for one in self.conditions if isinstance(one, FactIs)]


def read_block(node: Node) -> Block:
    """A mapping of facts to what they must be, with ``within`` and ``after`` for windows."""
    found: list[Condition] = []
    for key, entry in node.named().items():
        if key == "within":
            found += [Within(*named) for named in read_windows(entry)]
        elif key == "after":
            found += [After(*named) for named in read_windows(entry)]
        elif (condition := _fact_is(key, entry)) is not None:
            found.append(condition)
    return Block(tuple(found))


def read_blocks(node: Node) -> tuple[Block, ...]:
    """A list of blocks; a single block stands for a list of one."""
    if isinstance(node.value, dict):
        return (read_block(node),)
    return tuple(read_block(entry) for entry in node.entries())


def read_windows(node: Node) -> list[tuple[str, str]]:
    """The name of a window, a list of names, or ``{window, tested}``."""
    if isinstance(node.value, list):
        return [named for entry in node.entries() for named in read_windows(entry)]
    if isinstance(node.value, dict):
        said = node.keys(("window", "tested"), needed=("window", "tested"))
        tested = fact_name(said["tested"]) if "tested" in said else ""
        return [(said["window"].text(), tested)] if "window" in said else []
    return [(node.text(), "")]


def fact_name(node: Node) -> str:
    """The name of a fact of the vocabulary; "" where it is a fault."""
    name = node.text()
    if name and name not in vocabulary.facts():
        _unknown_fact(node, name)
        return ""
    return name


def _unknown_fact(node: Node, name: str) -> None:
    near = vocabulary.facts().near(name, measured=True)
    if near:
        node.complain(
            "no-such-fact", N_("{where}: no fact is called “{name}”; did you mean {near}?"), name=name, near=near[0]
        )
    else:
        node.complain("no-such-fact", N_("{where}: no fact is called “{name}”"), name=name)


def _fact_is(name: str, node: Node) -> FactIs | None:
    known = vocabulary.facts().get(name)
    if known is None:
        _unknown_fact(node, name)
        return None
    if isinstance(node.value, dict):
        return _limits(known, node)
    if known.type in COMPOUND:
        node.complain(
            "shape", N_("{where}: only whether it is known can be asked, like {example}"), example="{known: yes}"
        )
        return None
    entries = node.entries() if isinstance(node.value, list) else [node]
    values = tuple(_value(known, entry) for entry in entries)
    return FactIs(name, values)


def _value(known: vocabulary.Fact, node: Node) -> str:
    if known.type == "yesno":
        return node.choice(("yes", "no"))
    if known.choices:
        return node.choice(known.choices)
    text = node.text()
    if known.type == "category" and text:
        return category_of(node)
    return text


def _limits(fact: vocabulary.Fact, node: Node) -> FactIs:
    said: Mapping[str, Node] = node.keys((*LIMITS, "known"))
    known = said["known"].yes() if "known" in said else None
    least, most, over = (number(said[key]) if key in said else None for key in LIMITS)
    if not said:
        node.complain("shape", N_("{where}: a limit is wanted, like {example}"), example="{min: 2}")
    if any(key in said for key in LIMITS) and fact.type not in {"number", "money"}:
        node.complain("number", N_("{where}: {fact} is not a number, so that it has no limits"), fact=fact.name)
    return FactIs(fact.name, (), least, most, over, known)


def number(node: Node) -> Decimal:
    """A number, with decimals where it has any; 0 where it is a fault."""
    text = node.text()
    try:
        return figure(text)
    except ValueError:
        if text:
            node.complain("number", N_("{where}: “{value}” is not a number"))
        return Decimal(0)
