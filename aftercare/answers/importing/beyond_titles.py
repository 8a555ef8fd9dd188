"""What columns are whose titles nobody wrote down: a name in two halves, days told by words, days that are counted."""

from __future__ import annotations

import re

from aftercare.answers.importing.likely import Column, fits
from aftercare.answers.importing.proposals import Days, Maybe, Suggestion, Taken
from aftercare.language import _
from aftercare.plain.text import fold

_MOST_DAYS = 60
_DAYS = re.compile(r"\bdays?\b|天|时效|lead ?time|sla", re.IGNORECASE)
_REAL = re.compile(r"real|actual|实际|took|taken", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,3}(?:\.0+)?")
_HALVES = re.compile(r"(.*?)[\s_]*(first|last|f|l)[\s_]*name(.*)", re.IGNORECASE)
_OTHER = re.compile(
    r"ship|dispatch|despatch|pick|depart|record|install|return|refund|cancel|clos|updat|modif|approv|complet|"
    r"发货|出库|揽|安装|退|取消|关闭|更新|审核|完成",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(r"carrier|courier|warehouse|driver|depot|快递|物流|仓", re.IGNORECASE)
_COMES = re.compile(r"deliver|arriv|recei|送|到货|到达|收货|签收|妥投", re.IGNORECASE)
_PROMISED = re.compile(
    r"promis|expect|estimat|schedul|agreed|plan|requir|request|due|commit|target|deadline|latest|承诺|预计|约定|期望|要求|预约|最晚|最迟",
    re.IGNORECASE,
)
_CAME = re.compile(r"actual|delivered|received|arriv|real|送达|签收|妥投|实际|确认", re.IGNORECASE)
_SOLD = re.compile(
    r"order|purchas|sold|sale|invoice|transact|book|paid|payment|下单|订单|购买|成交|付款|支付|销售", re.IGNORECASE
)


def take_halves(made: Suggestion, free: dict[int, Column], known: dict[str, list[str]]) -> None:
    """Take a first and a last name for the name, where no column holds the whole."""
    if "name" not in known or any(one.field == "name" for one in made.taken):
        return
    halves: dict[tuple[str, str], dict[str, int]] = {}
    for place, column in free.items():
        found = _HALVES.fullmatch(fold(column.title))
        if found:
            halves.setdefault((found[1].casefold(), found[3].casefold()), {})[found[2][0].casefold()] = place
    both = sorted(
        (not re.search("cust|bill|buy", "".join(which), re.IGNORECASE), found["f"], found["l"])
        for which, found in halves.items()
        if found.keys() == {"f", "l"}
    )
    if both:
        pair = tuple(free.pop(place) for place in both[0][1:])
        made.taken.insert(0, Taken("name", pair, _("first and last name")))


def take_days(made: Suggestion, free: dict[int, Column]) -> None:
    """Set aside the columns that may hold days: for one promised and one real, and the rest to choose from."""
    for place, column in list(free.items()):
        counts = [int(float(value)) for value in column.values if _WHOLE.fullmatch(value)]
        if not _DAYS.search(column.title) or len(counts) < len(column.values) or max(counts) > _MOST_DAYS:
            continue
        about = "delivered_at" if _REAL.search(column.title) else "deliver_by"
        made.days.append(Days(about, free.pop(place), min(counts), max(counts)))


def take_worded_days(made: Suggestion, free: dict[int, Column]) -> None:
    """Take columns of days whose titles say in other words that they are the sale's, promised, or those it came.

    Where two say the same, or one may be either, none is taken: they are proposed.
    """
    told: dict[str, list[int]] = {}
    for place, column in free.items():
        for name in worded_day(column.title):
            if not made.has(name) and fits(name, column):
                told.setdefault(name, []).append(place)
    sure = {name: places[0] for name, places in told.items() if [name] == [*worded_day(free[places[0]].title)]}
    for name, place in sure.items():
        if len(told[name]) == 1:
            because = _("by words of the title, and days stand below it")
            made.taken.append(Taken(name, (free.pop(place),), because))
    for name, places in told.items():
        for place in places if not made.has(name) else ():
            if place in free:
                because = _("the title may mean this: take the # away if it does")
                made.maybe.append(Maybe(name, free[place], because))


def worded_day(title: str) -> tuple[str, ...]:
    """The fields of a day that the words of a title may speak of: one, or of a delivery without more both."""
    plain = fold(title)
    comes = _COMES.search(plain)
    if _ON_THE_WAY.search(plain) or (_OTHER.search(plain) and not comes):
        return ()
    if comes and _PROMISED.search(plain):
        return ("deliver_by",)
    if comes and _CAME.search(plain):
        return ("delivered_at",)
    if comes:
        return () if _OTHER.search(plain) else ("deliver_by", "delivered_at")
    return ("sold_on",) if _SOLD.search(plain) and not _PROMISED.search(plain) else ()


def propose_for_lacking(made: Suggestion, free: dict[int, Column]) -> None:
    """Propose columns for what orders cannot do without: days for the sale's, the order's own number for a buyer."""
    if not made.has("sold_on") and not any(one.field == "sold_on" for one in made.maybe):
        fitting = [column for column in free.values() if fits("sold_on", column)]
        made.maybe += [Maybe("sold_on", column, _("days stand below it")) for column in fitting]
    order = next((one.columns[0] for one in made.taken if one.field == "order"), None)
    if order and not any(map(made.has, ("name", "to_name", "customer"))):
        because = _("no column says who bought: so each order is a customer of its own")
        made.maybe.append(Maybe("customer", order, because))
