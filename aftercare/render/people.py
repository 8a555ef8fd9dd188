"""What each of our people has to do and did: as rows, and in a few lines for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from aftercare.answers.people import DONE, FIGURES, MENDED, PROMISES, TO_DO, Tally
from aftercare.language import N_, _, plural
from aftercare.plain.moments import iso
from aftercare.plain.text import printable
from aftercare.render.rows import Choice, Row, arrange

FIELDS = (
    "id", "kind", "name", "role", "contractor", "left", *FIGURES, "satisfaction", "minutes", "findings",
)  # fmt: skip
BEHIND = {"id": N_("ID"), "name": N_("name"), "figure": N_("figure"), "count": N_("count"), "records": N_("records")}
BEHIND_FIELDS = ("id", "kind", "name", "figure", "code", "count", "records")
_CALLED = {
    "overdue": N_("overdue {count}"),
    "due": N_("due {count}"),
    "waiting": N_("to come {count}"),
    "deliveries": N_("deliveries {count}"),
    "installations": N_("installations {count}"),
    "repairs": N_("repairs {count}"),
    "visits": N_("contacts {count}"),
    "resolved": N_("complaints resolved {count}"),
    "in_time": N_("in time {count}"),
    "late": N_("late {count}"),
    "broken": N_("broken {count}"),
    "fixed_first_time": N_("mended the first time {count}"),
    "came_back": N_("came back with the same fault {count}"),
}
_HUNDREDTH = Decimal("0.01")


def row(tally: Tally) -> dict[str, Any]:
    """One person for machines; ``null`` where nothing was noted that a figure could be made of."""
    person, mean = tally.person, tally.satisfaction
    return {
        "id": person.id,
        "kind": "staff",
        "name": person.name,
        "role": person.role,
        "contractor": person.contractor,
        "left": iso(person.left.on) if person.left else None,
        **{figure: len(tally.records[figure]) for figure in FIGURES},
        "satisfaction": str(mean.quantize(_HUNDREDTH, ROUND_HALF_UP)) if mean is not None else None,
        "minutes": tally.minutes if tally.records["timed"] else None,
        "findings": {code: len(tally.findings[code]) for code in sorted(tally.findings)},
    }


def behind(tally: Tally) -> Iterator[dict[str, Any]]:
    """Every figure of one person that is not nought, with the ids of what it counts."""
    figures = [(figure, None, ids) for figure, ids in tally.records.items()]
    findings = [("findings", code, tally.findings[code]) for code in sorted(tally.findings)]
    for figure, code, ids in [*figures, *findings]:
        if ids:
            yield {
                "id": tally.person.id,
                "kind": "staff",
                "name": tally.person.name,
                "figure": figure if code is None else code,
                "code": code,
                "count": len(ids),
                "records": list(ids),
            }


def told(rows: Sequence[Row], choice: Choice) -> Iterator[str]:
    """A few lines for each person."""
    for one in arrange(rows, choice):
        yield printable(" ".join(filter(None, (one["id"], one["name"], one["role"]))) + _standing(one))
        lines = [
            (_("to do"), _counts(one, TO_DO)),
            (_("done"), _counts(one, DONE)),
            (_("promises"), _counts(one, PROMISES)),
            (_("repairs"), _counts(one, MENDED)),
            (_("how content the customers were"), _grade(one)),
            (_("minutes"), _minutes(one)),
            (_("fell short"), _(", ").join(f"{code} {count}" for code, count in one["findings"].items())),
        ]
        said = [_("{name}: {text}").format(name=name, text=text) for name, text in lines if text]
        yield from (f"  {line}" for line in said or [_("nothing to do, and nothing done")])


def _standing(one: Mapping[str, Any]) -> str:
    """Whether they work by contract, and since when they are gone."""
    said = [_("by contract")] if one["contractor"] else []
    if one["left"]:
        said.append(_("left on {day}").format(day=one["left"].replace("T", " ")))
    return _(" ({said})").format(said=_(", ").join(said)) if said else ""


def _counts(one: Mapping[str, Any], figures: Sequence[str]) -> str:
    return _(", ").join(_(_CALLED[figure]).format(count=one[figure]) for figure in figures if one[figure])


def _grade(one: Mapping[str, Any]) -> str:
    """The mean, and of how many grades it is."""
    if one["satisfaction"] is None:
        return ""
    said = plural("{mean} of 5, from {count} answer", "{mean} of 5, from {count} answers", one["graded"])
    return said.format(mean=one["satisfaction"], count=one["graded"])


def _minutes(one: Mapping[str, Any]) -> str:
    if one["minutes"] is None:
        return ""
    said = plural("{minutes}, of {count} contact", "{minutes}, of {count} contacts", one["timed"])
    return said.format(minutes=one["minutes"], count=one["timed"])
