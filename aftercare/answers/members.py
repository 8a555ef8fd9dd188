"""Members and what is theirs: which membership counts for a benefit, since when, and which goods it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from aftercare import language
from aftercare.answers import upkeep
from aftercare.answers.affairs import Affairs
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order, is_late, shifted
from aftercare.plain.text import fold
from aftercare.policies import categories
from aftercare.policies.benefits import Benefit, Held, period
from aftercare.policies.categories import ROOT
from aftercare.records.customer import Membership

Code: TypeAlias = Literal[
    "no_such_benefit",
    "nobody_reached",
    "begins_later",
    "ended",
    "not_a_member",
    "member_later",
    "membership_over",
    "other_level",
    "other_goods",
    "used_up",
]


class Why(NamedTuple):
    """Why a benefit is not to be had: a code, and the day or the words that belong to it."""

    code: Code
    day: date | None = None
    words: str = ""


def goods_for(benefit: Benefit, affairs: Affairs, rules: Rules, at: Moment) -> list[str]:
    """The customer's things that a benefit is for on a day: bought by then, not given back and in use."""
    ended = upkeep.ended(affairs)
    found = []
    for unit, sale, item in affairs.units():
        product = affairs.products.get(item.product)
        category = (rules.categories.find(product.category) if product else None) or ROOT
        is_gone = unit in ended and not is_late(ended[unit].at, at)
        if not is_late(sale.sold_on, at) and not is_gone and benefit.suits(category, rules.categories):
            found.append(unit)
    return found


def membership(benefit: Benefit, affairs: Affairs, at: Moment) -> Membership | None:
    """The membership by which the customer has it, the one that lasts longest; None where there is none."""
    held = [one for one in affairs.customer.memberships if one.holds(at) and _fits(benefit, one)]
    return max(held, key=lambda one: in_order(one.until or date.max), default=None)


def _fits(benefit: Benefit, one: Membership) -> bool:
    return any(held.fits(one.of, one.level) for held in benefit.held)


def no_member(benefit: Benefit, memberships: Sequence[Membership], at: Moment) -> Why:
    """No membership that the benefit asks for is held: not yet, not any more, of another level, or none at all."""
    meant = [one for one in memberships if _fits(benefit, one)]
    later = [one.since for one in meant if one.since and is_late(one.since, at)]
    over = [one.until for one in meant if one.until and is_late(at, one.until)]
    names = [held._replace(levels=()) for held in benefit.held]
    other = [one for one in memberships if one.holds(at) and any(name.fits(one.of, "") for name in names)]
    if other:
        return Why("other_level", words=other[0].level or "")
    if over:
        return Why("membership_over", day_of(max(over, key=in_order)))
    return Why("member_later", day_of(min(later, key=in_order))) if later else Why("not_a_member")


def span_of(benefit: Benefit, affairs: Affairs, at: Moment) -> tuple[date, date]:
    """The first and the last day within which a limit counts that holds at a moment; all days where none does."""
    limit = benefit.limit(day_of(at))
    if limit is None:
        return date.min, date.max
    held = membership(benefit, affairs, at)
    return period(limit.per, day_of(at), _began(held, affairs.customer.memberships) if held else None)


def _began(held: Membership, memberships: Sequence[Membership]) -> date | None:
    """The first day of a membership, whatever levels it had since, as long as one followed upon the other."""
    same = [one for one in memberships if fold(one.of).casefold() == fold(held.of).casefold()]
    began = day_of(held.since) if held.since else None
    while began:
        before = [one for one in same if one.until and (one.since is None or day_of(one.since) < began)]
        joined = [one for one in before if one.until and day_of(one.until) >= shifted(began, -timedelta(days=1))]
        if not joined:
            break
        since = [day_of(one.since) if one.since else None for one in joined]
        began = None if None in since else min(day for day in since if day)
    return began


def told(why: Why, benefit: Benefit | None) -> str:
    """Why a benefit is not to be had, in words."""
    for_whom = _(", ").join(map(called, benefit.held)) if benefit else ""
    goods = categories.tree().name(benefit.category, language.current()) if benefit else ""
    sentence = {
        "no_such_benefit": _("no pack in force has a benefit of that name"),
        "nobody_reached": _("the customer was not reached"),
        "begins_later": _("it begins on {day}"),
        "ended": _("it ended on {day}"),
        "not_a_member": _("only for members ({for_whom})"),
        "member_later": _("the membership begins on {day}"),
        "membership_over": _("the membership ended on {day}"),
        "other_level": _("only for {for_whom}, not for the level {words}")
        if why.words
        else _("only for {for_whom}, and no level is known"),
        "other_goods": _("only for {goods} bought here and still in use"),
        "used_up": _("{words} of {words} used, until {day}") if why.day != date.max else _("{words} of {words} used"),
    }[why.code]
    return sentence.format(for_whom=for_whom, goods=goods, words=why.words, day=why.day)


def called(held: Held) -> str:
    """A membership with its levels, in words."""
    return f"{held.of} {'/'.join(held.levels)}".rstrip()
