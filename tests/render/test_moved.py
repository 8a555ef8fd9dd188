"""What moves, in print: remedies that move for one reason stand together, and nothing is said twice."""

from __future__ import annotations

from decimal import Decimal

from aftercare.answers.moved import CLOSED, Changed, Difference, Move, Stand
from aftercare.policies.shape import Words
from aftercare.render.moved import lines, row

WEEK = (Changed("week", "2026-03-09", "2026-03-16"), Changed("other/week", "2026-03-09", "2026-03-16"))
TITLES = {"week": Words("first week", "首周")}
OPEN = Stand("open", "2026-03-16", None, "ours/back")


def _said(*moves: Move, facts: tuple[Changed, ...] = ()) -> list[str]:
    found = Difference(moves, (), facts)
    return list(lines(found, TITLES, heading="CL26-0001 王建国", currency="CNY"))


def test_remedies_that_move_for_one_reason_stand_together() -> None:
    """The reason is said once, though two readings of the period say it."""
    said = _said(Move("refund", CLOSED, OPEN, WEEK, ()), Move("repair", CLOSED, OPEN, WEEK, ()))
    assert said == [
        "CL26-0001 王建国",
        "  full refund: closed → open, until 2026-03-16, ours/back",
        "  repair: closed → open, until 2026-03-16, ours/back",
        "     “first week” ends: 2026-03-09 → 2026-03-16",
    ]


def test_a_line_that_answers_as_before_is_not_named() -> None:
    """Only what it costs has changed."""
    dear, cheap = (OPEN._replace(fee=Decimal(fee)) for fee in ("12.00", "10.00"))
    assert _said(Move("refund_with_fee", cheap, dear, (), ()))[1:] == [
        "  refund less a use fee: open, until 2026-03-16, 10.00 yuan to pay → open, until 2026-03-16, 12.00",
        "    yuan to pay",
    ]


def test_lines_are_new_gone_or_read_otherwise() -> None:
    """Each kind together."""
    changed = (Changed("a", "written", "written"), Changed("b", None, "written"), Changed("c", "written", None))
    said = _said(Move("repair", OPEN, CLOSED, (), changed))
    assert [line.strip() for line in said[2:]] == ["reads otherwise: a", "new: b", "no more: c"]


def test_facts_are_told_as_people_say_them() -> None:
    """A yes or no in words, a fact that was not there as none."""
    said = _said(Move("repair", OPEN, CLOSED, (), ()), facts=(Changed("used", None, "yes"),))
    assert said[-1] == "  Facts: sold as used goods none → yes"


def test_a_row_has_its_fee_in_the_decimals_of_the_currency() -> None:
    """Money is text."""
    found = Difference((Move("refund", CLOSED, OPEN._replace(fee=Decimal("12.5")), (), ()),), (), ())
    made = row(found, claim="CL26-0001", unit="SA26-0001/1", on="2026-03-12", decided_on=None, currency="CNY")
    assert made["moved"][0]["after"] == {"state": "open", "until": "2026-03-16", "fee": "12.50", "line": "ours/back"}
