"""The machine on which something was measured, in words."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    """Cores, processor, memory, operating system and Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = _value("/etc/os-release", "PRETTY_NAME=") or platform.system()
    parts = (
        f"{os.cpu_count()} cores",
        _value("/proc/cpuinfo", "model name") or platform.machine(),
        f"{memory:.0f} GiB of memory",
        f"{system}, {platform.system()} {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
    )
    return "; ".join(parts)


def _value(file: str, key: str) -> str:
    """What stands behind a key in a file of the system; nothing where there is none."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = next((line.removeprefix(key) for line in lines if line.startswith(key)), "")
    return found.lstrip("\t :").strip('"')
