"""What belongs to an installation, item by item, and what of it was ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import to_install
from aftercare.answers.rules import Rules
from aftercare.answers.works import covers
from aftercare.plain.moments import day_of
from aftercare.policies.categories import ROOT
from aftercare.policies.shape import Words
from aftercare.policies.standards import Checklist
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale


class Ticked(NamedTuple):
    """One item, the list it stands on, and whether it was ticked."""

    id: str
    text: Words
    done: bool
    line: str


def checklists_of(affairs: Affairs, work: Installation, rules: Rules) -> list[Checklist]:
    """The checklists of all goods that an installation is for, each once, in the order of the sale's lines."""
    sale = next((sale for sale in affairs.sales if sale.id == work.sale), None)
    if sale is None:
        return []
    on = _day(work, sale)
    lists = [rules.checklist(_category(affairs, sale, line, rules), on) for line in _lines(affairs, sale, work, rules)]
    return list({found.line: found for found in lists if found}.values())


def items_of(lists: Sequence[Checklist], ticks: Sequence[str]) -> list[Ticked]:
    """Every item of the lists, one that several have only once."""
    found: dict[str, Ticked] = {}
    for checklist in lists:
        done = checklist.done(ticks)
        for item in checklist.items:
            found.setdefault(item.id, Ticked(item.id, item.text, item.id in done, checklist.line))
    return list(found.values())


def unknown(lists: Sequence[Checklist], ticks: Sequence[str]) -> list[str]:
    """The ticks that are on none of the lists."""
    return [tick for tick in ticks if not any(checklist.item(tick) for checklist in lists)]


def _lines(affairs: Affairs, sale: Sale, work: Installation, rules: Rules) -> list[int]:
    if not work.items:
        return to_install(affairs, sale, rules)
    return [number for number in range(1, len(sale.items) + 1) if covers(work, number)]


def _category(affairs: Affairs, sale: Sale, line: int, rules: Rules) -> str:
    product = affairs.products.get(sale.items[line - 1].product)
    return (rules.categories.find(product.category) if product else None) or ROOT


def _day(work: Installation, sale: Sale) -> date:
    """The day whose list counts: that of the work, as far as it is known."""
    return day_of(work.started_at or (work.signed.at if work.signed else None) or work.arranged_on or sale.sold_on)
