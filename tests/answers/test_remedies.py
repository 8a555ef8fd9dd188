"""A verdict from records: what a claim asks for, what is said besides, and the lines its facts stand on."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.answers import remedies
from aftercare.answers.affairs import affairs_of
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment
from aftercare.plain.tree import Path, Tree
from aftercare.policies import categories
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.load import in_force, shipped
from aftercare.records.claim import Claim
from tests.answers.shop import BUYER, COOLER, record, shelf

UNIT, CLAIM = "SA24-0001/1", "CL24-0001"
RULES = Rules(
    plans=(),
    categories=categories.tree(),
    packs=in_force(shipped(), country="CN", region="", named=["cn-1995-general"]),
    country="CN",
)
SALE = record("SA24-0001", sold_on="2024-05-10", items=f"[{{product: {COOLER}, price: 3200.00}}]")
FAULT = "{found_on: 2024-05-20, component: other}"


def _verdict(
    *records: str, on: Moment = date(2024, 5, 20), claimed: bool = True, asked: str = "", **said: Tree
) -> Verdict:
    held = shelf(record(BUYER), record(COOLER, category="air_conditioner"), SALE, *records)
    claim = held.get(CLAIM)
    one = claim if claimed and isinstance(claim, Claim) else None
    return remedies.verdict(affairs_of(held)[BUYER], UNIT, RULES, on, claim=one, said=said, asked=asked)


def _claim(**more: str) -> str:
    return record(CLAIM, **{"unit": UNIT, "reported_on": "2024-05-20", "fault": FAULT} | more)


def test_what_a_claim_asks_for_is_asked_unless_something_else_is_said() -> None:
    """``--asked`` stands above the claim; a unit asks for nothing."""
    assert _verdict(_claim(asked="refund")).asked == "refund"
    assert _verdict(_claim(asked="refund"), asked="repair").asked == "repair"
    assert _verdict(_claim()).asked is None
    assert _verdict(_claim(asked="refund"), claimed=False).asked is None


def test_a_unit_is_judged_as_if_a_fault_were_there() -> None:
    """Without a claim the day of the fault and the part are not known, though a claim of the unit knows them."""
    assert _verdict(_claim()).fault_on == date(2024, 5, 20)
    alone = _verdict(_claim(), on=date(2024, 6, 1), claimed=False)
    assert alone.fault_on is None
    assert "fault_on" in alone.ask


def test_the_claim_and_the_unit_with_its_facts_answer_alike() -> None:
    """Whether a circumstance was written down or only said, the answer is one."""
    written = _verdict(_claim(facts="{same_model_available: no}"))
    said = _verdict(claimed=False, fault_on="2024-05-20", component="other", same_model_available="no")
    assert dict(written.remedies) == dict(said.remedies)
    assert dict(written.windows) == dict(said.windows)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_claims_does_not_matter(order: tuple[int, ...]) -> None:
    """Ids are given in the order in which things are written down, not in that in which they happened."""
    stays = ["{in: 2024-07-01, out: 2024-07-09}", "{in: 2024-08-05, out: 2024-08-20}", "{in: 2024-09-02}"]
    claims = [
        record(f"CL24-000{number + 2}", unit=UNIT, reported_on="2024-07-01", repairs=f"[{stays[at]}]")
        for number, at in enumerate(order)
    ]
    found = _verdict(
        *claims,
        on=date(2024, 9, 4),
        claimed=False,
        fault_on="2024-09-02",
        component="other",
        same_model_available="yes",
    )
    assert found.repair_days == (8, 15, 2)
    assert found.remedy("replace").state == "open"
    fee = found.remedy("refund_with_fee").best
    # 10 May to 4 September 2024 is 117 days, 25 of them in repair.
    assert fee is not None
    assert fee.fee is not None
    assert fee.fee.days == 92


def test_facts_of_the_trace_get_the_lines_of_their_files() -> None:
    """Only those that stand in a record; the others stay without."""
    asked: list[tuple[str, Path]] = []

    def line(record: str, path: Path) -> int:
        asked.append((record, path))
        return 7

    found = remedies.located(_verdict(_claim()), line)
    lines = {(one.record, one.path): one.record_line for one in found.trace}
    assert lines[CLAIM, ("fault", "found_on")] == 7
    assert {number for (name, path), number in lines.items() if not name or not path} == {None}
    assert (CLAIM, ("fault", "found_on")) in asked


def test_what_was_paid_back_leaves_nothing_to_claim() -> None:
    """Once the price is paid back, or the sale called off, every remedy is closed, and the verdict says why."""
    decided = "[{on: 2024-05-21, remedy: refund}]"
    paid = _claim(decisions=decided, refunded="{on: 2024-05-22, amount: 3200.00}")
    before = _verdict(paid, on=date(2024, 5, 21))
    after = _verdict(paid, on=date(2024, 5, 22), claimed=False)
    assert before.ended is None
    assert before.remedy("repair").state == "open"
    assert after.ended is not None
    assert {one.state for one in after.remedies.values()} == {"closed"}
    assert after.ask == ()


def test_a_part_of_the_price_paid_back_leaves_the_rest_open() -> None:
    """Money paid back for anything but the goods themselves takes no remedy away."""
    paid = _claim(decisions="[{on: 2024-05-21, remedy: price_reduction}]", refunded="{on: 2024-05-22, amount: 100.00}")
    assert _verdict(paid, on=date(2024, 5, 23)).ended is None


def test_an_exchange_ends_the_claim_for_that_fault_alone() -> None:
    """The claim whose fault was made good by an exchange is done with; the unit goes on, and so does a later fault."""
    made_good = _claim(replaced="{on: 2024-05-25, serial: K2}")
    assert _verdict(made_good, on=date(2024, 5, 26)).ended is not None
    assert _verdict(made_good, on=date(2024, 5, 26), claimed=False).ended is None
    later = _claim(fault="{found_on: 2024-06-01, component: other}", replaced="{on: 2024-05-25, serial: K2}")
    assert _verdict(later, on=date(2024, 6, 2)).ended is None
