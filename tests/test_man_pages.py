"""The pages for ``man`` say what the helps say, in both languages, and every command has its part in one."""

from __future__ import annotations

from configparser import ConfigParser
from functools import cache
from pathlib import PurePosixPath

import click
import pytest

from aftercare.cli import root
from tests import man_pages
from tests.man_words import WORDS

ROOT = man_pages.FOLDER.parent


@cache
def drawn() -> dict[str, str]:
    """The pages as they are drawn now."""
    return man_pages.pages()


def test_the_pages_are_current() -> None:
    """``make docs`` would change nothing: no page differs, is missing or is left over."""
    written = {
        file.relative_to(man_pages.FOLDER).as_posix(): file.read_text(encoding="utf-8")
        for file in man_pages.FOLDER.rglob("*")
        if file.is_file()
    }
    assert sorted(written) == sorted(drawn())
    assert [name for name, text in drawn().items() if written[name] != text] == []


@pytest.mark.parametrize("place", man_pages.PLACES.values())
def test_every_verb_has_its_part(place: str) -> None:
    """A verb that a noun has stands in the noun's page under its own heading."""
    top = root()
    for name in top.list_commands(click.Context(top)):
        command = top.get_command(click.Context(top), name)
        verbs = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else []
        page = drawn()[f"{place}/aftercare-{name}.1"].splitlines()
        headings = {line for line in page if line.startswith(".SS")}
        assert {f'.SS "{name} {verb}"'.replace("-", "\\-") for verb in verbs} <= headings


def test_a_line_of_text_is_never_taken_for_a_request() -> None:
    """What begins with a point or a quote is shown, and a backslash stays one."""
    assert man_pages._typed(".git -- it's ~/x\\n") == "\\&.git \\-\\- it\\(aqs \\(ti/x\\en"
    assert man_pages._line("看，然后（再）写 git、\n.git。") == "看，\\:然\\:后\\:（\\:再）\\:写 git、 .git。"


def test_both_languages_say_the_same_codes_and_settings() -> None:
    """Exit codes, variables and files are told in the same order in both."""
    english, chinese = WORDS["en"], WORDS["zh"]
    for part in ("exits", "settings", "places"):
        assert list(getattr(english, part)) == list(getattr(chinese, part))


def test_every_page_is_installed() -> None:
    """``setup.cfg`` takes each folder of pages along, where ``man`` looks beside the program."""
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    taken = {place: pattern.split() for place, pattern in parser["options.data_files"].items()}
    folders = {PurePosixPath(name).parent for name in drawn()}
    pages = {"zh/man1": "share/man/zh/man1", "man1": "share/man/man1"}
    assert {str(folder) for folder in folders} == set(pages)
    assert taken == {place: [f"man/{folder}/*.1"] for folder, place in pages.items()}
