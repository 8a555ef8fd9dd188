"""A verdict explained: what decided it, and how that was reckoned; of one remedy why it is open, or what closes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aftercare.answers.explained import Explained, Ground
from aftercare.language import N_, _, current, word
from aftercare.plain.moments import day_of, iso
from aftercare.plain.text import clip, printable
from aftercare.policies.judging.verdict import Grant, Remedy, Step, Traced, Verdict
from aftercare.render import circumstances, grants
from aftercare.render.citing import by_source
from aftercare.render.fitting import Passage, fitted, wrapped
from aftercare.render.rows import Row
from aftercare.render.traces import ABSENT, RESULTS, WIDEST, check_lines, cited, is_unwanted, wanted_words
from aftercare.render.verdict_rows import trace_row
from aftercare.render.verdicts import MARKS, MOST, given, grounds, repaired, sources_of, withheld

_SAID = 3
"""So many remedies, questions or assumptions are said; ``--all`` and the JSON have them all."""


def lines(verdict: Verdict, deciding: Iterable[Explained], *, heading: str, currency: str) -> list[str]:
    """The answer and what it was reckoned from, in at most ``MOST`` lines of at most ``WIDEST`` columns.

    *deciding* are the remedies of which the first that has a last day decides: the one asked for, those that are open.
    """
    sources = sources_of(verdict)
    asked = verdict.remedy(verdict.asked) if verdict.asked else None
    singly = _SAID - 1 if asked and asked.state == "closed" else _SAID
    passages = [Passage(0, clip(printable(heading), WIDEST)), Passage(1, _question(verdict))]
    if verdict.ended is not None:
        passages.append(Passage(1, _("✗ Nothing is left to claim: {why}").format(why=verdict.ended.said(current()))))
        return fitted([*passages, *_packs(verdict)], MOST, WIDEST)
    passages += [
        *given(verdict, sources, currency, singly=singly),
        *withheld(verdict, sources),
        *_reckoned(deciding, verdict),
        *_hinges(verdict),
        *grounds(sources),
        *_packs(verdict),
    ]
    return fitted(passages, MOST, WIDEST)


def _question(verdict: Verdict) -> str:
    """What was asked for, when the fault showed, and on which day it is judged."""
    said = [
        _("  Asked for: {remedy}").format(remedy=grants.remedy_name(verdict.asked))
        if verdict.asked
        else _("  Asked for: nothing in particular"),
        _("the fault showed on {day}").format(day=verdict.fault_on.isoformat()) if verdict.fault_on else "",
        _("judged on {day}").format(day=day_of(verdict.on).isoformat()),
    ]
    return _("; ").join(filter(None, said))


def _reckoned(deciding: Iterable[Explained], verdict: Verdict) -> Iterator[Passage]:
    """How the last good day that decides was reckoned: its start, its length, what paused it, what moved it."""
    found = next(filter(None, map(_deciding_steps, deciding)), None)
    if found:
        title, steps = found
        said = grants.reckoning(steps, named=True)
        brief = _("  Reckoned: {reckoning}").format(reckoning=grants.reckoning(steps))
        full = _("  Reckoned, “{window}”: {reckoning}").format(window=title, reckoning=said) if title else ""
        yield Passage(3, full or _("  Reckoned: {reckoning}").format(reckoning=said), brief)
    if verdict.provisional:
        yield Passage(8, _("  A last day may still move: the days off of its year are not known yet."))


def _deciding_steps(deciding: Explained) -> tuple[str, Sequence[Step]] | None:
    """The period whose end decides, by its title, and its reckoning."""
    best = deciding.remedy.best
    if best and best.steps:
        checks = [check for ground in deciding.granting for check in ground.checks]
        title = next((check.title for check in checks if check.steps == best.steps and check.title), None)
        return title.said(current()) if title else "", best.steps
    for ground in deciding.refusing[:1] if best is None else ():
        for check in ground.failing:
            if check.steps:
                return check.title.said(current()) if check.title else "", check.steps
    return None


def _hinges(verdict: Verdict) -> Iterator[Passage]:
    """What is asked, what was taken for granted, what a person must judge, how long it was in repair."""
    taken = [grants.assumption(*pair) for pair in grants.taken(verdict)]
    for rank, sentence, between, entries in (
        (2, _("  It hangs on this: {what}"), " ", grants.questions(verdict)),
        (5, _("  Taken for granted (else the answer changes): {what}"), _("; "), taken),
    ):
        if entries:
            yield Passage(rank, sentence.format(what=between.join(entries[:_SAID])), sentence.format(what=entries[0]))
    if verdict.review:
        said = _("; ").join(words.said(current()) for words in verdict.review)
        yield Passage(3, _("  A person must judge: {what}").format(what=said))
    if verdict.repair_days:
        yield Passage(7, "  " + repaired(verdict.repair_days))
    if grants.proof(verdict):
        yield Passage(9, "  " + grants.proof(verdict))


def _packs(verdict: Verdict) -> Iterator[Passage]:
    """The packs that are for this case, with the state of their texts."""
    said = [" ".join(filter(None, (pack.id, pack.version))) for pack in verdict.packs]
    if said:
        brief = _(", ").join(pack.id for pack in verdict.packs)
        yield Passage(6, _("Packs: {packs}").format(packs=_("; ").join(said)), _("Packs: {packs}").format(packs=brief))


def remedy_lines(found: Explained, verdict: Verdict, *, heading: str, currency: str) -> list[str]:
    """Why one remedy is open, with every check behind it; or why it is not, and what would have to be different."""
    remedy = found.remedy
    said = [clip(printable(heading), WIDEST), *wrapped(_state(remedy, verdict), WIDEST)]
    if verdict.ended is not None:
        return [
            *said,
            *wrapped(_("  Nothing is left to claim: {why}").format(why=verdict.ended.said(current())), WIDEST),
        ]
    if remedy.state != "closed":
        for ground in found.granting:
            said += _granted(ground, verdict, currency)
        return said
    for ground in found.taking:
        said += wrapped(
            _("  In its place another remedy is open, by {line}: {title}").format(
                line=ground.line, title=ground.title.said(current())
            ),
            WIDEST,
        )
    for ground in found.granting:
        said += _granted(ground, verdict, currency)
    if not (found.granting or found.refusing):
        said += wrapped(_("  No line of a pack that is for this case grants it."), WIDEST)
    return [*said, *_refused(found.refusing)]


def _state(remedy: Remedy, verdict: Verdict) -> str:
    name = grants.remedy_name(remedy.name)
    if remedy.state == "closed":
        return _("✗ {remedy}: no, {why}").format(remedy=name, why=grants.refusal(remedy, verdict))
    details = grants.condition(remedy) or word("open")
    return _("{mark} {remedy}: {details}").format(mark=MARKS[remedy.state], remedy=name, details=details)


def _heading(ground: Ground) -> Iterator[str]:
    title = ground.title.said(current())
    said = _("; ").join(filter(None, (title, cited(ground.cite))))
    yield from wrapped(f"{RESULTS[ground.result]} {ground.line}  {said}", WIDEST)


def _granted(ground: Ground, verdict: Verdict, currency: str) -> Iterator[str]:
    """A line that grants, each check with the place of its fact, and what it gives."""
    yield from _heading(ground)
    for check in ground.checks:
        yield from check_lines(check)
    if ground.grant:
        yield from wrapped("   " + _gives(ground.grant, verdict, currency), WIDEST)


def _gives(grant: Grant, verdict: Verdict, currency: str) -> str:
    said = [grants.opening(grant), grants.cost(grant, currency), grants.until(grant, verdict)]
    return _("= {details}").format(details=_("; ").join(filter(None, said)))


def _refused(refusing: Sequence[Ground]) -> Iterator[str]:
    """The line that came nearest, each check that fails and what would have to be different; the others in short."""
    for ground in refusing[:1]:
        what = _("; ").join(filter(None, (ground.title.said(current()), cited(ground.cite))))
        yield from wrapped(_("  Nearest: {line}  {what}").format(line=ground.line, what=what), WIDEST)
        for check in ground.failing:
            yield from check_lines(check)
            yield from wrapped("     → " + needed(check), WIDEST)
        if len(ground.failing) > 1:
            yield _("  All of these would have to be different.")
    for ground in refusing[1:]:
        what = _("; ").join(needed(check) for check in ground.failing)
        yield from wrapped(_("  Or by {line}: {what}").format(line=_with_articles(ground), what=what), WIDEST)


def _with_articles(ground: Ground) -> str:
    said = _(", ").join(filter(None, (articles for __, articles in by_source(ground.cite))))
    return _("{line} ({articles})").format(line=ground.line, articles=said) if said else ground.line


_NEEDED = {
    "within": N_("{fact} would have to be on {day} or before"),
    "after": N_("{fact} would have to be after {day}"),
}
_UNNEEDED = {
    "within": N_("{fact} would have to be outside “{window}”"),
    "after": N_("{fact} would have to be inside “{window}”"),
}


def needed(check: Traced) -> str:
    """What would have to be different for a check that fails to hold."""
    if check.because in _NEEDED and check.fact and check.steps:
        last = check.steps[-1].day
        return _(_NEEDED[check.because]).format(fact=grants.label(check.fact), day=iso(last))
    if check.because in _NEEDED and is_unwanted(check):
        sentence = _(_UNNEEDED[check.because])
        return sentence.format(fact=grants.label(check.fact) if check.fact else "", window=wanted_words(check))
    if check.because in _NEEDED:
        window = check.title.said(current()) if check.title else check.wanted or ""
        return _("“{window}” would have to run: {why}").format(window=window, why=_(ABSENT.get(check.value or "", "")))
    if check.because == "goods":
        return _("the goods would have to be of a kind that the rule names")
    if check.because == "given":
        return _("another line would first have to give “{right}”").format(right=word(check.wanted or ""))
    if check.because == "in_force" and check.fact:
        days = circumstances.wanted(check.fact, check.wanted or "")
        return _("{fact} would have to be {wanted}").format(fact=grants.label(check.fact), wanted=days)
    fact = grants.label(check.fact) if check.fact else ""
    return _("{fact} would have to be: {wanted}").format(fact=fact, wanted=wanted_words(check))


def remedy_row(found: Explained, *, claim: str | None, unit: str, on: str) -> Row:
    """One remedy explained, for machines."""
    return {
        "claim": claim,
        "unit": unit,
        "on": on,
        "remedy": found.remedy.name,
        "state": found.remedy.state,
        "why": found.remedy.why,
        "granting": list(map(_ground_row, found.granting)),
        "taking": list(map(_ground_row, found.taking)),
        "refusing": list(map(_ground_row, found.refusing)),
    }


def _ground_row(ground: Ground) -> dict[str, Any]:
    return {
        "line": ground.line,
        "title": ground.title._asdict(),
        "result": ground.result,
        "checks": [_check_row(check) for check in ground.checks],
        "failing": [_check_row(check) for check in ground.failing],
    }


def _check_row(check: Traced) -> dict[str, Any]:
    path = ".".join(map(str, check.path)) or None
    return {**trace_row(check), "truth": check.truth, "wanted": check.wanted, "record_path": path}
