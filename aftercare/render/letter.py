"""The verdict as a letter to hand over: a page of A4 in the customer's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.answers.papers import Party
from aftercare.book.settings import Shop
from aftercare.language import _, current, plural, speaking
from aftercare.plain.moments import Moment
from aftercare.plain.words import echo
from aftercare.policies import vocabulary
from aftercare.policies.judging.verdict import Cite, Fee, Grant, Remedy, Verdict
from aftercare.render import grants
from aftercare.render.citing import by_source
from aftercare.render.page import Fact, letterhead, page
from aftercare.render.verdict_rows import rate


class Matter(NamedTuple):
    """What the letter is about; "" and None are not known."""

    unit: str
    product: str
    serial: str = ""
    sold_on: Moment | None = None
    claim: str = ""
    symptom: str = ""


class Offer(NamedTuple):
    """A row of the table: a remedy, its condition, its cost, its last day, the ground on which it stands, its line."""

    remedy: str
    condition: str
    cost: str
    until: str
    ground: tuple[str, ...]
    line: str = ""


class Sum(NamedTuple):
    """How a fee was reckoned, in rows; the last ones are its results."""

    title: str
    rows: tuple[Fact, ...]


def letter(verdict: Verdict, *, shop: Shop, customer: Party, matter: Matter, currency: str, lang: str) -> str:
    """The letter in *lang* as one page of HTML that runs nothing and loads nothing."""
    with speaking(lang):
        open_ones = grants.ranked(verdict)
        offered = [one.best for one in open_ones if one.best]
        return page(
            "verdict-letter.html",
            title=_("What we can do for you"),
            code=matter.claim or matter.unit,
            shop=letterhead(shop),
            to=[entry for entry in (customer.name, customer.address) if entry],
            date=Fact(_("Date"), echo(verdict.on)),
            greeting=_("Dear {name},").format(name=customer.name),
            opening=list(_opening(matter, verdict, bool(open_ones))),
            facts=[fact for fact in _facts(verdict, matter) if fact.value],
            columns=[_("What we can do"), _("What it costs"), _("Until when"), _("By which rule")],
            offers=[offer for remedy in open_ones for offer in offers(remedy, verdict, currency)],
            sums=[_sum(grant, grant.fee, currency) for grant in offered if grant.fee and grant.fee.percent],
            remarks=list(_remarks(verdict, offered)),
            lists=[(title, entries) for title, entries in _lists(verdict) if entries],
            closing=list(_closing(shop)),
            signing=[
                Fact(_("For {shop}").format(shop=shop.name) if shop.name else _("For the shop"), ""),
                Fact(_("Received by the customer"), ""),
                Fact(_("Date"), ""),
                Fact(_("Date"), ""),
            ],
        )


def _opening(matter: Matter, verdict: Verdict, offers: bool) -> Iterator[str]:
    yield _("Thank you for coming to us about your {product}.").format(product=matter.product)
    if verdict.ended is not None:
        yield _("Nothing is left to claim: {why}.").format(why=verdict.ended.said(current()))
        return
    answer = (
        _("By the rules that hold for it, this is what we can do for you on {day}.")
        if offers
        else _("We are sorry: on {day} the rules that hold for it give nothing that we could offer.")
    )
    yield answer.format(day=echo(verdict.on))


def _facts(verdict: Verdict, matter: Matter) -> Iterator[Fact]:
    yield Fact(_("Product"), matter.product)
    yield Fact(_("Serial number"), matter.serial)
    yield Fact(_("Unit"), matter.unit)
    yield Fact(_("Sold on"), _day(matter.sold_on))
    yield Fact(_("Fault"), matter.symptom)
    yield Fact(_("The fault showed on"), _day(verdict.fault_on))
    yield Fact(_("You asked for"), grants.remedy_name(verdict.asked) if verdict.asked else "")
    count = len(verdict.repair_days)
    days = _(", ").join(map(str, verdict.repair_days))
    said = plural("{count} time, days in repair: {days}", "{count} times, days in repair: {days}", count)
    yield Fact(_("Repaired"), said.format(count=count, days=days) if count else "")


def _day(moment: Moment | None) -> str:
    return echo(moment) if moment else ""


def offers(remedy: Remedy, verdict: Verdict, currency: str) -> Iterator[Offer]:
    """A remedy's row, and a row for each grant that takes over after it."""
    name, condition = grants.remedy_name(remedy.name), grants.condition(remedy)
    if remedy.best is None:
        yield Offer(name, condition, "", "", _ground(remedy.cite))
        return
    begins = _("; ").join(filter(None, (condition, grants.opening(remedy.best))))
    yield offer(name, begins, remedy.best, verdict, currency)
    for later in remedy.then:
        yield offer(grants.remedy_name(later.remedy), _("after that"), later, verdict, currency)


def offer(name: str, condition: str, grant: Grant, verdict: Verdict, currency: str) -> Offer:
    """The row of one grant."""
    cost = grants.cost(grant, currency, reckoned=False)
    return Offer(name, condition, cost, grants.until(grant, verdict), _ground(grant.cite), grant.title.said(current()))


def _ground(cites: Sequence[Cite]) -> tuple[str, ...]:
    """Each source with its articles."""
    return tuple(f"{cite.title.said(current())} {articles}" for cite, articles in by_source(cites))


def _sum(grant: Grant, fee: Fee, currency: str) -> Sum:
    """The sum of a fee, row by row."""
    rows = []
    if fee.price is not None:
        rows.append(Fact(_("Price paid"), grants.sum_of(fee.price, currency)))
    if fee.percent is not None:
        rows.append(Fact(_("Rate for each day of use"), f"{rate(fee.percent)}%"))
    if fee.days is not None:
        days = _("Days of use since {day}").format(day=echo(fee.since)) if fee.since else _("Days of use")
        rows.append(Fact(days, str(fee.days)))
    if fee.repair_days:
        rows.append(Fact(_("Days in repair, left out of these"), str(fee.repair_days)))
    if fee.amount is not None:
        kept = _("Use fee, never more than the price") if fee.capped else _("Use fee")
        rows.append(Fact(kept, grants.sum_of(fee.amount, currency)))
    if grant.amount is not None:
        rows.append(Fact(_("You get back"), grants.sum_of(grant.amount, currency)))
    title = _("How the fee is reckoned: {remedy}").format(remedy=grants.remedy_name(grant.remedy))
    return Sum(title, tuple(rows))


def _remarks(verdict: Verdict, offered: Sequence[Grant]) -> Iterator[str]:
    """Who chooses, what was asked for and is not open, who must prove, and what is not settled."""
    if len(offered) > 1 and all(grant.state == "open" and grant.choice == "customer" for grant in offered):
        yield _("Which of these it shall be is for you to choose.")
    asked = verdict.remedy(verdict.asked) if verdict.asked and not verdict.ended else None
    if asked and asked.state == "closed":
        said = _("What you asked for, {remedy}, we cannot offer: {why}.").format(
            remedy=grants.remedy_name(asked.name), why=grants.refusal(asked, verdict)
        )
        ground = _(" ({articles})").format(articles=_("; ").join(_ground(asked.cite))) if asked.cite else ""
        yield said + ground
    if grants.proof(verdict):
        yield grants.proof(verdict)
    for words in verdict.review:
        yield _("A person has still to judge this: {what}").format(what=words.said(current()))
    if verdict.provisional:
        yield _("A last day may still move: the days off of its year are not known yet.")


def _lists(verdict: Verdict) -> Iterator[tuple[str, Sequence[str]]]:
    yield _("Please bring"), grants.to_bring(verdict)
    yield _("Please tell us, since it may change the answer"), grants.questions(verdict)
    yield _("What we took for granted"), [_assumed(fact, value) for fact, value in grants.taken(verdict)]


def _assumed(fact: str, value: str) -> str:
    """What was taken for granted, and why."""
    known = vocabulary.facts()
    because = known[fact].because if fact in known else None
    said = grants.assumption(fact, value)
    return _("{fact} ({why})").format(fact=said, why=because.said(current())) if because else said


def _closing(shop: Shop) -> Iterator[str]:
    if shop.phone:
        yield _("If anything here is not as you know it, please tell us: {phone}.").format(phone=shop.phone)
    else:
        yield _("If anything here is not as you know it, please tell us.")
    yield _("This letter takes away none of your rights.")
