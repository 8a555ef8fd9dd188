"""A verdict explained in print: a dozen lines whatever there is to say, and what would have to be different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aftercare import language
from aftercare.answers.explained import Explained, Ground
from aftercare.plain.text import width
from aftercare.policies.judging.verdict import Step, Traced, Verdict
from aftercare.policies.shape import Words
from aftercare.render.explained import lines, needed, remedy_lines, remedy_row
from tests.render.verdicts_made import CASES, cite, holiday, opened, verdict

HEADING = "CL26-0004 王建国 空调 KFR-35 SA26-0012/1"
STEPS = (Step("start", "sold_on", date(2026, 3, 2)), Step("add", "7 days", date(2026, 3, 9)))
WEEK = Words("first week", "首周")


def check(because: str, fact: str | None = "fault_on", **more: Any) -> Traced:
    """A check that fails."""
    blank = Traced(
        line="ours/back", result="refused", because=because, fact=fact, value=None, wanted=None, origin="stated",
        record=None, record_line=None, value_since=None, steps=(), cite=(), truth="no",
    )  # fmt: skip
    return blank._replace(**more)


LATE = check("within", value="2026-03-12", wanted="week", steps=STEPS, title=WEEK)


def ground(line: str = "ours/back", *failing: Traced) -> Ground:
    """A line that does not grant."""
    return Ground(line, Words("Money back", "退款"), "refused", failing, failing, (cite("9"),))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("judged", CASES.values(), ids=CASES)
def test_no_more_than_a_dozen_lines_of_a_hundred_columns(judged: Verdict, lang: str) -> None:
    """Whatever a verdict holds; the heading first, the packs last."""
    with language.speaking(lang):
        said = lines(judged, [], heading=HEADING, currency="CNY")
    assert said[0] == HEADING
    assert len(said) <= 12
    assert max(map(width, said)) <= 100


def test_the_first_remedy_that_has_a_last_day_decides() -> None:
    """The one asked for may have none: then the next is reckoned out."""
    judged = holiday()
    without = Explained(opened("replace"), (), (), ())
    best = next(one for one in judged.remedies.values() if one.best and one.best.steps)
    text = "\n".join(lines(judged, [without, Explained(best, (), (), ())], heading=HEADING, currency="CNY"))
    assert "Reckoned: " in text
    assert "Reckoned: " not in "\n".join(lines(judged, [without], heading=HEADING, currency="CNY"))


def test_the_period_that_closed_what_was_asked_for_is_reckoned() -> None:
    """Its title, its start and its length say why the day was too late."""
    closed = Explained(
        replace(opened("refund"), state="closed", best=None, why="expired"), (), (), (ground("x", LATE),)
    )
    text = " ".join(lines(verdict(closed.remedy, asked="refund"), [closed], heading=HEADING, currency="CNY"))
    assert "“first week”: day of the sale 2026-03-02 + 7 days = 2026-03-09" in text


@pytest.mark.parametrize(
    ("failing", "said"),
    [
        (LATE, "day the fault showed would have to be on 2026-03-09 or before"),
        (check("after", steps=STEPS), "day the fault showed would have to be after 2026-03-09"),
        (
            check("within", None, value="event", wanted="week", title=WEEK),
            "“first week” would have to run: the period has not begun",
        ),
        (
            check("within", None, value="goods", wanted="week"),
            "“week” would have to run: no such period for these goods",
        ),
        (
            check("within", wanted="≠ week", title=WEEK),
            "day the fault showed would have to be outside “first week”",
        ),
        (check("after", wanted="≠ week", title=WEEK), "day the fault showed would have to be inside “first week”"),
        (check("fact", "used", value="no", wanted="yes"), "sold as used goods would have to be: yes"),
        (check("fact", "repairs_done", value="1", wanted="min 2"), "repairs of this unit would have to be: at least 2"),
        (check("goods", "category"), "the goods would have to be of a kind that the rule names"),
        (check("given", None, wanted="exchange"), "another line would first have to give “exchange”"),
        (check("in_force", "sold_on", wanted="2026-06-01.."), "day of the sale would have to be from 2026-06-01 on"),
    ],
)
def test_what_would_have_to_be_different(failing: Traced, said: str) -> None:
    """A sentence for every way in which a check can fail."""
    assert needed(failing) == said


def test_the_nearest_line_in_full_and_the_others_in_short() -> None:
    """The failing checks of the first have lines of their own."""
    closed = replace(opened("refund"), state="closed", best=None, why="expired")
    used = check("fact", "used", value="no", wanted="yes")
    found = Explained(closed, (), (), (ground("ours/back", LATE, used), ground("ours/gift", used)))
    said = remedy_lines(found, verdict(closed), heading=HEADING, currency="CNY")
    assert sum(line.startswith("     → ") for line in said) == 2
    assert "  All of these would have to be different." in said
    assert said[-1].startswith("  Or by ours/gift (Art. 9): sold as used goods would have to be: yes")
    assert max(map(width, said)) <= 100


def test_a_row_names_every_field_of_a_check() -> None:
    """The truth of the check, what was wanted, and the path in the record beside those of a trace."""
    placed = LATE._replace(record="CL26-0004", record_line=4, path=("fault", "found_on"))
    found = Explained(opened("refund"), (), (), (ground("ours/back", placed),))
    ((failing,),) = (
        one["failing"] for one in remedy_row(found, claim=None, unit="SA26-0012/1", on="2026-03-12")["refusing"]
    )
    assert (failing["truth"], failing["wanted"], failing["record_path"]) == ("no", "week", "fault.found_on")
    assert failing["arithmetic"] == "2026-03-02 +7 days = 2026-03-09"
