"""The site: every page has its place, in both languages; ``make site`` builds it and follows its links."""

from __future__ import annotations

import re
from pathlib import Path

from tests import site_pages

ROOT = site_pages.ROOT
NAV = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
PLACED = re.findall(r"(\S+\.md)$", NAV, re.MULTILINE)


def test_every_page_has_one_place() -> None:
    """Who looks for a page finds it in the list of the site, and no line of it leads nowhere."""
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert sorted(PLACED) == sorted(set(PLACED))
    assert pages <= set(PLACED)
    assert [page for page in PLACED if not (ROOT / page).exists()] == []


def test_the_tour_and_the_cookbook_are_in_both_languages() -> None:
    """With the same commands' output asked for, block for block, and all languages in the list."""
    for name in ("tour", "cookbook"):
        english, chinese = (
            (ROOT / "docs" / f"{name}{ending}.md").read_text(encoding="utf-8") for ending in ("", ".zh")
        )
        assert re.findall(r"^```.*$", english, re.MULTILINE) == re.findall(r"^```.*$", chinese, re.MULTILINE)
        assert {f"docs/{name}.md", f"docs/{name}.zh.md"} <= set(PLACED)


def test_links_hold_in_the_copy(tmp_path: Path) -> None:
    """What a page links to is copied with it; a link to the sessions leads to their list, no other to a folder."""
    site_pages.lay_out(tmp_path)
    assert (tmp_path / "docs" / "pictures").is_dir()
    assert "(tests/sessions/README.md)" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "](../tests/scores/book)" not in (tmp_path / "docs" / "score-example.md").read_text(encoding="utf-8")
    assert "- [A1-customer-file: " in (tmp_path / "tests" / "sessions" / "README.md").read_text(encoding="utf-8")


def test_what_is_fetched_from_elsewhere_is_found() -> None:
    """A script, a picture or a font of another host; a link that somebody may follow is none."""
    found = site_pages._FETCHED.search
    assert found('<script src="https://cdn.example/x.js">')
    assert found('<link rel="stylesheet" href="//fonts.example/css">')
    assert not found('<a href="https://example.org/">')
