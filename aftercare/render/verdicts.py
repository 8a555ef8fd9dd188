"""A verdict at the counter: what a good clerk says in a dozen lines, and the trace behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from aftercare.language import N_, _, current, plural, word
from aftercare.plain.moments import iso
from aftercare.plain.text import clip, printable
from aftercare.policies.verdict import Cite, Grant, Remedy, Traced, Verdict
from aftercare.render import circumstances, grants
from aftercare.render.citing import by_source
from aftercare.render.fitting import Passage, fitted, wrapped
from aftercare.render.verdict_rows import row

__all__ = ("MOST", "WIDEST", "lines", "row", "why_lines")
_Sources: TypeAlias = Mapping[tuple[str, str], str]
WIDEST, MOST = 100, 12
_SINGLY = 4
"""So many remedies have a line of their own; the rest share one."""
_MENTIONED = 3
"""So many questions or assumptions are said; ``--why`` and the JSON have them all."""
_MARKS = {"open": "✓", "if_proven": "✓", "review": "?", "ask": "?", "closed": "✗"}
_RESULTS = {"granted": "✓", "refused": "✗", "ask": "?", "overridden": "–"}
_TRUTHS = {"yes": "✓", "no": "✗", "unknown": "?"}
_SURE = {"verified": N_("text seen"), "secondary": N_("as others restate it"), "practice": N_("as practised")}
_BECAUSE = {
    "granted": N_("granted"),
    "within": N_("within its time"),
    "after": N_("its time is over"),
    "given": N_("given by another line"),
    "bar": N_("excluded"),
    "in_force": N_("whether the rule is in force"),
    "goods": N_("whether the rule is for these goods"),
}
_WANTED = {
    "fact": N_("wanted: {wanted}"),
    "within": N_("wanted: within {wanted}"),
    "after": N_("wanted: after {wanted}"),
}
_ORIGINS = {
    "stated": N_("as was said"),
    "assumed": N_("taken for granted"),
    "measured": N_("reckoned from the records"),
    "none": N_("it did not happen"),
}
_ABSENT = {
    "goods": N_("no such period for these goods"),
    "event": N_("the period has not begun"),
    "when": N_("the period does not hold here"),
    "in_force": N_("the period is not in force"),
}
"""Why a window has no end, as its check says."""
_MAIN = ("refund", "replace", "repair", "withdraw")


def lines(verdict: Verdict, *, heading: str, currency: str) -> list[str]:
    """The answer under its *heading*, in at most :data:`MOST` lines of at most :data:`WIDEST` columns."""
    sources = _sources(verdict)
    if verdict.ended is not None:
        ended = _("✗ Nothing is left to claim: {why}").format(why=verdict.ended.said(current()))
        return [clip(printable(heading), WIDEST), *wrapped(ended, WIDEST)]
    passages = [
        Passage(0, clip(printable(heading), WIDEST)),
        *_given(verdict, sources, currency),
        *_withheld(verdict, sources),
        *_reckoned(verdict),
        *_to_do(verdict),
        *_grounds(sources),
    ]
    return fitted(passages, MOST, WIDEST)


def _sources(verdict: Verdict) -> _Sources:
    """The titles of the sources that are cited, in the order in which they are."""
    shown = [one.best.cite for one in grants.ranked(verdict) if one.best]
    asked = verdict.remedy(verdict.asked) if verdict.asked else None
    refused = asked.cite if asked and asked.state == "closed" else ()
    return {(cite.pack, cite.source): cite.title.said(current()) for cites in (*shown, refused) for cite in cites}


def _ground(cites: Sequence[Cite], sources: _Sources) -> str:
    """The articles, those of each source with its number where there are several."""
    keys = list(sources)
    said = [
        f"{articles} [{keys.index((cite.pack, cite.source)) + 1}]".lstrip() if len(keys) > 1 else articles
        for cite, articles in by_source(cites)
    ]
    return _(" ({articles})").format(articles=_(", ").join(said)) if any(said) else ""


def _grounds(sources: _Sources) -> Iterator[Passage]:
    titles = list(sources.values())
    if len(titles) > 1:
        titles = [f"[{number}] {title}" for number, title in enumerate(titles, 1)]
    if titles:
        yield Passage(4, _("By: {sources}").format(sources=_("; ").join(titles)))


def _given(verdict: Verdict, sources: _Sources, currency: str) -> Iterator[Passage]:
    """What the customer may have, or that it is nothing."""
    open_ones = grants.ranked(verdict)
    if not open_ones:
        yield Passage(1, _("✗ By the rules there is nothing to be had for it on this day."))
    for at, remedy in enumerate(open_ones[:_SINGLY]):
        cites = remedy.best.cite if remedy.best else ()
        full = _offer(remedy, verdict, currency) + _ground(cites, sources)
        rank = 0 if remedy.best and remedy.best.fee else 1 + at  # whatever gives way, a fee has its sum
        yield Passage(rank, full, _in_brief(remedy, verdict, currency) + _ground(cites[:1], sources))
        for later in remedy.then[:1]:
            yield Passage(9, _later(later, verdict, currency))
    if open_ones[_SINGLY:]:
        rest = [_shortly(remedy) for remedy in open_ones[_SINGLY:]]
        yield Passage(5, _("  Also: {remedies}").format(remedies=_("; ").join(rest)))


def _offer(remedy: Remedy, verdict: Verdict, currency: str) -> str:
    grant = remedy.best
    said = [grants.condition(remedy)]
    if grant:
        said += [grants.opening(grant), grants.cost(grant, currency), grants.until(grant, verdict)]
    details = _("; ").join(filter(None, said))
    sentence = (
        _("{mark} {remedy}, as asked: {details}") if remedy.name == verdict.asked else _("{mark} {remedy}: {details}")
    )
    return sentence.format(mark=_MARKS[remedy.state], remedy=grants.remedy_name(remedy.name), details=details)


def _in_brief(remedy: Remedy, verdict: Verdict, currency: str) -> str:
    """The offer for a crowded page: what it costs and until when, without the sum; the mark says that it hangs."""
    grant = remedy.best
    said = [grants.condition(remedy)]
    if grant:
        said = [grants.cost(grant, currency, reckoned=False), grants.until(grant, verdict, iso)]
    details = _("; ").join(said)
    name = grants.remedy_name(remedy.name)
    return _("{mark} {remedy}: {details}").format(mark=_MARKS[remedy.state], remedy=name, details=details)


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


def _withheld(verdict: Verdict, sources: _Sources) -> Iterator[Passage]:
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
        "In repair {count} times so far, days: {days}",
        len(days),
    )
    return sentence.format(count=len(days), days=_(", ").join(map(str, days)))


def why_lines(verdict: Verdict) -> list[str]:
    """Every line of law that was looked at, with its checks: what was found, where, and how that was reckoned."""
    said: list[str] = []
    for line, checks in groupby(verdict.trace, key=lambda check: check.line):
        said += _line_of_law(line, list(checks))
    for words in verdict.review:
        said += wrapped(_("? A person must judge: {what}").format(what=words.said(current())), WIDEST)
    used = _("; ").join(
        " ".join(filter(None, (pack.id, pack.version, f"({pack.sha256[:8]})"))) for pack in verdict.packs
    )
    return [*said, *wrapped(_("Packs: {packs}").format(packs=used), WIDEST)] if used else said


def _line_of_law(line: str, checks: Sequence[Traced]) -> Iterator[str]:
    cites = by_source([cite for check in checks for cite in check.cite])
    said = _("; ").join(_cited(*cite) for cite in cites)
    yield from wrapped(f"{_RESULTS[checks[0].result]} {line}  {said}", WIDEST)
    for check in checks:
        facts = filter(None, (*_fact(check), _source(check), *_value(check)))
        yield from wrapped(f"   {_TRUTHS[check.truth]} " + _("; ").join(facts), WIDEST)


def _cited(cite: Cite, articles: str) -> str:
    sure = _(_SURE[cite.sure]) if cite.sure in _SURE else cite.sure
    title = cite.title.said(current())
    if not articles:
        return _("{title}, {sure}").format(title=title, sure=sure)
    return _("{title} {articles}, {sure}").format(title=title, articles=articles, sure=sure)


def _fact(check: Traced) -> Iterator[str]:
    """What was checked, what was found, and what the line wants."""
    if check.fact is None:
        said = _ABSENT.get(check.value or "") or _BECAUSE.get(check.because)
        yield _(said) if said else word(check.because)
    else:
        nothing = _("none") if check.origin == "assumed" else _("not known")
        value = circumstances.value(check.fact, check.value) if check.value else nothing
        yield _("{fact}: {value}").format(fact=grants.label(check.fact), value=value)
    if check.wanted:
        yield _(_WANTED.get(check.because, _WANTED["fact"])).format(wanted=_wanted(check, check.wanted))


def _wanted(check: Traced, text: str) -> str:
    """What the line wants: the period by its title, or what the fact must be."""
    if check.title:
        title = check.title.said(current())
        return _("not {wanted}").format(wanted=title) if text.startswith(circumstances.NOT) else title
    return circumstances.wanted(check.fact, text) if check.fact else word(text)


def _source(check: Traced) -> str:
    """Where a fact came from; a fact that is not known says so itself."""
    if check.record is None:
        return _(_ORIGINS[check.origin]) if check.fact and check.origin in _ORIGINS else ""
    place = check.record if check.record_line is None else f"{check.record}:{check.record_line}"
    return _("from {record}").format(record=place)


def _value(check: Traced) -> Iterator[str]:
    if check.value_since is not None:
        yield _("figure in force since {day}").format(day=iso(check.value_since))
    if check.steps:
        yield grants.reckoning(check.steps, named=True)
