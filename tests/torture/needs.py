"""What a machine must let us do before a harm can be tried on it."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from tests.torture.figures import CannotTry


def need_strace() -> None:
    """CannotTry unless strace runs here, may follow a process, and may put a fault in its way."""
    words = ["strace", "-f", "-o", "/dev/null", "-e", "inject=exit_group:signal=KILL", "true"]
    try:
        done = subprocess.run(words, capture_output=True, check=False)
    except FileNotFoundError:
        raise CannotTry("there is no strace") from None
    if done.returncode not in {-signal.SIGKILL, 128 + signal.SIGKILL}:
        raise CannotTry("strace may not follow a process and put a fault in its way")


def need_mount(at: Path, *words: str) -> None:
    """Mount something at the folder *at*; CannotTry where that is not allowed."""
    at.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *words, str(at)], capture_output=True, check=False)
    if done.returncode:
        raise CannotTry(f"mount {' '.join(words[:2])}: {done.stderr.decode('utf-8', 'replace').strip()}")
