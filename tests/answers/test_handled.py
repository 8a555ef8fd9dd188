"""The story of a complaint, in the customer's and in the unit's timeline."""

from __future__ import annotations

from aftercare.answers import timeline
from aftercare.answers.standing import standing
from aftercare.plain.moments import parse
from tests.answers.complained import CASE, affairs, case
from tests.answers.shop import UNIT, record

WHOLE = case(
    about=f"[{UNIT}]",
    acknowledged="[{at: 2026-06-01}]",
    received_at="2026-06-01",
    asked="[{at: 2026-06-01, what: 发票, got: 2026-06-02}]",
    assigned="[{to: ST26-0001, at: 2026-06-01}]",
    passed_on="[{to: 厂家, promised: 2026-06-01}, {to: 厂家, at: 2026-06-02, answered: 2026-06-03, answer: 可以}]",
    findings="{on: 2026-06-03, cause: 漏单, fault: shop}",
    answers="[{at: 2026-06-04, says: 不行, refused: yes}, {at: 2026-06-05, says: 重装}]",
    resolved="[{at: 2026-06-05, how: 重装}, {at: 2026-06-05, how: 又重装}]",
    confirmed="[{at: 2026-06-05, satisfied: no}, {at: 2026-06-05, satisfied: yes}]",
    reopened="[{at: 2026-06-05}]",
    incident="{kind: danger, made_safe: {at: 2026-06-01}, told_maker: {at: 2026-06-02}}",
    withdrawn="{on: 2026-06-30}",
)


def test_every_step_is_told_in_the_order_in_which_it_can_have_happened() -> None:
    """On one day the second round comes after the first; danger, questions and findings are told too."""
    told = [entry.what for entry in timeline.of_customer(affairs(record("ST26-0001", name="师傅"), WHOLE))]
    assert [what for what in told if what not in {"known", "sold"}] == [
        "complained", "acknowledged", "handed_over", "asked_for", "to_be_passed_on", "made_safe",
        "was_given", "passed_on", "told_maker",
        "answered_outside", "looked_into",
        "answer_refused",
        "resolved", "not_content", "reopened", "answered", "resolved", "content",
        "withdrawn",
    ]  # fmt: skip


def test_a_unit_tells_the_complaints_about_it_and_the_contacts_about_them() -> None:
    """About itself, its sale, its work or its claim; a complaint about nothing is the customer's alone."""
    visit = record("VI26-0001", about=f"[{CASE}]", purpose="check_back", at="2026-06-09")
    claim = record("CL26-0001", reported_on="2026-05-01")
    work = record("DE26-0001")
    for about in (UNIT, "SA26-0001", "CL26-0001", "DE26-0001"):
        found = affairs(claim, work, visit, case(about=f"[{about}]", reopened="[{at: 2026-06-03}]"))
        assert {entry.record for entry in timeline.of_unit(found, UNIT)} >= {CASE, "VI26-0001"}
        known = standing(found, UNIT, parse("2026-06-30"))
        assert known is not None
        assert (known.complaints, known.reopened, known.contacts) == (1, 1, 1)
    assert CASE not in {entry.record for entry in timeline.of_unit(affairs(case()), UNIT)}
