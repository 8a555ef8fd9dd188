"""What pages show with jq, fzf and systemd, and what groff and mandoc say of the pages for man; ``make test-tools``.

These tests are apart from the others, as those of papers are, so that ``make test`` needs no tool but git.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import quick
from tests.man_pages import FOLDER
from tests.test_sessions import ROOT, Step, _environment, _install, parsed, run

TITLED = re.compile(r"^```console title=\"(\w+)\"$", re.MULTILINE)
PAGES = sorted(FOLDER.rglob("*.1"))
AT_HOME = 'mkdir -p .local/bin && ln -s "$(command -v aftercare)" .local/bin/ && export XDG_RUNTIME_DIR=$HOME'
"""What a login has: a program of one's own, and a folder for what runs."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tool, loaded and waiting."""
    yield from quick.started(tmp_path_factory.mktemp("served") / "socket")


@pytest.mark.parametrize("name", ["cookbook.md", "cookbook.zh.md"])
def test_a_page_prints_what_it_says_with_its_tools(
    name: str, tmp_path: Path, server: Path, request: pytest.FixtureRequest
) -> None:
    """Its titled blocks too, each in its place among the others."""
    path = ROOT / "docs" / name
    text = path.read_text(encoding="utf-8")
    titles = iter(TITLED.findall(text))
    session = parsed(TITLED.sub("```console", text))
    session.parts.insert(0, Step([AT_HOME]))
    printed = run(session, tmp_path, server)
    said = printed.parts.pop(0)
    assert isinstance(said, Step)
    assert said.output == []
    shown = printed.text()
    for at in re.finditer(r"^## (\w+)\n\n(?:.+\n)+\n```(console)$", shown, re.MULTILINE):
        if at[1] in {"jq", "fzf", "systemd"}:
            assert at[1] == next(titles)
            shown = shown.replace(at[0], f'{at[0]} title="{at[1]}"')
    if request.config.getoption("--update-sessions"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_watch_shows_what_is_due(tmp_path: Path, server: Path) -> None:
    """On a terminal, as the pages show it: the screen has what is late."""
    session = parsed("<!-- today: 2026-11-20T09:00 lang: en -->\n")
    (tmp_path / "bin").mkdir()
    _install(tmp_path / "bin", server)
    env = {**_environment(session, tmp_path, tmp_path / "bin"), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    words = ["timeout", "5", "watch", "--interval", "60", "aftercare", "-C", str(ROOT / "data"), "due", "--overdue"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(words, env=env, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        seen = b""
        try:
            while b"CO26-0007/report.1" not in seen:
                seen += os.read(ours, 4096)
        except OSError:
            pytest.fail(seen.decode("utf-8", "replace"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(FOLDER).as_posix())
def test_man_shows_a_page_without_a_warning(page: Path) -> None:
    """Neither groff nor mandoc finds a fault, and the page's name and sentence can be looked up."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    shown = subprocess.run(["man", "--warnings", "--local-file", page], env=env, capture_output=True, check=True)
    assert shown.stderr == b""
    subprocess.run(["mandoc", "-T", "lint", "-W", "error", page], check=True)
    assert page.stem in subprocess.run(["lexgrog", page], env=env, capture_output=True, check=True, text=True).stdout
