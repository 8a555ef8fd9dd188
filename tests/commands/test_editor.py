"""``edit``: the operator's editor on a private copy."""

from __future__ import annotations

import io
import os
import pty
import stat
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from aftercare.cli import run

ROOT = Path(__file__).resolve().parent.parent.parent
BEFORE = "id: CU26-0001  # 老客户\nname: 王建国\n"


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with one customer, a folder for temporary files, and no editor."""
    root = tmp_path / "book"
    (root / "customers/2026").mkdir(parents=True)
    (root / "aftercare.yaml").write_text("git: no\n", encoding="utf-8")
    (root / "customers/2026/CU26-0001.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return root


def _editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """An editor that runs a line of Python with ``path``, the file it was given."""
    program = tmp_path / "an editor.py"
    program.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{program}' --wait")


def _left(tmp_path: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in (tmp_path / "tmp").rglob("*.yaml")]


def _text(book: Path) -> str:
    return (book / "customers/2026/CU26-0001.yaml").read_text(encoding="utf-8")


ADD = "path.write_text(path.read_text(encoding='utf-8') + {!r}, encoding='utf-8')"


def test_what_the_editor_leaves_is_kept_when_it_is_valid(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, comments too, and no copy is left behind."""
    _editor(monkeypatch, tmp_path, ADD.format("note: 常来  # 好\n"))
    assert run(["customer", "edit", "1"]) == 0
    assert _text(book) == BEFORE + "note: 常来  # 好\n"
    assert _left(tmp_path) == []


def test_the_copy_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customer's file is nobody else's to read: its folder and the file are the owner's alone."""
    seen = tmp_path / "seen"
    modes = f"pathlib.Path({str(seen)!r}).write_text(f'{{path.stat().st_mode}} {{path.parent.stat().st_mode}}')"
    _editor(monkeypatch, tmp_path, modes)
    assert run(["customer", "edit", "1"]) == 0
    assert [stat.S_IMODE(int(mode)) for mode in seen.read_text().split()] == [0o600, 0o700]


def test_an_unchanged_file_is_said_to_be_one(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written."""
    _editor(monkeypatch, tmp_path, "")
    assert run(["customer", "edit", "1"]) == 0
    assert "CU26-0001 is as it was" in capsys.readouterr().err
    assert (_text(book), _left(tmp_path)) == (BEFORE, [])


def test_what_is_not_valid_stays_in_the_copy(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3, the fault with its line, and where the operator's words are."""
    _editor(monkeypatch, tmp_path, ADD.format("needs: [young]\n"))
    assert run(["customer", "edit", "1"]) == 3
    said = capsys.readouterr().err
    assert "customers/2026/CU26-0001.yaml:3: choice" in said
    assert f"your text is kept in {tmp_path}" in said
    assert (_text(book), _left(tmp_path)) == (BEFORE, [BEFORE + "needs: [young]\n"])


@pytest.mark.parametrize("added", ["referred_by: CU26-0099\n", "since: 2026-03-11\n", "removed: {on: 2026-03-01}\n"])
def test_what_the_book_refuses_stays_in_the_copy(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], added: str
) -> None:
    """References that lead nowhere and facts that lie ahead are refused as everywhere."""
    _editor(monkeypatch, tmp_path, ADD.format(added))
    assert run(["customer", "edit", "1"]) == 5
    assert "your text is kept in" in capsys.readouterr().err
    assert (_text(book), _left(tmp_path)) == (BEFORE, [BEFORE + added])


def test_a_file_that_somebody_else_changed_is_not_overwritten(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The book is not locked while the editor is open; the other's words stay, and ours are kept beside."""
    other = f"pathlib.Path({str(book / 'customers/2026/CU26-0001.yaml')!r}).write_text('id: CU26-0001\\nname: b\\n')"
    _editor(monkeypatch, tmp_path, ADD.format("note: x\n") + f"\n{other}")
    assert run(["customer", "edit", "1"]) == 5
    said = capsys.readouterr().err
    assert "changed while it was being edited" in said
    assert said.count("your text is kept in") == 1
    assert (_text(book), _left(tmp_path)) == ("id: CU26-0001\nname: b\n", [BEFORE + "note: x\n"])


def test_a_record_that_is_not_valid_can_be_mended(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is when an editor is needed most."""
    (book / "customers/2026/CU26-0001.yaml").write_text("id: CU26-0001\nnme: a\n", encoding="utf-8")
    _editor(monkeypatch, tmp_path, "path.write_text('id: CU26-0001\\nname: a\\n')")
    assert run(["customer", "edit", "CU26-0001"]) == 0
    assert _text(book) == "id: CU26-0001\nname: a\n"


@pytest.mark.parametrize(("command", "said"), [("", "no editor is named"), ("'", "no editor is named")])
def test_without_an_editor_there_is_a_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    """The variable is named; no editor is guessed."""
    monkeypatch.setenv("EDITOR", command)
    assert run(["customer", "edit", "1"]) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert "EDITOR=" in printed


def test_an_editor_that_fails_changes_nothing(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``:cq`` means no; what was typed before it is still there."""
    _editor(monkeypatch, tmp_path, ADD.format("note: x\n") + "\nsys.exit(1)")
    assert run(["customer", "edit", "1"]) == 2
    assert "ended with code 1" in capsys.readouterr().err
    assert (_text(book), _left(tmp_path)) == (BEFORE, [BEFORE + "note: x\n"])
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    assert run(["customer", "edit", "1"]) == 2
    assert "cannot be started" in capsys.readouterr().err


def test_visual_comes_before_editor(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere else."""
    _editor(monkeypatch, tmp_path, ADD.format("note: x\n"))
    monkeypatch.setenv("VISUAL", "true")
    assert run(["customer", "edit", "1"]) == 0
    assert _text(book) == BEFORE


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there."""
    monkeypatch.setattr(sys, "stdin", _Terminal())


def _rounds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *codes: str) -> Path:
    """An editor that does another thing each time it is opened, and nothing in the end; what it saw each time."""
    seen = tmp_path / "seen"
    seen.mkdir()
    rounds = f"""
seen = pathlib.Path({str(seen)!r})
nth = len(list(seen.iterdir()))
text = path.read_text(encoding='utf-8')
(seen / str(nth)).write_text(text, encoding='utf-8')
codes = {codes!r}
exec(codes[nth] if nth < len(codes) else '')
"""
    _editor(monkeypatch, tmp_path, rounds)
    return seen


SCHEMA_LINE = "# yaml-language-server: $schema=./record.schema.json\n"
YOUNG = "path.write_text(text + 'needs: [young]\\n', encoding='utf-8')"
ELDERLY = "path.write_text(text.replace('young', 'elderly'), encoding='utf-8')"


@pytest.mark.usefixtures("terminal")
def test_it_is_opened_again_with_the_reason_on_top(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator's text stands below it; the line is the one that the editor shows, and no remark is kept."""
    seen = _rounds(monkeypatch, tmp_path, YOUNG, ELDERLY)
    assert run(["customer", "edit", "1"]) == 0
    assert (seen / "0").read_text(encoding="utf-8") == SCHEMA_LINE + BEFORE
    again = (seen / "1").read_text(encoding="utf-8")
    schema, fault, advice, *text = again.splitlines(keepends=True)
    assert schema == SCHEMA_LINE
    assert fault.startswith("# customers/2026/CU26-0001.yaml:6: choice needs")
    assert "young" in again.splitlines()[5]
    assert advice.startswith("# Mend it")
    assert "".join(text) == BEFORE + "needs: [young]\n"
    assert (_text(book), _left(tmp_path)) == (BEFORE + "needs: [elderly]\n", [])


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("then", ["", "path.write_text('')", "path.write_text('\\n')", "path.unlink()"])
def test_left_as_it_is_it_ends_with_the_fault(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], then: str
) -> None:
    """Or emptied: nothing is written, and what was typed is kept where it is said, without our remarks."""
    seen = _rounds(monkeypatch, tmp_path, YOUNG, then)
    assert run(["customer", "edit", "1"]) == 3
    assert len(list(seen.iterdir())) == 2
    assert _text(book) == BEFORE
    said = capsys.readouterr().err
    assert "customers/2026/CU26-0001.yaml:3: choice" in said
    assert "your text is kept in" in said
    assert _left(tmp_path) == [BEFORE + "needs: [young]\n"]


@pytest.mark.usefixtures("terminal")
def test_what_the_book_refuses_is_opened_again_too(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference that leads nowhere is mended as a wrong word is."""
    wrong = "path.write_text(text + 'referred_by: CU26-0099\\n', encoding='utf-8')"
    right = "path.write_text(text.replace('referred_by: CU26-0099', 'note: x'), encoding='utf-8')"
    seen = _rounds(monkeypatch, tmp_path, wrong, right)
    assert run(["customer", "edit", "1"]) == 0
    assert "CU26-0099" in (seen / "1").read_text(encoding="utf-8").splitlines()[1]
    assert _text(book) == BEFORE + "note: x\n"


@pytest.mark.usefixtures("terminal")
def test_an_editor_that_always_changes_it_is_not_opened_for_ever(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``sed`` mends nothing by being run again."""
    monkeypatch.setattr("aftercare.commands.editor._MOST", 3)
    seen = _rounds(monkeypatch, tmp_path, *[YOUNG] * 9)
    assert run(["customer", "edit", "1"]) == 3
    assert len(list(seen.iterdir())) == 3
    assert _text(book) == BEFORE
    assert not _left(tmp_path)[0].startswith("#")


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "before",
    [
        "# yaml-language-server: $schema=mine.json\nid: CU26-0001\nname: a\n",
        "id: CU26-0001\r\nname: a\r\n",
        "\ufeffid: CU26-0001\nname: a\n",
        "id: CU26-0001\nname: a",
    ],
)
def test_what_was_there_stays_byte_for_byte(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    """A line for a schema that the operator wrote, the ends of lines, and a last line without one."""
    file = book / "customers/2026/CU26-0001.yaml"
    file.write_bytes(before.encode())
    change = "path.write_bytes(path.read_bytes().replace(b'name: a', b'name: b'))"
    _rounds(monkeypatch, tmp_path, change)
    code = run(["customer", "edit", "CU26-0001"])
    if before.startswith("\ufeff") and code:
        pytest.fail("a byte order mark is read")
    assert file.read_bytes() == before.replace("name: a", "name: b").encode()


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_is_the_editors_own(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reaches us as well; an editor that lives on has taken it for a key.  One that died of it ends us too."""
    hit = "import signal\nos.kill(os.getppid(), signal.SIGINT)\n" + ADD.format("note: x\n")
    _editor(monkeypatch, tmp_path, hit)
    assert run(["customer", "edit", "1"]) == 0
    assert _text(book) == BEFORE + "note: x\n"
    dies = ADD.format("tags: [y]\n") + "\nimport signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)"
    _editor(monkeypatch, tmp_path, dies + "\nos.kill(os.getpid(), signal.SIGINT)")
    assert run(["customer", "edit", "1"]) == 130
    assert _left(tmp_path) == [BEFORE + "note: x\ntags: [y]\n"]


def test_no_shell_sees_the_editor(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shell would act on is a word like any other."""
    _editor(monkeypatch, tmp_path, ADD.format("note: x\n"))
    monkeypatch.setenv("EDITOR", f"{os.environ['EDITOR']} '; touch {tmp_path}/acted' '$(touch {tmp_path}/acted)'")
    assert run(["customer", "edit", "1"]) == 0
    assert not (tmp_path / "acted").exists()
    assert _text(book) == BEFORE + "note: x\n"


def test_in_a_real_terminal(book: Path, tmp_path: Path) -> None:
    """The whole of it as an operator has it: opened, opened again with the reason, mended, written."""
    script = tmp_path / "ed.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "text = path.read_text(encoding='utf-8')\n"
        "print('OPENED', text)\n"
        "mended = text.replace('[young]', '[elderly]')\n"
        "path.write_text(mended if 'young' in text else text + 'needs: [young]\\n', encoding='utf-8')\n",
        encoding="utf-8",
    )
    around = {**os.environ, "EDITOR": f"{sys.executable} {script}", "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    child, terminal = pty.fork()
    if not child:
        os.execve(sys.executable, [sys.executable, "-m", "aftercare", "customer", "edit", "1"], around)  # noqa: S606 - a program
    shown = b""
    with suppress(OSError):  # the end of a terminal's output
        while piece := os.read(terminal, 65536):
            shown += piece
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = shown.decode()
    assert (code, said.count("OPENED")) == (0, 2), said
    assert "# customers/2026/CU26-0001.yaml:6: choice" in said
    assert _text(book) == BEFORE + "needs: [elderly]\n"
