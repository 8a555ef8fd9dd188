"""Faults in the ledgers of parts."""

from __future__ import annotations

import pytest

from aftercare.answers.stocktaking import misreckoned
from aftercare.records.part import Part
from tests.answers import shop
from tests.answers.shop import record

WAITS = "[{in: 2026-08-05, waiting: [{from: 2026-08-06, to: 2026-08-07, for: PA26-0001, because: no_parts}]}]"


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ({"received": "[{at: 2026-08-05, qty: 1}]", "used": "[{at: 2026-08-05, qty: 1}]"}, None),
        ({"received": "[{at: 2026-08-05, qty: 1}]", "used": "[{at: 2026-08-04, qty: 1}]"}, ("used", 0)),
        ({"written_off": "[{at: 2026-08-05, qty: 1}]"}, ("written_off", 0)),
        ({"counted": "[{at: 2026-08-05, qty: 0}]"}, None),
        ({"received": "[{at: 2026-08-05, qty: 0}]"}, ("received", 0, "qty")),
        ({"used": "[{at: 2026-08-05, qty: 0}]"}, ("used", 0, "qty")),
        ({"received": "[{at: 2026-08-09, qty: 1, for: [CL26-0001]}]"}, None),
        ({"received": "[{at: 2026-08-09, qty: 2, for: [CL26-0001, CL26-0002]}]"}, ("received", 0, "for", 1)),
        ({"received": "[{at: 2026-08-09, qty: 1, for: [CL26-0099]}]"}, None),
    ],
)
def test_what_is_wrong_is_named_by_its_row(rows: dict[str, str], path: tuple[str | int, ...] | None) -> None:
    """More taken than was there, a row of nothing, pieces for a repair that never waited; what leads nowhere is a
    reference's fault.
    """
    claims = (record("CL26-0001", repairs=WAITS), record("CL26-0002", repairs=WAITS.replace("PA26-0001", "别的")))
    shelf = shop.shelf(record("SA26-0001"), *claims, record("PA26-0001", name="压缩机", **rows))
    (part,) = shelf.of(Part)
    assert [found for found, __ in misreckoned(part, shelf)] == ([path] if path else [])
