"""``accept``, and ``promise apologise`` for a breach: what they write, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

LATE = "SA26-0001/1/late-delivery"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March: its delivery promised for the 6th has not come."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _found(counter: Counter) -> list[str]:
    return counter("check --format ids").lines


def test_accepting_writes_the_reason_and_settles(counter: Counter) -> None:
    """One promise record about the breach; it makes no promise, and the clock says when."""
    assert LATE in _found(counter)
    balance, owed = counter.done("balance --format csv").out, counter.done("due --format ids").lines
    said = counter.done(f"accept {LATE} --reason 大雪封路")
    assert (said.out, said.err) == ("", f"settles {LATE}\n")
    assert counter.text("PM26-0002") == (
        "id: PM26-0002\nof: SA26-0001/1/late-delivery\nmade_on: 2026-03-10\n"
        "accepted: {on: 2026-03-10, reason: 大雪封路}\n"
    )
    assert LATE not in _found(counter)
    assert counter.done("balance --format csv").out == balance
    assert counter.done("due --format ids").lines == owed


@pytest.mark.parametrize(
    "typed", ["sa26-1/1/late-delivery", "SA26-0001、1、LATE-DELIVERY", "ＳＡ26-0001/1/late-delivery"]
)
def test_a_breach_is_typed_as_ids_are(counter: Counter, typed: str) -> None:
    """In any case, zeros and dash optional, after NFKC."""
    assert counter.done(f"accept {typed} --reason a --at 2026-03-09").err == f"settles {LATE}\n"
    assert "accepted: {on: 2026-03-09, reason: a}" in counter.text("PM26-0002")


def test_as_json_it_names_the_record(counter: Counter) -> None:
    """Like every command that writes."""
    assert counter.done(f"accept {LATE} --reason a --format json").json == {
        "id": "PM26-0002", "kept": [], "promised": [],
    }  # fmt: skip


def test_a_breach_that_is_not_there_is_not_found(counter: Counter) -> None:
    """Exit 4, with those of the same customer that may be meant; nothing is written."""
    before = counter.files()
    for typed in ("SA26-0001/1/late-deliver", "SA26-0001/1/late-installation.7", "SA26-0001/2/late-delivery"):
        refused = counter(f"accept {typed} --reason a")
        assert refused.code == 4
        assert LATE in refused.err
    for typed in ("SA26-0099/1/late-delivery", "nonsense", "CU25-0007/late-delivery", "/"):
        assert counter(f"accept {typed} --reason a").code == 4
    assert counter.files() == before


def test_what_is_settled_is_not_settled_again(counter: Counter) -> None:
    """Exit 5, and the record that settled it is named."""
    counter.done(f"accept {LATE} --reason a")
    for line in (f"accept {LATE} --reason b", f"promise apologise {LATE}"):
        refused = counter(line)
        assert refused.code == 5
        assert refused.err == f"aftercare: {LATE} is settled already\nPM26-0002\n"


def test_a_reason_is_needed_and_cannot_lie_in_the_future(counter: Counter) -> None:
    """Wrong use, and a fact that has not come yet."""
    assert counter(f"accept {LATE}").code == 2
    assert counter(f"accept {LATE} --reason a --at 2026-03-11").code == 5


def test_an_apology_for_a_breach_of_a_promise_is_one_for_the_promise(counter: Counter) -> None:
    """So that late and untold are settled at once, and ``due`` asks for no second one."""
    told = f"{LATE.rpartition('/')[0]}/delay-not-told"
    assert {LATE, told} <= set(_found(counter))
    counter.done(f"promise apologise {told} --how 电话致歉 --by 张敏")
    assert "of: SA26-0001/1/deliver\n" in counter.text("PM26-0002")
    assert "by: ST26-0001" in counter.text("PM26-0002")
    assert {LATE, told} & set(_found(counter)) == set()


def test_an_apology_for_a_spoken_promise_goes_into_its_own_record(counter: Counter) -> None:
    """No second record is made of it."""
    counter.done("promise break PM26-0001 --reason 丢失")
    assert "PM26-0001/broken-promise" in _found(counter)
    counter.done("promise apologise PM26-0001/broken-promise --how 当面致歉")
    assert "apologised: {at: 2026-03-10, how: 当面致歉}" in counter.text("PM26-0001")
    assert "PM26-0001/broken-promise" not in _found(counter)


def test_an_apology_for_what_is_about_no_promise_is_about_the_breach(counter: Counter) -> None:
    """A delivery that was not unpacked together is apologised for as such."""
    unopened = "DE26-0001/unopened"
    assert unopened in _found(counter)
    counter.done(f"promise apologise {unopened} --how 上门复检")
    assert f"of: {unopened}\n" in counter.text("PM26-0002")
    assert unopened not in _found(counter)


def test_a_record_about_the_breach_that_is_there_is_used(counter: Counter) -> None:
    """A note was kept about it before: one record for one breach."""
    counter.write("promises/2026/PM26-0002.yaml", f"id: PM26-0002\nof: {LATE}\nnote: 正在核实\n")
    counter.done(f"accept {LATE} --reason a")
    assert counter.text("PM26-0002").endswith("note: 正在核实\naccepted: {on: 2026-03-10, reason: a}\n")


def test_the_record_about_a_breach_can_be_shown(counter: Counter) -> None:
    """It is about no promise, so there is no story to tell: its values are shown."""
    counter.done(f"accept {LATE} --reason 大雪封路")
    assert counter.done("promise show PM26-0002 --format json").json["of"] == LATE
    assert "大雪封路" in counter.done("promise show pm26-2").out
