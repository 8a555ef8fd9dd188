"""What a command costs as a whole process."""

from __future__ import annotations

import os
import sys


def cpu_seconds(command: list[str]) -> float:
    """The CPU seconds of one run of a command as a whole process."""
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, 1, 0)])
    _pid, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime
