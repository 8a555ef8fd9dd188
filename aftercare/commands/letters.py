"""The verdict on a claim as a letter: ``claim letter``."""

from __future__ import annotations

from aftercare.answers.finding import describe
from aftercare.answers.sheet import Party
from aftercare.commands.paper import FILE, FORCE, printed
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, verb
from aftercare.commands.verdicts import ON, Judged, judged
from aftercare.language import N_, current
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale
from aftercare.render.letter import Matter
from aftercare.render.letter import letter as letter_page


@verb(
    "letter",
    N_("The verdict on a claim as a letter to hand over, ready to print."),
    argument("ref", metavar="REF"),
    FILE,
    ON,
    FORCE,
    example="aftercare claim letter CL26-0004 letter.html",
)
def letter(session: Session, ref: str, file: str | None, on: str | None, force: bool) -> None:
    """A page of HTML on stdout or in a file, in the customer's language."""
    found = judged(session, ref, "claim", on, {})
    customer = found.affairs.customer
    printed(
        session,
        customer,
        lambda: letter_page(
            found.verdict,
            shop=found.shelf.settings.shop_facts,
            customer=Party(customer.name, next(iter(customer.phones), ""), _address(customer)),
            matter=_matter(found),
            currency=found.currency,
            lang=current(),
        ),
        file,
        force,
    )


def _address(customer: Customer) -> str:
    return (customer.address.text or "") if customer.address else ""


def _matter(found: Judged) -> Matter:
    """What the letter is about."""
    sale = found.shelf.get(found.unit.partition("/")[0])
    item = sale.items[int(found.unit.partition("/")[2]) - 1] if isinstance(sale, Sale) else None
    fault = found.claim.fault if found.claim else None
    return Matter(
        unit=found.unit,
        product=" ".join(describe(found.shelf, found.unit).split(" ")[2:]),
        serial=(item.serial or "") if item else "",
        sold_on=sale.sold_on if isinstance(sale, Sale) else None,
        claim=found.claim.id if found.claim else "",
        symptom=(fault.symptom or "") if fault else "",
    )
