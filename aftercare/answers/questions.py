"""What is still to be asked of a case, the most decisive question first.

A question is tried before it is asked: each answer that it may have is taken for true, and the verdict reached anew.
The best question is the one that settles most remedies whatever its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from aftercare.answers.telling import WHERE
from aftercare.plain.tree import Tree
from aftercare.policies import categories, vocabulary
from aftercare.policies.judging.situation import Misstated, Situation
from aftercare.policies.judging.verdict import State, Verdict
from aftercare.policies.pack import Pack
from aftercare.policies.vocabulary import Fact

Judge: TypeAlias = Callable[[Mapping[str, Tree]], Verdict]
"""The verdict with these facts said besides what is known."""
_MOST = 12
"""So many answers of one question are tried."""
_OTHER = "other"
"""A part that is no main part."""
_NUMBERS = ("0", "1000000")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer would make of the remedies that are not settled yet."""

    value: str
    settles: tuple[str, ...]
    """The remedies that hang on nothing more then."""
    states: Mapping[str, State]
    """What each remedy that hinges on the question would come to."""


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to be asked for."""

    fact: Fact
    part: str
    """The part of a group that is asked for; "" for the whole fact."""
    remedies: tuple[str, ...]
    """The remedies that hinge on it."""
    answers: tuple[Answer, ...]
    """Those that were tried; none where no answer stands for the others (a text, an amount)."""

    @property
    def settles(self) -> int:
        """How many remedies it settles whatever the answer."""
        return min((len(answer.settles) for answer in self.answers), default=0)

    @property
    def settles_on_average(self) -> float:
        """How many it settles, each answer counted alike."""
        return sum(len(answer.settles) for answer in self.answers) / max(1, len(self.answers))

    @property
    def field(self) -> str:
        """Where the claim holds the fact, as ``claim set`` takes it; "" for one that another record holds."""
        where = WHERE.get(self.fact.name)
        if where is None:
            return f"facts.{self.fact.name}"
        kind, _sign, path = where.partition(": ")
        return path.partition(",")[0] if kind == "claim" else ""

    @property
    def where(self) -> str:
        """The record and the field that hold the fact, where no claim does; "" where one does."""
        return "" if self.field else WHERE[self.fact.name]


def questions(judge: Judge, verdict: Verdict, case: Situation, packs: Sequence[Pack]) -> list[Question]:
    """The questions of a verdict on a case under the packs, the most decisive first.

    The least number of remedies that it settles decides, then what it settles on average, then how many hinge on it.
    """
    found = [_question(name, judge, verdict, case, packs) for name in verdict.ask]
    return sorted(found, key=lambda one: (-one.settles, -one.settles_on_average, -len(one.remedies)))


def _question(name: str, judge: Judge, verdict: Verdict, case: Situation, packs: Sequence[Pack]) -> Question:
    whole, _dot, part = name.partition(".")
    known = vocabulary.facts()
    fact = known[name] if name in known else known[whole]
    hinging = tuple(remedy.name for remedy in verdict.remedies.values() if name in remedy.ask)
    values = () if fact.parts else tuple(_values(fact, case, packs))[:_MOST]
    return Question(
        fact=fact,
        part="" if fact.name == name else part,
        remedies=hinging,
        answers=tuple(_tried(values, fact, judge, verdict, hinging)),
    )


def _tried(
    values: Iterable[str], fact: Fact, judge: Judge, before: Verdict, hinging: Sequence[str]
) -> Iterator[Answer]:
    unsettled = [remedy.name for remedy in before.remedies.values() if remedy.ask]
    for value in values:
        try:
            after = judge({fact.name: value})
        except Misstated:
            continue  # no answer that anybody could give
        settled = tuple(name for name in unsettled if not after.remedy(name).ask)
        yield Answer(value, settled, {name: after.remedy(name).state for name in hinging})


def _values(fact: Fact, case: Situation, packs: Sequence[Pack]) -> Iterator[str]:
    """Answers that stand for all others: of a day between two the ends, of a part each main one and another."""
    match fact.type:
        case "yesno":
            yield from ("yes", "no")
        case "choice":
            yield from fact.choices
        case "number":
            yield from _NUMBERS
        case "day":
            yield from dict.fromkeys(day.isoformat() for day in case.bounds(fact.name) or ())
        case "category":
            yield from _narrower(case, packs)
        case "text" if fact.name == "component":
            yield from _parts(case, packs)
        case _:
            pass


def _parts(case: Situation, packs: Sequence[Pack]) -> Iterator[str]:
    category = case.row_category
    rows = [pack.law.goods.row(category) for pack in packs if pack.has_law] if category else []
    parts = [part for row in rows if row for part in row.main_parts]
    yield from dict.fromkeys(part.zh for part in parts[: _MOST - 1])
    yield _OTHER


def _narrower(case: Situation, packs: Sequence[Pack]) -> Iterator[str]:
    """The narrower kinds of the goods that a pack's table tells apart."""
    category, tree = case.row_category, categories.tree()
    if category:
        kinds = (kind for pack in packs if pack.has_law for kind in pack.law.goods.rows)
        yield from dict.fromkeys(kind for kind in kinds if kind != category and tree.is_a(kind, category))
