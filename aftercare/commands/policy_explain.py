"""``policy explain``: what decided a claim's verdict; why one remedy is open, or why it is not; or the whole trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare.answers.explained import Explained, explained, located
from aftercare.answers.finding import describe
from aftercare.commands.circumstances import fact_options, remedy_named
from aftercare.commands.policy import EXPLAIN
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, option, output_options, verb
from aftercare.commands.verdicts import ON, Judged, answered, judged
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import iso
from aftercare.render import explained as words
from aftercare.render.grants import ranked, remedy_name
from aftercare.render.output import put_json, put_lines
from aftercare.render.rows import Choice, emit_one


def explain() -> Verb:
    """The command."""
    return verb(
        "explain",
        EXPLAIN,
        argument("claim", metavar="CLAIM"),
        option("--why", metavar="REMEDY", text=N_("why this remedy is open: the lines that grant it, check by check")),
        option("--why-not", metavar="REMEDY", text=N_("why it is not: the line that came nearest, and what it lacks")),
        option("--all", "--full", "whole", is_flag=True, text=N_("every line that was looked at")),
        ON,
        *fact_options(),
        *output_options(),
        example="aftercare policy explain CL26-0004 --why-not refund",
    )(_explain)


def _explain(
    session: Session, claim: str, on: str | None, why: str | None, why_not: str | None, whole: bool, **asked: Any
) -> None:
    if sum(map(bool, (why, why_not, whole))) > 1:
        raise UsageProblem(_("--why, --why-not and --all each ask another question: name one"))
    flag = "--why-not" if why_not else "--why"
    name = remedy_named(flag, why or why_not or "") if why or why_not else None
    found = judged(session, claim, "claim", on, asked)
    if name:
        _remedy(session, found, name, flag, Choice(asked["fmt"], asked["fields"]))
    elif whole or asked["fmt"] != "table" or asked["fields"]:
        answered(found, True, asked)
    else:
        heading = describe(found.shelf, found.about)
        put_lines(words.lines(found.verdict, _deciding(found), heading=heading, currency=found.currency))


def _remedy(session: Session, found: Judged, name: str, flag: str, choice: Choice) -> None:
    """One remedy; who asks why it is open while it is not hears why it is not, and the other way round."""
    one = _explained(found, name)
    is_open = one.remedy.state != "closed"
    if is_open != (flag == "--why"):
        granted = _("{remedy} is not closed; this is what grants it, or may")
        refused = _("{remedy} is not open; this is why")
        session.warn((granted if is_open else refused).format(remedy=remedy_name(name)))
    if choice.fmt == "table" and not choice.fields:
        heading = describe(found.shelf, found.about)
        put_lines(words.remedy_lines(one, found.verdict, heading=heading, currency=found.currency))
        return
    row = words.remedy_row(one, claim=found.claim.id if found.claim else None, unit=found.unit, on=iso(found.asked.day))
    if choice.fmt == "json" and not choice.fields:
        put_json(row, indent=1)
    else:
        emit_one({"id": found.about, **row}, choice)


def _explained(found: Judged, name: str) -> Explained:
    return located(explained(found.asked.rules.packs, found.asked.case(), found.verdict, name), found.line)


def _deciding(found: Judged) -> Iterator[Explained]:
    """The remedies whose last day may decide: the one asked for, then those that are open, as they rank."""
    verdict = found.verdict
    if verdict.asked:
        yield _explained(found, verdict.asked)
    for one in ranked(verdict):
        if one.name != verdict.asked and one.best and one.best.until:
            yield _explained(found, one.name)
