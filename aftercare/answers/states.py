"""The states of a promise, by name."""

from __future__ import annotations

from typing import Literal

State = Literal["void", "released", "kept", "kept_late", "broken", "overdue", "due", "waiting"]
OPEN: tuple[State, ...] = ("overdue", "due", "waiting")
ENDED: tuple[State, ...] = ("kept", "kept_late", "broken", "released", "void")
REGRETTABLE: tuple[State, ...] = ("overdue", "kept_late", "broken")
"""The states of a promise for which we apologise."""
