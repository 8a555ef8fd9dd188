"""What a shop has begun and not done: matters of the last weeks, each of which owes exactly one thing on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bench.records import LAST
from bench.shop import CLOSED, LATELY, Shop


def unfinished(shop: Shop, *, late: bool) -> None:
    """One matter in hand; *late* if it should have been done by now."""
    tell = shop.rng.choices(_MATTERS, _WEIGHTS)[0]
    tell(shop, late)


def forgotten(shop: Shop, *, late: bool) -> None:
    """A word given years ago that nobody has come back to; *late* if it should have been kept long since."""
    customer = shop.known(CLOSED)
    made = shop.day(_since(customer), CLOSED)
    due = made + timedelta(days=30) if late else LAST + timedelta(days=shop.rng.randrange(30, 300))
    _word(shop, customer, made, due, "厂家的五年保修到期前提醒")


def _promise(shop: Shop, late: bool) -> None:
    due = _due(shop, late, 40)
    made = min(due, LAST) - timedelta(days=5)
    _word(shop, shop.known(made, LATELY), made, due, "配件到了回电话")


def _word(shop: Shop, customer: str, made: date, due: date, words: str) -> None:
    text = f"to: {customer}\nwhat: call_back\nwords: {words}\ndue: {due}\nbinds: told\nperson: {shop.somebody()}\n"
    shop.new("PM", made, f"{text}made_on: {made}\n", customer, due)


def _since(customer: str) -> date:
    return date(2000 + int(customer[2:4]), 12, 31)


def _to_deliver(shop: Shop, late: bool) -> None:
    """Sold and not brought yet."""
    due = _due(shop, late, 14)
    goods = shop.rng.choice([one for one in shop.goods if not one.ticks])
    sold = min(due, LAST) - timedelta(days=2)
    customer = shop.known(sold, LATELY)
    text = f"customer: {customer}\nsold_on: {sold}\nchannel: phone\nperson: {shop.somebody()}\n"
    text += f"items:\n- {{product: {goods.id}, price: {goods.price}}}\ntold:\n  deliver: {{by: {due}T18:00}}\n"
    shop.new("SA", sold, text, customer, due)


def _in_repair(shop: Shop, late: bool) -> None:
    """A repair that has thirty days by law, and a few more where these end on a day off."""
    due = LAST + timedelta(days=-shop.rng.randrange(5, 15) if late else shop.rng.randrange(1, 20))
    day, by = due - timedelta(days=30), shop.somebody()
    about = shop.sold(day, under_law=True)
    text = f"unit: {about.unit}\nreported_on: {day}\nfault: {{found_on: {day}, symptom: 异响, kind: performance}}\n"
    text += f"asked: repair\nrepairs:\n- {{in: {day}T10:30, by: {by}, problem: 轴承响, diagnosed: {day}T11:10}}\n"
    shop.new("CL", day, text, about.customer, due)


def _complaint(shop: Shop, late: bool) -> None:
    """To be put right within three days; the late one was, and nobody has asked whether the customer is content."""
    due = LAST + timedelta(days=-shop.rng.randrange(1, 6) if late else shop.rng.randrange(1, 4))
    day, by = due - timedelta(days=3), shop.somebody()
    about = shop.sold(day)
    text = (
        f"customer: {about.customer}\nabout: [{about.unit}]\nreceived_at: {day}T10:00\nchannel: phone\n"
        f"what: 用着有异响\nby: {by}\nperson: {by}\nacknowledged:\n- {{at: {day}T10:30, by: {by}}}\n"
        f"answers:\n- {{at: {day}T15:00, by: {by}, says: 三天内上门调}}\n"
    )
    if late:
        text += f"resolved:\n- {{at: {due - timedelta(days=1)}T11:00, by: {by}, how: 上门调好了}}\n"
    shop.new("CO", day, text, about.customer, due)


def _enquiry(shop: Shop, late: bool) -> None:
    """Somebody was told to hear from us."""
    due = _due(shop, late, 9)
    day = min(due, LAST) - timedelta(days=2)
    customer = shop.known(day, LATELY)
    text = f"customer: {customer}\nat: {day}T09:30\nchannel: phone\nabout: [{shop.rng.choice(shop.goods).id}]\n"
    shop.new("EN", day, f"{text}question: 三口之家用多大的\nby: {shop.somebody()}\ncall_by: {due}\n", customer, due)


def _wish(shop: Shop, late: bool) -> None:
    """The maker has thirty days to answer."""
    due, by = _due(shop, late, 25), shop.somebody()
    day = due - timedelta(days=30)
    about = shop.sold(day)
    text = (
        f"customer: {about.customer}\nabout: [{about.unit}]\nsaid_on: {day}\nwords: 说明书的字再大一点\ntheme: 说明书\n"
    )
    shop.new(
        "WI", day, f"{text}by: {by}\npassed_on:\n- {{to: 晨屿电器, at: {day}T16:00, by: {by}}}\n", about.customer, due
    )


def _gift(shop: Shop, late: bool) -> None:
    """Points were drawn for something that is still to be handed over."""
    due = _due(shop, late, 14)
    day, by = min(due, LAST) - timedelta(days=4), shop.somebody()
    customer = shop.known(day, LATELY)
    given = f"customer: {customer}\non: {day}\ngiven: 200\nreason: 周年庆\nby: {by}\n"
    shop.new("PT", day, given, customer)
    drawn = f"customer: {customer}\non: {day}\ndrawn: 100\nfor: 保鲜盒\nby: {by}\nhand_over_by: {due}\n"
    shop.new("PT", day, drawn, customer, due)


def _due(shop: Shop, late: bool, days: int) -> date:
    """A day of so many before or after the last."""
    span = timedelta(days=shop.rng.randrange(1, days))
    return LAST - span if late else LAST + span


_MATTERS: tuple[Callable[[Shop, bool], None], ...] = (
    _promise,
    _to_deliver,
    _in_repair,
    _complaint,
    _enquiry,
    _wish,
    _gift,
)
_WEIGHTS = (40, 18, 12, 8, 8, 8, 6)
