"""Tab in a real bash, zsh and fish: ``make test-shells``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import FILES, TODAY
from tests.shells.terminal import ROOT, Terminal, program_in

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "bind 'set enable-bracketed-paste off' 2>/dev/null"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit && compinit -u -D; PS1='$ '; unsetopt zle_bracketed_paste"),
    "fish": (["fish", "--no-config", "-i"], "function fish_prompt; echo '$ '; end"),
}
NAMED = {
    "customers/2026/CU26-0003.yaml": 'id: CU26-0003\nname: 曾 Miller\'s "shop" & $HOME\n',
    "products/2026/PR26-0003.yaml": "id: PR26-0003\nname: 'cable: red=1'\ncategory: goods\n",
}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A shell that stands in a small book and has our script."""
    book = tmp_path / "book"
    for file, text in {**FILES, **NAMED}.items():
        (book / file).parent.mkdir(parents=True, exist_ok=True)
        (book / file).write_text(text, encoding="utf-8")
    programs = program_in(tmp_path / "bin")
    more = {"AFTERCARE_TODAY": TODAY, "PYTHONPATH": str(ROOT), "AFTERCARE_LANG": "en", "PATH": "/usr/bin:/bin"}
    ours = [sys.executable, "-m", "aftercare"]
    time.sleep(0.05)  # what was written within a tick of the clock is looked at again
    subprocess.run([*ours, "due"], cwd=book, env=more, check=True, capture_output=True)
    script = subprocess.run([*ours, "completion", request.param], env=more, check=True, capture_output=True).stdout
    (programs / "script").write_bytes(script)
    argv, first = SHELLS[request.param]
    terminal = Terminal(argv, book, programs, {"AFTERCARE_TODAY": TODAY})
    terminal.type(f"{first}\r", "\n")
    terminal.type(f"source {programs}/script; echo rea''dy\r", "ready\r\n")
    yield terminal
    terminal.close()


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        ("aftercare bal\t", "<balance>"),
        ("aftercare sale sh\tSA26-0001", "<sale><show><SA26-0001>"),
        ("aftercare sale show SA25\t", "<sale><show><SA25-0009>"),
        ("aftercare --lang zh sale list --cust\tx", "<--lang><zh><sale><list><--customer><x>"),
        ("aftercare due --format jsonl --la\ten", "<due><--format><jsonl><--lang><en>"),
        ("aftercare due --format js\tl", "<due><--format><jsonl>"),
        ("aftercare customer show 王建国\t", "<customer><show><王建国>"),
        ("aftercare customer show 单\t", "<customer><show><单雪梅>"),
        ("aftercare customer show 曾\t", '<customer><show><曾 Miller\'s "shop" & $HOME>'),
        ("aftercare product show cab\t", "<product><show><cable: red=1>"),
        ("aftercare product show cable:\t", "<product><show><cable: red=1>"),
        ("aftercare promise keep PM\t", "<promise><keep><PM26-0001>"),
        ("aftercare visit add --keeps SA26-0001/1/d\t", "<visit><add><--keeps><SA26-0001/1/deliver>"),
        ("aftercare claim add --unit SA25-0009/\t", "<claim><add><--unit><SA25-0009/1>"),
        ("aftercare -C vis\t", "<-C><visits>"),
    ],
)
def test_tab_puts_in_what_is_meant(shell: Terminal, typed: str, run: str) -> None:
    """The words that the shell runs are those that the book has, whatever signs are in them."""
    shown = shell.type(f"{typed}\r", ":end\r\n")
    assert f"ran:{run}:end" in shown.replace("visits/>", "visits>")


def test_what_is_meant_is_told_beside_the_words(shell: Terminal) -> None:
    """Ids alone say nothing: whoever presses Tab twice sees whose they are."""
    shown = shell.type("aftercare sale show SA26-000\t\t", "SA26-0002")
    if "王建国" not in shown:
        shown += shell.shows("王建国", len(shell.seen) - len(shown))
    assert "王建国" in shown
    shell.type("\x15", "")
