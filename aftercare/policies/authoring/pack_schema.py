"""The JSON Schema of packs, from the tables by which the program reads them.

The keys of each part are the reader's own; what may stand under a key is said here.  A key of which nothing is said may
hold anything, so that no schema refuses what the program reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from aftercare.plain import json_schema as js
from aftercare.plain.json_schema import Schema, ref
from aftercare.policies import (
    benefits,
    categories,
    conditions,
    lines,
    pack,
    plans,
    reading_plans,
    reading_points,
    recurrence,
    standards,
    vocabulary,
    windows,
)
from aftercare.policies.shape import UNITS
from aftercare.policies.vocabulary import Fact
from aftercare.records.words import CHANNELS, NEEDS, PROMISE_KINDS, REMEDIES

_WORDS, _CITE, _BLOCK, _BLOCKS = ref("words"), ref("cite"), ref("block"), ref("blocks")
_CATEGORY, _WINDOWS, _SPAN, _FACT = ref("category"), ref("windows"), ref("span"), ref("fact")
_LENGTH, _START, _KEYED_BY_DAY = ref("length"), ref("start"), "the newest on or before the governing day counts"
_NAMES, _NAME = js.listed(js.TEXT), js.matching(reading_plans.NAME.pattern)
_ROLL, _COUNT = js.choice(("none", "working_day")), js.choice(("after", "with"))
_MONTH_DAY = js.matching(r"\d{2}-\d{2}")
_SURE = js.choice(pack.SURE)
_REMEDY = js.choice(REMEDIES)


def pack_schema() -> Schema:
    """The schema of a file of ``policies/``."""
    body = js.keyed(pack.KEYS, {**_manifest(), **_sections(), **_law()}, ("id", "issuer", "title"))
    others = {"properties": {"issuer": {"not": {"const": "shop"}}}}
    return js.document(
        "pack",
        {
            "description": "Rules of one issuer: what they grant, within which time, by which source.",
            **body,
            "if": others,
            "then": {"required": ["in_force", "checked_on", "sources"]},
        },
        _defs(),
    )


def _manifest() -> dict[str, Schema]:
    source = {"what": js.TEXT, "where": js.TEXT, "sure": _SURE, "title": _WORDS}
    return {
        "id": _NAME,
        "issuer": js.choice(pack.ISSUERS),
        "title": _WORDS,
        "in_force": js.group({"from": js.DAY, "to": js.DAY}, ("from",)),
        "country": js.matching("[A-Z]{2}"),
        "region": js.TEXT,
        "chosen": js.choice(pack.CHOSEN),
        "adds_to": _NAMES,
        "weight": _WORDS,
        "checked_on": js.DAY,
        "sources": js.named(js.group(source, ("what", "where", "sure"))),
        "not_covered": js.listed(_WORDS),
    }


def _sections() -> dict[str, Schema]:
    item = {"id": js.TEXT, "en": js.TEXT, "zh": js.TEXT}
    condition = {
        **dict.fromkeys(standards.FLAGS, js.choice(("yes",))),
        **dict.fromkeys(standards.FIGURES, js.group({"min": js.dated(js.NUMBER)}, ("min",))),
        "needs": js.listed(js.choice(NEEDS)),
    }
    own: Mapping[str, dict[str, Schema]] = {
        "duties": {
            "duty": js.choice(standards.DUTIES),
            "value": js.dated(_SPAN),
            "grade": js.dated(js.NUMBER),
            "for": js.listed(js.choice(standards.SKILLED)),
            "certificates": _NAMES,
            "trainings": _NAMES,
        },
        "entitlements": {
            "service": js.choice(standards.SERVICES),
            "any": js.listed(js.keyed(standards.CONDITIONS, condition)),
        },
        "checklists": {
            "follows": js.TEXT,
            "items": js.listed(js.group(item, item)),
            "for": js.listed(js.choice(standards.WORKS)),
            "about": js.choice(standards.SIDES),
            "asks": _NAMES,
        },
        "points": _points(),
        "benefits": _benefit(),
    }
    common = {"id": _NAME, "title": _WORDS, "category": _CATEGORY, "cite": _NAMES}
    clause = {
        name: js.listed(js.group({**common, **parts}, ("id", "title", "category"))) for name, parts in own.items()
    }
    return {
        "questions": js.named(_WORDS),
        "plans": js.listed(_plan()),
        **clause,
        "materials": js.listed(js.group({**item, "price": js.NUMBER}, (*item, "price"))),
        "credo": js.listed(js.group({"id": _NAME, "text": _WORDS, "for": _NAMES, "cite": _NAMES}, ("id", "text"))),
    }


def _points() -> dict[str, Schema]:
    """What a line says of points; a length of time stands for itself among the ways in which they expire."""
    years = js.whole(0, 100)
    length = {"days": js.whole(1, 36500), "months": js.whole(1, 1200), "years": years}
    expiry = {**length, "end_of_year": years, "on": _MONTH_DAY, "older_than": _SPAN}
    when = {"sold_by": js.listed(js.choice(plans.SOLD_BY)), "member_of": _NAMES}
    parts = {
        "when": js.keyed(reading_points.CONDITIONS, when),
        "earn": js.dated(js.group({"points": js.NUMBER, "per": js.NUMBER}, ("points", "per"))),
        "counts_after": js.dated(_SPAN),
        "expires": js.dated(js.keyed(reading_points.EXPIRIES, expiry)),
        "worth": js.dated(js.group({"points": js.whole(1, 9_999_999), "amount": js.NUMBER}, ("points", "amount"))),
    }
    return {key: parts[key] for key in reading_points.KEYS}


def _benefit() -> dict[str, Schema]:
    """What a benefit says beside what every clause has."""
    levels = js.group({"of": js.TEXT, "level": js.one_or_more(js.TEXT)}, ("of", "level"))
    limit = js.group({"times": js.whole(0, 9999), "per": js.choice(benefits.PER)}, ("times", "per"))
    return {
        "for": js.listed(js.either(js.TEXT, levels)),
        "limit": js.dated(limit),
        "within": js.dated(_SPAN),
        "cost": js.either(js.choice(("free",)), js.dated(js.NUMBER)),
        "in_force": js.group({"from": js.DAY, "to": js.DAY}, ("from",)),
    }


def _plan() -> Schema:
    parts = {
        "id": _NAME,
        "title": _WORDS,
        "category": _CATEGORY,
        "when": js.keyed(
            plans.CONDITIONS,
            {
                **dict.fromkeys(plans.CONDITIONS, js.YES),
                "sold_by": js.listed(js.choice(plans.SOLD_BY)),
                "needs": js.listed(js.choice(NEEDS)),
                "benefit": js.one_or_more(js.TEXT),
            },
        ),
        "after": js.choice(plans.EVENTS),
        "festival": js.group({"lunar": js.TEXT, "solar": _MONTH_DAY}),
        "what": js.choice(PROMISE_KINDS),
        "step": js.TEXT,
        "was": _NAMES,
        "channel": js.choice(CHANNELS),
        "due": js.dated(js.listed(_SPAN)),
        "runs_from": js.choice(plans.RUNS_FROM),
        "ahead": _SPAN,
        "every": js.dated(_SPAN),
        "counted_from": js.choice(recurrence.COUNTED_FROM),
        "season": js.group({"from": _MONTH_DAY, "to": _MONTH_DAY}, ("from", "to")),
        "tolerance": js.group({"before": _SPAN, "after": _SPAN}),
        "until": _SPAN,
        "retry": js.group({"attempts": js.whole(1, 99), "again": _SPAN}, ("attempts", "again")),
        "late": js.choice(("worthless",)),
        "cite": _NAMES,
        "asks": _NAMES,
        "replaces": js.one_or_more(js.TEXT),
    }
    body = js.keyed(reading_plans.KEYS, parts, ("id", "title", "category", "after", "what", "step", "channel"))
    return body | {"anyOf": [{"required": ["due"]}, {"required": ["every"]}]}


def _law() -> dict[str, Schema]:
    bar = {"id": js.TEXT, "title": _WORDS, "when": _BLOCK, "cite": _CITE}
    counting = {
        "first_day": js.YES,
        "roll": _ROLL,
        "calendar": js.TEXT,
        "tests": js.listed(_FACT),
        "stay": js.choice(("days", "started_24h")),
    }
    restated = {
        "id": js.TEXT,
        "title": _WORDS,
        "windows": _NAMES,
        "from": js.listed(_FACT),
        "pauses": js.choice(("stay",)),
        "restarts": js.choice(("replacement",)),
        "unless": _BLOCKS,
        "cite": _CITE,
    }
    evidence = {"party": js.choice(("trader", "consumer")), "within": _WINDOWS, "when": _BLOCK, "cite": _CITE}
    row = {"main_parts": js.listed(_WORDS), "sure": _SURE}
    figures = {"type": "object", "properties": row, "additionalProperties": js.or_nothing(ref("figure"))}
    return {
        "extends": js.TEXT,
        "drop": _NAMES,
        "governed_by": js.listed(_FACT),
        "applies": _BLOCK,
        "bars": js.listed(js.group(bar, ("id", "title", "when"))),
        "counting": js.group(counting, ("first_day", "roll")),
        "goods": js.named(figures, _CATEGORY),
        "windows": js.named(ref("window")),
        "restates": js.listed(js.group(restated, ("id", "title", "windows", "from", "cite"))),
        "lines": js.listed(ref("line")),
        "evidence": js.listed(js.group(evidence, ("party", "within", "cite"))),
    }


def _defs() -> dict[str, Schema]:
    return {
        **common_defs(),
        "cite": {
            "description": "keys of sources, with the articles where there are any",
            **js.either(js.named(js.one_or_more(js.TEXT)), _NAMES),
        },
        "span": js.group(dict.fromkeys(UNITS, js.whole(0, 24 * 36500))),
        "length": js.group(dict.fromkeys(windows.UNITS, js.either(js.whole(0, 36500), _counted()))),
        "start": js.either(js.one_or_more(js.TEXT), _start()),
        "figure": js.either(js.NUMBER, js.choice(("unknown",))),
        "windows": js.one_or_more(js.either(js.TEXT, js.group({"window": js.TEXT, "tested": _FACT}, ("window",)))),
        "limits": js.group({**dict.fromkeys(conditions.LIMITS, js.NUMBER), "known": js.YES}),
        "block": _block(),
        "blocks": js.one_or_more(_BLOCK),
        "window": js.keyed(windows.KEYS, _window()),
        "variant": js.keyed(windows.VARIANT_KEYS, _window(), ("when",)),
        "line": js.keyed(lines.KEYS, _line(), ("id", "title", "grants")),
    }


def common_defs() -> dict[str, Schema]:
    """What packs and cases both speak of."""
    tree = categories.tree()
    return {
        "words": {
            "description": "a text in both languages; a plain text stands for both",
            **js.either(js.TEXT, js.group({"en": js.TEXT, "zh": js.TEXT}, ("en", "zh"))),
        },
        "fact": {"description": "a fact of the vocabulary", **js.choice(vocabulary.facts())},
        "category": {
            "description": "goods: the id of a category, or one of its names",
            **js.either(js.choice(node.id for node in tree), {"type": "string"}),
        },
    }


def _counted() -> Schema:
    """Where the count of a length stands."""
    return js.group({"goods": js.TEXT, "fact": _FACT, "by": _FACT})


def _start() -> Schema:
    several = js.one_or_more(js.TEXT)
    return js.group({"latest": several, "earliest": several, "end": js.TEXT, "day_after": js.TEXT})


def _window() -> dict[str, Schema]:
    return {
        "title": _WORDS,
        "from": _START,
        "value": {"description": _KEYED_BY_DAY, **js.dated(_LENGTH)},
        "latest": _NAMES,
        "variants": js.listed(ref("variant")),
        "meter": {"type": "object", "propertyNames": _FACT, "additionalProperties": js.NUMBER, "maxProperties": 1},
        "floor": js.group({"from": js.one_or_more(js.TEXT), "value": _LENGTH}, ("from", "value")),
        "tests": js.listed(_FACT),
        "act": js.choice((*windows.ACTS.values(), "claim")),
        "pauses": js.choice(windows.PAUSES),
        "restarts": js.choice(("replacement",)),
        "roll": _ROLL,
        "calendar": js.TEXT,
        "count": _COUNT,
        "when": _BLOCK,
        "narrower": _WORDS,
        "cite": _CITE,
    }


def _line() -> dict[str, Schema]:
    return {
        "id": js.TEXT,
        "title": _WORDS,
        "grants": js.listed(js.either(_REMEDY, js.matching("[a-z][a-z0-9_]*"))),
        "given": js.TEXT,
        "when": _BLOCK,
        "within": _WINDOWS,
        "after": _WINDOWS,
        "any": _BLOCKS,
        "unless": _BLOCKS,
        "effect": js.choice(("review",)),
        "because": _WORDS,
        "instead_of": js.listed(_REMEDY),
        "proof": js.either(js.choice(("consumer",)), js.group({"within": _WINDOWS, "when": _BLOCK}, ("within",))),
        "fee": _fee(),
        "liable": js.choice(lines.LIABLE),
        "choice": js.choice(("customer", "shop")),
        "cite": _CITE,
        "sure": _SURE,
    }


def _fee() -> Schema:
    return js.group(
        {
            "daily_percent": js.group({"goods": js.TEXT}, ("goods",)),
            "from": js.TEXT,
            "judged": _WORDS,
            "per_1000_km_percent": js.group({"fact": _FACT}, ("fact",)),
            "min_percent": js.NUMBER,
            "max_percent": js.NUMBER,
        }
    )


def _block() -> Schema:
    """Facts and what they must be, and windows; all must hold."""
    facts = {name: _condition(fact) for name, fact in vocabulary.facts().items()}
    return js.group({"within": _WINDOWS, "after": _WINDOWS, **facts})


def _condition(fact: Fact) -> Schema:
    if fact.type in conditions.COMPOUND:
        return ref("limits")
    value = js.YES if fact.type == "yesno" else js.choice(fact.choices) if fact.choices else js.TEXT
    return js.either(js.one_or_more(_CATEGORY if fact.type == "category" else value), ref("limits"))
