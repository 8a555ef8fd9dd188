"""Every worked case whose law is shipped, put as an operator would put it: each way the answer is that of the case."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from aftercare.policies.authoring.cases import Case
from aftercare.policies.authoring.trials import packs_for
from aftercare.policies.load import shipped
from tests import cases_as_records as program
from tests.counter import Counter, at_the_counter

FOLDER = Path(__file__).resolve().parent.parent / "cases"
RECORDS, TOGETHER, FLAGS, JSON = "a claim for each repair", "one claim for all", "flags", "flags with JSON"


def _covered(file: str) -> list[Case]:
    # A sale has a day: where a case has none, for want of the papers, it cannot be written down.
    cases = (case for case in program.cases(FOLDER / file) if "sold_on" in case.facts)
    return [case for case in cases if packs_for(case.law, "none", shipped())]


def _ways() -> list[tuple[Case, str]]:
    """Each case of the law once as records and once in flags, each of our own once; the ways take turns."""
    turns = [*zip(_covered("cn.yaml"), cycle((RECORDS, TOGETHER))), *zip(_covered("cn.yaml"), cycle((FLAGS, JSON)))]
    return [*turns, *zip(_covered("shop.yaml"), cycle((TOGETHER, JSON, RECORDS, FLAGS)))]


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """An empty book, to be written into."""
    counter = Counter(tmp_path / "book", capsys)
    counter.folder.mkdir()
    at_the_counter(counter.folder, monkeypatch)
    monkeypatch.setenv("AFTERCARE_TODAY", "2030-01-01")
    return counter


def _typed(counter: Counter) -> program.Type:
    return lambda *words: counter.done("", *words).out


def _asked(counter: Counter, case: Case, *words: str) -> list[str]:
    answer = counter.done("", *words, "--on", case.today.isoformat(), "--format", "json").json
    return program.misses(case.expect, answer)


PUT_DOWN = program.OF_THE_SALE | program.OF_WORKS | {"repairs", "replacements"}
"""What a unit's records say without a claim."""


@pytest.mark.parametrize(("case", "way"), _ways(), ids=lambda value: value.id if isinstance(value, Case) else value)
def test_a_case_put_into_a_book_gives_its_answer(counter: Counter, case: Case, way: str) -> None:
    """From records, the claim and the unit with the fault in flags answer alike; so does a bare sale with all facts."""
    counter.write("aftercare.yaml", program.settings(case))
    if way in {FLAGS, JSON}:
        unit = program.bare_sale(case, _typed(counter))
        words = program.in_flags(case.facts, lists_as_json=way == JSON)
        assert _asked(counter, case, "unit", "remedies", unit, *words) == []
        return
    written = program.as_records(case, _typed(counter), together=way == TOGETHER)
    assert _asked(counter, case, "claim", "check", written.claim) == []
    of_the_claim = {name: value for name, value in case.facts.items() if name not in PUT_DOWN}
    assert _asked(counter, case, "unit", "remedies", written.unit, *program.in_flags(of_the_claim)) == []
