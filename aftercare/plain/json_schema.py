"""The pieces of which JSON Schemas are built (draft 2020-12).

The tool reads every scalar as text; a program that checks a file by a schema may have read numbers, yes and no as what
YAML takes them for.  So a number may be a text of digits here, and yes may be true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
ANY: Schema = {}
NOTHING: Schema = {"type": "null"}
TEXT: Schema = {"type": ["string", "number", "boolean"]}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$",
}
NUMBER: Schema = {"type": ["number", "string"], "pattern": r"^[+-]?\d[\d,]*(\.\d+)?$"}
YES: Schema = {"enum": ["yes", "no", True, False]}


def choice(words: Iterable[str]) -> Schema:
    """One of a few words; yes and no among them may have been read as true and false."""
    known = list(words)
    read = [value for word, value in (("yes", True), ("no", False)) if word in known]
    return {"enum": [*known, *read]}


def matching(pattern: str) -> Schema:
    """A text that is a *pattern* from its first to its last letter."""
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def whole(least: int, most: int) -> Schema:
    """A whole number within limits."""
    return {"type": ["integer", "string"], "minimum": least, "maximum": most, "pattern": r"^\d+$"}


def either(*schemas: Schema) -> Schema:
    """What fits any one of them."""
    return {"anyOf": list(schemas)}


def or_nothing(schema: Schema) -> Schema:
    """What fits the schema, or an empty value, which is as good as none."""
    if "type" in schema and "enum" not in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": list(dict.fromkeys([*kinds, "null"]))}
    if "enum" in schema:
        return {**schema, "enum": list(dict.fromkeys([*schema["enum"], None]))}
    about = {key: value for key, value in schema.items() if key == "description"}
    rest = {key: value for key, value in schema.items() if key != "description"}
    return {**about, **either(rest, NOTHING)} if rest else schema


def listed(entry: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": entry}


def one_or_more(entry: Schema) -> Schema:
    """A value, or a list of such."""
    return either(entry, listed(entry))


def named(entry: Schema, names: Schema | None = None) -> Schema:
    """A group whose keys are free, or are of the schema *names*; a key may say nothing."""
    keys = {"propertyNames": names} if names else {}
    return {"type": "object", "additionalProperties": or_nothing(entry), **keys}


def dated(entry: Schema) -> Schema:
    """A value for each day from which it holds."""
    return named(entry, DAY)


def group(parts: Mapping[str, Schema], needed: Collection[str] = (), *, closed: bool = True) -> Schema:
    """A group of known keys; those that are not *needed* may say nothing, and *closed* allows no others."""
    properties = {key: part if key in needed else or_nothing(part) for key, part in parts.items()}
    found: Schema = {"type": "object", "properties": properties}
    if needed:
        found["required"] = [key for key in parts if key in needed]
    return found | {"additionalProperties": False} if closed else found


def keyed(known: Iterable[str], parts: Mapping[str, Schema], needed: Collection[str] = ()) -> Schema:
    """A closed group of the *known* keys; anything may stand under one of which *parts* says nothing."""
    return group({key: parts.get(key, ANY) for key in known}, needed)


def ref(name: str) -> Schema:
    """What the document defines under a name."""
    return {"$ref": f"#/$defs/{name}"}


def document(title: str, body: Schema, defs: Mapping[str, Schema]) -> Schema:
    """A whole schema."""
    return {"$schema": DRAFT, "title": title, **body, "$defs": dict(defs)}
