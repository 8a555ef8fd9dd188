"""Address books as phones and mail programs read them: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350).

Nothing that the operator wrote is lost: what vCard has no property for stands in one of our own (``X-AFTERCARE-…``),
which other programs leave alone and ``import contacts`` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aftercare.answers.address_book import Card
from aftercare.language import _
from aftercare.plain import phones, surnames
from aftercare.render import content_lines
from aftercare.render.content_lines import components, text, texts
from aftercare.render.icalendar import MAKER

VERSIONS = ("3", "4")
YEARLESS = "1604"
"""The year that phones write for a birthday without one: their own sign for it, in a version that has none."""
_CHINESE_MOBILE = re.compile(r"1[0-9]{10}")


def address_book(cards: Sequence[Card], version: str) -> bytes:
    """The file; the same cards give the same bytes."""
    lines = (line for card in cards for line in _lines(card, is_4=version == "4"))
    return content_lines.written(filter(None, lines))


def _lines(card: Card, *, is_4: bool) -> Iterator[str]:
    name = surnames.parts_of(card.name)
    yield from ("BEGIN:VCARD", f"VERSION:{'4.0' if is_4 else '3.0'}", f"PRODID:{text(MAKER)}")
    yield f"UID{';VALUE=text' if is_4 else ''}:{text(card.uid)}"
    yield f"FN:{text(card.name)}"
    yield f"N:{components(name.family, name.given, '', '', name.title)}"
    yield f"X-AFTERCARE-READING:{text(card.spoken)}" if card.spoken else ""
    for place, phone in enumerate(card.phones):
        yield _phone(phone, is_4=is_4, is_first=place == 0)
    for number, relative in enumerate(card.relatives, 1):
        group = f"item{number}"
        said = " ".join(filter(None, (relative.relation, relative.name)))
        yield f"{group}.TEL;TYPE={_type(relative.phone)}:{text(relative.phone)}" if relative.phone else ""
        yield f"{group}.X-ABLABEL:{text(said)}" if relative.phone else ""
        yield f"{group}.X-AFTERCARE-CONTACT:{components(relative.name, relative.phone, relative.relation)}"
    if card.address or card.region or card.floor:
        yield f"ADR;TYPE=home:{components('', card.floor, card.address, '', card.region, '', '')}"
    yield f"X-AFTERCARE-DISTANCE-KM:{text(card.distance_km)}" if card.distance_km else ""
    yield from _birthday(card, is_4=is_4)
    yield f"X-LUNAR-BIRTHDAY:{text(card.lunar)}" if card.lunar else ""
    yield f"ORG:{components(card.shop)}" if card.shop else ""
    yield f"ROLE:{text(card.role)}" if card.role else ""
    yield f"LANG:{text(card.language)}" if card.language and is_4 and _is_tag(card.language) else ""
    yield f"X-AFTERCARE-LANGUAGE:{text(card.language)}" if card.language else ""
    yield f"CATEGORIES:{texts(card.tags)}" if card.tags else ""
    yield f"NOTE:{text(card.note)}" if card.note else ""
    # To be read by people: of a lunar birthday no phone makes anything.
    said = _("lunar birthday: {day}").format(day=card.lunar)
    yield f"aftercare.NOTE:{text(said)}" if card.lunar else ""
    yield "END:VCARD"


def _phone(phone: str, *, is_4: bool, is_first: bool) -> str:
    """A number as it was typed; the first is the one to call."""
    if is_4:
        return f"TEL;TYPE={_type(phone)}{';PREF=1' if is_first else ''}:{text(phone)}"
    return f"TEL;TYPE={_type(phone)}{',pref' if is_first else ''}:{text(phone)}"


def _type(phone: str) -> str:
    """A Chinese number of eleven digits that begins with a 1 is a mobile; of others nothing is known."""
    return "cell" if _CHINESE_MOBILE.fullmatch(phones.digits(phone)) else "voice"


def _birthday(card: Card, *, is_4: bool) -> Iterator[str]:
    """A birthday by the solar calendar, as each version writes it."""
    if card.birthday and is_4:
        year, rest = ("--", card.birthday[2:]) if card.birthday.startswith("--") else ("", card.birthday)
        yield f"BDAY:{year}{rest.replace('-', '')}"
    elif card.birthday.startswith("--"):
        yield f"BDAY;X-APPLE-OMIT-YEAR={YEARLESS}:{YEARLESS}{card.birthday[1:]}"
    elif card.birthday:
        yield f"BDAY:{card.birthday}"


def _is_tag(language: str) -> bool:
    """Whether a language is written as standards write it (zh-CN), and not in words."""
    return re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) is not None
