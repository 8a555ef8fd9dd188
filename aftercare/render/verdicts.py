"""A verdict at the counter: what a good clerk says in a dozen lines, and the trace behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from aftercare.language import _, current, plural
from aftercare.plain.moments import iso
from aftercare.plain.text import clip, printable
from aftercare.policies.judging.verdict import Cite, Grant, Remedy, Verdict
from aftercare.render import grants
from aftercare.render.citing import by_source
from aftercare.render.fitting import Passage, fitted, wrapped
from aftercare.render.traces import WIDEST, mark, why_lines
from aftercare.render.verdict_rows import row

__all__ = (
    "MARKS", "MOST", "WIDEST", "Sources", "given", "grounds", "lines", "repaired", "row", "sources_of", "why_lines",
    "withheld",
)  # fmt: skip
Sources: TypeAlias = Mapping[tuple[str, str], Cite]
"""The sources that an answer cites, each by its first citation."""
MOST = 12
_SINGLY = 4
"""So many remedies have a line of their own; the rest share one."""
_MENTIONED = 3
"""So many questions or assumptions are said; ``--why`` and the JSON have them all."""
MARKS = {"open": "✓", "if_proven": "✓", "review": "?", "ask": "?", "closed": "✗"}
_MAIN = ("refund", "replace", "repair", "withdraw")


def lines(verdict: Verdict, *, heading: str, currency: str) -> list[str]:
    """The answer under its *heading*, in at most :data:`MOST` lines of at most :data:`WIDEST` columns."""
    sources = sources_of(verdict)
    if verdict.ended is not None:
        ended = _("✗ Nothing is left to claim: {why}").format(why=verdict.ended.said(current()))
        return [clip(printable(heading), WIDEST), *wrapped(ended, WIDEST)]
    passages = [
        Passage(0, clip(printable(heading), WIDEST)),
        *given(verdict, sources, currency),
        *withheld(verdict, sources),
        *_reckoned(verdict),
        *_to_do(verdict),
        *grounds(sources),
    ]
    return fitted(passages, MOST, WIDEST)


def sources_of(verdict: Verdict) -> Sources:
    """The sources that are cited, in the order in which they are."""
    shown = [one.best.cite for one in grants.ranked(verdict) if one.best]
    asked = verdict.remedy(verdict.asked) if verdict.asked else None
    refused = asked.cite if asked and asked.state == "closed" else ()
    found: dict[tuple[str, str], Cite] = {}
    for cite in (cite for cites in (*shown, refused) for cite in cites):
        found.setdefault((cite.pack, cite.source), cite)
    return found


def _ground(cites: Sequence[Cite], sources: Sources) -> str:
    """The articles, those of each source with its number where there are several."""
    keys = list(sources)
    said = [
        f"{articles} [{keys.index((cite.pack, cite.source)) + 1}]".lstrip() if len(keys) > 1 else articles
        for cite, articles in by_source(cites)
    ]
    return _(" ({articles})").format(articles=_(", ").join(said)) if any(said) else ""


def grounds(sources: Sources) -> Iterator[Passage]:
    """The sources that are cited, numbered where there are several, and how well they were looked at."""
    titles = [cite.title.said(current()) for cite in sources.values()]
    if len(titles) > 1:
        titles = [f"[{number}] {title}" for number, title in enumerate(titles, 1)]
    said = []
    # Neighbours that were looked at alike share the word for it.
    for sure, named in groupby(zip(map(mark, sources.values()), titles, strict=True), key=itemgetter(0)):
        together = _(", ").join(title for __, title in named)
        said.append(_("{title} ({sure})").format(title=together, sure=sure))
    if said:
        yield Passage(4, _("By: {sources}").format(sources=_("; ").join(said)))


def given(verdict: Verdict, sources: Sources, currency: str, *, singly: int = _SINGLY) -> Iterator[Passage]:
    """What the customer may have, or that it is nothing; *singly* remedies have a passage of their own."""
    open_ones = grants.ranked(verdict)
    if not open_ones:
        yield Passage(1, _nothing(verdict))
    for at, remedy in enumerate(open_ones[:singly]):
        cites = remedy.best.cite if remedy.best else ()
        full = _offer(remedy, verdict, currency) + _ground(cites, sources)
        rank = 0 if remedy.best and remedy.best.fee else 1 + at  # whatever gives way, a fee has its sum
        yield Passage(rank, full, _in_brief(remedy, verdict, currency) + _ground(cites[:1], sources))
        for later in remedy.then[:1]:
            yield Passage(9, _later(later, verdict, currency))
    if open_ones[singly:]:
        rest = [_shortly(remedy) for remedy in open_ones[singly:]]
        yield Passage(5, _("  Also: {remedies}").format(remedies=_("; ").join(rest)))


def _nothing(verdict: Verdict) -> str:
    """That the rules give nothing; or that none of them is for this case, which is no refusal."""
    if not verdict.packs and all(one.why == "not_applicable" for one in verdict.remedies.values()):
        return _("? No rule that counts here is for this case; that is no refusal, and a person must look it up.")
    return _("✗ By the rules there is nothing to be had for it on this day.")


def _offer(remedy: Remedy, verdict: Verdict, currency: str) -> str:
    grant = remedy.best
    said = [grants.condition(remedy)]
    if grant:
        said += [grants.opening(grant), grants.cost(grant, currency), grants.until(grant, verdict)]
    details = _("; ").join(filter(None, said))
    sentence = (
        _("{mark} {remedy}, as asked: {details}") if remedy.name == verdict.asked else _("{mark} {remedy}: {details}")
    )
    return sentence.format(mark=MARKS[remedy.state], remedy=grants.remedy_name(remedy.name), details=details)


def _in_brief(remedy: Remedy, verdict: Verdict, currency: str) -> str:
    """The offer for a crowded page: what it hangs on, else what it costs, and until when, without the reckoning."""
    grant, condition = remedy.best, grants.condition(remedy)
    said = [condition]
    if grant and (grant.fee or not condition):
        said.append(grants.cost(grant, currency, reckoned=False))
    if grant:
        said.append(grants.until(grant, verdict, iso))
    details = _("; ").join(filter(None, said))
    name = grants.remedy_name(remedy.name)
    return _("{mark} {remedy}: {details}").format(mark=MARKS[remedy.state], remedy=name, details=details)


def _later(grant: Grant, verdict: Verdict, currency: str) -> str:
    facts = {"cost": grants.cost(grant, currency), "until": grants.until(grant, verdict)}
    return _("    after that {remedy}: {cost}; {until}").format(remedy=grants.remedy_name(grant.remedy), **facts)


def _shortly(remedy: Remedy) -> str:
    name = grants.remedy_name(remedy.name)
    if remedy.state == "ask":
        return _("perhaps {remedy}").format(remedy=name)
    if remedy.best and remedy.best.until:
        return _("{remedy} until {day}").format(remedy=name, day=iso(remedy.best.until))
    return name


def withheld(verdict: Verdict, sources: Sources) -> Iterator[Passage]:
    """Why the customer may not have what was asked for; where there is room, why not the main remedies."""
    asked = verdict.remedy(verdict.asked) if verdict.asked else None
    if asked and asked.state == "closed":
        sentence, name = _("✗ {remedy}, as asked: no, {why}"), grants.remedy_name(asked.name)
        full = sentence.format(remedy=name, why=grants.refusal(asked, verdict))
        brief = sentence.format(remedy=name, why=grants.refusal(asked, verdict, briefly=True))
        yield Passage(1, full + _ground(asked.cite, sources), brief + _ground(asked.cite[:1], sources))
    for remedy in (verdict.remedy(name) for name in _MAIN if name != verdict.asked):
        if remedy.state == "closed" and remedy.why not in {"not_applicable", "better_open"}:
            why = grants.refusal(remedy, verdict)
            yield Passage(10, _("✗ {remedy}: {why}").format(remedy=grants.remedy_name(remedy.name), why=why))


def _reckoned(verdict: Verdict) -> Iterator[Passage]:
    """How the last day of the first remedy was reckoned; it weighs more where a plain count would miss it."""
    first = next((one for one in grants.ranked(verdict) if one.best and one.best.until), None)
    if first and first.best and first.best.steps:
        plain = all(step.what in {"start", "add"} for step in first.best.steps)
        said = grants.reckoning(first.best.steps)
        full = _("  Last day of {remedy}: {reckoning}").format(remedy=grants.remedy_name(first.name), reckoning=said)
        yield Passage(11 if plain else 8, full, _("  Last day: {reckoning}").format(reckoning=said))
    if verdict.provisional:
        yield Passage(8, _("  A last day may still move: the days off of its year are not known yet."))


def _to_do(verdict: Verdict) -> Iterator[Passage]:
    """What to bring, what would change the answer, and what a person must see to."""
    bring, questions = grants.to_bring(verdict), grants.questions(verdict)
    taken = [grants.assumption(*pair) for pair in grants.taken(verdict)]
    for rank, sentence, between, entries in (
        (4, _("  Bring: {what}"), _("; "), bring),
        (2, _("  It hangs on this: {what}"), " ", questions),
        (5, _("  Taken for granted (else the answer changes): {what}"), _("; "), taken),
    ):
        if entries:
            full = sentence.format(what=between.join(entries[:_MENTIONED]))
            yield Passage(rank, full, sentence.format(what=entries[0]))
    if grants.proof(verdict):
        yield Passage(7, "  " + grants.proof(verdict))
    if verdict.review:
        said = _("; ").join(words.said(current()) for words in verdict.review)
        yield Passage(3, _("  A person must judge: {what}").format(what=said))
    if verdict.repair_days:
        yield Passage(9, "  " + repaired(verdict.repair_days))


def repaired(days: Sequence[int]) -> str:
    """How often and how long it was in repair."""
    sentence = plural(
        "In repair {count} time so far, days: {days}",
        "In repair {count} times so far, days: {days}; together {total}",
        len(days),
    )
    return sentence.format(count=len(days), days=_(", ").join(map(str, days)), total=sum(days))
