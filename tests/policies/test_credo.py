"""The credo: what is read from a pack, which one counts on a day, and what offends a line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.breaches.finding import CODES
from aftercare.policies.credo import CONDUCT, Basic, credo_on
from aftercare.policies.load import BadPack, parse, shipped
from aftercare.policies.shape import Words
from aftercare.policies.standards import DUTIES, Duty
from tests.answers.books import moments_near

SOUND = """\
id: ours
issuer: shop
title: 本店
in_force: {from: 2026-01-01, to: 2026-12-31}
credo:
- {id: word, text: {en: We keep our word., zh: 说到做到。}, for: [on_time, late-promise]}
- {id: guest, text: 上门是客。, for: [conduct]}
"""


def _basic(pack: str, since: date | None = None, until: date | None = None) -> Basic:
    return Basic(pack, "word", 1, Words("", ""), (), (), since, until)


def test_lines_are_numbered_and_speak_both_languages() -> None:
    """A plain text stands for both."""
    word, guest = parse(SOUND.encode(), "ours.yaml").standards.credo
    assert (word.line, word.number, word.text) == ("ours/word", 1, Words("We keep our word.", "说到做到。"))
    assert (guest.number, guest.text.en) == (2, "上门是客。")


def test_a_line_is_offended_by_its_duties_its_codes_and_by_conduct() -> None:
    """Conduct is how one behaves at home, asking for things included."""
    word, guest = parse(SOUND.encode(), "ours.yaml").standards.credo
    assert word.concerns("late-delivery", "on_time")
    assert word.concerns("late-promise", "apologise")
    assert not word.concerns("broken-promise", "apologise")
    assert guest.concerns("conduct", "follow_conduct")
    assert guest.concerns("threat", "ask_for_nothing")
    assert not guest.concerns("checklist", "follow_checklist")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("credo: []", "missing"),
        ("credo: [{id: word}]", "missing"),
        ("credo: [{id: word, text: a, for: []}]", "missing"),
        ("credo: [{id: word, text: a, for: [Late!]}]", "value"),
        ("credo: [{id: word, text: a}, {id: word, text: b}]", "repeated"),
        ("credo: [{id: word, text: a, since: 2026-01-01}]", "unknown-key"),
        ("credo: word", "shape"),
    ],
)
def test_what_is_no_credo_is_a_fault(wrong: str, code: str) -> None:
    """Each with its line; the pack is refused whole."""
    with pytest.raises(BadPack) as error:
        parse(f"id: ours\nissuer: shop\ntitle: a\n{wrong}\n".encode(), "ours.yaml")
    assert code in {fault.code for fault in error.value.faults}


def test_whoever_is_no_shop_cites_its_lines() -> None:
    """A shop answers for its own word."""
    text = "id: x\nissuer: maker\ntitle: a\nin_force: {from: 2026-01-01}\nchecked_on: 2026-01-01\nsources: {}\n"
    with pytest.raises(BadPack):
        parse(f"{text}credo: [{{id: word, text: a}}]\n".encode(), "x.yaml")


@given(st.lists(moments_near(date(2026, 2, 28), date(2028, 2, 29)), max_size=4), moments_near(date(2026, 2, 28)))
def test_the_one_that_began_last_counts(begins: list[date], on: date) -> None:
    """Of those in force on the day; of two that began on one day the later pack's; none before the first."""
    every = [_basic(f"p{at}", since) for at, since in enumerate(begins)]
    fitting = [one for one in every if one.since and one.since <= on]
    newest = max((one.since for one in fitting if one.since), default=None)
    expected = [one for one in fitting if one.since == newest][-1:]
    assert list(credo_on(every, on)) == expected


@given(moments_near(date(2026, 12, 31)))
def test_it_counts_on_the_first_and_the_last_day_of_its_pack(on: date) -> None:
    """And gives way to one without days outside them."""
    always = _basic("always")
    dated = _basic("dated", date(2026, 12, 31), date(2026, 12, 31) + timedelta(days=5))
    inside = date(2026, 12, 31) <= on <= date(2027, 1, 5)
    assert credo_on([dated, always], on) == ((dated,) if inside else (always,))


def test_what_ships_speaks_of_findings_that_there_are() -> None:
    """Every word after ``for`` is a duty, a code or conduct."""
    named = {name for pack in shipped() for basic in pack.standards.credo for name in basic.names}
    assert named
    assert named <= {*DUTIES, *CODES, CONDUCT}


@pytest.mark.parametrize(
    ("clause", "works", "names_any"),
    [
        ("", ("installation",), False),
        ("for: [delivery, workshop]", ("delivery", "workshop"), False),
        ("certificates: [电工], trainings: [上门规范]", ("installation",), True),
    ],
)
def test_a_clause_says_who_may_do_which_work(clause: str, works: tuple[str, ...], *, names_any: bool) -> None:
    """Without a word it is about installations, and asks for any certificate."""
    more = f", {clause}" if clause else ""
    text = f"id: ours\nissuer: shop\ntitle: a\nduties: [{{id: a, title: a, category: goods, duty: qualified{more}}}]\n"
    (duty,) = parse(text.encode(), "ours.yaml").standards.duties
    assert isinstance(duty, Duty)
    assert (duty.works, duty.names_any) == (works, names_any)


@pytest.mark.parametrize("clause", ["duty: on_time, trainings: [a]", "duty: qualified, for: [cooking]",
                                    "duty: qualified, certificates: []"])  # fmt: skip
def test_what_does_not_fit_the_duty_is_a_fault(clause: str) -> None:
    """Trainings of a duty that is none of competence, a work that there is not, an empty list."""
    text = f"id: ours\nissuer: shop\ntitle: a\nduties: [{{id: a, title: a, category: goods, {clause}}}]\n"
    with pytest.raises(BadPack):
        parse(text.encode(), "ours.yaml")


def test_no_certificate_is_of_goods() -> None:
    """The plan for certificates stands for the root of all goods, like that for birthdays."""
    plan = (
        "{id: a, title: a, category: tv, after: certificate_ends, what: renew, step: renew, channel: counter, "
        "due: {2020-01-01: [{days: 0}]}}"
    )
    with pytest.raises(BadPack):
        parse(f"id: ours\nissuer: shop\ntitle: a\nplans: [{plan}]\n".encode(), "ours.yaml")
