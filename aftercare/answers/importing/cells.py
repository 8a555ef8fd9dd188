"""What a cell of a shop's spreadsheet says, as the text that a record holds; anything unsure is refused.

A value that the spreadsheet program has already spoilt (``1.38E+10`` for a phone, ``#REF!``, ``46085`` for a date) is
never mended by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from types import MappingProxyType
from typing import NamedTuple

from aftercare.answers.importing import dates, figures
from aftercare.language import _
from aftercare.plain import lunar, moments, money
from aftercare.plain.moments import Moment
from aftercare.plain.reading import unseen
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.typed import Setting


class Unfit(ValueError):
    """A cell that does not say what its field needs: a code of ``docs/import.md`` and the sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Habits(NamedTuple):
    """How a file is to be read: the order of day, month and year, what the book says, and the rest of a mapping."""

    dates: Sequence[str] = ("y/m/d",)
    setting: Setting = Setting()
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    comma: bool = False
    currency: str = ""
    days: Mapping[str, str] = MappingProxyType({})
    midnights: frozenset[str] = frozenset()
    """The fields in whose column 00:00 is a time, and not a day without one."""


FACTS = ("since", "sold_on", "delivered_at", "installed_at", "cancelled_on")
"""The dates that have happened."""
WINDOWS = ("deliver_by", "install_by")
"""The times that were promised."""
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        word: channel
        for channel, words in {
            "shop": "shop 门店 店内 店面 实体店 到店 线下 store",
            "online": "online 线上 网上 网店 网购 淘宝 天猫 京东 拼多多 抖音 快手 苏宁易购 小程序 微信 微商城 官网 web",
            "phone": "phone 电话 电话订购",
            "tv": "tv 电视 电视购物",
            "mail": "mail 邮购",
            "home": "home 上门 上门销售",
            "door_to_door": "door_to_door",
        }.items()
        for word in words.split()
    }
)
_CANCELLED = "取消 已取消 订单取消 交易取消 退款 已退款 全额退款 退款成功 退款完成 已退货 退货退款 交易关闭 已关闭 \
cancelled canceled refunded"
_DONE = "完成 已完成 交易成功 交易完成 已签收 签收 已送达 已收货 确认收货 completed complete delivered done"
_UNSURE = ("取消", "退", "关闭", "cancel", "refund", "return", "closed")
_SPOILT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2}", re.IGNORECASE)
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|#+)")
_TO = re.compile(r"(.*[0-9]{1,2}:[0-9]{2}) ?[-~至到—–] ?([0-9]{1,2}:[0-9]{2})")
_PHONES = re.compile(r"[/、;,\n|]|(?<=[0-9]{7})\s+(?=[+0-9])")
_MASK = re.compile(r"[xX*#•＊\s-]+")
_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:km|公里|千米)?", re.IGNORECASE)
_COUNT = re.compile(r"([1-9][0-9]{0,6})(?:\.0+)?[台件个套只部把张]?")
_BIRTHDAY = re.compile(r"(?:--)?([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{1,2})月([0-9]{1,2})[日号]")
_LUNAR = re.compile(r"(?:农历|阴历|旧历)(.+)")


def value(field: str, texts: Sequence[str], habits: Habits) -> Tree:
    """What the cells of one field say, as a record holds it; :class:`Unfit` where that is not certain."""
    for text in texts:
        hidden = unseen(text)
        if hidden:
            raise Unfit("control-character", _("{field} holds {character}").format(field=field, character=hidden))
        if _ERROR.fullmatch(text):
            raise Unfit(
                "cell-error", _("{field}: the spreadsheet shows an error, {text}").format(field=field, text=text)
            )
    if field == "note":
        return "\n".join(texts)
    if field in habits.words and (ours := habits.words[field].get(fold(" ".join(texts[0].split())).casefold())):
        return (ours if ours in {CANCELLED, DONE} else None) if field == "state" else ours
    reader = _READERS.get(field, _words)
    if field in {"phone", "to_phone"}:
        return list(dict.fromkeys(phone for text in texts for phone in _phones(field, text)))
    return reader(field, " ".join(texts[0].split()), habits)


def _words(field: str, text: str, habits: Habits) -> Tree:
    del field, habits
    return text


def _identifier(field: str, text: str, habits: Habits) -> Tree:
    """A number that identifies: never one that a spreadsheet has rounded."""
    del habits
    plain = fold(text)
    if _SPOILT.fullmatch(plain):
        sentence = _("{field}: the spreadsheet has shortened the number to {text}; format the column as text")
        raise Unfit("shortened", sentence.format(field=field, text=text))
    return plain


def _customer_key(field: str, text: str, habits: Habits) -> Tree:
    """The customer's number; a program that knows no blank whole numbers has written 17850.0 for 17850."""
    plain = str(_identifier(field, text, habits))
    return plain[:-2] if re.fullmatch(r"[0-9]+\.0", plain) else plain


def _phones(field: str, text: str) -> list[str]:
    found = []
    for part in _PHONES.split(fold(text)):
        number = str(_identifier(field, part, Habits())).strip()
        number = re.sub(r"(?<=[0-9])\.0+$", "", number)
        if number and not _MASK.fullmatch(number):
            found.append(number)
    return found


def moment_text(field: str, text: str, habits: Habits) -> str:
    """The same moment as a record holds it."""
    return moments.iso(moment(field, text, habits))


def moment(field: str, text: str, habits: Habits) -> Moment:
    """A date, or a date and a time, in one of the forms of spreadsheets; at midnight to the second it is the day,
    where the column has not times of all sorts.
    """
    found = _moment_of(field, fold(text), habits)
    if field in habits.midnights:
        return found
    return found.date() if isinstance(found, datetime) and found.time() == time.min else found


def _moment_of(field: str, plain: str, habits: Habits) -> Moment:
    try:
        return moments.parse(plain, habits.setting.zone)
    except (ValueError, LookupError):
        pass
    orders = [order for order in habits.dates if "%" not in order]
    found = {*_by_form(plain, habits.dates), *dates.moments_of(plain, orders, habits.setting.zone)}
    if len(found) == 1:
        return found.pop()
    sentence = _("{field}: “{text}” may be two days; say with --map in which order its parts stand")
    if not found and dates.moments_of(plain, (dates.BY_MONTH, dates.BY_DAY), habits.setting.zone):
        sentence = _(
            "{field}: “{text}” does not say which number is the month; write dates: [m/d/y] or [d/m/y] into a mapping "
            "(--suggest looks which it is)"
        )
    elif not found and dates.has_offset(plain) and not habits.setting.zone:
        sentence = _("{field}: “{text}” is a time with an offset; write time_zone: … into aftercare.yaml")
    elif not found:
        sentence = _("{field}: “{text}” is not a date like 2026-03-04, 2026/3/4 or 2026/3/4 18:00")
    raise Unfit("date", sentence.format(field=field, text=plain))


def _by_form(text: str, dates: Sequence[str]) -> Iterator[Moment]:
    """The moments that a text names to the letter in one of the forms of a mapping."""
    for form in dates:
        if "%" in form:
            with suppress(ValueError):
                found = datetime.strptime(text, form).replace(microsecond=0)
                yield found if any(part in form for part in ("%H", "%I")) else found.date()


def _window(field: str, text: str, habits: Habits) -> Tree:
    """A promised time: a day, a time, or a stretch of one day (2026/3/4 9:00-18:00)."""
    stretch = _TO.fullmatch(fold(text))
    if not stretch:
        return {"by": moment_text(field, text, habits)}
    begins = moment(field, stretch[1], habits)
    ends = moment(field, f"{moments.day_of(begins).isoformat()} {stretch[2]}", habits)
    if moments.in_order(ends) < moments.in_order(begins):
        raise Unfit("date", _("{field}: “{text}” ends before it begins").format(field=field, text=text))
    return {"from": moments.iso(begins), "by": moments.iso(ends)}


def _birthday(field: str, text: str, habits: Habits) -> Tree:
    plain = fold(text)
    by_moon = _LUNAR.fullmatch(plain)
    if by_moon or field == "lunar_birthday":
        said = by_moon[1] if by_moon else plain
        try:
            lunar.parse(said)
        except ValueError:
            sentence = _("{field}: “{text}” is not a lunar day like 农历八月十五")
            raise Unfit("date", sentence.format(field=field, text=text)) from None
        return {"lunar": said}
    yearless = _BIRTHDAY.fullmatch(plain)
    if not yearless:
        return moments.day_of(moment(field, text, habits)).isoformat()
    month, day = (int(part) for part in yearless.groups() if part)
    try:
        return f"-{date(2000, month, day).isoformat()[4:]}"
    except ValueError:
        raise Unfit("date", _("{field}: “{text}” is no day of a year").format(field=field, text=text)) from None


def _count(field: str, text: str, habits: Habits) -> Tree:
    del habits
    found = _COUNT.fullmatch(fold(text))
    if not found and fold(text).startswith("-"):
        sentence = _("{field}: “{text}” is a return and no sale; --keep-good leaves its order out")
        raise Unfit("number", sentence.format(field=field, text=text))
    if not found:
        raise Unfit("number", _("{field}: “{text}” is not a whole number from 1 on").format(field=field, text=text))
    return found[1]


def _distance(field: str, text: str, habits: Habits) -> Tree:
    del habits
    found = _FIGURE.fullmatch(fold(text))
    if not found:
        raise Unfit("number", _("{field}: “{text}” is not a number like 12 or 12.5").format(field=field, text=text))
    return found[1]


def _amount(field: str, text: str, habits: Habits) -> Tree:
    book = habits.setting.currency
    try:
        return money.plain(figures.amount(text, comma=habits.comma, currency=habits.currency, book=book))
    except figures.WhichCurrency:
        sentence = _("{field}: of “{text}” it is not said in which currency; write {example} into a mapping")
        raise Unfit("amount", sentence.format(field=field, text=text, example="currency: USD")) from None
    except ValueError:
        sentence = _("{field}: “{text}” is not an amount like 3299.00")
        raise Unfit("amount", sentence.format(field=field, text=text)) from None


def _channel(field: str, text: str, habits: Habits) -> Tree:
    del habits
    found = CHANNELS.get(fold(text).casefold().replace(" ", "_"))
    if not found:
        sentence = _("{field}: “{text}” is none of {choices}")
        choices = ", ".join(dict.fromkeys(CHANNELS.values()))
        raise Unfit("choice", sentence.format(field=field, text=text, choices=choices))
    return found


def _state(field: str, text: str, habits: Habits) -> Tree:
    """What a marketplace says of an order: ``cancelled``, ``done``, or nothing of consequence."""
    del habits
    word = fold(text).casefold()
    if word in _CANCELLED.split():
        return CANCELLED
    if word in _DONE.split():
        return DONE
    if any(part in word for part in _UNSURE):
        sentence = _("{field}: “{text}” does not say whether the sale was called off; say it with --map: {example}")
        example = f"words: {{state: {{done: [{text}]}}}}"
        raise Unfit("choice", sentence.format(field=field, text=text, example=example))
    return None


def window_of(day: date) -> Tree:
    """A promised day as a sale holds it."""
    return {"by": day.isoformat()}


CANCELLED, DONE = "cancelled", "done"
WORDS_OF_STATE = (DONE, CANCELLED, "open")
"""What a mapping may say that a word of the file means of an order."""
_READERS: Mapping[str, Callable[[str, str, Habits], Tree]] = MappingProxyType(
    {
        **dict.fromkeys((*FACTS, "deliver_from"), moment_text),
        **dict.fromkeys(WINDOWS, _window),
        **dict.fromkeys(("order", "serial", "invoice", "sku", "model", "source_key"), _identifier),
        "customer": _customer_key,
        **dict.fromkeys(("birthday", "lunar_birthday"), _birthday),
        **dict.fromkeys(("price", "amount"), _amount),
        "qty": _count,
        "distance_km": _distance,
        "channel": _channel,
        "state": _state,
    }
)
