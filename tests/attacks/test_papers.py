"""A paper is a page that runs nothing and asks for nothing, whatever the records, the shop and its packs say."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import TAKEN, acted

TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
        *("article", "aside", "div", "span", "p", "h1", "h2", "h3", "h4", "ul"),
        *("ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr"),
        *("th", "td", "caption", "colgroup", "col", "strong", "em", "b", "i", "small"),
        *("br", "hr", "figure", "figcaption", "svg", "path", "rect"),
    }
)
ATTRIBUTES = frozenset(
    {
        *("lang", "charset", "http-equiv", "content", "name", "class", "id", "style", "colspan", "rowspan"),
        *("scope", "viewbox", "d", "width", "height", "role", "fill", "xmlns", "aria-label", "aria-hidden"),
        *("shape-rendering", "dir", "title"),
    }
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
KINDS = ("script", "attribute", "end of style", "entity", "link to a script", "print box", "template", "forged row")


class Page(HTMLParser):
    """What a browser would find in a page: its elements with their attributes, its text and its styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text.append(data)

    def active(self) -> Iterator[str]:
        """Whatever could act, ask for something, or is none of the pieces that papers are made of."""
        for tag, attributes in self.elements:
            if tag not in TAGS:
                yield f"<{tag}>"
            for name, value in attributes:
                if name not in ATTRIBUTES or "url(" in (value or "") or (name == "style" and ":" not in (value or ":")):
                    yield f"<{tag} {name}={value!r}>"


def printed(folder: Path, payload: str, lines: tuple[str, ...] = poisoned.PAPERS) -> Iterator[tuple[str, str]]:
    """The papers of a book in which every text is the payload, or ends in it, each by the line that prints it."""
    every_verb.laid_out(folder, poisoned.book(payload))
    with every_verb.standing_in(folder):
        for line in lines:
            code, out, err = every_verb.typed(line)
            assert code == 0, (line, err)
            yield line, out


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_on_a_paper_acts(tmp_path: Path, kind: str) -> None:
    """A buyer's name that is a script would have run in the browser of whoever prints the sheet, with the book's folder
    open to it.
    """
    shown = 0
    for line, html in printed(tmp_path, TAKEN[kind]):
        page = Page(html)
        assert list(page.active()) == [], line
        assert [dict(found).get("content") for tag, found in page.elements if tag == "meta"][1] == POLICY, line
        assert acted(html.replace("\n", "")) == [], line
        assert "49" not in [word for text in page.text for word in text.split()], line
        first = TAKEN[kind].split("\n")[0].split()[0]
        shown += any(first in text for text in page.text)
        style = html[html.index("<style>") : html.index("</style>")]
        assert "example.invalid" not in style, line
    assert shown >= len(poisoned.PAPERS) - 1  # as the text that it is


def test_what_is_found_on_a_page_is_found() -> None:
    """The check can fail: it sees scripts, handlers, frames and places to load from."""
    for html in (
        "<script>x</script>",
        "<p onclick=x>",
        "<iframe src=x>",
        "<div style='background:url(x)'>",
        "<a href=x>",
    ):
        assert list(Page(html).active()) != []
