"""The verdict as a letter: all that the customer has to know, in the customer's language, and nothing that can act."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from aftercare import language
from aftercare.answers.papers import Party
from aftercare.book.settings import Shop
from aftercare.policies.judging.verdict import Remedy, Verdict
from aftercare.policies.shape import Words
from aftercare.render.letter import Matter, letter
from tests.render.verdicts_made import CASES, grant, opened, second_repair, verdict

SHOP = Shop.model_validate({"name": "阳光家电", "address": "天目山路18号", "phone": "0571-88001234"})
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}{% raw %}\x1b[2J\u202egnp.exe\x00"
HTML_OF_HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{ 7*7 }}{% raw %}\\x1b[2J\\u202egnp.exe\\x00"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was spoken before, it is English now."""
    monkeypatch.setenv("LANGUAGE", "en")
    language.use("en")


class _Tags(HTMLParser):
    """The tags of a page, the values that could make it load something, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _value in attrs if name in {"src", "href", "action"} or name.startswith("on")]


def page(judged: Verdict, spoken: str = "en", text: str = "x", **other: Any) -> str:
    """The letter of a verdict, with *text* wherever a record speaks."""
    facts: dict[str, Any] = {
        "shop": SHOP,
        "customer": Party("王建国", "13800138000", text),
        "matter": Matter("SA24-0012/1", "空调 KFR-35", "SN1", date(2024, 5, 10), "CL24-0007", text),
    }
    return letter(judged, **{**facts, **other}, currency="CNY", lang=spoken)


def test_a_letter_says_what_when_how_much_and_why() -> None:
    """The customer reads what is open until when, the sum of the fee, the articles, and why not what was asked for."""
    text = unescape(page(second_repair()))

    for told in (
        "Dear 王建国,",
        "refund less a use fee",
        "fault in time (by Tue 3 June 2025)",
        "Days of use since Fri 10 May 2024",
        "<td>92</td>",
        "<td>294.40 yuan</td>",
        "<td>2905.60 yuan</td>",
        "第十一条, 第十三条",
        "What you asked for, full refund, we cannot offer: the fault showed on Mon 2 September 2024",
        "the goods, the invoice and the guarantee card",
        "grounds of exclusion – none (the seller must show that the customer caused it)",
        "For 阳光家电",
        "0571-88001234",
    ):
        assert told in text


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("judged", CASES.values(), ids=CASES)
def test_a_letter_runs_and_loads_nothing(judged: Verdict, spoken: str) -> None:
    """A letter is one file: no script, nothing from elsewhere, in the language that was asked for."""
    text = page(judged, spoken)
    tags = _Tags()
    tags.feed(text)

    assert "script" not in tags.tags
    assert "link" not in tags.tags
    assert tags.loads == []
    assert f'<html lang="{"zh-CN" if spoken == "zh" else "en"}">' in text


def test_a_letter_leaves_the_operators_language_alone() -> None:
    """A Chinese letter makes no Chinese operator."""
    page(second_repair(), "zh")

    assert (language.current(), os.environ["LANGUAGE"]) == ("en", "en")


def test_what_a_record_says_is_only_read() -> None:
    """No text of a record becomes a tag, a template or an invisible character."""
    shop = Shop.model_validate({"name": HOSTILE, "address": HOSTILE, "phone": HOSTILE})
    judged = replace(
        second_repair(),
        assumed={HOSTILE: HOSTILE},
        ask=(HOSTILE,),
        asked=HOSTILE,
        review=(Words(HOSTILE, HOSTILE),),
        facts={"exclusions": HOSTILE},
    )
    text = page(
        judged,
        text=HOSTILE,
        shop=shop,
        customer=Party(HOSTILE, HOSTILE, HOSTILE),
        matter=Matter(HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, HOSTILE),
    )

    assert "<script" not in text
    assert HTML_OF_HOSTILE in text
    assert not {"\x1b", "\u202e", "\x00"} & set(text)


def test_nothing_to_offer_is_said_politely() -> None:
    """Where every remedy is closed there is no empty table, and the customer's rights stay."""
    text = page(verdict(Remedy("refund", "closed", None, why="not_applicable"), asked="refund"))

    assert "We are sorry" in text
    assert '<table class="offers">' not in text
    assert "This letter takes away none of your rights." in text


def test_what_takes_over_later_has_its_own_row() -> None:
    """Free until one day and with a fee until another are two rows."""
    later = grant("refund_with_fee", until=date(2026, 3, 18))
    text = page(verdict(opened("refund", until=date(2026, 3, 10), then=(later,))))

    assert text.index("Tue 10 March 2026") < text.index("after that") < text.index("Wed 18 March 2026")


def test_who_chooses_is_said_where_there_is_a_choice() -> None:
    """Several open remedies are the customer's to choose from; one alone, or one the shop may choose, is not."""
    choice = "Which of these it shall be is for you to choose."

    assert choice in page(verdict(opened("repair"), opened("replace")))
    assert choice not in page(verdict(opened("repair")))
    assert choice not in page(verdict(opened("repair"), opened("replace", choice="shop")))
