"""Values that hold from a day on, as several sections of a pack have them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from aftercare.policies.shape import Node
from aftercare.policies.standards import DatedFigure, DatedSpan

FIGURE = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)


def read_spans(node: Node) -> tuple[DatedSpan, ...]:
    """Lengths of time, the oldest first."""
    dated = [(read_day(since, entry), entry) for since, entry in node.named().items()]
    found = [DatedSpan(day, None if entry.value is None else entry.span()) for day, entry in dated if day]
    return tuple(sorted(found, key=lambda one: one.since))


def read_day(text: str, entry: Node) -> date | None:
    """The day from which an entry holds."""
    return Node(text, entry.path, entry.complaints).day()


def read_figures(node: Node) -> tuple[DatedFigure, ...]:
    """Figures, the oldest first."""
    dated = [(read_day(since, entry), entry) for since, entry in node.named().items()]
    found = [DatedFigure(day, None if entry.value is None else _figure(entry)) for day, entry in dated if day]
    return tuple(sorted(found, key=lambda one: one.since))


def _figure(node: Node) -> Decimal:
    return Decimal(node.matching(FIGURE, "20") or 0)
