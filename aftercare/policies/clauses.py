"""Reading the sections of a standard: duties, entitlements, checklists, points, materials, benefits, credo."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from aftercare.language import N_
from aftercare.policies import reading_benefits, reading_points
from aftercare.policies.benefits import Benefit
from aftercare.policies.categories import ROOT
from aftercare.policies.points import PointsRule
from aftercare.policies.reading_credo import read_credo
from aftercare.policies.reading_dated import FIGURE, read_figures, read_spans
from aftercare.policies.reading_plans import NAME, Setting, category_of, listed, questions_of
from aftercare.policies.shape import Node, Words, value_of
from aftercare.policies.standards import (
    CONDITIONS,
    DUTIES,
    FIGURES,
    GRADED,
    INSTALLATION,
    QUALIFIED,
    SERVICES,
    SIDES,
    SKILLED,
    WORKS,
    CheckItem,
    Checklist,
    Clause,
    Condition,
    Duty,
    Entitlement,
    Material,
    Standards,
)
from aftercare.records.words import NEEDS

SECTIONS = ("duties", "entitlements", "checklists", "points", "materials", "benefits", "credo")
_OF_QUALIFIED = ("for", "certificates", "trainings")
"""What only the duty says that asks who may do a work."""
_COMMON = ("id", "title", "category", "cite")
_ITEM = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_Line = TypeVar("_Line", bound=Clause)


def read_standards(said: Mapping[str, Node], setting: Setting, taken: frozenset[str] = frozenset()) -> Standards:
    """What the sections say; *taken* are the ids of the pack's other lines, which no clause may bear again."""
    ids = set(taken)
    return Standards(
        duties=_lines(said, "duties", setting, ids, _duty),
        entitlements=_lines(said, "entitlements", setting, ids, _entitlement),
        checklists=_lines(said, "checklists", setting, ids, _checklist),
        materials=_materials(said["materials"], setting) if "materials" in said else (),
        points=_lines(said, "points", setting, ids, _points),
        benefits=_lines(said, "benefits", setting, ids | _of_law(said), _benefit),
        credo=read_credo(said["credo"], setting, ids) if "credo" in said else (),
    )


def _of_law(said: Mapping[str, Node]) -> set[str]:
    """The ids of the lines that grant remedies, which are read when a verdict asks for them."""
    rows = said["lines"].value if "lines" in said else []
    entries = rows if isinstance(rows, list) else []
    return {str(row["id"]) for row in entries if isinstance(row, dict) and "id" in row}


def _lines(
    said: Mapping[str, Node],
    section: str,
    setting: Setting,
    ids: set[str],
    read: Callable[[Node, Setting], _Line | None],
) -> tuple[_Line, ...]:
    found = []
    for entry in said[section].entries() if section in said else ():
        line = read(entry, setting)
        if line and line.id in ids:
            entry.down("id", line.id).complain("repeated", N_("{where}: another line is called “{value}” too"))
        if line:
            ids.add(line.id)
            found.append(line)
    return tuple(found)


def _said(entry: Node, own: tuple[str, ...], needed: tuple[str, ...], setting: Setting) -> dict[str, Node]:
    always = ("id", "title", "category", *needed, *(("cite",) if setting.must_cite else ()))
    return entry.keys((*_COMMON, *own), always)


def _common(said: Mapping[str, Node], setting: Setting) -> dict[str, Any]:
    cite: tuple[str, ...] = listed(said["cite"], setting.sources) if "cite" in said else ()
    return {
        "pack": setting.pack,
        "id": value_of(said, "id", lambda node: node.matching(NAME, "free-delivery"), ""),
        "title": value_of(said, "title", Node.words, Words("", "")),
        "category": value_of(said, "category", category_of, ROOT),
        "cite": cite,
        "since": setting.since,
        "until": setting.until,
    }


def _duty(entry: Node, setting: Setting) -> Duty | None:
    said = _said(entry, ("duty", "value", "grade", *_OF_QUALIFIED), ("duty",), setting)
    if not said:
        return None
    name = value_of(said, "duty", lambda node: node.choice(DUTIES), "")
    if "grade" in said and name != GRADED:
        said["grade"].complain("value", N_("{where}: only {duty} goes by a grade"), duty=GRADED)
    for key in _OF_QUALIFIED:
        if key in said and name != QUALIFIED:
            said[key].complain("value", N_("{where}: only {duty} asks who may do a work"), duty=QUALIFIED)
    return Duty(
        **_common(said, setting),
        duty=name,
        within=value_of(said, "value", read_spans, ()),
        worst=value_of(said, "grade", read_figures, ()),
        works=value_of(said, "for", lambda node: listed(node, SKILLED), (INSTALLATION,)),
        certificates=value_of(said, "certificates", _texts_of, ()),
        trainings=value_of(said, "trainings", _texts_of, ()),
    )


def _texts_of(node: Node) -> tuple[str, ...]:
    """A list of texts, of which there is at least one."""
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(filter(None, (entry.text() for entry in node.entries())))


def _entitlement(entry: Node, setting: Setting) -> Entitlement | None:
    said = _said(entry, ("service", "any"), ("service", "any"), setting)
    if not said:
        return None
    return Entitlement(
        **_common(said, setting),
        service=value_of(said, "service", lambda node: node.choice(SERVICES), ""),
        any=value_of(said, "any", _conditions, ()),
    )


def _conditions(node: Node) -> tuple[Condition, ...]:
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(condition for entry in node.entries() for condition in _condition(entry))


def _condition(entry: Node) -> tuple[Condition, ...]:
    said = entry.keys(CONDITIONS)
    if isinstance(entry.value, dict) and len(said) != 1:
        entry.complain("shape", N_("{where}: a condition names one fact, like {example}"), example="{bulky: yes}")
        return ()
    return tuple(_of_fact(fact, node) for fact, node in said.items())


def _of_fact(fact: str, node: Node) -> Condition:
    if fact in FIGURES:
        least = node.keys(("min",), needed=("min",))
        return Condition(fact, least=value_of(least, "min", read_figures, ()))
    if fact == "needs":
        return Condition(fact, needs=frozenset(listed(node, NEEDS)))
    node.choice(("yes",))
    return Condition(fact)


def _checklist(entry: Node, setting: Setting) -> Checklist | None:
    said = _said(entry, ("follows", "items", "for", "about", "asks"), ("follows", "items"), setting)
    if not said:
        return None
    return Checklist(
        **_common(said, setting),
        follows=value_of(said, "follows", Node.text, ""),
        items=value_of(said, "items", _items, ()),
        works=value_of(said, "for", lambda node: listed(node, WORKS), (INSTALLATION,)),
        about=value_of(said, "about", lambda node: node.choice(SIDES), SIDES[0]),
        asks=value_of(said, "asks", lambda node: questions_of(node, setting.questions), ()),
    )


def _items(node: Node) -> tuple[CheckItem, ...]:
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    found: dict[str, CheckItem] = {}
    for entry in node.entries():
        said = entry.keys(("id", "en", "zh"), needed=("id", "en", "zh"))
        item = value_of(said, "id", lambda node: node.matching(_ITEM, "test_run"), "")
        if item in found:
            entry.down("id", item).complain("repeated", N_("{where}: another line is called “{value}” too"))
        found[item] = CheckItem(item, _texts(said))
    return tuple(found.values())


def _texts(said: Mapping[str, Node]) -> Words:
    return Words(value_of(said, "en", Node.text, ""), value_of(said, "zh", Node.text, ""))


def _points(entry: Node, setting: Setting) -> PointsRule | None:
    said = _said(entry, reading_points.KEYS, ("earn",), setting)
    return PointsRule(**_common(said, setting), **reading_points.read_points(said)) if said else None


def _benefit(entry: Node, setting: Setting) -> Benefit | None:
    said = _said(entry, reading_benefits.KEYS, (), setting)
    if not said:
        return None
    common = _common(said, setting) | reading_benefits.within_pack(said, setting.since, setting.until)
    return Benefit(**common, **reading_benefits.read_benefit(said))


def _materials(node: Node, setting: Setting) -> tuple[Material, ...]:
    if setting.must_cite:
        node.complain("value", N_("{where}: only a shop's own pack lists what it charges for"))
    found: dict[str, Material] = {}
    for entry in node.entries():
        said = entry.keys(("id", "en", "zh", "price"), needed=("id", "en", "zh", "price"))
        material = value_of(said, "id", lambda node: node.matching(_ITEM, "copper_pipe"), "")
        if material in found:
            entry.down("id", material).complain("repeated", N_("{where}: another line is called “{value}” too"))
        price = value_of(said, "price", lambda node: node.matching(FIGURE, "35.00"), "")
        found[material] = Material(setting.pack, material, _texts(said), Decimal(price or 0))
    return tuple(found.values())
