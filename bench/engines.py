"""What a question of law costs here, in a rules engine (ZEN) and in OpenFisca: the same questions, side by side.

usage: python -m bench.engines [ROUNDS]      (9 rounds, where nothing else is said)

A television was sold on a day, may have been in repair for a week, and shows a fault today: is a refund open (7 days),
an exchange (15 days), a free repair (12 months and the days in repair)?  Every engine must give the same three answers
to every question, or nothing is timed.  The days are chosen so that no period ends on a day off, which the two others
do not know; nor do they give the reasons, the articles and the facts to ask for, which a verdict here always has.

The others are no part of the tests:  pip install zen-engine OpenFisca-Core OpenFisca-Country-Template
One that is not installed is said to be missing, and the rest is timed.  Questions are put one by one, as at a counter;
OpenFisca, made for populations, is also given all of them at once.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from aftercare.plain.tree import Tree
from aftercare.policies.authoring.trials import packs_for
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.load import shipped

_REMEDIES = ("refund", "replace", "repair")
_DAYS, _EXCHANGE_DAYS, _MONTHS = 7, 15, 12
Answer: TypeAlias = tuple[bool, bool, bool]


class Question(NamedTuple):
    """The day of the sale, that of the fault and the question, and the days in repair between them."""

    sold: date
    asked: date
    in_repair: int


class Engine(NamedTuple):
    """A way to answer questions; all of them are given, and all answers come back."""

    name: str
    answers: Callable[[Sequence[Question]], list[Answer]]


def questions() -> list[Question]:
    """Sales from Monday to Thursday in two weeks of March 2025, asked about around each end and far from it."""
    sales = [date(2025, 3, day) for day in (3, 4, 5, 6, 10, 11, 12, 13)]
    after = [1, 6, 7, 8, 14, 15, 16, 60, 200, 364, 365, 366, 371, 372, 373, 400]
    found = [(sold, days, repair) for sold in sales for days in after for repair in (0, 7) if days > 60 or not repair]
    return [Question(sold, sold + timedelta(days=days), repair) for sold, days, repair in found]


def _here() -> Engine:
    packs = packs_for("cn-1995-general", "none", shipped())

    def one(question: Question) -> Answer:
        sent = question.sold + timedelta(days=30)
        back = sent + timedelta(days=question.in_repair)
        repair: Tree = {"in": sent.isoformat(), "out": back.isoformat(), "result": "fixed"}
        facts: dict[str, Tree] = {
            "category": "color_tv_crt",
            "sold_on": question.sold.isoformat(),
            "fault_on": question.asked.isoformat(),
            "price": "5000",
            "component": "other",
            "same_model_available": "yes",
            "repairs": [repair] if question.in_repair else [],
        }
        verdict = decide(packs, situation(facts, question.asked), "refund")
        refund, replace, repaired = (verdict.remedy(name).state == "open" for name in _REMEDIES)
        return refund, replace, repaired

    return Engine("aftercare, a verdict with its reasons", lambda asked: [one(question) for question in asked])


def _zen() -> Engine:
    import zen

    expressions = {
        "refund": f"d(asked).isSameOrBefore(d(sold).add({_DAYS}, 'day'))",
        "replace": f"d(asked).isSameOrBefore(d(sold).add({_EXCHANGE_DAYS}, 'day'))",
        "repair": f"d(asked).isSameOrBefore(d(sold).add({_MONTHS}, 'month').add(in_repair, 'day'))",
    }
    rows = [{"id": name, "key": name, "value": value} for name, value in expressions.items()]
    at = {"x": 0, "y": 0}
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode", "position": at},
        {"id": "ends", "name": "ends", "type": "expressionNode", "position": at, "content": {"expressions": rows}},
        {"id": "out", "name": "out", "type": "outputNode", "position": at},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "ends", "type": "edge"},
        {"id": "2", "sourceId": "ends", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def one(question: Question) -> Answer:
        facts = {"sold": question.sold.isoformat(), "asked": question.asked.isoformat()}
        found = decision.evaluate({**facts, "in_repair": question.in_repair})["result"]
        return found["refund"], found["replace"], found["repair"]

    return Engine("ZEN, three expressions", lambda asked: [one(question) for question in asked])


def _openfisca(all_at_once: bool) -> Engine:
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.variables import Variable
    from openfisca_country_template import CountryTaxBenefitSystem
    from openfisca_country_template.entities import Person

    system = CountryTaxBenefitSystem()
    figures = {"refund": _DAYS, "replace": _EXCHANGE_DAYS, "months": _MONTHS}
    data = {name: {"values": {"1995-08-25": {"value": value}}} for name, value in figures.items()}
    system.parameters.add_child("goods", ParameterNode("goods", data=data))

    def variable(name: str, kind: type, formula: Callable[..., Any] | None = None) -> None:
        lasts = DateUnit.DAY if formula else DateUnit.ETERNITY
        row = {"value_type": kind, "entity": Person, "definition_period": lasts, "label": name}
        system.add_variable(type(name, (Variable,), {**row, "formula": formula} if formula else row))

    def within(name: str) -> Callable[..., Any]:
        return lambda person, period, parameters: (
            person("asked", period) <= person("sold", period) + getattr(parameters(period).goods, name)
        )

    def repaired(person: Any, period: Any, parameters: Any) -> Any:
        sold = person("sold", period)
        month = sold.astype("datetime64[M]")
        end = (month + parameters(period).goods.months).astype("datetime64[D]") + (sold - month)
        return person("asked", period) <= end + person("in_repair", period)

    variable("sold", date)
    variable("asked", date)
    variable("in_repair", int)
    variable("refund", bool, within("refund"))
    variable("replace", bool, within("replace"))
    variable("repair", bool, repaired)

    def simulated(asked: Sequence[Question]) -> list[Answer]:
        people = {
            str(at): {name: {"ETERNITY": _plain(value)} for name, value in question._asdict().items()}
            for at, question in enumerate(asked)
        }
        simulation = SimulationBuilder().build_from_entities(system, {"persons": people})
        columns = [simulation.calculate(name, f"day:{asked[0].asked}") for name in _REMEDIES]
        return [(bool(one), bool(two), bool(three)) for one, two, three in zip(*columns, strict=True)]

    if all_at_once:
        return Engine("OpenFisca, all of them at once", simulated)
    return Engine("OpenFisca, one by one", lambda asked: [simulated([question])[0] for question in asked])


def _plain(value: date | int) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def _engines() -> list[Engine]:
    found = [_here()]
    for build in (_zen, lambda: _openfisca(all_at_once=False), lambda: _openfisca(all_at_once=True)):
        try:
            found.append(build())
        except ImportError as missing:
            print(f"not timed: {missing.name} is not installed (pip install: see the head of this file)")
    return found


def main() -> int:
    """Compare the answers, measure, and print a line for each engine."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    asked, engines = questions(), _engines()
    right = engines[0].answers(asked)
    for engine in engines:
        wrong = [one for one, got, due in zip(asked, engine.answers(asked), right, strict=True) if got != due]
        if wrong:
            print(f"{engine.name}: another answer to {len(wrong)} questions, the first {wrong[0]}")
            return 1
    costs: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for _ in range(rounds):
        for engine in engines:
            began = time.process_time()
            engine.answers(asked)
            costs[engine.name].append((time.process_time() - began) / len(asked))
    print(f"{len(asked)} questions, {rounds} rounds, microseconds of CPU for a question as medians")
    for name, times in costs.items():
        print(f"{statistics.median(times) * 1e6:8.0f}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
