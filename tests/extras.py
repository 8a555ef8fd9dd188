"""What needs an extra: the library that may be missing, a command that asks for it, and how that command then ends.

``tests/test_extras.py`` blocks each library; ``tests/install`` asks the same of a fresh environment that has none.
"""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DEVELOPERS = {"test", "paper-test", "browser-test", "readers-test", "install-test", "docs", "lint"}
"""Extras of whoever works on the project."""


class Wants(NamedTuple):
    """A command on the sample shop that wants a library."""

    library: str
    words: str
    exit_code: int = 2


WANTS = {
    "xlsx": Wants("openpyxl", "import customer customers.xlsx"),
    "calendar": Wants("holidays", "policy calendar 2027"),
    "survival": Wants("lifelines", "product quality YS-18 --fit"),
    "parquet": Wants("duckdb", "export all out --to parquet"),
    "paper": Wants("segno", "claim slip CL26-0023", 0),  # printed all the same, without the code
    "pdf": Wants("weasyprint", "claim slip CL26-0023 slip.pdf"),
}
WORKBOOK = b"PK\3\4 the beginning of a workbook"


def sentence(extra: str) -> str:
    """What a command says of an extra that is missing."""
    return f"pip install 'aftercare-book[{extra}]'"


def offered() -> dict[str, list[str]]:
    """The extras for operators, with what each requires."""
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = parser["options.extras_require"]
    return {name: extras[name].split() for name in extras if name not in DEVELOPERS}
