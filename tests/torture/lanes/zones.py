"""Eight time zones, each hour of the days on which their clocks change, with the machine there or somewhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.torture.figures import Figure
from tests.torture.lanes.clocks import at
from tests.world import desk
from tests.world.zones import ZONES, Hour, hours

CONTACT = "visit add --customer CU26-0001 --outcome reached"
FIRST_YEAR = 2000
"""The first that ids can name; what zones did before it is tried without processes, in ``tests/world``."""


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """What a contact is dated, in real processes, against the table of what the shop's clock shows."""
    bad = Counter({"traceback": 0, "hang": 0, "wrong hour": 0})
    tried = 0
    for zone in ZONES:
        for place in ("book", "machine"):
            book = desk.opened(scratch / f"{zone.replace('/', '-')}-{place}")
            settings = book / "aftercare.yaml"
            if place == "book":
                settings.write_text(f"{settings.read_text(encoding='utf-8')}time_zone: {zone}\n", encoding="utf-8")
            every = (hour for hour in hours(zone) if hour.shown.year >= FIRST_YEAR)
            for hour in islice(every, 0, None, 90 if short else 1):
                tried += 1
                bad.update(_dated(book, hour, zone if place == "machine" else "UTC"))
    yield Figure(3, "eight time zones, each hour in which clocks change", tried, "contacts", dict(bad))


def _dated(book: Path, hour: Hour, machine: str) -> list[str]:
    # In the middle of the minute: a clock that is made up may start a moment early.
    ended = at(book, f"{hour.instant:%Y-%m-%d %H:%M:30}", CONTACT, {"TZ": machine})
    if ended.code or not ended.is_clean:
        return ["hang" if ended.code == desk.HUNG else "traceback"]
    record = book / f"visits/{hour.shown.year}/{ended.out.strip()}.yaml"
    is_right = f"at: {hour.shown:%Y-%m-%dT%H:%M}\n" in record.read_text(encoding="utf-8")
    record.unlink()
    return [] if is_right else ["wrong hour"]
