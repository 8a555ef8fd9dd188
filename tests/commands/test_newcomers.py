"""Somebody asks who may be new: the file is written in one with the enquiry, or found by the phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _asker(counter: Counter, line: str) -> str:
    counter.done(f"enquiry add --question 多大的 {line}")
    return str(counter.done("enquiry show 1 --format json").json["customer"])


def test_who_is_new_has_a_file_like_anyone_else(counter: Counter) -> None:
    """Name, phone and address; begun on the day of the question; only the enquiry's id is printed."""
    printed = counter.done("enquiry add --name 周明 --phone 13700137000 --address 天目山路 --question 多大的")
    assert printed.lines == ["EN26-0001"]
    file = counter.done("customer show CU26-0003 --format json").json
    assert (file["name"], file["phones"], file["address"]["text"]) == ("周明", ["13700137000"], "天目山路")
    assert file["since"] == small_shop.TODAY


def test_a_question_of_an_earlier_day_begins_the_file_on_that_day(counter: Counter) -> None:
    """Nobody is known later than they asked."""
    counter.done("enquiry add --name 周明 --question 多大的 --at 2026-03-02T15:00")
    assert counter.done("customer show CU26-0003 --format json").json["since"] == "2026-03-02"


@pytest.mark.parametrize(
    "line", ["--phone 13800138000", "--phone '+86 138-0013-8000'", "--phone 13800138000 --name 王建国"]
)
def test_a_phone_that_is_known_finds_its_customer(counter: Counter, line: str) -> None:
    """However it is written; the name need not be said again."""
    assert _asker(counter, line) == "CU26-0001"
    assert len(counter.done("customer list --format json").json) == 3


def test_a_phone_may_be_of_somebody_else_too(counter: Counter) -> None:
    """Another name is another person, and it is said whose phone it is as well."""
    said = counter.done("enquiry add --name 王小明 --phone 13800138000 --question 多大的").err
    assert "this phone is that of CU26-0001 王建国 13800138000 too" in said
    assert counter.done("enquiry show 1 --format json").json["customer"] == "CU26-0003"


def test_of_several_with_one_phone_the_name_decides(counter: Counter) -> None:
    """Without it nobody is guessed."""
    counter.done("customer add --name 王小明 --phone 13800138000")
    several = counter("enquiry add --phone 13800138000 --question 多大的")
    assert several.code == 4
    assert "王建国" in several.err
    assert "王小明" in several.err
    assert _asker(counter, "--phone 13800138000 --name 王小明") == "CU26-0003"


@pytest.mark.parametrize(
    "line",
    [
        "--question 多大的",
        "--question 多大的 --phone 13700137000",
        "--customer 1 --name 周明 --question 多大的",
        "--name 周明",
    ],
)
def test_wrong_words_write_nothing(counter: Counter, line: str) -> None:
    """Nobody named, a phone that nobody has, two people at once, no question: exit 2, and no customer's file either."""
    before = counter.files()
    assert counter(f"enquiry add {line}").code == 2
    assert counter.files() == before
