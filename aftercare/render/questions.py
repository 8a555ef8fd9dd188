"""Questions in words: what to ask, how much hinges on it, what each answer would settle, and how to write it down."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare.answers.questions import Answer, Question
from aftercare.language import _, current, plural, word
from aftercare.plain.text import clip, printable
from aftercare.render.fitting import wrapped
from aftercare.render.grants import remedy_name
from aftercare.render.rows import Row
from aftercare.render.traces import WIDEST

_SPELT = frozenset({"yesno", "choice"})
"""Types of facts each answer of which is told; of others only what was tried stands in the machine formats."""


def row(question: Question, *, claim: str, flag: str) -> Row:
    """A question for machines."""
    fact = question.fact
    return {
        "id": f"{fact.name}.{question.part}" if question.part else fact.name,
        "kind": "question",
        "claim": claim,
        "question": fact.question._asdict(),
        "label": fact.label._asdict(),
        "type": fact.type,
        "choices": list(fact.choices),
        "remedies": list(question.remedies),
        "settles": question.settles,
        "answers": [
            {"value": one.value, "settles": list(one.settles), "states": dict(one.states)} for one in question.answers
        ],
        "flag": flag,
        "set_with": _set_with(question, claim),
        "where": question.where or None,
    }


def _set_with(question: Question, claim: str) -> list[str] | None:
    """The command that writes the answer into the claim, as far as the answer, which is put behind its last word."""
    if not question.field:
        return None
    part = f"{question.part}=" if question.part else ""
    return ["aftercare", "claim", "set", claim, f"{question.field}={part}"]


def _values(question: Question) -> Sequence[str]:
    """The answers that the fact takes, where they are few words."""
    if question.part:
        return ()
    return question.fact.choices or (("yes", "no") if question.fact.type == "yesno" else ())


def lines(rows: Sequence[Row], questions: Mapping[str, Question], *, heading: str) -> Iterator[str]:
    """The questions one after another under their *heading*; *questions* by the ids of the rows."""
    yield clip(printable(heading), WIDEST)
    for number, one in enumerate(rows, start=1):
        yield from _question(number, one, questions[str(one["id"])])


def _question(number: int, said: Mapping[str, Any], question: Question) -> Iterator[str]:
    yield from wrapped(f"{number}. {question.fact.question.said(current())}", WIDEST)
    hinging = _(", ").join(map(remedy_name, question.remedies))
    count = len(question.remedies)
    sentence = plural(
        "   {count} remedy hinges on it: {remedies}", "   {count} remedies hinge on it: {remedies}", count
    )
    yield from wrapped(sentence.format(count=count, remedies=hinging), WIDEST)
    for answer in question.answers if question.fact.type in _SPELT else ():
        yield from wrapped(_answer(answer), WIDEST)
    values = _values(question)
    part = f"{question.part}=" if question.part else ""
    typed = f"{said['flag']} {part}{'|'.join(values) or '…'}"
    yield from wrapped(_("   To try it: {flag}").format(flag=typed), WIDEST)
    if said["set_with"]:
        command = shlex.join(said["set_with"])
        first, *others = values or ("…",)
        sentence = _("   To keep it: {command} (or {values})") if others else _("   To keep it: {command}")
        yield from wrapped(sentence.format(command=f"{command}{first}", values=_(", ").join(others)), WIDEST)
    elif said["where"]:
        yield from wrapped(_("   It stands in another record: {where}").format(where=said["where"]), WIDEST)


def _answer(answer: Answer) -> str:
    """What one answer makes of the remedies, those that come to the same together."""
    by_state: dict[str, list[str]] = {}
    for name, state in answer.states.items():
        by_state.setdefault(state, []).append(remedy_name(name))
    said = [
        _("{state}: {remedies}").format(state=_state(state), remedies=_(", ").join(names))
        for state, names in by_state.items()
    ]
    return _("   {answer} → {what}").format(answer=word(answer.value), what=_("; ").join(said))


def _state(state: str) -> str:
    return _("for a person to judge") if state == "review" else word(state)
