"""What a short command costs before it does anything, and which heavy packages it imports.

usage: python -m bench.start_up [ROUNDS]

CPU seconds of whole processes as medians, beside Python alone and Python that imports Click.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

from bench.measure import cpu_seconds

HEAVY = ("pydantic", "yaml", "tabulate", "jinja2", "pypinyin", "lunar_python", "filelock")


def imported(command: list[str]) -> list[str]:
    """Which of the heavy packages a command imports."""
    done = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=False)
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    return [name for name in HEAVY if name in modules]


def main() -> None:
    """Measure, and print a line for each command."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    commands = {
        "python": ["-c", "pass"],
        "python, import click": ["-c", "import click"],
        "aftercare --version": ["-m", "aftercare", "--version"],
        "aftercare --help": ["-m", "aftercare", "--help"],
        "aftercare customer --help": ["-m", "aftercare", "customer", "--help"],
        "aftercare customer add --help": ["-m", "aftercare", "customer", "add", "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            times[name].append(cpu_seconds([sys.executable, *command]))
    for name, command in commands.items():
        print(f"{name:30} {statistics.median(times[name]):.3f}  {' '.join(imported(command)) or 'nothing heavy'}")


if __name__ == "__main__":
    main()
