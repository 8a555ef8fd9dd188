"""What is unwise in a pack that can be used all the same: what its author should look at before others trust it.

What makes a pack unusable is found when it is read (:mod:`aftercare.policies.load`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.reading import read
from aftercare.plain.tree import Path, Tree
from aftercare.policies.authoring.coverage import edges, tried
from aftercare.policies.authoring.probes import dead_lines
from aftercare.policies.authoring.trials import Trial
from aftercare.policies.judging import days
from aftercare.policies.law import Law
from aftercare.policies.load import parse
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Length, Window

REVIEW_AFTER = timedelta(days=365)
"""How long a comparison with the sources is trusted."""
_TEXTS = frozenset({"title", "because", "weight", "judged", "narrower", "text", "label"})
"""The keys whose texts an operator reads in his own language."""
_A_DAY = timedelta(days=1)
_DAYS = {"days": 1.0, "workdays": 1.4, "months": 30.44, "years": 365.25}


def findings(pack: Pack, packs: Sequence[Pack], today: date, trials: Sequence[Trial] = ()) -> list[Fault]:
    """What to look at in a pack, line by line; *packs* are all there are, *trials* cases that it was tried on."""
    own = parse(pack.data, pack.file)
    found = [
        *_uncited(own),
        *_untranslated(own),
        *_unfinished(own),
        *_unused_sources(own),
        *_overdue(own, today),
        *_no_calendar(own),
        *_points(own),
        *_gaps(own, packs),
        *_narrower(own, packs),
        *_dead(pack, own, packs, today),
        *(_untried(own, trials) if trials else ()),
    ]
    return sorted(found, key=lambda fault: fault.line)


def _uncited(pack: Pack) -> Iterator[Fault]:
    """Figures that no source stands behind; a shop needs none for its own word."""
    if pack.issuer in {"shop", "maker"}:
        return
    said = _("{what} has no source")
    for window in pack.law.windows:
        if not window.cite:
            yield pack.fault(("windows", window.name), "uncited", said.format(what=window.name))
    for at, bar in enumerate(pack.law.bars):
        if not bar.cite:
            yield pack.fault(("bars", at), "uncited", said.format(what=bar.id))


def _untranslated(pack: Pack) -> Iterator[Fault]:
    """Texts in one language only; a shop may speak the one that it speaks."""
    if pack.issuer == "shop":
        return
    for path, __ in _texts(read(pack.data, pack.file), ()):
        is_shown = path[-1] in _TEXTS and path[0] != "sources"
        if is_shown or path[:-1] == ("not_covered",):
            said = _("this text is there in one language only; write it as {example}").format(example="{en: …, zh: …}")
            yield pack.fault(path, "untranslated", said)


def _unfinished(pack: Pack) -> Iterator[Fault]:
    """What the file was begun with and nobody filled in."""
    for path, text in _texts(read(pack.data, pack.file), ()):
        if text.startswith("<") and text.endswith(">"):
            yield pack.fault(path, "unfinished", _("“{text}” is still to be filled in").format(text=text))


def _texts(tree: Tree, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _texts(value, (*path, key))
    elif isinstance(tree, list):
        for at, value in enumerate(tree):
            yield from _texts(value, (*path, at))


def _unused_sources(pack: Pack) -> Iterator[Fault]:
    """Sources that nothing rests on."""
    text = pack.data.decode()
    for key in pack.sources:
        # It stands once where it is described, and again wherever it is cited.
        if text.count(key) == 1:
            yield pack.fault(("sources", key), "unused", _("nothing rests on the source {key}").format(key=key))


def _overdue(pack: Pack, today: date) -> Iterator[Fault]:
    """Rules that nobody has compared with their sources for a year."""
    if pack.checked_on and pack.checked_on + REVIEW_AFTER < today:
        said = _("last compared with its sources on {day}, more than a year ago").format(day=pack.checked_on)
        yield pack.fault(("checked_on",), "overdue", said)


def _no_calendar(pack: Pack) -> Iterator[Fault]:
    """Periods that move with days off which nobody knows."""
    known = days.names()
    said = _("no calendar is called {name}; there are {known}")
    named: list[tuple[Path, str]] = [(("counting", "calendar"), pack.law.counting.calendar)]
    named += [(("windows", window.name, "calendar"), window.calendar) for window in pack.law.windows]
    for path, name in named:
        if name and name not in known:
            yield pack.fault(path, "no-calendar", said.format(name=name, known=", ".join(known)))
    if not pack.law.counting.calendar:
        for window in pack.law.windows:
            if not window.calendar and any(one.length and one.length.unit == "workdays" for one in window.values):
                said_ = _("working days are counted, and no calendar says which days are worked")
                yield pack.fault(("windows", window.name), "no-calendar", said_)


def _points(pack: Pack) -> Iterator[Fault]:
    """Lines of points of which one is never looked at, since the one behind it is for the same goods and sales."""
    lines = pack.standards.points
    for at, rule in enumerate(lines):
        for later in lines[at + 1 :]:
            alike = (later.category, later.sold_by, later.member_of) == (rule.category, rule.sold_by, rule.member_of)
            if alike and later.earn and rule.earn and later.earn[0].since <= rule.earn[0].since:
                said = _("{line} never counts: {other} behind it is for the same goods")
                yield pack.fault(("points", at), "dead", said.format(line=rule.id, other=later.id))


def _gaps(pack: Pack, packs: Sequence[Pack]) -> Iterator[Fault]:
    """Days on which a figure, or a rule for the same goods, is missing between two others."""
    for window in pack.law.windows:
        for before, none, after in zip(window.values, window.values[1:], window.values[2:], strict=False):
            if before.length and none.length is None and after.length:
                said = _("{window} has no figure from {since} until {first}")
                sentence = said.format(window=window.name, since=none.since, first=after.since)
                yield pack.fault(("windows", window.name, "value"), "gap", sentence)
    if pack.until is None or not pack.listed:
        return
    later = [other for other in packs if other.country == pack.country and other.listed & pack.listed and other.since]
    if any(other.id != pack.id and (other.until is None or other.until > pack.until) for other in later):
        first = min((other.since for other in later if other.since and other.since > pack.until), default=None)
        if first and first > pack.until + _A_DAY:
            said = _("no rule for these goods from {until} until {first}")
            yield pack.fault(("in_force",), "gap", said.format(until=pack.until + _A_DAY, first=first))


def _narrower(pack: Pack, packs: Sequence[Pack]) -> Iterator[Fault]:
    """Windows that give less than those of the same name in the pack that it extends, and do not say so."""
    parent = next((other for other in packs if other.id == pack.extends), None)
    if parent is None:
        return
    theirs = {window.name: window for window in parent.law.windows}
    for window in pack.law.windows:
        other = theirs.get(window.name)
        if other is not None and not window.narrower and (less := _less(window, other)):
            said = _("{window} gives less than that of {parent}: {less}; say why under narrower, in both languages")
            sentence = said.format(window=window.name, parent=parent.id, less=less)
            yield pack.fault(("windows", window.name), "narrower", sentence)


def _less(window: Window, other: Window) -> str:
    """In what a window gives less than another, in words; "" where it does not."""
    length, theirs = _newest(window), _newest(other)
    figures = [one for one in (length, theirs) if one and not (one.column or one.fact)]
    days = [one.count * _DAYS[one.unit] for one in figures]
    if len(days) == len((window, other)) and days[0] < days[1]:
        return _("it is shorter")
    if other.pauses and not window.pauses:
        return _("repairs do not stop it")
    if other.restarts and not window.restarts:
        return _("a replacement does not begin it anew")
    if other.rolls and not window.rolls:
        return _("it may end on a day off")
    if window.meter and not other.meter:
        return _("a meter may end it sooner")
    return ""


def _newest(window: Window) -> Length | None:
    return window.values[-1].length if window.values else None


def _dead(pack: Pack, own: Pack, packs: Sequence[Pack], today: date) -> Iterator[Fault]:
    """Promises that never give a customer more than the law does."""
    if pack.issuer not in {"shop", "maker"}:
        return
    numbered = {line.id: at for at, line in enumerate(own.law.lines)}
    for line in dead_lines(pack, packs, today):
        said = _("{line} never gives more than the law does: the promise is empty")
        yield own.fault(("lines", numbered[line]), "dead", said.format(line=line))


def _untried(pack: Pack, trials: Sequence[Trial]) -> Iterator[Fault]:
    """Lines and edges that no case tries."""
    law: Law = pack.law
    numbered = {f"{pack.id}/{line.id}": at for at, line in enumerate(law.lines)}
    for line in tried(trials):
        missing = [key for key in ("granted", "refused", "asked") if not getattr(line, key)]
        if line.line in numbered and missing:
            said = _untried_words(missing).format(line=line.line)
            yield pack.fault(("lines", numbered[line.line]), "untested", said)
    own = {window.name for window in law.windows}
    for edge in edges(trials):
        if edge.pack == pack.id and edge.window in own and not (edge.last_day and edge.day_after):
            said = _("{window}: no case on its last good day and on the day after").format(window=edge.window)
            yield pack.fault(("windows", edge.window), "untested", said)


def _untried_words(missing: Iterable[str]) -> str:
    first = next(iter(missing))
    return {
        "granted": _("{line}: no case grants it"),
        "refused": _("{line}: no case refuses it"),
        "asked": _("{line}: no case has to ask"),
    }[first]
