"""Charts as drawings inside a page: bars of one or several kinds, without script, style or anything to load.

The library draws; what it adds for a page of its own (scripts, styles, comments with addresses, tooltips) stays behind,
so that the page alone says how a chart looks, in light and dark and on paper.  A chart is one picture with a title and
a description; whoever cannot see it reads the table beside it, which holds the same numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, tostring

from aftercare.plain.text import printable

if TYPE_CHECKING:
    from markupsafe import Markup

_DRAWN = frozenset({"g", "a", "path", "rect", "text"})
_KEPT = frozenset({"class", "d", "x", "y", "width", "height", "transform"})
_NOTHING = frozenset({"0", "0.0"})
_WIDTH, _HEIGHT = 720, 240
_NAMESPACE = "http://www.w3.org/2000/svg"


class Bar(NamedTuple):
    """A bar: how long it is (None: there is none), and the place in the page to which it leads."""

    value: float | None
    href: str


class Series(NamedTuple):
    """Bars of one kind; ``kind`` is the name by which the page's style gives them their colour."""

    kind: str
    bars: Sequence[Bar]


class Chart(NamedTuple):
    """What is to be drawn: bars over *labels*; ``id`` is that of the drawing in the page."""

    id: str
    title: str
    about: str
    labels: Sequence[str]
    series: Sequence[Series]
    most: int
    """The upper end of the scale."""


def stacked(chart: Chart) -> Markup:
    """Bars that stand on one another."""
    return _drawn(chart, "StackedBar")


def beside(chart: Chart) -> Markup:
    """Bars that stand side by side."""
    return _drawn(chart, "Bar")


def _library() -> Any:
    """The library, without what it lays in the way of every later import for the sake of plugins."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    return pygal


def _drawn(chart: Chart, sort: str) -> Markup:
    from markupsafe import Markup

    library = _library()
    made = getattr(library, sort)(
        width=_WIDTH,
        height=_HEIGHT,
        style=library.style.Style(label_font_size=13),
        show_legend=False,
        margin=6,
        spacing=8,
        truncate_label=-1,
        js=(),
        css=(),
        range=(0, chart.most or 1),
        y_labels=_scale(chart.most),
        formatter=lambda value: f"{value:g}",
    )
    made.x_labels = chart.labels
    for one in chart.series:
        made.add("", [{"value": bar.value, "xlink": bar.href} if bar.value else None for bar in one.bars])
    plot = next(one for one in made.render_tree().iter("g") if one.get("class") == "plot")
    picture = Element("svg", {"xmlns": _NAMESPACE, "viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img"})
    picture.set("aria-labelledby", f"{chart.id}-title {chart.id}-desc")
    for tag, text in (("title", chart.title), ("desc", chart.about)):
        said = Element(tag, {"id": f"{chart.id}-{tag}"})
        said.text = printable(text)
        picture.append(said)
    bars = _cleaned(plot, [one.kind for one in chart.series])
    bars.set("aria-hidden", "true")  # title and description are read out, and the table of the same numbers
    picture.append(bars)
    return Markup(tostring(picture, encoding="unicode"))  # noqa: S704 - the tree was written, and so it is escaped


def _scale(highest: int) -> list[int]:
    """Round numbers from nought to the highest, six at most."""
    sizes = (step * 10**power for power in range(9) for step in (1, 2, 5))
    step = next((size for size in sizes if size * 5 >= highest), 10**9)
    return list(range(0, highest + 1, step))


def _cleaned(drawn: Element, kinds: Sequence[str]) -> Element:
    """An element with what the page needs of it, and all that is in it."""
    kept = Element(drawn.tag, {name: value for name, value in drawn.attrib.items() if name in _KEPT})
    kept.text = printable(drawn.text) if drawn.text else None
    if target := drawn.get("{http://www.w3.org/1999/xlink}href"):
        kept.set("href", target)
        kept.set("tabindex", "-1")  # the keyboard goes by the table, whose numbers lead to the same places
    words = drawn.get("class", "").split()
    if "series" in words:
        kept.set("class", f"series {kinds[int(words[1].removeprefix('serie-'))]}")
    for inner in drawn:
        if inner.tag in _DRAWN and inner.get("height") not in _NOTHING:
            part = _cleaned(inner, kinds)
            if len(part) or part.tag not in {"g", "a"}:
                kept.append(part)
    return kept
