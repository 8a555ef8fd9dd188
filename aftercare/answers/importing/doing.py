"""Carrying an import out: the new records get their ids, the changed ones their edits; nothing is saved here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from aftercare.answers.importing.incoming import Plan, is_new, needs, with_ids
from aftercare.answers.importing.plan import Steps
from aftercare.book.pen import Pen
from aftercare.errors import Contradicts, Fault, FutureFact, InvalidBook, NotAKey, NotPlainText
from aftercare.plain.splicing import Set
from aftercare.records.typed import Mistyped

T = TypeVar("T")
_CANNOT_BE = (Mistyped, InvalidBook, FutureFact, Contradicts, NotPlainText, NotAKey)
"""How it is told that a record cannot be so."""
_AT_ONCE = 2_000
"""So many records are planned before they are made: to take turns for each of them costs a fifth more."""


class Follow(Protocol):
    """Goes through things and shows how far it is."""

    def __call__(self, what: str, items: Sequence[T]) -> Iterator[T]:
        """Each of *items*; *what* they are."""


class Done(NamedTuple):
    """The ids of what is new, "" for what could not be made; the records that changed; the rows that are refused."""

    ids: list[str]
    changed: list[str]
    refused: list[Fault]


def carry_out(pen: Pen, plan: Plan, file: str, follow: Follow) -> Done:
    """Do with a pen what is planned; what no record may hold refuses its row, and whatever rests on that is left out.

    *follow* sees how far we are.
    """
    done = Done([], [], [])
    with pen.many():
        for number in follow("rows", range(len(plan.new))):
            _make(pen, plan, number, file, done)
        done.changed.extend(_change(pen, plan, file, done.refused))
    return done


def plan_and_carry_out(
    pen: Pen, plan: Plan, steps: Steps, file: str, follow: Follow, *, keep_good: bool, before: int
) -> Done:
    """The same with a plan that is made meanwhile: what a step plans is done, and then forgotten.

    Where a row is refused and not all others are wanted, nothing more is done; then only the plan is of use.
    *before* is the number of rows that were refused from the start.
    """
    done = Done([], [], [])
    with pen.many():
        for one in follow("rows", steps.todo):
            steps.do(one)
            if len(plan.new) - len(done.ids) >= _AT_ONCE and (keep_good or not plan.refuses):
                _make_what_is_left(pen, plan, file, done)
        plan.finish(before)
        if keep_good or not plan.refuses:
            _make_what_is_left(pen, plan, file, done)
            done.changed.extend(_change(pen, plan, file, done.refused))
    return done


def _make_what_is_left(pen: Pen, plan: Plan, file: str, done: Done) -> None:
    for number in range(len(done.ids), len(plan.new)):
        _make(pen, plan, number, file, done)


def _make(pen: Pen, plan: Plan, number: int, file: str, done: Done) -> None:
    """Make the record that is planned under a number."""
    new = plan.made_of(number)
    if done.refused and any(not done.ids[at] for at in needs(new.tree)):
        done.ids.append("")
        return
    try:
        done.ids.append(pen.add(new.kind, with_ids(new.tree, done.ids)).id)
    except _CANNOT_BE as error:
        done.ids.append("")
        done.refused.extend(Fault(file, new.line, code, sentence) for code, sentence in _why(error))


def _change(pen: Pen, plan: Plan, file: str, refused: list[Fault]) -> list[str]:
    """Give the records of the book what the rows bring; all of one record at once."""
    edits: dict[str, list[Set]] = {}
    lines: dict[str, int] = {}
    for change in plan.changed:
        if change.edits and not is_new(change.record):
            edits.setdefault(change.record, []).extend(change.edits)
            lines.setdefault(change.record, change.line)
    for record, of_record in edits.items():
        try:
            pen.edit(record, _each_once(of_record))
        except _CANNOT_BE as error:
            refused.extend(Fault(file, lines[record], code, sentence) for code, sentence in _why(error))
    return list(edits)


def _why(error: Exception) -> Iterator[tuple[str, str]]:
    """Why a record cannot be so: codes and sentences."""
    if isinstance(error, Mistyped):
        yield from ((misfit.code, misfit.sentence) for misfit in error.misfits)
    elif isinstance(error, InvalidBook):
        yield from ((fault.code, fault.message) for fault in error.faults)
    elif isinstance(error, FutureFact):
        yield "future", error.sentence
    elif isinstance(error, NotPlainText):
        yield "control-character", error.sentence
    elif isinstance(error, NotAKey):
        yield "bad-key", error.sentence
    elif isinstance(error, Contradicts):
        yield "contradiction", error.sentence


def _each_once(edits: list[Set]) -> list[Set]:
    """The edits, of each place the last one: several rows of an order may say the same."""
    return list({edit.path: edit for edit in edits}.values())
