"""What is said beside scores: of which days they are, how many cases they are made of, and what their signs mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from aftercare.answers.measures.counting import FEWEST, Score, Tally
from aftercare.answers.period import Period
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.text import printable
from aftercare.render import measures as named
from aftercare.render.fitting import wrapped

COLUMNS = 100
"""No line is wider."""


def in_words(period: Period) -> str:
    """A period for people."""
    first, last = period
    if first == date.min:
        return _("all time") if last == date.max else _("up to {last}").format(last=last.isoformat())
    if last == date.max:
        return _("from {first} on").format(first=first.isoformat())
    return _("{first} to {last}").format(first=first.isoformat(), last=last.isoformat())


def nothing(period: Period, now: Moment) -> str:
    """Why there is no figure at all."""
    if period.first > day_of(now):
        return _("nothing to count: this period lies after today ({day})").format(day=day_of(now).isoformat())
    return _("nothing to count in this period")


def unfinished(period: Period, now: Moment) -> Iterator[str]:
    """That a period is not over yet, so that nobody sets it beside a whole one without knowing."""
    if days := period.over(day_of(now)):
        yield _("the period is not over: {count} of {of} days").format(count=days[0], of=days[1])


def good_of(good: int, of: int) -> str:
    """How many of how many."""
    return _("{good} of {of}").format(good=good, of=of)


def signed(figure: Decimal) -> str:
    """A figure that may go either way, with its sign."""
    return f"{figure:+}".replace("-", "−") if figure else str(figure)


def parts_of(score: Score) -> list[tuple[str, Tally]]:
    """How many of each kind, the most frequent first; grades and ages in their own order."""
    parts = list(score.parts.items())
    if all(name[:1].isdigit() for name, __ in parts):
        return sorted(parts, key=lambda one: int(one[0].partition("-")[0]))
    return sorted(parts, key=lambda one: (-one[1].of, one[0]))


def notes(found: Sequence[Score], name_of: Callable[[str], str]) -> Iterator[str]:
    """What the signs of a card mean, of those that stand in it, and how few cases a clear change may rest on."""
    if any(score.measure.less for score in found):
        yield _("↓ fewer is better")
    if any(not score.of for score in found):
        yield _("– nothing to count in this period")
    if not any(score.is_clear for score in found):
        return
    yield _("clear: changed by more than chance explains")
    few = [said for score in found if (said := _few(score, name_of))]
    if few:
        yield from wrapped(_("of fewer than ten cases: {what}").format(what=_("; ").join(few)), COLUMNS)


def _few(score: Score, name_of: Callable[[str], str]) -> str:
    """Both numbers of both periods, where a change is called clear although one of them had few cases."""
    before = score.before
    if not score.is_clear or before is None or min(score.of, before.of) >= FEWEST:
        return ""
    name = named.title(score.measure)
    if score.group is not None:
        name = _("{name} ({more})").format(name=name, more=printable(name_of(score.group)))
    now, then = good_of(score.good, score.of), good_of(before.good, before.of)
    return _("{name} {now}, before {then}").format(name=name, now=now, then=then)
