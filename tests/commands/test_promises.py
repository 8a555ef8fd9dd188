"""The own verbs of promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

DERIVED, SPOKEN = "SA26-0001/1/deliver", "PM26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _row(counter: Counter, promise: str) -> dict[str, object]:
    rows = counter.done("promise list --format json").json
    return next(row for row in rows if row["id"] == promise)


@pytest.mark.parametrize("promise", [DERIVED, SPOKEN])
@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("promise release {} --reason 已自行解决 --how 电话", "released"),
        ("promise break {} --reason 厂家停产", "broken"),
        ("promise postpone {} --to 2026-03-12 --asked-by customer --reason 出差", "waiting"),
    ],
)
def test_facts_about_a_promise(counter: Counter, promise: str, line: str, state: str) -> None:
    """A spoken one has them in its own record, any other in a record of its own; both leave ``due``."""
    records = counter.done("promise list --format ids").lines
    counter.done(line.format(promise))
    assert _row(counter, promise)["state"] == state
    assert promise not in counter.done("due --format ids").lines
    files = sorted(name for name in counter.files() if name.startswith("promises/"))
    assert len(files) == (1 if promise == SPOKEN else 2)
    assert set(records) <= {*counter.done("promise list --format ids").lines}, (
        "the record of facts has no line of its own"
    )


def test_the_second_fact_goes_to_the_same_record(counter: Counter) -> None:
    """One record holds all that is said about one promise."""
    counter.done(f"promise postpone {DERIVED} --to 2026-03-12 --asked-by customer --reason 出差")
    counter.done(f"promise postpone {DERIVED} --to 2026-03-13 --asked-by shop --agreed --reason 缺货")
    counter.done(f"promise break {DERIVED} --reason 停产")
    text = counter.text("PM26-0002")
    assert text.count("to:") == 2
    assert "broken" in text
    row = _row(counter, DERIVED)
    assert (row["moves"], row["moves_by_shop"], row["first_due"]) == (2, 1, "2026-03-06T18:00")


def test_a_spoken_promise_is_kept_by_saying_so(counter: Counter) -> None:
    """In time or late as its day says; any other names the command that keeps it."""
    assert counter.done("promise keep 送一张安装说明 --how 已寄 --by 张敏 --at 2026-03-09 --format json").json[
        "kept"
    ] == [SPOKEN]
    assert _row(counter, SPOKEN)["state"] == "kept"
    printed = counter(f"promise keep {DERIVED}")
    assert printed.code == 5
    assert printed.err.splitlines()[-1] == "aftercare delivery sign DE26-0002 --by 王建国"


@pytest.mark.parametrize(
    "verb",
    ["keep {}", "release {} --reason x", "break {} --reason x", "postpone {} --to fri --asked-by customer --reason x"],
)
def test_what_has_ended_stays_ended(counter: Counter, verb: str) -> None:
    """Exit 5: a promise ends once."""
    counter.done(f"promise keep {SPOKEN}")
    before = counter.files()
    assert counter("promise " + verb.format(SPOKEN)).code == 5
    assert counter.files() == before


def test_an_apology_is_owed_once_and_owes_nothing(counter: Counter) -> None:
    """Kept late, it asks for an apology; what was in time has none to offer."""
    counter.done("delivery sign DE26-0002 --by 王建国")
    assert f"{DERIVED}/apology" in counter.done("sale owed 1 --format ids").lines
    counter.done(f"promise apologise {DERIVED} --how 电话致歉 --by 张敏")
    assert f"{DERIVED}/apology" not in counter.done("sale owed 1 --format ids").lines
    assert _row(counter, DERIVED)["apologised_on"] == small_shop.TODAY
    assert counter("promise apologise SA26-0001/1/call-back.1").code == 5


def test_the_list_is_narrowed_by_its_flags(counter: Counter) -> None:
    """State, kind, what binds it, to whom, by whom; ``open`` is three states."""
    told = counter.done("promise list --customer 王建国 --binds told --format ids").lines
    assert sorted(told) == ["PM26-0001", "SA26-0001/1/deliver", "SA26-0001/1/install"]
    assert counter.done("promise list --person 李师傅 --state open --format ids").lines == ["SA26-0001/1/deliver"]
    states = {row["state"] for row in counter.done("promise list --state open --format json").json}
    assert states <= {"overdue", "due", "waiting"}
    assert counter.done("promise list --period 2026-03-03..2026-03-03 --what other --format ids").lines == [SPOKEN]


def test_show_tells_the_story(counter: Counter) -> None:
    """What, to whom, how it stands; made when and by what; until when at first and now."""
    story = counter.done(f"promise show {DERIVED}").out
    for words in ("delivery", "王建国", "overdue", "SA26-0001", "6 March"):
        assert words in story
