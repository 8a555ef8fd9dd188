"""Services that a customer is entitled to, in whole sentences and as rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from aftercare.answers.entitled import Because, Entitled, Where
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _, label, word
from aftercare.policies.standards import Fact
from aftercare.records.kinds import model_of
from aftercare.records.schema import fields_of
from aftercare.records.words import NEEDS

FIELDS = ("id", "service", "state", "because", "line", "missing", "cite")


def row(found: Entitled) -> dict[str, Any]:
    """The answer for machines."""
    because = found.because
    return {
        "id": found.unit,
        "service": found.service,
        "state": found.state,
        "because": {
            "fact": because.fact,
            "value": plain(because.value),
            "least": plain(because.least),
            "record": because.at.record,
            "field": because.at.field,
        }
        if because
        else None,
        "line": found.line,
        "missing": [where._asdict() for where in found.missing],
        "cite": list(found.cite),
    }


def plain(value: Fact) -> Any:
    """A fact as JSON holds it: a figure, yes or no, or the needs one after another."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, frozenset):
        return [need for need in NEEDS if need in value]
    return int(value) if value == value.to_integral_value() else float(value)


def sentence(found: Entitled, shelf: Shelf) -> str:
    """The answer for people: home delivery: yes, 12 km away (delivery-standard/far)."""
    service = service_name(found.service)
    if found.because:
        return _("{service}: yes, {because} ({line})").format(
            service=service, because=reason(found.because), line=found.line
        )
    if found.missing:
        asked = _(", ").join(_asked(where, shelf) for where in found.missing)
        return _("{service}: not known; what is missing: {asked}").format(service=service, asked=asked)
    return _("{service}: no, nothing that entitles to it applies").format(service=service)


def service_name(service: str) -> str:
    """What a service is called."""
    return _("home delivery") if service == "home_delivery" else _("installation at home")


def reason(because: Because) -> str:
    """Why, in a few words."""
    value = because.value
    match because.fact:
        case "weight_kg" if isinstance(value, Decimal):
            return _("it weighs {figure} kg").format(figure=_figure(value))
        case "distance_km" if isinstance(value, Decimal):
            return _("{figure} km away").format(figure=_figure(value))
        case "pieces" if because.least == 1:
            return _("it comes with these goods")
        case "pieces" if isinstance(value, Decimal):
            return _("{figure} pieces bought at once").format(figure=_figure(value))
        case "bulky":
            return _("it is bulky")
        case "as_set":
            return _("it is sold as a set")
        case "needs_installation":
            return _("it needs a fitter")
    needs = value if isinstance(value, frozenset) else frozenset()
    return _("special difficulty: {needs}").format(needs=_(", ").join(word(need) for need in NEEDS if need in needs))


def _figure(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _asked(where: Where, shelf: Shelf) -> str:
    """A field that nobody filled in yet, with the record it belongs to."""
    record = shelf.get(where.record)
    if record is None:
        return f"{where.field} {where.record}"
    part: type[BaseModel] = model_of(kind_of(record.id))
    *groups, field = where.field.split(".")
    for group in groups:
        part = next(one.part for one in fields_of(part) if one.name == group) or part
    return _("{field} of {record}").format(field=label(part.__name__, field), record=record.id)
