"""The JSON Schema of mappings, from the tables by which the program reads them: a column, its field, and what it holds.

A mapping that names no kind may be for any, so every field of every kind is known there; where it names one, its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aftercare.answers.importing.cells import CHANNELS, WORDS_OF_STATE
from aftercare.answers.importing.mapfile import BY, BY_ANY, DECIMALS, LOOKUPS, PARTS
from aftercare.answers.importing.mappings import DATE_ORDERS
from aftercare.answers.importing.titles import KEYS, MANY, fields_of_kind
from aftercare.plain import json_schema as js
from aftercare.plain.json_schema import Schema, ref
from aftercare.records.kinds import MODELLED

_ABOUT = {
    "kind": "what the rows are; import refuses a mapping for another kind",
    "columns": "of a field the title of its column, or several; {days: TITLE} is a column of days; ~: not to be read",
    "constants": "of a field what holds for every row, or for those in which its column says nothing",
    "words": "of a field our words, each with the words of the file, whatever their case",
    "lookups": "how a record is known that a row speaks of, and what becomes of a row that knows none",
    "empty": "what the file writes where there is nothing, whatever its case",
    "dates": "the order of day, month and year, or a form such as %d-%b-%y",
    "decimal": "what parts the decimals of a number",
    "currency": "what amounts are in that name no currency",
    "about": "words for people",
}
_MOST_TITLES = 6
_TEXT, _TEXTS, _COLUMN = ref("text"), ref("texts"), ref("column")
_ELSE = ("new", "refuse")
_NO_WORDS: Schema = {"not": {"enum": sorted(MANY | KEYS)}}


def mapping_schema() -> Schema:
    """The schema of a mapping."""
    fields = {kind: fields_of_kind(kind) for kind in MODELLED}
    parts = {
        "kind": js.choice(MODELLED),
        "columns": js.named(_COLUMN),
        "constants": js.named(_TEXT),
        "words": js.named(js.named(_TEXTS), _NO_WORDS),
        "lookups": js.named(_lookup(_every_way(), _ELSE)),
        "empty": _TEXTS,
        "dates": js.one_or_more(js.either(js.choice(DATE_ORDERS), js.matching(".*%.*"))),
        "decimal": js.choice(DECIMALS),
        "currency": js.matching("[A-Za-z]{3}"),
        "about": _TEXT,
    }
    of_any: Schema = {"if": {"not": {"required": ["kind"]}}, "then": _keys("any")}
    return js.document(
        "mapping",
        {
            "description": "How the columns of a sheet become records: import KIND FILE --map MAPPING.",
            **js.group({part: {"description": _ABOUT[part], **parts[part]} for part in PARTS}),
            "allOf": [of_any, *(_of_kind(kind) for kind in MODELLED)],
        },
        {
            "text": js.TEXT,
            "texts": js.or_nothing(js.one_or_more(js.TEXT)),
            "column": js.or_nothing(js.either(js.one_or_more(js.TEXT), ref("days"))),
            "days": js.group({"days": js.TEXT, "after": ref("fields_of_any")}, ("days",)),
            "fields_of_any": js.choice(dict.fromkeys(field for own in fields.values() for field in own)),
            **{f"fields_of_{kind}": js.choice(own) for kind, own in fields.items()},
        },
    )


def _of_kind(kind: str) -> Schema:
    """What a mapping that names its kind has to keep to."""
    then = _keys(kind)
    own = then["properties"]
    own["columns"]["properties"] = {field: _told(field, said) for field, said in fields_of_kind(kind).items()}
    if kind == "sale":
        own["constants"]["properties"] = {"channel": js.either(js.choice(dict.fromkeys(CHANNELS.values())), _TEXT)}
        own["words"]["properties"] = {"state": js.or_nothing(js.group(dict.fromkeys(WORDS_OF_STATE, _TEXTS)))}
    ways = LOOKUPS.get(kind)
    if ways is not None:
        own["lookups"] = js.or_nothing(js.group({name: _lookup(by, _ELSE) for name, by in ways.items()}))
    else:
        own["lookups"]["additionalProperties"] = _lookup(_every_way(), _ELSE[1:])
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}


def _keys(kind: str) -> Schema:
    """The parts whose keys are fields, of which only those of the kind may be there."""
    names = {"propertyNames": ref(f"fields_of_{kind}")}
    return {"properties": {part: dict(names) for part in ("columns", "constants", "words", "lookups")}}


def _told(field: str, titles: tuple[str, ...]) -> Schema:
    """A column, with the titles by which it is known without a mapping."""
    known = [title for title in titles if title != field][:_MOST_TITLES]
    return {"description": f"known by: {', '.join(known)}", **_COLUMN} if known else _COLUMN


def _lookup(ways: Iterable[str], others: Sequence[str]) -> Schema:
    return js.group({"by": js.one_or_more(js.choice(ways)), "else": js.choice(others)})


def _every_way() -> list[str]:
    return sorted({*BY_ANY, *(way for ways in BY.values() for way in ways)})
