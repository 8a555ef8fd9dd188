"""The settings of a book: when the shop is open, and what is said of a setting that does not fit."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from aftercare.book.settings import settings_of
from aftercare.plain.opening import ALWAYS, Closed


def test_one_text_is_the_hours_of_every_day() -> None:
    """The short form, with days on which the shop is closed all the same."""
    times = settings_of(b"opening: 8:30-18:00\nclosed: [2026-10-01..2026-10-07, 2026-02-17]\n").settings.times
    assert len(set(times.week)) == 1
    assert times.closed == (
        Closed(date(2026, 10, 1), date(2026, 10, 7)),
        Closed(date(2026, 2, 17), date(2026, 2, 17)),
    )
    assert not times.is_open(datetime(2026, 3, 2, 8, 29))
    assert times.is_open(datetime(2026, 3, 2, 8, 30))


def test_a_day_of_which_nothing_is_said_is_closed() -> None:
    """Who names the days names all on which the shop is open."""
    times = settings_of(b"opening: {mon: 8:30-18:00, sat: 9:00-12:00, sun: closed}\n").settings.times
    assert [day for day in range(2, 9) if times.is_open(date(2026, 3, day))] == [2, 7]


@pytest.mark.parametrize("text", [b"", b"opening:\nclosed:\n", b"closed: []\n"])
def test_who_says_nothing_is_always_open(text: bytes) -> None:
    """So that no book changes by what it does not say."""
    assert settings_of(text).settings.times == ALWAYS


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("opening: 9-18", 1, "opening: “9-18” does not fit"),
        ("opening: closed", 1, "opening: “closed” does not fit"),
        ("opening: {mon: closed}", 1, "opening: “…” does not fit"),
        ("opening:\n  mon: 8:30-18:00\n  tue: 18:00-8:30", 3, "opening.tue: “18:00-8:30” does not fit"),
        ("closed:\n- 2026-10-01\n- 2026-13-01", 3, "closed.2: “2026-13-01” does not fit"),
        ("packs: [a]\nshop:\n  name: [b]", 3, "shop.name: “…” does not fit"),
    ],
)
def test_a_fault_names_the_value_and_its_line(text: str, line: int, said: str) -> None:
    """The setting counts as absent; the rest of the file counts."""
    found = settings_of(f"{text}\nlanguage: zh\n".encode())
    assert [(fault.file, fault.line, fault.code, fault.message) for fault in found.faults] == [
        ("aftercare.yaml", line, "setting", said)
    ]
    assert found.settings.language == "zh"
    assert found.settings.times == ALWAYS
