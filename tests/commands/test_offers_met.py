"""Which sales meet an offer, what it cost, which are in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with an offer to who lives near, and a misprinted one."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done(
        "offer add --title 近处送货 --published-on 2026-03-01 --category 空调 --within-km 20 "
        "--gives what=gift,words=支架,within=9d"
    )
    counter.done(
        "offer add --title 三月 --published-on 2026-03-01 --until 2026-03-08 --product 折叠椅 --price price=5.8 "
        "--published where=橱窗"
    )
    counter.done("offer misprint 2 --says 5.8 --meant 58 --meant-price 58")
    return counter


def test_the_sales_that_meet_it_with_their_promises(counter: Counter) -> None:
    """A sale of which too little is known is listed with what is missing."""
    rows = counter.done("offer sales 1 --format json").json
    assert [(row["id"], row["state"], row["missing"], row["lines"]) for row in rows] == [
        ("SA26-0001", "yes", [], [1]),
        ("SA26-0002", "unknown", ["CU26-0002 address.distance_km"], []),
    ]
    assert rows[0]["promises"] == [
        {"id": "SA26-0001/OF26-0001.1", "what": "gift", "state": "waiting", "due": "2026-03-12", "kept_on": None}
    ]
    text = counter.done("offer sales 1").lines
    assert text[0].startswith("SA26-0001 王建国 空调 KFR-35")
    assert text[1] == "    gift 支架 waiting, by 2026-03-12 SA26-0001/OF26-0001.1"
    assert text[2].endswith("not known, for want of CU26-0002 address.distance_km")


def test_an_offer_that_nobody_met_has_an_empty_list(counter: Counter) -> None:
    """A list is one even when it is empty; a table prints nothing, CSV its header."""
    counter.done("offer add --title 无人")
    assert counter.done("offer sales 3 --format json").json == []
    assert counter.done("offer sales 3").out == ""
    assert counter.done("offer sales 3 --format csv").lines == [
        "id,kind,offer,sold_on,customer,name,state,missing,lines,holds,promises"
    ]


def test_the_cost_of_a_misprint(counter: Counter) -> None:
    """Money is text with its decimals; in words the sum stands last."""
    counter.done("sale set SA26-0002 items.1.price=5.8")
    counter.done("offer spend 2 --amount 100")
    assert counter.done("offer cost 2 --format json").json == {
        "id": "OF26-0002",
        "kind": "offer",
        "title": "三月",
        "misprinted": True,
        "sales": 1,
        "promised": 0,
        "kept": 0,
        "open": 0,
        "charged_less": "522.00",
        "given": "0.00",
        "spent": "100.00",
        "total": "622.00",
        "unknown": [],
    }
    assert counter.done("offer cost 2").lines[-1] == "the misprint cost 622.00 in all"
    assert counter.done("offer show 2").lines[-1] == "  the misprint cost 622.00 in all"


def test_what_is_in_force_on_a_day_or_met_by_a_sale(counter: Counter) -> None:
    """Beside the filters that every list has."""
    assert counter.done("offer list --on 2026-03-08 --format ids").lines == ["OF26-0001", "OF26-0002"]
    assert counter.done("offer list --on today --format ids").lines == ["OF26-0001"]
    assert counter.done("offer list --sale SA26-0002 --format ids").lines == ["OF26-0002"]
    assert counter.done("offer list --sale SA26-0002 --on today --format json").json == []
    assert counter.done("offer list --title 三月 --format ids").lines == ["OF26-0002"]
    assert counter("offer list --on someday").code == 2


def test_a_sale_names_the_offers_that_it_meets(counter: Counter) -> None:
    """With how their promises stand, or what would have to be known; for machines it stays the record."""
    near, unknown = counter.done("sale show SA26-0001"), counter.done("sale show SA26-0002")
    assert near.lines[-1] == "  OF26-0001 近处送货: gift waiting"
    assert unknown.lines[-2:] == [
        "  OF26-0001 近处送货: not known, for want of CU26-0002 address.distance_km",
        "  OF26-0002 三月",
    ]
    assert "offers" not in counter.done("sale show SA26-0001 --format json").json


def test_no_such_offer(counter: Counter) -> None:
    """Exit 4, as for any record."""
    for verb in ("sales", "cost", "publish --where x", "withdraw", "spend --amount 1"):
        name, __, rest = verb.partition(" ")
        assert counter(f"offer {name} OF26-0099 {rest}").code == 4, verb


def test_in_chinese(counter: Counter) -> None:
    """Nothing is left in English."""
    counter.done("sale set SA26-0002 items.1.price=5.8")
    assert counter.done("--lang zh offer cost 2").lines[-1] == "误登共花费522.00"
    assert counter.done("--lang zh due --what correct --within 2d").lines == [
        "最晚03-11 更正 本店 三月 橱窗 OF26-0002/correct.1"
    ]
