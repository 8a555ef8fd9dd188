"""Console sessions: Markdown whose examples are run, so that what the documents show is what the tool prints.

A session begins with a comment, ``<!-- today: 2026-03-03T10:00 lang: en -->``; ``copy: data`` in it lays a copy of the
sample shop beside the session as ``data``.  In a block fenced as ``console`` a line ``$ …`` is a command, ``> …`` its
continuation; the lines after it are exactly what it prints, stdout and stderr as they come; ``[exit 3]`` ends them
where it did not exit 0.  All commands of a session run in one shell, in an empty folder, from an empty environment.
The tool is started by :mod:`tests.quick`, but for the sessions about starting it, which start an interpreter each time.
"""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import quick

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "sessions"
SESSIONS = [
    *sorted(FOLDER.glob("*.md")),
    ROOT / "README.md",
    *(
        ROOT / "docs" / f"{name}.md"
        for name in ("a-week", "attachments", "editor", "merging", "own-services", "points", "policies")
    ),
    *(ROOT / "docs" / f"{name}.md" for name in ("cookbook", "cookbook.zh", "tour", "tour.zh")),
]
ROWS = {
    "A1", "A2", "A3", "B1", "B2", "B4", "B5", "C1", "C2", "C3", "C4", "C5", "C6", "D1", "D2", "D3", "D4", "D5", "D6",
    "D7", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "F1", "F2", "F3", "F4", "F5", "G1", "G2", "G3", "G4", "G5",
    "G6", "G7", "G8", "H1", "H2", "H3", "H4", "I3", "I4", "J1", "J2", "J3", "K1", "L1", "L2", "L3", "L4", "L5",
    "L6", "L7", "L8", "L9", "L10", "M1", "M2", "M3", "M4",
}  # fmt: skip
"""The services of the catalogue that work."""
STARTED = {"README", "cron", "errors", "git", "set-and-remove"}
"""The sessions that start the tool as an operator does."""
SETTING = re.compile(r"(\w+): (\S+)")
MARK = "--- end of step, exit "
"""What the shell prints after each command; nothing that the tool prints looks like it."""


@dataclass
class Step:
    """One command and the lines that belong to it."""

    command: list[str]
    output: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The step as it stands in the file."""
        first, *more = self.command
        return [f"$ {first}", *(f"> {line}".rstrip() for line in more), *self.output]


@dataclass
class Session:
    """A session's text, cut into prose (lines) and steps."""

    settings: dict[str, str]
    parts: list[str | Step]

    @property
    def steps(self) -> list[Step]:
        """Its commands in their order."""
        return [part for part in self.parts if isinstance(part, Step)]

    def text(self) -> str:
        """The file's text."""
        lines: list[str] = []
        for part in self.parts:
            lines += part.lines() if isinstance(part, Step) else [part]
        return "\n".join(lines) + "\n"


def parsed(text: str) -> Session:
    """The session that a Markdown text holds."""
    first, _, _ = text.partition("\n")
    parts: list[str | Step] = []
    inside = False
    for line in text.splitlines():
        last = parts[-1] if parts else None
        if line.startswith("```"):
            inside = not inside and line == "```console"
            parts.append(line)
        elif not inside:
            parts.append(line)
        elif line.startswith("$ "):
            parts.append(Step([line[2:]]))
        elif isinstance(last, Step) and not last.output and (line.startswith("> ") or line == ">"):
            last.command.append(line[2:])
        elif isinstance(last, Step):
            last.output.append(line)
        else:
            pytest.fail(f"a console block begins with a command, not with {line!r}")
    return Session(dict(SETTING.findall(first)), parts)


def run(session: Session, folder: Path, server: Path | None = None) -> Session:
    """The same session with what its commands print now."""
    home, steps, tools = folder / "home", folder / "steps", folder / "bin"
    for made in (home, steps, tools):
        made.mkdir()
    _install(tools, server)
    if session.settings.get("copy") == "data":
        shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns(".git", ".aftercare"))
    script = []
    for number, step in enumerate(session.steps):
        file = steps / f"{number}.sh"
        file.write_text("\n".join(step.command) + "\n", encoding="utf-8")
        script.append(f"source {file}; printf '%s%s\\n' '{MARK}' $?\n")
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", "exec 2>&1\n" + "".join(script)],
        cwd=home,
        env=_environment(session, home, tools),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    printed = done.stdout.decode("utf-8").replace(str(home), "~")
    return _filled(session, printed)


def _install(tools: Path, server: Path | None) -> None:
    """The tool of this checkout as ``aftercare``, whether or not it is installed; from a server if there is one."""
    tool = tools / "aftercare"
    if server:
        quick.install(tool, server)
        return
    tool.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -P -m aftercare \"$@\"\n", encoding="utf-8"
    )
    tool.chmod(0o755)


def _environment(session: Session, home: Path, tools: Path) -> dict[str, str]:
    return {
        "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TZ": "Asia/Shanghai",
        "AFTERCARE_TODAY": session.settings["today"],
        "AFTERCARE_LANG": session.settings.get("lang", "en"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Shop",
        "GIT_AUTHOR_EMAIL": "shop@example.com",
        "GIT_COMMITTER_NAME": "Shop",
        "GIT_COMMITTER_EMAIL": "shop@example.com",
    }


def _filled(session: Session, printed: str) -> Session:
    """The session with the printed text dealt out to its steps."""
    *outputs, rest = re.split(rf"{MARK}(\d+)\n", printed)
    steps = [Step(step.command) for step in session.steps]
    assert len(outputs) == 2 * len(steps), f"the shell stopped early: {rest}"
    for step, output, code in zip(steps, outputs[::2], outputs[1::2], strict=True):
        step.output = output.removesuffix("\n").split("\n") if output else []
        if code != "0":
            step.output.append(f"[exit {code}]")
    made = iter(steps)
    return Session(session.settings, [next(made) if isinstance(part, Step) else part for part in session.parts])


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The tool, loaded and waiting."""
    with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
        yield from quick.started(Path(folder) / "socket")


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_a_session_prints_what_it_says(
    path: Path, tmp_path: Path, server: Path, request: pytest.FixtureRequest
) -> None:
    """What the documents show is what an operator sees: every line, every exit code."""
    written = path.read_text(encoding="utf-8")
    printed = run(parsed(written), tmp_path, None if path.stem in STARTED else server).text()
    if request.config.getoption("--update-sessions"):
        path.write_text(printed, encoding="utf-8")
        return
    if printed != written:
        name = str(path.relative_to(ROOT))
        diff = difflib.unified_diff(written.splitlines(), printed.splitlines(), name, "printed now", lineterm="")
        pytest.fail("\n".join(diff), pytrace=False)


def test_each_service_of_the_catalogue_that_works_has_a_session() -> None:
    """A row of the catalogue works when a session writes something for it and shows an answer changed by it."""
    assert sorted(ROWS - {path.stem.partition("-")[0] for path in SESSIONS}) == []


def test_a_difference_is_seen(tmp_path: Path) -> None:
    """A line that is not printed, a line too many and another exit code all make a session differ."""
    text = "<!-- today: 2026-03-03 -->\n```console\n$ printf 'one\\ntwo\\n'; \\\n> (exit 3)\none\n```\n"
    printed = run(parsed(text), tmp_path).text()
    assert printed.splitlines()[2:-1] == ["$ printf 'one\\ntwo\\n'; \\", "> (exit 3)", "one", "two", "[exit 3]"]
