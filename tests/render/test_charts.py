"""Charts: shapes alone, in the page's own colours, with nothing that runs or loads."""

from __future__ import annotations

import re
import sys

import pytest

from aftercare.render import charts
from aftercare.render.charts import Bar, Chart, Series
from tests.report_pages import Page

HOSTILE = '</svg><script>alert(1)</script>\u202e"'


def _chart(most: int = 5, labels: tuple[str, ...] = ("W1", "W2")) -> Chart:
    series = [
        Series("kept", [Bar(3, "#week-1"), Bar(None, "#week-2")]),
        Series("late", [Bar(2, "#week-1"), Bar(4, "#week-2")]),
    ]
    return Chart("weeks", "Weeks", "What became of them", labels, series, most)


def _heights(drawn: str, kind: str) -> list[float]:
    series = drawn.split(f'<g class="series {kind}">')[1].split('<g class="series', maxsplit=1)[0]
    return [float(height) for height in re.findall(r'<rect [^>]*height="([0-9.]+)"', series)]


def test_a_bar_is_as_long_as_its_number() -> None:
    """Nothing is drawn of nought, and the longest reaches the end of the scale."""
    drawn = str(charts.stacked(_chart()))
    (three,), (two, four) = _heights(drawn, "kept"), _heights(drawn, "late")
    assert three / two == pytest.approx(1.5)
    assert four / two == pytest.approx(2)
    twice = str(charts.stacked(_chart(most=10)))
    assert _heights(twice, "late")[1] == pytest.approx(four / 2)


def test_bars_beside_one_another_begin_at_nought() -> None:
    """Each stands on the line, and is no part of another."""
    drawn = str(charts.beside(_chart()))
    bars = re.findall(r'<rect x="[^"]*" y="([^"]*)"[^>]*height="([^"]*)" class="rect', drawn)
    ends = {round(float(top) + float(height), 2) for top, height in bars}
    assert len(bars) == 3
    assert len(ends) == 1


def test_a_drawing_is_the_same_each_time() -> None:
    """No number drawn by lot, no day, no mark of who drew it: two reports of one book are equal byte by byte."""
    assert charts.stacked(_chart()) == charts.stacked(_chart())
    assert "pygal" not in charts.stacked(_chart()).lower()


def test_whatever_is_said_in_it_is_text() -> None:
    """A label is no markup, and what is hidden in it is seen."""
    drawn = str(charts.stacked(_chart(labels=(HOSTILE, "W2"))._replace(title=HOSTILE, about=HOSTILE)))
    page = Page(drawn)
    assert list(page.active()) == []
    assert page.text.count("</svg><script>alert(1)</script>\\u202e") == 3
    assert "\u202e" not in drawn


def test_it_has_a_name_and_leads_to_what_it_counts() -> None:
    """One picture to a screen reader; its bars lead on, and the keyboard goes by the table beside it."""
    page = Page(str(charts.stacked(_chart())))
    picture = next(found for tag, found in page.elements if tag == "svg")
    assert picture["role"] == "img"
    assert picture["aria-labelledby"].split() == ["weeks-title", "weeks-desc"]
    assert page.links == ["#week-1", "#week-1", "#week-2"]
    assert all(found["tabindex"] == "-1" for tag, found in page.elements if tag == "a")


@pytest.mark.parametrize(("most", "lines"), [(1, 2), (4, 5), (5, 6), (6, 4), (82, 5), (1000, 6), (10**7, 6)])
def test_the_scale_has_few_round_numbers(most: int, lines: int) -> None:
    """Whole numbers, since promises are counted; from nought to the highest that is reached."""
    drawn = str(charts.stacked(_chart(most=most)))
    axis = drawn.split('<g class="axis y')[1].split('<g class="axis x', maxsplit=1)[0]
    numbers = [int(said) for said in re.findall(r">(\d+)</text>", axis)]
    assert numbers[0] == 0
    assert numbers[-1] <= most
    assert len(numbers) == lines


def test_the_library_leaves_nothing_in_the_way_of_imports() -> None:
    """It puts a finder of its own before every later import, which warns, and looks for plugins by name."""
    charts.stacked(_chart())
    assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("pygal")]
