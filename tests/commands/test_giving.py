"""``sale give`` and ``sale pay-back``: what was had as published, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with an offer that the sale of chairs and that of air conditioners meet."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done(
        "offer add --title 三月 --published-on 2026-03-01 --product 折叠椅 --price goods=折叠椅,price=50 "
        "--gives what=gift,words=坐垫,within=9d,per=piece --gives what=inspection,words=上门检查,within=1m"
    )
    return counter


def test_a_gift_is_given_in_parts(counter: Counter) -> None:
    """Each entry says of which row, how many, when, by whom and at what cost; never more than is owed."""
    assert "keeps 7 of 10 pieces" in counter.done("sale give SA26-0002 --qty 7 --by 张敏 --cost 21").err
    assert "given:\n- {offer: OF26-0001, row: 1, qty: 7, at: 2026-03-10, by: ST26-0001, cost: 21.00}\n" in counter.text(
        "SA26-0002"
    )
    too_many = counter("sale give SA26-0002 --qty 4")
    assert (too_many.code, "only 3 are still owed" in too_many.err) == (2, True)
    assert counter.done("sale give SA26-0002").err.endswith("keeps SA26-0002/OF26-0001.1, in time\n")
    assert counter("sale give SA26-0002").code == 5


def test_what_a_contact_keeps_is_meant_only_where_it_is_named(counter: Counter) -> None:
    """With its row, for its line."""
    counter.done("sale give SA26-0002 --offer 三月 --row 1")
    assert "is kept already" in counter("sale give SA26-0002").err
    assert counter.done("sale give SA26-0002/1 --row 2").err.endswith("keeps SA26-0002/1/OF26-0001.2, in time\n")
    assert "{offer: OF26-0001, row: 2, item: 1, at: 2026-03-10}" in counter.text("SA26-0002")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("sale give SA26-0001", 5),
        ("sale give SA26-0002 --row 3", 5),
        ("sale give SA26-0002/9", 4),
        ("sale give SA26-0002 --offer 没有", 4),
        ("sale give SA26-0002 --at 2026-03-01", 5),
        ("sale give SA26-0002 --at 2026-03-11", 5),
        ("sale give SA26-0002 --cost 多", 2),
        ("sale give SA26-0002 --qty 0", 2),
        ("sale pay-back SA26-0001 --amount 4", 5),
        ("sale pay-back SA26-0002 --amount 4 --offer 没有", 4),
        ("sale pay-back SA26-0002", 2),
        ("sale pay-back SA26-0002 --amount -4", 2),
    ],
)
def test_what_is_not_owed_is_refused(counter: Counter, line: str, code: int) -> None:
    """Nothing is written."""
    before = counter.files()
    assert counter(line).code == code
    assert counter.files() == before


def test_of_two_offers_one_is_named(counter: Counter) -> None:
    """Two gifts are owed: which was given nobody can guess."""
    counter.done(
        "offer add --title 又送 --published-on 2026-03-01 --product 折叠椅 --gives what=gift,words=抹布,within=9d"
    )
    several = counter("sale give SA26-0002")
    assert (several.code, "SA26-0002/OF26-0001.1" in several.err, "SA26-0002/OF26-0002.1" in several.err) == (
        4,
        True,
        True,
    )
    assert "keeps SA26-0002/OF26-0002.1" in counter.done("sale give SA26-0002 --offer 又送").err


def test_the_difference_is_paid_back(counter: Counter) -> None:
    """Ten chairs at 58 where 50 was published: 80; what is paid settles the breach, and is not owed twice."""
    breach = "SA26-0002/OF26-0001/above-offer"
    assert f"580.00 charged where 500.00 was published in OF26-0001, 三月 [{breach}" in counter("check promises").out
    assert counter.done("sale pay-back SA26-0002 --amount 30").err.count("settles") == 0
    assert counter.done("sale pay-back SA26-0002 --amount 50 --offer 1").err.endswith(f"settles {breach}\n")
    assert breach not in counter("check promises").out
    assert f"{breach}, claims-standard/honour-offer] made good on 2026-03-10" in counter("check promises --all").out
    assert counter("sale pay-back SA26-0002 --amount 1").code == 5


def test_a_price_above_the_published_one_may_be_apologised_for_or_left(counter: Counter) -> None:
    """By its id, in whatever case it is typed."""
    done = counter.done("accept sa26-2/of26-1/above-offer --reason 顾客谅解")
    assert done.err.endswith("settles SA26-0002/OF26-0001/above-offer\n")
    assert "of: SA26-0002/OF26-0001/above-offer" in counter.text("PM26-0002")
    assert counter("check references").out == ""


def test_the_promises_of_an_offer_go_the_way_of_every_promise(counter: Counter) -> None:
    """Shown, moved, broken and apologised for, by an id with an id in its step."""
    gift = "SA26-0002/OF26-0001.1"
    assert "in the words: 坐垫" in counter.done("promise show sa26-2/of26-1.1").out
    counter.done(f"promise postpone {gift} --to 2026-03-20 --asked-by customer --reason 出差")
    row = next(row for row in counter.done("promise list --what gift --format json").json if row["id"] == gift)
    assert (row["due"], row["record"], row["keep_with"]) == (
        "2026-03-20",
        "OF26-0001",
        ["aftercare", "sale", "give", "SA26-0002", "--offer", "OF26-0001", "--row", "1"],
    )
    assert "promises SA26-0002/OF26-0001.1/apology by" in counter.done(f"promise break {gift} --reason 断货").err
    assert f"[{gift}/broken-promise, " in counter("check promises").out
    assert f"settles {gift}/broken-promise" in counter.done(f"promise apologise {gift} --how 电话").err
    assert counter("check references").out == ""


def test_an_offer_stays_while_a_record_names_what_it_promised(counter: Counter) -> None:
    """A fact about its promise refers to it, as one about the sale does."""
    counter.done("promise release SA26-0002/OF26-0001.1 --reason 不要")
    refused = counter("offer remove 1 --yes")
    assert (refused.code, "PM26-0002" in refused.err) == (5, True)


def test_an_offer_that_is_not_there_is_a_fault_of_whoever_names_it(counter: Counter) -> None:
    """A record about a promise of an offer that never was."""
    counter.write(
        "promises/2026/PM26-0009.yaml",
        "id: PM26-0009\nof: SA26-0002/OF26-0077.1\nmade_on: 2026-03-10\nbroken: {on: 2026-03-10}\n",
    )
    assert "PM26-0009.yaml:2: promise " in counter("check book").out


@pytest.mark.parametrize(
    ("sale", "given"),
    [
        ("SA26-0001", "{offer: OF26-0001, row: 1, at: 2026-03-05}"),
        ("SA26-0002", "{offer: OF26-0001, row: 9, at: 2026-03-05}"),
        ("SA26-0002", "{offer: OF26-0001, row: 2, at: 2026-03-05}"),
        ("SA26-0002", "{offer: OF26-0001, row: 1, item: 1, at: 2026-03-05}"),
        ("SA26-0002", "{offer: OF26-0001, row: 2, item: 7, at: 2026-03-05}"),
    ],
)
def test_what_was_given_without_an_offer_is_a_fault_with_its_line(counter: Counter, sale: str, given: str) -> None:
    """No such sale, row or line; every command goes on."""
    counter.write(f"sales/2026/{sale}.yaml", f"{counter.text(sale)}given:\n- {given}\n")
    assert ": given " in counter("check book").out
    for line in ("due", "customer timeline 王建国", "offer cost 1", "offer sales 1", f"sale show {sale}"):
        assert counter(line).code == 0, line


def test_what_was_had_stands_in_the_story(counter: Counter) -> None:
    """The gift and the money, on their days."""
    counter.done("sale give SA26-0002 --by 张敏")
    counter.done("sale pay-back SA26-0002 --amount 80")
    lines = counter.done("customer timeline 单雪梅").lines
    assert "2026-03-10 given as published: 坐垫 OF26-0001 (张敏 service) SA26-0002" in lines
    assert "2026-03-10 paid back what was charged above the published price: 80.00 OF26-0001 SA26-0002" in lines
