"""``policy ask``: what is still to be asked about a claim, the most decisive question first."""

from __future__ import annotations

from typing import Any

from aftercare.answers.finding import describe
from aftercare.answers.questions import Question, questions
from aftercare.commands.circumstances import fact_options, flag_of
from aftercare.commands.policy import ASK, choice_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, output_options, verb
from aftercare.commands.verdicts import ON, judged
from aftercare.language import _
from aftercare.render.output import put_lines
from aftercare.render.questions import lines, row
from aftercare.render.rows import arrange, emit

HEADER = (
    "id", "kind", "claim", "question", "label", "type", "choices", "remedies", "settles", "answers", "flag",
    "set_with", "where",
)  # fmt: skip


def ask() -> Verb:
    """The command."""
    return verb(
        "ask",
        ASK,
        argument("claim", metavar="CLAIM"),
        ON,
        *fact_options(),
        *output_options(),
        example="aftercare policy ask CL26-0004",
    )(_ask)


def _ask(session: Session, claim: str, on: str | None, **said: Any) -> None:
    found = judged(session, claim, "claim", on, said)
    asked = found.asked
    ranked = questions(asked.verdict, found.verdict, asked.case(), asked.rules.packs)
    rows = [row(one, claim=found.about, flag=_flag(one)) for one in ranked]
    if said["fmt"] != "table" or said["fields"]:
        emit(rows, [], choice_of(said), header=HEADER)
        return
    if not rows:
        session.warn(
            _("{claim}: there is nothing to ask; no remedy hangs on an unknown fact").format(claim=found.about)
        )
        return
    by_id = {str(one["id"]): question for one, question in zip(rows, ranked, strict=True)}
    put_lines(lines(arrange(rows, choice_of(said)), by_id, heading=describe(found.shelf, found.about)))


def _flag(question: Question) -> str:
    return flag_of(question.fact.name)
