"""A page of paper: its template, its QR code, and the pieces that several papers are made of.

The words are in the modules of the papers and the layout in ``templates/``.  A page is one file that runs nothing and
loads nothing.  Whatever a record says is escaped where it is printed, control and direction-changing characters are
made visible, and a template cannot reach beyond the values it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from aftercare.answers.papers import Party, Time
from aftercare.answers.promises import Term
from aftercare.book.settings import Shop
from aftercare.language import N_, _, current, plural
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.text import printable
from aftercare.plain.words import echo
from aftercare.records.customer import Customer
from aftercare.render.qr import code_of

_TAGS = {"zh": "zh-CN", "en": "en"}
_NEEDS = {
    "elderly": N_("an elderly customer"),
    "ill": N_("somebody is ill"),
    "disabled": N_("a customer with a disability"),
    "remote": N_("the place is far away"),
}


class Fact(NamedTuple):
    """A label and its value; "" leaves a line to write on."""

    label: str
    value: str


class Box(NamedTuple):
    """A box to tick, with room to write beside it; ``written`` is what the book knows already."""

    text: str
    ticked: bool = False
    room: bool = False
    written: str = ""


class Question(NamedTuple):
    """A row of the part that is filled in by hand."""

    label: str
    boxes: tuple[Box, ...]


def page(template: str, *, code: str = "", **values: object) -> str:
    """A page of a *template*, filled with values in the language in use; *code* is the id for its QR code."""
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("aftercare", "render/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(lang=_TAGS.get(current(), "en"), code=code_of(code), **values)


def _visible(value: object) -> str:
    """A value with nothing hidden in it; line breaks stay, since an address has lines.

    What a part of a template has made is finished already.
    """
    from markupsafe import Markup

    return value if isinstance(value, Markup) else _shown(str(value))


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    """A text with nothing hidden in it; long pages say the same names again and again."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").split("\n"))


def letterhead(shop: Shop) -> Mapping[str, Any]:
    """The shop as it stands at the head of a page: ``name``, ``contact`` in lines, ``services``."""
    contact = [shop.address, _("Phone {phone}").format(phone=shop.phone) if shop.phone else None, shop.hours]
    return {
        "name": shop.name or "",
        "contact": [entry for entry in contact if entry],
        "services": _("Our services: {services}").format(services=listed(shop.services)) if shop.services else "",
    }


def listed(entries: Sequence[str]) -> str:
    """Entries one after another, as the language in use lists them."""
    return _(", ").join(entries)


def person(title: str, party: Party) -> Mapping[str, Any]:
    """Somebody in a box of their own: a title, the name, and how they are reached."""
    return {
        "title": title,
        "name": party.name,
        "facts": [Fact(_("Phone"), party.phone), Fact(_("Address"), party.address)],
    }


def timed(time: Time, *, alone: bool) -> str:
    """A time that was promised, and the lines it holds for unless it is *alone*."""
    text = term(time.term)
    if time.first:
        text = _("{when} (moved from: {first})").format(when=text, first=term(time.first))
    if alone:
        return text
    numbers = listed([str(number) for number in time.lines])
    return plural("line {numbers}: {when}", "lines {numbers}: {when}", len(time.lines)).format(
        numbers=numbers, when=text
    )


def term(promised: Term) -> str:
    """When a promise is due, in words."""
    start, end = promised.from_, promised.by
    if start is None:
        return _("by {when}").format(when=echo(end))
    if isinstance(start, datetime) and isinstance(end, datetime) and day_of(start) == day_of(end):
        return _("{day}, {start} to {end}").format(day=echo(day_of(end)), start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return _("from {start} to {end}").format(start=echo(start), end=echo(end))


def care(customer: Customer, floor: str) -> Iterator[str]:
    """What the one who comes has to know about the customer and the way there."""
    yield from customer.preferences
    if customer.needs:
        yield _("Special care: {needs}").format(needs=listed([_(_NEEDS[need]) for need in customer.needs]))
    if floor:
        yield _("Floor: {floor}").format(floor=floor)
    if customer.consent and customer.consent.quiet:
        yield _("No calls at {hours}").format(hours=customer.consent.quiet)


def day(moment: Moment | None) -> str:
    """A moment in words; "" where it is not known."""
    return echo(moment) if moment else ""


def printed_on(moment: Moment) -> str:
    """When the page was printed, for its foot."""
    return _("Printed on {when}").format(when=echo(moment))
