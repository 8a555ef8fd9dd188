"""What a command costs as a whole process."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_ALONE = Path(__file__).with_name("alone.py")


class Cost(NamedTuple):
    """What one run of a command cost, from its start to its end, with all processes that it waited for."""

    cpu: float
    """Seconds of CPU, user and system."""
    wall: float
    """Seconds by the clock."""
    peak: float
    """MiB of memory at most, of the largest of its processes."""


Run = Callable[[int], Cost]
"""One run of a command, which is told the number of the round: 0 for the one that warms and does not count."""


def cost(command: list[str], env: Mapping[str, str] | None = None) -> Cost:
    """The cost of one run of a command; what it says is thrown away, and where it fails we end."""
    alone = [sys.executable, "-I", "-S", str(_ALONE), *command]
    around = {**os.environ, **(env or {})}
    said = subprocess.run(alone, env=around, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    cpu, wall, kib, code = said.stdout.split()
    if code != "0":
        sys.exit(f"{' '.join(command)} ended with {code}")
    return Cost(float(cpu), float(wall), int(kib) / 1024)


def cpu_seconds(command: list[str]) -> float:
    """The CPU seconds of one run of a command as a whole process."""
    return cost(command).cpu


def pairs(ours: Run, theirs: Run, rounds: int) -> list[tuple[Cost, Cost]]:
    """So many rounds, each of which runs both commands one after the other, in turns the one or the other first.

    One round more goes before them, which warms what can be warm and does not count.
    """
    found = []
    for number in range(rounds + 1):
        if number % 2:
            one, other = ours(number), theirs(number)
        else:
            other, one = theirs(number), ours(number)
        if number:
            found.append((one, other))
    return found


def median_ratio(couples: Sequence[tuple[float, float]]) -> float:
    """The median of the second by the first, couple by couple: a machine's speed drifts, within a couple little."""
    return statistics.median(other / one for one, other in couples)
