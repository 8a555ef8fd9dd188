"""The documents say what is so: every service has its row, every command named exists, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from aftercare.cli import root
from tests import drawn_tables, record_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md"])
CATALOGUE = (ROOT / "tests" / "catalogue.txt").read_text(encoding="utf-8").split()
ROW = re.compile(r"\| ([A-M]\d+) \| (.+?) \| (.+?) \| (.+?) \|")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def rows() -> dict[str, tuple[str, str]]:
    """The command cell and the session cell of each service."""
    found = ROW.findall((ROOT / "docs" / "services.md").read_text(encoding="utf-8"))
    assert len({row[0] for row in found}) == len(found)
    return {row[0]: (row[2], row[3]) for row in found}


def command(words: list[str]) -> click.Command | None:
    """The command that words name, or none."""
    here: click.Command | None = root()
    for word in words:
        if not isinstance(here, click.Group):
            return None
        here = here.get_command(click.Context(here), word)
    return here


def test_every_service_has_one_row() -> None:
    """The page has a row for each id of the catalogue, in its order, and no other."""
    assert list(rows()) == CATALOGUE


@pytest.mark.parametrize("service", CATALOGUE)
def test_a_service_is_done_or_planned(service: str) -> None:
    """A row names commands that exist and a session that shows them, or says that it is planned and nothing else."""
    commands, session = rows()[service]
    if commands == "planned":
        assert session == "planned"
        return
    links = LINK.findall(session)
    assert len(links) == 1
    text = (ROOT / "docs" / links[0]).read_text(encoding="utf-8")
    for name in re.findall(r"`([^`]+)`", commands):
        assert command(name.split()) is not None
        assert f"aftercare {name}" in text, f"{links[0]} does not show {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file that is there."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_pages_name_exist(page: Path) -> None:
    """``aftercare NOUN VERB`` in a page is a command of the tool."""
    for words in re.findall(r"^\$ aftercare ((?:[a-z]+ ?)+)", page.read_text(encoding="utf-8"), re.MULTILINE):
        first = words.split()[0]
        assert first in root().list_commands(click.Context(root())), words


def test_the_page_of_records_is_current() -> None:
    """``docs/records.md`` is what the models say today."""
    assert (ROOT / "docs" / "records.md").read_text(encoding="utf-8") == "\n".join(record_pages.page()) + "\n"


@pytest.mark.parametrize("page", drawn_tables.tables())
def test_tables_that_are_drawn_are_current(page: str) -> None:
    """Facts and packs stand in the pages as the program knows them today: ``make docs``."""
    assert (ROOT / page).read_text(encoding="utf-8") == drawn_tables.current(page)
