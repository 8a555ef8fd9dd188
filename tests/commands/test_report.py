"""``report``: one page, its numbers those of the measures, each with the way to what it counts."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from aftercare.answers.measures.all import MEASURES, scores
from aftercare.answers.period import Period
from aftercare.cli import run
from aftercare.commands.measuring import facts_of
from aftercare.commands.session import Session
from aftercare.render import qr
from aftercare.render.measures import title
from aftercare.render.score_words import in_words
from tests.counter import Counter, opened
from tests.report_pages import Figure, Page

DATA = Path(__file__).parents[2] / "data"
DAY = "2026-11-20"
YEAR = Period(date(2025, 12, 1), date(2026, 11, 20))
PERIOD = "2025-12-01..2026-11-20"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop."""
    return opened(tmp_path, capsys, monkeypatch)


@pytest.fixture
def sample(capsys: pytest.CaptureFixture[str]) -> str:
    """The report of the sample shop."""
    assert run(["-C", str(DATA), "--today", DAY, "--lang", "en", "report"]) == 0
    return capsys.readouterr().out


def test_every_number_leads_to_what_it_counts(sample: str) -> None:
    """A number whose cases cannot be looked at is a number to be believed."""
    page = Page(sample)
    assert page.dangling() == []
    records = {one for one in page.ids if one.startswith("record-")}
    assert {link[1:] for link in page.links if link.startswith("#record-")} == records
    assert len(records) > 100
    bare = re.findall(r'<td class="n"[^>]*>\s*([1-9]\d*(?:\.\d+)?(?: %)?)\s*</td>', sample)
    assert bare == []  # but for nought, of which there is nothing to show


def test_the_figures_are_those_of_the_measures(sample: str) -> None:
    """The page reckons nothing of its own: value, good and of are the score's, and none is left out."""
    __, facts = facts_of(Session(folder=str(DATA), today=DAY))
    expected = {
        Figure(
            one.measure.id,
            f"{one.value:f}" if one.value is not None else "",
            str(one.good) if one.measure.sort == "share" else "",
            str(one.of),
        )
        for one in scores(facts, YEAR)
    }
    assert set(Page(sample).figures) == expected


def test_a_list_has_as_many_cases_as_its_number_says(sample: str) -> None:
    """The cases of a figure are all there."""
    for figure in Page(sample).figures:
        if figure.of != "0":
            found = sample.split(f'<div class="scroll" id="figure-{figure.measure.replace("_", "_5f_")}">')[1]
            assert found.split("</tbody>")[0].count('<th scope="row">') == int(figure.of), figure.measure


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_runs_nothing_and_asks_for_nothing(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No script, no handler, no address but the names of formats, and a policy that forbids the rest."""
    assert run(["-C", str(DATA), "--today", DAY, "--lang", language, "report"]) == 0
    html = capsys.readouterr().out
    page = Page(html)
    assert list(page.active()) == []
    assert set(re.findall(r"https?://[^\s\"'<]*", html)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in html
    policies = [one["content"] for tag, one in page.elements if tag == "meta" and "http-equiv" in one]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_a_screen_reader_has_the_page_in_order(sample: str) -> None:
    """One main heading, no level left out, tables with captions and heads, each drawing's numbers beside it."""
    page = Page(sample)
    levels = [int(tag[1]) for tag, __ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    tables = sample.split("<table")[1:]
    assert all("<caption" in one and 'scope="col"' in one and 'scope="row"' in one for one in tables)
    drawings = [one for tag, one in page.elements if tag == "svg" and one.get("role") == "img"]
    assert drawings
    for one in drawings:
        assert set(one["aria-labelledby"].split()) <= set(page.ids)
    for figure in sample.split("<figure")[1:]:
        assert "<table" in figure.split("</figure>")[0]
    assert 'lang="en"' in sample
    assert 'class="skip" href="#main"' in sample


def test_a_drawing_leads_where_its_table_does(sample: str) -> None:
    """Bars and numbers of the same week stand for the same promises."""
    figure = sample.split('<section id="ledger"')[1].split("</section>", maxsplit=1)[0]
    drawn = set(re.findall(r'<a href="(#[^"]+)" tabindex="-1">', figure))
    tabled = set(re.findall(r'<td class="n"><a href="(#[^"]+)">', figure))
    assert drawn == tabled
    assert len(drawn) > 3


def test_the_weeks_add_up(sample: str) -> None:
    """Made is kept, kept late, broken, open and owed no more, in every week."""
    section = sample.split('<section id="ledger"')[1].split("</section>", maxsplit=1)[0]
    body = section.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    cells = [re.findall(r'<td class="n">(?:<a[^>]*>)?(\d+)', row) for row in body.split("<tr>")[1:]]
    rows = [[int(number) for number in row] for row in cells]
    assert len(rows) == 12
    assert all(made == sum(parts) for made, *parts in rows)
    assert sum(made for made, *__ in rows) > 100


def test_the_file_is_private_and_whole(counter: Counter) -> None:
    """Names of customers are in it: only its owner reads it; one that is there stays unless told otherwise."""
    done = counter.done("report page.html")
    assert done.out == done.err == ""
    file = counter.folder / "page.html"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text(encoding="utf-8") == counter.done("report").out
    assert counter("report page.html").code == 5
    file.write_text("mine", encoding="utf-8")
    counter.done("report page.html --force --period 2026-03")
    assert "Service report" in file.read_text(encoding="utf-8")


def test_flags_stand_before_and_behind_the_file(counter: Counter) -> None:
    """As with every paper."""
    counter.done("report --period 2026 a.html")
    counter.done("report b.html --period 2026 --today 2026-03-10")
    assert (counter.folder / "a.html").read_bytes() == (counter.folder / "b.html").read_bytes()


@pytest.mark.parametrize("more", ["--period x", "a b", "--port 80", "--serve a", "--serve --period x", "a.PDF"])
def test_what_is_no_report_is_refused(more: str, counter: Counter) -> None:
    """Exit 2, one line and perhaps a remedy, and no file."""
    before = counter.files()
    refused = counter(f"report {more}")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("aftercare: ")
    assert counter.files() == before


@pytest.mark.parametrize("period", ["2019", "2031", "0001-01", "9999", "..2025-01-01", "2026-03-11..", "today..today"])
def test_a_period_without_cases_says_so(period: str, counter: Counter) -> None:
    """Of nothing there is no figure: never 0 %, never 100 %, and nothing divides by it."""
    page = Page(counter.done(f"report --period {period}").out)
    assert page.dangling() == []
    assert {one.value for one in page.figures if one.of == "0"} <= {"", "0"}
    if period in {"2019", "2031"}:
        assert {one.of for one in page.figures if one.measure in {"L2", "promises_kept"}} == {"0"}
        assert "Nothing in this period." in page.text


@pytest.mark.parametrize(
    ("period", "day"), [("2026-Q1", "2026-03-31"), ("2025", "2025-12-31"), ("..2026-01-01", "2026-01-01")]
)
def test_no_open_complaint_is_told_of_its_day(period: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Three complaints were open while the page of an old quarter said that none is."""
    assert run(["-C", str(DATA), "--today", DAY, "--lang", "en", "report", "--period", period]) == 0
    assert f"No complaint was open on {day}." in Page(capsys.readouterr().out).text


def test_open_complaints_are_told_of_their_day(sample: str) -> None:
    """Of a period that is not over it is today."""
    assert f"Complaints that were open on {DAY}, by their age" in Page(sample).text


@pytest.mark.parametrize("period", ["2027", "2026-12", "2026-11-21.."])
def test_a_period_that_lies_ahead_has_no_figure(period: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Next year's page told a rate of no faults for every product, and that no complaint is open."""
    assert run(["-C", str(DATA), "--today", DAY, "--lang", "en", "report", "--period", period]) == 0
    html = capsys.readouterr().out
    page = Page(html)
    assert f"The period lies after today ({DAY}): nothing of it can be counted." in page.text
    assert {one.value for one in page.figures} <= {"", "0"}
    for section in ("goods", "complaints", "claims", "deliveries"):
        shown = html.split(f'<section id="{section}"')[1].split("</section>", maxsplit=1)[0]
        assert "Nothing in this period." in shown
        assert "<table" not in shown
    assert "No complaint" not in page.text
    assert f"up to that of {DAY}" in page.text
    assert page.dangling() == []


def test_a_period_that_has_begun_says_nothing_of_lying_ahead(sample: str) -> None:
    """Today is known, as far as it has come."""
    assert "lies after today" not in sample


def test_fewer_is_better_is_said_where_it_is_so(sample: str) -> None:
    """A rate of complaints that came back looked like one to be raised; who hears the page is told in words."""
    marked = re.findall(
        r'([^>\n]+)&nbsp;<span aria-hidden="true">↓</span><span class="unseen">\(fewer is better\)', sample
    )
    assert marked == [title(one) for one in MEASURES if one.less]
    assert '<span class="whole" aria-hidden="true">↓ fewer is better</span>' in sample


def test_a_figure_is_told_as_score_tells_it(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two roundings of one chance, or two words for one change, make the reader look for a difference."""
    assert run(["-C", str(DATA), "--today", DAY, "--lang", "en", "score", "--period", PERIOD, "--format", "json"]) == 0
    rows = [row for row in json.loads(capsys.readouterr().out) if row["low"]]
    text = Page(sample).text
    laws = [row for row in rows if row["id"] == row["law"]]
    assert len(laws) > 5
    for row in laws:
        assert f"chance reaches from {row['low']} to {row['high']} %" in text
    assert f"Figures of {in_words(YEAR)}" in text


def test_an_empty_book_has_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first day of a shop."""
    (tmp_path / "aftercare.yaml").write_text("shop: 阳光家电\ncountry: CN\n", encoding="utf-8")
    for today in ("2026-03-10", "0001-01-01", "9999-12-31"):
        assert run(["-C", str(tmp_path), "--today", today, "--lang", "en", "report"]) == 0
        page = Page(capsys.readouterr().out)
        assert page.dangling() == []
        assert "Nothing is overdue, and nothing is due today." in page.text
        assert all(one.value in {"", "0"} for one in page.figures)


def test_what_cannot_be_read_is_named_on_the_page(counter: Counter) -> None:
    """A number that leaves records out must not look whole; the rest is shown, and the exit code says so."""
    counter.write("sales/2026/SA26-0001.yaml", "id: SA26-0001\ncustomer: [\n")
    printed = counter("report")
    assert printed.code == 3
    assert "1 fault in the book's files: what stands there is not counted." in Page(printed.out).text


def test_the_page_is_as_it_was_known(counter: Counter) -> None:
    """``--as-of`` makes an old report again: what came later is in none of its numbers."""
    page = counter.done("report --as-of 2026-03-05 --period 2026").out
    assert "CL26-0001" not in page
    assert "CL26-0001" in counter.done("report --period 2026").out


def test_the_report_speaks_the_books_language(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asked for another one."""
    monkeypatch.delenv("AFTERCARE_LANG")
    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\nlanguage: zh\ngit: no\n")
    html = counter.done("report").out
    assert '<html lang="zh-CN">' in html
    assert "服务报告" in html


def test_due_is_what_due_lists(counter: Counter) -> None:
    """The list of the morning stands first, each promise leading to its line."""
    ids = counter.done("due --format ids").lines
    html = counter.done("report").out
    listed = html.split('id="due-list"')[1].split("</tbody>")[0]
    assert len(ids) == listed.count('<tr id="due-')
    assert all(one in listed for one in ids)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(sample: str, scheme: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1, by light and by dark."""
    blocks = re.findall(r":root \{([^}]*)\}", sample)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[0 if scheme == "light" else 1]))
    for ink in ("ink", "soft", "link", "bad", "good"):
        for ground in ("page", "card", "tint"):
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert _contrast(colours["card"], colours["broken"]) >= 4.5  # urgent


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_changed_clearly_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A change that chance does not explain is named; one that it does is only a number."""
    said = {}
    for period in ("2026-10", "2026-11"):
        assert run(["-C", str(DATA), "--today", DAY, "--lang", "en", "report", "--period", period]) == 0
        html = capsys.readouterr().out
        card = html.split('aria-labelledby="law-L2"')[1].split("</section>", maxsplit=1)[0]
        said[period] = Page(card).text
    assert "against the period before" in said["2026-10"]
    assert ["a clear change" in said[period] for period in said] == [False, True]


def test_without_the_extra_for_codes_nothing_is_missing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report has no QR code, so nobody is sent to install one."""
    monkeypatch.setattr(qr, "is_drawn", lambda: False)
    assert counter.done("report --period 2026").err == ""
