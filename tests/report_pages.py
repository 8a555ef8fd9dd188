"""What a browser finds in a report: its places, the ways to them, its figures, and whatever could act or load."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "section", "footer"),
        *("div", "p", "span", "strong", "i", "h1", "h2", "h3", "ul", "li", "a", "br", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "figure"),
        *("svg", "desc", "g", "path", "rect", "text", "line", "polyline"),
    }
)
"""The pieces that a report is made of; none of them runs or loads anything."""
ATTRIBUTES = frozenset(
    {
        *("lang", "charset", "http-equiv", "content", "name", "rel", "class", "id", "style", "scope", "role", "href"),
        *("aria-label", "aria-labelledby", "aria-hidden", "tabindex"),
        *("data-measure", "data-value", "data-good", "data-of"),
        *("xmlns", "viewbox", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform", "points"),
        "preserveaspectratio",
    }
)


class Figure(NamedTuple):
    """A figure as programs find it in the page."""

    measure: str
    value: str
    good: str
    of: str


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        """Every place, as often as it is there."""
        return [found["id"] for __, found in self.elements if "id" in found]

    @property
    def links(self) -> list[str]:
        """Where anything leads."""
        return [found["href"] for __, found in self.elements if "href" in found]

    @property
    def figures(self) -> list[Figure]:
        """The figures, in their order."""
        return [
            Figure(found["data-measure"], found["data-value"], found["data-good"], found["data-of"])
            for __, found in self.elements
            if "data-measure" in found
        ]

    def dangling(self) -> list[str]:
        """Ways within the page that lead nowhere, and places that there are twice."""
        ids = self.ids
        nowhere = [link for link in self.links if link.startswith("#") and link[1:] not in set(ids)]
        return nowhere + sorted({one for one in ids if ids.count(one) > 1})

    def active(self) -> Iterator[str]:
        """Whatever could act, load something, or is none of the pieces that a report is made of."""
        for tag, found in self.elements:
            if tag not in TAGS:
                yield f"<{tag}>"
            for name, value in found.items():
                if name not in ATTRIBUTES or "url(" in value:
                    yield f"<{tag} {name}={value!r}>"
                if name == "href" and not value.startswith(("#", "/record/")) and value not in {"/", "data:,"}:
                    yield f"<{tag} {name}={value!r}>"
