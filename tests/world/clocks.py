"""Clocks at which nobody should look, and the edges of the calendar where reckoning goes wrong."""

from __future__ import annotations

EDGES = (
    "0001-01-01", "0001-01-01T00:00", "0001-12-31", "1582-10-15", "1899-12-31", "1970-01-01", "1970-01-01T00:00",
    "1999-12-31T23:59", "2000-01-01", "2000-02-29", "2025-12-31", "2026-02-28", "2026-03-01", "2028-02-29",
    "2038-01-19T03:14", "2038-01-20", "2099-12-31T23:59", "2100-01-01", "2100-02-28", "9999-12-31", "9999-12-31T23:59",
)  # fmt: skip
"""Days and times, first and last of what a calendar, a machine or an id can hold."""
NUMBERED = ("2000-01-01", "2099-12-31")
"""The first and the last day whose year an id can name."""
