"""The repair slip and the receipt for what was lent, each a page of A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.answers.papers import Thing
from aftercare.answers.slips import LoanReceipt, RepairSlip
from aftercare.book.settings import Shop
from aftercare.language import _, word
from aftercare.records.claim import Repair, Waiting
from aftercare.render.credo import on_paper
from aftercare.render.grants import remedy_name, sum_of
from aftercare.render.page import Fact, day, letterhead, page, person, printed_on


class Section(NamedTuple):
    """A part of a slip: what the customer said, facts, a table; what is empty is not printed."""

    title: str
    said: str = ""
    facts: Sequence[Fact] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    wide: bool = False
    """Each fact has a line of its own."""


def slip_page(slip: RepairSlip) -> str:
    """The repair slip in the language in use."""
    return page(
        "slip.html",
        code=slip.claim.id,
        number=slip.claim.id,
        title=_("Repair slip"),
        under=_("Stay no. {number}").format(number=slip.number),
        shop=letterhead(slip.shop),
        who=[person(_("Customer"), slip.customer), _goods(slip.thing)],
        parts=[*_of_repair(slip)],
        questions=[],
        notices=[
            _("Please bring this slip when you come for it."),
            *_call(slip.shop),
            _("Your signature takes away none of your rights."),
        ],
        signing=[
            Fact(_("Handed in: customer's signature and date"), ""),
            Fact(_("Taken in: signature for the shop"), ""),
            Fact(_("Back in good order: customer's signature and date"), ""),
            Fact(_("Handed back: signature for the shop"), ""),
        ],
        credo=on_paper(slip.credo),
        printed=printed_on(slip.printed_on),
    )


def receipt_page(receipt: LoanReceipt) -> str:
    """The receipt for what was lent in the language in use."""
    return page(
        "slip.html",
        code=receipt.claim.id,
        number=receipt.claim.id,
        title=_("Receipt for a loan"),
        under="",
        shop=letterhead(receipt.shop),
        who=[person(_("Lent to"), receipt.customer), _goods(receipt.thing, _("Your own, which we have in hand"))],
        parts=[*_of_loan(receipt)],
        questions=[],
        notices=[
            _("Lent for as long as your own is away."),
            _("Please use it as you would your own, and tell us at once if something is wrong with it."),
            *_call(receipt.shop),
        ],
        signing=[
            Fact(_("Received: customer's signature and date"), ""),
            Fact(_("Lent: signature for the shop"), ""),
            Fact(_("Given back: customer's signature and date"), ""),
            Fact(_("Taken back: signature for the shop"), ""),
        ],
        credo=on_paper(()),
        printed=printed_on(receipt.printed_on),
    )


def _goods(thing: Thing, title: str = "") -> Mapping[str, Any]:
    facts = [
        Fact(_("Serial number"), thing.serial),
        Fact(_("Unit"), thing.unit),
        Fact(_("Sold on"), day(thing.sold_on)),
        *([Fact(_("Invoice"), thing.invoice)] if thing.invoice else []),
    ]
    return {"title": title or _("The goods"), "name": thing.called, "facts": facts}


def _call(shop: Shop) -> Iterator[str]:
    if shop.phone:
        yield _("Questions? Please call us: {phone}.").format(phone=shop.phone)


def _of_repair(slip: RepairSlip) -> Iterator[Section]:
    claim, repair = slip.claim, slip.repair
    fault = claim.fault
    asked = remedy_name(claim.asked) if claim.asked else ""
    told = [
        Fact(_("The fault showed on"), day(fault.found_on if fault else None)),
        Fact(_("Reported on"), day(claim.reported_on)),
        *([Fact(_("You asked for"), asked)] if asked else []),
    ]
    yield Section(_("The fault, in the customer's words"), said=(fault.symptom or "") if fault else "", facts=told)
    yield Section("", facts=[Fact(_("Condition and what came with it"), "")], wide=True)
    yield Section(_("The repair"), facts=[*_course(slip, repair)])
    if repair.waiting:
        columns = [_("Waited from"), _("Until"), _("For what")]
        yield Section(_("Waiting times"), columns=columns, rows=[_waited(one) for one in repair.waiting])
    if slip.former:
        columns = [_("Claim"), _("Came in"), _("Handed back"), _("What was done"), _("Result"), _("Repaired by")]
        rows = [
            [
                one.claim,
                day(one.repair.in_),
                day(one.repair.out),
                one.repair.done or "",
                word(one.repair.result) if one.repair.result else "",
                one.person,
            ]
            for one in slip.former
        ]
        yield Section(_("Repaired before for the same fault"), columns=columns, rows=rows)
    if slip.lent:
        rows = [[loan.thing, day(loan.at)] for loan in slip.lent]
        yield Section(_("Lent meanwhile"), columns=[_("What"), _("Since")], rows=rows)


def _course(slip: RepairSlip, repair: Repair) -> Iterator[Fact]:
    """The stay from door to door; what is not known yet is a line to write on."""
    yield Fact(_("Came in"), day(repair.in_))
    if slip.ready_by:
        yield Fact(_("Ready by"), day(slip.ready_by))
    yield Fact(_("Repaired by"), slip.person)
    if repair.problem:
        yield Fact(_("What was found"), repair.problem)
    yield Fact(_("Cause"), repair.cause or "")
    yield Fact(_("What was done"), repair.done or "")
    yield Fact(_("Result"), word(repair.result) if repair.result else "")
    if repair.tested:
        yield Fact(_("Tested on"), day(repair.tested))
    yield Fact(_("Cost"), _cost(slip, repair))
    yield Fact(_("Handed back"), day(repair.out))


def _cost(slip: RepairSlip, repair: Repair) -> str:
    if repair.cost is None:
        return ""
    return sum_of(repair.cost.value, slip.currency) if repair.cost.value else _("free of charge")


def _waited(waiting: Waiting) -> list[str]:
    because = word(waiting.because) if waiting.because else ""
    return [day(waiting.from_), day(waiting.to), " ".join(filter(None, (waiting.for_, because)))]


def _of_loan(receipt: LoanReceipt) -> Iterator[Section]:
    columns = [_("What"), _("Lent on"), _("Back by"), _("Came back on")]
    rows = [
        [
            one.loan.thing,
            day(one.loan.at),
            day(one.due) or ("" if one.loan.back else _("when your own is back")),
            day(one.loan.back),
        ]
        for one in receipt.lent
    ]
    yield Section(_("What was lent"), columns=columns, rows=rows)
    facts = [
        Fact(_("When lent"), ""),
        Fact(_("What came with it"), ""),
        Fact(_("When it came back"), ""),
    ]
    yield Section(_("Its condition"), facts=facts, wide=True)
