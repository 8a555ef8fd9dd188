"""One score on a page: what it means, what it counts, how it was reckoned, and the cases behind it."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.finding import describe
from aftercare.answers.measures.beside import by_month, extremes
from aftercare.answers.measures.counting import Score, Tally, percent
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _
from aftercare.plain.moments import Moment
from aftercare.plain.text import width
from aftercare.render import measures as named
from aftercare.render.fitting import wrapped
from aftercare.render.laws import MEANINGS, STANDARD
from aftercare.render.promises import binding
from aftercare.render.rows import Column
from aftercare.render.score_words import COLUMNS, good_of, in_words, nothing, unfinished
from aftercare.render.scorecard import counted, in_figures, in_parts
from aftercare.render.scores import per_cent

_BAR = 10
_FEW = 30
"""Of fewer cases it is said that they are few: the interval is then some thirty points wide or more."""


def page(score: Score, now: Moment, records: str) -> Iterator[str]:
    """The page of a score; *records* is the command that lists its cases."""
    for line in _page(score, now, records):
        yield from wrapped(line, COLUMNS)


def _page(score: Score, now: Moment, records: str) -> Iterator[str]:
    measure = score.measure
    yield named.title(measure)
    meaning = MEANINGS.get(measure.law, STANDARD)
    yield _("{asks} {research} {unseen}").format(**{name: _(said) for name, said in meaning._asdict().items()})
    wording = named.wording(measure)
    yield _("counted: {what}").format(what=_(wording.of))
    if wording.good and measure.less:
        yield _("of these: {what}; fewer is better").format(what=_(wording.good))
    elif wording.good:
        yield _("good: {what}").format(what=_(wording.good))
    if not score.of:
        yield _("{period}: {said}").format(period=in_words(score.period), said=nothing(score.period, now))
        return
    yield from unfinished(score.period, now)
    yield from _reckoned(score)
    yield from _months(score)
    yield _("case by case: {command}").format(command=records)


def _reckoned(score: Score) -> Iterator[str]:
    """The figure, how far chance reaches, and what it is made of."""
    period = in_words(score.period)
    if score.measure.sort != "share":
        yield _("{period}: {said}").format(period=period, said=in_figures(score))
        if score.parts and score.measure.sort == "net":
            yield in_parts(score)
        return
    figure = _("{share} % ({good} of {of})").format(share=score.value, good=score.good, of=score.of)
    yield _("{period}: {said}").format(period=period, said=figure)
    yield chance(score)
    if score.binds:
        yield _(", ").join(_tally(binding(name), one) for name, one in score.binds.items() if one.of)
    if score.whys:
        counts = _(", ").join(counted(named.why(name), count) for name, count in score.whys.items())
        yield _("not good: {counts}").format(counts=counts)
    if score.parts:
        kinds = sorted(score.parts.items(), key=lambda one: (-one[1].of, one[0]))
        said = _(", ").join(_tally(named.part(score.measure, name), one) for name, one in kinds)
        yield _("by kind: {kinds}").format(kinds=said)


def _tally(name: str, tally: Tally) -> str:
    return f"{name} {good_of(tally.good, tally.of)}"


def chance(score: Score) -> str:
    """How far chance may reach, in a sentence; "" of what is no share, or of nothing."""
    reach = score.reach
    if reach is None:
        return ""
    low, high = per_cent(reach.low), per_cent(reach.high)
    few = score.of < _FEW
    if score.good == score.of:
        sentence = N_("with so few the true share may be anything from {low} % up") if few else N_(
            "the true share may be anything from {low} % up"
        )  # fmt: skip
    elif not score.good:
        sentence = N_("with so few the true share may be anything up to {high} %") if few else N_(
            "the true share may be anything up to {high} %"
        )  # fmt: skip
    else:
        sentence = N_("with so few the true share may be anything from {low} % to {high} %") if few else N_(
            "the true share may be anything from {low} % to {high} %"
        )  # fmt: skip
    return _(sentence).format(low=low, high=high)


def _months(score: Score) -> Iterator[str]:
    """A line for each month, shares with a bar; before them whether it was steady."""
    if score.steady is not None:
        lowest, highest = extremes(score) or ("", "")
        steady = _("steady: no month is further from the whole than chance reaches")
        unsteady = _("not steady: a month is further from the whole than chance reaches")
        said = steady if score.steady else unsteady
        ends = _("lowest {lowest}, highest {highest}").format(lowest=lowest, highest=highest)
        yield _("{said}; {more}").format(said=said, more=ends) if lowest != highest else said
    months = by_month(score)
    if len(months) > 1:
        for month, one in months.items():
            yield f"  {month}  {_month(one)}"


def _month(score: Score) -> str:
    if score.measure.sort != "share":
        return in_figures(score)
    full = round(_BAR * score.good / score.of)
    share = f"{percent(score.good, score.of)} %"
    return f"{'█' * full}{'░' * (_BAR - full)}  {' ' * (7 - width(share))}{share}  {good_of(score.good, score.of)}"


def case_columns(score: Score, shelf: Shelf) -> list[Column]:
    """The columns of the cases: what each is, whose, and whether it was good or how much it was."""
    is_share = score.measure.sort == "share"
    wanted = {
        "amount": (any(case.amount is not None for case in score.cases), N_("amount"), None),
        "part": (
            any(case.part for case in score.cases),
            N_("kind"),
            lambda name: named.part(score.measure, name or ""),
        ),
        "good": (
            is_share,
            N_("counts") if score.measure.less else N_("good"),
            lambda good: _("yes") if good else _("no"),
        ),
        "why": (
            is_share and any(case.why for case in score.cases),
            N_("why not"),
            lambda code: named.why(code) if code else "",
        ),
    }
    return [
        Column("on", N_("day"), lambda at: str(at)[:10]),
        Column("id", N_("ID")),
        *(Column(field, title, say) for field, (is_there, title, say) in wanted.items() if is_there),
        *_whose(score, shelf),
    ]


def _whose(score: Score, shelf: Shelf) -> list[Column]:
    """A column for the customers; of cases that name none, for our people or the goods they are about."""
    titles = {"customer": N_("customer"), "person": N_("staff"), "product": N_("product")}
    found = [field for field in titles if any(getattr(case, field) for case in score.cases)]
    return [
        Column(field, titles[field], lambda one: describe(shelf, one).partition(" ")[2] if one else "")
        for field in found[:1] or ["customer"]
    ]
