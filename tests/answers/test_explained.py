"""Why a remedy is open or not: the lines that grant it with their checks, and the line that came nearest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aftercare.answers.explained import Explained, explained, located
from aftercare.policies.shape import Words
from tests.answers.promised import PACK, case, pack, verdict

BY_DAY_OR_FACT = PACK + "- {id: gift, title: {en: Gift, zh: 送}, grants: [refund], when: {used: yes}}\n"
INSTEAD = PACK + (
    "- {id: cheap, title: {en: Less, zh: 减价}, grants: [price_reduction], instead_of: [repair], within: year}\n"
)


def _explained(name: str, text: str = PACK) -> Explained:
    return explained([pack(text)], case(), verdict(text), name)


def test_an_open_remedy_has_the_line_that_grants_it_and_what_it_holds_by() -> None:
    """The grant is the verdict's own; the check of its period has the reckoning."""
    (ground,) = _explained("repair").granting
    assert (ground.line, ground.result) == ("ours/mend", "granted")
    assert ground.grant is not None
    assert ground.grant.until == date(2027, 3, 2)
    (period,) = (check for check in ground.checks if check.because == "within")
    assert period.fact == "fault_on"
    assert [step.day for step in period.steps] == [date(2026, 3, 2), date(2027, 3, 2)]


def test_what_a_remedy_hinges_on_is_a_check_that_nobody_can_answer() -> None:
    """The line may grant it: what is not known stands among its checks as unknown."""
    found = _explained("replace")
    (ground,) = found.granting
    assert (found.remedy.state, ground.result) == ("ask", "ask")
    assert [check.fact for check in ground.checks if check.truth == "unknown"] == ["same_model_available"]


def test_a_closed_remedy_has_the_check_that_fails_and_no_other() -> None:
    """The kind of fault was right; only the day was not."""
    found = _explained("refund")
    (ground,) = found.refusing
    assert found.granting == ()
    (failing,) = ground.failing
    assert (failing.because, failing.fact, failing.value) == ("within", "fault_on", "2026-03-12")
    assert failing.steps[-1].day == date(2026, 3, 9)
    assert {check.fact for check in ground.checks} >= {"fault_kind", "fault_on"}


def test_all_checks_that_fail_are_told() -> None:
    """Each of them would have to be different."""
    (ground,) = _explained("loan_unit").refusing
    assert {check.fact for check in ground.failing} == {"repairs_done", "used"}


def test_the_line_that_fails_by_a_day_alone_came_nearest() -> None:
    """As in the verdict, which then says that its time is over."""
    found = _explained("refund", BY_DAY_OR_FACT)
    assert found.remedy.why == "expired"
    assert [ground.line for ground in found.refusing] == ["ours/back", "ours/gift"]


def test_a_line_that_takes_a_remedy_away_is_named() -> None:
    """It opens another in its place, so that the line that would have granted it is no answer any more."""
    found = _explained("repair", INSTEAD)
    assert found.remedy.state == "closed"
    assert [ground.line for ground in found.taking] == ["ours/cheap"]
    assert [(ground.line, ground.result) for ground in found.granting] == [("ours/mend", "overridden")]


def test_where_no_line_is_for_the_case_packs_for_other_cases_say_so() -> None:
    """Sold before the pack came into force: that is what would have to be different."""
    text = PACK.replace("counting:", "in_force: {from: 2026-06-01}\ncounting:")
    (ground,) = _explained("repair", text).refusing
    assert ground.line == "ours/mend"
    assert [(check.because, check.fact) for check in ground.failing] == [("in_force", "sold_on")]


def test_where_nothing_is_left_to_claim_no_line_counts() -> None:
    """The price was paid back: it is not for any line to say."""
    ended = replace(verdict(), ended=Words("paid back", "已退款"))
    found = explained([pack()], case(), ended, "repair")
    assert (found.granting, found.taking, found.refusing) == ((), (), ())


def test_a_remedy_that_no_pack_names_has_no_lines() -> None:
    """It is closed, and nothing came near it."""
    found = _explained("withdraw")
    assert (found.remedy.state, found.granting, found.refusing) == ("closed", (), ())


def test_facts_that_stand_in_no_record_have_no_line() -> None:
    """What was only said is left as it is."""
    found = _explained("repair")
    assert located(found, lambda *_: 7) == found
