"""Streams that close, fill or are not there: one line at most, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counter import FILES, TODAY

ROOT = Path(__file__).resolve().parent.parent.parent
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Run lines in a shell, in the small shop, from an environment that holds next to nothing."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")

    def run(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        tool = f'aftercare() {{ "{sys.executable}" -m aftercare "$@"; }}\n'
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "AFTERCARE_TODAY": TODAY, **environment}
        return subprocess.run(
            ["bash", "-c", tool + line], cwd=tmp_path, env=told, capture_output=True, encoding="utf-8", check=False
        )

    return run


def test_a_reader_that_stops_early_is_no_fault(shell: Shell) -> None:
    """``| head -1`` is how one looks at the first line."""
    done = shell("aftercare promise list --format json | head -1; echo ${PIPESTATUS[0]}")
    assert done.stdout.splitlines() == ["[", "0"]
    assert done.stderr == ""
    done = shell("for i in 1 2; do cat; done < <(yes | head -c 300000) >/dev/null; aftercare due --format json | true")
    assert done.stderr == ""


def test_a_full_disk_is_said_and_is_no_success(shell: Shell) -> None:
    """One line, and an exit code that cron and make notice."""
    for line in ("due", "--help", "promise list --format json", "customer show CU26-0001"):
        done = shell(f"aftercare {line} >/dev/full")
        assert done.returncode not in {0, 1}
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("aftercare: ")


def test_streams_that_are_closed_are_streams_that_take_nothing(shell: Shell) -> None:
    """No output, no input, neither of them, no stderr: the command does what it can and says nothing odd."""
    assert shell("aftercare due >&-").stderr == ""
    assert shell("aftercare customer add --name 赵六 <&-").stdout == "CU26-0003\n"
    assert shell("aftercare due <&- >&- 2>&-").stdout == ""
    assert shell("aftercare nonsense 2>&-").returncode == 2
    assert shell("aftercare customer remove CU26-0003 <&-").returncode == 2


@pytest.mark.parametrize(
    "around",
    [
        {"LANG": "C"},
        {"LC_ALL": "xx_YY.ISO-8859-1"},
        {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
        {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "1"},
        {"HOME": "/nonexistent", "LC_ALL": "POSIX"},
    ],
    ids=lambda around: " ".join(around),
)
def test_no_locale_breaks_a_name(shell: Shell, around: dict[str, str]) -> None:
    """Output is UTF-8 whatever the locale, and without a home."""
    done = shell("aftercare due && aftercare customer add --name 赵六 && aftercare find 赵六 --format csv", **around)
    assert done.returncode == 0, done.stderr
    assert "王建国" in done.stdout
    assert "CU26-0003,customer,赵六" in done.stdout
    assert "Traceback" not in done.stderr


def test_arguments_that_are_not_utf8_are_wrong_and_no_more(shell: Shell) -> None:
    """Bytes of another encoding on the command line."""
    done = shell(r"aftercare customer add --name $'\xb9\xfe'; aftercare find $'\xb9\xfe'; aftercare -C $'\xb9' due")
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr
    assert done.stdout == ""
