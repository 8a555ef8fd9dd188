"""``part stock``: all parts, what to order, and one part's ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.render.stock import FIELDS, LEDGER_FIELDS
from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop with two parts."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.write(
        "parts/2026/PA26-0001.yaml",
        "id: PA26-0001\nname: 压缩机\nnumber: KF35-COMP\nsupplier: 格力\nlead_days: 7\ncost: 420.00\nreorder_at: 2\n"
        "reorder_qty: 5\ncounted: [{at: 2026-03-01, qty: 3}]\n"
        "used:\n- {at: 2026-03-05, qty: 1, for: CL26-0001, charged: 430}\n- {at: 2026-03-09T10:00, qty: 0.5}\n"
        "ordered: [{at: 2026-03-10, qty: 4, expected: 2026-03-20, from: 格力}]\n",
    )
    shop.write("parts/2026/PA26-0002.yaml", "id: PA26-0002\nname: 滤网\n")
    return shop


def test_every_field_of_a_part_is_there(counter: Counter) -> None:
    """Null where it has no value, lists empty; what is on order counts for what is to be ordered."""
    first, second = counter.done("part stock --format json").json
    assert tuple(first) == tuple(second) == FIELDS
    assert (first["stock"], first["on_order"], first["expected"], first["to_order"]) == (1.5, 4, "2026-03-20", 0)
    assert (second["stock"], second["cost"], second["waiting"], second["here_by"]) == (0, None, [], None)
    assert counter.done("part stock --format csv").lines[0] == ",".join(FIELDS)


def test_an_earlier_day_knows_no_later_rows(counter: Counter) -> None:
    """The clock decides what is there, and so does what was known."""
    for option in ("--today", "--as-of"):
        assert counter.done(f"part stock --format json --fields stock {option} 2026-03-05").json[0] == {"stock": 2}
        assert counter.done(f"part stock --format json --fields stock {option} 2026-03-04").json[0] == {"stock": 3}


def test_what_should_have_come_is_marked(counter: Counter) -> None:
    """On its day an order may still come; the day after it is late.  Machines read the day alone."""
    assert "2026-03-20 " in counter.done("part stock --today 2026-03-20").out
    assert "2026-03-20, late" in counter.done("part stock --today 2026-03-21").out
    assert counter.done("part stock --format json --today 2026-03-21").json[0]["expected"] == "2026-03-20"


def test_only_what_is_to_be_ordered(counter: Counter) -> None:
    """From the day the reorder point is reached until it is ordered: how many, and by when it would be here."""
    assert counter.done("part stock --reorder --format ids --today 2026-03-04").lines == []
    (row,) = counter.done("part stock --reorder --format json --today 2026-03-05").json
    assert (row["id"], row["to_order"], row["supplier"], row["here_by"]) == ("PA26-0001", 5, "格力", "2026-03-12")
    assert counter.done("part stock --reorder").out == ""
    assert counter.done("part stock --reorder --format json").json == []
    assert counter("part stock 1 --reorder").code == 2


def test_the_ledger_of_a_part(counter: Counter) -> None:
    """Row by row with the balance after it, in the order of time."""
    rows = counter.done("part stock 压缩机 --format json").json
    assert tuple(rows[0]) == LEDGER_FIELDS
    assert [(row["row"], row["change"], row["balance"]) for row in rows] == [
        ("counted.1", 3, 3),
        ("used.1", -1, 2),
        ("used.2", -0.5, 1.5),
        ("ordered.1", 0, 1.5),
    ]
    assert (rows[1]["for"], rows[1]["charged"], rows[2]["for"]) == (["CL26-0001"], "430.00", [])
    page = counter.done("part stock KF35-COMP")
    assert page.lines[0] == "PA26-0001 压缩机 KF35-COMP: 1.5 in stock, 0 set aside, 4 on order"
    assert page.lines[4].split() == [
        "2026-03-05",
        "used",
        "1",
        "2",
        "for",
        "CL26-0001",
        "王建军",
        "空调",
        "KFR-35,",
        "charged",
        "430.00",
    ]
    assert page.err == ""
    assert counter("part stock 没有").code == 4


def test_a_part_is_found_by_its_name_and_number(counter: Counter) -> None:
    """As everything is."""
    assert counter.done("find 滤网 --format ids").lines == ["PA26-0002"]
    assert counter.done("part show KF35-COMP --format ids").lines == ["PA26-0001"]
