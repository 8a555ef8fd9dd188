"""Clauses of a standard as rows, and in words: duties, entitlements, checklists, points, benefits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare import language
from aftercare.language import N_, _, word
from aftercare.policies import categories
from aftercare.policies.benefits import Benefit
from aftercare.policies.pack import Pack
from aftercare.policies.points import PointsRule
from aftercare.policies.standards import (
    CONDUCT,
    INSTALLATION,
    OWN,
    QUALIFIED,
    Checklist,
    Clause,
    Condition,
    Duty,
    Entitlement,
)
from aftercare.records.words import NEEDS
from aftercare.render import benefits, earning
from aftercare.render.services import plain, service_name
from aftercare.render.spans import in_words, span_of

_FACTS = {
    "weight_kg": N_("weight of a line in kg"),
    "distance_km": N_("distance from the shop in km"),
    "pieces": N_("pieces of the whole sale"),
    "bulky": N_("bulky goods"),
    "needs_installation": N_("goods that need a fitter"),
    "as_set": N_("goods sold as a set"),
    "needs": N_("special difficulty"),
}


def row(clause: Clause, pack: Pack) -> dict[str, Any]:
    """A clause for machines; ``kind`` says which of the four it is."""
    return {
        "id": clause.line,
        "kind": _kind(clause),
        "title": clause.title._asdict(),
        "category": clause.category,
        **_own(clause),
        "cite": [{"source": key, **_source(pack, key)} for key in clause.cite if key in pack.sources],
        "issuer": pack.issuer,
        "version": pack.version,
    }


def _kind(clause: Clause) -> str:
    kinds = {Duty: "duty", Entitlement: "entitlement", Checklist: "checklist", PointsRule: "points", Benefit: "benefit"}
    return next(name for kind, name in kinds.items() if isinstance(clause, kind))


def _source(pack: Pack, key: str) -> dict[str, str]:
    source = pack.sources[key]
    return {"what": source.what, "where": source.where, "sure": source.sure}


def _own(clause: Clause) -> dict[str, Any]:
    match clause:
        case Duty():
            spans = [
                {"since": at.since.isoformat(), "span": span_of(at.span) if at.span else None} for at in clause.within
            ]
            asked = {"certificates": list(clause.certificates), "trainings": list(clause.trainings)}
            return {"duty": clause.duty, "value": spans, "for": list(clause.works) if _asks(clause) else [], **asked}
        case Entitlement():
            return {"service": clause.service, "any": [_condition(condition) for condition in clause.any]}
        case Checklist():
            items = [{"id": item.id, **item.text._asdict()} for item in clause.items]
            asks = [{"id": question.id, **question.text._asdict()} for question in clause.asks]
            return {
                "for": list(clause.works),
                "about": clause.about,
                "follows": clause.follows,
                "items": items,
                "asks": asks,
            }
        case PointsRule():
            return earning.rule(clause)
        case Benefit():
            return benefits.clause(clause)
    return {}


def _asks(duty: Duty) -> bool:
    return duty.duty == QUALIFIED


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "fact": condition.fact,
        "min": [{"since": at.since.isoformat(), "figure": plain(at.figure)} for at in condition.least],
        "needs": [need for need in NEEDS if need in condition.needs],
    }


def told(row: dict[str, Any]) -> Iterator[str]:
    """A clause in words, from its row."""
    spoken = language.current()
    goods = categories.tree().name(row["category"], spoken)
    yield f"{row['id']}  {row['title'][spoken]}"
    match row["kind"]:
        case "duty":
            yield "  " + _("a duty of the shop, for {category}").format(category=goods)
            yield from ("  " + line for line in _competence(row))
            for dated in row["value"]:
                span = in_words(dated["span"]) if dated["span"] else _("nothing any more")
                yield "  " + _("where no time was told, from {since}: {span}").format(since=dated["since"], span=span)
        case "entitlement":
            yield "  " + _("{service} free of charge, for {category}, when any of these holds:").format(
                service=service_name(row["service"]), category=goods
            )
            yield from ("  " + line for condition in row["any"] for line in _conditions(condition))
        case "checklist":
            yield "  " + _checklist(row).format(
                category=goods,
                works=_(", ").join(map(word, row["for"])),
                follows=_("the shop's own") if row["follows"] == OWN else row["follows"],
            )
            yield from (f"    {item[spoken]} ({item['id']})" for item in row["items"])
            yield from ("  " + _("asks {id}: {text}").format(id=one["id"], text=one[spoken]) for one in row["asks"])
        case "points":
            yield "  " + _("points for {category}").format(category=goods)
            yield from ("  " + line for line in earning.told(row))
        case "benefit":
            yield from ("  " + line for line in benefits.terms(row, goods))
    for source in row["cite"]:
        yield "  " + _("source {source} ({sure}): {where}").format_map({**source, "sure": word(source["sure"])})


def _competence(row: dict[str, Any]) -> Iterator[str]:
    """For which work something is asked of who does it, and what."""
    if row["for"]:
        yield _("of who does this: {works}").format(works=_(", ").join(map(word, row["for"])))
    for key, sentence in (
        ("certificates", N_("with the certificate: {names}")),
        ("trainings", N_("with the training: {names}")),
    ):
        if row[key]:
            yield _(sentence).format(names=_(", ").join(row[key]))


def _checklist(row: dict[str, Any]) -> str:
    """What a checklist is; one of an installation itself is what is usual."""
    if row["about"] == CONDUCT:
        return _("rules of conduct at home for {category} ({works}), follows: {follows}")
    if row["for"] != [INSTALLATION]:
        return _("a checklist for {category} ({works}), follows: {follows}")
    return _("a checklist for {category}, follows: {follows}")


def _conditions(condition: dict[str, Any]) -> Iterator[str]:
    fact = _(_FACTS[condition["fact"]])
    for dated in condition["min"]:
        if dated["figure"] is None:
            yield "  " + _("from {since}: {fact}, no longer").format(since=dated["since"], fact=fact)
        else:
            yield "  " + _("from {since}: {fact}, {figure} or more").format(fact=fact, **dated)
    if condition["needs"]:
        yield "  " + _("special difficulty: {needs}").format(needs=_(", ").join(map(word, condition["needs"])))
    elif not condition["min"]:
        yield f"  {fact}"
