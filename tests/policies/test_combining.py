"""Combining: of all grants of a remedy the best for the customer answers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from aftercare.policies.judging.combining import Refusal, combined
from aftercare.policies.judging.verdict import Fee, Grant, State
from aftercare.policies.judging.weighing import Check, Weighed, all_of, one_check
from aftercare.policies.shape import Words


def _grant(
    line: str,
    state: State = "open",
    until: str = "2025-06-30",
    fee: str | None = None,
    choice: str = "customer",
    remedy: str = "refund",
    missing: tuple[str, ...] = (),
) -> Grant:
    return Grant(
        remedy=remedy, line=line, title=Words(line, line), state=state,
        until=date.fromisoformat(until) if until else None, act="show", since=None,
        fee=Fee(None if fee == "?" else Decimal(fee)) if fee else None, amount=None, liable="seller", choice=choice,
        steps=(), cite=(), missing=missing,
    )  # fmt: skip


def _refused(*checks: Check, remedies: tuple[str, ...] = ("refund",)) -> Refusal:
    return remedies, all_of([one_check(check) for check in checks]), ()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_grant("z", "open", fee="10"), _grant("a", "if_proven")),
        (_grant("z", "if_proven"), _grant("a", "review")),
        (_grant("z", "review"), _grant("a", "ask")),
        (_grant("z"), _grant("a", fee="0.01")),
        (_grant("z", fee="10"), _grant("a", fee="?")),
        (_grant("z", until="2025-01-01"), _grant("a", choice="shop")),
        (_grant("z", until="2025-07-01"), _grant("a")),
        (_grant("z", until=""), _grant("a")),
        (_grant("a"), _grant("z")),
    ],
)
def test_the_best_for_the_customer_answers(better: Grant, worse: Grant) -> None:
    """State, then cost, then the customer's choice, then the latest end, then the name; in whatever order they come."""
    for grants in itertools.permutations([better, worse]):
        assert combined(grants, (), ["refund"])["refund"].best == better


def test_bundles_are_never_taken_apart() -> None:
    """The cheapest answers with its own end; what lasts longer is a later step."""
    free, long, short = _grant("free", until="2025-03-10"), _grant("long", fee="8"), _grant("short", until="2025-03-01")
    found = combined([long, short, free], (), ["refund"])["refund"]
    assert (found.best, found.then, found.also) == (free, (long,), ("short", "long"))


def test_one_line_in_two_readings_is_one_line() -> None:
    """Of two readings of its windows the better one counts."""
    found = combined([_grant("a"), _grant("a", until="2025-07-30")], (), ["refund"])["refund"]
    assert found.best is not None
    assert found.best.until == date(2025, 7, 30)
    assert (found.then, found.also) == ((), ())


def test_a_free_remedy_hides_the_one_with_a_fee() -> None:
    """While the full price is open nobody wants less of it; later it is a step of the better one."""
    fee = _grant("fee", remedy="refund_with_fee", fee="8", until="2025-07-30")
    found = combined([_grant("free"), fee], (), ["refund", "refund_with_fee"])
    assert (found["refund_with_fee"].state, found["refund_with_fee"].why) == ("closed", "better_open")
    assert found["refund"].then == (fee,)


@pytest.mark.parametrize("better", [_grant("a", "review"), _grant("a", "ask"), _grant("a", fee="?")])
def test_what_is_not_free_for_sure_hides_nothing(better: Grant) -> None:
    """A refund that may not be had, or that costs something, leaves the one whose fee is known."""
    fee = _grant("fee", remedy="refund_with_fee", fee="8")
    found = combined([better, fee], (), ["refund", "refund_with_fee"])
    assert found["refund_with_fee"].best == fee


def test_only_what_is_not_open_is_asked_about() -> None:
    """What could still open a remedy is asked for; an open one needs nothing."""
    unsure = _grant("b", "ask", missing=("channel",))
    assert combined([_grant("a"), unsure], (), ["refund"])["refund"].ask == ()
    assert combined([unsure], (), ["refund"])["refund"].ask == ("channel",)
    assert combined([_grant("a", "if_proven"), unsure], (), ["refund"])["refund"].ask == ("channel",)


_BAR = Check("bar", "no", "exclusions")
_LATE = Check("within", "no", "fault_on", late=True, end=date(2025, 3, 10))
_EARLY = Check("after", "no", "stay.end", early=True, end=date(2025, 3, 10))
_FACT = Check("fact", "no", "channel")


@pytest.mark.parametrize(
    ("refusals", "why", "since", "ended"),
    [
        ([], "not_applicable", None, None),
        ([_refused(_FACT)], "not_applicable", None, None),
        ([_refused(_BAR)], "excluded", None, None),
        ([_refused(_LATE)], "expired", None, date(2025, 3, 10)),
        ([_refused(_EARLY)], "not_yet", date(2025, 3, 11), None),
        ([_refused(_LATE, _FACT)], "not_applicable", None, None),
        ([_refused(_LATE), _refused(_BAR)], "excluded", None, None),
        ([_refused(_FACT), _refused(_LATE)], "expired", None, date(2025, 3, 10)),
        ([_refused(_LATE, remedies=("repair",))], "not_applicable", None, None),
    ],
)
def test_what_stands_nearest_says_why_not(
    refusals: Sequence[Refusal], why: str, since: date | None, ended: date | None
) -> None:
    """Excluded, not yet, expired, or not for this case: the line that came nearest to granting it says so."""
    found = combined((), refusals, ["refund"])["refund"]
    assert (found.state, found.best, found.why, found.since, found.ended) == ("closed", None, why, since, ended)


def test_nothing_weighed_refuses_nothing() -> None:
    """A refusal without a reason is none of the better whys."""
    assert combined((), [(("refund",), Weighed("no"), ())], ["refund"])["refund"].why == "not_applicable"
