"""The small shop under git, for tests of its history: nothing of whoever runs them counts, and the clock stands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

SETTINGS = "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ntime_zone: Asia/Shanghai\ngit: yes\n"
BEGUN = "the shop as it was"


def opened(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop's book in *folder*, all of it committed by hand."""
    clean_environment(folder.parent, monkeypatch)
    counter = small_shop.opened(folder, capsys, monkeypatch)
    counter.write("aftercare.yaml", SETTINGS)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", BEGUN)
    return counter


def clean_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests; everything is written at a fixed time in China."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-03-10T09:30:00+08:00")


def git(root: Path, *arguments: str) -> str:
    """What git says, asked in *root* by an operator with a name."""
    identity = ("-c", "user.name=Shop", "-c", "user.email=shop@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip("\n")


def titles(counter: Counter) -> list[str]:
    """The titles of the commits, newest first."""
    return git(counter.folder, "log", "--format=%s").splitlines()


def records(counter: Counter) -> dict[str, bytes]:
    """The files of the book without git's own."""
    return {name: data for name, data in counter.files().items() if not name.startswith(".git/")}
