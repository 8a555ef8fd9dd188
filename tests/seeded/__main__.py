"""The tests of the law engine tested: each bug is written in, and a worked case must fall, or the property it names.

usage: python -m tests.seeded

A line for each bug says which case caught it, and which property where it names one; the exit code is 1 where one was
not caught.  It takes half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from aftercare.policies.authoring.cases import Case, read_cases
from aftercare.policies.authoring.trials import try_all
from aftercare.policies.load import shipped
from tests.policies.law_properties import PROPERTIES
from tests.policies.made_laws import closing, laws, made_law
from tests.seeded import bugs_of_law, bugs_of_time

_HERE = Path(__file__).parent
_EXAMPLES = 300
_AS_ALWAYS = settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
BUGS = (*bugs_of_time.BUGS, *bugs_of_law.BUGS)


@cache
def _cases() -> Sequence[Case]:
    found: list[Case] = []
    for file in (*sorted((_HERE.parent / "cases").glob("*.yaml")), _HERE / "made.yaml"):
        read = read_cases(file.read_bytes(), file.name)
        if read.faults:
            sys.exit("\n".join(map(str, read.faults)))
        found += read.cases
    return found


def fallen_cases(near: str = "") -> Iterator[str]:
    """The worked cases that do not come out as expected, those of the file *near* first."""
    for case in sorted(_cases(), key=lambda case: case.file != near):
        trials, faults = try_all([case], shipped(), [made_law(), closing()])
        if faults or any(trial.state == "failed" for trial in trials):
            yield case.id


def holds(name: str) -> bool:
    """Whether a property holds."""
    check, strategies = PROPERTIES[name]
    try:
        _AS_ALWAYS(given(*strategies)(check))()
    except AssertionError:
        return False
    return True


def tried(at: int) -> tuple[str, bool]:
    """The first worked case that catches a bug, and whether the property does that it names.

    An engine that breaks is no catch: it may be that the bug no longer fits the engine.
    """
    bug = BUGS[at]
    try:
        with bug.written_in():
            return next(fallen_cases(bug.near), ""), not bug.property or not holds(bug.property)
    except Exception as error:  # noqa: BLE001  # a bug may break the engine in any way
        return f"{type(error).__name__}: {error}", False


def main() -> int:
    """Try all bugs on all processors, and say what caught each."""
    for pack in (*shipped(), *laws()):
        assert pack.has_law == bool(pack.law)  # read once, before a bug is written in and for all processes
    if wrong := list(fallen_cases()):
        print(f"without any bug there falls: {', '.join(wrong)}")  # noqa: T201
        return 1
    survived = 0
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for bug, (case, fell) in zip(BUGS, pool.map(tried, range(len(BUGS))), strict=True):
            is_caught = fell and bool(case or bug.property)
            survived += not is_caught
            said = f"; {bug.property}{'' if fell else ' holds'}" if bug.property else ""
            verdict = "caught  " if is_caught else "SURVIVED"
            print(f"{verdict}  {bug.name}: {case or 'no case'}{said}", flush=True)  # noqa: T201
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
