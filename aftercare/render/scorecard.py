"""Scores for people: a line for each law, its further figures under it, on one screen of at most 100 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.finding import describe
from aftercare.answers.measures.counting import Measure, Per, Score, Sort
from aftercare.answers.period import Period
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, plural, word
from aftercare.plain.moments import Moment
from aftercare.plain.text import clip, pad, printable, width
from aftercare.render import measures as named
from aftercare.render.fitting import wrapped
from aftercare.render.rows import Column
from aftercare.render.score_words import good_of, in_words, notes, nothing, parts_of, signed, unfinished
from aftercare.render.scores import per_cent, tenth

STANDARD = "L8"
"""The national standard, which is assessed criterion by criterion and never as one figure."""
_SHOWN = f"aftercare score show {STANDARD}"
_CHANGE = 4
"""The place of the change among the cells."""
_NARROWEST = 32
"""Words have so many columns at least."""
COLUMNS = 100
"""No line is wider."""
_TITLES = (N_("score"), N_("good of all"), "95 %", N_("by month"), N_("change"))
_GAP = "  "
_UNITS: Mapping[Sort, str] = {
    "share": "%", "days": N_("days"), "grade": N_("grade"), "net": N_("% net"), "spread": "–", "count": N_("cases"),
}  # fmt: skip
"""What a score is measured in, which keeps days apart from per cent where a list holds both."""
_NOBODY = {
    "person": N_("nobody named"),
    "product": N_("no product, or several"),
    "channel": N_("no channel, or several"),
}


class Line(NamedTuple):
    """A line of the card: a name, and either cells or, where a figure is no share, *words*."""

    name: str
    cells: tuple[str, ...] = ()
    words: str = ""
    change: str = ""


def told(
    scores: Mapping[Measure, Sequence[Score]],
    period: Period,
    now: Moment,
    *,
    per: Per | None,
    shelf: Shelf,
    whole: bool,
) -> Iterator[str]:
    """The card: of each measure its scores, one or, with *per*, one for each group; *whole* where all laws are told.

    A measure without cases shows a dash, and what that means is said once; of groups there are none then.
    """
    found = [score for group in scores.values() for score in group]
    before = next((score.before.period for score in found if score.before), None)
    yield _heading(period, before)
    if not any(score.of for score in found) and not _kept_apart(scores, per):
        yield nothing(period, now)
        return
    yield from unfinished(period, now)
    lines = list(_lines(scores, per, shelf, whole=whole))
    yield from laid_out(lines)
    yield from notes(found, _namer(per, shelf))


def columns(per: Per | None, shelf: Shelf) -> list[Column]:
    """The columns of a plain table of scores, which may be sorted and cut."""
    name_of = _namer(per, shelf)
    return [
        Column("id", N_("ID")),
        *([Column("group", N_("for whom"), name_of)] if per else []),
        Column("value", N_("score")),
        Column("sort", N_("measured in"), lambda sort: _(_UNITS[sort])),
        Column("good", N_("good")),
        Column("of", N_("of all")),
    ]


def _kept_apart(scores: Mapping[Measure, Sequence[Score]], per: Per | None) -> bool:
    """Whether only measures were asked for that never tell persons apart."""
    return per == "person" and not any(measure.by_person for measure in scores)


def _heading(period: Period, before: Period | None) -> str:
    said = in_words(period)
    return _("{period}, beside {before}").format(period=said, before=in_words(before)) if before else said


def _lines(scores: Mapping[Measure, Sequence[Score]], per: Per | None, shelf: Shelf, *, whole: bool) -> Iterator[Line]:
    name_of = _namer(per, shelf)
    laws = list(dict.fromkeys(measure.law for measure in scores))
    for law in laws:
        if law == "L10" and whole:
            yield Line(
                f"{STANDARD} GB/T 27922-2011", words=_("not assessed as a whole: {command}").format(command=_SHOWN)
            )
        if per == "person" and not any(one.by_person for one in scores if one.law == law):
            yield Line(
                _law_title(law, scores), words=_("never told apart by person: whose merit it was nobody can say")
            )
            continue
        for measure, group in scores.items():
            if measure.law == law:
                yield from _of(measure, group, per, name_of)


def _law_title(law: str, scores: Mapping[Measure, Sequence[Score]]) -> str:
    return next(named.title(measure) for measure in scores if measure.law == law)


def _of(measure: Measure, group: Sequence[Score], per: Per | None, name_of: Callable[[str], str]) -> Iterator[Line]:
    """The lines of one measure: itself, or, where it is told apart, its title and a line for each group."""
    title = ("" if measure.id == measure.law else _GAP) + named.title(measure) + (" ↓" if measure.less else "")
    if per is None:
        yield from (line_of(title, score) for score in group)
    elif group:
        yield Line(title)
        yield from (line_of(_GAP * 2 + printable(name_of(score.group or "")), score) for score in group)


def _namer(per: Per | None, shelf: Shelf) -> Callable[[str], str]:
    """How a group is called."""

    def say(group: str) -> str:
        if per and not group:
            return _(_NOBODY[per])
        return word(group) if per == "channel" else describe(shelf, group)

    return say


def line_of(name: str, score: Score) -> Line:
    """A score as a line."""
    change = _change(score)
    if score.measure.sort != "share":
        return Line(name, words=in_figures(score), change=change)
    reach = score.reach
    if reach is None:
        return Line(name, ("–", "", "", "", change))
    ends = f"{per_cent(reach.low)}–{per_cent(reach.high)}"
    share = f"{score.value} %"
    return Line(name, (share, good_of(score.good, score.of), ends, _steady(score), change))


def _steady(score: Score) -> str:
    return "" if score.steady is None else _("steady") if score.steady else _("not steady")


def _change(score: Score) -> str:
    """By how much it changed, and whether by more than chance explains."""
    if score.change is None:
        return ""
    said = signed(score.change)
    return _("{change} clear").format(change=said) if score.is_clear else said


def in_figures(score: Score) -> str:
    """A score that is no share: days, grades, a net share, how many of each kind."""
    if not score.of:
        return "–"
    match score.measure.sort:
        case "days":
            said = plural(
                "median {median} (mean {mean}, {n} case)", "median {median} (mean {mean}, {n} cases)", score.of
            )
            return said.format(median=score.value, mean=_mean(score), n=score.of) if score.amounts else "–"
        case "grade":
            said = plural("{mean} ({n} answer)", "{mean} ({n} answers)", score.of)
            return said.format(mean=score.value, n=score.of) if score.amounts else "–"
        case "net":
            return _net(score)
        case "count":
            return str(score.of)
        case _:
            return in_parts(score)


def _mean(score: Score) -> str:
    return tenth(sum(score.amounts, Decimal()) / len(score.amounts))


def _net(score: Score) -> str:
    """Promoters less detractors, and of how many; of too few only these."""
    if score.value is None:
        said = plural("– ({n} answer, too few to say)", "– ({n} answers, too few to say)", score.of)
        return said.format(n=score.of)
    said = plural("{net} % ({n} answer)", "{net} % ({n} answers)", score.of)
    return said.format(net=signed(score.value), n=score.of)


def in_parts(score: Score) -> str:
    """How many of each kind, in words."""
    return _(", ").join(counted(named.part(score.measure, name), tally.of) for name, tally in parts_of(score))


def counted(name: str, count: int) -> str:
    """How many of a kind; a name of figures is kept apart from the number."""
    return _("{name}: {text}").format(name=name, text=count) if any(map(str.isdigit, name)) else f"{name} {count}"


def laid_out(lines: Sequence[Line]) -> Iterator[str]:
    """The lines under one another, each cell in its column; words take all the room there is, and wrap in it."""
    titles = tuple(_(title) if title != "95 %" else title for title in _TITLES)
    rows = [line.cells for line in lines if line.cells]
    filled = [place for place in range(len(titles)) if any(row[place] for row in rows)]
    if any(line.change for line in lines) and _CHANGE not in filled:
        filled.append(_CHANGE)
    widths = {at: max([width(titles[at]), *(width(row[at]) for row in rows)]) for at in filled}
    room = COLUMNS - sum(width + len(_GAP) for width in widths.values()) if rows else 48
    names = max(min(max(width(line.name) for line in lines), room), 20)
    if rows:
        yield (" " * names + _GAP + _GAP.join(_cell(titles[at], at, widths[at]) for at in filled)).rstrip()
    for line in lines:
        name = pad(clip(line.name, names), names)
        if line.cells:
            yield (name + _GAP + _GAP.join(_cell(line.cells[at], at, widths[at]) for at in filled)).rstrip()
        elif line.words:
            yield from _worded(name, line, sum(widths[at] + len(_GAP) for at in filled if at != _CHANGE))
        else:
            yield clip(line.name, COLUMNS)


def _cell(text: str, at: int, columns: int) -> str:
    """A cell: figures stand under one another by their last digit, words by their first letter."""
    return " " * (columns - width(text)) + text if at < 2 else pad(text, columns)


def _worded(name: str, line: Line, cells: int) -> Iterator[str]:
    """A name with words behind it, and the change where those of shares stand, behind so many columns of *cells*."""
    left = width(name) + len(_GAP)
    room = max(cells - len(_GAP), _NARROWEST) if line.change else COLUMNS - left
    first, *more = wrapped(line.words, room)
    yield f"{name}{_GAP}{pad(first, room) + _GAP + line.change if line.change else first}"
    yield from (" " * left + rest.strip() for rest in more)
