"""Chinese windows and fees from ``law/cn.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from tests.second.days import DAY, after, moved, working_days_after
from tests.second.reading import Case, Stay, Unreckoned, figure, product, regulation, trade_rule, worded

_OVERRIDES = "cn-cpl-reg-2024"


class _Count(NamedTuple):
    """A window of days: the name of its figure, what it runs from, whether a day off moves its end."""

    figure: str
    start: str
    moves: bool
    regulation: str = ""


# A count that opens something by being over (more than 90 days, a phone on loan) does not wait for a day of work.
_COUNTS: Mapping[str, _Count] = {
    "refund_7d": _Count("refund_days", "use", moves=True),
    "replace_15d": _Count("replace_days", "use", moves=True),
    "parts_90d": _Count("parts_wait_days", "last_in", moves=False),
    "parts_60d": _Count("parts_wait_days", "last_in", moves=False),
    "repairer_30d": _Count("repairer_delay_days", "last_in", moves=False),
    "loaner_3d": _Count("loan_unit_after_days", "last_in", moves=False),
    "loaner_7d": _Count("loan_unit_after_days", "last_in", moves=False),
    "vehicle_7d": _Count("vehicle_replace_days", "period", moves=True),
    "engine_60d": _Count("assembly_days", "period", moves=True),
    "safety_60d": _Count("safety_days", "period", moves=True),
    "first_season_30d": _Count("first_season_days", "season", moves=True),
    "unsuited_30d": _Count("unsuited_refund_days", "season", moves=True),
    "no_reason_7d": _Count("no_reason_days", "receipt", moves=True, regulation="cn-cpl"),
    "money_back_7d": _Count("money_back_days", "back", moves=True, regulation="cn-cpl"),
    "absent_rules_7d": _Count("absent_rules_refund_days", "receipt", moves=True, regulation="cn-cpl"),
    "zj_refund_7d": _Count("refund_days", "receipt", moves=True, regulation="cn-zj-2017"),
    "zj_replace_15d": _Count("replace_days", "receipt", moves=True, regulation="cn-zj-2017"),
    "zj_repair_5d": _Count("loan_unit_after_days", "last_in", moves=False, regulation="cn-zj-2017"),
}
_CLOTHES = {
    "suits_coats_fur": ("suit", "coat", "fur_clothing"),
    "knitwear_bedding": ("knitwear", "bedding"),
    "children_underwear": ("children_clothing", "underwear", "curtain"),
}
_SHOES = {
    "leather": ("leather_shoes",),
    "synthetic_or_cloth": ("cloth_shoes",),
    "synthetic_plastic_cloth": ("cloth_shoes",),
    "rubber_sport": ("sports_shoes",),
    "children": ("children_shoes",),
}


def until(case: Case, window: str) -> date | None:
    """The last good day of a window, none where nothing has begun it; raises Unreckoned for one it does not know."""
    if window in _COUNTS:
        return _counted(case, _COUNTS[window])
    if window in _OWN:
        return _OWN[window](case)
    raise Unreckoned(window)


def _rule(case: Case) -> str:
    """The regulation of the goods; for cars that in force on the day of the sale, or the one that the case names."""
    if case.law in {"cn-2013-car", "cn-2021-car"}:
        return case.law
    named = str(product(case.text("category")).get("regulation", case.law))
    sold = case.day("sold_on")
    if named == "cn-2021-car" and sold and sold < date.fromisoformat(regulation(named)["in_force_from"]):
        return "cn-2013-car"
    return named


def _overridden(case: Case, what: str) -> bool:
    """Whether the regulations of 2024 reach the case: they count where all national law does, and for later sales."""
    sold = case.day("sold_on")
    override = next(one for one in regulation(_OVERRIDES)["overrides"] if one["id"] == what)
    later = sold is not None and sold >= date.fromisoformat(override["sales_from"])
    return case.law == "cn" and later and _rule(case) in override["applies_to"]


def _began(case: Case) -> date | None:
    """The day from which the periods of the goods in hand run."""
    rule = _rule(case)
    if case.replaced_on and _begins_anew(rule):
        return case.replaced_on
    if _overridden(case, "start"):
        return case.day("installed_on", "delivered_on")
    if rule == "cn-2011-flat-tv":
        return case.day("installed_on", "sold_on")
    if rule == "cn-2021-car":
        return case.day("delivered_on", "sold_on")
    return case.day("sold_on") or _lost_invoice(case)


def _begins_anew(key: str) -> bool:
    """Whether a regulation, or the one that it extends, says that an exchange begins the period anew."""
    one = regulation(key)
    return "restart" in str(one) or ("extends" in one and _begins_anew(one["extends"]))


def _lost_invoice(case: Case) -> date | None:
    made = case.day("made_on")
    if made is None or case.text("invoice") != "lost" or _rule(case) != "cn-2001-mobile":
        return None
    words = regulation("cn-2001-mobile")["articles"]["lost_invoice"]["en"]
    return made + worded(words, r"(\d+)th day after") * DAY


def _put_to_use(case: Case) -> date | None:
    """The sale; where first installation is left out of the 7 and 15 days, its end."""
    if _overridden(case, "start"):
        return case.day("installed_on", "delivered_on")
    if "first_installation" in regulation(_rule(case)).get("suspension", {}):
        return case.day("installed_on", "sold_on")
    return case.day("sold_on")


def _start(case: Case, what: str) -> date | None:
    last = case.last_stay
    starts: dict[str, Callable[[], date | None]] = {
        "use": lambda: _put_to_use(case),
        "period": lambda: _began(case),
        "last_in": lambda: last.into.date() if last else None,
        "last_out": lambda: last.out.date() if last and not last.open else None,
        "season": lambda: case.day("season_started_on"),
        "receipt": lambda: case.day("delivered_on"),
        "back": lambda: case.day("returned_on"),
    }
    return starts[what]()


def _holds(case: Case) -> date | None:
    """A repair holds so many days; of computers the article says so in a sentence."""
    words = {"cn-2002-pc": r"holding (\d+) days"}
    key, start = _rule(case), _start(case, "last_out")
    days = worded(regulation(key)["articles"]["10"], words[key]) if key in words else figure(key, "repair_hold_days")
    return start and moved(start + days * DAY, "CN")


def _counted(case: Case, count: _Count) -> date | None:
    days = figure(count.regulation or _rule(case), count.figure)
    start = _start(case, count.start)
    if start is None:
        return None
    return moved(start + days * DAY, "CN") if count.moves else start + days * DAY


def _stands_still(case: Case) -> bool:
    """Whether time in repair is left out of the periods."""
    one = regulation(_rule(case))
    while "suspension" not in one and "extends" in one:
        one = regulation(one["extends"])
    return bool(one.get("suspension", {}).get("repair_time")) or _overridden(case, "repair_time")


def _period(case: Case, start: date | None, months: int | None) -> date | None:
    """So many months, longer by the days of each repair that began within them, and to the next day of work."""
    if start is None or months is None:
        return None
    nominal = after(start, months, "month")
    end = moved(nominal, "CN")
    for stay in _of_this_unit(case, start) if _stands_still(case) else []:
        if stay.into.date() <= end:
            nominal += stay.days * DAY
            end = moved(nominal, "CN")
    return end


def _of_this_unit(case: Case, start: date) -> list[Stay]:
    return [stay for stay in case.stays if stay.into.date() >= start]


def _whole(case: Case) -> date | None:
    return _period(case, _began(case), product(case.text("category")).get("whole"))


def _main_months(case: Case) -> int | None:
    """The months of main parts; where the annex has none, those of the whole."""
    row = product(case.text("category"))
    return row.get("main") or row.get("whole")


def _main(case: Case) -> date | None:
    own = case.day("part_replaced_on") if _rule(case) == "cn-2010-farm" else None
    return _period(case, own or _began(case), _main_months(case))


def _months_of(window: str) -> Callable[[Case], date | None]:
    return lambda case: _period(case, _began(case), figure(_rule(case), window, "months"))


def _article(key: str, article: str, pattern: str, unit: str, *facts: str, moves: bool = True) -> Any:
    """A window whose figure stands in the sentence of an article."""

    def reckoned(case: Case) -> date | None:
        start = _start(case, "last_in") if facts == ("repairs",) else case.day(*facts)
        if start is None:
            return None
        end = after(start, worded(regulation(key)["articles"][article]["en"], pattern), unit)
        return moved(end, "CN") if moves else end

    return reckoned


def _agreed(case: Case) -> date | None:
    """The months of the agreed period, and never fewer than standard terms may have."""
    sold, years, months = case.day("sold_on"), case.number("warranty.years"), case.number("warranty.months")
    least = worded(regulation("cn-local-other")["articles"]["Beijing 6"]["en"], r"at least (\d+) months")
    return sold and moved(after(sold, max(least, int(years or 0) * 12 + int(months or 0)), "month"), "CN")


def _of_trade(goods: str, region: str, pick: Callable[[Case, dict[str, str]], str]) -> Callable[[Case], date | None]:
    """A period of a trade rule: ``6 months`` or ``15 days``."""

    def reckoned(case: Case) -> date | None:
        sold = case.day("sold_on")
        value, unit = pick(case, trade_rule(goods, region)["periods"]).split()
        return sold and moved(after(sold, int(value), unit.rstrip("s")), "CN")

    return reckoned


def _by_kind(kinds: Mapping[str, tuple[str, ...]]) -> Callable[[Case, dict[str, str]], str]:
    return lambda case, rows: next(rows[key] for key in rows if case.text("category") in kinds[key])


def _by_price(prefix: str) -> Callable[[Case, dict[str, str]], str]:
    """The row for a price, out of names as ``frame_to_200``, ``frame_500_to_2000`` and ``from_10000_yuan``."""

    def picked(case: Case, rows: dict[str, str]) -> str:
        price = case.number("price") or Decimal(0)
        for name, period in sorted(rows.items(), key=lambda row: "from" not in row[0]):
            bounds = [int(one) for one in re.findall(r"\d+", name)]
            fits = {
                "from": lambda low=bounds: price >= low[0],
                "under": lambda low=bounds: price < low[0],
                "over": lambda low=bounds: price > low[0],
                "to": lambda low=bounds: price <= low[-1] if len(low) == 1 else low[0] <= price < low[1],
            }
            word = next((word for word in fits if f"{word}_" in name), "")
            if name.startswith(prefix) and word and fits[word]():
                return period
        raise LookupError(prefix)

    return picked


def _repair_of_trade(goods: str, region: str, where: str = "") -> Callable[[Case], date | None]:
    def reckoned(case: Case) -> date | None:
        days = trade_rule(goods, region)["repair_days"]
        began = _start(case, "last_in")
        return began and began + int(days[where] if where else days) * DAY

    return reckoned


_LOCAL = "cn-local-other"
_OWN: Mapping[str, Callable[[Case], date | None]] = {
    "holds_30d": _holds,
    "whole": _whole,
    "accessory": _whole,
    "main_part": _main,
    "in_use": lambda case: _period(
        case, case.replaced_on or _put_to_use(case), product(case.text("category")).get("whole")
    ),
    "new_part": lambda case: _period(case, case.day("part_replaced_on"), _main_months(case)),
    "lost_invoice_start": _lost_invoice,
    "three_guarantees": _months_of("three_guarantees"),
    "free_repair": _months_of("free_repair"),
    "repair_30wd_end": lambda case: (
        working_days_after(case.last_stay.into.date(), figure("cn-2010-farm", "wait_working_days"), "CN")
        if case.last_stay
        else None
    ),
    "notice_2y": _article("cn-civil-code", "621", r"(\d+) years at most", "year", "delivered_on"),
    "zj_car_60d": _article("cn-zj-2017", "27", r"(\d+) days /", "day", "sold_on"),
    "zj_car_2y": _article("cn-zj-2017", "27", r"(\d+) years /", "year", "sold_on"),
    "sh_repair_6m": _article(_LOCAL, "Shanghai 33", r"at least (\d+) months", "month", "sold_on"),
    "bj_6m": _article(_LOCAL, "Beijing 6", r"no agreement: (\d+) months", "month", "sold_on"),
    "bj_agreed": _agreed,
    "sd_repair_30d": _article(_LOCAL, "Shandong 27", r"within (\d+) days", "day", "repairs", moves=False),
    "clothing_period": _of_trade("clothing", "", _by_kind(_CLOTHES)),
    "clothing_repair_7d": _repair_of_trade("clothing", "", "in_town"),
    "clothing_repair_1m": _repair_of_trade("clothing", "", "elsewhere"),
    "footwear_longest": _of_trade("footwear", "version A", _by_kind(_SHOES)),
    "footwear_period": _of_trade("footwear", "version B", _by_kind(_SHOES)),
    "footwear_repair_7d": _repair_of_trade("footwear", "version B"),
    "nanjing_lens_14d": _of_trade("eyeglasses", "Nanjing", lambda _case, rows: rows["lens_break"]),
    "ningbo_lens_15d": _of_trade("eyeglasses", "Ningbo", lambda _case, rows: rows["lens_break"]),
    "nanjing_coating_6m": _of_trade("eyeglasses", "Nanjing", lambda _case, rows: rows["coating"]),
    "ningbo_coating_6m": _of_trade("eyeglasses", "Ningbo", lambda _case, rows: rows["coating"]),
    "nanjing_frame": _of_trade("eyeglasses", "Nanjing", _by_price("frame")),
    "ningbo_frame": _of_trade("eyeglasses", "Ningbo", _by_price("frame")),
    "watch_period": _of_trade("watches", "", _by_price("")),
}


def repair_days(case: Case) -> list[int]:
    """The days of each repair: of a car every started 24 hours, else out minus in."""
    started = product(case.text("category")).get("regulation") == "cn-2021-car"
    return [stay.started_days if started else stay.days for stay in case.stays]


def fee(case: Case, remedy: str) -> Decimal | None:
    """What the customer bears; none where the law file has no rate."""
    price = case.number("price")
    if "with_fee" not in remedy and remedy != "replace_other_model":
        return Decimal(0)
    if price is None:
        return None
    share = _use_of_a_car(case) if "car" in _rule(case).rsplit("-", 1) else _worn(case)
    return None if share is None else min(price, price * share)


def _use_of_a_car(case: Case) -> Decimal | None:
    """Thousands of kilometres by a percentage, which the card names within the bounds of the rule."""
    bounds = regulation(_rule(case))["compensation"]
    percent, driven = case.number("use_fee_percent"), case.number("odometer_km")
    if percent is None or driven is None:
        return None
    percent = max(Decimal(str(bounds["n_min_percent"] or 0)), min(percent, Decimal(str(bounds["n_max_percent"]))))
    return driven / 1000 * percent / 100


def _rate(case: Case) -> Decimal | None:
    trades = {"cn-trade-clothing": "clothing", "cn-trade-footwear": "footwear"}
    if case.law in trades:
        return Decimal(str(trade_rule(trades[case.law])["depreciation_percent_per_day"]))
    rate = product(case.text("category")).get("rate")
    return None if rate is None else Decimal(str(rate))


def _worn(case: Case) -> Decimal | None:
    """The daily rate for each day to the return, without those in repair."""
    rate, start = _rate(case), case.replaced_on or _put_to_use(case)
    if _rule(case) == "cn-2011-flat-tv":
        start = _began(case)
    if rate is None or start is None:
        return None
    end = case.day("returned_on") or case.today.date()
    away = (stay.out.date() - max(stay.into.date(), start) for stay in case.stays if stay.out.date() > start)
    days = (end - start - sum(away, timedelta())).days
    return max(days, 0) * rate / 100
