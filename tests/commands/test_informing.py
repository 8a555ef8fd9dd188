"""``promise inform``: what the customer was told about a promise, as a contact of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

TELLING = """
id: telling
issuer: shop
title: 告知
plans:
- {id: coming, title: 上门, category: goods, after: arranged, what: information, step: tell-coming, channel: phone,
   due: {2020-01-01: [{days: 0}]}, ahead: {days: 1}, late: worthless}
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_word_of_a_delay_is_a_contact_about_what_was_promised(counter: Counter) -> None:
    """Who, how, when and what; the promise goes on, for it was not kept."""
    written = counter.done("promise inform SA26-0002/1/deliver --what 车坏了，明天到 --by 张敏")
    assert written.out == "VI26-0002\n"
    assert counter.text("VI26-0002") == (
        "id: VI26-0002\ncustomer: CU26-0002\nabout: [SA26-0002/1]\nchannel: phone\npurpose: information\n"
        "at: 2026-03-10T00:00\nby: ST26-0001\noutcome: reached\nnote: 车坏了，明天到\n"
    ).replace("2026-03-10T00:00", counter.text("VI26-0002").split("at: ")[1].split("\n")[0])
    rows = counter.done("promise list --format json").json
    assert next(row["state"] for row in rows if row["id"] == "SA26-0002/1/deliver") == "overdue"


def test_the_customers_own_way_is_the_one_proposed(counter: Counter) -> None:
    """Who wishes messages gets one, unless something else is said."""
    counter.done("customer set CU26-0002 contact.by=message")
    counter.done("promise inform SA26-0002/1/deliver --what 明天到")
    counter.done(
        "promise inform SA26-0002/1/deliver --what 明天到 --channel counter --outcome no_answer --at 2026-03-09"
    )
    found = [(row["channel"], row["outcome"]) for row in counter.done("visit list --format json").json[1:]]
    assert found == [("message", "reached"), ("counter", "no_answer")]


def test_what_was_to_be_told_is_kept_by_telling_it(counter: Counter) -> None:
    """A promise of information is named by the contact, and what it is about is the delivery."""
    counter.write("policies/telling.yaml", TELLING)
    counter.done("delivery add --sale SA26-0001 --items 1 --arranged-on 2026-03-03")
    counter.done(
        "promise postpone SA26-0001/1/deliver --to 2026-03-11T18:00 --asked-by customer --reason 出差 --at 2026-03-04"
    )
    written = counter.done("promise inform DE26-0002/tell-coming.1 --what 明天下午来 --format json").json
    assert written == {"id": "VI26-0002", "kept": ["DE26-0002/tell-coming.1"], "promised": []}
    assert "keeps: [DE26-0002/tell-coming.1]" in counter.text("VI26-0002")
    assert "about: [DE26-0002]" in counter.text("VI26-0002")
    assert counter.done("check references").out == ""
    counter.write("visits/2026/VI26-0003.yaml", counter.text("VI26-0002").replace("VI26-0002", "VI26-0003").replace(
        "DE26-0002/tell-coming.1", "DE26-0002/tell-coming"))  # fmt: skip
    assert "VI26-0003.yaml:6: promise" in counter("check references").out


def test_a_spoken_promise_is_named_itself(counter: Counter) -> None:
    """It may be about nothing else; word that it will be late keeps it not."""
    counter.done("promise inform PM26-0001 --what 说明书还没到")
    assert "about: [PM26-0001]" in counter.text("VI26-0002")
    assert "PM26-0001" in counter.done("due --format ids").lines


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("promise inform SA26-0002/1/deliver", 2),
        ("promise inform SA26-0009/1/deliver --what 明天到", 4),
        ("promise inform SA26-0002/1/deliver --what 明天到 --channel fax", 2),
        ("promise inform SA26-0002/1/deliver --what 明天到 --at 2026-03-12", 5),
    ],
)
def test_what_cannot_be_written_down_writes_nothing(counter: Counter, line: str, code: int) -> None:
    """Nothing told, no such promise, no such way, a day to come."""
    before = counter.files()
    printed = counter(line)
    assert (printed.code, printed.out) == (code, "")
    assert counter.files() == before


def test_of_what_has_ended_nobody_is_told(counter: Counter) -> None:
    """The customer let go of it."""
    counter.done("promise release SA26-0002/1/deliver --reason 不要了")
    assert counter("promise inform SA26-0002/1/deliver --what 明天到").code == 5
