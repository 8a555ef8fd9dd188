"""What in the records of the sample shop is somebody's, so that nothing of it may stand where nobody is to be told."""

from __future__ import annotations

import re
from pathlib import Path

from aftercare.book.book import Book
from aftercare.book.ids import parse
from aftercare.records.part import Part
from aftercare.records.product import Product
from aftercare.records.schema import leaves
from aftercare.records.staff import Staff


def _numbers(shop: Path) -> set[str]:
    """The phones that stand in the files, and any seven digits of one."""
    found = set()
    for file in shop.glob("*/20*/*.yaml"):
        for number in re.findall(r"(?<![\w.])0\d{2,3}-\d{7,8}|(?<![\w.])12\d{9}(?!\d)", file.read_text("utf-8")):
            digits = re.sub(r"\D", "", number)
            found |= {number, *(digits[at : at + 7] for at in range(len(digits) - 6))}
    return found


def personal(shop: Path) -> set[str]:
    """Everything in the records of the sample shop that is somebody's: names, phones, addresses, words, numbers."""
    found = _numbers(shop)
    for record in Book(shop).read().records.values():
        for leaf in leaves(record):
            is_text = isinstance(leaf.value, str) and not leaf.field.choices
            named = leaf.field.name in {"invoice", "serial", "order", "card", "vehicle", "attachments"}
            is_ours = isinstance(record, Staff) and leaf.field.name in {"name", "phone", "pinyin"}
            if is_text and (leaf.field.personal or named or is_ours) and not parse(leaf.value.partition("/")[0]):
                found.add(leaf.value)
                found.update(word for word in re.findall(r"[\u3400-\u9fff]{4,}", leaf.value))
    goods = _words_of_goods(shop)
    return {text for text in found if len(text) > 1 and not _is_of_a_verdict(text) and text not in goods}


def _is_of_a_verdict(text: str) -> bool:
    """Whether it is a day, an amount or one of the words in which verdicts keep the facts that they went by."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,6}(\.\d\d)?|[a-z_]+", text))


def _words_of_goods(shop: Path) -> str:
    """What goods, their components, regions and roles are called: such words are kept, whoever used them too."""
    kept = {"category", "maker", "component", "region", "role", "theme"}
    return "\n".join(
        str(leaf.value)
        for record in Book(shop).read().records.values()
        for leaf in leaves(record)
        if leaf.field.name in kept or (leaf.field.name == "name" and isinstance(record, Product | Part))
    )
