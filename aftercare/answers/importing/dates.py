"""Days and times as spreadsheets and marketplaces write them, and the order of their parts that a whole column shows.

A text that names one day only is read; 04/03/2026 may be two, and waits for whoever knows the file.  A year has four
digits: what ``31-Jan-18`` means is for a mapping to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time

from aftercare.plain import moments
from aftercare.plain.moments import Moment

BY_YEAR, BY_MONTH, BY_DAY = "y/m/d", "m/d/y", "d/m/y"
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?"
    r"(?: ?(Z|UTC|GMT|[+-][0-9]{2}):?([0-9]{2})?)?"
)
_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_TIME = r"(?: ([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)( ?[AaPp][Mm])?)?"
_SHORT = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_SHORT_WORDED = re.compile(rf"([0-9]{{1,2}})([-/. ])([A-Za-z]{{3,9}})\2([0-9]{{2}}){_TIME}")
_HAN = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]")
_PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTHS = {name: number for number, whole in enumerate(_NAMES, start=1) for name in (whole, whole[:3])} | {"sept": 9}
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? ", re.IGNORECASE)
_SPLIT = re.compile(r"(.*?[0-9]{4}|[0-9]{4}.*?[0-9日号]|[0-9]{8})(?:(?:,? |T|(?<=[日号]))(?=\S)(.*))?")
_CLOCK = re.compile(
    r"(?:(上午|下午|晚上|中午|早上) ?)?([0-9]{1,2})"
    r"(?::([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?|[时点]([0-9]{1,2})分(?:([0-9]{1,2})秒)?)"
    r"(?: ?([AaPp])\.?[Mm]\.?)?"
)
_FORENOON = {"上午": "a", "早上": "a", "下午": "p", "晚上": "p", "中午": "p"}
_PACKED_TIME = re.compile(r"([0-9]{8})([0-9]{2})([0-9]{2})([0-9]{2})")
_TIME_OF_DAY = re.compile(r"[0-9]:[0-9]{2}")
_MIDNIGHT = re.compile(r"(?<![0-9:])(?:0?0:00(?::00(?:\.0+)?)?(?![0-9:.]| ?[AaPp])|12:00(?::00)? ?[Aa]\.?[Mm])")
_OFTEN = 100
"""One midnight in so many times is a time; of the minutes of a day it is one in 1,440."""
_HALF_DAY, _LAST_MONTH, _LAST_DAY, _YEARS_OF_A_FILE = 12, 12, 31, 20


def moments_of(text: str, orders: Sequence[str], zone: str = "") -> set[Moment]:
    """The moments that a folded text may name, with its numbers in one of the *orders*; none where it names no day.

    A time with an offset becomes the shop's local time in *zone*.
    """
    iso = _ISO.fullmatch(text)
    if iso:
        return set(_from_iso(iso, zone))
    packed = _PACKED_TIME.fullmatch(text)
    if packed:
        text = f"{packed[1]} {packed[2]}:{packed[3]}:{packed[4]}"
    parts = _SPLIT.fullmatch(_WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text)
    if not parts:
        return set()
    days = set(_days(parts[1], orders))
    if parts[2] is None:
        return set(days)
    clock = _clock(parts[2])
    return {datetime.combine(day, clock) for day in days} if clock else set()


def has_offset(text: str) -> bool:
    """Whether a folded text names a time with its offset, which only a book that says its time zone can place."""
    found = _ISO.fullmatch(text)
    return found is not None and found[3] is not None


def orders_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The orders, of month and day, in which all the dates of a column that lead with neither year can stand.

    Nothing where there is no such date; both where none of them says which.
    """
    possible, found = {BY_MONTH, BY_DAY}, False
    for text in texts:
        head = text.partition(" ")[0]
        numbers = _NUMBERS.fullmatch(head)
        if not numbers or len(numbers[1]) > 2 or len(numbers[4]) != 4:
            continue
        found = True
        if int(numbers[1]) > _LAST_MONTH:
            possible.discard(BY_MONTH)
        if int(numbers[3]) > _LAST_MONTH:
            possible.discard(BY_DAY)
    return tuple(sorted(possible, reverse=True)) if found else ()


def has_midnights(texts: Iterable[str]) -> bool:
    """Whether 00:00 is a time in a column like any other, for it stands there seldom among others.

    Where it is common it is how a program writes a day without a time.
    """
    times = [text for text in texts if _TIME_OF_DAY.search(text)]
    return len(times) >= _OFTEN * sum(bool(_MIDNIGHT.search(text)) for text in times)


def look_turned(texts: Iterable[str]) -> bool:
    """Whether a spreadsheet program seems to have read days as months: it writes those that it could with the year
    first, and leaves all others, whose day is beyond the twelfth, as they were.
    """
    first, last = set(), set()
    for text in texts:
        numbers = _NUMBERS.fullmatch(text.partition(" ")[0])
        if numbers and len(numbers[1]) == len("2026"):
            first.add(max(int(numbers[3]), int(numbers[4])))
        elif numbers:
            last.add(max(int(numbers[1]), int(numbers[3])))
    return bool(first and last) and max(first) <= _LAST_MONTH < min(last)


def forms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The forms in which all the dates of a column can stand whose year has two digits; nothing where it has four.

    Of days like 03/04/05 each order of year, month and day that no date of the column rules out is one; numbers that
    would be years of two decades are days.
    """
    years: dict[str, set[str]] | None = None
    for text in texts:
        forms = _forms_of_one(text)
        years = forms if years is None else {form: years[form] | forms[form] for form in years.keys() & forms.keys()}
        if not years:
            return ()
    return tuple(sorted(form for form, those in (years or {}).items() if len(those) < _YEARS_OF_A_FILE))


def _forms_of_one(text: str) -> dict[str, set[str]]:
    """The forms that a text can have, each with the year that it would name."""
    worded = _SHORT_WORDED.fullmatch(text)
    if worded:
        day, mark, month, year, *clock = worded.groups()
        is_day = month.casefold() in _MONTHS and 1 <= int(day) <= _LAST_DAY
        parts = ("%b",) * (len(month) == len("Jan")) + ("%B",) * (month.casefold() in _NAMES)
        return {f"%d{mark}{part}{mark}%y{_clock_form(*clock)}": {year} for part in parts if is_day}
    found = _SHORT.fullmatch(text)
    if not found:
        return {}
    first, mark, second, third, *clock = found.groups()
    orders = {
        "%m/%d/%y": (third, first, second),
        "%d/%m/%y": (third, second, first),
        "%y/%m/%d": (first, second, third),
    }
    return {
        form.replace("/", mark) + _clock_form(*clock): {year}
        for form, (year, month, day) in orders.items()
        if len(year) == len("26") and 1 <= int(month) <= _LAST_MONTH and 1 <= int(day) <= _LAST_DAY
    }


def _clock_form(clock: str | None, half: str | None) -> str:
    """The form of a time of day behind a day."""
    if clock is None:
        return ""
    seconds = ":%S" if clock.count(":") > 1 else ""
    return f" %I:%M{seconds}{half[:-2]}%p" if half else f" %H:%M{seconds}"


def _from_iso(found: re.Match[str], zone: str) -> Iterator[Moment]:
    day, clock, offset, minutes = found.groups()
    shift = "" if offset is None else "Z" if offset in {"Z", "UTC", "GMT"} else f"{offset}:{minutes or '00'}"
    with suppress(ValueError):
        yield moments.parse(f"{day}T{clock}{shift}", zone)


def _days(text: str, orders: Sequence[str]) -> Iterator[date]:
    for parts in _parts(text, orders):
        with suppress(ValueError):
            yield date(*parts)


def _parts(text: str, orders: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Year, month and day, for each way in which the text can be read."""
    by_year = _HAN.fullmatch(text) or _PACKED.fullmatch(text)
    numbers = _NUMBERS.fullmatch(text)
    if by_year:
        yield int(by_year[1]), int(by_year[2]), int(by_year[3])
    elif numbers:
        first, __, second, third = numbers.groups()
        for order in (BY_YEAR,) if len(first) == len("2026") else orders:
            named = dict(zip(order.split("/"), (first, second, third), strict=True))
            if len(named["y"]) == len("2026"):
                yield int(named["y"]), int(named["m"]), int(named["d"])
    else:
        yield from _worded(text)


def _worded(text: str) -> Iterator[tuple[int, int, int]]:
    first, second = _MONTH_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    month, day, year = first.groups() if first else (second[2], second[1], second[3]) if second else ("", "", "")
    number = _MONTHS.get(month.casefold())
    if number:
        yield int(year), number, int(day)


def _clock(text: str) -> time | None:
    """The time of day, with twelve hours where it says before or after noon."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    half = (found[7] or _FORENOON.get(found[1], "")).lower()
    hour = int(found[2])
    if half and not (found[1] and hour > _HALF_DAY):
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    with suppress(ValueError):
        return time(hour, int(found[3] or found[5] or 0), int(found[4] or found[6] or 0))
    return None
