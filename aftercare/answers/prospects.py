"""Who has bought nothing yet (潜在客户), and which enquiries may still lead to something.

Nothing here, and nothing that is owed to anybody, reads what somebody spent: a prospect has a file, wishes, promises
and greetings like anyone else.
"""

from __future__ import annotations

from aftercare.book.shelf import Shelf
from aftercare.records.customer import Customer
from aftercare.records.enquiry import Enquiry
from aftercare.records.sale import Sale


def prospects(shelf: Shelf) -> frozenset[str]:
    """The customers without a sale but for those that were called off; who left us is no prospect."""
    bought = {sale.customer for sale in shelf.of(Sale) if sale.cancelled is None}
    return frozenset(one.id for one in shelf.of(Customer) if one.gone is None and bought.isdisjoint(one.ids))


def open_enquiries(shelf: Shelf) -> frozenset[str]:
    """The enquiries that led to no sale and were not closed."""
    return frozenset(one.id for one in shelf.of(Enquiry) if one.is_open)
