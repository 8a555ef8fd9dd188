"""Words of the records for others to read: without the names, phones and addresses of customers and of our people."""

from __future__ import annotations

import re
from collections.abc import Collection

from aftercare.answers.personal import own_words
from aftercare.book.shelf import Shelf
from aftercare.plain import phones
from aftercare.plain.blotting import OwnWords
from aftercare.records.fields import BLANK
from aftercare.records.names import BY_PREFIX
from aftercare.records.part import Part
from aftercare.records.product import Product
from aftercare.records.staff import Staff

LONG = 9
"""A number of so many digits or more may be the phone of somebody whom no record knows, or an identity number."""
_SHORT = 7
"""A number of fewer digits than these is nobody's phone."""
_ANY = r"[\W_]{0,4}"
"""What may stand between two digits of a phone, up to four signs of it."""
_BUT_MARKS = r"(?:_|[^\w，、；：。！？,;:!?]){0,4}"
"""The same, but for the marks that stand between numbers of their own."""
_DATE = r"(?<!\d)(?<!\d[-./])(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d|[-./]\d)"
_MOBILE = (
    rf"\+?(?<!\d)(?:(?:[0０]{_ANY}[0０]{_ANY})?[8８]{_ANY}[6６]{_ANY})?[1１]{_ANY}[3-9３-９](?:{_ANY}\d){{9}}(?!\d)"
)
_NUMBER = rf"[+(（]{{0,2}}\d(?:{_BUT_MARKS}(?!{_DATE})\d)"
_LONG_ONE = re.compile(rf"(?P<date>{_DATE})|{_MOBILE}|{_NUMBER}{{{LONG - 1},}}(?:\s?[xXｘＸ](?![a-z]))?")
"""A number that may be a phone.  A mobile one goes before the date that its end may look like, a date before others."""
_SHORT_ONE = re.compile(rf"(?P<date>{_DATE})|{_NUMBER}{{{_SHORT - 1},}}")
_SPELLED = re.compile(rf"[〇零一二三四五六七八九幺]{{{LONG},}}")
_OURS = "|".join(sorted(BY_PREFIX))
_ID = rf"(?<![a-z0-9])(?:{_OURS})\d\d-\d{{4,5}}(?:/\d{{1,3}})*(?![a-z0-9]|[-./]\d)"
_CUSTOMER = re.compile(r"(?<![a-z0-9])cu\d{2}-?\d+", re.IGNORECASE)
_LETTER = r"[^\W\u3400-\u9fff]"
"""A letter or a digit, but a Chinese one."""
_MAIL = re.compile(
    rf"(?<!{_LETTER})(?<![.．+%\-])(?:{_LETTER}|[.．+%\-])+\s?[@＠]\s?(?:{_LETTER}|-)+(?:[.．](?:{_LETTER}|-)+)+"
)
_ACCOUNT = re.compile(
    r"(?P<of>微信|薇信|(?<![a-z0-9])(?:we\s?chat|weixin|vx|wx(?=\s*[:：])|v信|qq))"
    r"(?P<link>(?:[^\w\-]{0,3}(?:号码?|账号|帐号|名|是|为|叫|id|is))*[^\w\-]{0,4})"
    r"[a-z0-9_][a-z0-9_\-]{4,}",
    re.IGNORECASE,
)
"""The name under which somebody is found elsewhere: what follows the name of that place."""


class Nameless:
    """Blots out of any text whatever tells who a customer is.

    *words* are what people are known by, all whom the book knows: whoever told of a fault may name a neighbour.
    Numbers that are as long as a phone's go too, unless they are *spared*: the serial numbers of the goods.
    """

    def __init__(self, words: OwnWords, spared: Collection[str]) -> None:
        self.words = words
        self.spared = {one.casefold() for one in spared if _digits(one) >= LONG}

    def __call__(self, text: str | None) -> str:
        """The text without them; "" for none."""
        left = _MAIL.sub(BLANK, text or "")
        left = _ACCOUNT.sub(rf"\g<of>\g<link>{BLANK}", left)
        left = self.words.blotted(left, BLANK)
        left = _CUSTOMER.sub(BLANK, left)
        return self._without_numbers(_SPELLED.sub(BLANK, left))

    def code(self, code: str) -> str:
        """A serial number without them: letters and digits are the maker's own, but for what is somebody's phone."""
        if not code.isascii():
            return self(code)
        return BLANK if self._is_phone(code) else re.sub(r"\d+", self._unless_a_phone, code)

    def batch(self, batch: str) -> str:
        """A batch without them: one word of letters and digits is the maker's own, unless it is like a mobile phone."""
        is_code = re.fullmatch(r"[a-z0-9]+(?:[-./_][a-z0-9]+)*", batch, re.IGNORECASE)
        return self.code(batch) if is_code and not re.search(_MOBILE, batch) else self(batch)

    def _without_numbers(self, text: str) -> str:
        if _digits(text) < _SHORT:
            return text
        said = text.casefold()
        serials = sorted((one for one in self.spared if one in said), key=len, reverse=True)
        kept = [_ID, *(rf"(?<!\d){re.escape(serial)}(?!\d)" for serial in serials)]
        pieces = re.split(f"({'|'.join(kept)})", text, flags=re.IGNORECASE)
        pieces[::2] = map(self._without_phones, pieces[::2])
        return "".join(pieces)

    def _without_phones(self, text: str) -> str:
        left = _LONG_ONE.sub(lambda found: found["date"] or BLANK, text)
        return _SHORT_ONE.sub(lambda found: found["date"] or self._unless_theirs(found[0]), left)

    def _unless_theirs(self, number: str) -> str:
        """A number that is not as long as a phone, unless it is one that the book knows, or the end of one."""
        return BLANK if self.words.are_in(phones.digits(number)) else number

    def _unless_a_phone(self, found: re.Match[str]) -> str:
        return BLANK if self._is_phone(found[0]) else found[0]

    def _is_phone(self, number: str) -> bool:
        """Whether it is the whole of a phone that the book knows."""
        return phones.digits(number) in self.words.numbers


def nameless(shelf: Shelf, spared: Collection[str]) -> Nameless:
    """For all customers of a book, their households, who received or signed for them, who asked, and our own people."""
    theirs = (record for record in shelf.records.values() if not isinstance(record, Product | Part | Staff))
    people = list(shelf.of(Staff))
    ours = OwnWords([one.name for one in people], numbers=[one.phone for one in people if one.phone])
    return Nameless(own_words(theirs) | ours, spared)


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)
