"""What a customer may have: ``claim check`` and ``unit remedies``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import click

from aftercare.answers import remedies
from aftercare.answers.affairs import Affairs, affairs_with, owner_of
from aftercare.answers.finding import describe
from aftercare.answers.rules import Rules
from aftercare.answers.situations import misfacts, not_yet, situation_of
from aftercare.book.book import Book
from aftercare.book.ids import parse as parse_id
from aftercare.book.ids import path_of
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.circumstances import WHY, fact_options, flag_of, misstated, stated
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, option, output_options, verb
from aftercare.errors import BadValue, Fault, NoSuchRecord
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, is_late, iso, parse
from aftercare.plain.reading import composed, decoded, line_in
from aftercare.plain.tree import Path, Tree
from aftercare.policies.judging.situation import Misstated, Situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.uncovered import uncovered
from aftercare.records.claim import Claim
from aftercare.render.output import put_json, put_lines
from aftercare.render.rows import Choice, emit_one
from aftercare.render.verdict_rows import row
from aftercare.render.verdicts import lines, why_lines

ON = option("--on", metavar="D", text=N_("the day on which it is judged; absent: today"))
CHECK = N_("What the customer may have: repair, replacement, refund, until when, by which article.")
REMEDIES = N_("What the customer of a unit may have, without a claim.")


@dataclass(frozen=True)
class Asked:
    """What is asked: of a unit on a day, under a claim where there is one, with facts said besides the records."""

    shelf: Shelf
    affairs: Affairs
    rules: Rules
    unit: str
    day: Moment
    claim: Claim | None
    said: Mapping[str, Tree]

    def verdict(self, more: Mapping[str, Tree] | None = None) -> Verdict:
        """The answer, with *more* said; ``Misstated`` for what is no fact."""
        said = {**self.said, **(more or {})}
        return remedies.verdict(self.affairs, self.unit, self.rules, self.day, claim=self.claim, said=said)

    def case(self) -> Situation:
        """The facts as the rules see them."""
        return situation_of(self.affairs, self.unit, self.rules, self.day, claim=self.claim, said=self.said)


class Judged:
    """A verdict with what was judged: the unit, its claim where there is one, and the records around them."""

    def __init__(self, asked: Asked, verdict: Verdict, line: Callable[[str, Path], int]) -> None:
        self.asked = asked
        self.verdict = verdict
        self.line = line
        """The line of a path in a record's file."""

    @property
    def shelf(self) -> Shelf:
        """The records."""
        return self.asked.shelf

    @property
    def affairs(self) -> Affairs:
        """The records of the customer."""
        return self.asked.affairs

    @property
    def unit(self) -> str:
        """The unit that was judged."""
        return self.asked.unit

    @property
    def claim(self) -> Claim | None:
        """The claim that was judged; None where it was a unit as if a fault were there."""
        return self.asked.claim

    @property
    def about(self) -> str:
        """The id that the answer is about."""
        return self.claim.id if self.claim else self.unit

    @property
    def currency(self) -> str:
        """The book's currency."""
        return self.shelf.settings.currency or ""


def judged(session: Session, ref: str, kind: str, on: str | None, said: Mapping[str, Any]) -> Judged:
    """The verdict on what a REF means; on a claim, or on a unit as if a fault were there."""
    book = session.book()
    shelf = session.read(book)
    found = deeds.resolved(session, shelf, ref, (kind,), echoed=False)
    record = shelf.get(found) if kind == "claim" else None
    claim = record if isinstance(record, Claim) else None
    unit = claim.unit if claim else found
    affairs = affairs_with(shelf, owner_of(shelf, unit) or "")
    if affairs is None:
        raise NoSuchRecord(_("unit"), unit)
    reader = deeds.reader(session, shelf)
    day: Moment = parse(reader.date("--on", on)) if on else session.now()
    facts: dict[str, Tree] = stated(said, reader)
    _refuse_ahead(facts, affairs, unit, day, "--on" if on else "--today")
    rules = session.rules(book)
    if why := uncovered(rules.packs, rules.country, rules.region):
        session.warn(why)
    asked = Asked(shelf, affairs, rules, unit, day, claim, facts)
    try:
        verdict = asked.verdict()
    except Misstated as error:
        raise misstated(error) from None
    line = _lines_of(book)
    for wrong in misfacts(claim) if claim else ():
        session.warn(str(Fault(_file(wrong.record), line(wrong.record, wrong.path), "fact", wrong.sentence)))
    return Judged(asked, remedies.located(verdict, line), line)


def _refuse_ahead(said: Mapping[str, Tree], affairs: Affairs, unit: str, day: Moment, flag: str) -> None:
    """Refuse a day on which what is said had not happened, or the unit had not been sold."""
    ahead = not_yet(said, day)
    if ahead:
        raise BadValue(
            flag_of(ahead), str(said[ahead]), _("that is after {on}, the day of the question").format(on=iso(day))
        )
    sold = next((sale.sold_on for one, sale, __ in affairs.units() if one == unit), day)
    if "sold_on" not in said and is_late(sold, day):
        raise BadValue(flag, iso(day), _("{unit} was sold after that, on {when}").format(unit=unit, when=iso(sold)))


def _file(record: str) -> str:
    named = parse_id(record)
    return path_of(named) if named else record


def _lines_of(book: Book) -> Callable[[str, Path], int]:
    """The line of a path in a record's file; each file is composed once."""

    @cache
    def node_of(record: str) -> Any:
        return composed(decoded(book.bytes_of(_file(record))))

    return lambda record, path: line_in(node_of(record), path)


def answered(found: Judged, why: bool, asked: Mapping[str, Any]) -> None:
    """Print the verdict; *why* adds the trace to its text."""
    choice = Choice(asked["fmt"], asked["fields"])
    if choice.fmt == "table" and not choice.fields:
        heading = describe(found.shelf, found.about)
        put_lines(lines(found.verdict, heading=heading, currency=found.currency))
        if why:
            put_lines(["", *why_lines(found.verdict)])
        return
    claim = found.claim.id if found.claim else None
    made = row(found.verdict, unit=found.unit, claim=claim, currency=found.currency)
    if choice.fmt == "json" and not choice.fields:
        put_json(made, indent=1)
    else:
        emit_one({"id": found.about, **made}, choice)


def check() -> Verb:
    """``claim check``."""

    def answer(session: Session, ref: str, on: str | None, why: bool, **asked: Any) -> None:
        answered(judged(session, ref, "claim", on, asked), why, asked)

    return _verb("check", CHECK, "aftercare claim check CL26-0004 --why", WHY)(answer)


def unit_remedies() -> Verb:
    """``unit remedies``."""

    def answer(session: Session, ref: str, on: str | None, why: bool, **asked: Any) -> None:
        answered(judged(session, ref, "unit", on, asked), why, asked)

    example = "aftercare unit remedies SA26-0012/1 --found-on 2026-03-06 --component 压缩机"
    return _verb("remedies", REMEDIES, example, WHY)(answer)


def _verb(name: str, sentence: str, example: str, *more: click.Parameter) -> Callable[[Callable[..., Any]], Verb]:
    """A verb with a flag for every fact."""
    ref = argument("ref", metavar="REF")
    return verb(name, sentence, ref, ON, *more, *fact_options(), *output_options(), example=example)
