"""L2, reliability (可靠): what was promised, done by then.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import counts_on, due_in
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.plain.moments import in_order

_WORST = {"overdue": "overdue", "broken": "broken", "kept_late": "late"}
"""Why a sale was not delivered on time in full, the worst first: what never came, then what came late."""


def in_time(facts: Facts, period: Period) -> Iterator[Case]:
    """What customers had our word or the law's for."""
    return (case for __, case in due_in(facts, period, _is_bound))


def _is_bound(promise: Promise) -> bool:
    return promise.draft.binds != "plan"


def kept(facts: Facts, period: Period) -> Iterator[Case]:
    """Every promise, our own plans and the duties of the house too, by kind."""
    return (case for __, case in due_in(facts, period, lambda _one: True, of_house=True))


def delivered(facts: Facts, period: Period) -> Iterator[Case]:
    """Sales of which all that was to be delivered is accounted for, on the day of the last of it."""
    for sale, promises in _deliveries(facts).items():
        days = [on for promise in promises if (on := counts_on(promise)) is not None]
        last = max(days, key=in_order, default=None)
        if last is None or not period.holds(last) or any(one.state in {"waiting", "due"} for one in promises):
            continue
        why = next((said for state, said in _WORST.items() if any(one.state == state for one in promises)), "")
        yield _of_sale(facts, sale, promises)._replace(on=last, good=not why, why=why)


def _deliveries(facts: Facts) -> Mapping[str, Sequence[Promise]]:
    """The promises to deliver the lines of each sale."""
    found: dict[str, list[Promise]] = defaultdict(list)
    for promise in facts.ledger.promises:
        if promise.what == "deliver" and promise.id == f"{promise.draft.subject}/deliver":
            found[promise.draft.subject.partition("/")[0]].append(promise)
    return found


def _of_sale(facts: Facts, sale: str, promises: Sequence[Promise]) -> Case:
    product, channel = facts.goods(*(promise.draft.subject for promise in promises))
    people = {promise.person for promise in promises}
    return Case(
        id=sale,
        on=promises[0].draft.made_on,
        customer=promises[0].draft.to,
        product=product,
        channel=channel,
        person=people.pop() if len(people) == 1 else "",
        records=tuple(dict.fromkeys([sale, *(promise.kept.record for promise in promises if promise.kept)])),
    )


def installed(facts: Facts, period: Period) -> Iterator[Case]:
    """Installations on the day agreed; a day that we asked to move was another one."""
    for promise, case in due_in(facts, period, lambda one: one.what == "install"):
        is_moved = case.good and promise.moves_by_shop > 0
        yield case._replace(good=False, why="moved") if is_moved else case


def moved(facts: Facts, period: Period) -> Iterator[Case]:
    """What customers had our word or the law's for, and whether we asked them to move it."""
    for promise, case in due_in(facts, period, _is_bound):
        yield case._replace(good=promise.moves_by_shop > 0, why="")


def honoured(facts: Facts, period: Period) -> Iterator[Case]:
    """What the shop published and promised so: by an offer's own row, or as the time of a delivery or installation."""
    return (case for __, case in due_in(facts, period, _is_published))


def _is_published(promise: Promise) -> bool:
    """Whether an offer told it; the apology for one that was broken follows from the offer too, and was never told."""
    return _is_bound(promise) and promise.draft.record.startswith("OF")


MEASURES = (
    Measure("L2", "L2", "share", in_time),
    Measure("promises_kept", "L2", "share", kept),
    Measure("on_time_in_full", "L2", "share", delivered),
    Measure("installed_on_time", "L2", "share", installed),
    Measure("moved_by_us", "L2", "share", moved, less=True),
    Measure("offers_honoured", "L2", "share", honoured),
)
