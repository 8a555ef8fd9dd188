"""Facts of a case as flags: each fact of the vocabulary, its name with dashes; they stand above the records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from aftercare.commands.flags import Reader
from aftercare.commands.verbs import option
from aftercare.errors import BadValue, NotADate, Unfitting
from aftercare.language import N_, _, current
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.situation import Misstated
from aftercare.policies.vocabulary import Fact
from aftercare.policies.worded import GROUPED, MANY, Miswritten, worded
from aftercare.records.words import REMEDIES

_ALSO: Mapping[str, tuple[str, ...]] = {
    "fault_on": ("--found-on",),
    "fault_kind": ("--kind",),
    "exclusions": ("--exclusion",),
}
"""Flags by which `claim add` knows the same."""
_METAVARS = {"day": "D", "days": "D", "yesno": "yes|no", "number": "N", "money": "M", "category": "C"}
_PREFIX = "fact__"


class FactOption(click.Option):
    """A fact's flag, its help in the operator's language."""

    def __init__(self, fact: Fact) -> None:
        flag = flag_of(fact.name)
        metavar = _METAVARS.get(fact.type) or ("K=V,…" if fact.type in GROUPED else "|".join(fact.choices) or "S")
        super().__init__(
            [*_ALSO.get(fact.name, ()), flag, f"{_PREFIX}{fact.name}"],
            multiple=fact.type in MANY,
            metavar="S" if len(metavar) > 40 else metavar,
        )
        self.fact = fact

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The flags, and what the fact is."""
        self.help = self.fact.label.said(current())
        return super().get_help_record(ctx)


def flag_of(fact: str) -> str:
    """The flag of a fact, by its own name."""
    return f"--{fact.replace('_', '-')}"


def fact_options() -> list[click.Parameter]:
    """A flag for every fact that can be stated."""
    return [FactOption(fact) for fact in vocabulary.facts().values() if not fact.measured]


def stated(values: Mapping[str, Any], reader: Reader) -> dict[str, Tree]:
    """The facts that were said, as the rules read them; words for dates are understood."""
    found: dict[str, Tree] = {}
    for name, value in values.items():
        if name.startswith(_PREFIX) and value not in {None, ()}:
            fact = vocabulary.fact(name.removeprefix(_PREFIX))
            found[fact.name] = _read(fact, value, reader)
    if found.get("fault_kind") == vocabulary.NONE:  # as `claim add --kind none` says that nothing is wrong
        del found["fault_kind"]
        found["fault_on"] = vocabulary.NONE
    return found


def misstated(error: Misstated) -> Unfitting:
    """What was said and is no fact, under its flag."""
    path, sentence = error.misfits[0]
    return Unfitting(flag_of(str(path[0])), sentence.removeprefix(str(path[0])).lstrip(":： "))


def _read(fact: Fact, value: Any, reader: Reader) -> Tree:
    flag = flag_of(fact.name)

    def day(text: str) -> str:
        try:
            return reader.moment(text)
        except NotADate:
            raise NotADate(text, flag) from None

    texts = list(value) if isinstance(value, tuple) else [value]
    try:
        said = worded(fact, texts, day)
    except Miswritten as error:
        raise BadValue(flag, error.text, error.sentence) from None
    return reader.amount(flag, str(said)) if fact.type == "money" and said != vocabulary.NONE else said


def remedy_named(flag: str, typed: str) -> str:
    """The remedy that was typed, with dashes or underscores; BadValue where it is none."""
    name = fold(typed).strip().lower().replace("-", "_")
    if name not in REMEDIES:
        raise BadValue(flag, typed, _("one of {names}").format(names=", ".join(REMEDIES)))
    return name


WHY = option("--why", is_flag=True, text=N_("every line that was looked at, with its arithmetic"))
