"""The national standard as data: whole as far as it was seen, and with nothing in it that was not."""

from __future__ import annotations

from collections import Counter
from datetime import date

from aftercare.policies.national import standard
from aftercare.policies.pack import SURE


def test_three_groups_with_fifteen_indicators_have_a_hundred_points() -> None:
    """40, 35 and 25, for seven, six and two indicators."""
    groups = standard().groups
    assert [(group.name.zh, group.points, len(group.indicators)) for group in groups] == [
        ("售后服务体系", 40, 7),
        ("商品服务", 35, 6),
        ("顾客服务", 25, 2),
    ]
    assert max(Counter(one.id for one in standard().indicators).values()) == 1


def test_no_indicator_has_points_of_its_own() -> None:
    """They are in no source that was seen: whoever finds them has to say here where."""
    assert all(set(one._fields) == {"id", "name", "clauses"} for one in standard().indicators)
    assert any("十五项指标" in words.zh for words in standard().not_seen)


def test_the_grades_rise() -> None:
    """From which score each is given, in per cent."""
    assert [(one.name.zh, one.least) for one in standard().grades] == [
        ("达标", 70),
        ("三星", 80),
        ("四星", 90),
        ("五星", 95),
    ]
    assert standard().since == date(2012, 2, 1)


def test_everything_cites_a_source_and_every_source_is_cited() -> None:
    """All of them restate the standard: nobody saw its own text."""
    said = standard()
    clauses = [clause for indicator in said.indicators for clause in indicator.clauses]
    cites = [one.cite for one in said.groups] + [one.cite for one in said.grades]
    cites += [one.cite for one in clauses]
    assert all(cites)
    cited = {key for cite in cites for key in cite}
    assert cited <= said.sources.keys()
    assert said.sources.keys() - cited == {"S4"}, "the day in force, which has no line of its own"
    assert {source.sure for source in said.sources.values()} == {"secondary"}
    assert "secondary" in SURE


def test_only_clauses_that_were_seen_stand_under_an_indicator() -> None:
    """Six of them, each under the indicator whose number it has."""
    seen = {one.id: [clause.number for clause in one.clauses] for one in standard().indicators if one.clauses}
    assert seen == {
        "organisation": ["5.1.1.1", "5.1.1.2"],
        "staffing": ["5.1.2.1", "5.1.2.2"],
        "resources": ["5.1.3.1", "5.1.3.2"],
    }


def test_every_text_stands_in_both_languages() -> None:
    """An operator reads it in one of them."""
    said = standard()
    named = [one.name for one in said.groups] + [one.name for one in said.grades]
    named += [one.name for one in said.indicators]
    texts = [clause.text for one in said.indicators for clause in one.clauses]
    for words in (said.title, said.weight, *said.not_seen, *named, *texts):
        assert words.en.isascii()
        assert not words.zh.isascii()
