"""``list`` by what follows from other records: who has bought nothing yet, which enquiries are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with somebody who asked and somebody who only left a name."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done("enquiry add --name 周明 --phone 13700137000 --question 多大的")
    counter.done("customer add --name 吴芳 --need elderly")
    return counter


def test_prospects_are_those_without_a_sale(counter: Counter) -> None:
    """In the order of their ids; other filters go with it; as ids, as JSON, as nothing."""
    assert counter.done("customer list --prospects --format ids").lines == ["CU26-0003", "CU26-0004"]
    assert counter.done("customer list --prospects --needs elderly --format ids").lines == ["CU26-0004"]
    assert counter.done("customer list --prospects --name 王建国 --format json").json == []
    counter.done("sale add --customer 3 --product 折叠椅 --price 58")
    assert counter.done("customer list --prospects --format ids").lines == ["CU26-0004"]
    assert len(counter.done("customer list --format ids").lines) == 5


def test_open_enquiries_are_those_that_came_to_nothing_yet(counter: Counter) -> None:
    """Closed and sold ones stay in the list of all."""
    counter.done("enquiry add --customer 1 --question 有货吗 --advice 有")
    counter.done("enquiry close 1 --reason 不买了")
    assert counter.done("enquiry list --open --format ids").lines == ["EN26-0002"]
    assert counter.done("enquiry list --format ids").lines == ["EN26-0001", "EN26-0002"]


def test_the_flags_stand_in_the_help_of_their_noun_alone(counter: Counter) -> None:
    """In both languages."""
    assert "only those who have bought nothing yet" in " ".join(counter.done("customer list --help").out.split())
    assert "只列还没买过东西的" in counter.done("customer list --help --lang zh").out
    assert counter("sale list --prospects").code == 2
