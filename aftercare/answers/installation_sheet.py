"""What goes onto the installation sheet, as plain values; :mod:`aftercare.render.installation_sheet` words it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.checklists import Ticked, checklists_of, items_of
from aftercare.answers.ledger import Ledger
from aftercare.answers.lines import Line, installed, lines_of, to_install
from aftercare.answers.papers import (
    Party,
    Thing,
    Time,
    buyer_of,
    floor_of,
    name_of,
    party_of,
    recipient_of,
    thing_of,
    times_of,
)
from aftercare.answers.rules import Rules
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.errors import CalledOff, NothingToInstall
from aftercare.plain.moments import Moment, day_of
from aftercare.policies.credo import Basic
from aftercare.policies.standards import Checklist, Material
from aftercare.records.customer import Customer
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale


@dataclass(frozen=True)
class InstallationSheet:
    """Everything on an installation sheet."""

    sale: Sale
    work: Installation | None
    """``None`` where none is written down yet."""
    customer: Customer
    printed_on: Moment
    shop: Shop
    place: Party
    """Who is there, and where it is put up."""
    buyer: Party | None
    """Only where that is somebody else."""
    floor: str
    person: str
    """Who installs it; "" for nobody yet."""
    times: tuple[Time, ...]
    things: tuple[Thing, ...]
    agreed: tuple[str, ...]
    """What was agreed to be different for this buyer."""
    lists: tuple[Checklist, ...]
    items: tuple[Ticked, ...]
    extra: tuple[str, ...]
    """What was ticked beyond the lists."""
    is_free: bool
    """Whether the shop owes the work free of charge by a standard in force."""
    takes_nothing: bool
    """Whether its people take nothing by a standard in force."""
    materials: tuple[Material, ...]
    """What may be charged for, as it was published."""
    currency: str
    credo: tuple[Basic, ...] = ()
    """What the shop holds itself to on the day of printing."""


def open_installations(shelf: Shelf, sale: str) -> list[str]:
    """The ids of a sale's installations that were neither signed for nor called off."""
    return [
        work.id
        for work in shelf.of(Installation)
        if work.sale == sale and work.signed is None and work.cancelled is None
    ]


def installation_sheet(
    shelf: Shelf, ledger: Ledger, rules: Rules, sale: Sale, work: Installation | None, now: Moment
) -> InstallationSheet:
    """The sheet of an installation, or, where there is none yet, of all that would be put up of a *sale*.

    *ledger* holds the buyer's promises.  CalledOff: the sale or the work was; NothingToInstall: all of it is up;
    NoSuchRecord: the buyer's file is not there.
    """
    for record in (sale, work):
        if record and record.cancelled:
            raise CalledOff(record.id)
    customer = buyer_of(shelf, sale)
    affairs = ledger.affairs[customer.id]
    lines = _lines(affairs, rules, sale, work)
    if not lines:
        done = [one.id for one in affairs.installations_of(sale) if one.signed]
        raise NothingToInstall(sale.id, done)
    planned = work or Installation.model_construct(
        id="", sale=sale.id, items=[line.number for line in lines], checklist=[], arranged_on=day_of(now)
    )
    lists = checklists_of(affairs, planned, rules)
    place = recipient_of(customer, sale.deliver_to)
    return InstallationSheet(
        sale=sale,
        work=work,
        customer=customer,
        printed_on=now,
        shop=shelf.settings.shop_facts,
        place=place,
        buyer=party_of(customer) if place.name != customer.name else None,
        floor=floor_of(customer, place),
        person=name_of(shelf, work.technician if work else None),
        times=times_of(ledger, sale, [line.number for line in lines], "install"),
        things=tuple(thing_of(shelf, sale, line.number, affairs.claims_of(line.unit)) for line in lines),
        agreed=tuple(filter(None, (sale.agreed, *(line.item.agreed for line in lines)))),
        lists=tuple(lists),
        items=tuple(items_of(lists, planned.checklist)),
        extra=tuple(tick for tick in planned.checklist if not any(one.item(tick) for one in lists)),
        is_free=_owes(rules, lines, "free_installation", sale),
        takes_nothing=_owes(rules, lines, "ask_for_nothing", sale),
        materials=rules.materials,
        currency=shelf.settings.currency or "",
        credo=rules.credo(day_of(now)),
    )


def _lines(affairs: Affairs, rules: Rules, sale: Sale, work: Installation | None) -> list[Line]:
    """The lines of the sale that the work is about; without one, those that are to be put up and are not yet."""
    about = [line for line in lines_of(affairs, rules) if line.sale.id == sale.id]
    wanted = to_install(affairs, sale, rules)
    if work is None:
        return [line for line in about if line.number in wanted and installed(line)[0] is None]
    return [line for line in about if (works.covers(work, line.number) if work.items else line.number in wanted)]


def _owes(rules: Rules, lines: Sequence[Line], duty: str, sale: Sale) -> bool:
    """Whether the shop owes this for all of the lines, by the standards in force when they were sold."""
    return all(rules.duty(duty, line.category, day_of(sale.sold_on)) for line in lines)
