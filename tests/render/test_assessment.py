"""What the records can say to the national standard, told and as rows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from aftercare import language
from aftercare.answers.assessment import RESTS_ON, assessed
from aftercare.answers.measures.counting import Facts
from aftercare.answers.period import EVER, Period
from aftercare.plain.text import width
from aftercare.render.assessment import _NAMES, FIELDS, rows, told
from aftercare.render.measures import WORDINGS
from aftercare.render.score_words import COLUMNS
from aftercare.render.wording import EVIDENCE
from tests.answers import shop
from tests.answers.measures.workshop import claim, facts, repaired

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def _facts() -> Facts:
    """A fault that was repaired twice, in a shop that promised no time for it."""
    two = repaired("2026-03-01", "2026-03-05"), repaired("2026-03-08", "2026-03-09")
    return facts(claim(1, *two), pack=shop.PLANS)


def _told(period: Period = MARCH, speaking: str = "en") -> list[str]:
    with language.speaking(speaking):
        return list(told(assessed(_facts(), period)))


def test_there_is_no_score_and_the_page_says_why() -> None:
    """Neither in the words nor in any row: the points of the indicators are not known."""
    assert _told()[2] == "no score: how many points each indicator has is in no source that we have seen"
    assert {row["score"] for row in rows(assessed(_facts(), MARCH))} == {None}
    assert rows(assessed(_facts(), MARCH))[0]["reason"] == "points_unknown"
    assert not any("pass" in json.dumps(row | {"grades": None}) for row in rows(assessed(_facts(), EVER)))


def test_a_line_for_each_indicator_and_for_each_of_its_figures() -> None:
    """With both numbers of a share; what is not assessed says which of two reasons it is."""
    lines = _told()
    at = lines.index("  Repair")
    assert lines[at + 1 : at + 3] == [
        "    repairs that were right the first time: 0.0 % (0 of 2)",
        "    days until handed back: 2.5, the middle of 2",
    ]
    assert "  Delivery: not assessed: nothing of it in this period" in lines
    assert "  Service culture: not assessed: no record is kept of it" in lines
    assert "Service of the goods, 35 points: the records speak to 1 of 6" in lines
    assert "not seen of the standard: the text of the standard itself; " in " ".join(lines)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (EVER, "all time"),
        (MARCH, "2026-03-01 to 2026-03-31"),
        (Period(date.min, date(2026, 3, 31)), "up to 2026-03-31"),
        (Period(date(2026, 3, 1), date.max), "from 2026-03-01 on"),
    ],
)
def test_the_period_stands_in_the_title(period: Period, said: str) -> None:
    """Open ends are said, not shown as the first and the last year there are."""
    title = "GB/T 27922-2011 Evaluation system for after-sales service of goods: "
    assert " ".join(line.strip() for line in _told(period)).startswith(title + said)


@pytest.mark.parametrize("speaking", language.LANGUAGES)
def test_no_line_is_wider_than_the_page(speaking: str) -> None:
    """In either language."""
    assert max(width(line) for line in _told(EVER, speaking)) <= COLUMNS


def test_chinese_is_chinese() -> None:
    """The names are the standard's own, and nothing is left in English but its number."""
    lines = _told(speaking="zh")
    assert lines[0] == "GB/T 27922-2011 商品售后服务评价体系：2026-03-01 至 2026-03-31"
    sources = next(nth for nth, line in enumerate(lines) if line.startswith("来源"))
    assert not any(letter.isascii() and letter.isalpha() for line in lines[1:sources] for letter in line)
    assert sources >= len(lines) - 2, "only the addresses stand in Latin letters"


def test_rows_are_the_same_in_every_language_with_the_same_fields() -> None:
    """The standard first, then each group before its indicators."""
    made = {}
    for speaking in language.LANGUAGES:
        with language.speaking(speaking):
            made[speaking] = rows(assessed(_facts(), MARCH))
    assert made["en"] == made["zh"]
    assert all(tuple(row) == FIELDS for row in made["en"])
    assert [row["kind"] for row in made["en"]] == [
        "standard", "group", *["indicator"] * 7, "group", *["indicator"] * 6, "group", *["indicator"] * 2,
    ]  # fmt: skip
    assert sum(row["evidence"] for row in made["en"] if row["kind"] == "group") == made["en"][0]["evidence"]
    assert json.loads(json.dumps(made["en"])) == made["en"]


def test_a_row_of_an_indicator_has_its_figures() -> None:
    """Figures as text, and null where a kind of figure has no good cases."""
    found = {row["id"]: row for row in rows(assessed(_facts(), MARCH))}
    assert found["repair"] == {
        "id": "repair",
        "kind": "indicator",
        "group": "goods_service",
        "name": "维修",
        "state": "evidence",
        "reason": None,
        "points": None,
        "score": None,
        "evidence": None,
        "of": None,
        "figures": [
            {"id": "L6", "sort": "share", "value": "0.0", "good": 0, "of": 2},
            {"id": "turnaround_collected", "sort": "days", "value": "2.5", "good": None, "of": 2},
        ],
        "clauses": [],
        "grades": None,
        "since": None,
        "checked_on": None,
        "sources": None,
    }
    assert (found["culture"]["state"], found["culture"]["reason"]) == ("not_assessed", "not_recorded")
    assert (found["goods_service"]["points"], found["goods_service"]["evidence"], found["goods_service"]["of"]) == (
        35,
        1,
        6,
    )


def test_every_figure_has_a_name() -> None:
    """Whichever of them a book has something to count of."""
    used = {name for names in RESTS_ON.values() for name in names}
    assert used <= WORDINGS.keys() | EVIDENCE.keys()
    assert EVIDENCE.keys() | _NAMES.keys() <= used


def test_whoever_reads_the_page_sees_what_it_rests_on() -> None:
    """What it binds, from which score a grade would be given, and that others restate it: compared when, and where."""
    lines = _told()
    assert lines[1] == "recommended; no law makes anybody follow it; in force since 2012-02-01"
    text = " ".join(line.strip() for line in lines)
    assert "pass 70 %, three stars 80 %, four stars 90 %, five stars 95 %" in text
    assert "restated by others, compared on 2026-11-22: dhdug.cn/a_7.html; duofangda.cn 1783" in text
    whole, group, first, *__ = rows(assessed(_facts(), MARCH))
    assert (whole["since"], whole["checked_on"]) == ("2012-02-01", "2026-11-22")
    assert whole["grades"][1] == {"id": "three_stars", "name": "三星", "from": 80}
    assert {tuple(one) for one in whole["sources"]} == {("what", "where", "sure")}
    assert [one["number"] for one in first["clauses"]] == ["5.1.1.1", "5.1.1.2"]
    assert (group["sources"], group["clauses"], first["grades"]) == (None, [], None)
