"""The vocabulary of facts: their names, their types, what it means that one is absent, and how to ask for it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.policies.compiled import tree_of
from aftercare.policies.shape import Words

ASK, NONE = "ask", "none"
_FILE = Path(__file__).parent / "facts.yaml"


class Fact(NamedTuple):
    """One name of the vocabulary.

    ``absent`` is ``ask`` (it is asked for where it matters), ``none`` (it did not happen) or the value that is taken
    for granted; ``because`` says why.  A *measured* fact is reckoned from others: ``asks`` are those it may want.
    """

    name: str
    type: str
    absent: str
    label: Words
    question: Words
    because: Words | None
    choices: tuple[str, ...]
    parts: Mapping[str, str | Sequence[str]]
    """The parts of a group: the type of each, or the texts that it may be."""
    measured: bool
    asks: tuple[str, ...]

    @property
    def assumed(self) -> str | None:
        """What is taken for granted where nobody said anything; "none" for grounds that nobody has shown."""
        if self.absent == ASK or self.measured or (self.absent == NONE and self.because is None):
            return None
        return self.absent


class Vocabulary(Mapping[str, Fact]):
    """All facts, by their names."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def near(self, name: str, *, measured: bool = False) -> list[str]:
        """The names that a mistyped one may have meant: of facts that are said, and of *measured* ones where wanted."""
        names = [fact.name for fact in self.values() if measured or not fact.measured]
        return difflib.get_close_matches(name, names, n=3)


@cache
def facts() -> Vocabulary:
    """The vocabulary that ships with the program."""
    rows: Mapping[str, Any] = tree_of(_FILE)
    return Vocabulary({name: _fact(name, row) for name, row in rows.items()})


def fact(name: str) -> Fact:
    """The fact of that name; KeyError where there is none."""
    return facts()[name]


def _fact(name: str, row: Mapping[str, Any]) -> Fact:
    label = Words(row["en"], row["zh"])
    return Fact(
        name=name,
        type=row["type"],
        absent=row.get("absent", NONE),
        label=label,
        question=_words(row["ask"]) if "ask" in row else label,
        because=_words(row["because"]) if "because" in row else None,
        choices=tuple(row.get("of", ())),
        parts=row.get("parts", {}),
        measured=row.get("measured") == "yes",
        asks=tuple(row.get("asks", ())),
    )


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["en"], row["zh"])
