"""``promise apologise`` with a remedy: what it writes, what it promises, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

LATE = "PM26-0001"
"""The spoken promise of the small shop, due on the 9th."""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March, its spoken promise kept a day late."""
    made = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    made.done(f"promise keep {LATE}")
    return made


def _open(counter: Counter) -> list[str]:
    return [one for one in counter("check promises --format ids").lines if one.startswith(LATE)]


def test_a_remedy_given_at_once_stands_with_the_apology(counter: Counter) -> None:
    """And settles with it, late and not told alike."""
    counter.done(f"promise apologise {LATE} --how 致歉 --remedy 滤网 --cost 35 --by 张敏")
    assert "apologised: {at: 2026-03-10, by: ST26-0001, how: 致歉, remedy: 滤网, cost: 35.00}" in counter.text(LATE)
    assert _open(counter) == []
    row = counter.done(f"promise show {LATE} --format json --fields remedy,remedy_cost,remedy_in,apology").json
    assert row == {"remedy": "滤网", "remedy_cost": "35.00", "remedy_in": None, "apology": "致歉"}
    assert counter.done("customer timeline CU26-0001").lines[-1] == "given to make good: 1 remedy, 35.00 in all"
    rows = counter.done("customer timeline CU26-0001 --format json").json
    assert [one["cost"] for one in rows if one["what"] == "apologised"] == ["35.00"]


def test_a_remedy_still_to_come_is_a_promise_told_to_the_customer(counter: Counter) -> None:
    """Of kind compensate, about the same; until it is kept the breach is open and says for what it waits."""
    answer = counter.done(f"promise apologise {LATE} --remedy 清洗一次 --remedy-by 2026-03-12 --format json").json
    assert answer == {"id": LATE, "kept": [f"{LATE}/apology"] if answer["kept"] else [], "promised": ["PM26-0002"]}
    assert counter.text("PM26-0002") == (
        "id: PM26-0002\nto: CU26-0001\nwhat: compensate\nwords: 清洗一次\nabout: [PM26-0001]\ndue: 2026-03-12\n"
        "binds: told\nmade_on: 2026-03-10\n"
    )
    waiting = [row for row in counter("check promises --format json").json if row["id"].startswith(LATE)]
    assert [row["awaits"] for row in waiting] == ["PM26-0002", "PM26-0002"]
    counter.done("promise keep PM26-0002 --today 2026-03-12")
    assert not any(one.startswith(LATE) for one in counter("check promises --format ids --today 2026-03-12").lines)


def test_to_apologise_again_takes_no_remedy_back(counter: Counter) -> None:
    """What was promised stays promised until another remedy takes its place."""
    counter.done(f"promise apologise {LATE} --how 致歉 --remedy 清洗一次 --cost 80 --remedy-by 2026-03-12")
    counter.done(f"promise apologise {LATE} --how 再次致歉")
    said = counter.text(LATE)
    assert "再次致歉" in said
    assert "remedy: 清洗一次" in said
    assert "remedy_in: PM26-0002" in said
    assert len(_open(counter)) == 2
    counter.done(f"promise apologise {LATE} --remedy 退五十元 --cost 50")
    assert "remedy_in" not in counter.text(LATE)
    assert _open(counter) == []


def test_a_breach_without_a_promise_has_its_remedy_too(counter: Counter) -> None:
    """About the record at the head of its id."""
    counter.done("promise apologise DE26-0001/unopened --remedy 上门检查 --remedy-by 2026-03-12")
    assert "about: [DE26-0001]" in counter.text("PM26-0002")
    rows = {row["id"]: row for row in counter("check delivery --format json").json}
    assert rows["DE26-0001/unopened"]["awaits"]


@pytest.mark.parametrize(
    ("flags", "code", "says"),
    [
        ("--cost 35", 2, "--remedy"),
        ("--remedy-by 2026-03-12", 2, "--remedy"),
        ("--remedy 滤网 --cost abc", 2, "abc"),
        ("--remedy 滤网 --remedy-by 2026-03-09", 5, "2026-03-09 is before the apology (2026-03-10)"),
        ("--remedy 滤网 --remedy-by neverday", 2, "--remedy-by"),
        ("--remedy 滤网 --by 赵六", 4, "赵六"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(counter: Counter, flags: str, code: int, says: str) -> None:
    """Neither the apology nor the promise."""
    before = counter.files()
    for subject in (LATE, f"{LATE}/late-promise"):
        refused = counter(f"promise apologise {subject} {flags}")
        assert (refused.code, refused.out) == (code, "")
        assert says in refused.err
    assert counter.files() == before


def test_the_letter_tells_what_was_given_and_what_is_still_to_come(counter: Counter) -> None:
    """What it costs the shop is none of the customer's business."""
    counter.done(f"promise apologise {LATE} --how 电话致歉 --remedy 清洗一次 --cost 80 --remedy-by 2026-03-12")
    page = counter.done(f"promise apology {LATE}").out
    assert "What is still to come" in page
    assert "清洗一次" in page
    assert "80.00" not in page
    counter.done("promise keep PM26-0002 --today 2026-03-12")
    after = counter.done(f"promise apology {LATE} --today 2026-03-12").out
    assert "What is still to come" not in after
    assert "清洗一次" in after


def test_what_is_owed_to_nobody_in_particular_has_no_remedy_to_come(counter: Counter) -> None:
    """There is nobody to whom it could be promised."""
    counter.done("staff certify 李师傅 驾驶证 --until 2026-03-01 --on 2026-02-01")
    refused = counter("promise apologise ST25-0001/renew.1 --remedy 花 --remedy-by 2026-03-12")
    assert (refused.code, refused.out) == (5, "")
