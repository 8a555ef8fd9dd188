"""A second reckoning of the worked cases: ends, fees, amounts and days of repair, from the case and the law file alone.

usage: python -m tests.second.reckon [FILE...]      (tests/cases/*.yaml, where nothing else is said)

Nothing here knows the engine or its packs.  A line is printed for every value that differs, then the counts and the
windows that were not reckoned; exit 1 where something differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.second import china, continent, overseas
from tests.second.reading import Case, Unreckoned, cases
from tests.second.rules import plain

# What shops and makers promise has no figure in a law.
_PROMISES = ("service-", "maker-")
_CASES = Path(__file__).resolve().parent.parent / "cases"


class Value(NamedTuple):
    """A value that a case expects, and what was reckoned; ``unreckoned`` names what this program does not know."""

    case: str
    name: str
    expected: str | None
    reckoned: str | None
    unreckoned: str = ""

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.expected == self.reckoned


def _must_be_law(case: Case) -> None:
    for promise in _PROMISES:
        if case.law.startswith(promise):
            raise Unreckoned(f"{promise}*")


def until(case: Case, window: str) -> date | None:
    """The last good day of a window."""
    _must_be_law(case)
    if "." not in window:
        return china.until(case, window)
    own = {**continent.OWN, **overseas.OWN}
    return own[window](case) if window in own else plain(case, window)


def fee(case: Case, remedy: str) -> Decimal | None:
    """What the customer bears, in cents rounded half up."""
    _must_be_law(case)
    exact = (china if case.law.startswith("cn") else overseas).fee(case, remedy)
    return None if exact is None else exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def amount(case: Case, remedy: str) -> Decimal | None:
    """What is paid back: the price less the fee; the price of an additional warranty is no fact of a case."""
    price, borne = case.number("price"), fee(case, remedy)
    if price is None or borne is None or (case.law, remedy) == ("ca-qc", "withdraw"):
        return None
    return (price - borne).quantize(Decimal("0.01"))


def values(case: Case) -> Iterator[Value]:
    """Every value of a case that can be reckoned again."""
    expect = case.raw["expect"]
    for window, end in expect.get("until", {}).items():
        yield _value(case, f"until {window}", end, partial(until, case, window))
    for key, money in (("fee", fee), ("amount", amount)):
        for remedy, expected in expect.get(key, {}).items():
            known = _written(expected)
            yield _value(case, f"{key} {remedy}", known and f"{Decimal(known):.2f}", partial(money, case, remedy))
    if "repair_days" in expect:
        days = " ".join(expect["repair_days"])
        yield _value(case, "repair_days", days, lambda: " ".join(map(str, china.repair_days(case))))


def _value(case: Case, name: str, expected: str | None, reckon: Callable[[], object]) -> Value:
    try:
        reckoned, missing = reckon(), ""
    except Unreckoned as unknown:
        reckoned, missing = None, str(unknown)
    return Value(case.raw["id"], name, _written(expected), None if reckoned is None else str(reckoned), missing)


def _written(text: str | None) -> str | None:
    return None if text in (None, "", "~", "null", "none") else text


def main() -> int:
    """Reckon, and print what differs."""
    files = [Path(one) for one in sys.argv[1:]] or sorted(_CASES.glob("*.yaml"))
    found = [value for file in files for case in cases(file) for value in values(case)]
    missing = Counter(value.unreckoned for value in found if value.unreckoned)
    different = [value for value in found if not value.unreckoned and not value.agrees]
    for value in different:
        print(f"{value.case}: {value.name}: expected {value.expected}, reckoned {value.reckoned}")  # noqa: T201 - for reading
    agreed = len(found) - len(different) - missing.total()
    print(f"{agreed} agree, {len(different)} differ, {missing.total()} not reckoned")  # noqa: T201 - for reading
    for name, times in sorted(missing.items()):
        print(f"not reckoned: {name} ({times})")  # noqa: T201 - for reading
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
