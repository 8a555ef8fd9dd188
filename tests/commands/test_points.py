"""The verbs of points: given, redeemed, handed over, called off; balances and ledgers; what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

PACK = """id: ours
issuer: shop
title: {en: Points, zh: 积分}
points:
- id: buy
  title: {en: Points, zh: 积分}
  category: goods
  earn: {2026-01-01: {points: 1, per: 10}}
  expires: {2026-01-01: {months: 12}}
  worth: {2026-01-01: {points: 100, amount: 1}}
"""
BUYER, GIFT = "CU26-0001", "PA26-0001"
"""王建国 bought an air conditioner for 3299.00 on 3 March: 329 points until 3 March of the next year."""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop with a rule of points, and two umbrellas."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.write("policies/ours.yaml", PACK)
    shop.write(f"parts/2026/{GIFT}.yaml", f"id: {GIFT}\nname: 雨伞\ncounted: [{{at: 2026-03-01, qty: 2}}]\n")
    return shop


def _balance(counter: Counter, more: str = "") -> int:
    found: int = counter.done(f"points balance --customer {BUYER} --format json {more}").json["balance"]
    return found


def _stock(counter: Counter) -> int:
    (row,) = counter.done("part stock --format json").json
    found: int = row["stock"]
    return found


class TestGiving:
    """Points that no sale earned."""

    def test_it_is_a_record(self, counter: Counter) -> None:
        """With the clock's time, why, and until when."""
        counter.done("points give --customer 王建国 --points 100 --reason 周年庆 --until 2026-06-30 --by 张敏")
        said = "id: PT26-0001\ncustomer: CU26-0001\non: 2026-03-10\ngiven: 100\nuntil: 2026-06-30\nreason: 周年庆\n"
        assert counter.text("PT26-0001") == f"{said}by: ST26-0001\n"
        assert _balance(counter) == 429

    def test_until_before_it_was_given(self, counter: Counter) -> None:
        """Dates that contradict each other are a fault of check."""
        counter.done("points give --customer 王建国 --points 100 --reason 周年庆 --until 2026-03-01")
        assert " order " in counter("check book").out


class TestRedeeming:
    """Points are drawn for something, never more than there are."""

    def test_a_gift_leaves_its_stock(self, counter: Counter) -> None:
        """In one with the points; it is promised by the time that was told."""
        printed = counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞 --hand-over-by 2026-03-12")
        assert printed.out == "PT26-0001\n"
        assert "promises PT26-0001/hand-over.1 by Thu 12 March 2026" in printed.err
        assert (_balance(counter), _stock(counter)) == (29, 1)
        assert "for PT26-0001 王建国 雨伞" in counter.done("part stock 雨伞").out

    def test_at_once(self, counter: Counter) -> None:
        """What is handed over at the counter is promised and kept in one."""
        counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞 --pieces 2 --handed-over --by 张敏")
        assert counter.done("promise show PT26-0001/hand-over.1 --format json").json["state"] == "kept"
        assert _stock(counter) == 0

    def test_too_few(self, counter: Counter) -> None:
        """Refused with the balance of that day, and nothing is written."""
        printed = counter("points redeem --customer 王建国 --points 330 --for 旅游")
        assert printed.code == 5
        assert "CU26-0001 王建国 13800138000 has 329 points on 2026-03-10, too few for 330" in printed.err
        assert not (counter.folder / "points").exists()

    def test_too_few_on_an_earlier_day(self, counter: Counter) -> None:
        """What was earned later was not there, nor what a later record has drawn since."""
        assert counter("points redeem --customer 王建国 --points 1 --for 旅游 --at 2026-03-02").code == 5
        counter.done("points redeem --customer 王建国 --points 300 --for 旅游 --at 2026-03-08")
        printed = counter("points redeem --customer 王建国 --points 100 --for 旅游 --at 2026-03-05")
        assert printed.code == 5
        assert "has 229 points on 2026-03-08, too few for 300 (PT26-0001)" in printed.err

    def test_no_gift_there(self, counter: Counter) -> None:
        """A gift that is not in stock cannot be chosen; the points stay."""
        printed = counter("points redeem --customer 王建国 --points 100 --gift 雨伞 --pieces 3")
        assert printed.code == 5
        assert "2 in stock on 2026-03-10, too few for 3" in printed.err
        assert _balance(counter) == 329

    @pytest.mark.parametrize(
        "said",
        [
            "--points 10",
            "--points 10 --for 旅游 --pieces 2",
            "--points 10 --for 旅游 --handed-over --hand-over-by fri",
            "--points 0 --for 旅游",
            "--points many --for 旅游",
            "--points 10 --for 旅游 --at someday",
            "--for 旅游",
        ],
    )
    def test_wrong_use(self, counter: Counter, said: str) -> None:
        """Nothing drawn, drawn for nothing, or what contradicts itself."""
        assert counter(f"points redeem --customer 王建国 {said}").code == 2

    def test_nobody_of_that_name(self, counter: Counter) -> None:
        """Neither a customer nor a gift that the book does not have."""
        assert counter("points redeem --customer 赵六 --points 10 --for 旅游").code == 4
        assert counter("points redeem --customer 王建国 --points 10 --gift 电饭煲").code == 4

    def test_the_future(self, counter: Counter) -> None:
        """Nothing is drawn on a day to come, and the flag that said so is named."""
        printed = counter("points redeem --customer 王建国 --points 10 --for 旅游 --at 2026-03-11")
        assert (printed.code, printed.err.startswith("CU26"), "--at: 2026-03-11" in printed.err) == (5, True, True)

    def test_to_be_handed_over_before(self, counter: Counter) -> None:
        """A time before the points are drawn is refused."""
        said = "--points 10 --for 旅游 --hand-over-by 2026-03-09"
        assert counter(f"points redeem --customer 王建国 {said}").code == 5


class TestHandingOver:
    """The promise of a gift is kept by its own verb."""

    def test_it_keeps_the_promise(self, counter: Counter) -> None:
        """Due names the command; a second time is refused."""
        counter.done("points redeem --customer 王建国 --points 10 --for 旅游")
        (row,) = counter.done("due --what gift --format json").json
        assert row["keep_with"] == ["aftercare", "points", "hand-over", "PT26-0001"]
        assert (row["words"], row["customer"]) == ("旅游", BUYER)
        assert counter.done("points hand-over PT26-0001 --by 张敏 --format json").json["kept"] == [row["id"]]
        assert counter("points hand-over PT26-0001").code == 5
        assert counter.done("due --what gift --format json").json == []

    def test_promise_keep_names_it(self, counter: Counter) -> None:
        """A promise that another command keeps is refused with that command."""
        counter.done("points redeem --customer 王建国 --points 10 --for 旅游")
        printed = counter("promise keep PT26-0001/hand-over.1")
        assert printed.code == 5
        assert "aftercare points hand-over PT26-0001" in printed.err

    def test_what_was_given_is_not_handed_over(self, counter: Counter) -> None:
        """Nor before the points were drawn."""
        counter.done("points give --customer 王建国 --points 10 --reason 周年庆")
        assert counter("points hand-over PT26-0001").code == 5
        counter.done("points redeem --customer 王建国 --points 10 --for 旅游")
        assert counter("points hand-over PT26-0002 --at 2026-03-09").code == 5


class TestCallingOff:
    """Points and gift go back where they came from."""

    def test_points_and_gift_go_back(self, counter: Counter) -> None:
        """And nothing is owed any more; a second time is refused."""
        counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞")
        answer = counter.done("points cancel PT26-0001 --reason 改主意 --format json").json
        assert answer == {"id": "PT26-0001", "kept": [], "promised": []}
        assert (_balance(counter), _stock(counter)) == (329, 2)
        assert "put back" in counter.done("part stock 雨伞").out
        assert counter.done("due --what gift --format json").json == []
        assert counter("points cancel PT26-0001 --reason 改主意").code == 5
        assert counter.done("check book").out == ""

    def test_an_order_is_not_filled_by_it(self, counter: Counter) -> None:
        """What comes back to the shelf is nothing that the supplier sent."""
        counter.done("part order 雨伞 --qty 5")
        counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞")
        counter.done("points cancel PT26-0001 --reason 改主意")
        (row,) = counter.done("part stock --format json").json
        assert (row["stock"], row["on_order"]) == (2, 5)

    def test_what_was_given(self, counter: Counter) -> None:
        """A gift of points that was spent leaves the customer short, and never below zero."""
        counter.done("points give --customer 王建国 --points 100 --reason 周年庆")
        counter.done("points redeem --customer 王建国 --points 400 --for 旅游")
        counter.done("points cancel PT26-0001 --reason 记错了")
        row = counter.done(f"points balance --customer {BUYER} --format json").json
        assert (row["balance"], row["short"]) == (0, 71)
        assert "71 more were to be taken back" in counter.done(f"points balance --customer {BUYER}").out


class TestTheGenericVerbs:
    """What is typed in another way comes to the same."""

    def test_add_takes_the_gift_too(self, counter: Counter) -> None:
        """And draws no more than there are."""
        counter.done("points add --customer 王建国 --drawn 300 --gift 雨伞")
        assert _stock(counter) == 1
        assert counter("points add --customer 王建国 --drawn 30 --for 旅游").code == 5

    @pytest.mark.parametrize("said", ["", "--given 5 --drawn 5", "--given 5 --gift 雨伞"])
    def test_what_says_neither_or_both(self, counter: Counter, said: str) -> None:
        """Is no record of points."""
        assert counter(f"points add --customer 王建国 {said}").code == 5

    @pytest.mark.parametrize("said", ["drawn=330", "on=2026-03-02", "given=5", "gift=雨伞"])
    def test_set(self, counter: Counter, said: str) -> None:
        """Drawing too many, too early, giving beside drawing, or a gift that never left the stock: refused."""
        counter.done("points redeem --customer 王建国 --points 300 --for 旅游")
        assert counter(f"points set PT26-0001 {said}").code == 5
        counter.done("points set PT26-0001 drawn=329")

    def test_the_sale_behind_it(self, counter: Counter) -> None:
        """A price that never earned what was drawn is refused; calling the sale off is not, it leaves points short."""
        counter.done("points redeem --customer 王建国 --points 300 --for 旅游")
        assert counter("sale set SA26-0001 items.1.price=100").code == 5
        counter.done("sale set SA26-0001 cancelled.on=2026-03-10")
        assert counter.done(f"points balance --customer {BUYER} --format json").json["short"] == 300

    def test_remove(self, counter: Counter) -> None:
        """A record whose gift left the stock is still referred to; one of words is not, and its points are back."""
        counter.done("points redeem --customer 王建国 --points 100 --gift 雨伞")
        counter.done("points redeem --customer 王建国 --points 100 --for 旅游")
        assert counter("points remove PT26-0001 --reason 错 --yes").code == 5
        counter.done("points remove PT26-0002 --reason 错 --yes")
        assert _balance(counter) == 229


class TestAFileEditedIntoNonsense:
    """Check names the row, with its line; nothing else minds."""

    @pytest.mark.parametrize(
        ("said", "line", "sentence"),
        [
            ("drawn: 500", 4, "drawn: there were 329 points on 2026-03-05, too few for 500"),
            ("drawn: 5\ngiven: 5", 4, "either so many were given"),
            ("note: 空", 1, "either so many were given"),
            ("drawn: 5\ngift: PA26-0001", 5, "no piece left the stock for it"),
            ("given: 5\ngift: PA26-0001", 5, "only points that are drawn"),
        ],
    )
    def test_it_is_a_fault(self, counter: Counter, said: str, line: int, sentence: str) -> None:
        """Of the code ``points``."""
        counter.write("points/2026/PT26-0001.yaml", f"id: PT26-0001\ncustomer: {BUYER}\non: 2026-03-05\n{said}\n")
        printed = counter("check book")
        assert printed.code == 1
        assert printed.out.startswith(f"points/2026/PT26-0001.yaml:{line}: points ")
        assert sentence in printed.out
        assert counter("points balance").code == 0


class TestLooking:
    """Balances and ledgers, for people and for machines."""

    def test_all_customers(self, counter: Counter) -> None:
        """A row for each who ever had points: the balance, and which expire next on which day."""
        rows = counter.done("points balance --format json").json
        said = [(row["id"], row["balance"], row["expiring"], row["expires_on"], row["worth"]) for row in rows]
        assert said == [(BUYER, 329, 329, "2027-03-03", "3.00"), ("CU26-0002", 387, 387, "2027-03-04", "3.00")]
        assert counter.done("points balance").lines[0].split() == [
            "ID", "customer", "phone", "points", "expire", "next", "good", "until", "short",
        ]  # fmt: skip

    def test_on_a_day(self, counter: Counter) -> None:
        """Before it was earned, on the last good day, and on the day after."""
        days = ("2026-03-02", "2026-03-03", "2027-03-03", "2027-03-04")
        assert [_balance(counter, f"--on {day}") for day in days] == [0, 329, 329, 0]

    def test_of_one_customer_with_every_lot(self, counter: Counter) -> None:
        """In the order in which they are drawn."""
        counter.done("points give --customer 王建国 --points 5 --reason 周年庆 --until 2026-04-01")
        row = counter.done("points balance --customer 王建国 --format json").json
        assert [(lot["source"], lot["left"]) for lot in row["lots"]] == [("PT26-0001", 5), ("SA26-0001", 329)]
        page = counter.done("points balance --customer 王建国").lines
        assert page[0] == "CU26-0001 王建国 13800138000: 334 points, 5 of them are good until 2026-04-01, worth 3.00"
        assert page[3].endswith("PT26-0001 王建国 周年庆")

    def test_nobody_has_any(self, counter: Counter) -> None:
        """An empty list, and nothing to read."""
        (counter.folder / "policies/ours.yaml").unlink()
        assert counter.done("points balance --format json").json == []
        assert counter.done("points balance").out == ""
        assert counter.done("points ledger 王建国 --format json").json == []
        assert counter.done("points balance --format csv").lines[0].startswith("id,kind,name,phone,on,balance,short,")

    def test_the_ledger(self, counter: Counter) -> None:
        """Every entry with the balance after it, where it is from, and the lots that it drew."""
        counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞")
        rows = counter.done("points ledger 王建国 --format json").json
        assert [(row["id"], row["what"], row["points"], row["balance"]) for row in rows] == [
            ("SA26-0001", "earned", 329, 329),
            ("PT26-0001", "drawn", -300, 29),
        ]
        assert rows[0]["line"] == "ours/buy"
        assert rows[1]["pieces"] == [
            {"source": "SA26-0001", "on": "2026-03-03", "last_day": "2027-03-03", "points": 300}
        ]
        assert "雨伞, 300 of SA26-0001" in counter.done("points ledger 王建国").out

    def test_as_of(self, counter: Counter) -> None:
        """What was not known on a day does not count on it."""
        counter.done("points redeem --customer 王建国 --points 300 --for 旅游")
        assert _balance(counter, "--as-of 2026-03-09") == 329

    def test_the_timeline(self, counter: Counter) -> None:
        """Earned beside the sale, drawn, and handed over; the umbrella is not told twice."""
        counter.done("points redeem --customer 王建国 --points 300 --gift 雨伞 --handed-over")
        lines = counter.done("customer timeline 王建国").out
        assert "2026-03-03 points earned: 329 SA26-0001/1 SA26-0001" in lines
        assert "2026-03-10 points drawn: 300 雨伞 PT26-0001" in lines
        assert "2026-03-10 handed over for points: 雨伞 PT26-0001" in lines
        assert "part used" not in lines

    def test_a_line_of_points_is_shown(self, counter: Counter) -> None:
        """In words, and as data."""
        page = counter.done("policy show ours/buy").out
        assert "from 2026-01-01: 1 for each 10 of a purchase; what is below is dropped" in page
        assert "good, from 2026-01-01: 12 months after they were earned" in page
        (row,) = counter.done("policy show ours/buy --format json").json
        assert row["earn"] == [{"since": "2026-01-01", "points": 1, "per": 10}]
        assert row["expires"] == [{"since": "2026-01-01", "value": {"months": 12}}]


@pytest.mark.parametrize("name", ["give", "redeem", "hand-over", "cancel", "balance", "ledger"])
def test_every_verb_has_its_help(counter: Counter, name: str) -> None:
    """With a whole line to type."""
    assert f"aftercare points {name}" in counter.done(f"points {name} --help").out
