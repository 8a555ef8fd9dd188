"""Answers that say there was nothing, and the table of codes."""

from __future__ import annotations

import re

import pytest

from aftercare.answers.breaches.finding import CODES, TOLD_BY, later, says_no, says_something
from aftercare.answers.findings import BREACHES
from aftercare.plain.moments import parse
from aftercare.policies.standards import DUTIES

_NOTHING = ("no", "No.", "none", "nothing", "0", "0元", "否", "无", "没", "没有。", "没有收费", "未收", " ", "")


@pytest.mark.parametrize("text", [*_NOTHING, "无，留饭也没吃", "饭都没吃"])
def test_nothing_is_said_in_many_ways(text: str) -> None:
    """Nobody is accused because of a polite no."""
    assert not says_something(text)
    assert not says_something(None)


@pytest.mark.parametrize(
    "text", ["yes", "50元", "两包烟", "无理索要红包", "不给烟就不装", "没收钱，但要了烟", "要了饭，没有要烟", "north"]
)
def test_what_begins_like_a_no_may_still_say_something(text: str) -> None:
    """A word that only begins with one of refusal is none."""
    assert says_something(text)


@pytest.mark.parametrize(
    "text",
    ["no", "No, the floor was dirty", "not really", "never", "否", "没有", "没戴手套", "不，没铺垫布", "垃圾没带走",
     "有，但忘了铺垫布", "they didn't wear any", "forgot the sheet"],
)  # fmt: skip
def test_a_denial_begins_with_no_or_says_what_was_not_done(text: str) -> None:
    """Asked whether something was done."""
    assert says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes",
        "有",
        "都做到了",
        "很干净",
        "没问题",
        "没有意见，很好",
        "不错",
        "没得说",
        "no complaints",
        "normal",
        "notable",
    ],
)
def test_praise_is_no_denial(text: str) -> None:
    """However it begins; a silence says nothing."""
    assert not says_no(text)
    assert not says_no(None)


def test_every_code_is_of_a_group_and_breaks_a_duty_that_packs_can_lay() -> None:
    """A code without a duty would never be found; a duty without a code would be laid in vain.

    That an unhappy call-back opens a complaint the program sees to itself.
    """
    assert {duty.group for duty in CODES.values()} == set(BREACHES)
    named = {duty.name for duty in CODES.values()} | set(TOLD_BY.values())
    assert named == set(DUTIES) - {"open_complaint"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in CODES)


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        ("2026-02-27", 2, "2026-03-01"),
        ("2028-02-28T23:59", 1, "2028-02-29"),
        ("9999-12-30", 1, "9999-12-31"),
        ("9999-12-31", 2, "9999-12-31"),
    ],
)
def test_days_are_counted_to_the_end_of_the_calendar_and_no_further(moment: str, days: int, expected: str) -> None:
    """A year typed wrongly is a date like any other."""
    assert later(parse(moment), days).isoformat() == expected
