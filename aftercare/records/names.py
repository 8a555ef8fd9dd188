"""The kinds of record a shop writes down: what each is called, its two letters in an id, and its folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class KindName(NamedTuple):
    """One kind: its ``name`` in commands and files, the ``prefix`` of its ids, the ``folder`` of its records."""

    name: str
    prefix: str
    folder: str


KINDS: tuple[KindName, ...] = (
    KindName("customer", "CU", "customers"),
    KindName("product", "PR", "products"),
    KindName("sale", "SA", "sales"),
    KindName("delivery", "DE", "deliveries"),
    KindName("installation", "IN", "installations"),
    KindName("claim", "CL", "claims"),
    KindName("visit", "VI", "visits"),
    KindName("complaint", "CO", "complaints"),
    KindName("promise", "PM", "promises"),
    KindName("part", "PA", "parts"),
    KindName("staff", "ST", "staff"),
    KindName("wish", "WI", "wishes"),
    KindName("enquiry", "EN", "enquiries"),
    KindName("offer", "OF", "offers"),
    KindName("event", "EV", "events"),
    KindName("points", "PT", "points"),
)
BY_NAME: Mapping[str, KindName] = MappingProxyType({kind.name: kind for kind in KINDS})
BY_PREFIX: Mapping[str, KindName] = MappingProxyType({kind.prefix: kind for kind in KINDS})


def kind_of_id(record_id: str) -> str:
    """The kind that an id is of, by its first two letters; "" for letters of no kind."""
    kind = BY_PREFIX.get(record_id[:2])
    return kind.name if kind else ""
