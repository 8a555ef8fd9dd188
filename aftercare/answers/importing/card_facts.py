"""What a card of an address book says of a customer, in the words of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.language import _
from aftercare.plain import lunar, phones
from aftercare.plain.names import is_han
from aftercare.plain.tree import Tree
from aftercare.plain.vcards import Card, Property

_DATE = re.compile(r"(--|[0-9]{4}-?)([0-9]{2})-?([0-9]{2})(?:[T ].*)?", re.ASCII)
_YEARLESS = "1604"
_READ = frozenset(
    {
        *("FN", "N", "TEL", "ADR", "LABEL", "BDAY", "NOTE", "CATEGORIES", "UID", "EMAIL", "ORG", "TITLE", "URL"),
        *("X-LUNAR-BIRTHDAY", "X-ABLABEL", "X-AFTERCARE-CONTACT", "X-AFTERCARE-DISTANCE-KM"),
        *("X-AFTERCARE-READING", "X-AFTERCARE-LANGUAGE"),
    }
)
_NEEDLESS = frozenset(
    {"VERSION", "PRODID", "REV", "KIND", "SORT-STRING", "LANG", "ROLE", "PROFILE", "MAILER", "X-ADDRESSBOOKSERVER-KIND"}
)
"""What says nothing of a customer."""
_GROUPS = frozenset({"group", "location", "application"})
_OF_GOOGLE = frozenset({"mycontacts", "* mycontacts", "starred", "* starred"})
"""Groups that a mail program makes for itself."""


class Unfit(Exception):
    """A property that cannot be read with certainty."""

    def __init__(self, line: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.code, self.sentence = line, code, sentence


class Said(NamedTuple):
    """What a card says: ``facts`` as a row of a customer list has them, and ``more``, which such rows do not have."""

    uid: str
    facts: dict[str, Tree]
    more: dict[str, Tree]
    unread: Sequence[str]
    """The names of properties that no record has a place for."""


def said_by(card: Card, today: date) -> Said:
    """The facts of a card; Unfit for what is in no form that is understood."""
    if (card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")).lower() in _GROUPS:
        raise Unfit(card.line, "group", _("a card that is of nobody, but of a group"))
    relatives: list[Tree] = [_relative(one) for one in card.all("X-AFTERCARE-CONTACT")]
    theirs = {one.group for one in card.all("X-AFTERCARE-CONTACT") if one.group}
    where, elsewhere = _addresses(card)
    facts: dict[str, Tree] = {
        "name": _name(card),
        "phone": list(_phones(one for one in card.all("TEL") if not one.group or one.group not in theirs)),
        **where,
        "distance_km": card.first("X-AFTERCARE-DISTANCE-KM"),
        "birthday": _birthday(card, today),
        "lunar_birthday": _lunar(card),
        "note": "\n".join(_notes(card, elsewhere)),
    }
    more: dict[str, Tree] = {
        "tags": list(_tags(card)),
        "contacts": relatives,
        "pinyin": card.first("X-AFTERCARE-READING"),
        "language": card.first("X-AFTERCARE-LANGUAGE"),
    }
    unread = [one.name for one in card.properties if one.name not in _READ and one.name not in _NEEDLESS]
    return Said(card.first("UID"), _filled(facts), _filled(more), sorted(set(unread)))


def _filled(facts: dict[str, Tree]) -> dict[str, Tree]:
    return {name: said for name, said in facts.items() if said}


def _name(card: Card) -> str:
    """The name as a whole, else put together of its parts; a company's where no person is named."""
    whole = card.first("FN") or _of_parts(card)
    said = whole or next((" ".join(filter(None, one.parts(";"))) for one in card.all("ORG")), "")
    return " ".join(said.split())


def _of_parts(card: Card) -> str:
    for one in card.all("N"):
        family, given, middle, before, after = ([part.strip() for part in one.parts(";")] + [""] * 5)[:5]
        if is_han(family + given):
            return "".join((family, middle, given, after))
        return " ".join(filter(None, (before, given, middle, family, after)))
    return ""


def _phones(told: Iterator[Property]) -> Iterator[str]:
    """The numbers as they were typed, each once; of a fax nobody answers."""
    seen = set()
    for one in told:
        number = " ".join(one.text().split())
        if number.lower().startswith("tel:"):
            number = number[4:].replace(";ext=", " ext ")
        kinds = {kind.lower() for kind in one.params.get("TYPE", ())}
        digits = phones.digits(number) or number
        if number and digits not in seen and ("fax" not in kinds or "voice" in kinds):
            seen.add(digits)
            yield number


def _addresses(card: Card) -> tuple[dict[str, Tree], list[str]]:
    """Where the customer lives, by the first address; and the others in a line each."""
    found = [one.parts(";") for one in card.all("ADR")]
    filled = [[part.strip() for part in (*parts, *[""] * 7)[:7]] for parts in found if any(map(str.strip, parts))]
    if not filled:
        label = " ".join(card.first("LABEL").split())
        return {"address": label}, []
    __, floor, street, city, region, code, __ = filled[0]
    if city or code or not street:
        return {"address": _in_one(filled[0]), "region": region}, [_in_one(parts) for parts in filled[1:]]
    # So we write it ourselves: the whole address as the street.
    return {"address": street, "floor": floor, "region": region}, [_in_one(parts) for parts in filled[1:]]


def _in_one(parts: Sequence[str]) -> str:
    """An address in the order of its country: the large before the small in Chinese, else the other way round."""
    box, extra, street, city, region, code, country = (" ".join(part.split()) for part in parts)
    if is_han("".join(parts)):
        large = [one for one in (region, city) if one and not street.startswith(one)]
        return "".join((*large, street, extra, box))
    return ", ".join(filter(None, (street, extra, box, city, f"{region} {code}".strip(), country)))


def _birthday(card: Card, today: date) -> str:
    """The solar birthday in the form of a record: 1958-09-27, or --09-27 without its year."""
    for one in card.all("BDAY"):
        said = one.text().strip()
        if not said:
            continue
        found = _DATE.fullmatch(said)
        sentence = _("{name}: “{text}” is not a day like 1958-09-27 or --09-27").format(name="BDAY", text=said[:40])
        if found is None or not _is_day(int(found[2]), int(found[3])):
            raise Unfit(one.line, "date", sentence)
        year, rest = found[1].rstrip("-"), f"{found[2]}-{found[3]}"
        if not year or year in {_YEARLESS, *one.params.get("X-APPLE-OMIT-YEAR", ())}:
            return f"--{rest}"
        try:
            born = date(int(year), int(found[2]), int(found[3]))
        except ValueError:
            raise Unfit(one.line, "date", sentence) from None
        if born > today:
            raise Unfit(one.line, "future", _("{name}: {when} has not come yet").format(name="BDAY", when=born))
        return born.isoformat()
    return ""


def _is_day(month: int, day: int) -> bool:
    """Whether a leap year has it."""
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _lunar(card: Card) -> dict[str, Tree]:
    for one in card.all("X-LUNAR-BIRTHDAY"):
        said = one.text().strip()
        if not said:
            continue
        try:
            lunar.parse(said)
        except ValueError:
            sentence = _("{name}: “{text}” is not a lunar day like 八月十五")
            raise Unfit(one.line, "date", sentence.format(name=one.name, text=said[:40])) from None
        return {"lunar": said}
    return {}


def _notes(card: Card, elsewhere: Sequence[str]) -> Iterator[str]:
    """What was noted; and what a customer has no field for, each on a line of its own."""
    yield from (one.text().strip("\n") for one in card.all("NOTE") if one.group != "aftercare" and one.text().strip())
    has_person = bool(card.first("FN") or _of_parts(card))
    for name in ("ORG", "TITLE", "EMAIL", "URL"):
        if name == "ORG" and not has_person:
            continue
        for one in card.all(name):
            said = " ".join(filter(None, map(str.strip, one.parts(";"))) if name == "ORG" else [one.text().strip()])
            if said and said != _name(card):
                yield said
    yield from elsewhere


def _tags(card: Card) -> Iterator[str]:
    said = dict.fromkeys(tag.strip() for one in card.all("CATEGORIES") for tag in one.parts(","))
    yield from (tag for tag in said if tag and tag.lower() not in _OF_GOOGLE)


def _relative(one: Property) -> dict[str, Tree]:
    name, phone, relation, *__ = (*(part.strip() for part in one.parts(";")), "", "", "")
    if not name:
        raise Unfit(one.line, "missing", _("{field} is missing").format(field="name"))
    return _filled({"name": name, "phone": phone, "relation": relation})
