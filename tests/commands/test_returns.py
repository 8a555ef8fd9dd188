"""``claim return`` and ``claim refund``: the goods to the shop, the money to the customer; and what is goodwill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CLAIM = "CL26-0002"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a return of chairs bought online."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    shop.done("sale set SA26-0002 channel=online")
    shop.write(
        f"claims/2026/{CLAIM}.yaml",
        f"id: {CLAIM}\nunit: SA26-0002/1\nreported_on: 2026-03-08\nasked: withdraw\nfault: {{kind: none}}\n",
    )
    return shop


def _claim(counter: Counter) -> dict[str, object]:
    found: dict[str, object] = counter.done(f"claim show {CLAIM} --format json").json
    return found


def test_what_came_back_sets_the_day_of_the_refund(counter: Counter) -> None:
    """Seven days from the goods, by law; the command says so."""
    printed = counter.done(f"claim return {CLAIM} --qty 3 --condition 未拆封 --complete --by 李师傅 --at 2026-03-09")
    assert f"promises {CLAIM}/refund-by-law.1 by Mon 16 March 2026" in printed.err
    assert _claim(counter)["returned"] == {
        "on": "2026-03-09",
        "qty": 3,
        "condition": "未拆封",
        "complete": True,
        "by": "ST25-0001",
    }


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("--qty 11", 2, "only 10 were sold"),
        ("--qty some", 2, "--qty"),
        ("--by 谁", 4, "谁"),
        ("--at tomorrow", 5, "--at"),
    ],
)
def test_what_cannot_have_come_back_is_refused(counter: Counter, line: str, code: int, said: str) -> None:
    """More than was sold, no number, nobody, or not yet."""
    before = counter.files()
    printed = counter(f"claim return {CLAIM} {line}")
    assert (printed.code, said in printed.err) == (code, True)
    assert counter.files() == before


def test_goods_come_back_once_and_the_claim_waits_for_the_money(counter: Counter) -> None:
    """A second return is refused, and so is closing the claim unpaid; one that was closed still takes the goods."""
    counter.done(f"claim close {CLAIM} --reason 顾客改主意")
    counter.done(f"claim return {CLAIM}")
    assert counter(f"claim return {CLAIM}").code == 5
    counter.done(f"claim set {CLAIM} closed=")
    refused = counter(f"claim close {CLAIM}")
    assert (refused.code, "claim refund" in refused.err) == (5, True)
    counter.done(f"claim refund {CLAIM} --amount 580")
    counter.done(f"claim close {CLAIM}")


def test_a_claim_whose_return_was_refused_can_end(counter: Counter) -> None:
    """Where nothing was open a refusal is the last word."""
    counter.done(f"claim return {CLAIM}")
    counter.done(f"claim refuse {CLAIM} withdraw --reason 已使用 --fact goods_intact=no")
    counter.done(f"claim close {CLAIM}")


def test_some_pieces_that_came_back_leave_the_others(counter: Counter) -> None:
    """Three of ten were paid back; for the other seven another claim can still be paid."""
    counter.done(f"claim return {CLAIM} --qty 3")
    counter.done(f"claim refund {CLAIM} --amount 174")
    counter.done("claim add --unit SA26-0002/1 --asked withdraw --kind none")
    counter.done("claim refund CL26-0003 --amount 58")
    assert counter("claim refund CL26-0003 --amount 58").code == 5


def test_what_no_rule_gives_is_goodwill_and_counts(counter: Counter) -> None:
    """The command writes it into the decision; what was open is none, and no decision says it of itself."""
    given = counter.done(f"claim decide {CLAIM} refund --reason 老顾客")
    assert "out of goodwill" in given.err
    counter.done(f"claim decide {CLAIM} withdraw --fact goods_intact=yes")
    decisions = _claim(counter)["decisions"]
    assert isinstance(decisions, list)
    assert [one["goodwill"] for one in decisions] == [True, None]
    assert counter.done("claim list --where decisions.goodwill=yes --format ids").lines == [CLAIM]
    assert "goodwill" in counter.done("unit show SA26-0002/1").out


def test_the_difference_of_an_exchange_goes_one_way(counter: Counter) -> None:
    """Paid on top or given back, never both."""
    both = counter(f"claim replace {CLAIM} --model B2 --paid-difference 5 --refunded-difference 5")
    assert both.code == 2
    counter.done(f"claim replace {CLAIM} --model B2 --refunded-difference 5")
    replaced = _claim(counter)["replaced"]
    assert isinstance(replaced, dict)
    assert (replaced["refunded_difference"], replaced["paid_difference"]) == ("5.00", None)
