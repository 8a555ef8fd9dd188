"""Files of worked cases: what is read, and what is refused with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from aftercare.plain.moments import iso
from aftercare.policies.authoring.cases import EXPECTATIONS, KEYS, Cases, read_cases
from aftercare.policies.authoring.trials import try_all
from aftercare.policies.load import shipped
from aftercare.policies.vocabulary import facts
from tests import fact_table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/cases.md").read_text(encoding="utf-8")
FILES = sorted((ROOT / "tests/cases").glob("*.yaml"))
CASE = """\
cases:
- id: A-1
  title: A case
  law: cn-1995-general
  confidence: medium
  today: 2025-03-18
  facts:
    category: color_tv_crt
    sold_on: 2025-03-03
    price: 5000
  asked: repair
  expect:
    remedies: {repair: open, refund_with_fee: open}
    others: closed
    until: {whole: 2026-03-03, main_part: ~}
    fee: {refund_with_fee: 75.00}
    amount: {refund_with_fee: ~}
    ask: [fault_on]
    assumed: [exclusions]
    burden_of_proof: trader
    repair_days: [8, 0]
    liable: seller
"""


def _read(text: str) -> Cases:
    return read_cases(text.encode(), "c.yaml")


def _faults(text: str) -> list[tuple[int, str]]:
    found = _read(text)
    return [(fault.line, fault.code) for fault in found.faults]


def test_a_case_is_read_as_it_stands() -> None:
    """Facts stay text; what is expected is typed; one word for liable is about the remedy that is asked for."""
    (case,), faults = _read(CASE)
    assert faults == ()
    assert (case.file, case.line, case.id, case.law, iso(case.today)) == (
        "c.yaml", 2, "A-1", "cn-1995-general", "2025-03-18",
    )  # fmt: skip
    assert case.facts == {"category": "color_tv_crt", "sold_on": "2025-03-03", "price": "5000"}
    expect = case.expect
    assert expect.remedies == {"repair": "open", "refund_with_fee": "open"}
    assert {name: day and iso(day) for name, day in expect.until.items()} == {"whole": "2026-03-03", "main_part": None}
    assert (expect.fee, expect.amount) == ({"refund_with_fee": Decimal("75.00")}, {"refund_with_fee": None})
    assert (expect.ask, expect.assumed, expect.repair_days) == (
        frozenset({"fault_on"}),
        frozenset({"exclusions"}),
        (8, 0),
    )
    assert (expect.others_closed, expect.burden_of_proof, expect.liable) == (True, "trader", {"repair": "seller"})


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("  law: cn-1995-general\n", "", (2, "missing")),
        ("  today: 2025-03-18", "  today: tomorrow", (6, "date")),
        ("confidence: medium", "confidence: sure", (5, "choice")),
        ("    sold_on:", "    soldon:", (9, "no-such-fact")),
        ("  title: A case", "  titel: A case", (3, "unknown-key")),
        ("    others: closed", "    other: closed", (14, "unknown-key")),
        ("others: closed", "others: open", (14, "choice")),
        ("{repair: open,", "{repair: yes,", (13, "choice")),
        ("{repair: open,", "{repairs: open,", (13, "choice")),
        ("whole: 2026-03-03", "whole: soon", (15, "date")),
        ("refund_with_fee: 75.00", "refund_with_fee: some", (16, "amount")),
        ("ask: [fault_on]", "ask: [faulton]", (18, "no-such-fact")),
        ("assumed: [exclusions]", "assumed: [exclusion]", (19, "no-such-fact")),
        ("[8, 0]", "[eight]", (21, "number")),
        ("liable: seller", "liable: nobody", (22, "choice")),
        ("asked: repair", "asked: money", (11, "choice")),
    ],
)
def test_what_is_wrong_is_said_with_its_line(there: str, instead: str, fault: tuple[int, str]) -> None:
    """A mistyped case must not pass for one that was tried."""
    assert there in CASE
    assert fault in _faults(CASE.replace(there, instead))
    assert _read(CASE.replace(there, instead)).cases == ()


def test_a_mistyped_name_is_answered_with_the_likely_one() -> None:
    """Of facts and of what is expected."""
    (fault,) = _read(CASE.replace("sold_on:", "soldon:")).faults
    assert "did you mean sold_on?" in fault.message
    (fault,) = _read(CASE.replace("others:", "other:")).faults
    assert "“others”" in fault.message


def test_a_case_that_expects_nothing_is_refused() -> None:
    """It could never fail."""
    head = CASE[: CASE.index("    remedies")]
    assert _faults(head.replace("  expect:", "  expect: {}")) == [(12, "missing")]
    assert _faults(head.replace("  expect:", "  expect: {remedies: {}}")) == [(12, "missing")]
    assert _faults(head.replace("  expect:", "  expect: {others: closed}")) == []
    assert _faults(head.replace("  expect:", "  expect: {ask: []}")) == []


def test_an_id_is_there_once() -> None:
    """The second case of the name is refused, the first one counts."""
    found = _read(CASE + CASE.removeprefix("cases:\n"))
    assert [(fault.line, fault.code) for fault in found.faults] == [(23, "repeated")]
    assert [case.line for case in found.cases] == [2]


@pytest.mark.parametrize("text", ["", "cases: {}\n", "case: []\n", "cases:\n- {id: &a 1}\n", "cases: [\n"])
def test_a_file_that_is_none_has_faults(text: str) -> None:
    """Nothing is taken for an empty file of cases."""
    assert _faults(text)


def test_facts_that_do_not_fit_are_faults_where_a_pack_covers_the_law() -> None:
    """Their line is named; where no pack covers the law, nobody here can know what its facts mean."""
    text = CASE.replace("price: 5000", "price: much")
    trials, faults = try_all(_read(text).cases, shipped())
    assert trials == []
    assert [(fault.file, fault.line, fault.code) for fault in faults] == [("c.yaml", 10, "value")]
    trials, faults = try_all(_read(text.replace("cn-1995-general", "au")).cases, shipped())
    assert ([trial.state for trial in trials], faults) == (["not_covered"], [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_cases_of_the_law_that_ships_pass(file: Path) -> None:
    """What a lawyer would sign off, and what stands between: each case by itself."""
    found = read_cases(file.read_bytes(), file.name)
    assert found.faults == ()
    trials, faults = try_all(found.cases, shipped())
    assert faults == []
    assert [message for trial in trials if trial.state == "failed" for message in trial.messages] == []
    assert {trial.state for trial in trials} == {"passed"}, "a law that nobody covers would pass too"


def test_the_page_names_every_fact_with_what_its_absence_means() -> None:
    """Who writes a case looks there; a fact that is reckoned stands apart, since no case may state it."""
    assert "\n".join(fact_table.stated()) in PAGE
    assert "\n".join(fact_table.measured()) in PAGE
    rows = dict(re.findall(r"^\| `([\w.]+)` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE))
    assert {name: rows[name] for name in ("sold_on", "installed_on", "buyer", "repairs_done")} == {
        "sold_on": "ask",
        "installed_on": "none",
        "buyer": "assume consumer",
        "repairs_done": "`repairs`",
    }
    assert set(facts()) <= rows.keys()


def test_the_page_names_every_key() -> None:
    """Of a case and of what it expects."""
    for key in (*KEYS, *EXPECTATIONS):
        assert f"`{key}" in PAGE, key


def test_the_example_of_the_page_passes() -> None:
    """It is a case like any other."""
    (example,) = re.findall(r"```yaml\n(cases:.*?)```", PAGE, re.DOTALL)
    trials, faults = try_all(_read(example).cases, shipped())
    assert ([trial.state for trial in trials], faults) == (["passed"], [])
