"""Beginnings of packs: commented files that a maker's or a shop's own rules grow from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

_FOLDER = Path(__file__).parent / "beginnings"
ISSUERS = ("maker", "shop")
"""Whose packs there are beginnings of."""


def begun(issuer: str, id: str, today: date, country: str) -> str:
    """A commented pack of that *issuer*, valid as it stands."""
    text = (_FOLDER / f"{issuer}.yaml").read_text(encoding="utf-8")
    return text.format(id=id, today=today.isoformat(), country=country or "CN")
