"""The JSON Schemas of packs, of files of cases and of records, each under the name of its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aftercare.plain import json_schema as js
from aftercare.plain.json_schema import Schema, ref
from aftercare.policies import lines, vocabulary
from aftercare.policies.authoring import cases
from aftercare.policies.authoring.pack_schema import common_defs, pack_schema
from aftercare.policies.judging.given import NO, YES
from aftercare.policies.judging.verdict import RANK
from aftercare.policies.vocabulary import Fact
from aftercare.records.json_schema import record_schema
from aftercare.records.kinds import MODELLED
from aftercare.records.words import REMEDIES

_CATEGORY, _FACT, _REMEDY = ref("category"), ref("fact"), js.choice(REMEDIES)


def documents() -> dict[str, Schema]:
    """Every schema, by the name of its file."""
    records = {f"records/{kind}.schema.json": record_schema(kind) for kind in MODELLED}
    return {"pack.schema.json": pack_schema(), "case.schema.json": case_schema(), **records}


def case_schema() -> Schema:
    """The schema of a file of worked cases."""
    said = {name: _stated(fact) for name, fact in vocabulary.facts().items() if not fact.measured}
    parts = {
        "id": js.TEXT,
        "title": js.TEXT,
        "law": js.TEXT,
        "confidence": js.choice(cases.CONFIDENCE),
        "today": js.MOMENT,
        "facts": js.group(said),
        "asked": _REMEDY,
        "expect": js.keyed(cases.EXPECTATIONS, _expectations()),
    }
    case = js.keyed(cases.KEYS, parts, ("id", "law", "today", "facts", "expect"))
    body = {
        "description": "Worked cases: facts, a day, and what must come out.",
        **js.group({"cases": js.listed(ref("case"))}, ("cases",)),
    }
    return js.document("cases", body, {**common_defs(), "case": case})


def _expectations() -> dict[str, Schema]:
    money, party = _by_remedy(js.NUMBER), js.choice(lines.LIABLE)
    return {
        "remedies": _by_remedy(js.choice(RANK)),
        "others": js.choice(("closed",)),
        "until": js.named(js.MOMENT),
        "fee": money,
        "amount": money,
        "ask": js.listed(_FACT),
        "assumed": js.listed(_FACT),
        "burden_of_proof": js.choice(("trader", "consumer")),
        "repair_days": js.listed(js.whole(0, 36500)),
        "liable": js.either(party, _by_remedy(party)),
    }


def _by_remedy(entry: Schema) -> Schema:
    return js.group(dict.fromkeys(REMEDIES, entry))


def _stated(fact: Fact) -> Schema:
    """What may be said of a fact; ``none`` where there is no such thing."""
    about = {"description": fact.label.en}
    if fact.type == "text":
        return {**about, **js.TEXT}
    none = js.choice(("none", "无", *(_said(NO) if fact.absent == vocabulary.NONE else ())))
    return {**about, **js.either(_value(fact), none)}


def _value(fact: Fact) -> Schema:
    match fact.type:
        case "list":
            return js.one_or_more(js.choice(fact.choices) if fact.choices else js.TEXT)
        case "days":
            return js.one_or_more(js.MOMENT)
        case "events" | "group":
            parts = {name: _part(kind) for name, kind in fact.parts.items()}
            return js.listed(js.group(parts)) if fact.type == "events" else js.group(parts)
        case _:
            return _scalar(fact.type, fact.choices)


def _part(kind: str | Iterable[str]) -> Schema:
    if kind == "figures":
        return js.named(js.NUMBER)
    return _scalar(kind, ()) if isinstance(kind, str) else js.choice(kind)


def _scalar(kind: str, choices: tuple[str, ...]) -> Schema:
    scalars: Mapping[str, Schema] = {
        "day": js.MOMENT,
        "moment": js.MOMENT,
        "yesno": {"enum": [*_said(YES), *_said(NO), True, False]},
        "number": js.NUMBER,
        "money": js.NUMBER,
        "category": _CATEGORY,
    }
    return scalars.get(kind) or (js.choice(choices) if choices else js.TEXT)


def _said(words: Iterable[str]) -> list[str]:
    return sorted(words)
