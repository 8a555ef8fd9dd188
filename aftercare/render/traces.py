"""The trace of a verdict in words: each line that was looked at, its checks, and where each fact stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from aftercare.language import N_, _, current, word
from aftercare.plain.moments import iso
from aftercare.policies.judging.verdict import Cite, Traced, Verdict
from aftercare.render import circumstances, grants
from aftercare.render.citing import by_source
from aftercare.render.fitting import wrapped

WIDEST = 100
RESULTS = {"granted": "✓", "refused": "✗", "ask": "?", "overridden": "–"}
TRUTHS = {"yes": "✓", "no": "✗", "unknown": "?"}
SURE = {
    "verified": N_("text seen"),
    "partly": N_("parts of the text seen"),
    "secondary": N_("as others restate it"),
    "practice": N_("as practised"),
}
"""How well a source was looked at."""
_NO_LAW = {
    "standard": N_("no law"),
    "maker": N_("the maker's word"),
    "shop": N_("the shop's own word"),
}
"""What rules are that are no law, by whose they are."""
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
_UNWANTED = {
    "within": N_("wanted: not within {wanted}"),
    "after": N_("wanted: not after {wanted}"),
}
_ORIGINS = {
    "stated": N_("as was said"),
    "assumed": N_("taken for granted"),
    "measured": N_("reckoned from the records"),
    "none": N_("it did not happen"),
}
ABSENT = {
    "goods": N_("no such period for these goods"),
    "event": N_("the period has not begun"),
    "when": N_("the period does not hold here"),
    "in_force": N_("the period is not in force"),
}
"""Why a window has no end, as its check says."""


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
    said = cited([cite for check in checks for cite in check.cite])
    yield from wrapped(f"{RESULTS[checks[0].result]} {line}  {said}", WIDEST)
    for check in checks:
        yield from check_lines(check)


def check_lines(check: Traced) -> Iterator[str]:
    """One check: what was found and what is wanted, where the fact stands, the figure and its reckoning."""
    facts = filter(None, (*_fact(check), _source(check), *_value(check)))
    yield from wrapped(f"   {TRUTHS[check.truth]} " + _("; ").join(facts), WIDEST)


def cited(cites: Sequence[Cite]) -> str:
    """The sources with their articles, and how well each was looked at."""
    return _("; ").join(_cited(*cite) for cite in by_source(cites))


def sure_words(sure: str) -> str:
    """How well a source was looked at, in words."""
    return _(SURE[sure]) if sure in SURE else sure


def mark(cite: Cite) -> str:
    """How well the source of a citation was looked at, and whether it is law."""
    marks = [sure_words(cite.sure), _(_NO_LAW[cite.issuer]) if cite.issuer in _NO_LAW else ""]
    return _("; ").join(filter(None, marks))


def _cited(cite: Cite, articles: str) -> str:
    sure = mark(cite)
    title = cite.title.said(current())
    if not articles:
        return _("{title}, {sure}").format(title=title, sure=sure)
    return _("{title} {articles}, {sure}").format(title=title, articles=articles, sure=sure)


def _fact(check: Traced) -> Iterator[str]:
    """What was checked, what was found, and what the line wants."""
    if check.fact is None:
        said = ABSENT.get(check.value or "") or _BECAUSE.get(check.because)
        yield _(said) if said else word(check.because)
    else:
        nothing = _("none") if check.origin == "assumed" else _("not known")
        value = circumstances.value(check.fact, check.value) if check.value else nothing
        yield _("{fact}: {value}").format(fact=grants.label(check.fact), value=value)
    if check.wanted:
        wanted = _UNWANTED if check.title and is_unwanted(check) else _WANTED
        yield _(wanted.get(check.because, _WANTED["fact"])).format(wanted=wanted_words(check))


def is_unwanted(check: Traced) -> bool:
    """Whether the line wants that it is not so."""
    return (check.wanted or "").startswith(circumstances.NOT)


def wanted_words(check: Traced) -> str:
    """What the line wants, or does not: the period by its title, or what the fact must be."""
    if check.title:
        return check.title.said(current())
    text = check.wanted or ""
    return circumstances.wanted(check.fact, text) if check.fact else word(text)


def _source(check: Traced) -> str:
    """Where a fact came from; a fact that is not known says so itself."""
    if check.record is None:
        return _(_ORIGINS[check.origin]) if check.fact and check.origin in _ORIGINS else ""
    return _("from {record}").format(record=place_of(check))


def place_of(check: Traced) -> str:
    """Where a fact stands: the record, and the line of its file."""
    return (
        f"{check.record}:{check.record_line}" if check.record and check.record_line is not None else check.record or ""
    )


def _value(check: Traced) -> Iterator[str]:
    if check.value_since is not None:
        yield _("figure in force since {day}").format(day=iso(check.value_since))
    if check.steps:
        yield grants.reckoning(check.steps, named=True)
