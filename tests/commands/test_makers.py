"""``product tell-maker`` and ``product maker-answer``: what the maker was told, and what came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _told(counter: Counter) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = counter.done("product show PR26-0001 --format json").json["told_maker"]
    return found


def test_the_answer_goes_to_the_message_that_waits(counter: Counter) -> None:
    """Told, and answered a week later; both with their days and the one who told it."""
    counter.done("product tell-maker KFR-35 --what 异响两起 --by 张敏 --at 2026-03-09")
    counter.done("product maker-answer KFR-35 --answer 已换供应商")
    assert _told(counter) == [
        {
            "on": "2026-03-09",
            "what": "异响两起",
            "by": "ST26-0001",
            "answer": "已换供应商",
            "answered_on": "2026-03-10",
        }
    ]


def test_of_several_messages_one_is_named(counter: Counter) -> None:
    """Nothing is guessed: none that waits, or more than one, is refused; nor is an answer written over."""
    assert counter("product maker-answer KFR-35 --answer 好").code == 5
    counter.done("product tell-maker KFR-35 --what 异响")
    counter.done("product tell-maker KFR-35 --what 漏水")
    assert counter("product maker-answer KFR-35 --answer 好").code == 5
    assert counter("product maker-answer KFR-35 --answer 好 --number 3").code == 5
    counter.done("product maker-answer KFR-35 --answer 好 --number 2")
    assert [one["answer"] for one in _told(counter)] == [None, "好"]
    assert counter("product maker-answer KFR-35 --answer 不好 --number 2").code == 5


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("product tell-maker KFR-35", 2),
        ("product tell-maker 冰箱 --what 异响", 4),
        ("product tell-maker KFR-35 --what 异响 --at 2026-03-11", 5),
        ("product maker-answer KFR-35 --answer 好 --number 0", 2),
    ],
)
def test_wrong_words_write_nothing(counter: Counter, line: str, code: int) -> None:
    """A missing or wrong value is an error of its own kind, and the files stay as they are."""
    before = counter.files()
    assert counter(line).code == code
    assert counter.files() == before


def test_no_answer_comes_before_the_question(counter: Counter) -> None:
    """An answer of a day before the maker was told is refused; written by hand it is a fault of the book."""
    counter.done("product tell-maker KFR-35 --what 异响")
    assert counter("product maker-answer KFR-35 --answer 好 --at 2026-03-09").code == 5
    counter.done("product set PR26-0001 told_maker.1.answered_on=2026-03-09")
    assert "order" in counter("check book").out
