"""The figures of a report in words, with what stands beside each: of how many, how far chance reaches, its months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.answers.measures.all import LAWS
from aftercare.answers.measures.counting import Score
from aftercare.answers.reporting import Report, months_of
from aftercare.language import _, plural
from aftercare.render import measures
from aftercare.render.behind import anchor
from aftercare.render.score_words import good_of, parts_of, signed
from aftercare.render.scores import per_cent


class Link(NamedTuple):
    """A number or a word, and the place in the page to which it leads; "" where there is none."""

    text: str
    href: str = ""


class Figure(NamedTuple):
    """A figure with everything that stands beside it; ``data`` is what a program finds it by."""

    id: str
    title: str
    is_less: bool
    """Whether fewer is better."""
    value: Link
    of: str
    reach: Mapping[str, str]
    reached: str
    trend: str
    months: str
    change: str
    is_clear: bool
    parts: Sequence[Link]
    data: Mapping[str, str]


def laws(report: Report) -> Iterator[Mapping[str, Any]]:
    """Each law of service with its score and its other figures; what no measure counts is left out."""
    for law in LAWS:
        figures = [_figure(score) for score in report.scores.values() if score.measure.law == law]
        if figures:
            yield {"id": law, "score": figures[0], "others": figures[1:]}


def _figure(score: Score) -> Figure:
    measure, reach = score.measure, score.reach
    href = f"#{anchor('figure', measure.id)}" if score.of else ""
    low, high = (per_cent(reach.low), per_cent(reach.high)) if reach else ("", "")
    months = months_of(score) if measure.sort in {"share", "days", "grade"} else {}
    is_share = measure.sort == "share"
    return Figure(
        id=measure.id,
        title=measures.title(measure),
        is_less=measure.less,
        value=Link(value_of(score), href),
        of=_of(score),
        reach={"low": low, "width": per_cent(reach.high - reach.low), "at": per_cent(score.good / score.of)}
        if reach
        else {},
        reached=_("chance reaches from {low} to {high} %").format(low=low, high=high) if reach else "",
        trend=_trend(list(months.values()), full=is_share),
        months=_(", ").join(_month(*one) for one in months.items()) if len(months) > 1 else "",
        change=_change(score),
        is_clear=bool(score.is_clear),
        parts=[*_parts(score)] if measure.sort == "spread" else [],
        data={
            "measure": measure.id,
            "value": f"{score.value:f}" if score.value is not None else "",
            "good": str(score.good) if is_share else "",
            "of": str(score.of),
        },
    )


def _of(score: Score) -> str:
    """Of how many cases a figure was made; "" where it says so itself."""
    match score.measure.sort:
        case "share":
            return good_of(score.good, score.of)
        case "spread" | "count":
            return ""
        case _:
            return plural("of {count} case", "of {count} cases", score.of).format(count=score.of)


def value_of(score: Score) -> str:
    """The figure itself as it is said; a dash where there is nothing to make it of."""
    value, sort = score.value, score.measure.sort
    if sort == "spread":
        return str(score.of) if score.of else "–"
    if value is None:
        return "–"
    match sort:
        case "share":
            return f"{value:f} %"
        case "days":
            return _("{count} days").format(count=f"{value:f}")
        case "net":
            return f"{signed(value)} %"
        case _:
            return f"{value:f}"


def _month(month: str, one: Score) -> str:
    tally = good_of(one.good, one.of) if one.measure.sort == "share" else str(one.of)
    return _("{month}: {value} ({of})").format(month=month, value=value_of(one), of=tally)


def _change(score: Score) -> str:
    """By how much a figure is another than in the period before; "" where one of the two is none."""
    if score.change is None:
        return ""
    return _("{change} against the period before").format(change=signed(score.change))


def _trend(months: Sequence[Score], *, full: bool) -> str:
    """The line of a figure's months on a field of 100 by 24, the latest at the right; *full*: from 0 to 100 %."""
    values = [float(one.value) for one in months if one.value is not None]
    if len(values) < 2:
        return ""
    low, high = (0.0, 100.0) if full else (min(values), max(values))
    step, room = 96 / (len(values) - 1), (high - low) or 1.0
    return " ".join(f"{2 + n * step:.1f},{22 - 20 * (value - low) / room:.1f}" for n, value in enumerate(values))


def _parts(score: Score) -> Iterator[Link]:
    for name, tally in parts_of(score):
        said = _("{part}: {count}").format(part=measures.part(score.measure, name), count=tally.of)
        yield Link(said, f"#{anchor('figure', score.measure.id, name)}")
