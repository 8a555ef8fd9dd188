"""The figures that were measured, kept in a file beside, and the tables that ``docs/performance.md`` draws of them.

usage: python -m bench.figures      (draws the tables anew)

A job that is measured anew takes the place of its own rows alone, so that a long run can be done in parts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.jobs import JOBS
from bench.machine import machine
from bench.rivals import RIVALS, missing, versions

_ROOT = Path(__file__).resolve().parent.parent
FILE = _ROOT / "bench" / "figures.json"
PAGE = _ROOT / "docs" / "performance.md"
Figures = dict[str, Any]
Row = dict[str, Any]
_MARKS = {name: f"<!-- figures: {name} -->" for name in ("where", "beside others", "growth")}
_END = "<!-- end of figures -->"


def kept(file: Path = FILE) -> Figures:
    """What was measured so far."""
    if not file.exists():
        return {"where": {}, "pairs": [], "growth": []}
    figures: Figures = json.loads(file.read_text(encoding="utf-8"))
    return figures


def keep(table: str, key: Sequence[str], rows: Iterable[Row], file: Path = FILE) -> None:
    """Put rows into a table of the file, in the place of those with the same values of *key*."""
    figures, fresh = kept(file), [{**row, "on": date.today().isoformat()} for row in rows]
    new = {tuple(row[name] for name in key) for row in fresh}
    old = [row for row in figures[table] if tuple(row[name] for name in key) not in new]
    figures[table] = old + fresh
    figures["where"] = {"machine": machine(), "versions": versions(), "missing": missing()}
    file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def draw(figures: Figures, page: str) -> str:
    """The page with its tables as the figures have them."""
    drawn = {"where": _where(figures["where"]), "beside others": beside_others(figures["pairs"])}
    drawn["growth"] = growth(figures["growth"])
    for name, text in drawn.items():
        before, mark, rest = page.partition(_MARKS[name])
        after = rest.partition(_END)[2]
        page = f"{before}{mark}\n{text}\n{_END}{after}"
    return page


def _where(where: dict[str, Any]) -> str:
    if not where:
        return "Nothing was measured yet."
    named = ", ".join(f"{name} {number}" for name, number in where["versions"].items())
    absent = f" Not installed, and so not measured: {', '.join(where['missing'])}." if where["missing"] else ""
    return f"{where['machine']}.\n\n{named}.{absent}"


def beside_others(rows: Sequence[Row]) -> str:
    """A line for each job, other program and size."""
    order = {name: at for at, name in enumerate(JOBS)}, {name: at for at, name in enumerate(RIVALS)}
    found = sorted(rows, key=lambda row: (order[0][row["job"]], order[1][row["rival"]], row["records"]))
    table = [
        (
            JOBS[row["job"]].title,
            row["rival"],
            f"{row['records']:,}" if row["records"] else "any",
            span(row["ours"]),
            span(row["theirs"]),
            f"{row['ratio']:.2f}",
            *_target(row),
            "{} and {} MiB".format(*row["peaks"]),
            row["rounds"],
            row["on"],
        )
        for row in found
    ]
    head = ("job", "beside", "records", "aftercare", "the other", "ratio", "target", "holds", "memory", "rounds", "on")
    return _table(head, table)


def span(seconds: float) -> str:
    """A time as a table has it: milliseconds, or seconds from ten of them on."""
    return (
        f"{seconds:.1f} s"
        if seconds >= 10
        else f"{seconds * 1000:,.0f} ms"
        if seconds >= 0.01
        else f"{seconds * 1000:.1f} ms"
    )


def _target(row: Row) -> tuple[str, str]:
    target = JOBS[row["job"]].targets.get(row["rival"], {}).get(row["records"])
    return ("", "") if target is None else (f"{target:g}", _held(row["ratio"] >= target))


def _held(held: bool | None) -> str:
    return {True: "yes", False: "**no**", None: ""}[held]


def growth(rows: Sequence[Row]) -> str:
    """A line for each law of growth."""
    table = [
        (row["title"], row["sizes"], row["measured"], row["target"], _held(row["held"]), row["rounds"], row["on"])
        for row in sorted(rows, key=lambda row: row["place"])
    ]
    return _table(("what", "records", "measured", "target", "holds", "rounds", "on"), table)


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    if not rows:
        return "Nothing was measured yet."
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def main() -> None:
    """Draw the tables of the page."""
    PAGE.write_text(draw(kept(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
