"""Which promises a customer's records make: what was told, what was said, and what the plans add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from aftercare.answers import benefits, enquiring, greetings, hosting, offered, planning, referring, rewards, works
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.lines import Line, is_to_be_installed, put_up_again
from aftercare.answers.promises import Binds, Draft, Term
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.plain.moments import Moment, day_of
from aftercare.records.fields import Window
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.words import PROMISE_KINDS

_ON_TIME = {"deliver": "on_time", "install": "install_on_time"}
"""The duty whose time counts for a work of which the customer was told none."""


def made(affairs: Affairs, lines: Sequence[Line], rules: Rules, now: Moment) -> Iterator[Draft]:
    """Every promise to the customer, of whom these are all *lines*, but for the apologies that follow from how others
    ended.
    """
    for line in lines:
        work = [*_deliver(line, rules), *_install(line, affairs, rules)]
        yield from work
        yield from _pack(line, affairs, rules)
        yield from planning.for_unit(line, {draft.what for draft in work}, affairs, rules, now)
        yield from planning.for_guarantees(line, affairs, rules, now)
    yield from planning.for_works(affairs, lines, rules, now)
    yield from _of_records(affairs, rules, now)
    yield from offered.promised(affairs, lines)
    asked = benefits.uses(affairs, rules)
    yield from benefits.drafts(affairs, asked)
    yield from planning.for_benefits(asked, affairs, rules, now)
    yield from rewards.to_hand_over(affairs, rules)
    yield from referring.for_referrals(affairs, rules)
    yield from rewards.to_tell(affairs, rules, now)
    yield from hosting.promised(affairs, rules)
    yield from greetings.greeted(affairs, rules, now)


def _of_records(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """What each record that is no sale makes by itself."""
    for claim in affairs.claims:
        yield from planning.for_claim(claim, affairs, rules, now)
    for complaint in affairs.complaints:
        yield from planning.for_complaint(complaint, affairs, rules, now)
    for visit in affairs.visits:
        yield from planning.for_visit(visit, affairs, rules, now)
    for wish in affairs.wishes:
        yield from planning.for_wish(wish, affairs, rules, now)
    for enquiry in affairs.enquiries:
        yield from (replace(draft, product=planning.asked_about(enquiry, affairs)) for draft in enquiring.told(enquiry))
        yield from planning.for_enquiry(enquiry, affairs, rules, now)
    for offer in affairs.offers if affairs.customer.id == HOUSE else ():
        yield from planning.for_offer(offer, rules, now)
    for spoken in affairs.promises:
        if spoken.of is None:
            yield _spoken(spoken, affairs.customer.id)
    for person in affairs.staff:
        yield from planning.for_staff(person, affairs, rules, now)


def _deliver(line: Line, rules: Rules) -> Iterator[Draft]:
    if not line.item.taken:
        yield from _work(line, "deliver", line.told.deliver, line.deliveries, rules)


def _install(line: Line, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    fits = is_to_be_installed(line.sale, line.item, affairs, rules)
    further = put_up_again(line)
    if fits and line.waits_to_install:
        yield _work_draft(line, "install", "told", None, line.told_by["install"], line.item.pieces, "")
        return
    told = line.told.install if fits else None
    yield from _work(line, "install", told, [one for one in line.installations if one not in further], rules)
    for number, work in enumerate(further, start=2):
        for draft in _work(line, "install", None, [work], rules):
            yield replace(draft, id=f"{draft.id}.{number}")


def _work(
    line: Line, what: Literal["deliver", "install"], told: Window | None, all_works: Sequence[Work], rules: Rules
) -> Iterator[Draft]:
    """One promise for the line: as told at the sale, else as the works about it promise."""
    about = [work for work in all_works if works.covers(work, line.number)]
    active = [work for work in about if work.cancelled is None]
    person = next((works.worker(work) for work in active if works.done_at(work) is None), "")
    if told is not None:
        source = line.told_by.get(what, line.sale.id)
        yield _work_draft(line, what, "told", works.term_of(told), source, line.item.pieces, person)
        return
    if not about:
        return
    # A time that was told is not lost when its delivery is called off and another arranged.
    first = next((work for work in about if works.own_window(work)), (active or about)[0])
    window = works.own_window(first)
    arranged = first.arranged_on or line.sale.sold_on
    if window is None and not rules.counts(day_of(arranged)):
        return
    term = works.term_of(window) if window else Term(_untold(line, what, day_of(arranged), rules))
    pieces = works.promised(active or about, line.number, line.item)
    draft = _work_draft(line, what, "told" if window else "plan", term, first.id, pieces, person)
    yield replace(draft, made_on=arranged)


def _untold(line: Line, what: str, arranged: date, rules: Rules) -> Moment:
    """By when a work of which nobody was told a time is done: as the standard says, else on the day it was arranged."""
    duty = rules.duty(_ON_TIME[what], line.category, arranged)
    span = duty.span(arranged) if duty else None
    return span.after(arranged) if span else arranged


def _work_draft(line: Line, what: str, binds: Binds, term: Term | None, record: str, pieces: int, person: str) -> Draft:
    return Draft(
        id=f"{line.unit}/{what}",
        what=what,
        subject=line.unit,
        to=line.sale.customer,
        binds=binds,
        record=record,
        made_on=line.sale.sold_on,
        term=term,
        about=(line.unit,),
        product=line.item.product,
        pieces=pieces,
        person=person,
    )


def _pack(line: Line, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    product = affairs.products.get(line.item.product)
    packing = line.item.packing
    wanted = packing.wanted if packing else None
    natural = bool(product and product.nature) and rules.counts(day_of(line.sale.sold_on))
    if not wanted and not natural:
        return
    told = line.told.deliver
    yield Draft(
        id=f"{line.unit}/pack",
        what="pack",
        subject=line.unit,
        to=line.sale.customer,
        binds="told" if wanted else "plan",
        record=line.sale.id,
        made_on=line.sale.sold_on,
        term=Term(day_of(told.by) if told and not line.item.taken else day_of(line.sale.sold_on)),
        about=(line.unit,),
        product=line.item.product,
        words=wanted or "",
    )


def _spoken(spoken: PromiseRecord, customer: str) -> Draft:
    return Draft(
        id=spoken.id,
        what=spoken.what if spoken.what in PROMISE_KINDS else "other",
        subject=spoken.id,
        to=customer,
        binds=spoken.binds or "told",
        record=spoken.id,
        made_on=spoken.made_on or spoken.due or date.min,
        term=Term(spoken.due) if spoken.due else None,
        about=tuple(spoken.about),
        person=spoken.person or "",
        words=spoken.words or ("" if spoken.what in PROMISE_KINDS else spoken.what or ""),
    )
