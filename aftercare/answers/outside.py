"""By which name the things of a book are known in calendars and address books, which keep it for good."""

from __future__ import annotations

import hashlib
import re

from aftercare.book.settings import Settings

_UID = re.compile(r"([^@\s]+)@([0-9a-f]{16})\.aftercare")


def mark_of(settings: Settings) -> str:
    """What tells one shop's records from another's: made of the shop's name and country, and of nothing that changes.

    It names nobody: it is a digest, and the ids that stand before it are numbers.
    """
    said = f"{settings.shop_facts.name or ''}\n{settings.country or ''}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def uid_of(record: str, mark: str) -> str:
    """The name of a record or promise: the same each time it is exported, in this book alone."""
    return f"{record}@{mark}.aftercare"


def record_of(uid: str, mark: str) -> str:
    """The id behind such a name; "" for that of another book, or another program's."""
    found = _UID.fullmatch(uid)
    return found[1] if found and found[2] == mark else ""


def is_of_a_book(uid: str, prefix: str) -> bool:
    """Whether it is the name of a record whose id begins so, in whatever book."""
    found = _UID.fullmatch(uid)
    return found is not None and found[1].startswith(prefix)
