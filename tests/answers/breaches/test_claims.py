"""Claims: each breach from its day on, and not once it is mended."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import HELPER, codes, found
from tests.answers.shop import record

SOLD = record("SA26-0001", items="[{product: PR26-0002, taken: yes}]")
VERDICT = "verdict: {remedies: {refund: {state: open}, replace: {state: open}, repair: {state: open}}}"


def _claim(**said: str) -> str:
    return record("CL26-0001", **said)


def _decided(*decisions: str) -> str:
    return _claim(decisions=f"[{', '.join(f'{{{one}}}' for one in decisions)}]")


@pytest.mark.parametrize(
    ("decision", "breach"),
    [
        (f"on: 2026-08-06, asked: refund, remedy: repair, {VERDICT}", True),
        (f"on: 2026-08-06, asked: refund, remedy: refund, {VERDICT}", False),
        ("on: 2026-08-06, asked: refund, remedy: repair", False),
        (f"on: 2026-08-06, asked: rescind, remedy: repair, {VERDICT}", False),
        (f"on: 2026-08-06, remedy: replace, refused: yes, {VERDICT}", True),
        (f"on: 2026-08-06, remedy: loan_unit, refused: yes, {VERDICT}", False),
        ("on: 2026-08-06, remedy: replace, refused: yes", False),
    ],
)
def test_no_less_is_decided_than_was_open(decision: str, breach: bool) -> None:
    """By the verdict it was taken on; without one nothing is said against it."""
    claim = _decided(decision)
    assert codes(SOLD, claim, now="2026-08-05") == []
    expected = ["CL26-0001/less-than-open"] if breach else []
    assert [one for one in codes(SOLD, claim, now="2026-08-06") if "less" in one] == expected


def test_a_later_decision_mends_an_earlier_one() -> None:
    """What was kept back and is given in the end is no breach; another remedy mends nothing."""
    first = f"on: 2026-08-06, remedy: refund, refused: yes, by: {HELPER}, {VERDICT}"
    given = f"on: 2026-08-07, remedy: refund, {VERDICT}"
    lent = "on: 2026-08-07, remedy: loan_unit"
    assert "CL26-0001/less-than-open" not in codes(SOLD, _decided(first, given))
    breach = found(SOLD, _decided(first, lent))["CL26-0001/less-than-open"]
    assert breach.sentence == "王建国: refund was open, and was refused (小李)"


def test_a_decision_is_known_by_its_place_among_all() -> None:
    """The second of two is the second, though nothing is wrong with the first."""
    fine, less = (
        f"on: 2026-08-06, remedy: repair, {VERDICT}",
        f"on: 2026-08-09, asked: refund, remedy: repair, {VERDICT}",
    )
    assert found(SOLD, _decided(fine, less))["CL26-0001/less-than-open.2"].path == ("decisions", 1)


def test_a_repair_is_done_in_its_time() -> None:
    """The day after its time is over, and also when it came out since; each repair by its number."""
    late = _claim(repairs="[{in: 2026-08-05, out: 2026-08-08}, {in: 2026-09-01}]")
    assert codes(SOLD, late, now="2026-10-01") == []
    assert codes(SOLD, late, now="2026-10-02") == ["CL26-0001/late-repair.2"]
    out = _claim(repairs="[{in: 2026-09-01, out: 2026-10-03}]")
    assert found(SOLD, out)["CL26-0001/late-repair"].path == ("repairs", 0, "out")
    assert "CL26-0001/late-repair" not in found(SOLD, _claim(repairs="[{in: 2026-09-01, out: 2026-10-01}]"))


def test_a_loan_comes_back_when_it_is_over() -> None:
    """Until it is back; once it is, nothing is left to say."""
    repaired = "[{in: 2026-08-05, out: 2026-08-08}]"
    out = _claim(repairs=repaired, loans="[{thing: 备用电视, at: 2026-08-05}]")
    assert codes(SOLD, out, now="2026-08-11") == []
    assert codes(SOLD, out, now="2026-08-12") == ["CL26-0001/loan-out"]
    back = _claim(repairs=repaired, loans="[{thing: 备用电视, at: 2026-08-05, back: 2026-08-20}]")
    assert codes(SOLD, back) == []


def test_no_used_unit_is_given_in_exchange() -> None:
    """From the day of the exchange; a new one is what is owed."""
    used, new = (_claim(replaced=f"{{on: 2026-08-07, used: {said}}}") for said in ("yes", "no"))
    assert "CL26-0001/sub-standard" not in codes(SOLD, used, now="2026-08-06")
    assert "CL26-0001/sub-standard" in codes(SOLD, used, now="2026-08-07")
    assert "CL26-0001/sub-standard" not in codes(SOLD, new)
