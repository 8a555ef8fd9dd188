"""The documents say what is so: every service has its row, every command named exists, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from aftercare.cli import root
from aftercare.commands.nouns import NOUNS
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


def test_no_page_holds_what_git_left_of_a_conflict() -> None:
    """A page that two people changed says what both meant, and shows nobody how."""
    left = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
    assert [page.name for page in PAGES if left.search(page.read_text(encoding="utf-8"))] == []


def test_every_service_has_one_row() -> None:
    """The page has a row for each id of the catalogue, in its order, and no other."""
    assert list(rows()) == CATALOGUE


@pytest.mark.parametrize("service", CATALOGUE)
def test_a_service_is_done(service: str) -> None:
    """A row names commands that exist, and a session that shows them."""
    commands, session = rows()[service]
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


def anchors(page: Path) -> set[str]:
    """The places of a page that a link can lead to: its headings, in small letters, without signs."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anchors_lead_to_a_heading(page: Path) -> None:
    """A link into the midst of a page would drop the reader at its top, to look for what was meant."""
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        file = page.parent / target if target else page
        assert anchor in anchors(file), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_pages_name_exist(page: Path) -> None:
    """``aftercare NOUN VERB`` in a page is a command of the tool."""
    for words in re.findall(r"^\$ aftercare ((?:[a-z]+ ?)+)", page.read_text(encoding="utf-8"), re.MULTILINE):
        first = words.split()[0]
        assert first in root().list_commands(click.Context(root())), words


def week(day: str = "") -> list[str]:
    """The lines of a day of ``docs/a-week.md``, else of all of it."""
    text = (ROOT / "docs" / "a-week.md").read_text(encoding="utf-8")
    days = [part for part in re.split(r"^## ", text, flags=re.MULTILINE) if part.startswith(day)]
    assert len(days) == 1 or not day
    return "\n".join(days).splitlines()


def typed(lines: list[str]) -> list[str]:
    """What the operator types in these lines, from the noun or the root's verb on."""
    return re.findall(
        r"\baftercare (?:--today \S+ )?([a-z].*)", "\n".join(ln for ln in lines if ln[:2] in {"$ ", "> "})
    )


def test_a_week_in_the_shop_touches_every_noun() -> None:
    """No kind of record is without its place in a week's work; the questions of the root have theirs as well."""
    said = {command.split()[0] for command in typed(week())}
    assert set(NOUNS) | {"due", "balance", "check", "find"} <= said


def test_a_week_in_the_shop_runs_from_what_is_due_to_a_greeting() -> None:
    """Monday begins with ``due``; on Sunday a greeting is due and kept, and the balance of the week adds up."""
    assert typed(week("Monday"))[0].split()[0] == "due"
    sunday = week("Sunday")
    greeted = {line.rpartition(" ")[2] for line in sunday if line.startswith("today greeting ")}
    assert greeted
    assert greeted <= {kept for line in sunday for kept in re.findall(r"keeps ([^,\s]+), in time", line)}
    total = next(line.split()[1:] for line in sunday if line.startswith("total "))
    made, *became = (int(figure) for figure in total)
    assert made == sum(became)


def test_the_page_of_records_is_current() -> None:
    """``docs/records.md`` is what the models say today."""
    assert (ROOT / "docs" / "records.md").read_text(encoding="utf-8") == "\n".join(record_pages.page()) + "\n"


@pytest.mark.parametrize("page", drawn_tables.tables())
def test_tables_that_are_drawn_are_current(page: str) -> None:
    """Facts and packs stand in the pages as the program knows them today: ``make docs``."""
    assert (ROOT / page).read_text(encoding="utf-8") == drawn_tables.current(page)
