"""``wish progress``: how far wishes are, and who wished the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with four wishes: two about the same, one about chairs, one about the shop."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    for line in (
        "--about SA26-0001/1 --words 字大一点 --theme 遥控器 --said-on 2026-03-09",
        "--customer CU26-0002 --about PR26-0002 --words 轻一点",
        "--about SA25-0009/1 --words 遥控器带背光 --theme 遥控器 --said-on 2026-03-08",
        "--customer CU26-0002 --words 开到八点",
    ):
        counter.done(f"wish add {line}")
    counter.done("wish pass-on 1 --to 厂家")
    counter.done("wish answer 4 --says 四月起")
    return counter


def _ids(counter: Counter, line: str) -> list[str]:
    return [row["id"] for row in counter.done(f"wish progress {line} --format json").json]


def test_who_wished_the_same_stands_together(counter: Counter) -> None:
    """By product and theme, the first who said it first; those about no goods before all."""
    assert _ids(counter, "") == ["WI26-0004", "WI26-0003", "WI26-0001", "WI26-0002"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("--product KFR-35", ["WI26-0003", "WI26-0001"]),
        ("--theme 遥控器", ["WI26-0003", "WI26-0001"]),
        ("--stage heard", ["WI26-0003", "WI26-0002"]),
        ("--stage passed_on --stage answered", ["WI26-0004", "WI26-0001"]),
        ("--untold", ["WI26-0004"]),
        ("2 1", ["WI26-0001", "WI26-0002"]),
        ("--where words~轻", ["WI26-0002"]),
        ("--stage realised", []),
    ],
)
def test_only_those_that_are_asked_for(counter: Counter, line: str, found: list[str]) -> None:
    """Filters narrow one another down; none left is an empty list."""
    assert _ids(counter, line) == found


def test_every_field_of_a_row(counter: Counter) -> None:
    """Null where it has no value, lists even when empty."""
    first = counter.done("wish progress 1 --format json").json[0]
    assert first == {
        "id": "WI26-0001",
        "kind": "wish",
        "customer": "CU26-0001",
        "said_on": "2026-03-09",
        "words": "字大一点",
        "nature": None,
        "theme": "遥控器",
        "product": "PR26-0001",
        "stage": "passed_on",
        "since": "2026-03-10",
        "waits_for": ["厂家"],
        "untold": False,
    }
    header = counter.done("wish progress --stage realised --format csv").lines[0]
    assert header == ",".join(first)


def test_in_words(counter: Counter) -> None:
    """A line for each wish, in either language."""
    assert "passed on" in counter.done("wish progress 1").lines[-1]
    assert "已转达" in counter.done("wish progress 1 --lang zh").lines[-1]


@pytest.mark.parametrize(("line", "code"), [("--stage sold", 2), ("99", 4), ("--product 冰箱", 4)])
def test_wrong_words(counter: Counter, line: str, code: int) -> None:
    """Misuse is 2, what is not there 4."""
    assert counter(f"wish progress {line}").code == code
