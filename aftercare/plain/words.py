"""Dates as people say them at the prompt, in English and Chinese; anything we are not sure of is refused.

How words are counted:

* A weekday alone (``fri``, 周五) is the next one after today.  ``next fri``, 下周五, 本周五 and 上周五 lie in next,
  this and last calendar week, which begins on Monday.
* 11月30日 without a year is the next one on or after today, this year or next; so is a lunar day (农历八月十五), up to
  two years ahead because leap months are rare.
* ``+1m``, 一个月后: the same day of the next month, or its last day where it has no such day.
* ``eom``, 月底: the last day of the month.
* An hour is on the 24-hour clock unless a part of the day goes with it: 明天6点 is 06:00, 明天下午6点 is 18:00.  A part
  without an hour (明天下午), or one that leaves the day open (晚上12点), is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from aftercare import errors
from aftercare.language import N_, _
from aftercare.plain import moments
from aftercare.plain.moments import Moment
from aftercare.plain.text import fold, number

_Found: TypeAlias = "re.Match[str]"
_Rules: TypeAlias = Sequence[tuple[str, Callable[[_Found, date], date]]]

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

_NEAR = {
    "today": 0, "tomorrow": 1, "yesterday": -1,
    "今天": 0, "明天": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2, "今": 0, "明": 1, "昨": -1,
}  # fmt: skip
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HAN_DAYS = "一二三四五六日"
_WHICH = {"上": -1, "本": 0, "这": 0, "下": 1, "next": 1, "去": -1, "今": 0, "明": 1}
# The hours of the 24-hour clock that a part of the day may mean; one said on the 12-hour clock must fit exactly once.
_PARTS: Mapping[str, range] = {
    "凌晨": range(6),
    "早": range(4, 12),
    "上午": range(4, 12),
    "中午": range(11, 15),
    "下午": range(12, 20),
    "傍晚": range(16, 20),
    "晚": range(17, 24),
}


def understand(text: str, now: datetime, zone: str = "") -> Moment:
    """The moment that *text* says at the time *now*: a day, or a time when an hour was said.

    *zone* is the shop's time zone, for an ISO time with an offset.  NotADate for any text but those above.
    """
    words = " ".join(fold(text).casefold().split())
    if words == "now":
        return now.replace(second=0, microsecond=0)
    try:
        if re.match(r"[0-9]{4}-", words):
            return moments.parse(words.upper(), zone)
        return _said(words, now.date())
    except (ValueError, OverflowError):
        raise errors.NotADate(text) from None


def _said(words: str, today: date) -> Moment:
    for gap, rules in ((" ", _SPACED), (" ?", _JOINED)):
        for pattern, day_of in rules:
            found = re.fullmatch(f"(?:{pattern})(?:{gap}{_CLOCK})?", words)
            if found:
                day = day_of(found, today)
                return day if found["hour"] is None else datetime.combine(day, _time(found))
    raise ValueError(words)


def _near(found: _Found, today: date) -> date:
    return today + timedelta(days=_NEAR[found["near"]])


def _later(found: _Found, today: date) -> date:
    count = number(found["count"]) * (-1 if found["way"] in ("-", "前") else 1)
    unit = found["unit"]
    if unit in ("y", "年"):
        return moments.add_months(today, 12 * count)
    if unit in ("m", "个月"):
        return moments.add_months(today, count)
    return today + timedelta(days=count if unit in ("d", "天") else 7 * count)


def _weekday(found: _Found, today: date) -> date:
    said = found["weekday"]
    weekday = _ENGLISH_DAYS.index(said[:3]) if said.isascii() else _HAN_DAYS.index(said.replace("天", "日"))
    if found["which"]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=weekday + 7 * _WHICH[found["which"]])
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _month_end(found: _Found, today: date) -> date:
    first = moments.add_months(today.replace(day=1), _WHICH[found["which"] or "本"] + 1)
    return first - timedelta(days=1)


def _end_of_this_month(_found: _Found, today: date) -> date:
    return moments.add_months(today.replace(day=1), 1) - timedelta(days=1)


def _day_of_month(found: _Found, today: date) -> date:
    return moments.add_months(today.replace(day=1), _WHICH[found["which"]]).replace(day=number(found["day"]))


def _calendar_day(found: _Found, today: date) -> date:
    year, month, day = found["year"], number(found["month"]), number(found["day"])
    if year:
        return date(int(year) if year.isdigit() else today.year + _WHICH[year], month, day)
    if (month, day) == (2, 29):
        return _leap_day(today)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _leap_day(today: date) -> date:
    """29 February of this year or, when it is past or there is none, of the next; ValueError without either."""
    for year in (today.year, today.year + 1):
        last = date(year, 3, 1) - timedelta(days=1)
        if last.day == 29 and last >= today:
            return last
    raise ValueError(today)


def _lunar_day(found: _Found, today: date) -> date:
    from aftercare.plain import lunar

    day = lunar.parse(found["lunar"])
    for year in range(today.year - 1, today.year + 3):
        try:
            when = lunar.exact(day, year)
        except ValueError:
            continue  # that lunar year has no such leap month or no 30th
        if when >= today:
            return when
    raise ValueError(found["lunar"])


def _time(found: _Found) -> time:
    """The time of day; ValueError when the hour does not exist or does not fit its part of the day."""
    said, part = number(found["hour"]), found["part"]
    fitting = [hour for hour in _PARTS[part] if hour in (said, said + 12)] if part else [said]
    if len(fitting) != 1:
        raise ValueError(found.string)
    if found["half"]:
        return time(fitting[0], 30)
    if found["quarter"]:
        return time(fitting[0], 15 * number(found["quarter"]))
    return time(fitting[0], number(found["minute"] or found["spoken"] or "0"))


_NUMBER = "[0-9]{1,4}|[零〇一二两三四五六七八九十]{1,3}"
_CLOCK = (
    rf"(?:(?P<part>凌晨|早|上午|中午|下午|傍晚|晚)(?:(?<=[早晚])上)? ?)?(?P<hour>{_NUMBER})"
    rf"(?::(?P<minute>[0-9]{{2}})|点(?:整|(?P<half>半)|(?P<quarter>[一三])刻|[零〇]?(?P<spoken>{_NUMBER})分?)?)"
)
_SPACED: _Rules = (
    ("(?P<near>today|tomorrow|yesterday)", _near),
    ("(?P<way>[+-])(?P<count>[0-9]{1,4})(?P<unit>[dwmy])", _later),
    (
        "(?:(?P<which>next) )?(?P<weekday>mon|monday|tue|tuesday|wed|wednesday|thu|thursday|fri|friday|sat|saturday"
        "|sun|sunday)",
        _weekday,
    ),
    ("eom", _end_of_this_month),
    ("(?P<lunar>农历[^ ]+)", _lunar_day),
)
_JOINED: _Rules = (
    ("(?P<near>今天|明天|大?后天|昨天|前天|[今明昨](?=[早晚]))", _near),
    (f"(?P<count>{_NUMBER})(?P<unit>天|周|个?星期|个?礼拜|个月|年)(?:之|以)?(?P<way>[后前])", _later),
    ("(?:(?P<which>[上本这下])个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])", _weekday),
    ("(?:(?P<which>[本这下])个?)?月底", _month_end),
    (f"(?P<which>[本这下])个?月(?P<day>{_NUMBER})[日号]", _day_of_month),
    (f"(?:(?P<year>[0-9]{{4}}|[去今明])年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})[日号]", _calendar_day),
)


def echo(moment: Moment) -> str:
    """The moment in full with its weekday, in the operator's language: ``Sat 7 March 2026 18:00``."""
    day = moments.day_of(moment)
    weekday, month = _(_WEEKDAYS[day.weekday()]), _(_MONTHS[day.month - 1])
    if not isinstance(moment, datetime):
        return _("{weekday} {day} {month} {year}").format(weekday=weekday, day=day.day, month=month, year=day.year)
    return _("{weekday} {day} {month} {year} {time}").format(
        weekday=weekday, day=day.day, month=month, year=day.year, time=f"{moment:%H:%M}"
    )


def short(moment: Moment, today: date) -> str:
    """The moment for a cell of a table, the same in every language: ``03-07 18:00``, with its year if not today's."""
    text = moments.iso(moment)[:16].replace("T", " ")
    return text if moments.day_of(moment).year != today.year else text[5:]
