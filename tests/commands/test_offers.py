"""The own verbs of offers at the counter: what each writes, what it promises, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

OFFER = "OF26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with an offer of the first of March that stands in a paper and in the window."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done(
        "offer add --title 买椅送垫 --published-on 2026-03-01 --until 2026-03-31 --product 折叠椅 "
        "--price goods=折叠椅,price=5.8 --gives what=gift,words=坐垫,within=１d "
        "--published where=晚报 --published where=橱窗"
    )
    return counter


def _misprint(counter: Counter, more: str = "") -> str:
    return counter.done(f"offer misprint 1 --says 5.8元 --meant 58元 --meant-price 58 {more}").err


def test_what_was_typed_stands_in_the_file(counter: Counter) -> None:
    """References by their ids, amounts with their decimals, lengths of time in plain figures."""
    assert counter.text(OFFER) == (
        "id: OF26-0001\ntitle: 买椅送垫\npublished_on: 2026-03-01\nuntil: 2026-03-31\n"
        "meets: {products: [PR26-0002]}\ngives:\n- {what: gift, words: 坐垫, within: 1d}\n"
        "prices:\n- {goods: [PR26-0002], price: 5.80}\n"
        "published:\n- {where: 晚报, at: 2026-03-01}\n- {where: 橱窗, at: 2026-03-01}\n"
    )


def test_adding_says_what_it_promises_to_sales_that_were_made_already(counter: Counter) -> None:
    """The effect is that on the customers whose sales meet it."""
    said = counter.done(
        "offer add --title 送垫 --published-on 2026-03-01 --product 折叠椅 --gives what=gift,within=9d"
    ).err
    assert "promises SA26-0002/OF26-0002.1 by" in said
    none = counter.done("offer add --title 送垫 --since 2026-03-09 --product 折叠椅 --gives what=gift,within=9d").err
    assert "promises" not in none


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        ("--gives what=gift,within=soon", 2, "within"),
        ("--gives what=greet", 2, "what"),
        ("--gives words=垫", 2, "missing --gives"),
        ("--category 坐骑", 2, "no such category"),
        ("--price goods=折叠椅", 2, "missing --price"),
        ("--price price=cheap", 2, "cheap"),
        ("--product 没有", 4, "没有"),
        ("--published-on 2026-03-11", 5, "2026-03-11"),
    ],
)
def test_what_does_not_fit_is_refused_under_its_flag(counter: Counter, flags: str, code: int, said: str) -> None:
    """Nothing is written."""
    before = counter.files()
    printed = counter(f"offer add --title 新 {flags}")
    assert (printed.code, said in printed.err, counter.files() == before) == (code, True, True)


def test_a_misprint_is_noted_with_what_was_meant(counter: Counter) -> None:
    """The price, a row that was printed by mistake, one that was left out; the house owes its corrections."""
    said = _misprint(counter, "--printed 1 --gives what=gift,words=抹布,within=1d --by 张敏")
    for promise in ("supply.1", "correct.1", "correct.2", "apology.1"):
        assert f"promises {OFFER}/{promise} by" in said
    text = counter.text(OFFER)
    assert "holds: printed" in text
    assert "{what: gift, words: 抹布, within: 1d, holds: meant}" in text
    assert "meant: 58.00" in text
    assert "misprint: {at: 2026-03-10, says: 5.8元, meant: 58元, by: ST26-0001}" in text


def test_a_misprint_is_noted_once_and_somewhere(counter: Counter) -> None:
    """Without a place no correction can reach it; twice it would hide when it was noticed."""
    counter.done("offer add --title 无处 --price price=3")
    assert counter("offer misprint 2 --says 3 --meant 7").code == 2
    counter.done("offer misprint 2 --says 3 --meant 7 --where 橱窗 --where 网页")
    again = counter("offer misprint 2 --says 3 --meant 7")
    assert (again.code, "noted already, on 2026-03-10" in again.err) == (5, True)


@pytest.mark.parametrize(
    "flags", ["--meant-price 2=7", "--meant-price dear", "--printed 2", "--printed 0", "--gives what=x"]
)
def test_rows_that_are_not_there_are_refused(counter: Counter, flags: str) -> None:
    """A misprint names rows of the offer, by numbers it has."""
    before = counter.files()
    assert counter(f"offer misprint 1 --says 3 --meant 7 {flags}").code == 2
    assert counter.files() == before


def test_of_several_prices_the_one_is_named(counter: Counter) -> None:
    """A price without its number would be anybody's guess."""
    counter.done("offer set 1 prices+=price=9")
    assert counter("offer misprint 1 --says 3 --meant 7 --meant-price 7").code == 2
    counter.done("offer misprint 1 --says 3 --meant 7 --meant-price 2=7")
    assert "price: 9.00" in counter.text(OFFER)
    assert "meant: 7.00" in counter.text(OFFER)


def test_a_correction_reaches_each_place(counter: Counter) -> None:
    """By its name or a part of it; every place at once; none twice."""
    _misprint(counter)
    assert f"keeps {OFFER}/correct.2, in time" in counter.done("offer correct 1 --where 橱 --by 张敏").err
    assert "{where: 橱窗, at: 2026-03-01, corrected_at: 2026-03-10, by: ST26-0001}" in counter.text(OFFER)
    assert counter("offer correct 1 --where 橱窗").code == 5
    assert f"keeps {OFFER}/correct.1, late" in counter.done("offer correct 1 --everywhere --today 2026-03-12").err
    again = counter("offer correct 1 --everywhere --today 2026-03-12")
    assert (again.code, "corrected everywhere already" in again.err) == (5, True)


def test_a_correction_names_its_places(counter: Counter) -> None:
    """One way or the other, a place that there is, never before the misprint was noticed."""
    assert counter("offer correct 1 --everywhere").code == 5
    _misprint(counter)
    assert counter("offer correct 1").code == 2
    assert counter("offer correct 1 --where 橱窗 --everywhere").code == 2
    unknown = counter("offer correct 1 --where 电视")
    assert (unknown.code, "晚报, 橱窗" in unknown.err) == (2, True)
    early = counter("offer correct 1 --where 橱窗 --at 2026-03-09")
    assert (early.code, "before the misprint was noticed" in early.err) == (5, True)
    counter.done("offer publish 1 --where 新海报 --today 2026-03-11")
    right = counter("offer correct 1 --where 新海报 --today 2026-03-11")
    assert (right.code, "what stands there is right" in right.err) == (5, True)


def test_stock_apology_and_what_was_spent(counter: Counter) -> None:
    """Each adds an entry; the first keeps what was promised."""
    assert counter("offer supply 1").code == 5
    _misprint(counter)
    assert f"keeps {OFFER}/supply.1, in time" in counter.done("offer supply 1 --how 调来300把").err
    assert f"keeps {OFFER}/apology.1, in time" in counter.done("offer apologise 1 --where 店门口 --how 张贴").err
    counter.done("offer spend 1 --amount 800 --for 启事")
    text = counter.text(OFFER)
    assert "supplied:\n  - {at: 2026-03-10, how: 调来300把}" in text or "{at: 2026-03-10, how: 调来300把}" in text
    assert "{at: 2026-03-10, where: 店门口, how: 张贴}" in text
    assert "{at: 2026-03-10, what: 启事, amount: 800.00}" in text


def test_one_more_place_once(counter: Counter) -> None:
    """With the time until which it can be relied on; the same place twice is refused."""
    counter.done("offer publish 1 --where 网页 --until 2026-03-20")
    assert "{where: 网页, at: 2026-03-10, until: 2026-03-20}" in counter.text(OFFER)
    assert counter("offer publish 1 --where 网页").code == 5


def test_withdrawn_it_meets_no_later_sale(counter: Counter) -> None:
    """What it promised before is owed all the same; once, and not after its end."""
    counter.done("offer withdraw 1 --reason 送完 --today 2026-03-11")
    assert "ended: {on: 2026-03-11, reason: 送完}" in counter.text(OFFER)
    assert counter("offer withdraw 1 --today 2026-03-11").code == 5
    assert counter.done("offer list --on 2026-03-11 --format ids").lines == [OFFER]
    assert counter.done("offer list --on 2026-03-12 --format ids").lines == []
    counter.done("offer add --title 短 --published-on 2026-03-01 --until 2026-03-02")
    assert counter("offer withdraw 2").code == 5


def test_the_answer_for_machines_names_what_was_kept_and_promised(counter: Counter) -> None:
    """As of every writing command."""
    made = counter.done("offer misprint 1 --says 3 --meant 7 --format json").json
    assert (made["id"], len(made["promised"])) == (OFFER, 4)
    kept = counter.done("offer correct 1 --where 橱窗 --format json").json
    assert kept["kept"] == [f"{OFFER}/correct.2"]


def test_what_the_house_owes_goes_the_way_of_every_promise(counter: Counter) -> None:
    """It is shown, moved, let go, broken, listed and counted, whatever case its id is typed in."""
    _misprint(counter)
    shown = counter.done("promise show of26-1/correct.1")
    assert shown.lines[0] == "correction for the shop: waiting"
    assert counter.done(
        "promise postpone OF26-0001/correct.1 --to 2026-03-15 --asked-by shop --agreed --reason 周日"
    ).err
    assert counter.done("promise release OF26-0001/supply.1 --reason 有货").err.startswith("releases")
    assert counter.done("promise break OF26-0001/apology.1 --reason 不登").err == "breaks OF26-0001/apology.1\n"
    rows = {row["id"]: row for row in counter.done("promise list --format json").json if row["customer"] is None}
    assert {i.partition("/")[2]: row["state"] for i, row in rows.items()} == {
        "supply.1": "released",
        "apology.1": "broken",
        "correct.1": "waiting",
        "correct.2": "waiting",
    }
    assert "the shop" in counter.done("promise list --what correct").out
    due = counter.done("due --what correct --within 9d --how").lines
    assert due[0].split()[:5] == ["by", "03-11", "correction", "the", "shop"]
    assert due[1].strip() == "aftercare offer correct OF26-0001 --where '橱窗'"
    assert "OF26-0001/correct.2,promise,correct" in counter.done("due --within 9d --what correct --format csv").out
    balance = {row["what"]: row for row in counter.done("balance --format json").json if row["what"]}
    assert (balance["correct"]["open"], balance["supply"]["released"], balance["apology"]["broken"]) == (2, 1, 1)


def test_no_contact_with_a_customer_keeps_what_the_house_owes(counter: Counter) -> None:
    """The command that does is named; a letter of apology has nobody to go to."""
    _misprint(counter)
    for line in (
        "promise keep OF26-0001/correct.1",
        "promise inform OF26-0001/correct.1 --what 晚一天",
        "visit add --keeps OF26-0001/correct.1 --outcome reached",
        "promise apology OF26-0001/correct.1",
    ):
        refused = counter(line)
        assert (refused.code, "aftercare offer correct OF26-0001 --where 晚报" in refused.err) == (5, True), line
    assert counter("accept OF26-0001/correct.1 --reason 小事").code == 4


def test_the_one_who_looks_after_it_is_asked(counter: Counter) -> None:
    """``due --by`` lists what that person has to put right."""
    counter.done("offer set 1 person=张敏")
    _misprint(counter)
    assert len(counter.done("due --by 张敏 --within 2d --what correct --format ids").lines) == 2


def test_as_of_an_earlier_day_nothing_was_noticed_yet(counter: Counter) -> None:
    """The misprint, its corrections and what followed are not there before their days."""
    _misprint(counter)
    counter.done("offer correct 1 --everywhere --today 2026-03-12")
    assert counter.done("--as-of 2026-03-09 due --what correct --within 9d --format ids").lines == []
    assert len(counter.done("--as-of 2026-03-11 due --what correct --format ids").lines) == 2
    assert counter.done("--as-of 2026-03-12 due --what correct --format ids").lines == []


def test_a_customer_complains_of_an_offer(counter: Counter) -> None:
    """What it is about is nobody's own; who complains is named."""
    assert counter.done("complaint add --customer 王建国 --about OF26-0001 --what 要收58元").lines == ["CO26-0001"]
    assert counter("complaint add --about OF26-0001 --what x").code == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("since: 2026-03-09\nuntil: 2026-03-08\n", ":5: order"),
        ("ended: {on: 2026-02-01}\n", ":4: order"),
        ("misprint: {at: 2026-03-02, says: a, meant: b}\n", ":4: offer"),
        ("gives:\n- {what: gift, within: 1d, holds: meant}\n", ":5: offer"),
        ("gives:\n- {what: deliver, within: 1d, after: delivered}\n", ":5: offer"),
        ("prices:\n- {price: 3, meant: 7}\n", ":5: offer"),
        ("meets: {category: 坐骑}\n", ":4: category"),
        ("gives:\n- {what: gift, within: 2 days}\n", ":5: length"),
        (
            "misprint: {at: 2026-03-02, says: a, meant: b}\n"
            "published:\n- {where: w, at: 2026-03-01, corrected_at: 2026-03-01}\n",
            ":6: order",
        ),
    ],
)
def test_nonsense_is_a_fault_with_its_line(counter: Counter, text: str, line: str) -> None:
    """``check`` names the row; no command falls over it."""
    counter.write("offers/2026/OF26-0009.yaml", f"id: OF26-0009\ntitle: 坏\npublished_on: 2026-03-01\n{text}")
    assert f"offers/2026/OF26-0009.yaml{line} " in counter("check book").out
    assert counter("due").code in {0, 3}
    assert counter("offer cost 1").code in {0, 3}
