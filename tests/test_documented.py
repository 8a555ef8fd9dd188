"""``docs/`` has no command that a test has not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import documented, quick
from tests.documented import ROOT, Block, blocks, is_synopsis
from tests.test_sessions import SESSIONS, Session, Step, run

BLOCKS = [block for page in documented.pages() for block in blocks(page, frozenset(SESSIONS))]
ELSEWHERE = {
    "pipx ": "tests/install",  # asks the index of packages
    "watch ": "tests/tools",  # needs a terminal
    "--serve": "tests/commands/test_serving.py",  # runs until it is interrupted
    "--fit": "tests/survival",  # needs a library that draws curves
    "pdf": "tests/paper",  # needs Pango
    "khal ": "tests/readers",  # needs other programs
    "; todo ": "tests/readers",
    "completion zsh": "tests/shells",  # needs these shells
    "completion fish": "tests/shells",
}
"""What a command has in it that cannot be run here, and the tests that run it."""
FINDS = re.compile(r"\baftercare (?:\S+ )*(?:check|--exit-code)\b")
"""What exits 1 when it finds something."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tool, loaded and waiting."""
    yield from quick.started(tmp_path_factory.mktemp("served") / "socket")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop of the pages."""
    folder = tmp_path_factory.mktemp("documented")
    documented.lay_out(folder)
    return folder


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.page.stem}:{block.line}")
def test_a_block_of_a_page_runs(block: Block, shop: Path, server: Path, tmp_path: Path) -> None:
    """Every command of it, in its order, does what it is for: exit 0, or 1 where it is to find something."""
    typed = [line for line in block.commands if not is_synopsis(line) and not elsewhere(line)]
    fresh = (
        f"cd ~/data; cp {shop}/*.xlsx {shop}/orders.csv ."
        if block.sample
        else f"cd ~; rm -rf shop; cp -R {shop} shop; cd shop"
    )
    settings = {"today": "2026-11-20" if block.sample else documented.TODAY, "copy": "data" if block.sample else ""}
    begin = [Step([line]) for line in (fresh, *block.before)]
    steps = [Step(["umask 077; mail() { cat; }; lp() { cat; }; jq() { cat; }"])]
    for number, line in enumerate(typed):
        steps += [*(begin if block.is_choice or not number else ()), Step(line.splitlines())]
    for step in run(Session(settings, list(steps)), tmp_path, server).steps:
        last = step.output[-1] if step.output else ""
        found = FINDS.search("\n".join(step.command)) and last == "[exit 1]"
        assert found or not re.fullmatch(r"\[exit \d+\]", last), "\n".join(step.lines())


def elsewhere(line: str) -> bool:
    """Whether other tests run it."""
    return any(word in line.partition("#")[0] for word in ELSEWHERE)


@pytest.mark.parametrize("tests", ELSEWHERE.values())
def test_what_is_run_elsewhere_is_run_there(tests: str) -> None:
    """The tests that are named are there."""
    assert (ROOT / tests).exists()


SYNOPSES = [line for block in BLOCKS for line in block.commands if is_synopsis(line)]


def test_synopses_and_sentences_name_what_there_is() -> None:
    """A command that is shown by its shape, or named in the midst of a sentence, is there with all its flags."""
    shown = [line.partition("aftercare ")[2].replace("|sale", "") for line in SYNOPSES]
    named = [line for page in documented.pages() for line in documented.in_sentences(page)]
    assert {line: documented.unknown(line) for line in (*shown, *named) if documented.unknown(line)} == {}


def test_what_there_is_not_is_seen() -> None:
    """A verb or a flag that nobody made is named; values and words are not taken for either."""
    assert documented.unknown("customer dance 王建国") == ["dance"]
    assert documented.unknown("-C shop --lang zh claim repair CL26-0001 in --at now --never") == ["--never"]
    assert documented.unknown("due --overdue --format json   # --not-looked-at") == []
