"""Fresh places: a copy of the checkout that was never built, and environments that hold nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.extras import ROOT

UV = str(Path(sys.executable).parent / "uv")
TODAY = "2026-11-20"
LITTER = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", ".aftercare", "__pycache__", "build", "dist", "site", "*.egg-info"
)
_INHERITED = ("HOME", "LANG", "TMPDIR", "SSL_CERT_FILE")


def checkout(folder: Path) -> Path:
    """A copy of the project without what building and testing leave behind."""
    return Path(shutil.copytree(ROOT, folder, ignore=LITTER))


def environment(**more: str) -> dict[str, str]:
    """What a shell begins with, and how this machine reaches its index of packages."""
    kept = {name: value for name, value in os.environ.items() if name in _INHERITED or name.startswith(("PIP_", "UV_"))}
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    return {**kept, "PATH": path, "AFTERCARE_LANG": "en", "AFTERCARE_TODAY": TODAY, **more}


def said(words: Sequence[str | Path], *, at: Path, code: int = 0, env: Mapping[str, str] | None = None) -> str:
    """What a command prints on both streams; it has to end with *code*."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=at,
        env=dict(env or environment()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, f"{words} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def installed(folder: Path, *packages: str | Path) -> Path:
    """The programs of a new environment that holds these, at the newest releases that are allowed."""
    said([UV, "venv", "--quiet", "--no-config", "--python", sys.executable, folder], at=folder.parent)
    said([UV, "pip", "install", "--quiet", "--python", folder / "bin" / "python", *packages], at=folder.parent)
    return folder / "bin"
