"""``quality`` and ``product quality``: the counts with their units, and the records behind them, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

COOLER = "PR26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop: two products, three air conditioners and ten chairs, one fault."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_faults_stand_beside_the_units_they_are_of(counter: Counter) -> None:
    """A rate is never shown without its numbers, and not at all of too few; what there was none of has no column."""
    title, __, cooler, chair, total = counter.done("quality").lines
    assert "seen on visits" not in title
    assert "1 of 3, too few to say" in cooler
    assert "0 of 10" in chair
    assert "1 of 13 (7.7 %)" in total


def test_the_rows_of_machines_hold_every_count(counter: Counter) -> None:
    """The same fields in every row, the total with a null name, a null rate where too few were sold."""
    rows = counter.done("quality --format json").json
    assert [(row["id"], row["product"], row["faults"], row["sold"], row["rate"]) for row in rows] == [
        (COOLER, COOLER, 1, 3, None),
        ("PR26-0002", "PR26-0002", 0, 10, 0.0),
        (None, None, 1, 13, 7.7),
    ]
    assert all(list(row) == list(rows[0]) for row in rows)
    assert counter.done("quality --format ids").lines == [COOLER, "PR26-0002"]
    assert counter.done("quality --format csv --limit 0").lines[0].split(",")[:4] == ["id", "product", "rate", "faults"]
    assert counter.done("quality --lang zh --format json").json == rows


def test_a_number_shows_its_records(counter: Counter) -> None:
    """``--records`` lists what is counted, with the line that each is counted in."""
    (row,) = counter.done("quality --per component --records --format json").json
    assert (row["id"], row["kind"], row["what"], row["on"], row["group"], row["component"]) == (
        "CL26-0001",
        "claim",
        "fault",
        "2026-03-08",
        "",
        None,
    )
    assert counter.done("quality --records --where what=seen").out == ""
    assert counter.done("quality --records --period 2025 --format json").json == []
    assert counter("quality --where what=seen").code == 2


def test_only_some_products(counter: Counter) -> None:
    """By name, or by the maker; a maker of nothing is an error and no empty table."""
    counter.done(f"product set {COOLER} maker=华风")
    assert counter.done("quality --maker ' 华风 ' --format ids").lines == [COOLER]
    assert counter.done("quality --product 折叠椅 --product KFR-35 --format ids").lines == [COOLER, "PR26-0002"]
    assert counter("quality --maker 华丰").code == 4
    assert counter("quality --per part").code == 2


def test_what_happens_later_is_not_known_yet(counter: Counter) -> None:
    """Looked at on an earlier day, the fault is not there, nor are the units sold since."""
    rows = counter.done("quality --today 2026-03-03 --format json").json
    assert [(row["faults"], row["sold"]) for row in rows] == [(0, 2), (0, 2)]


def test_a_product_has_a_page(counter: Counter) -> None:
    """Its units, its faults by part and by batch, what visits saw, the maker's answer, and every record behind it."""
    counter.done("sale set SA25-0009 items.1.batch=W05")
    counter.done("claim set CL26-0001 fault.component=压缩机")
    visit = "--about SA25-0009/1 --purpose maintenance --channel home --outcome reached --customer 王建军"
    counter.done(f"visit add {visit} --saw component=滤网,what=堵了")
    counter.done("product tell-maker KFR-35 --what 压缩机一起 --by 张敏")
    assert counter.done("product quality KFR-35").lines == [
        "PR26-0001 空调 KFR-35",
        "3 sold, 3 of them in service",
        "faults: 1 of 3, too few to say",
        "seen on visits 1",
        "by part:",
        "  压缩机  1 of 3, too few to say",
        "  滤网    0 of 3, too few to say; seen on visits 1",
        "by batch:",
        "  W05       1 of 1, too few to say; seen on visits 1",
        "  not said  0 of 2, too few to say",
        "the maker was told:",
        "  2026-03-10 压缩机一起 (张敏 service)",
        "    no answer yet",
        "what this rests on:",
        "  2026-03-08 fault CL26-0001 压缩机 不制冷",
        "  2026-03-10 seen VI26-0002 滤网 堵了",
    ]


def test_the_page_is_json_too(counter: Counter) -> None:
    """One object, lists empty where there is nothing, the period where one was asked for."""
    page = counter.done("product quality 折叠椅 --period 2026-03 --format json").json
    assert (page["id"], page["kind"], page["from"], page["to"]) == ("PR26-0002", "product", "2026-03-01", "2026-03-10")
    assert (page["faults"], page["sold"], page["components"], page["told_maker"], page["records"]) == (
        0,
        10,
        [],
        [],
        [],
    )
    assert counter("product quality 冰箱").code == 4


def test_what_was_told_under_a_claim_is_on_the_page_too(counter: Counter) -> None:
    """The maker may have been told at once, because of a danger; the page says under which claim."""
    counter.done("claim set CL26-0001 told_maker.at=2026-03-09 told_maker.how=电话告知漏电")
    (told,) = counter.done("product quality KFR-35 --format json").json["told_maker"]
    assert (told["record"], told["on"], told["what"], told["answer"]) == (
        "CL26-0001",
        "2026-03-09",
        "电话告知漏电",
        None,
    )
    assert "  2026-03-09 电话告知漏电 CL26-0001" in counter.done("product quality KFR-35").lines
    assert counter.done("product quality KFR-35 --period 2025 --format json").json["told_maker"] == []
