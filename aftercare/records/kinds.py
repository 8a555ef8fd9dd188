"""Which model is whose: the kinds of record that a book knows today."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from aftercare.records.base import Record

MODELLED = (
    "customer", "product", "sale", "delivery", "installation", "claim", "visit", "complaint", "promise", "part",
    "staff", "wish", "enquiry", "offer", "event", "points",
)  # fmt: skip
"""The kinds with a model, in the order in which a book is read."""


@cache
def model_of(kind: str) -> type[Record]:
    """The model of a *kind*; each kind has a module of its name that holds a class of its name."""
    return cast("type[Record]", getattr(import_module(f"aftercare.records.{kind}"), kind.capitalize()))
