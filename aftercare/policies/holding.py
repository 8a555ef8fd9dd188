"""What a law says of some kind of goods, before there is a case: the lines that can hold for them, their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from aftercare.policies import categories, goods
from aftercare.policies.conditions import Block, Condition, FactIs
from aftercare.policies.goods import UNKNOWN, Goods
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Length, Window


def is_in_force(pack: Pack, on: date) -> bool:
    """Whether the pack is in force on that day."""
    return not ((pack.since and on < pack.since) or (pack.until and on > pack.until))


def lines_for(pack: Pack, category: str, on: date, windows: Mapping[str, Window]) -> list[Line]:
    """The lines of law that can hold for goods of the category, whatever else there is to know; *windows* by name.

    A category that only stands for several kinds has the lines of them all.
    """
    law = pack.law
    if not is_in_force(pack, on) or not may_concern(law.applies, category, pack.country):
        return []
    if law.goods and not _rows(law.goods, category):
        return []
    return [line for line in law.lines if _may_hold(line, pack, category, on, windows)]


def may_concern(block: Block | None, category: str, country: str) -> bool:
    """Whether a block leaves the goods in, as far as it is about goods; ``None`` is no condition at all."""
    return block is None or not _refuses(block.conditions, category, country)


def _may_hold(line: Line, pack: Pack, category: str, on: date, windows: Mapping[str, Window]) -> bool:
    def excluded(conditions: Iterable[Condition]) -> bool:
        conditions = tuple(conditions)
        named = [windows[one.window] for one in conditions if not isinstance(one, FactIs) and one.window in windows]
        return _refuses(conditions, category, pack.country) or any(
            not figures(window, pack.law.goods, category, on) for window in named
        )

    if excluded(line.conditions) or (line.any and all(excluded(block.conditions) for block in line.any)):
        return False
    return not any(_names(block, category) for block in line.unless)


def _names(block: Block, category: str) -> bool:
    """Whether the block is about the goods alone, and about these."""
    return all(isinstance(one, FactIs) and one.fact == "category" for one in block.conditions) and not _refuses(
        block.conditions, category, ""
    )


def _refuses(conditions: Iterable[Condition], category: str, country: str) -> bool:
    """Whether one of the conditions cannot hold for the goods; a wider category may still be what is asked for."""
    tree = categories.tree()
    for one in conditions:
        if isinstance(one, FactIs) and one.fact == "category":
            if not any(tree.is_a(category, name) or tree.is_a(name, category) for name in one.values):
                return True
        elif isinstance(one, FactIs) and one.fact == "in_catalogue":
            listed = goods.in_catalogue(country, category)
            if listed is not None and ("yes" if listed else "no") not in one.values:
                return True
    return False


def figures(window: Window, table: Goods, category: str, on: date) -> dict[str, Length | str]:
    """How long the window is on that day, by kind of goods; ``unknown`` where no source gives the figure.

    A window that is as long for all goods has one length, of the *category* itself; none where it does not exist.  One
    that ends with the latest of others has their names.
    """
    if window.latest:
        return {category: ", ".join(window.latest)}
    dated = window.value(on)
    length = dated.length if dated else None
    if length is None:
        return {}
    if not length.column:
        return {category: length}
    return dict(_cells(table, category, length))


def _cells(table: Goods, category: str, length: Length) -> Iterator[tuple[str, Length | str]]:
    for kind in _rows(table, category):
        row = table.row(kind)
        if row and length.column in row.unknown:
            yield kind, UNKNOWN
        elif row and length.column in row.figures:
            yield kind, Length(length.unit, int(row.figures[length.column]))


def _rows(table: Goods, category: str) -> list[str]:
    """The category where the table has a row for it, else the narrower ones that have."""
    tree = categories.tree()
    return [category] if table.row(category) else [kind for kind in table.rows if tree.is_a(kind, category)]


def rates(table: Goods, category: str, column: str) -> dict[str, str]:
    """A figure that is no length, by kind of goods, as text."""
    found: dict[str, str] = {}
    for kind in _rows(table, category):
        row = table.row(kind)
        if row and column in row.unknown:
            found[kind] = UNKNOWN
        elif row and column in row.figures:
            found[kind] = f"{row.figures[column]:f}"
    return found
