"""Whatever the umask, what we make is for its owner alone: files 0600, folders 0700."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import FILES, Counter, at_the_counter

LINES = [
    "customer add --name 赵六 --phone 13600136000",
    "sale add --customer CU26-0001 --product PR26-0002 --price 58",
    "customer set CU26-0002 note=老客户",
    "customer edit CU25-0007",
    "delivery sign DE26-0002 --by 王建国",
    "claim decide CL26-0001 repair",
    "complaint add --customer CU26-0001 --what 约好的时间没来",
    "visit add --customer CU26-0001 --channel phone --purpose other --outcome reached",
    "promise add --to CU26-0001 --what 回电话 --due 2026-03-12",
    "wish add --customer CU26-0001 --words 字大一点",
    "event add --name 茶会 --at 2026-06-01",
    "points give --customer CU26-0001 --points 10 --reason 周年庆",
    "part add --name 压缩机",
    "staff add --name 小陈",
    "import customer ../sheet.csv",
    "policy new shop ours",
    "delivery sheet DE26-0002 ../sheet.html",
    "sale label SA26-0001 ../label.html",
    "unit card SA25-0009/1 ../card.html",
    "product leaflet PR26-0001 ../leaflet.html",
    "claim letter CL26-0001 ../letter.html",
    "part remove PA26-0001 --yes",
    "customer forget CU26-0002 --yes --owing",
    "customer forget CU26-0002 --yes --history-words ../words",
    "init ../another --name 分店",
    "init ../empty --name 二店",
]
"""A line for each way of making files: records, what lies beside them, tombstones, packs, papers, drafts, books."""


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """The masks that leave everything open, the usual one, and the careful one."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    found = (path for path in folder.rglob("*") if not path.is_symlink())
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in found}


def test_nothing_that_a_verb_makes_is_open_to_others(
    umask: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine that several people use, a customer's address must not be readable because umask was 000.

    The book lies in a repository that was there before, whose own files are as their owner left them.
    """
    counter = Counter(tmp_path / "repository" / "shop", capsys)
    for file, text in FILES.items():
        counter.write(file, text.replace("git: no", "git: yes"))
    (tmp_path / "repository" / "empty").mkdir()
    (tmp_path / "repository" / "sheet.csv").write_text("姓名,电话\n钱七,13600136001\n", encoding="utf-8")
    editor = tmp_path / "editor.py"
    editor.write_text("import sys\nopen(sys.argv[1], 'a').write('note: 常来\\n')\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path / "repository")], check=True)
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    at_the_counter(counter.folder, monkeypatch)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = _modes(tmp_path)
    refused = {line: done.err for line in LINES if (done := counter(line)).code}
    assert refused == {}
    after = _modes(tmp_path)
    made = {path: mode for path, mode in after.items() if path not in before}
    assert len(made) > 60
    assert {path: oct(mode) for path, mode in made.items() if mode & 0o077} == {}
    assert {path for path, mode in after.items() if mode != before.get(path, mode)} == set()


def test_a_draft_is_for_its_owner_alone_while_it_is_edited(
    umask: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor may be open for an hour, in a folder that all users of the machine share."""
    counter = Counter(tmp_path / "shop", capsys)
    for file, text in FILES.items():
        counter.write(file, text)
    at_the_counter(counter.folder, monkeypatch)
    seen = tmp_path / "seen"
    code = "import os, sys; p = sys.argv[1]; print(oct(os.stat(p).st_mode), oct(os.stat(os.path.dirname(p)).st_mode))"
    editor = tmp_path / "editor.py"
    editor.write_text(f"{code.replace('print(', 'print(', 1)[:-1]}, file=open({str(seen)!r}, 'w'))\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    counter.done("customer edit CU26-0001")
    assert seen.read_text(encoding="utf-8").split() == ["0o100600", "0o40700"]
