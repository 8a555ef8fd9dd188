"""Customers over the years: the tree of who brought whom, who was not heard of for long, and kindnesses; as rows and
as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from aftercare.answers import referring
from aftercare.answers.affairs import Affairs
from aftercare.answers.family import Node
from aftercare.answers.finding import describe
from aftercare.answers.kindness import Kind
from aftercare.answers.promises import Promise
from aftercare.answers.touch import Quiet
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import N_, _, plural, word
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.money import Amount
from aftercare.plain.text import pad, printable, width
from aftercare.render.rows import Column

_MARKS = {"left": N_("left us"), "do_not_contact": N_("wishes no contact")}
"""Why nobody should write to a customer."""
TREE_FIELDS = (
    "id", "kind", "name", "phone", "referred_by", "depth", "brought", "first_sale", "bought_on", "thanks",
    "thanks_state", "thanked_on", "left",
)  # fmt: skip
"""The fields of a row of the tree, for the header of a CSV without rows."""
QUIET_FIELDS = (
    "id", "kind", "name", "phone", "channel", "last_contact", "record", "record_kind", "months", "bought", "mark",
)  # fmt: skip
"""The fields of a customer who was not heard of for long."""
KINDNESS_FIELDS = ("id", "kind", "number", "customer", "name", "at", "what", "worth", "about", "person")
"""The fields of a kindness."""


def tree_row(node: Node, thanks: Promise | None) -> dict[str, Any]:
    """One customer of the tree; ``thanks`` is the promise to who brought them."""
    customer, sale = node.affairs.customer, referring.first_sale(node.affairs)
    return {
        "id": customer.id,
        "kind": "customer",
        "name": customer.name,
        "phone": next(iter(customer.phones), None),
        "referred_by": customer.referred_by,
        "depth": node.depth,
        "brought": len(node.affairs.brought),
        "first_sale": sale.id if sale else None,
        "bought_on": iso(sale.sold_on) if sale else None,
        "thanks": thanks.id if thanks else None,
        "thanks_state": thanks.state if thanks else None,
        "thanked_on": iso(thanks.kept.at) if thanks and thanks.kept else None,
        "left": iso(customer.left.on) if customer.left else None,
    }


def drawn(nodes: Sequence[Node], thanks: Mapping[str, Promise]) -> Iterator[str]:
    """The tree with its branches: the names below each other, then the ids, then what there is to say."""
    names = [_branch(node.last) + printable(node.affairs.customer.name) for node in nodes]
    widest = max(map(width, names), default=0)
    for node, name in zip(nodes, names, strict=True):
        who = node.affairs.customer.id
        said = printable(_(", ").join(_said(node, thanks.get(who))))
        yield f"{pad(name, widest)}  {who}  {said}".rstrip()


def _branch(last: tuple[bool, ...]) -> str:
    if not last:
        return ""
    *above, here = last
    return "".join("   " if one else "│  " for one in above) + ("└─ " if here else "├─ ")


def _said(node: Node, thanks: Promise | None) -> Iterator[str]:
    affairs = node.affairs
    brought, sale = len(affairs.brought), referring.first_sale(affairs)
    if sale:
        yield _("bought first on {when}").format(when=_day(sale.sold_on))
    elif affairs.sales:
        yield _("bought, and it came to nothing")
    else:
        yield _("has not bought yet")
    if thanks:
        yield _thanked(thanks)
    if brought:
        yield plural("brought {count}", "brought {count}", brought).format(count=brought)
    if affairs.customer.left:
        yield _("left on {when}").format(when=_day(affairs.customer.left.on))
    yield from _nobody_known(affairs)


def _nobody_known(affairs: Affairs) -> Iterator[str]:
    """Whoever is said to have brought them is not there, or was brought by them in turn; ``check`` says which."""
    by = affairs.customer.referred_by
    if by and not affairs.brought_by:
        yield _("said to be brought by {customer} (see: aftercare check)").format(customer=by)


def _thanked(thanks: Promise) -> str:
    if thanks.kept:
        return _("thanks given on {when}").format(when=_day(thanks.kept.at))
    if thanks.is_open and thanks.due:
        said = _("thanks were due by {when}") if thanks.state == "overdue" else _("thanks due by {when}")
        return said.format(when=_day(thanks.due.by))
    return _("no thanks are owed any more")


def _day(at: Moment) -> str:
    return iso(day_of(at))


def quiet_row(one: Quiet) -> dict[str, Any]:
    """A customer who was not heard of for long; nulls where no contact is known at all."""
    customer, last = one.affairs.customer, one.last
    return {
        "id": customer.id,
        "kind": "customer",
        "name": customer.name,
        "phone": next(iter(customer.phones), None),
        "channel": customer.contact.by if customer.contact else None,
        "last_contact": iso(last.at) if last else None,
        "record": last.record if last else None,
        "record_kind": kind_of(last.record) if last else None,
        "months": one.months,
        "bought": any(sale.cancelled is None for sale in one.affairs.sales),
        "mark": one.mark,
    }


def quiet_columns() -> list[Column]:
    """The columns of a list of customers who were not heard of for long."""
    return [
        Column("id", N_("customer")),
        Column("name", N_("name")),
        Column("phone", N_("phone")),
        Column("last_contact", N_("last contact"), lambda at: at[:10] if at else _("none known")),
        Column("record_kind", N_("kind"), lambda kind: word(kind) if kind else ""),
        Column("record", N_("record")),
        Column("months", N_("months"), lambda months: "" if months is None else str(months)),
        Column("mark", N_("remark"), lambda mark: _(_MARKS[mark]) if mark else ""),
    ]


def kindness_row(one: Kind, owner: Affairs) -> dict[str, Any]:
    """A kindness, under the id of the record that tells of it."""
    return {
        "id": one.record,
        "kind": kind_of(one.record),
        "number": one.number,
        "customer": owner.customer.id,
        "name": owner.customer.name,
        "at": iso(one.at),
        "what": one.kindness.what,
        "worth": money.plain(one.kindness.worth) if one.kindness.worth else None,
        "about": one.about.split(),
        "person": one.person or None,
    }


def total_row(worth: Decimal, currency: str) -> dict[str, Any]:
    """The sum of them: nobody's, and of no record."""
    said = money.text(Amount(worth), currency) if currency else format(worth, "f")
    return {**dict.fromkeys(KINDNESS_FIELDS), "worth": said, "about": []}


def kindness_columns(shelf: Shelf) -> list[Column]:
    """The columns of a list of kindnesses; the total has neither a day nor a record."""

    def person(value: str | None) -> str:
        return describe(shelf, value).partition(" ")[2] if value else ""

    return [
        Column("at", N_("day"), lambda at: at[:10] if at else _("total")),
        Column("name", N_("customer"), lambda name: name or ""),
        Column("what", N_("what"), lambda what: what or ""),
        Column("worth", N_("worth"), lambda worth: worth or ""),
        Column("person", N_("person"), person),
        Column("id", N_("record"), lambda record: record or ""),
    ]
