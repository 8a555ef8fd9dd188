"""The report in a browser: it runs nothing, asks for nothing, leads nowhere else, and everybody can read it."""

from __future__ import annotations

import itertools
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import DESKTOP, PHONE, Page, Size, Theme, chromium
from tests.browser.shown import LANGUAGES, PERIOD, THEMES, answer, reports

LOOKS = list(itertools.product(LANGUAGES, THEMES, (DESKTOP, PHONE)))
_IDS = [f"{language}-{theme}-{size.width}" for language, theme, size in LOOKS]
CONTRAST = (Path(__file__).with_name("contrast.js")).read_text(encoding="utf-8")
ENOUGH = 4.5
"""The ratio that WCAG 2.2 asks of text at level AA (1.4.3); large text may have 3."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample shop's report in each language."""
    return reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all."""
    profile = tmp_path_factory.mktemp("profile")
    with chromium(profile) as opened:
        yield opened
    shutil.rmtree(profile, ignore_errors=True)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS, ids=_IDS)
def test_nothing_is_logged_and_nothing_is_asked_of_anybody(
    files: dict[str, Path], page: Page, language: str, theme: Theme, size: Size
) -> None:
    """The file is read, and not one address beside it; the console has nothing to say."""
    page.open(files[language], theme, size)
    asked = [url for url in page.requested() if not url.startswith("data:")]
    assert asked == [files[language].as_uri()]
    assert page.logged() == []
    assert page.ask("return document.scripts.length") == 0


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS, ids=_IDS)
def test_every_word_stands_out_from_what_is_behind_it(
    files: dict[str, Path], page: Page, language: str, theme: Theme, size: Size
) -> None:
    """Every text that is shown, charts too, has the contrast that WCAG asks for."""
    faint = page.open(files[language], theme, size).ask(CONTRAST, ENOUGH)
    assert faint == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_phone_need_not_be_pushed_sideways(files: dict[str, Path], page: Page, language: str, theme: Theme) -> None:
    """The page is no wider than the screen; a wide table scrolls within itself."""
    page.open(files[language], theme, PHONE)
    assert page.ask("return document.scrollingElement.scrollWidth") <= PHONE.width


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_one_place_in_the_file(files: dict[str, Path], page: Page, language: str) -> None:
    """Whatever can be clicked, in text and in charts, is an anchor that exists, and exists once."""
    page.open(files[language])
    links = page.ask(
        "return [...document.querySelectorAll('a')].map("
        "a => a.getAttribute('href') ?? a.getAttribute('xlink:href') ?? '')"
    )
    ids = Counter(page.ask("return [...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert len(links) > 100
    assert [link for link in links if not link.startswith("#") or ids[link[1:]] != 1] == []
    assert [name for name, times in ids.items() if times > 1] == []


def test_a_click_on_a_number_shows_its_records(files: dict[str, Path], page: Page) -> None:
    """A number is clicked as a person would, and what it counts comes into view."""
    page.open(files["en"])
    figures = page.ask(
        "const counted = [...document.querySelectorAll('[data-measure]')].filter(e => e.dataset.of != '0');"
        "return counted.map(e => e.dataset.measure)"
    )
    assert len(figures) > 30
    for measure in figures:
        page.ask("scrollTo(0, 0)")
        seen = page.ask(
            "const link = document.querySelector(`[data-measure='${arguments[0]}'] a`); link.click();"
            "const place = document.querySelector(link.getAttribute('href'));"
            "const box = place.getBoundingClientRect();"
            "const listed = place.querySelectorAll('tbody tr').length;"
            "return [box.top < innerHeight && box.bottom > 0, `${listed}`, link.parentElement.dataset.of]",
            measure,
        )
        assert (seen[0], seen[1]) == (True, seen[2]), measure


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_on_the_page_are_those_of_score(files: dict[str, Path], page: Page, language: str) -> None:
    """The page reckons nothing of its own: each figure is to the letter what ``score --format json`` says."""
    rows = {row["id"]: row for row in json.loads(answer("score", "--period", PERIOD, "--format", "json"))}
    page.open(files[language])
    shown = page.ask(
        "return [...document.querySelectorAll('[data-measure]')].map(e => ({...e.dataset, text: e.textContent}))"
    )
    assert {one["measure"] for one in shown} == {name for name, row in rows.items() if row["law"]}
    for one in shown:
        row = rows[one["measure"]]
        good = "" if row["good"] is None else str(row["good"])
        assert (one["good"], one["of"]) == (good, str(row["of"])), one
        assert one.get("value", "") == (row["value"] or ""), one
        if row["value"] is not None:
            assert f"{Decimal(row['value']).normalize():f}" in one["text"] or row["value"] in one["text"], one


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_is_told_everything(files: dict[str, Path], page: Page, language: str) -> None:
    """One title, headings without a gap between their levels, a name for every chart, table, link and region, and the
    language that they are in.
    """
    page.open(files[language])
    nodes = page.spoken()
    levels = [_property(node, "level") for node in nodes if _role(node) == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    named = {"image", "img", "graphics-document", "table", "link", "region", "navigation"}
    nameless = [_role(node) for node in nodes if _role(node) in named and not _name(node)]
    assert nameless == []
    assert sum(_role(node) in {"image", "img", "graphics-document"} for node in nodes) >= 3
    assert page.ask("return document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printer_gets_black_on_white(files: dict[str, Path], page: Page, language: str) -> None:
    """Whoever likes it dark prints it light all the same, on some pages, not on hundreds."""
    page.open(files[language], "dark")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    paper = page.ask("return getComputedStyle(document.body).backgroundColor")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert paper in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    printed = page.printed()
    assert printed.startswith(b"%PDF-")
    assert 1 <= printed.count(b"/Type /Page\n") <= 120


def _role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def _property(node: dict[str, Any], name: str) -> int:
    return next(int(one["value"]["value"]) for one in node["properties"] if one["name"] == name)
