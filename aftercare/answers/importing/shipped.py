"""Which shipped mapping a sheet is for, and what is left of it: exports leave columns out, from year to year."""

from __future__ import annotations

from aftercare.answers.importing.mappings import Wanted
from aftercare.plain.sheets import Sheet
from aftercare.plain.text import fold
from aftercare.policies import mappings
from aftercare.policies.mappings import Shipped

_HEADER_WITHIN = 10
_PUT_TOGETHER = frozenset({"name", "phone", "address", "note", "to_name", "to_phone", "to_address"})
"""The fields of which all columns count; of any other the first that is there."""


def recognised(kind: str, sheet: Sheet) -> Shipped | None:
    """The shipped mapping by whose titles a row near the top is known."""
    for row in sheet.rows[:_HEADER_WITHIN]:
        found = mappings.recognised(kind, row.cells)
        if found:
            return found
    return None


def fitted(wanted: Wanted, sheet: Sheet) -> Wanted:
    """The mapping without the columns that the sheet does not have; of two names for one column the one that is there.

    A field that is not to be read stays so; one of which no column is there is found by its usual titles.
    """
    named = {fold(title) for said in wanted.columns.values() for title in said}
    row = max(sheet.rows[:_HEADER_WITHIN], key=lambda one: len(named.intersection(map(fold, one.cells))))
    there = set(map(fold, row.cells))
    columns = {field: tuple(title for title in said if fold(title) in there) for field, said in wanted.columns.items()}
    return wanted._replace(
        columns={field: said for field, said in columns.items() if said or not wanted.columns[field]}
    )
