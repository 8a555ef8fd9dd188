"""Letters to hand over: the verdict on a claim, and an apology."""

from __future__ import annotations

from typing import Any

from aftercare.answers.apology import Apology, apology_for_breach, apology_for_promise
from aftercare.answers.finding import describe
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.owed import refuse_house
from aftercare.answers.papers import Party
from aftercare.commands import accept
from aftercare.commands.printing import OUTPUT, printed
from aftercare.commands.promises import promise_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, verb
from aftercare.commands.verdicts import ON, Judged, judged
from aftercare.language import N_, current
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale
from aftercare.render.apology import apology_page
from aftercare.render.letter import Matter
from aftercare.render.letter import letter as letter_page


@verb(
    "letter",
    N_("The verdict on a claim as a letter to hand over, ready to print."),
    argument("ref", metavar="REF"),
    OUTPUT[0],
    ON,
    *OUTPUT[1:],
    example="aftercare claim letter CL26-0004 letter.html",
)
def letter(session: Session, ref: str, on: str | None, **output: Any) -> None:
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
        **output,
    )


@verb(
    "apology",
    N_("A letter of apology for a promise kept late or broken, or for a breach of service, ready to print."),
    argument("ref", metavar="PROMISE|BREACH"),
    *OUTPUT,
    example="aftercare promise apology SA26-0012/1/deliver letter.html",
)
def apology(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file, in the customer's language."""
    book = session.book()
    shelf, rules, now = session.read(book), session.rules(book), session.now()

    def made(ledger: Ledger) -> Apology:
        """The letter; what was seen is said in the language in which this is called."""
        wanted = accept.meant(ref)
        if wanted:
            breach = accept.breach_named(shelf, rules, now, ref)
            return apology_for_breach(shelf, ledger, rules, breach, now)
        promise = promise_of(session, ledger, shelf, ref)
        refuse_house(promise, ledger)
        return apology_for_promise(shelf, ledger, promise, now)

    ledger = ledger_of(shelf, rules, now)
    customer = made(ledger).customer
    printed(session, customer, lambda: apology_page(made(ledger)), **output)


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
