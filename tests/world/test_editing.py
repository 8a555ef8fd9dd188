"""Editors that do odd things: nothing the operator typed is lost, and nothing left by chance becomes a record."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

RECORD = "customers/2026/CU26-0001.yaml"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, and a folder for temporary files."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.delenv("VISUAL", raising=False)
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _editor(counter: Counter, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """An editor, with a space in its name and an argument, that runs *code* with the ``path`` it was given."""
    program = counter.folder.parent / "an editor.py"
    program.write_text(
        f"import os, pathlib, signal, subprocess, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n", encoding="utf-8"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{program}' --wait")


def _left(counter: Counter) -> list[Path]:
    return [path for path in (counter.folder.parent / "tmp").rglob("*") if not path.is_dir() or path.suffix]


@pytest.mark.parametrize(
    "code",
    [
        "path.unlink()",
        "os.utime(path, (0, 0))",
        "(path.parent / '.CU26-0001.yaml.swp').write_bytes(b'x')\n(path.parent / (path.name + '~')).write_bytes(b'x')",
        "import shutil\nshutil.rmtree(path.parent)",
    ],
    ids=["deletes the file", "touches it", "leaves swap files", "deletes the folder"],
)
def test_an_editor_that_says_nothing_changes_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """The record is as it was, it is said, and no copy of a customer's data stays behind."""
    before = counter.files()
    _editor(counter, monkeypatch, code)
    printed = counter("customer edit CU26-0001")
    assert (printed.code, "is as it was" in printed.err) == (0, True)
    assert counter.files() == before
    assert list((counter.folder.parent / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "code",
    [
        "path.write_bytes(b'')",
        "path.write_bytes(bytes(4096))",
        "path.write_text('id: CU26-0001\\nname: 王\\n', encoding='gbk')",
        "path.write_text('id: CU26-0001\\nname: 王\\n', encoding='utf-16')",
        "path.write_text('id: CU26-0002\\nname: x\\n')",
        "path.write_text('removed: {on: 2026-03-01}\\n')",
        "path.write_bytes(b'id: CU26-0001\\nname: ' + b'x' * 2_000_000)",
        "path.unlink()\npath.mkdir()",
        "path.unlink()\npath.symlink_to('/etc/hostname')",
        "path.unlink()\npath.symlink_to(path.name)",
        "path.unlink()\nos.mkfifo(path)",
    ],
    ids=[
        "empty",
        "zeros",
        "GBK",
        "UTF-16",
        "another id",
        "a tombstone",
        "huge",
        "a folder",
        "a link",
        "a loop",
        "a pipe",
    ],
)
def test_what_is_no_record_is_refused_and_kept(counter: Counter, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """One reason, and where the text is; a folder in the copy's place was told as a failure to print."""
    before = counter.files()
    _editor(counter, monkeypatch, code)
    printed = counter("customer edit CU26-0001")
    assert printed.code in {3, 5}, printed.err
    assert printed.err.count("your text is kept in ") == 1
    reasons = [line for line in printed.err.splitlines() if "your text is kept in " not in line]
    assert all(line.startswith(("aftercare: ", "customers/", "CU26-0001.yaml:1: ")) for line in reasons)
    assert counter.files() == before
    assert len(_left(counter)) == 1


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(1)"])
def test_an_editor_that_is_killed_leaves_the_text(counter: Counter, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """What was saved before it went stays in the copy, for its owner alone."""
    before = counter.files()
    _editor(counter, monkeypatch, f"path.write_text('id: CU26-0001\\nname: x\\n')\n{end}")
    printed = counter("customer edit CU26-0001")
    assert (printed.code, printed.err.count("your text is kept in ")) == (2, 1)
    assert counter.files() == before
    [copy] = _left(counter)
    assert copy.read_text(encoding="utf-8") == "id: CU26-0001\nname: x\n"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("other", ["set CU26-0001 note=y", "remove CU26-0001 --yes", "itself"])
def test_a_record_that_another_command_changes_meanwhile(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    """The other's change stands, ours is refused with the file's name, and our text is kept for us alone."""
    for file in ("sales/2026/SA26-0001.yaml", "deliveries/2026/DE26-0002.yaml", "promises/2026/PM26-0001.yaml"):
        (counter.folder / file).unlink()
    words = [sys.executable, "-m", "aftercare", "customer", *other.split()]
    run = (
        f"subprocess.run({words!r}, check=True, env={{**os.environ, 'PYTHONPATH': {str(Path(__file__).parents[2])!r}}})"
    )
    if other == "itself":
        run = f"pathlib.Path({str(counter.folder / RECORD)!r}).write_text('id: CU26-0001\\nname: y\\n')"
    _editor(counter, monkeypatch, f"path.write_text('id: CU26-0001\\nname: x\\n')\n{run}")
    printed = counter("customer edit CU26-0001")
    assert (printed.code, RECORD in printed.err, printed.err.count("your text is kept in ")) == (5, True, 1)
    assert "name: x" not in counter.text("CU26-0001")
    [copy] = _left(counter)
    assert copy.read_text(encoding="utf-8") == "id: CU26-0001\nname: x\n"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)] == [0o600, 0o700]


def test_no_room_for_the_copy(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said in one line, before the editor is opened; it was told as a failure to print."""
    _editor(counter, monkeypatch, "path.write_text('id: CU26-0001\\nname: x\\n')")
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    printed = counter("customer edit CU26-0001")
    assert (printed.code, len(printed.err.splitlines())) == (5, 1)
    assert "$TMPDIR cannot be written: No such file or directory" in printed.err
    monkeypatch.setattr("tempfile.tempdir", str(counter.folder.parent / "tmp"))
    monkeypatch.setattr("aftercare.commands.editor.os.fdopen", _full)
    printed = counter("customer edit CU26-0001")
    assert (printed.code, "No space left on device" in printed.err, len(printed.err.splitlines())) == (5, True, 1)
    assert list((counter.folder.parent / "tmp").iterdir()) == []


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")
