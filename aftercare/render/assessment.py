"""What the records can say to the national standard: in lines for people, and as rows for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from aftercare.answers.assessment import NO_SCORE, Assessed, Assessment, with_evidence
from aftercare.answers.measures.counting import Measure, Score
from aftercare.language import N_, _, current
from aftercare.policies.national import Group, Standard
from aftercare.render.fitting import wrapped
from aftercare.render.measures import title
from aftercare.render.score_words import COLUMNS, in_words

FIELDS = (
    "id", "kind", "group", "name", "state", "reason", "points", "score", "evidence", "of", "figures", "clauses",
    "grades", "since", "checked_on", "sources",
)  # fmt: skip
"""The fields of a row; the last four are the standard's alone."""
_REASONS = {
    "not_recorded": N_("not assessed: no record is kept of it"),
    "none_in_period": N_("not assessed: nothing of it in this period"),
}
_NAMES = {
    "L6": N_("repairs that were right the first time"),
    "L5": N_("works and claims in which rights and safety were kept"),
    "L7": N_("customers who said that they were content"),
}
"""What the figures of laws are called that do not stand under their law here."""


def rows(assessment: Assessment) -> list[dict[str, Any]]:
    """The standard, each group and each indicator of it, as ``kind`` says; the same in every language.

    Names are the standard's own.  ``evidence`` is how many ``of`` the indicators the records speak to; ``score`` is
    null, ``reason`` says why, and why an indicator is not assessed.
    """
    standard = assessment.standard
    points = sum(group.points for group in standard.groups)
    whole = _row(standard.id, "standard", None, standard.title.zh) | _shares(assessment.found, points)
    made = [whole | {"reason": NO_SCORE} | _known(standard)]
    for group in standard.groups:
        found = assessment.of(group)
        made.append(_row(group.id, "group", None, group.name.zh) | _shares(found, group.points) | {"reason": NO_SCORE})
        made += [_indicator(one, group) for one in found]
    return made


def _row(id: str, kind: str, group: str | None, name: str) -> dict[str, Any]:
    return {**dict.fromkeys(FIELDS), "id": id, "kind": kind, "group": group, "name": name, "figures": [], "clauses": []}


def _known(standard: Standard) -> dict[str, Any]:
    """What is known of the standard itself: its grades, and the sources, none of which is its own text."""
    return {
        "grades": [{"id": one.id, "name": one.name.zh, "from": one.least} for one in standard.grades],
        "since": standard.since.isoformat(),
        "checked_on": standard.checked_on.isoformat(),
        "sources": [{"what": one.what, "where": one.where, "sure": one.sure} for one in standard.sources.values()],
    }


def _shares(found: Sequence[Assessed], points: int) -> dict[str, Any]:
    return {"points": points, "evidence": with_evidence(found), "of": len(found)}


def _indicator(one: Assessed, group: Group) -> dict[str, Any]:
    said = _row(one.indicator.id, "indicator", group.id, one.indicator.name.zh)
    figures = [_figure(score) for score in one.figures]
    clauses = [{"number": clause.number, "text": clause.text.zh} for clause in one.indicator.clauses]
    return said | {"state": one.state, "reason": one.reason or None, "figures": figures, "clauses": clauses}


def _figure(score: Score) -> dict[str, Any]:
    is_share = score.measure.sort == "share"
    return {
        "id": score.measure.id,
        "sort": score.measure.sort,
        "value": str(score.value) if score.value is not None else None,
        "good": score.good if is_share else None,
        "of": score.of,
    }


def told(assessment: Assessment) -> Iterator[str]:
    """The standard for people: a paragraph for each group, a line for each indicator and for each of its figures."""
    for line in _told(assessment):
        yield from wrapped(line, COLUMNS)


def _told(assessment: Assessment) -> Iterator[str]:
    standard, language = assessment.standard, current()
    called = _("{number} {title}").format(number=standard.number, title=standard.title.said(language))
    yield _("{title}: {period}").format(title=called, period=in_words(assessment.period))
    yield _("{weight}; in force since {day}").format(
        weight=standard.weight.said(language), day=standard.since.isoformat()
    )
    yield _("no score: how many points each indicator has is in no source that we have seen")
    grades = _(", ").join(f"{one.name.said(language)} {one.least} %" for one in standard.grades)
    yield _("whoever assesses gives a grade from so much of the points on: {grades}").format(grades=grades)
    count, of = with_evidence(assessment.found), len(assessment.found)
    yield _("the records speak to {count} of {of} indicators; that is not to say that these are passed").format(
        count=count, of=of
    )
    for group in standard.groups:
        found = assessment.of(group)
        yield _("{name}, {points} points: the records speak to {count} of {of}").format(
            name=group.name.said(language), points=group.points, count=with_evidence(found), of=len(found)
        )
        for one in found:
            yield from _lines(one)
    unseen = _("; ").join(one.said(language) for one in standard.not_seen)
    yield _("not seen of the standard: {what}").format(what=unseen)
    where = _("; ").join(one.where for one in standard.sources.values())
    yield _("restated by others, compared on {day}: {where}").format(day=standard.checked_on.isoformat(), where=where)


def _lines(one: Assessed) -> Iterator[str]:
    name = one.indicator.name.said(current())
    if one.reason:
        yield "  " + _("{name}: {text}").format(name=name, text=_(_REASONS[one.reason]))
        return
    yield f"  {name}"
    for score in one.figures:
        text = _said(score)
        yield "    " + _("{name}: {text}").format(name=_called(score.measure), text=text)


def _called(measure: Measure) -> str:
    return _(_NAMES[measure.id]) if measure.id in _NAMES else title(measure)


def _said(score: Score) -> str:
    """A figure: a share with both its numbers, days with their middle, else how many."""
    match score.measure.sort:
        case "share":
            return _("{share} % ({good} of {of})").format(share=score.value, good=score.good, of=score.of)
        case "days":
            return _("{days}, the middle of {of}").format(days=score.value, of=score.of)
        case _:
            return str(score.of)
