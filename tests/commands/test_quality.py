"""``quality`` and ``product quality``: the counts with their units, and the records behind them, in every format."""

from __future__ import annotations

import sys
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
    counter.done("product set PR26-0002 maker=华北家具")
    assert counter.done("quality --maker ' 华风 ' --format ids").lines == [COOLER]
    assert counter.done("quality --product 折叠椅 --product KFR-35 --format ids").lines == [COOLER, "PR26-0002"]
    assert counter("quality --maker 华丰").code == 4
    assert counter("quality --per part").code == 2


def test_a_maker_is_the_same_one_as_in_the_report_to_it(counter: Counter) -> None:
    """A part of a name that ``report maker`` took was unknown here, and a slip of the pen was not told from no sale.

    A part of one maker's name is enough, and is echoed; of several, or of none, the makers are named.
    """
    counter.done(f"product set {COOLER} maker=华风电器")
    counter.done("product set PR26-0002 maker=华北家具")
    part = counter.done("quality --maker 华风 --format ids")
    assert (part.lines, part.err) == ([COOLER], "华风 = 华风电器\n")
    whole = counter.done("quality --maker 华风电器 --format ids")
    assert (whole.lines, whole.err) == ([COOLER], "")
    several, unknown = counter("quality --maker 华"), counter("quality --maker 晨屿")
    assert (several.code, several.err.splitlines()[1:]) == (4, ["华北家具", "华风电器"])
    assert (unknown.code, unknown.err.splitlines()[1:]) == (4, ["there are: 华北家具, 华风电器"])
    for command in ("quality --maker 华风电器", "report maker 华风电器"):
        other = counter(f"{command} --product 折叠椅")
        assert (other.code, other.err.splitlines()[-1]) == (2, "aftercare: PR26-0002 is none of 华风电器's")
    assert counter.done("quality --maker 华风 --product KFR-35 --format ids").lines == [COOLER]


def test_a_time_that_has_not_begun_has_no_rate(counter: Counter) -> None:
    """A rate of nought for next year read as goods without a fault; nothing could fail yet, so there is none."""
    counter.done("claim add --unit SA26-0002/1 --found-on 2026-03-10 --symptom 断了")
    ahead = counter.done("quality --period 2027 --format json --fields id,rate,faults,sold")
    rows = [(row["id"], row["rate"], row["faults"], row["sold"]) for row in ahead.json]
    assert rows == [(COOLER, None, 0, 3), ("PR26-0002", None, 0, 10), (None, None, 0, 13)]
    assert ahead.err == "nothing to count: this period lies after today (2026-03-10)\n"
    assert "0 of 10" in counter.done("quality --period 2027").out
    assert "%" not in counter.done("quality --period 2027").out
    page = counter.done("product quality 折叠椅 --period 2027 --format json").json
    assert (page["rate"], page["sold"]) == (None, 10)
    assert "from 2027" not in counter.done("product quality 折叠椅 --period 2027").out
    counter.done("product set PR26-0002 maker=华北家具")
    (product,) = counter.done("report maker 华北家具 --period 2027 --format json").json["products"]
    assert (product["rate"], [batch["rate"] for batch in product["batches"]]) == (None, [None])


def test_a_time_that_goes_on_is_counted_up_to_today(counter: Counter) -> None:
    """Faults and units of the year so far, and a rate of these; what is sold tomorrow is none of them."""
    counter.done("claim add --unit SA26-0002/1 --found-on 2026-03-10 --symptom 断了")

    def total(flags: str) -> tuple[int, int, float | None]:
        row = counter.done(f"quality --format json {flags}").json[-1]
        return row["faults"], row["sold"], row["rate"]

    assert total("--period 2026") == (2, 13, 15.4)
    assert total("--period 2026-03-10..2026-12-31") == (1, 13, 7.7)
    assert total("--period 2026 --today 2026-03-03") == (0, 2, None)


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
        "faults per 100 unit-months in service: 9.28 (0.12 to 51.6); there were 10.8",
        "without a fault since the sale, too few units to say:",
        "  after 1 month     0 failed by then, 1 observed that long",
        "  after 3 months    0 failed by then, 1 observed that long",
        "  after 6 months    0 failed by then, 1 observed that long",
        "  after 12 months   1 failed by then, 0 observed that long",
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


def test_faults_stand_against_the_time_in_service(counter: Counter) -> None:
    """Three air conditioners made 10.77 unit-months, in which one failed; the fields stand behind those of old."""
    cooler, chair, total = counter.done("quality --format json").json
    assert list(cooler)[-4:] == ["unit_months", "per_100_unit_months", "low", "high"]
    assert list(cooler.values())[-4:] == [10.77, 9.28, 0.12, 51.64]
    assert list(chair.values())[-4:] == [2.26, 0.0, 0.0, 163.36]
    assert total["unit_months"] == 13.03
    assert "9.28 (0.12 to 51.6)" in counter.done("quality").lines[2]


def test_a_month_has_the_time_of_its_own(counter: Counter) -> None:
    """In ten days of March the unit of last year made a third of a unit-month, those sold then a little less each."""
    month, total = counter.done("quality --per month --product KFR-35 --format json").json
    assert (month["month"], month["unit_months"], total["unit_months"]) == ("2026-03", 0.81, 10.77)
    assert (month["per_100_unit_months"], month["low"], month["high"]) == (None, None, None)
    assert "–" in counter.done("quality --per month --product KFR-35").lines[2]


def test_a_narrow_table_tells_the_rate_and_a_broad_one_does_not(counter: Counter) -> None:
    """Where counts leave no room the table keeps to them; of months it tells the rate all the same."""
    visit = "--about SA25-0009/1 --purpose advice --channel home --outcome reached --customer 王建军"
    counter.done(f"visit add {visit} --saw component=滤网,what=堵了,kind=wear --saw component=接头,what=松了")
    counter.done("claim repair CL26-0001 in --problem 不制冷")
    counter.done("claim repair CL26-0001 out --result fixed --done 加氟")
    counter.done("complaint add --customer 王建军 --about SA25-0009/1 --what 太慢")
    counter.done("wish add --customer 王建军 --about SA25-0009/1 --words 再静一点")
    assert "per 100 unit-months" not in counter.done("quality").lines[0]
    assert "per 100 unit-months" in counter.done("quality --per month").lines[0]


def test_months_of_life_have_rows_too(counter: Counter) -> None:
    """The fault came in the tenth month after the sale, which one unit reached; the records behind it are shown."""
    rows = counter.done("quality --per age --product KFR-35 --format json").json
    assert [row["age"] for row in rows] == [*range(11), None]
    assert list(rows[0]) == [
        *("id", "age", "rate", "faults", "reached", "unit_months", "per_100_unit_months", "low", "high")
    ]
    assert [(row["id"], row["faults"], row["reached"]) for row in rows if row["faults"]] == [("10", 1, 1), (None, 1, 3)]
    (record,) = counter.done("quality --per age --records --where group=10 --format json").json
    assert (record["id"], record["what"]) == ("CL26-0001", "fault")
    assert counter.done("quality --per age --product KFR-35").lines[0].split()[:3] == ["months", "in", "service"]


def test_the_page_tells_how_long_units_last(counter: Counter) -> None:
    """The share without a fault after each span, in per cent with its interval; null where none was seen so long."""
    page = counter.done("product quality KFR-35 --format json").json
    assert [mark["months"] for mark in page["survival"]] == [1, 3, 6, 12, 24, 36]
    half, year = page["survival"][2:4]
    assert list(half) == ["months", "day", "at_risk", "failed", "without_fault", "low", "high"]
    assert list(half.values()) == [6, 183, 1, 0, 100.0, 20.7, 100.0]
    assert (year["at_risk"], year["failed"], year["without_fault"], year["low"], year["high"]) == (
        0,
        1,
        0.0,
        0.0,
        100.0,
    )
    assert page["first_faults"] == [
        {"day": 310, "at_risk": 1, "failed": 1, "without_fault": 0.0, "low": 0.0, "high": 100.0}
    ]
    assert "fit" not in page
    young = counter.done("product quality 折叠椅 --format json").json["survival"][0]
    assert (young["at_risk"], young["without_fault"], young["low"], young["high"]) == (0, None, None, None)


def test_units_enough_have_a_share(counter: Counter) -> None:
    """Ten chairs that are a month old, one of them broken: nine of ten, and how far that may be chance."""
    counter.done("claim add --unit SA26-0002/1 --found-on 2026-03-10 --symptom 断了")
    lines = counter.done("product quality 折叠椅 --today 2026-04-10").lines
    start = lines.index("without a fault since the sale:")
    assert lines[start + 1] == "  after 1 month     90.0 % (47.3 to 98.5 %)     1 failed by then, 9 observed that long"
    assert lines[start + 2] == "the maker was told nothing"


def test_a_curve_needs_an_extra_and_says_so(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library: one line with the command that installs it, and nothing else fails."""
    monkeypatch.setitem(sys.modules, "lifelines", None)
    found = counter("product quality KFR-35 --fit")
    assert (found.code, found.out) == (2, "")
    assert "pip install 'aftercare-book[survival]'" in found.err
    assert counter.done("product quality KFR-35").lines


def test_what_customers_said_stands_by_product_and_theme(counter: Counter) -> None:
    """Faults under their part, wishes under their theme, the rest under what its words mention; nobody is named."""
    counter.done("claim set CL26-0001 fault.component=遥控器")
    wish = "wish add --customer 王建军 --about SA25-0009/1"
    for number in range(3):
        counter.done(f"{wish} --words 字再大{number}点 --theme 遥控器 --said-on 2026-03-0{number + 2}")
    counter.done(
        "visit add --about SA25-0009/1 --purpose advice --channel phone --outcome reached --customer 王建军 "
        "--question 遥控器怎么锁 --heard 孩子要去上学"
    )
    controls, rest = counter.done("quality --words --format json").json
    assert {name: controls[name] for name in ("id", "product", "theme", "count", "kinds", "first", "last")} == {
        "id": COOLER,
        "product": COOLER,
        "theme": "遥控器",
        "count": 5,
        "kinds": {"fault": 1, "wish": 3, "question": 1},
        "first": "2026-03-02",
        "last": rest["last"],
    }
    assert [one["words"] for one in controls["words"]] == [
        *("遥控器怎么锁", "不制冷", "字再大2点", "字再大1点", "字再大0点")
    ]
    assert (rest["theme"], rest["kinds"]) == ("", {"heard": 1})
    lines = counter.done("quality --words").lines
    assert lines[0] == "PR26-0001 空调 KFR-35"
    assert lines[1].startswith("  遥控器  5 (faults 1, wishes 3, questions 1)  from 2026-03-02 to 2026-03-10")
    assert [line.split()[-1] for line in lines[2:5]] == ["遥控器怎么锁", "不制冷", "字再大2点"]
    assert lines[5] == "    and 2 more"
    assert lines[6].startswith("  no theme  1 (said in passing 1)")
    assert "王" not in counter.done("quality --words").out


def test_words_are_chosen_like_other_rows(counter: Counter) -> None:
    """By product, by period and by condition; flags that ask for other rows do not go with it."""
    assert counter.done("quality --words --product 折叠椅 --format json").json == []
    assert counter.done("quality --words --period 2025").out == ""
    assert len(counter.done("quality --words --where kinds.fault=1 --format json").json) == 1
    assert counter.done("quality --words --where theme=遥控器 --format json").json == []
    assert counter.done("quality --words --format csv --period 2025").lines == [
        "id,product,theme,count,kinds,first,last,words"
    ]
    assert counter("quality --words --records").code == 2
    assert counter("quality --words --per month").code == 2
