"""Worked cases as an operator would put them: as records of a book, or all of it said in flags.

A case of ``tests/cases`` becomes a book of one customer, one sale and its claims, written by the commands of the tool;
what then comes out of ``claim check`` and ``unit remedies`` is held against what the case expects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.tree import Tree
from aftercare.policies.authoring.cases import Case, Expected, read_cases
from aftercare.policies.authoring.trials import packs_for
from aftercare.policies.load import shipped

Type = Callable[..., str]
"""Runs a command, word by word, which must succeed; gives what it printed."""
FAULT = {"fault_kind": "--kind", "component": "--component", "severity": "--severity"}
"""Facts of the present fault that `claim add` has flags for."""
OF_THE_SALE = frozenset({"sold_on", "channel", "price", "category", "invoice", "promised_by"})
OF_WORKS = frozenset({"delivered_on", "delivered", "installed_on"})
OF_THE_CLAIM = frozenset({*FAULT, "fault_on", "exclusions", "same_defect", "repairs", "replacements", "withdrawn_on"})
RECORDED = OF_THE_SALE | OF_WORKS | OF_THE_CLAIM
"""Facts that stand in fields of records; the others are circumstances of the claim."""
AS_DELIVERED = ("fixed", "not_fixed", "not_done", "no_fault")


class Written(NamedTuple):
    """The unit of a case's book, and the claim about its present fault."""

    unit: str
    claim: str


def settings(case: Case) -> str:
    """``aftercare.yaml``: the packs of the case alone, or for a place those of its region."""
    packs = packs_for(case.law, text(case.facts.get("region", "none")), shipped())
    named = f"packs: [{', '.join(pack.id for pack in packs)}]\n" if "-" in case.law else ""
    region = case.facts.get("region")
    where = f"region: {region}\n" if isinstance(region, str) and region != "none" else ""
    return f"shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: no\n{named}{where}"


def bare_sale(case: Case, type_: Type, also: Sequence[str] = ()) -> str:
    """A sale of the case's goods on its day, and of nothing more is anything known; gives the unit."""
    said = case.facts
    category = text(said.get("category", "home_appliance"))
    product = type_("product", "add", "--name", "商品", "--category", category).strip()
    words = ["sale", "add", "--name", "王建国", "--phone", "13800138000", "--product", product]
    sale = type_(*words, "--serial", "S1", "--sold-on", text(said["sold_on"]), *also).strip()
    return f"{sale}/1"


def as_records(case: Case, type_: Type, *, together: bool = False) -> Written:
    """The book of a case: what happened in the records that it belongs to.

    Each earlier repair is a claim of its own; *together* all of them are repairs under the one claim.
    """
    said = case.facts
    unit = bare_sale(case, type_, [*_flags(said, {"price": "--price", "channel": "--channel", "invoice": "--invoice"})])
    _works(case, unit, type_)
    events = _events(case)
    if not events:
        return Written(unit, _claim(case, unit, type_, iso(case.today)))
    first = events[0][0]
    claim = _claim(case, unit, type_, first) if together else ""
    earlier = ""
    for at, name, event in events:
        if not together:
            is_last = name == "repairs" and "out" not in event
            claim = _claim(case, unit, type_, at, same_as=earlier) if is_last else _earlier(unit, type_, event, at)
            earlier = claim
        (_repair if name == "repairs" else _replace)(claim, event, type_)
    is_open = any("out" not in event for __, name, event in events if name == "repairs")
    if not together and not is_open:
        claim = _claim(case, unit, type_, iso(case.today), same_as=earlier)
    return Written(unit, claim)


def in_flags(facts: Mapping[str, Tree], *, lists_as_json: bool = False) -> list[str]:
    """Each fact as its flag of `unit remedies`: lists repeated, or as JSON."""
    words: list[str] = []
    for name, value in facts.items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(value, str):
            words += [flag, value]
        elif isinstance(value, dict):
            words += [flag, json.dumps(value) if lists_as_json else _pairs(value)]
        elif isinstance(value, list) and value:
            many = [one if isinstance(one, str) else _pairs(one) for one in value]
            words += [flag, json.dumps(value)] if lists_as_json else [word for one in many for word in (flag, one)]
        elif isinstance(value, list):
            words += [flag, "[]" if lists_as_json else "none"]
    return words


def text(value: Tree) -> str:
    """A scalar of a case."""
    assert isinstance(value, str)
    return value


def _pairs(value: Tree) -> str:
    assert isinstance(value, dict)
    return ",".join(f"{key}={one}" for key, one in value.items() if one is not None)


def _flags(said: Mapping[str, Tree], flags: Mapping[str, str]) -> Iterator[str]:
    for name, flag in flags.items():
        if isinstance(value := said.get(name), str):
            yield from (flag, value)


def _works(case: Case, unit: str, type_: Type) -> None:
    sale = unit.partition("/")[0]
    if "promised_by" in case.facts:
        type_("sale", "set", sale, f"told.deliver.by={text(case.facts['promised_by'])}")
    if case.facts.get("delivered") == "no":
        type_("delivery", "add", "--sale", sale)
    for fact, noun in (("delivered_on", "delivery"), ("installed_on", "installation")):
        if fact in case.facts:
            work = type_(noun, "add", "--sale", sale).strip()
            type_(noun, "sign", work, "--by", "王建国", "--at", text(case.facts[fact]))


def _events(case: Case) -> list[tuple[str, str, Mapping[str, Tree]]]:
    found: list[tuple[str, str, Mapping[str, Tree]]] = []
    for name, began in (("repairs", "in"), ("replacements", "on")):
        for event in case.facts.get(name) or ():
            assert isinstance(event, dict)
            found.append((text(event[began]), name, event))
    return sorted(found, key=lambda one: one[0])


def _earlier(unit: str, type_: Type, event: Mapping[str, Tree], at: str) -> str:
    """The claim about a fault that was dealt with before."""
    words = ["claim", "add", "--unit", unit, "--found-on", at[:10], "--reported-on", at]
    return type_(*words, *_flags(event, {"severity": "--severity"})).strip()


def _claim(case: Case, unit: str, type_: Type, reported_on: str, *, same_as: str = "") -> str:
    """The claim about the present fault, with the circumstances that no field holds."""
    said = case.facts
    words = ["claim", "add", "--unit", unit, "--reported-on", text(said.get("withdrawn_on", reported_on))]
    if case.asked or "withdrawn_on" in said:
        words += ["--asked", case.asked or "withdraw"]
    fault_on = said.get("fault_on")
    if isinstance(fault_on, str):
        words += ["--kind", "none"] if fault_on == "none" else ["--found-on", fault_on]
    words += _flags(said, FAULT)
    for ground in said.get("exclusions") or ():
        words += ["--exclusion", text(ground)]
    same = said.get("same_defect")
    if same in {"true", "yes"} and same_as:
        words += ["--same-as", same_as]
    elif isinstance(same, str):
        words += ["--fact", f"same_defect={same}"]
    for name, value in said.items():
        if name not in RECORDED and value not in (None, []):
            words += ["--fact", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    return type_(*words).strip()


def _repair(claim: str, stay: Mapping[str, Tree], type_: Type) -> None:
    type_("claim", "repair", claim, "in", "--at", text(stay["in"]), *_flags(stay, {"problem": "--problem"}))
    if "because" in stay:
        why = text(stay["because"])
        type_("claim", "repair", claim, "wait", "--for", "配件", "--because", why, "--at", text(stay["in"]))
    if "out" in stay:
        said = text(stay.get("result", "fixed"))
        result = said if said in AS_DELIVERED else "fixed"
        type_("claim", "repair", claim, "out", "--at", text(stay["out"]), "--done", "修理", "--result", result)


def _replace(claim: str, event: Mapping[str, Tree], type_: Type) -> None:
    flags = {"requested_on": "--requested-on", "installation_charged": "--installation-charged"}
    type_("claim", "replace", claim, "--serial", f"R-{claim}", "--at", text(event["on"]), *_flags(event, flags))


def misses(expect: Expected, answer: Mapping[str, Any]) -> list[str]:
    """Where the JSON of a verdict is not what a case expects, one sentence each."""
    return [f"{key}: expected {wanted}, got {got}" for key, wanted, got in _compared(expect, answer) if wanted != got]


def _compared(expect: Expected, answer: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    remedies = answer["remedies"]
    closed: dict[str, Any] = {"state": "closed", "fee": None, "amount": None, "liable": None}
    for name, state in expect.remedies.items():
        yield name, state, remedies.get(name, closed)["state"]
    if expect.others_closed:
        for name in remedies.keys() - expect.remedies.keys():
            yield f"others: {name}", "closed", remedies[name]["state"]
    yield from _of_windows(expect, answer["windows"])
    for key, sums in (("fee", expect.fee), ("amount", expect.amount)):
        for name, wanted in sums.items():
            said = remedies.get(name, closed)[key]
            yield f"{key}.{name}", wanted, None if said is None else Decimal(said)
    if expect.ask is not None:
        yield "ask", sorted(expect.ask), sorted(answer["ask"])
    yield "assumed", sorted(expect.assumed), sorted(expect.assumed & answer["assumed"].keys())
    if expect.burden_of_proof:
        yield "burden_of_proof", expect.burden_of_proof, answer["burden_of_proof"]
    if expect.repair_days is not None:
        yield "repair_days", list(expect.repair_days), answer["repair_days"]
    for name, party in expect.liable.items():
        yield f"liable.{name}", party, remedies.get(name, closed)["liable"]


def _of_windows(expect: Expected, windows: Mapping[str, str | None]) -> Iterator[tuple[str, Any, Any]]:
    for name, until in expect.until.items():
        got = windows.get(name, "no such window")
        yield f"until.{name}", _day(until), got[:10] if got and until else got


def _day(moment: Moment | None) -> str | None:
    return day_of(moment).isoformat() if moment else None


def cases(file: Path) -> list[Case]:
    """The cases of a file."""
    return [*read_cases(file.read_bytes(), file.name).cases]
