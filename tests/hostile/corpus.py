"""All cases, from the modules of ``families``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from tests.hostile.case import Case

FAMILIES = sorted(file.stem for file in Path(__file__).with_name("families").glob("[!_]*.py"))


@cache
def family(name: str) -> tuple[Case, ...]:
    """The cases of one family, in a fixed order."""
    return tuple(import_module(f"tests.hostile.families.{name}").cases())


def corpus() -> dict[str, Case]:
    """Every case by its name, ``family/case``; two of one name are a mistake."""
    found: dict[str, Case] = {}
    for name in FAMILIES:
        for case in family(name):
            whole = f"{name}/{case.name}"
            if whole in found:
                raise ValueError(whole)
            found[whole] = case
    return found
