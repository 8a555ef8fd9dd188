"""What a verdict costs: CPU for each worked case with all packs of its country, ``claim check`` against ``claim show``,
and the loading of every pack that ships against the import of pydantic.

usage: python -m bench.verdict [ROUNDS]      (9 rounds, where nothing else is said)

A verdict is reckoned with its packs loaded.  Each round of the commands runs both as whole processes on the sample
shop with a warm index, one after the other; the median of the rounds' ratios is what to quote.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aftercare.policies.authoring.cases import Case, read_cases
from aftercare.policies.authoring.trials import packs_for
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.load import shipped
from bench.measure import cpu_seconds

_ROOT = Path(__file__).resolve().parent.parent
_DAY = "2026-11-20"
_TIMES = 20
_LAWS = {"CA": "ca-qc", "GB": "uk", "EU": "eu", "JP": "jp", "": "cn"}
"""What a case calls the law of a country, where that is not its code."""
_TIMED = "import time; began = time.process_time(); {}; print(time.process_time() - began)"
_LOADS = "from aftercare.policies.load import shipped; began = time.process_time(); [pack.law for pack in shipped()]"


def main() -> None:
    """Measure, and print a line for each figure."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    costs = sorted((_cost(case), case.id) for case in _cases())
    worst, name = costs[-1]
    print(f"{len(costs)} worked cases, all packs of the country, milliseconds of CPU for a verdict")
    print(f"median {statistics.median(cost for cost, _ in costs) * 1000:.2f}")
    print(f"worst  {worst * 1000:.2f} ({name})")
    _loading(rounds)
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book"
        shutil.copytree(_ROOT / "data", book)
        _commands(book, rounds)


def _cases() -> list[Case]:
    files = sorted((_ROOT / "tests" / "cases").glob("*.yaml"))
    cases = [case for file in files for case in read_cases(file.read_bytes(), file.name).cases]
    return [case for case in cases if packs_for(case.law, "none", shipped()) and not case.misfits]


def _cost(case: Case) -> float:
    """The CPU seconds of one verdict, the facts being read: the least of several goes."""
    country = next(pack.country for pack in packs_for(case.law, "none", shipped()))
    packs = packs_for(_LAWS.get(country, country.lower()), "none", shipped())
    goes = []
    for _ in range(_TIMES):
        facts = situation(case.facts, case.today, country or "CN")
        began = time.process_time()
        decide(packs, facts, case.asked)
        goes.append(time.process_time() - began)
    return min(goes)


def _loading(rounds: int) -> None:
    """Every pack with its law, and pydantic, each in a fresh process; the import of our own modules is not counted."""
    pairs = [(_seconds(_LOADS), _seconds("from pydantic import BaseModel")) for _ in range(rounds)]
    print(f"{rounds} rounds, CPU seconds as medians")
    print(f"loading all {len(shipped())} packs {statistics.median(one for one, _ in pairs):.3f}")
    print(f"importing pydantic   {statistics.median(other for _, other in pairs):.3f}")


def _seconds(does: str) -> float:
    words = [sys.executable, "-c", _TIMED.format(does)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True, cwd=_ROOT).stdout)


def _commands(book: Path, rounds: int) -> None:
    claim = min(path.stem for path in (book / "claims").rglob("*.yaml"))
    show, check = (
        [sys.executable, "-m", "aftercare", "-C", str(book), "--today", _DAY, "claim", verb, claim]
        for verb in ("show", "check")
    )
    pairs = []
    for number in range(rounds + 1):
        pair = cpu_seconds(check), cpu_seconds(show)
        if number:  # the first round warms the index and the page cache
            pairs.append(pair)
    print(f"{rounds} rounds on the sample shop, CPU seconds as medians")
    print(f"claim check {statistics.median(one for one, _ in pairs):.3f}")
    print(f"claim show  {statistics.median(other for _, other in pairs):.3f}")
    print(f"ratio       {statistics.median(one / other for one, other in pairs):.2f}")


if __name__ == "__main__":
    main()
