"""Whom an address book names: the customers who may be called, and the shop's own people, each as a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from aftercare.answers.outside import uid_of


class Relative(NamedTuple):
    """Somebody else of the household."""

    name: str
    phone: str
    relation: str


class Card(NamedTuple):
    """What a card says.  ``birthday`` is ISO, or ``--09-27`` without its year; ``lunar`` as the almanac writes it."""

    uid: str
    name: str
    phones: Sequence[str] = ()
    address: str = ""
    region: str = ""
    floor: str = ""
    distance_km: str = ""
    birthday: str = ""
    lunar: str = ""
    relatives: Sequence[Relative] = ()
    tags: Sequence[str] = ()
    note: str = ""
    spoken: str = ""
    """How the name is read, where the usual reading is wrong."""
    language: str = ""
    shop: str = ""
    """Of one of our own people, the shop."""
    role: str = ""


class Cards(NamedTuple):
    """The cards, and how many customers have none because they do not wish to be contacted."""

    cards: list[Card]
    silent: int


def of_customers(rows: Sequence[dict[str, Any]], mark: str) -> Cards:
    """The customers but for those who left, were forgotten, or do not wish to be contacted at all."""
    here = [row for row in rows if not (row["left"] or row["forgotten"])]
    called = [row for row in here if not row["do_not_contact"]]
    return Cards([_of_customer(row, mark) for row in called], len(here) - len(called))


def _of_customer(row: dict[str, Any], mark: str) -> Card:
    where, birthday = row["address"] or {}, row["birthday"] or ""
    lunar = (birthday.get("lunar") or "") if isinstance(birthday, dict) else ""
    distance = where.get("distance_km")
    return Card(
        uid_of(row["id"], mark),
        row["name"],
        tuple(row["phones"]),
        where.get("text") or "",
        where.get("region") or "",
        where.get("floor") or "",
        "" if distance is None else str(distance),
        birthday[:10] if isinstance(birthday, str) else "",
        lunar,
        tuple(_relatives(row)),
        tuple(row["tags"]),
        row["note"] or "",
        row["pinyin"] or "",
        row["language"] or "",
    )


def _relatives(row: dict[str, Any]) -> Iterator[Relative]:
    for one in row["contacts"]:
        yield Relative(one["name"], one["phone"] or "", one["relation"] or "")


def of_staff(rows: Sequence[dict[str, Any]], mark: str, shop: str) -> list[Card]:
    """Our own people who are still with the shop."""
    return [
        Card(
            uid_of(row["id"], mark),
            row["name"],
            (row["phone"],) if row["phone"] else (),
            tags=tuple(row["tags"]),
            note=row["note"] or "",
            spoken=row["pinyin"] or "",
            shop=shop,
            role=row["role"] or "",
        )
        for row in rows
        if not row["left"]
    ]
