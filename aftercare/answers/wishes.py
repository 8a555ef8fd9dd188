"""The way of a wish: heard, passed on, answered, told, come true; what keeps its promises, and what ends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aftercare.answers import at_home
from aftercare.answers.affairs import Affairs
from aftercare.answers.happened import Entry
from aftercare.answers.promises import Draft, Event, Fate, Keeping
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late, iso
from aftercare.plain.text import fold
from aftercare.plain.tree import Path, dotted
from aftercare.records.product import Product
from aftercare.records.visit import Visit
from aftercare.records.wish import HandedOn, Wish, WishAnswer

STAGES = ("heard", "passed_on", "answered", "told", "realised", "withdrawn")
"""How far a wish can be."""
WITH_OTHERS = frozenset({"wished", "wish_passed_on"})
"""Events after which something is owed that no contact with the customer keeps: it is settled with the maker."""


def is_with_others(draft: Draft) -> bool:
    """Whether a promise is settled with those to whom a wish is passed on, and not with the customer."""
    return draft.plan is not None and draft.plan.after in WITH_OTHERS


def is_to_be_told(draft: Draft) -> bool:
    """Whether a promise is kept by telling the customer what came of a wish."""
    return draft.plan is not None and draft.plan.after in {"wish_answered", "wish_realised"}


def same(one: str | None, other: str | None) -> bool:
    """Whether two names mean the same party, whatever their width and case."""
    return fold(one or "").strip().casefold() == fold(other or "").strip().casefold()


def answer_to(wish: Wish, handed: HandedOn) -> WishAnswer | None:
    """The first answer of those to whom it was passed on, since then."""
    fitting = [one for one in wish.answers if same(one.who, handed.to) and not is_late(handed.at, one.at)]
    return min(fitting, key=lambda one: in_order(one.at), default=None)


def unanswered(wish: Wish) -> list[HandedOn]:
    """Those from whom no answer has come, each once."""
    waiting: dict[str, HandedOn] = {}
    for handed in wish.passed_on:
        if answer_to(wish, handed) is None:
            waiting.setdefault(fold(handed.to).strip().casefold(), handed)
    return list(waiting.values())


def news(wish: Wish) -> list[Moment]:
    """When there was something to tell the customer: each answer, and that the wish came true."""
    return [*(one.at for one in wish.answers), *([wish.realised.on] if wish.realised else [])]


def told_on(wish: Wish, visits: Iterable[Visit]) -> list[Moment]:
    """When the customer was told of it, by its own record and by the contacts that name it, the earliest first."""
    return sorted([*(one.at for one in wish.told), *_told_in(wish, visits)], key=in_order)


def is_untold(wish: Wish, visits: Iterable[Visit]) -> bool:
    """Whether there is something that the customer was not told yet."""
    told = told_on(wish, visits)
    return any(_first_since(at, told) is None for at in news(wish))


def _first_since(at: Moment, moments: Iterable[Moment]) -> Moment | None:
    """The first of *moments* that is not before another one; of one day nobody knows what came first."""
    return min((one for one in moments if not is_late(at, one)), key=in_order, default=None)


def product_of(wish: Wish, affairs: Affairs, rules: Rules) -> str:
    """The product that a wish is about, the first of several; "" where it is about the shop's own service."""
    named = (subject for subject in wish.about if subject in affairs.products)
    units = at_home.units_named(affairs, wish.about, rules)
    of_units = (item.product for unit, __, item in affairs.units() if unit in units)
    return next(named, "") or next(of_units, "")


class Standing(NamedTuple):
    """How far a wish is, and since when."""

    stage: str
    """One of :data:`STAGES`."""
    since: Moment


def standing(wish: Wish, visits: Iterable[Visit]) -> Standing:
    """How far a wish is; told it was as well in a contact that names it."""
    if wish.withdrawn:
        return Standing("withdrawn", wish.withdrawn.on)
    if wish.realised:
        return Standing("realised", wish.realised.on)
    answer = max(wish.answers, key=lambda one: in_order(one.at), default=None)
    if answer:
        told = _first_since(answer.at, told_on(wish, visits))
        return Standing("told", told) if told is not None else Standing("answered", answer.at)
    if wish.passed_on:
        return Standing("passed_on", max((one.at for one in wish.passed_on), key=in_order))
    return Standing("heard", wish.said_on)


def _told_in(wish: Wish, visits: Iterable[Visit]) -> Iterator[Moment]:
    """The contacts in which the customer was told of it."""
    for visit in visits:
        names = {subject.partition("/")[0] for subject in (visit.about if visit.purpose == "information" else ())}
        names |= {kept.partition("/")[0] for kept in visit.keeps}
        if visit.outcome == "reached" and wish.id in names:
            yield visit.at


def settle(wish: Wish, draft: Draft, fate: Fate) -> None:
    """Note what keeps or ends a promise that a plan made in the course of a wish."""
    place = int(draft.id.rpartition(".")[2]) - 1
    ends = [Event(wish.withdrawn.on, wish.id, _("the customer took the wish back"))] if wish.withdrawn else []
    match draft.plan and draft.plan.after:
        case "wished":
            fate.kept.extend(Keeping(one.at, wish.id, person=one.by or "") for one in _first(wish.passed_on))
            ends += _needless(wish, wish.said_on)
        case "wish_passed_on":
            handed = wish.passed_on[place]
            if answer := answer_to(wish, handed):
                fate.kept.append(Keeping(answer.at, wish.id, person=answer.by or handed.by or ""))
            ends += _needless(wish, handed.at)
        case "wish_answered":
            _told(wish, wish.answers[place].at, fate)
        case "wish_realised" if wish.realised:
            _told(wish, wish.realised.on, fate)
        case _:
            return
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _first(handed: Sequence[HandedOn]) -> list[HandedOn]:
    return sorted(handed, key=lambda one: in_order(one.at))[:1]


def _told(wish: Wish, since: Moment, fate: Fate) -> None:
    told = [one for one in wish.told if not is_late(since, one.at)]
    fate.kept.extend(Keeping(one.at, wish.id, person=one.by or "") for one in told)


def _needless(wish: Wish, since: Moment) -> Iterator[Event]:
    """What leaves nothing to pass on, and nothing to wait for: the shop's own answer, or that it came true."""
    for answer in wish.answers:
        if not answer.who and not is_late(since, answer.at):
            yield Event(answer.at, wish.id, _("the shop answered it itself"))
    if wish.realised:
        yield Event(wish.realised.on, wish.id, _("the wish came true"))


def kept_with(wish: Wish, draft: Draft, product: Product | None) -> list[str]:
    """The command that keeps a promise of a wish, as its words."""
    match draft.plan and draft.plan.after:
        case "wished" if product:
            return ["wish", "pass-on", wish.id, "--to", product.maker or "…"]
        case "wished":
            return ["wish", "answer", wish.id, "--says", "…"]
        case "wish_passed_on":
            handed = wish.passed_on[int(draft.id.rpartition(".")[2]) - 1]
            return ["wish", "answer", wish.id, "--who", handed.to, "--says", "…"]
        case "wish_answered" | "wish_realised":
            return ["wish", "tell", wish.id]
        case _:
            return []


class Addressee(NamedTuple):
    """Somebody outside who is to be asked; ``phone`` only where it is known."""

    name: str
    phone: str | None


def asked_of(draft: Draft, affairs: Affairs) -> Addressee | None:
    """Who is to be asked for an answer: to whom the wish was passed on; None for any other promise."""
    if draft.plan is None or draft.plan.after != "wish_passed_on":
        return None
    wish = next(wish for wish in affairs.wishes if wish.id == draft.subject)
    product = affairs.products.get(draft.product)
    to = wish.passed_on[int(draft.id.rpartition(".")[2]) - 1].to
    hotline = product.hotline if product and same(product.maker, to) else None
    return Addressee(to, hotline)


def entries(wish: Wish, products: Mapping[str, Product]) -> Iterator[Entry]:
    """The story of a wish: what was said, to whom it was handed, what came of it."""
    about = " ".join(wish.about)

    def entry(at: Moment, what: str, text: str | None, by: str | None, *words: str) -> Entry:
        return Entry(at, what, wish.id, about, text or "", words, by or "")

    nature = (wish.nature,) if wish.nature in {"grumble", "idea"} else ()
    said = " ".join(filter(None, (wish.words, f"#{wish.theme}" if wish.theme else "")))
    yield entry(wish.said_on, "wished", said, wish.by, *nature)
    for handed in wish.passed_on:
        yield entry(handed.at, "wish_passed_on", _joined(handed.to, handed.how), handed.by)
    for answer in wish.answers:
        taken = () if answer.taken_up is None else ("taken_up" if answer.taken_up else "not_taken_up",)
        yield entry(answer.at, "wish_answered", _joined(answer.who, answer.says), answer.by, *taken)
    if came := wish.realised:
        product = products.get(came.product or "")
        goods = " ".join(filter(None, (product.name, product.model))) if product else came.product
        yield entry(came.on, "wish_realised", _joined(goods, came.what), came.by)
    for told in wish.told:
        yield entry(told.at, "wish_told", told.how, told.by)
    if wish.withdrawn:
        yield entry(wish.withdrawn.on, "wish_withdrawn", wish.withdrawn.reason, None)


def _joined(*texts: str | None) -> str:
    return _(", ").join(text for text in texts if text)


def _is_unheard_of(before: Sequence[Moment], at: Moment, wish: Wish) -> bool:
    """Whether something was there before all that it rests on; what is before the wish itself is said of that."""
    return all(is_late(one, at) for one in before) and not is_late(wish.said_on, at)


def disorder(wish: Wish) -> Iterator[tuple[Path, str]]:
    """Steps without what they rest on: an answer from whom nothing was passed on to, news of which there was none."""
    for place, answer in enumerate(wish.answers):
        asked = [one.at for one in wish.passed_on if same(one.to, answer.who)]
        if answer.who and _is_unheard_of(asked, answer.at, wish):
            path: Path = ("answers", place, "at")
            sentence = _("{where} ({when}) is before it was passed on to {who}")
            yield path, sentence.format(where=dotted(path), when=iso(answer.at), who=answer.who)
    for place, told in enumerate(wish.told):
        if _is_unheard_of(news(wish), told.at, wish):
            path = ("told", place, "at")
            sentence = _("{where} ({when}) is before there was anything to tell")
            yield path, sentence.format(where=dotted(path), when=iso(told.at))
