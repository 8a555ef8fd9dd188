"""Benefits as rows and in words: what a pack says of them, and how a customer stands with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare import language
from aftercare.answers.benefits_of import Standing
from aftercare.answers.members import told
from aftercare.language import N_, _, plural
from aftercare.plain.moments import Span, iso
from aftercare.plain.text import printable
from aftercare.policies.benefits import Benefit
from aftercare.render.spans import in_words, span_of

FIELDS = (
    "id", "kind", "customer", "on", "title", "category", "state", "why", "until", "for", "membership", "limit", "from",
    "to", "used", "left", "uses", "open", "within", "cost", "units", "cite",
)  # fmt: skip
_LAST = 3
"""So many of the times that it was given are told of in words."""
_PER = {
    "month": N_("in a month"),
    "year": N_("in a year"),
    "membership_year": N_("in a year of the membership"),
    "ever": N_("in all"),
}


def clause(benefit: Benefit) -> dict[str, Any]:
    """What a benefit says beside what every clause has."""
    return {
        "for": _held(benefit),
        "limit": [
            {"since": at.since.isoformat(), "limit": at.limit._asdict() if at.limit else None} for at in benefit.limits
        ],
        "within": [
            {"since": at.since.isoformat(), "span": span_of(at.span) if at.span else None} for at in benefit.within
        ],
        "cost": [{"since": at.since.isoformat(), "cost": _plain(at.figure)} for at in benefit.costs],
        "from": benefit.since.isoformat() if benefit.since else None,
        "to": benefit.until.isoformat() if benefit.until else None,
    }


def _held(benefit: Benefit) -> list[dict[str, Any]]:
    return [{"of": one.of, "level": list(one.levels)} for one in benefit.held]


def _plain(figure: Decimal | None) -> str | None:
    return None if figure is None else format(figure, "f")


def terms(row: dict[str, Any], goods: str) -> Iterator[str]:
    """A benefit in words, from the row of its clause: for whom and which goods, how often, how soon, at what cost."""
    members = _(", ").join(f"{one['of']} {'/'.join(one['level'])}".rstrip() for one in row["for"])
    whom = _("members ({members})").format(members=members) if members else _("every customer")
    yield _("a benefit for {whom}, about {category}").format(whom=whom, category=goods)
    if not row["limit"]:
        yield _("without limit")
    for dated in row["limit"]:
        limit = often(dated["limit"]) if dated["limit"] else _("without limit")
        yield _("from {since}: {what}").format(since=dated["since"], what=limit)
    for dated in row["within"]:
        span = in_words(dated["span"] or span_of(Span()))
        yield _("done after it was asked for, from {since}: {span}").format(since=dated["since"], span=span)
    if not row["cost"]:
        yield _("free of charge")
    for dated in row["cost"]:
        cost = _("it costs {cost}").format(cost=dated["cost"]) if dated["cost"] else _("free of charge")
        yield _("from {since}: {what}").format(since=dated["since"], what=cost)
    if row["to"]:
        yield _("until {day}").format(day=row["to"])


def often(limit: dict[str, Any]) -> str:
    """How often a benefit may be had, in words."""
    count, per = limit["times"], _PER[limit["per"]]
    return plural("{count} time {per}", "{count} times {per}", count).format(count=count, per=_(per))


def row(found: Standing, customer: str, on: date) -> dict[str, Any]:
    """How a customer stands with a benefit, for machines."""
    benefit, limit, held = found.benefit, found.limit, found.membership
    first, last = found.span
    cost = benefit.cost(on)
    return {
        "id": benefit.line,
        "kind": "benefit",
        "customer": customer,
        "on": on.isoformat(),
        "title": benefit.title._asdict(),
        "category": benefit.category,
        "state": "no" if found.why else "yes",
        "why": found.why.code if found.why else None,
        "until": found.until.isoformat() if found.until else None,
        "for": _held(benefit),
        "membership": held.model_dump(mode="json", exclude_none=True) if held else None,
        "limit": limit._asdict() if limit else None,
        "from": None if first == date.min else first.isoformat(),
        "to": None if last == date.max else last.isoformat(),
        "used": len(found.used),
        "left": found.left,
        "uses": [
            {
                "id": use.visit.id,
                "at": iso(use.at),
                "given_on": iso(use.given) if use.given else None,
                "units": list(use.units),
                "promise": use.id or None,
            }
            for use in found.used
        ],
        "open": [use.id for use in found.used if use.given is None],
        "within": span_of(benefit.span(on)),
        "cost": _plain(cost),
        "units": found.units,
        "cite": list(benefit.cite),
    }


def lines(found: Standing, on: date) -> Iterator[str]:
    """The same in words: yes or no and why, how often it was had, what is left and until when."""
    benefit = found.benefit
    title = benefit.title.said(language.current())
    mark = "✗" if found.why else "✓"
    said = [told(found.why, benefit)] if found.why else list(_open(found, on))
    terms = _("; ").join(said)
    yield printable(
        _("{mark} {title} ({line}): {terms}").format(mark=mark, title=title, line=benefit.line, terms=terms)
    )
    yield from ("  " + printable(line) for line in _had(found))


def _open(found: Standing, on: date) -> Iterator[str]:
    """How often it may be had, until when, how soon it is done and what it costs."""
    limit, last = found.limit, found.span[1]
    if limit is None:
        yield _("without limit")
    elif last == date.max:
        yield _("{left} of {times} left").format(left=found.left, times=limit.times)
    else:
        yield _("{left} of {times} left until {day}").format(left=found.left, times=limit.times, day=last)
    if found.until and found.until != last:
        yield _("until {day}").format(day=found.until)
    cost = found.benefit.cost(on)
    yield _("it costs {cost}").format(cost=_plain(cost)) if cost else _("free of charge")
    span = found.benefit.span(on)
    yield _("done within {span}").format(span=in_words(span_of(span))) if any(span) else _("done on the same day")


def _had(found: Standing) -> Iterator[str]:
    """What was given, and what is still to be given."""
    given = [(use.given, use.given_in or use.visit) for use in found.used if use.given]
    if given:
        days = _(", ").join(f"{iso(at)[:10]} ({visit.id})" for at, visit in given[-_LAST:])
        sentence = plural("given once: {days}", "given {count} times: {days}", len(given))
        if len(given) > _LAST:
            sentence = _("given {count} times, the last: {days}")
        yield sentence.format(count=len(given), days=days)
    for use in found.used:
        if use.given is None:
            yield _("asked for on {day}, to be given: {promise}").format(day=iso(use.at)[:10], promise=use.id)
