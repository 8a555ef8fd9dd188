"""Who makes what the shop sells, as the products say it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from aftercare.errors import NoSuchMaker, SeveralRecords
from aftercare.language import _
from aftercare.plain.text import fold
from aftercare.records.product import Product


def folded(maker: str | None) -> str:
    """A maker's name as names are compared: whatever its width, case and spaces around it."""
    return fold(maker or "").casefold()


def makers_of(products: Iterable[Product]) -> dict[str, str]:
    """The makers of some products by their folded names, each as most of its products write it, in their order."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for product in products:
        if folded(product.maker):
            spelled[folded(product.maker)][(product.maker or "").strip()] += 1
    return {name: min(found, key=lambda one: (-found[one], one)) for name, found in sorted(spelled.items())}


def maker_named(products: Iterable[Product], text: str) -> tuple[str, list[Product]]:
    """The maker that *text* means, with its products in the order of their ids.

    It is the maker's name, or a part of exactly one maker's name.  NoSuchMaker, with those there are; SeveralRecords,
    with those that it is a part of.
    """
    known = sorted(products, key=lambda product: product.id)
    makers, said = makers_of(known), folded(text)
    found = [said] if said in makers else [name for name in makers if said and said in name]
    if not found:
        raise NoSuchMaker(text, list(makers.values()))
    if len(found) > 1:
        raise SeveralRecords(_("maker"), text, [makers[name] for name in found])
    return makers[found[0]], [product for product in known if folded(product.maker) == found[0]]
