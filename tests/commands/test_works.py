"""The own verbs of deliveries and installations: each adds one fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_a_delivery_from_the_door_to_the_signature(counter: Counter) -> None:
    """dispatch, attempt, sign: each by the clock where no time is said; the signature keeps the promise."""
    today = "--today 2026-03-06T16:10"
    counter.done(f"delivery dispatch DE26-0002 --by 李师傅 --packed --vehicle 浙A12345 --confirmed-by 王建国 {today}")
    counter.done("delivery attempt DE26-0002 --outcome nobody_home --today 2026-03-06T16:40")
    line = "delivery sign DE26-0002 --by 王建国 --opened --damage none --charged 0 --format json"
    answer = counter.done(line, "--today", "2026-03-06T17:40").json
    assert answer["kept"] == ["SA26-0001/1/deliver"]
    found = counter.done("delivery show DE26-0002 --format json").json
    assert (found["dispatched_at"], found["vehicle"], found["packed"]) == ("2026-03-06T16:10", "浙A12345", True)
    assert found["confirmed"] == {"by": "王建国", "at": "2026-03-06T16:10"}
    assert [(a["at"], a["outcome"]) for a in found["attempts"]] == [("2026-03-06T16:40", "nobody_home")]
    assert found["signed"] == {"by": "王建国", "at": "2026-03-06T17:40"}
    assert (found["opened"], found["damage"], found["charged"]) == (True, "none", "0.00")


def test_under_a_bare_day_a_verb_writes_the_day(counter: Counter) -> None:
    """No hour is made up."""
    counter.done("delivery sign DE26-0002 --by 王建国")
    assert counter.done("delivery show 2 --format json").json["signed"]["at"] == "2026-03-10"


@pytest.mark.parametrize(("noun", "what"), [("delivery", "deliver"), ("installation", "install")])
def test_a_sale_stands_for_its_one_open_work(counter: Counter, noun: str, what: str) -> None:
    """Where there is one it is meant; where there is none a new one is made, and said."""
    before = len(counter.done(f"{noun} list --format ids").lines)
    printed = counter.done(f"{noun} sign SA26-0001 --by 王建国 --format json")
    assert printed.json["kept"] == [f"SA26-0001/1/{what}"]
    made = printed.json["id"]
    assert len(counter.done(f"{noun} list --format ids").lines) == before + (noun == "installation")
    assert ("new record" in printed.err) is (noun == "installation")
    assert counter(f"{noun} sign SA26-0001 --by 王建国").code == 5, "nothing of it is left"
    assert made in counter.done(f"{noun} list --format ids").lines


def test_two_open_works_are_not_guessed_between(counter: Counter) -> None:
    """Exit 4 with both."""
    counter.done("delivery add --sale SA26-0001")
    printed = counter("delivery sign SA26-0001 --by 王建国")
    assert printed.code == 4
    assert [line.split()[0] for line in printed.err.splitlines()[1:]] == ["DE26-0002", "DE26-0003"]


def test_ten_chairs_seven_delivered(counter: Counter) -> None:
    """A part keeps a part: what is left is still owed, and the last piece keeps the promise."""
    assert counter.done("due --what deliver --format json").json[1]["kept_of"] == "7/10"
    part = counter.done("delivery add --sale SA26-0002 --items 1:2 --signed-by 单雪梅 --signed-at today")
    assert "keeps 9 of 10 pieces of SA26-0002/1/deliver" in part.err
    last = counter.done(
        "delivery add --sale SA26-0002 --items 1:1,2 --signed-by 单雪梅 --signed-at today --format json"
    )
    assert last.json["kept"] == ["SA26-0002/1/deliver", "SA26-0002/2/deliver"]
    assert counter.done("due --what deliver --format ids").lines == ["SA26-0001/1/deliver"]


@pytest.mark.parametrize(
    ("asked", "state", "moves", "by_shop"),
    [
        ("--asked-by customer", "waiting", 1, 0),
        ("--asked-by shop --agreed", "waiting", 1, 1),
        ("--asked-by shop", "overdue", 0, 0),
        ("--asked-by shop --not-agreed", "overdue", 0, 0),
    ],
)
def test_a_move_counts_by_consent(counter: Counter, asked: str, state: str, moves: int, by_shop: int) -> None:
    """Asked for by the customer, or agreed to, the new time is the yardstick; the first one is never lost."""
    counter.done(f"delivery postpone SA26-0001 --to 2026-03-12T18:00 --reason 出差 {asked}")
    row = counter.done("promise show SA26-0001/1/deliver --format json").json
    assert (row["state"], row["moves"], row["moves_by_shop"]) == (state, moves, by_shop)
    assert row["first_due"] == "2026-03-06T18:00"
    assert row["due"] == ("2026-03-12T18:00" if state == "waiting" else "2026-03-06T18:00")


def test_an_installation_step_by_step(counter: Counter) -> None:
    """start, tick, sign; what was ticked before stays ticked once; ``show`` lists the items."""
    counter.done("installation start SA26-0001 --technician 张敏")
    counter.done("installation tick IN26-0001 抽真空 检漏")
    counter.done("installation tick IN26-0001 检漏 试机")
    counter.done(
        "installation sign IN26-0001 --by 王建国 --tested ok --explained --no-hotline-left --materials 铜管2米"
    )
    found = counter.done("installation show 1 --format json").json
    assert found["checklist"] == ["抽真空", "检漏", "试机"]
    assert (found["technician"], found["started_at"]) == ("ST26-0001", small_shop.TODAY)
    assert (found["tested"], found["explained"], found["hotline_left"]) == ("ok", True, False)
    assert found["signed"]["by"] == "王建国"


def test_signing_twice_in_the_same_words_is_signing_once(counter: Counter) -> None:
    """A script may run again; other words contradict what is written."""
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-09T10:00")
    before = counter.files()
    assert counter("delivery sign DE26-0002 --by 王建国 --at 2026-03-09T10:00").code == 0
    assert counter("delivery sign DE26-0002 --by 王小明").code == 5
    assert counter("delivery sign DE26-0002 --by 王建国 --at 2026-03-08").code == 5
    assert counter.files() == before


def test_nothing_is_made_where_something_must_be_there(counter: Counter) -> None:
    """An attempt or a tick belongs to a work that was arranged; the remedy says how."""
    for line, remedy in (
        ("delivery attempt SA25-0009 --outcome refused", "aftercare delivery add --sale SA25-0009"),
        ("installation tick SA26-0001 检漏", "aftercare installation add --sale SA26-0001"),
    ):
        printed = counter(line)
        assert printed.code == 5
        assert printed.err.splitlines()[-1] == remedy


def test_damage_on_the_way_is_made_good_once(counter: Counter) -> None:
    """What the shop promised for the damage is kept; there is nothing to make good twice, or without damage."""
    counter.done("delivery sign DE26-0002 --by 王建国 --opened --damage 外壳划痕 --at 2026-03-06")
    answer = counter.done("delivery make-good 2 --how 换外壳 --amount 50 --at 2026-03-09 --format json").json
    assert answer["kept"] == ["SA26-0001/1/compensate.1"]
    shown = counter.done("delivery show DE26-0002 --format json").json
    assert shown["made_good"] == {"at": "2026-03-09", "how": "换外壳", "amount": "50.00"}
    assert counter("delivery make-good 2 --how 再换一次").code == 5
    assert counter("delivery make-good DE26-0001 --how 没坏").code == 5
    assert counter("delivery make-good 2").code == 2
