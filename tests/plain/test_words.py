"""Dates in words: understood in both languages, refused when not sure."""

from __future__ import annotations

import contextvars
import gettext
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare import language
from aftercare.errors import NotADate
from aftercare.plain.moments import Moment, add_months, iso
from aftercare.plain.words import echo, short, understand

NOW = datetime(2026, 11, 21, 15, 42, 10)  # a Saturday

# Within two days of the first of a month: month ends, 29 February and year ends come up in every run.
DAYS = st.builds(
    lambda year, month, off: date(year, month, 1) + timedelta(days=off),
    st.integers(1931, 2090),
    st.sampled_from([1, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    st.integers(-2, 2),
)
NOWS = st.builds(datetime.combine, DAYS, st.sampled_from([time(0), time(12), time(23, 59, 59)]))
WEEKDAYS = st.integers(0, 6)
ENGLISH = ("mon", "tuesday", "wed", "thursday", "fri", "saturday", "sun")
HAN = "一二三四五六日"


def day(text: str, now: datetime) -> date:
    """The day that a text says; fails when it says an hour."""
    moment = understand(text, now)
    assert not isinstance(moment, datetime)
    return moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04", "2026-03-04"),
        ("２０２６－０３－０４", "2026-03-04"),
        ("2026-03-04 18:00", "2026-03-04T18:00"),
        ("2026-03-04T18:00", "2026-03-04T18:00"),
        ("now", "2026-11-21T15:42"),
        ("today", "2026-11-21"),
        ("Today 18:00", "2026-11-21T18:00"),
        ("tomorrow", "2026-11-22"),
        ("tomorrow 9:30", "2026-11-22T09:30"),
        ("yesterday", "2026-11-20"),
        ("+3d", "2026-11-24"),
        ("-2w", "2026-11-07"),
        ("+1m", "2026-12-21"),
        ("+1y", "2027-11-21"),
        ("+3d 9:30", "2026-11-24T09:30"),
        ("fri", "2026-11-27"),
        ("friday", "2026-11-27"),
        ("sat", "2026-11-28"),
        ("next sat", "2026-11-28"),
        ("next sun", "2026-11-29"),
        ("next  FRI  18:00", "2026-11-27T18:00"),
        ("eom", "2026-11-30"),
        ("今天", "2026-11-21"),
        ("明天", "2026-11-22"),
        ("后天", "2026-11-23"),
        ("大后天", "2026-11-24"),
        ("昨天", "2026-11-20"),
        ("前天", "2026-11-19"),
        ("明天18:00", "2026-11-22T18:00"),
        ("明天 18：00", "2026-11-22T18:00"),
        ("明天6点", "2026-11-22T06:00"),
        ("明天下午6点", "2026-11-22T18:00"),
        ("明天下午18:30", "2026-11-22T18:30"),
        ("明天下午六点三刻", "2026-11-22T18:45"),
        ("明天上午九点一刻", "2026-11-22T09:15"),
        ("明天中午12点", "2026-11-22T12:00"),
        ("明天中午一点", "2026-11-22T13:00"),
        ("明天凌晨0点", "2026-11-22T00:00"),
        ("明天早上十点零五分", "2026-11-22T10:05"),
        ("今晚8点", "2026-11-21T20:00"),
        ("今天晚上8点整", "2026-11-21T20:00"),
        ("明早9点半", "2026-11-22T09:30"),
        ("周五", "2026-11-27"),
        ("星期五", "2026-11-27"),
        ("礼拜天", "2026-11-22"),
        ("周六", "2026-11-28"),
        ("本周五", "2026-11-20"),
        ("这周五", "2026-11-20"),
        ("上周五", "2026-11-13"),
        ("下周三", "2026-11-25"),
        ("下个星期日", "2026-11-29"),
        ("下周三下午3点", "2026-11-25T15:00"),
        ("三天后", "2026-11-24"),
        ("3天后", "2026-11-24"),
        ("二十一天之后", "2026-12-12"),
        ("三天前", "2026-11-18"),
        ("两周后", "2026-12-05"),
        ("两个星期后", "2026-12-05"),
        ("一个月后", "2026-12-21"),
        ("一年后", "2027-11-21"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("下月5号", "2026-12-05"),
        ("下个月十五日", "2026-12-15"),
        ("本月30号", "2026-11-30"),
        ("11月30日", "2026-11-30"),
        ("11月21号", "2026-11-21"),
        ("11月20日", "2027-11-20"),
        ("十二月三十一号", "2026-12-31"),
        ("11月30日下午3点", "2026-11-30T15:00"),
        ("2026年12月1日", "2026-12-01"),
        ("2026年12月1日18:00", "2026-12-01T18:00"),
        ("明年3月5日", "2027-03-05"),
        ("农历八月十五", "2027-09-15"),
        ("农历十月十三", "2026-11-21"),
        ("农历腊月廿三", "2027-01-30"),
        ("农历腊月廿三 18:00", "2027-01-30T18:00"),
        ("农历闰五月初一", "2028-06-23"),
    ],
)
def test_understood(text: str, expected: str) -> None:
    """What people say at the counter, seen from a Saturday in November."""
    assert iso(understand(text, NOW)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "12/3", "2026/3/4", "2026-3-4", "20260304", "2026-02-30", "2026-13-01", "2026-03-04T25:00",
        "2026-03-04 9:30", "2026-03-04T18:00Z", "soon", "to day", "todayy", "next", "next week", "fri fri", "last fri",
        "today 25:00", "today 24:00", "today 9", "today 9:5", "today 9:60", "18:00", "8点", "now 18:00", "+3", "3d",
        "+3x", "+ 3d", "++3d", "+9999y", "-9999y", "初五", "五", "5号", "八月十五", "周八", "周", "下周", "星期",
        "2月30日", "4月31号", "13月1日", "0月1日", "2月29日", "2026年2月29日", "本月31号", "11月30", "三天", "十十天后",
        "百天后", "٣天后", "今晚", "明天下午", "明天25点", "明天9点60分", "明天晚上12点", "明天晚上3点", "明天上午3点",
        "明天下午9点", "明天半", "昨", "农历", "农历初五", "农历八月三十一", "农历八月十五八点", "农历闰六月初一",
        "明天\x00", "明天明天", "圣诞节",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    """Half a date, an impossible one, one with two readings or no meaning: an error that repeats it, never a guess."""
    with pytest.raises(NotADate) as refusal:
        understand(text, NOW)
    assert f"“{text}”" in refusal.value.sentence


@given(st.text(alphabet="今明后天下周月年底号日点半上午晚一二三十两0123456789:+-dwm frinext农历闰", max_size=9), NOWS)
def test_no_text_breaks_it(text: str, now: datetime) -> None:
    """Every text is understood or refused; nothing else ever comes out."""
    try:
        moment = understand(text, now)
    except NotADate:
        return
    assert understand(f"  {text.upper()} ", now) == moment


@given(st.one_of(DAYS, NOWS))
def test_every_iso_moment_is_understood_as_itself(moment: Moment) -> None:
    """What the tool writes down can be typed back, whatever the day is."""
    assert understand(iso(moment), NOW) == moment


@given(WEEKDAYS, NOWS)
def test_a_weekday_is_the_next_one_after_today(weekday: int, now: datetime) -> None:
    """Strictly after today and within seven days, in either language."""
    said = day(ENGLISH[weekday], now)
    assert said == day(f"周{HAN[weekday]}", now)
    assert said.weekday() == weekday
    assert timedelta(0) < said - now.date() <= timedelta(days=7)


@given(WEEKDAYS, NOWS)
def test_weeks_begin_on_monday(weekday: int, now: datetime) -> None:
    """下周三 and ``next wed`` lie in the next calendar week, 本周三 in this one, 上周三 in the last."""
    said = day(f"下周{HAN[weekday]}", now)
    assert said == day(f"next {ENGLISH[weekday]}", now)
    assert said.weekday() == weekday
    monday = now.date() - timedelta(days=now.weekday())
    assert timedelta(days=7) <= said - monday <= timedelta(days=13)
    assert day(f"本周{HAN[weekday]}", now) == said - timedelta(days=7)
    assert day(f"上周{HAN[weekday]}", now) == said - timedelta(days=14)


@given(NOWS, st.integers(0, 99))
def test_there_and_back(now: datetime, count: int) -> None:
    """Days and weeks counted forwards and back agree, in either language; months keep to the calendar."""
    today = now.date()
    assert day(f"+{count}d", now) == day(f"{count}天后", now) == today + timedelta(days=count)
    assert day(f"-{count}w", now) == day(f"{count}周前", now) == today - timedelta(days=7 * count)
    assert day(f"+{count}m", now) == day(f"{count}个月后", now) == add_months(today, count)


@given(NOWS)
def test_the_end_of_the_month(now: datetime) -> None:
    """月底 is the last day of this month, 下月底 of the next, be it in another year."""
    end = day("eom", now)
    assert day("月底", now) == end
    assert (end.year, end.month) == (now.year, now.month)
    assert (end + timedelta(days=1)).day == 1
    assert day("下月底", now) == day("eom", datetime.combine(end + timedelta(days=1), time()))


@given(NOWS, DAYS)
def test_a_day_without_a_year_is_never_past(now: datetime, wanted: date) -> None:
    """It is the first such day on or after today; 29 February only when this year or the next has one."""
    try:
        said = day(f"{wanted.month}月{wanted.day}日", now)
    except NotADate:
        assert (wanted.month, wanted.day) == (2, 29)
        return
    assert (said.month, said.day) == (wanted.month, wanted.day)
    assert now.date() <= said
    assert said.year in (now.year, now.year + 1)
    earlier = said.replace(year=said.year - 1, day=min(said.day, 28))
    assert earlier < now.date() or earlier.day != said.day


def test_the_29th_of_february_without_a_year() -> None:
    """Seen from the year before a leap year, from its own day, and from the day after."""
    assert day("2月29日", datetime(2027, 3, 1)) == date(2028, 2, 29)
    assert day("2月29日", datetime(2028, 2, 29)) == date(2028, 2, 29)
    with pytest.raises(NotADate):
        understand("2月29日", datetime(2028, 3, 1))


def test_a_lunar_day_late_in_its_year() -> None:
    """In January the lunar year of the year before is not over, and its last month still to come."""
    assert day("农历腊月廿三", datetime(2026, 1, 15)) == date(2026, 2, 10)
    assert day("农历腊月廿三", datetime(2026, 2, 11)) == date(2027, 1, 30)


def test_a_time_with_an_offset_needs_the_zone_of_the_shop() -> None:
    """An instant elsewhere is turned into the shop's time when its zone is known."""
    assert understand("2026-03-04T18:00Z", NOW, "Asia/Shanghai") == datetime(2026, 3, 5, 2)


def test_days_beyond_the_calendar_are_refused() -> None:
    """Counting past the last year of the calendar is no date."""
    for text in ("tomorrow", "+1y", "下周一", "下月5号", "月底", "1月1日"):
        with pytest.raises(NotADate):
            understand(text, datetime(9999, 12, 31))


def test_echo_in_english() -> None:
    """The day in full with its weekday, and the hour only when one was said."""
    assert echo(date(2026, 3, 7)) == "Sat 7 March 2026"
    assert echo(datetime(2026, 3, 7, 18)) == "Sat 7 March 2026 18:00"
    assert echo(datetime(2026, 5, 31, 0, 5)) == "Sun 31 May 2026 00:05"


def test_echo_is_one_translatable_sentence() -> None:
    """Another language may order the parts in its own way."""
    catalogue = {
        "Sat": "周六",
        "March": "3月",
        "{weekday} {day} {month} {year}": "{year}年{month}{day}日 {weekday}",
        "{weekday} {day} {month} {year} {time}": "{year}年{month}{day}日 {weekday} {time}",
    }

    class Chinese(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return catalogue[message]

    def speak() -> tuple[str, str]:
        language._catalogue.set(Chinese())
        return echo(date(2026, 3, 7)), echo(datetime(2026, 3, 7, 18))

    assert contextvars.copy_context().run(speak) == ("2026年3月7日 周六", "2026年3月7日 周六 18:00")


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (date(2026, 3, 7), "03-07"),
        (datetime(2026, 3, 7, 18), "03-07 18:00"),
        (datetime(2026, 3, 7, 18, 0, 59), "03-07 18:00"),
        (date(2025, 12, 31), "2025-12-31"),
        (datetime(2027, 1, 1, 9, 30), "2027-01-01 09:30"),
    ],
)
def test_short_names_the_year_only_when_it_is_another(moment: Moment, shown: str) -> None:
    """A cell of a table takes no more room than it needs to be clear."""
    assert short(moment, date(2026, 11, 21)) == shown
