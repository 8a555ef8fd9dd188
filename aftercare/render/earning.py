"""Lines of points as rows, and in words: what is earned, when it counts, until when it is good, what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare.language import _, word
from aftercare.policies.points import Expiry, PointsRule
from aftercare.render.services import plain
from aftercare.render.spans import in_words, span_of


def rule(line: PointsRule) -> dict[str, Any]:
    """What a line says, for machines; the figures with the day from which each holds."""
    return {
        "sold_by": sorted(line.sold_by),
        "member_of": sorted(line.member_of),
        "earn": [
            {
                "since": at.since.isoformat(),
                "points": plain(at.earn.points) if at.earn else None,
                "per": plain(at.earn.per) if at.earn else None,
            }
            for at in line.earn
        ],
        "counts_after": [
            {"since": at.since.isoformat(), "span": span_of(at.span) if at.span else None} for at in line.waits
        ],
        "expires": [
            {"since": at.since.isoformat(), "value": _expiry(at.expiry) if at.expiry else None} for at in line.expires
        ],
        "worth": [
            {
                "since": at.since.isoformat(),
                "points": at.worth.points if at.worth else None,
                "amount": plain(at.worth.amount) if at.worth else None,
            }
            for at in line.worth
        ],
    }


def _expiry(expiry: Expiry) -> dict[str, Any]:
    """When points expire, as a pack writes it; the end of a year is a day like another."""
    if expiry.on is None:
        return span_of(expiry.span) if expiry.span else {}
    on = {"on": "{:02}-{:02}".format(*expiry.on)}
    return on | ({"older_than": span_of(expiry.older_than)} if expiry.older_than else {"years": expiry.years})


def told(row: dict[str, Any]) -> Iterator[str]:
    """A line in words, from its row."""
    if row["sold_by"]:
        yield _("only what is sold by one of these: {ways}").format(ways=_(", ").join(map(word, row["sold_by"])))
    if row["member_of"]:
        yield _("only for members of: {names}").format(names=_(", ").join(row["member_of"]))
    for at in row["earn"]:
        said = _("from {since}: nothing is said any more")
        if at["per"] is not None:
            said = _("from {since}: {points} for each {per} of a purchase; what is below is dropped")
        yield said.format_map(at)
    for at in row["counts_after"]:
        span = in_words(at["span"]) if at["span"] else in_words({"days": 0})
        yield _("counts, from {since}: {span} after the sale").format(since=at["since"], span=span)
    for at in row["expires"]:
        yield _("good, from {since}: {until}").format(since=at["since"], until=_until(at["value"]))
    for at in row["worth"]:
        if at["points"]:
            yield _("worth, from {since}: {points} points stand for {amount}").format_map(at)


def _until(value: dict[str, Any] | None) -> str:
    if value is None:
        return _("without end")
    if "older_than" in value:
        said = _("until the first {day} on which they are older than {span}")
        return said.format(day=value["on"], span=in_words(value["older_than"]))
    if "on" in value:
        return _settled(value["on"], value["years"])
    return _("{span} after they were earned").format(span=in_words(value))


def _settled(day: str, years: int) -> str:
    """A day of a year, by how many years that is after the one in which they were earned."""
    match years:
        case 0:
            return _("until {day} of the same year").format(day=day)
        case 1:
            return _("until {day} of the next year").format(day=day)
        case _:
            return _("until {day}, {count} years later").format(day=day, count=years)
