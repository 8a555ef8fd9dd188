"""``policy test``: worked cases, and where the packs do not answer as they should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from aftercare.commands.named import named_bytes
from aftercare.commands.policy import TEST, library
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import INVALID, Fault, UsageProblem
from aftercare.language import N_, _, word
from aftercare.plain.text import fold, printable
from aftercare.policies.authoring.cases import Case, read_cases
from aftercare.policies.authoring.coverage import edges, tried
from aftercare.policies.authoring.trials import Trial, try_all
from aftercare.render.output import put, put_json
from aftercare.render.verdicts import why_lines

_SHORT = 12
"""How many lines of the way to a wrong answer are shown unasked."""


@verb(
    "test",
    TEST,
    argument("files", many=True, metavar="FILE..."),
    option("-k", "only", metavar="TEXT", text=N_("only the cases whose id, title or law holds this text")),
    option("--why", is_flag=True, text=N_("the whole way to each answer")),
    option("--edges", "with_edges", is_flag=True, text=N_("which windows no case tests on their last day or the next")),
    option("--coverage", is_flag=True, text=N_("which lines no case grants, refuses or asks about, and --edges")),
    option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print")),
    example="aftercare policy test cases.yaml",
)
def test(session: Session, files: tuple[str, ...], only: str | None, **how: Any) -> None:
    """``policy test``."""
    fmt = how["fmt"]
    texts = [(file, named_bytes(file)) for file in files]
    packs = library(session)
    cases, faults = _read(texts, only)
    trials, misfits = try_all(cases, packs.shipped, packs.own)
    for fault in sorted([*faults, *misfits], key=lambda fault: (files.index(fault.file), fault.line)):
        session.warn(str(fault))
        session.exit_code = INVALID
    if fmt == "json":
        put_json(_report(trials), indent=1)
    else:
        for line in _told(trials, how["why"]):
            put(printable(line))
    untried = [*(_untried(trials) if how["coverage"] else ())]
    untried += _edges(trials) if how["with_edges"] or how["coverage"] else ()
    for line in untried:
        (put if fmt == "table" else session.warn)(line)
    _judge(session, trials)


def _read(texts: Sequence[tuple[str, bytes]], only: str | None) -> tuple[list[Case], list[Fault]]:
    cases: list[Case] = []
    faults: list[Fault] = []
    for file, data in texts:
        found = read_cases(data, file)
        cases += [case for case in found.cases if _is_wanted(case, only)]
        faults += found.faults
    return cases, faults


def _is_wanted(case: Case, only: str | None) -> bool:
    wanted = fold(only or "").casefold()
    return any(wanted in fold(text).casefold() for text in (case.id, case.title, case.law))


def _judge(session: Session, trials: Sequence[Trial]) -> None:
    """The exit code: a run that tried nothing is a mistake, and no success."""
    if session.exit_code:
        return
    if all(trial.state == "not_covered" for trial in trials):
        raise UsageProblem(
            _("no case was tried"),
            _("name a file with cases of a law that the packs cover: aftercare policy list") if trials else "",
        )
    session.found(any(trial.state == "failed" and trial.case.blocks for trial in trials))


def _count(trials: Sequence[Trial], state: str) -> int:
    return sum(trial.state == state for trial in trials)


def _report(trials: Sequence[Trial]) -> dict[str, Any]:
    return {
        "passed": _count(trials, "passed"),
        "failed": _count(trials, "failed"),
        "not_covered": _count(trials, "not_covered"),
        "cases": [
            {
                "id": trial.case.id,
                "file": trial.case.file,
                "confidence": trial.case.confidence,
                "state": trial.state,
                "messages": trial.messages,
            }
            for trial in trials
        ],
    }


def _told(trials: Sequence[Trial], why: bool) -> Iterator[str]:
    """The cases that failed, with what came instead and the lines that led there; those not covered; the sums."""
    for trial in trials:
        if trial.state == "failed":
            yield _heading(trial.case)
            yield from (f"  {message}" for message in trial.messages)
        if trial.state == "not_covered":
            yield from trial.messages
        elif why:
            yield from (f"    {line}" for line in _way(trial, whole=True))
        elif trial.state == "failed":
            way = _way(trial, whole=False)
            yield from (f"    {line}" for line in way[:_SHORT])
            if len(way) > _SHORT:
                yield "    " + _("… the whole way: --why")
    yield _("{passed} passed, {failed} failed, {not_covered} not covered").format_map(_report(trials))


def _heading(case: Case) -> str:
    sentence = (
        _("{file}:{line}: {id} failed ({confidence}): {title}")
        if case.blocks
        else _("{file}:{line}: {id} failed, which does not count ({confidence}): {title}")
    )
    return sentence.format(
        file=case.file, line=case.line, id=case.id, confidence=word(case.confidence), title=case.title
    )


def _way(trial: Trial, *, whole: bool) -> list[str]:
    if trial.verdict is None:
        return []
    return why_lines(trial.verdict if whole else replace(trial.verdict, trace=tuple(trial.trace()), packs=()))


def _untried(trials: Sequence[Trial]) -> Iterator[str]:
    """The lines that some case should still grant, refuse or ask about."""
    missing = {
        "granted": _("{line}: no case grants it"),
        "refused": _("{line}: no case refuses it"),
        "asked": _("{line}: no case has to ask"),
    }
    found = tried(trials)
    for line in found:
        yield from (said.format(line=line.line) for key, said in missing.items() if not getattr(line, key))
    if all(line.granted and line.refused and line.asked for line in found):
        yield _("each line was granted, refused and asked about")


def _edges(trials: Sequence[Trial]) -> Iterator[str]:
    for edge in edges(trials):
        window = f"{edge.pack} {edge.window}"
        if not edge.last_day and not edge.day_after:
            yield _("{window}: no case on its last good day, and none on the day after").format(window=window)
        elif not edge.last_day:
            yield _("{window}: no case on its last good day").format(window=window)
        elif not edge.day_after:
            yield _("{window}: no case on the day after its last good day").format(window=window)
    if all(edge.last_day and edge.day_after for edge in edges(trials)):
        yield _("each window was tried on its last good day and on the day after")
