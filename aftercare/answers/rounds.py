"""The rounds of a complaint: the first from its receipt, another from each time it came back.

Every step of the way belongs to the round it falls in, so that a matter that comes back is acknowledged, answered and
resolved once more, with time limits of its own, and what the first round promised stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.records.complaint import Answered, Complaint, Confirmed, Reopened, Resolved


class _Step(Protocol):
    @property
    def at(self) -> Moment: ...


_S = TypeVar("_S", bound=_Step)


class Round(NamedTuple):
    """One round: its number from 1, when it began, when it ended because the matter came back, and what came back."""

    number: int
    begins: Moment
    ends: Moment | None = None
    reopened: Reopened | None = None


def rounds(complaint: Complaint) -> list[Round]:
    """Every round, the last one without an end."""
    returns = sorted(complaint.reopened, key=lambda back: in_order(back.at))
    begins = [complaint.received_at, *(back.at for back in returns)]
    ends = [*begins[1:], None]
    return [
        Round(number, begun, end, back)
        for number, (begun, end, back) in enumerate(zip(begins, ends, [None, *returns], strict=True), start=1)
    ]


_Came: TypeAlias = Callable[[_S, Round], bool]
"""Whether a step came before the round that began at its very moment, or on its day."""


def shared(steps: Iterable[_S], all_rounds: Sequence[Round], came_before: _Came[_S]) -> dict[int, list[_S]]:
    """The steps of one kind by the rounds they fall in, in the order of time.

    What was done at the very moment (or on the day) on which the matter came back *came before* it or not, as that
    says; never a second one of its kind.
    """
    found: dict[int, list[_S]] = {one.number: [] for one in all_rounds}
    for step in sorted(steps, key=lambda step: in_order(step.at)):
        number = all_rounds[0].number
        for one in all_rounds[1:]:
            is_after = is_late(step.at, one.begins)
            is_tie = not is_after and not is_late(one.begins, step.at)
            if is_after or (is_tie and (found[number] or not came_before(step, one))):
                number = one.number
        found[number].append(step)
    return found


def never(_step: _Step, _round: Round) -> bool:
    """What begins a round anew comes after the matter came back: that it is known, and in other hands."""
    return False


def always(_step: _Step, _round: Round) -> bool:
    """Nothing comes back that was not done before."""
    return True


def on_the_day(step: _Step, one: Round) -> bool:
    """Of one day nobody knows what came first; in the minute in which it came back an answer is the answer to that."""
    return not (isinstance(step.at, datetime) and isinstance(one.begins, datetime))


def said_no(step: Confirmed, one: Round) -> bool:
    """The word with which it came back belongs to the round that it ended."""
    return not step.satisfied or on_the_day(step, one)


class Way(NamedTuple):
    """What was done in one round: the first word that it came in, the answers, the solution, the customer's word."""

    round: Round
    acknowledged: Moment | None
    answers: list[Answered]
    resolved: list[Resolved]
    confirmed: list[Confirmed]
    withdrawn: Moment | None

    @property
    def answered(self) -> Moment | None:
        """When the customer had an answer; what was simply done is one."""
        return _first([*(one.at for one in self.answers), *(one.at for one in self.resolved)])

    @property
    def refused(self) -> Moment | None:
        """When the last answer refused what was asked; ``None`` where it did not, or more was done after it."""
        last = self.answers[-1] if self.answers else None
        return last.at if last and last.refused and not self.resolved else None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done in it, as far as the shop knows."""
        return bool(self.resolved or self.refused is not None or self.withdrawn is not None)


def ways(complaint: Complaint) -> list[Way]:
    """Every round with what was done in it."""
    all_rounds = rounds(complaint)
    told = shared(complaint.acknowledged, all_rounds, never)
    answers = shared(complaint.answers, all_rounds, on_the_day)
    resolved = shared(complaint.resolved, all_rounds, always)
    confirmed = shared(complaint.confirmed, all_rounds, said_no)
    taken_back = complaint.withdrawn.on if complaint.withdrawn else None
    found = []
    for one in all_rounds:
        n = one.number
        steps: list[_Step] = [*told[n], *answers[n], *resolved[n]]
        found.append(
            Way(
                round=one,
                acknowledged=_first(step.at for step in steps),
                answers=answers[n],
                resolved=resolved[n],
                confirmed=confirmed[n],
                withdrawn=taken_back if taken_back is not None and _holds(one, taken_back) else None,
            )
        )
    return found


def _holds(one: Round, at: Moment) -> bool:
    """Whether a complaint that was taken back then was taken back in this round."""
    has_begun = one.number == 1 or is_late(at, one.begins)
    return has_begun and (one.ends is None or not is_late(at, one.ends))


def _first(moments: Iterable[Moment]) -> Moment | None:
    return min(moments, key=in_order, default=None)


def owners(complaint: Complaint) -> list[tuple[str, Moment]]:
    """Who had it in hand, each since when: who was named at the start or took it down, then to whom it was handed."""
    first = complaint.person or complaint.by
    handed = sorted(complaint.assigned, key=lambda one: in_order(one.at))
    return [*([(first, complaint.received_at)] if first else []), *((one.to, one.at) for one in handed)]


def owner(complaint: Complaint, on: Moment | None = None) -> str:
    """Who has it in hand; *on* an earlier moment, who had."""
    known = [person for person, since in owners(complaint) if on is None or not is_late(since, on)]
    return known[-1] if known else ""
