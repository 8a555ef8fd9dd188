"""What happens to one household: what they bought, and everything that followed it.

A story is told to its end, so that nothing of it is owed any more, save for the visits that plans ask for months later.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bench.records import LAST
from bench.shop import BEGINS, FIRST, Customer, Goods, Shop, Sold, Written

ASKED_SINCE = date(2026, 10, 1)
"""Since then new customers are asked whether greetings are welcome."""
STORY_DAYS = 12
"""A sale is followed to its first calls in so many days."""
FAULTS = (("不制冷", "压缩机"), ("漏水", "门封圈"), ("不加热", "加热管"), ("异响", "电机"), ("不通电", "主控板"))


def household(shop: Shop) -> None:
    """A customer, what they bought in the course of time, and what came of it."""
    rng = shop.rng
    since = shop.day(FIRST, shop.until - timedelta(days=STORY_DAYS))
    who = _customer(shop, since)
    customer = who.id
    if rng.random() < 0.08:
        _enquiry(shop, customer, since)
    sold = since
    for _ in range(rng.choices((1, 2, 3, 4), (60, 25, 10, 5))[0]):
        _sale(shop, who, sold)
        sold += timedelta(days=rng.randrange(60, 1200))
        if sold > shop.until - timedelta(days=STORY_DAYS):
            break
    if rng.random() < 0.06:
        _points(shop, customer, shop.day(since, shop.until))
    for _ in range(rng.choices((0, 1, 2), (70, 20, 10))[0]):
        kept_promise(shop, customer, shop.day(since, shop.until - timedelta(days=STORY_DAYS)))


def kept_promise(shop: Shop, customer: str, day: date) -> None:
    """A word that was given and kept."""
    by, kept = day + timedelta(days=2), day + timedelta(days=1)
    text = f"to: {customer}\nwhat: information\nwords: 打听好价钱再告诉\ndue: {by}T18:00\nperson: {shop.somebody()}\n"
    text += f"made_on: {day}\nkept: {{at: {kept}T15:20, by: {shop.somebody()}, how: 电话}}\n"
    shop.new("PM", day, text, customer)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _customer(shop: Shop, since: date) -> Customer:
    rng, record = shop.rng, shop.number("CU", since)
    born = date(1940 + rng.randrange(60), 1 + rng.randrange(12), 1 + rng.randrange(28))
    welcome = since >= ASKED_SINCE and rng.random() < 0.4
    number = shop.counts["customers"] = shop.counts["customers"] + 1
    text = (
        f"name: {shop.name()}\nphones: [{12200000000 + number}]\n"
        f"address: {{text: 杭州市文三路{number % 900}号{number % 30}幢, region: Zhejiang, "
        f"distance_km: {1 + number % 25}}}\nbirthday: {born}\n"
    )
    if welcome:
        text += "consent: {greetings: yes}\n"
    text += f"since: {since}\n"
    who = Customer(record, since)
    shop.customers.append(who)
    shop.keep(Written("CU", record, since, text, record, _next_birthday(born) if welcome else None))
    if welcome:
        greeted = born.replace(year=LAST.year)
        if since <= greeted <= LAST:
            _visit(shop, record, greeted, "greeting", keeps=f"{record}/birthday.{LAST.year}")
    return who


def _next_birthday(born: date) -> date:
    this = born.replace(year=LAST.year)
    return this if this > LAST else born.replace(year=LAST.year + 1)


def _visit(
    shop: Shop, customer: str, day: date, purpose: str, *, about: str = "", keeps: str = "", channel: str = "phone"
) -> str:
    text = f"customer: {customer}\n"
    if about:
        text += f"about: [{about}]\n"
    text += f"channel: {channel}\npurpose: {purpose}\n"
    if keeps:
        text += f"keeps: [{keeps}]\n"
    text += f"at: {day}T{9 + shop.rng.randrange(8):02}:{shop.rng.randrange(60):02}\nby: {shop.somebody()}\n"
    return shop.new("VI", day, f"{text}outcome: reached\nsatisfaction: {3 + shop.rng.randrange(3)}\n", customer)


def _sale(shop: Shop, who: Customer, sold: date) -> None:
    rng, goods, customer = shop.rng, shop.rng.choice(shop.goods), who.id
    sale = shop.number("SA", sold)
    taken = not goods.ticks and rng.random() < 0.3
    told = f"told:\n  deliver: {{by: {sold + timedelta(days=1)}T18:00}}\n"
    if goods.ticks:
        told += f"  install: {{by: {sold + timedelta(days=2)}T18:00}}\n"
    text = (
        f'customer: {customer}\nsold_on: {sold}\nchannel: shop\ninvoice: "{int(sale[2:4] + sale[5:]):08}"\n'
        f"person: {shop.somebody()}\nitems:\n- {{product: {goods.id}, serial: {goods.model}-{sale[2:]}, "
        f"price: {goods.price}{', taken: yes' if taken else ''}}}\n{'' if taken else told}"
    )
    due = _calls(shop, customer, sale, sold, goods, taken=taken)
    shop.keep(Written("SA", sale, sold, text, customer, due))
    one = Sold(f"{sale}/1", sold, customer, who.since)
    shop.units.append(one)
    if goods.under_law:
        shop.under_law.append(one)
    if not taken:
        _delivery(shop, customer, sale, sold + timedelta(days=1))
    if goods.ticks:
        _installation(shop, customer, sale, sold + timedelta(days=2), goods)
    if rng.random() < 0.14:
        _claim(shop, customer, f"{sale}/1", sold)
    if rng.random() < 0.05:
        _complaint(shop, customer, f"{sale}/1", sold + timedelta(days=3))
    if rng.random() < 0.05:
        _wish(shop, customer, f"{sale}/1", sold)


def _calls(shop: Shop, customer: str, sale: str, sold: date, goods: Goods, *, taken: bool) -> date | None:
    """The calls and visits that plans ask for after a sale; the day of the next one that is still to come."""
    unit, had, put_up = f"{sale}/1", sold if taken else sold + timedelta(days=1), sold + timedelta(days=2)
    asked: list[tuple[date, str, str]] = []
    if had >= BEGINS:
        asked.append((had + timedelta(days=1), "call_back", "call-back.1"))
        if not goods.ticks:
            asked.append((had + timedelta(days=7), "call_back", "call-back.2"))
    if goods.ticks and put_up >= BEGINS:
        asked.append((put_up + timedelta(days=7), "revisit", "revisit.1"))
        asked += [(months_after(put_up, after), "revisit", f"revisit.{at}") for at, after in enumerate((1, 6, 12), 2)]
    if not asked and shop.rng.random() < 0.5:
        _visit(shop, customer, sold + timedelta(days=3), "call_back", about=unit)
    for day, purpose, step in asked:
        if day > LAST:
            return day
        _visit(shop, customer, day, purpose, about=unit, keeps=f"{unit}/{step}")
    return None


def _delivery(shop: Shop, customer: str, sale: str, day: date) -> None:
    hour = 9 + shop.rng.randrange(8)
    text = (
        f"sale: {sale}\narranged_on: {day - timedelta(days=1)}\nperson: {shop.somebody()}\ncharged: 0\npacked: yes\n"
        f"dispatched_at: {day}T{hour:02}:05\narrived_at: {day}T{hour:02}:40\nopened: yes\ndamage: none\n"
        f"signed: {{by: {shop.name()}, at: {day}T{hour:02}:50}}\n"
    )
    shop.new("DE", day - timedelta(days=1), text, customer)


def _installation(shop: Shop, customer: str, sale: str, day: date, goods: Goods) -> None:
    rng = shop.rng
    hour = 9 + shop.rng.randrange(7)
    text = (
        f"sale: {sale}\narranged_on: {day - timedelta(days=2)}\ntechnician: {rng.choice(shop.fitters)}\n"
        f"started_at: {day}T{hour:02}:10\n{goods.ticks if day >= BEGINS else ''}"
        "tested: ok\nexplained: yes\nhotline_left: yes\ncharged: 0\n"
        f"signed: {{by: {shop.name()}, at: {day}T{hour + 1:02}:30}}\n"
    )
    shop.new("IN", day - timedelta(days=2), text, customer)


def _claim(shop: Shop, customer: str, unit: str, sold: date) -> None:
    """A fault, repaired and called about; none where there was no time for that."""
    rng = shop.rng
    day = sold + timedelta(days=rng.randrange(15, 400))
    if day > shop.until - timedelta(days=STORY_DAYS):
        return
    out, (symptom, component) = day + timedelta(days=rng.randrange(1, 3)), rng.choice(FAULTS)
    by, claim = shop.somebody(), shop.number("CL", day)
    text = (
        f"unit: {unit}\nreported_on: {day}\n"
        f"fault: {{found_on: {day}, symptom: {symptom}, kind: performance, component: {component}}}\nasked: repair\n"
        f"repairs:\n- in: {day}T10:30\n  by: {by}\n  problem: {component}坏了\n  diagnosed: {day}T11:10\n"
        f"  repaired: {out}T15:40\n  tested: {out}T16:00\n  out: {out}T16:30\n  done: 换{component}\n  result: fixed\n"
        f"  cost: 0\nclosed: {{on: {out}}}\n"
    )
    shop.keep(Written("CL", claim, day, text, customer))
    _visit(shop, customer, day, "advice", about=claim)
    for at, after in enumerate((1, 7), 1):
        kept = f"{claim}/1/call-back.{at}" if out >= BEGINS else ""
        _visit(shop, customer, out + timedelta(days=after), "call_back", about=claim, keeps=kept)


def _complaint(shop: Shop, customer: str, unit: str, day: date) -> None:
    """A complaint with all its steps, and the call a week later."""
    if day > shop.until - timedelta(days=STORY_DAYS):
        return
    by, after = shop.somebody(), day + timedelta(days=1)
    complaint = shop.new(
        "CO",
        day,
        f"customer: {customer}\nabout: [{unit}]\nreceived_at: {day}T10:00\nchannel: phone\nwhat: 约好的时间没来\n"
        f"by: {by}\nperson: {by}\nacknowledged:\n- {{at: {day}T10:30, by: {by}}}\n"
        f"findings: {{on: {day}, cause: 排班排重了, fault: shop, corrective: 当天补去, preventive: 排班两人核对}}\n"
        f"answers:\n- {{at: {day}T15:00, by: {by}, says: 明天上午一定到}}\n"
        f"resolved:\n- {{at: {after}T11:00, by: {by}, how: 上午去了}}\n"
        f"confirmed:\n- {{at: {after}T18:00, satisfied: yes, by: {by}}}\n",
        customer,
    )
    kept = f"{complaint}/check-back.1" if day >= BEGINS else ""
    _visit(shop, customer, after + timedelta(days=7), "check_back", about=complaint, keeps=kept)


def _wish(shop: Shop, customer: str, unit: str, day: date) -> None:
    """A wish: passed on, answered, and its answer told."""
    by, passed = shop.somebody(), day + timedelta(days=2)
    answered = passed + timedelta(days=6)
    if answered > shop.until - timedelta(days=2):
        return
    shop.new(
        "WI",
        day,
        f"customer: {customer}\nabout: [{unit}]\nsaid_on: {day}\nwords: 遥控器的字再大一点\ntheme: 遥控器\nby: {by}\n"
        f"passed_on:\n- {{to: 晨屿电器, at: {passed}T09:00, by: {by}}}\n"
        f"answers:\n- {{at: {answered}T14:00, says: 下一批会改, who: 晨屿电器, by: {by}, taken_up: yes}}\n"
        f"told:\n- {{at: {answered + timedelta(days=1)}T10:00, by: {by}, how: 电话}}\n",
        customer,
    )


def _enquiry(shop: Shop, customer: str, day: date) -> None:
    by = shop.somebody()
    shop.new(
        "EN",
        day,
        f"customer: {customer}\nat: {day}T09:30\nchannel: counter\nabout: [{shop.rng.choice(shop.goods).id}]\n"
        f"question: 三口之家用多大的\nadvice: 看房间大小\nby: {by}\n"
        f"answered:\n- {{at: {day}T10:00, what: 够用, by: {by}}}\nclosed: {{on: {day}}}\n",
        customer,
    )


def _points(shop: Shop, customer: str, day: date) -> None:
    by = shop.somebody()
    shop.new("PT", day, f"customer: {customer}\non: {day}\ngiven: 100\nreason: 周年庆\nby: {by}\n", customer)
    if shop.rng.random() < 0.4:
        text = f"customer: {customer}\non: {day}\ndrawn: 50\nfor: 雨伞\nby: {by}\n"
        shop.new("PT", day, f"{text}handed_over: {{at: {day}T11:00, by: {by}}}\n", customer)
