"""The tests of the law engine tested: each bug is written in, and one of the properties and worked cases must fall.

usage: python -m tests.seeded

A line for each bug says what caught it; the exit code is 1 where one was caught by nothing.  It takes a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from aftercare.policies.cases import Case, read_cases
from aftercare.policies.load import shipped
from aftercare.policies.trials import try_all
from tests.policies.law_properties import PROPERTIES
from tests.policies.situations_made import closing, laws, made_law
from tests.seeded.bugs import BUGS

_HERE = Path(__file__).parent
_EXAMPLES = 12
_AS_ALWAYS = settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


def _cases() -> Iterator[Case]:
    for file in (*sorted((_HERE.parent / "cases").glob("*.yaml")), _HERE / "made.yaml"):
        read = read_cases(file.read_bytes(), file.name)
        if read.faults:
            sys.exit("\n".join(map(str, read.faults)))
        yield from read.cases


def fallen_cases() -> list[str]:
    """The worked cases that do not come out as expected; all of them where they cannot even be tried."""
    cases = list(_cases())
    try:
        trials, faults = try_all(cases, shipped(), [made_law(), closing()])
    except Exception as error:  # noqa: BLE001  # a bug may break the engine in any way, and is caught by that
        return [type(error).__name__]
    return [trial.case.id for trial in trials if trial.state == "failed"] + [str(fault) for fault in faults]


def fallen_property() -> str:
    """The first property that does not hold; "" for none."""
    for name, (check, strategies) in PROPERTIES.items():
        try:
            _AS_ALWAYS(given(*strategies)(check))()
        except Exception:  # noqa: BLE001  # as above
            return name
    return ""


def tried(at: int) -> tuple[list[str], str]:
    """What catches a bug: worked cases, and a property."""
    with BUGS[at].written_in():
        return fallen_cases(), fallen_property()


def main() -> int:
    """Try all bugs on all processors, and say what caught each."""
    for pack in laws():
        assert pack.has_law == bool(pack.law)  # read before a bug is written in
    if wrong := [*fallen_cases(), *filter(None, [fallen_property()])]:
        print(f"without any bug there falls: {', '.join(wrong)}")  # noqa: T201
        return 1
    survived = 0
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for bug, (cases, name) in zip(BUGS, pool.map(tried, range(len(BUGS))), strict=True):
            survived += not (cases or name)
            verdict = "caught  " if cases or name else "SURVIVED"
            said = ", ".join(cases[:3]) + (", …" if len(cases) > 3 else "")
            print(f"{verdict}  {bug.name}: {said or 'no case'}; {name or 'no property'}", flush=True)  # noqa: T201
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
