"""``complaint progress``, and what ``show`` says of complaints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a complaint that came back once."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done("complaint add --about SA25-0009/1 --what 漏水 --person 张敏 --today 2026-03-04")
    counter.done("complaint resolve 1 --how 换管 --today 2026-03-09")
    counter.done("complaint reopen 1 --reason 又漏")
    return counter


def test_people_see_where_it_is_and_machines_all_of_it(counter: Counter) -> None:
    """The page says stage, owner, returns and contacts; JSON has the same and the steps; CSV the steps alone."""
    page = counter.done("complaint progress 1").lines
    assert page[:5] == [
        "CO26-0001 王建军 漏水",
        "  received, and not acknowledged yet",
        "  in the hands of 张敏 since 2026-03-04",
        "  came back once",
        "  the customer came or called 2 times for it",
    ]
    whole = counter.done("complaint progress 1 --format json").json
    assert (whole["stage"], whole["rounds"], whole["contacts"], whole["person"]) == ("received", 2, 2, "ST26-0001")
    rows = counter.done("complaint progress 1 --format csv").lines
    assert rows[0].startswith("id,kind,what,round,state,due,done")
    assert len(rows) == len(whole["steps"]) + 1
    assert counter.done("complaint progress 1 --format json --fields id,state --limit 1").json == [
        {"id": "CO26-0001/acknowledge.1", "state": "kept_late"}
    ]


def test_show_says_how_it_stands(counter: Counter) -> None:
    """Under the record for people; JSON is the record alone, so that it goes back in."""
    assert "  in the hands of 张敏 since 2026-03-04" in counter.done("complaint show 1").lines
    assert "stage" not in counter.done("complaint show 1 --format json").json
    assert counter.done("customer show CU25-0007").lines[-1] == "  1 complaint, reopened once"
    assert not any("complaint" in line for line in counter.done("customer show CU26-0001").lines)
    assert counter.done("unit show SA25-0009/1 --format json").json["reopened"] == 1


def test_a_complaint_of_nobody_says_so(counter: Counter) -> None:
    """Without an owner somebody has to take it."""
    counter.done("complaint add --customer CU26-0001 --what 迟到")
    assert "  in nobody's hands" in counter.done("complaint show 2").lines
    assert counter("complaint progress 9").code == 4
