"""What moves between two answers: the remedy, how it stood and stands, and the rules behind it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from aftercare.answers.affairs import affairs_of
from aftercare.answers.moved import (
    CLOSED,
    Changed,
    Difference,
    Reached,
    Stand,
    by_other_packs,
    difference,
    since_decided,
)
from aftercare.answers.rules import Rules
from aftercare.plain.moments import parse
from aftercare.plain.tree import Tree
from aftercare.policies import categories
from aftercare.records.claim import Claim
from tests.answers.promised import PACK, pack, verdict
from tests.answers.shop import BUYER, CHAIR, record, shelf

LONGER = PACK.replace("{days: 7}", "{days: 14}")
STRICTER = PACK.replace("{fault_kind: performance}", "{fault_kind: performance, unsafe: yes}")
WITHOUT = "\n".join(line for line in PACK.splitlines() if "id: mend" not in line) + "\n"
ALSO = PACK + "- {id: care, title: {en: Care, zh: 关照}, grants: [repair, damages]}\n"
TRACE = {"week": "2026-03-09", "year": "2027-03-02"}


def _between(old: str, new: str, said: Mapping[str, Tree] | None = None) -> Difference:
    return difference(Reached.by(verdict(old, said)), Reached.by(verdict(new, said)), [pack(old)], [pack(new)])


def test_one_text_moves_nothing() -> None:
    """Nor does another comment in it, though its hash differs."""
    assert _between(PACK, PACK) == Difference((), (), ())
    found = _between(PACK, PACK + "# the same\n")
    assert (found.moves, [one.name for one in found.packs]) == ((), ["ours"])


def test_a_longer_period_opens_what_was_closed() -> None:
    """The fault of the tenth day is in time by fourteen; only the period that moved is named."""
    (move,) = _between(PACK, LONGER).moves
    assert (move.remedy, move.before) == ("refund", CLOSED)
    assert move.after == Stand("open", "2026-03-16", None, "ours/back")
    assert move.windows == (Changed("week", "2026-03-09", "2026-03-16"),)
    assert move.lines == ()


def test_a_line_that_reads_otherwise_is_named() -> None:
    """No period moved, but a condition came in."""
    (move,) = _between(PACK, STRICTER, {"fault_on": "2026-03-05"}).moves
    assert (move.remedy, move.after) == ("refund", CLOSED)
    assert move.windows == ()
    assert move.lines == (Changed("ours/back", "written", "written"),)


@pytest.mark.parametrize(
    ("old", "new", "line", "change"),
    [(PACK, WITHOUT, "ours/mend", ("written", None)), (WITHOUT, PACK, "ours/mend", (None, "written"))],
)
def test_a_line_that_is_gone_or_new_is_named(old: str, new: str, line: str, change: tuple[str | None, ...]) -> None:
    """With it the remedy goes or comes."""
    (move,) = _between(old, new).moves
    assert (move.remedy, move.lines) == ("repair", (Changed(line, *change),))


def test_another_line_for_the_same_answer_moves_it() -> None:
    """An end that is gone moves the remedy, as does the line that answers."""
    moves = {move.remedy: move for move in _between(PACK, ALSO).moves}
    assert set(moves) == {"repair", "damages"}
    assert moves["repair"].after == Stand("open", None, None, "ours/care")


def test_a_fee_alone_moves_an_answer() -> None:
    """The same remedy until the same day, for more money."""
    before = Reached({"replace_with_fee": Stand("open", None, Decimal("10.00"), "ours/x")}, {}, {})
    after = Reached({"replace_with_fee": Stand("open", None, Decimal("12.00"), "ours/x")}, {}, {})
    (move,) = difference(before, after, [], []).moves
    assert (move.before.fee, move.after.fee) == (Decimal("10.00"), Decimal("12.00"))
    same = Reached({"replace_with_fee": Stand("open", None, Decimal("10.0"), "ours/x")}, {}, {})
    assert difference(before, same, [], []).moves == ()


CLAIM = "CL26-0001"
DECIDED = (
    "\n- {on: 2026-03-12, asked: repair, remedy: repair, verdict: {packs: {ours: ' sha256:000000000000'}, "
    "facts: {sold_on: 2026-03-02, fault_on: 2026-03-12, used: 'yes'%s}, "
    "remedies: {repair: {state: open, until: 2027-03-02, line: ours/mend}, "
    "replace: {state: ask, until: 2027-03-02, line: ours/new}, "
    "replace_other_model: {state: ask, line: ours/other}%s}}}"
)


def _rules(text: str) -> Rules:
    return Rules(plans=(), categories=categories.tree(), packs=(pack(text),), country="CN")


def _since(
    text: str, *, facts: str = "", remedies: str = "", windows: Mapping[str, str | None] = TRACE, **claim: str
) -> Difference:
    usual = {"reported_on": "2026-03-12", "fault": "{found_on: 2026-03-12}", "decisions": DECIDED % (facts, remedies)}
    held = shelf(record(CLAIM, **(usual | claim)), record("SA26-0001", items=f"[{{product: {CHAIR}}}]"))
    one = held.get(CLAIM)
    assert isinstance(one, Claim)
    return since_decided(affairs_of(held)[BUYER], one, _rules(text), windows)


class TestSinceADecision:
    """The verdict that a decision kept, beside what the rules of now say of the same day."""

    def test_the_same_rules_move_nothing(self) -> None:
        """Remedies that were closed then are not kept, and are closed now."""
        assert _since(PACK).moves == ()

    def test_a_pack_that_was_changed_is_named_with_what_it_moves(self) -> None:
        """The hash differs; the period's end then is known from the trace."""
        found = _since(LONGER)
        (move,) = found.moves
        assert (move.remedy, move.before.state, move.after.state) == ("refund", "closed", "open")
        assert move.windows == (Changed("week", "2026-03-09", "2026-03-16"),)
        assert [one.name for one in found.packs] == ["ours"]

    def test_without_its_trace_no_period_is_said_to_move(self) -> None:
        """Nobody knows when it ended then."""
        (move,) = _since(LONGER, windows={}).moves
        assert move.windows == ()

    def test_a_fact_that_was_mended_since_is_named(self) -> None:
        """The records say another day of the fault now, and that alone opens the refund."""
        found = _since(PACK, fault="{found_on: 2026-03-05}")
        assert [move.remedy for move in found.moves] == ["refund"]
        assert Changed("fault_on", "2026-03-12", "2026-03-05") in found.facts

    def test_what_was_said_at_the_desk_is_said_still(self) -> None:
        """A circumstance that no record holds counts as then."""
        kept = ", same_model_available: 'yes'"
        moved = {move.remedy: (move.before.state, move.after.state) for move in _since(PACK, facts=kept).moves}
        assert moved == {"replace": ("ask", "open"), "replace_other_model": ("ask", "closed")}

    def test_what_the_decision_led_to_is_no_ground_of_it(self) -> None:
        """Money that was paid back the same day closes nothing in the comparison."""
        assert _since(PACK, refunded="{on: 2026-03-12, amount: 58.00}").moves == ()

    def test_a_claim_without_a_verdict_has_nothing_to_compare(self) -> None:
        """A decision that was written by hand keeps none."""
        found = _since(PACK, decisions="[{on: 2026-03-12, remedy: repair}]")
        assert found == Difference((), (), ())


def test_other_packs_are_tried_on_the_records() -> None:
    """The claim is judged twice on the same day, as it stands."""
    held = shelf(
        record(CLAIM, reported_on="2026-03-12", fault="{found_on: 2026-03-12}"),
        record("SA26-0001", items=f"[{{product: {CHAIR}}}]"),
    )
    one = held.get(CLAIM)
    assert isinstance(one, Claim)
    found = by_other_packs(affairs_of(held)[BUYER], one, _rules(PACK), _rules(LONGER), parse("2026-03-20"))
    assert [(move.remedy, move.after.until) for move in found.moves] == [("refund", "2026-03-16")]
