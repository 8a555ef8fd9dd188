"""What is heard in a contact is written down in one with it: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.plain.reading import read
from tests import counter as small_shop
from tests.counter import Counter

VISIT = "visit add --about KF25-001 --outcome reached --by 张敏"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _records(counter: Counter, kind: str) -> list[str]:
    return counter.done(f"{kind} list --format ids").lines


def test_a_wish_a_complaint_and_a_promise_are_opened_with_the_contact(counter: Counter) -> None:
    """Each names the contact, its customer, its goods and its day; the contact names them behind the free words."""
    made = counter.done(f"{VISIT} --heard 有点吵 --wish 字大一点 --complaint 没回电话 --promise 寄滤网=fri")
    assert made.lines == ["VI26-0002"]
    assert "opened wish WI26-0001\nopened complaint CO26-0001\n" in made.err
    assert "promises PM26-0002 by Fri 13 March 2026" in made.err
    visit = read(counter.text("VI26-0002").encode(), "")
    assert visit["heard"] == ["有点吵", "WI26-0001", "CO26-0001", "PM26-0002"]
    wish = counter.done("wish show WI26-0001 --format json").json
    assert (wish["customer"], wish["about"], wish["said_on"]) == ("CU25-0007", ["SA25-0009/1"], "2026-03-10")
    assert (wish["words"], wish["heard_in"], wish["by"]) == ("字大一点", "VI26-0002", "ST26-0001")
    complaint = counter.done("complaint show CO26-0001 --format json").json
    assert (complaint["what"], complaint["heard_in"], complaint["resolved"]) == ("没回电话", "VI26-0002", [])
    assert (complaint["received_at"], complaint["channel"]) == ("2026-03-10", "phone")
    promise = counter.done("promise show PM26-0002 --format json").json
    assert (promise["words"], promise["due"], promise["binds"]) == ("寄滤网", "2026-03-13", "told")
    assert (promise["to"], promise["about"], promise["heard_in"]) == ("CU25-0007", ["SA25-0009/1"], "VI26-0002")


def test_in_json_the_opened_records_are_named(counter: Counter) -> None:
    """An empty list where there are none."""
    made = counter.done(f"{VISIT} --wish 字大一点 --wish 轻一点 --promise 寄滤网=fri --format json")
    assert made.json["opened"] == ["WI26-0001", "WI26-0002", "PM26-0002"]
    assert "PM26-0002" in made.json["promised"]
    assert counter.done(f"{VISIT} --format json").json["opened"] == []


def test_a_promise_of_a_kind_is_of_that_kind(counter: Counter) -> None:
    """As ``promise add --what`` takes it; the words may hold a sign of equality."""
    counter.done(VISIT, "--promise", "information=tomorrow", "--promise", "a=b=2026-03-12")
    first, second = (counter.done(f"promise show PM26-000{n} --format json").json for n in (2, 3))
    assert (first["what"], first["words"]) == ("information", None)
    assert (second["what"], second["words"], second["due"]) == ("other", "a=b", "2026-03-12")


def test_what_was_put_right_at_once_is_resolved(counter: Counter) -> None:
    """With ``--solved yes``, and how: by the advice that was given, else by the note."""
    counter.done(f"{VISIT} --complaint 少一张说明 --solved yes --note 当场发了")
    assert counter.done("complaint show CO26-0001 --format json").json["resolved"] == [
        {"at": "2026-03-10", "how": "当场发了", "by": "ST26-0001", "cost": None}
    ]
    counter.done(f"{VISIT} --complaint 少一张说明 --solved handed_on")
    assert counter.done("complaint show CO26-0002 --format json").json["resolved"] == []


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--promise", "寄滤网"], 2, "TEXT=DUE"),
        (["--promise", "=fri"], 2, "TEXT=DUE"),
        (["--promise", "寄滤网=soon"], 2, "--promise"),
        (["--complaint", " "], 2, "--complaint"),
        (["--wish", ""], 2, "--wish"),
        (["--outcome", "no_answer"], 5, "nobody spoke"),
        (["--outcome", "missed"], 5, "nobody spoke"),
    ],
)
def test_one_fault_and_nothing_is_written(counter: Counter, words: list[str], code: int, says: str) -> None:
    """Neither the contact nor what was right of it."""
    refused = counter(*VISIT.split(), "--wish", "字大一点", *words)
    assert (refused.code, refused.out) == (code, "")
    assert says in refused.err
    assert (_records(counter, "visit"), _records(counter, "wish")) == (["VI26-0001"], [])


def test_what_is_named_as_heard_is_not_taken_out(counter: Counter) -> None:
    """Free words are free; an id is a reference."""
    counter.done(f"{VISIT} --wish 字大一点 --heard WI说的")
    refused = counter("wish remove WI26-0001 --yes")
    assert (refused.code, "VI26-0002" in refused.err) == (5, True)
    counter.done("visit set VI26-0002 heard-=WI26-0001")
    counter.done("wish remove WI26-0001 --yes")
    wrong = counter("visit set VI26-0002 heard+=WI26-0009")
    assert (wrong.code, "there is no WI26-0009" in wrong.err) == (5, True)


def test_who_comes_or_calls_does_not_keep_our_call(counter: Counter) -> None:
    """A question is asked for advice; without one the reason is the customer's own."""
    counter.done("sale add --customer 1 --product PR26-0002 --item product=PR26-0002,taken=yes")
    asked = counter.done("visit add --about SA26-0003/1 --incoming --outcome reached --question 能不能拆洗")
    assert "promises VI26-0002/answer.1" in asked.err
    assert "keeps" not in asked.err
    assert counter.done("visit show VI26-0002 --format json").json["purpose"] == "advice"
    counter.done("visit add --about SA26-0003/1 --incoming --outcome reached")
    assert counter.done("visit show VI26-0003 --format json").json["purpose"] == "other"


def test_a_call_that_nobody_took_is_the_customers(counter: Counter) -> None:
    """It is incoming unless that is denied, and keeps nothing."""
    missed = counter.done("visit add --customer 王建国 --channel hotline --outcome missed")
    assert "promises VI26-0002/answer.1 by Wed 11 March 2026" in missed.err
    assert counter.done("visit show VI26-0002 --format json").json["incoming"] is True
    assert counter("visit add --customer 王建国 --outcome missed --no-incoming").code == 5
    assert counter("visit add --keeps PM26-0001 --outcome missed").code == 5


def test_what_somebody_will_want_to_know_later_is_asked_for(counter: Counter) -> None:
    """An answer that is owed to no question, a training of which nobody knows whether it was understood."""
    unasked = counter.done(f"{VISIT} --purpose advice --solved no")
    assert "aftercare visit set VI26-0002 question=…" in unasked.err
    trained = counter.done(f"{VISIT} --purpose training --trained 王建军")
    assert "aftercare visit set VI26-0003 understood=yes" in trained.err
    assert "aftercare" not in counter.done(f"{VISIT} --purpose training --understood yes").err
