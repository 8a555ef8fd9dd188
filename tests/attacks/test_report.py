"""The report is a page that runs nothing and asks for nothing, whatever the records, the shop and its packs say."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.finding import describe
from aftercare.commands.session import Session
from aftercare.render.record_page import record_page
from tests import every_verb
from tests.attacks import poisoned
from tests.attacks.payloads import TAKEN, acted
from tests.attacks.test_papers import KINDS, printed
from tests.attacks.watching import watched
from tests.report_pages import Page


@pytest.mark.parametrize("kind", [*KINDS, "marks", "no width"])
def test_nothing_in_a_report_acts(tmp_path: Path, kind: str) -> None:
    """A customer whose name is a script would have read every record on the page to whoever sent it."""
    for __, html in printed(tmp_path, TAKEN[kind], ("report",)):
        page = Page(html)
        assert list(page.active()) == []
        assert page.dangling() == []
        assert acted(html.replace("\n", "")) == []
        assert not any(mark in html for mark in "\u200e\u200f\u200b\u2060")  # shown as what they are
        if kind in KINDS:
            first = TAKEN[kind].split("\n")[0].split()[0]
            assert any(first in text for text in page.words)  # as the text that it is


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_on_a_record_s_page_acts(tmp_path: Path, kind: str) -> None:
    """Pages that are served hold every field, so every field is escaped."""
    every_verb.laid_out(tmp_path, poisoned.book(TAKEN[kind]))
    with every_verb.standing_in(tmp_path):
        session = Session()
        shelf = session.read(session.book())
        assert len(shelf.records) > 20
        for record in shelf.records.values():
            html = record_page(record, shelf)
            assert list(Page(html).active()) == [], describe(shelf, record.id)
            assert acted(html.replace("\n", "")) == [], record.id


def test_the_report_opens_no_connection_and_writes_only_its_file(tmp_path: Path) -> None:
    """The drawings come from a library, which must not look for its style, or for anything, elsewhere."""
    every_verb.laid_out(tmp_path, every_verb.base_book())
    with every_verb.standing_in(tmp_path):
        every_verb.typed("report")  # what is imported once need not be imported again
        with watched() as seen:
            code, __, err = every_verb.typed("report page.html")
    assert code == 0, err
    assert seen.network == []
    assert seen.programs == []
    assert seen.outside(tmp_path) == []
    assert (tmp_path / "page.html").is_file()
