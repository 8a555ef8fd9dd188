"""What an offer promises in the sales that meet it, and what was given of it.

A row about the thing is promised for each line (``SA26-0012/1/OF26-0003.2``), any other for the sale
(``SA26-0012/OF26-0003.1``); the number is that of the row.  A delivery or an installation within a time is the promise
of that work itself (:mod:`aftercare.answers.lines`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, delivered, installed
from aftercare.answers.offers import OF_UNITS, WORKS, after, meeting, rows
from aftercare.answers.promises import Draft, Event, Fate, Keeping, Term
from aftercare.plain.moments import Moment, in_order
from aftercare.records.offer import Give, Offer
from aftercare.records.sale import Given


def promised(affairs: Affairs, lines: Sequence[Line]) -> Iterator[Draft]:
    """The promises that follow from what the shop published, in the order of sales and offers."""
    giving = [offer for offer in affairs.offers if any(_is_promised(give) for give in offer.gives)]
    if not giving:
        return
    for sale_id, of_sale in groupby(lines, key=lambda line: line.sale.id):
        held = list(of_sale)
        for offer in giving:
            met = meeting(offer, held[0].sale, affairs.customer, affairs.products)
            about = [line for line in held if line.number in met.lines]
            for number, give in rows(offer, held[0].sale.sold_on) if about else ():
                if _is_promised(give) and _is_wanted(give, about):
                    for subject, of in _subjects(give, sale_id, about):
                        yield _draft(f"{subject}/{offer.id}.{number}", subject, give, offer, of)


def _is_promised(give: Give) -> bool:
    """Whether anything is owed without being asked for, and is no delivery or installation."""
    return give.within is not None and give.what not in WORKS


def _is_wanted(give: Give, about: Sequence[Line]) -> bool:
    """Whether the row holds for goods that nobody brings or puts up."""
    return not give.arranged or any(
        work.cancelled is None for line in about for work in (*line.deliveries, *line.installations)
    )


def _subjects(give: Give, sale: str, about: Sequence[Line]) -> Iterator[tuple[str, Sequence[Line]]]:
    """What a row is promised about, and for which lines."""
    if give.what in OF_UNITS:
        yield from ((line.unit, [line]) for line in about)
    else:
        yield sale, about


def _draft(promise: str, subject: str, give: Give, offer: Offer, about: Sequence[Line]) -> Draft:
    sale, begins = about[0].sale, _begins(give, about)
    pieces = sum(line.item.pieces for line in about) if give.per == "piece" else 1
    return Draft(
        id=promise,
        what=give.what,
        subject=subject,
        to=sale.customer,
        binds="told",
        record=offer.id,
        made_on=sale.sold_on,
        term=Term(after(give.within or "", begins)) if begins else None,
        about=tuple(line.unit for line in about),
        product=give.product or (about[0].item.product if len(about) == 1 else ""),
        pieces=1 if give.what in OF_UNITS else pieces * (give.qty or 1),
        channel="home" if give.what in {"maintenance", "inspection"} else "",
        words=give.words or "",
        offer=offer.id,
    )


def _begins(give: Give, about: Sequence[Line]) -> Moment | None:
    """From when its time runs: from the sale, or from when the last of the lines was brought or put up."""
    if give.after in {None, "sold"}:
        return about[0].sale.sold_on
    done = [(delivered(line) if give.after == "delivered" else installed(line))[0] for line in about]
    known = [at for at in done if at is not None]
    return max(known, key=in_order) if len(known) == len(done) else None


def subject_of(sale: str, given: Given) -> str:
    """What a row that was given was promised about."""
    return f"{sale}/{given.item}" if given.item else sale


def keep(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    """Note what was given, as the sales say."""
    of_now = {old: offer.id for offer in affairs.offers for old in offer.ids}
    ids = {draft.id for draft in drafts if draft.offer}
    for sale in affairs.sales if ids else ():
        for given in sale.given:
            promise = f"{subject_of(sale.id, given)}/{of_now.get(given.offer, given.offer)}.{given.row}"
            if promise in ids:
                found[promise].kept.append(Keeping(given.at, sale.id, given.qty, given.by or ""))


def without_goods(draft: Draft, gone: Mapping[str, Event]) -> Event | None:
    """How the last of the goods came back for which an offer promised something; None while the customer has any."""
    ends = [gone[unit] for unit in draft.about if unit in gone] if draft.offer else []
    return max(ends, key=lambda event: in_order(event.at)) if ends and len(ends) == len(draft.about) else None
