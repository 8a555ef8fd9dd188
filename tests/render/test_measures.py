"""Every measure has its words, and its row in ``docs/score.md``; the page promises none that nobody counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aftercare import language
from aftercare.answers.breaches.finding import CODES
from aftercare.answers.measures.all import BY_ID, LAWS, MEASURES, scores
from aftercare.answers.measures.counting import Measure
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.answers.period import EVER
from aftercare.commands.measuring import facts_of
from aftercare.commands.session import Session
from aftercare.render import measures as named
from aftercare.render.laws import MEANINGS
from tests.render import scores_made as made

PAGE = (Path(__file__).parents[2] / "docs" / "score.md").read_text(encoding="utf-8")
DEFINED = PAGE.partition("## L1 ")[2].partition("## L8 ")[0] + PAGE.partition("## L10 ")[2].partition("\n## ")[0]
ON_PAGE = [
    name for cell in re.findall(r"^\| (`.+?`) \|", DEFINED, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
]
"""The ids in the tables of the laws."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_measure_has_its_row_on_the_page() -> None:
    """A figure without a definition is an opinion."""
    assert [measure.id for measure in MEASURES if measure.id not in ON_PAGE] == []


def test_the_page_names_no_measure_that_there_is_not() -> None:
    """Who looks for what the page promises finds it."""
    assert [name for name in ON_PAGE if name not in BY_ID] == []


def test_every_row_of_the_page_has_a_title_and_no_other() -> None:
    """In the order of the page, each once."""
    assert list(named.WORDINGS) == ON_PAGE


@pytest.mark.parametrize("measure", [*MEASURES, *EVIDENCE], ids=lambda measure: measure.id)
def test_a_share_says_what_is_good_and_nothing_else_does(measure: Measure) -> None:
    """What is no share has no good cases."""
    wording = named.wording(measure)
    assert wording.title
    assert wording.of
    assert bool(wording.good) is (measure.sort == "share")


def test_the_first_of_each_law_is_its_score() -> None:
    """Its title bears the number of the law, and the law has its meaning."""
    firsts = {law: next(measure for measure in MEASURES if measure.law == law) for law in {m.law for m in MEASURES}}
    assert all(measure.id == law for law, measure in firsts.items())
    assert tuple(MEANINGS) == LAWS
    assert named.title(made.measure("L2", "L2")) == "L2 Reliability"
    assert named.title(made.measure("promises_kept", "L2")) == "all promises, our own plans too"


def test_titles_are_chinese_in_chinese() -> None:
    """By the names of the trade."""
    language.use("zh")
    titles = {name: named.title(made.measure(name, "L2")) for name in named.WORDINGS}
    assert all(HAN.search(title) for title in titles.values())
    assert titles["L2"] == "L2 可靠"
    assert titles["on_time_in_full"] == "按时足额交付率"
    assert titles["nps"] == "净推荐值"


def test_whys_have_words_in_both_languages() -> None:
    """Those that the page names alone in brackets where it says what is good, and the codes of breaches there."""
    good = "\n".join(re.findall(r"^\| `.+?` \|.+?\|(.+?)\|", DEFINED, re.MULTILINE))
    brackets = re.findall(r"\((`\w+`(?:, `\w+`)*)\)", good)
    on_page = {name for group in brackets for name in re.findall(r"`(\w+)`", group)}
    codes = {name for name in re.findall(r"`([a-z-]+)`", good) if name in CODES} - {"delay-not-told", "untold-delay"}
    assert {"late", "unsolved", "waited", "grade_3", "stayed_away"} <= on_page
    assert {"charged-delivery", "maker-not-told"} <= codes
    assert on_page | codes <= set(named.WHYS)
    language.use("zh")
    assert all(HAN.search(named.why(code)) for code in named.WHYS)


def test_all_that_the_sample_shop_counts_has_words() -> None:
    """Every why, and every kind of case, of every measure."""
    shop = Path(__file__).parents[2] / "data"
    __, facts = facts_of(Session(folder=str(shop), today="2026-11-20"))
    language.use("zh")
    for score in scores(facts, EVER):
        assert set(score.whys) <= set(named.WHYS), score.measure.id
        for name in score.parts:
            said = named.part(score.measure, name)
            assert HAN.search(said) or name.isdigit(), (score.measure.id, name)


def test_kinds_are_said_in_the_words_of_their_measure() -> None:
    """A promise's kind as everywhere, an age with its unit, a word of a closed list as such."""
    assert named.part(made.measure("promises_kept", "L2"), "finish_repair") == "repair"
    assert named.part(made.measure("complaint_age", "L3", "spread"), "46-") == "46 days and more"
    assert named.part(made.measure("channels", "L4", "spread"), "phone") == "phone"
    assert named.part(made.measure("remedies", "L5", "spread"), "replace_with_fee") == "replace with fee"
    assert named.part(made.measure("L10", "L10"), "brought") == "brought by somebody"
