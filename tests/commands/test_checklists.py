"""Ticking what was done at the customer's home, and seeing what of it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counter import FILES, Counter, opened

_HOME = "visit add --about SA25-0009/1 --channel home --purpose repair --outcome reached"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A shop that means its rules of conduct."""
    counter = opened(tmp_path, capsys, monkeypatch)
    counter.write("aftercare.yaml", f"{FILES['aftercare.yaml']}packs: [place, service-conduct]\n")
    return counter


def _done(counter: Counter, noun: str, ref: str) -> list[str]:
    items = counter.done(f"{noun} checklist {ref} --format json").json
    return [item["id"] for item in items if item["done"]]


def test_a_repair_at_home_is_one_command(counter: Counter) -> None:
    """With its ticks, and it is called back; what is on no list is kept and said."""
    added = counter.done(f"{_HOME} --tick 铺垫布 --tick waste_away --tick 送滤网")
    (visit,) = added.lines
    assert "promises SA25-0009/1/home-repair-call-back.1 by" in added.err
    assert f"on no checklist of {visit}, kept all the same: 送滤网; aftercare visit checklist {visit}" in added.err
    assert _done(counter, "visit", visit) == ["ground_sheet", "waste_away"]
    shown = counter.done(f"visit show {visit}").lines
    assert "    [x] waste taken away (waste_away)" in shown
    assert any(visit in line for line in counter.done("unit show SA25-0009/1").lines)


def test_more_is_ticked_when_the_sheet_comes_back(counter: Counter) -> None:
    """Each once, by its id or in words."""
    (visit,) = counter.done(f"{_HOME} --tick 铺垫布").lines
    counter.done(f"visit tick {visit} 铺垫布 穿鞋套 穿鞋套")
    assert counter.done(f"visit show {visit} --format json").json["checklist"] == ["铺垫布", "穿鞋套"]
    said = counter.done(f"visit tick {visit} cleaned_up --format json").json
    assert said == {"id": visit, "kept": [], "promised": []}
    assert _done(counter, "visit", visit) == ["shoe_covers", "ground_sheet", "cleaned_up"]


def test_a_delivery_has_its_list(counter: Counter) -> None:
    """By its own id, or as the one open delivery of a sale."""
    counter.done("delivery tick SA26-0001 穿鞋套")
    counter.done("delivery tick DE26-0002 带走垃圾")
    assert _done(counter, "delivery", "DE26-0002") == ["shoe_covers", "waste_away"]
    assert counter.done("delivery checklist DE26-0002 --fields id --format csv").lines[0] == "id"


def test_an_installation_has_both(counter: Counter) -> None:
    """The work's own first; machines are told which is which."""
    counter.done("installation add --sale SA26-0001")
    items = counter.done("installation checklist IN26-0001 --format json").json
    sides = [item["about"] for item in items]
    assert sides == sorted(sides, reverse=True)
    assert set(sides) == {"work", "conduct"}


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("visit tick VI26-0001 铺垫布", 5, "aftercare visit set VI26-0001 channel=home"),
        ("visit tick VI26-0099 铺垫布", 4, "VI26-0099"),
        ("visit tick SA26-0001 铺垫布", 4, "SA26-0001"),
        ("visit tick VI26-0001", 2, "ITEM"),
        ("delivery tick SA26-0002 穿鞋套", 5, "aftercare delivery add --sale SA26-0002"),
        ("visit checklist VI26-0099", 4, "VI26-0099"),
    ],
)
def test_what_cannot_be_ticked(counter: Counter, command: str, code: int, said: str) -> None:
    """A call on the phone has no list, and says how to say that it was at home."""
    answer = counter(command)
    assert answer.code == code
    assert said in answer.err


def test_a_call_has_no_list(counter: Counter) -> None:
    """Nothing is printed of one, and no row."""
    assert counter.done("visit checklist VI26-0001").lines == ["VI26-0001 王建军"]
    assert counter.done("visit checklist VI26-0001 --format json").json == []


def test_what_is_to_be_asked_is_said_of_the_call_back(counter: Counter) -> None:
    """By ``promise show``, and in every row of a promise; a kept one is asked about no more."""
    (visit,) = counter.done(_HOME).lines
    promise = "SA25-0009/1/home-repair-call-back.1"
    assert "to be asked: Was the place left clean? (clean)" in counter.done(f"promise show {promise}").lines
    rows = counter.done("due --within 7d --what call_back --format json").json
    asked = next(row["asks"] for row in rows if row["id"] == promise)
    assert asked[-1]["id"] == "clean"
    assert set(asked[0]) == {"id", "en", "zh"}
    counter.done(f"visit add --keeps {promise} --outcome reached --answer clean=干净 --at 2026-03-10")
    assert not any("to be asked" in line for line in counter.done(f"promise show {promise}").lines)
    assert visit in counter.done("unit show SA25-0009/1").out
