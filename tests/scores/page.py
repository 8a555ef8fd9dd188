"""The page of the small book: who bought what, what happened, and each figure worked out from the queries' cases.

``python -m tests.scores.page`` writes ``docs/score-example.md``; a test keeps it equal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tests.drawn_tables import ROOT
from tests.scores.recount import BOOK, QUERIES, Recount, Row, Span, of_book, recounted

PAGE = ROOT / "docs" / "score-example.md"
YEAR = Span("2026-01-01", "2026-12-31")
_INTRO = """# The score of a small book

A shop with nine customers. The book lies in [`tests/scores/book`](../tests/scores/book); it does well and badly on
purpose, so that each figure of [the score](score.md) has cases of both kinds. It is looked at on 30 September 2026, the
last day of a quarter, and each figure is that of 2026. Days of 2026 stand without their year.

Every list was drawn by a query over the files and over what `promise list` and `check --all` print, one for each figure
(in [`tests/scores/queries`](../tests/scores/queries)), written from the page of the score and not from the program. A
test compares both, case by case, over months, quarters, years and all time.
"""
_STORIES = sorted((BOOK.parent / "stories").glob("*.sql"))
"""What is told before the figures: a title, the names of the columns, and the query of each table."""


def page() -> str:
    """The page as it should be."""
    tables = of_book(BOOK)
    lines = [_INTRO]
    for file in _STORIES:
        title, columns, query = file.read_text(encoding="utf-8").split("\n", 2)
        lines += [f"## {title.removeprefix('-- ')}", ""]
        lines += [*_table(columns.removeprefix("-- ").split(", "), tables.execute(query)), ""]
    for law, measures in _laws():
        lines += [f"## {law}", ""]
        for measure in measures:
            lines += [*_figure(measure, recounted(tables, measure, YEAR)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _laws() -> Iterator[tuple[str, list[str]]]:
    """The headings of the score's page, with the figures below each in their order."""
    text = (ROOT / "docs" / "score.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", text, flags=re.MULTILINE):
        named = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", section, flags=re.MULTILINE)
        measures = [name for cell in named for name in re.findall(r"\w+", cell) if name in QUERIES]
        if measures:
            yield section.partition("\n")[0], measures


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield f"| {' | '.join(_short(cell) for cell in row)} |"


def _short(text: str) -> str:
    return re.sub(r"\b2026-(\d\d-\d\d)", r"\1", text)


def _figure(measure: str, again: Recount) -> Iterator[str]:
    """One figure: what it means, what it comes to, and the cases."""
    yield f"### `{measure}`"
    yield ""
    yield f"{_meaning(measure)} **{_result(again)}**"
    yield ""
    match again.sort:
        case "share":
            yield from _shared(again)
        case "days" | "grade":
            amounts = sorted(again.rows, key=lambda row: (row.amount or 0, row.id))
            yield "- " + ", ".join(f"{row.amount} (`{row.id}`)" for row in amounts)
        case "count":
            yield from _listed("counted", again.rows)
        case _:
            parts: dict[str, list[Row]] = defaultdict(list)
            for row in again.rows:
                parts[row.part].append(row)
            for part, rows in sorted(parts.items()):
                yield from _listed(f"{part} ({len(rows)})", rows)


def _meaning(measure: str) -> str:
    """What stands first in its query, up to the remarks."""
    said = QUERIES[measure].split("\n")[1:]
    end = next(at for at, line in enumerate(said) if not line.startswith("-- "))
    return " ".join(line.removeprefix("-- ") for line in said[:end])


def _result(again: Recount) -> str:
    fewer = " (fewer is better)" if again.less else ""
    match again.sort:
        case "share":
            return f"{again.good} of {again.of}, {again.value} %{fewer}"
        case "days":
            return f"{again.of} of them, the middle one {again.value} days"
        case "grade":
            return f"{sum(row.amount or 0 for row in again.rows)} / {again.of} = {again.value}"
        case "net":
            parts = [row.part for row in again.rows]
            ends = f"({parts.count('promoter')} - {parts.count('detractor')}) / {again.of}"
            return f"{ends} = {again.value} %"
        case _:
            return f"{again.of} in all"


def _shared(again: Recount) -> Iterator[str]:
    """The good cases, and the others under what speaks against them."""
    good = [row for row in again.rows if row.good]
    if again.less:
        yield from _listed("counted against us", good)
        yield from _listed("the others", [row for row in again.rows if not row.good])
        return
    yield from _listed("good", good)
    against: dict[str, list[Row]] = defaultdict(list)
    for row in again.rows:
        if not row.good:
            against[row.why].append(row)
    for why, rows in sorted(against.items()):
        yield from _listed(f"`{why}`", rows)


def _listed(name: str, rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield f"- {name}: " + ", ".join(f"`{row.id}` ({_short(row.day)})" for row in rows)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
