"""Tables that stand inside pages and are drawn from the program: ``python -m tests.drawn_tables`` (``make docs``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import fact_table, pack_table

ROOT = Path(__file__).resolve().parent.parent


def tables() -> Mapping[str, Sequence[list[str]]]:
    """The tables of each page, in their order; the first line of each is there once in the page."""
    return {
        "docs/claims.md": [fact_table.table()],
        "docs/cases.md": [fact_table.stated(), fact_table.measured()],
        "docs/law.md": [pack_table.law(), pack_table.promises(), pack_table.practice()],
    }


def drawn(page: str, table: Sequence[str]) -> str:
    """The page with this table in the place of the one that begins with the same line."""
    lines = page.split("\n")
    first = lines.index(table[0])
    end = next((at for at in range(first, len(lines)) if not lines[at].startswith("|")), len(lines))
    return "\n".join([*lines[:first], *table, *lines[end:]])


def current(name: str) -> str:
    """A page with its tables as the program would have them now."""
    page = (ROOT / name).read_text(encoding="utf-8")
    for table in tables()[name]:
        page = drawn(page, table)
    return page


def main() -> None:
    """Write the pages."""
    for name in tables():
        (ROOT / name).write_text(current(name), encoding="utf-8")


if __name__ == "__main__":
    main()
