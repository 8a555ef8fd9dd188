"""What happened with a customer's points, for the timeline: earned, given, drawn, taken back, expired, handed over."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.affairs import Affairs
from aftercare.answers.happened import Entry
from aftercare.answers.points import Row, account
from aftercare.answers.rewards import chosen
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment
from aftercare.records.points import Points


def entries(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Entry]:
    """Every entry of the account, and what was handed over."""
    if not affairs.points and not rules.standards.points:
        return
    records = {record.id: record for record in affairs.points}
    for row in account(affairs, rules, now).rows:
        yield _entry(row, records.get(row.record), affairs)
    for record in affairs.points:
        if record.handed_over:
            done = record.handed_over
            yield Entry(
                done.at, "gift_handed_over", record.id, record.id, chosen(record, affairs), person=done.by or ""
            )


def _entry(row: Row, record: Points | None, affairs: Affairs) -> Entry:
    about = " ".join(row.about) or row.record
    said, person = "", ""
    if record and row.what in {"given", "drawn"}:
        said, person = record.reason or chosen(record, affairs), record.by or ""
    elif record and record.cancelled:
        said = record.cancelled.reason or ""
    return Entry(row.at, f"points_{row.what}", row.record, about, f"{abs(row.points)} {said}".rstrip(), person=person)
