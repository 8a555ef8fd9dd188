"""Words of the records for others to read: without the names, phones and addresses of customers and of our people."""

from __future__ import annotations

import re
from collections.abc import Collection

from aftercare.answers.personal import own_words
from aftercare.book.shelf import Shelf
from aftercare.plain.blotting import OwnWords
from aftercare.records.fields import BLANK
from aftercare.records.part import Part
from aftercare.records.product import Product
from aftercare.records.staff import Staff

_LIKE_A_PHONE = re.compile(
    r"(?<![a-z0-9.\-])(?!\d{4}-\d\d-\d\d)\+?\(?\d(?:[ .()\-]{0,2}\d){8,}(?![a-z0-9\-])", re.IGNORECASE
)
"""A number of nine digits or more may be the phone of somebody whom no record knows."""
_CUSTOMER = re.compile(r"(?<![a-z0-9])cu\d{2}-?\d+", re.IGNORECASE)


class Nameless:
    """Blots out of any text whatever tells who a customer is.

    *words* are what people are known by, all whom the book knows: whoever told of a fault may name a neighbour.
    Numbers that are as long as a phone's go too, unless they are *spared*: the serial numbers of the goods.
    """

    def __init__(self, words: OwnWords, spared: Collection[str]) -> None:
        self.words = words
        self.spared = spared

    def __call__(self, text: str | None) -> str:
        """The text without them; "" for none."""
        left = self.words.blotted(text or "", BLANK)
        left = _CUSTOMER.sub(BLANK, left)
        return _LIKE_A_PHONE.sub(lambda found: found[0] if found[0] in self.spared else BLANK, left)


def nameless(shelf: Shelf, spared: Collection[str]) -> Nameless:
    """For all customers of a book, their households, who received or signed for them, who asked, and our own people."""
    theirs = (record for record in shelf.records.values() if not isinstance(record, Product | Part | Staff))
    people = list(shelf.of(Staff))
    ours = OwnWords([one.name for one in people], numbers=[one.phone for one in people if one.phone])
    return Nameless(own_words(theirs) | ours, spared)
