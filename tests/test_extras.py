"""Extras explain themselves: a feature whose library is missing says which extra has it, and what to do without."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from aftercare.cli import run
from tests.extras import ROOT, WANTS, WORKBOOK, offered, sentence


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample shop, and a file that could be a workbook."""
    folder = tmp_path_factory.mktemp("extras")
    shutil.copytree(ROOT / "data", folder / "shop", ignore=shutil.ignore_patterns(".git", ".aftercare"))
    (folder / "customers.xlsx").write_bytes(WORKBOOK)
    return folder


@pytest.mark.parametrize("extra", WANTS)
def test_a_missing_library_is_named_by_its_extra(
    extra: str, shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that installs it stands on stderr; no traceback, and no file half written."""
    wants = WANTS[extra]
    monkeypatch.chdir(shop)
    monkeypatch.setitem(sys.modules, wants.library, None)
    words = ["-C", "shop", "--today", "2026-11-20", "--lang", "en", *wants.words.split()]
    assert run(words) == wants.exit_code
    printed = capsys.readouterr()
    assert sentence(extra) in printed.err
    assert bool(printed.out) is (wants.exit_code == 0)
    assert {path.name for path in shop.iterdir()} == {"shop", "customers.xlsx"}


@pytest.mark.parametrize("extra", WANTS)
def test_an_extra_brings_the_library_that_is_missed(extra: str) -> None:
    """What the sentence tells people to install is what the command looks for."""
    assert any(required.startswith(WANTS[extra].library) for required in offered()[extra])


def test_the_readme_tells_every_extra() -> None:
    """Its table names each extra that an operator may want, and no other."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| extra |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(offered())
