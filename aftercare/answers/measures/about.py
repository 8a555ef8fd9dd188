"""Contacts, complaints and customers as cases: what they were about, what was bought, on which day that is asked."""

from __future__ import annotations

from datetime import date

from aftercare.answers.affairs import Affairs
from aftercare.answers.measures.counting import Case, Facts
from aftercare.answers.period import Period
from aftercare.answers.rounds import owner
from aftercare.answers.unhappy import subjects_of
from aftercare.answers.works import Work
from aftercare.plain.moments import day_of, in_order, is_late
from aftercare.records.complaint import Complaint
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit


def of_contact(facts: Facts, visit: Visit) -> Case:
    """A contact as a case, on its day and of who had it; so far nothing speaks against it."""
    product, channel = facts.goods(*subjects_of(visit))
    return Case(
        id=visit.id,
        on=visit.at,
        customer=visit.customer,
        product=product,
        channel=channel,
        person=visit.by or "",
        records=(visit.id,),
    )


def of_complaint(facts: Facts, complaint: Complaint) -> Case:
    """A complaint as a case, on the day it came in and of who has it in hand."""
    product, channel = facts.goods(*complaint.about)
    return Case(
        id=complaint.id,
        on=complaint.received_at,
        customer=complaint.customer,
        product=product,
        channel=channel,
        person=owner(complaint),
        records=(complaint.id,),
    )


def bought(facts: Facts, affairs: Affairs, period: Period) -> list[Sale]:
    """The sales to a customer within a period and by now, the earliest first; what was called off was not bought."""
    stand = (sale for sale in affairs.sales if sale.cancelled is None and not is_late(sale.sold_on, facts.now))
    within = (sale for sale in stand if period.holds(sale.sold_on))
    return sorted(within, key=lambda sale: (in_order(sale.sold_on), sale.id))


def is_sold(affairs: Affairs, work: Work) -> bool:
    """Whether the sale that a delivery or an installation is of was not called off."""
    sale = affairs.sale_by_id.get(work.sale)
    return sale is not None and sale.cancelled is None


def asked_on(facts: Facts, period: Period) -> date | None:
    """The day on which a measure of customers looks at them: the last of the period, or today where that is earlier.

    None of a period that lies ahead.
    """
    today = day_of(facts.now)
    return min(period.last, today) if period.first <= today else None


def has_gone(affairs: Affairs, day: date) -> bool:
    """Whether the customer had left, or was forgotten, by the end of a day."""
    gone = affairs.customer.gone
    return gone is not None and not is_late(gone.on, day)
