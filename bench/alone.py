"""Runs one command from a process as small as can be, and prints what it cost: CPU, time by the clock, memory, status.

A process takes over the high-water mark of memory from the one that starts it; from here that is next to nothing.
"""

from __future__ import annotations

import os
import sys
import time


def main() -> None:
    """Run the command of the arguments in silence."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    began = time.perf_counter()
    pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
    _pid, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    print(used.ru_utime + used.ru_stime, wall, used.ru_maxrss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
