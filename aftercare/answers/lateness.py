"""How a promise stands to its time, told from little: what to show of what is open, and in which order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from aftercare.plain.moments import Moment, day_of, days_between, end_of, in_order, is_late, parse, shifted, start_of


class Standing(NamedTuple):
    """What of a promise tells whether it is due; ``by`` is None while the event it counts from has not happened."""

    id: str
    state: str
    urgent: bool
    by: Moment | None
    from_: Moment | None
    made_on: Moment


def standing_of(row: dict[str, Any]) -> Standing:
    """What a promise's machine row says of that."""
    by, from_ = (parse(row[name]) if row[name] else None for name in ("due", "from"))
    return Standing(row["id"], row["state"], row["urgent"], by, from_, parse(row["made_on"]))


def with_days(row: dict[str, Any], now: Moment) -> dict[str, Any]:
    """The row with the days that an overdue promise is late on this one."""
    if row["state"] == "overdue":
        row["overdue_days"] = days_between(parse(row["due"]), now)
    return row


def is_wanted(one: Standing, now: Moment, *, within: timedelta | None = None, overdue_only: bool = False) -> bool:
    """Whether it is overdue or due on the day, or comes *within* a span."""
    if one.state == "overdue" or overdue_only:
        return one.state == "overdue"
    if one.state == "due":
        return True
    begins = one.from_ or one.by
    if one.state != "waiting" or within is None or begins is None:
        return False
    return not is_late(begins, shifted(now, within))


def most_late_first(one: Standing) -> tuple[Any, ...]:
    """A key that puts the latest behind their time first, and before all others what people's safety hangs on."""
    return not one.urgent, in_order(one.by) if one.by else (end_of(day_of(one.made_on)), False), one.id


_LAST = datetime(9999, 12, 31, 23, 59, 58)


def is_newly_due(one: Standing, since: Moment, now: Moment) -> bool:
    """Whether it became due or overdue after *since*: what an all-day cron line has not said yet."""
    return any(start_of(since) < start_of(at) <= end_of(now) for at in _turns(one))


def _turns(one: Standing) -> list[Moment]:
    """The moments at which a promise becomes due, and overdue."""
    if one.by is None:
        return []
    begins = start_of(one.from_ or day_of(one.by))
    # What has time until 18:00 is overdue from the moment after, so that a look at 18:00 and one at 19:00 tell it once.
    ends = min(end_of(one.by), _LAST) + timedelta(seconds=1) if one.state == "overdue" else None
    return [begins] if ends is None else [begins, ends]
