"""Looking into a complaint: findings part by part, asked once, passed on and answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CASE = "CO26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a complaint of today."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done("complaint add --customer CU26-0001 --what 装歪了")
    return counter


def test_findings_are_kept_part_by_part(counter: Counter) -> None:
    """What is found later takes the place of the same part alone; cause, fault, mending and prevention stand apart."""
    counter.done("complaint investigate 1 --cause 漏单 --at-fault shop --whose-work 李师傅 --at 2026-03-10")
    counter.done("complaint investigate 1 --cause 看错地址 --corrective 重装 --preventive 核对地址")
    text = counter.text(CASE)
    for part in ("cause: 看错地址", "fault: shop", "person: ST25-0001", "corrective: 重装", "preventive: 核对地址"):
        assert part in text
    assert "漏单" not in text
    assert counter("complaint investigate 1").code == 2
    assert counter("complaint investigate 1 --at-fault moon").code == 2


def test_a_thing_is_asked_for_once(counter: Counter) -> None:
    """A second time is refused whatever its width or case; that it came is written to the first."""
    assert counter("complaint ask 1 --what 发票A").code == 2
    counter.done("complaint ask 1 --what 发票A --why 决定在不在保")
    files = counter.files()
    again = counter("complaint ask 1 --what 发票ａ --why 再看看")
    assert again.code == 5
    assert "asked for on 2026-03-10 already" in again.err
    assert counter.files() == files
    counter.done("complaint ask 1 --what 发票a --got")
    assert "{at: 2026-03-10, what: 发票A, why: 决定在不在保, got: 2026-03-10}" in counter.text(CASE)
    assert counter("complaint ask 1 --what 照片 --got").code == 5


def test_a_question_is_one_entry_from_the_promise_to_the_answer(counter: Counter) -> None:
    """Promised, passed on, answered; a second question to the same party is another."""
    counter.done("complaint pass-on 1 --to 厂家 --what 能换吗 --promised")
    counter.done("complaint pass-on 1 --to 厂家 --by 李师傅")
    counter.done("complaint pass-on 1 --to 厂家 --answer 能")
    counter.done("complaint pass-on 1 --to 厂家 --what 多久")
    assert counter.text(CASE).partition("passed_on:\n")[2] == (
        "- {to: 厂家, what: 能换吗, promised: 2026-03-10, at: 2026-03-10, by: ST25-0001, "
        "answered: 2026-03-10, answer: 能}\n"
        "- {to: 厂家, what: 多久, at: 2026-03-10}\n"
    )


def test_an_answer_needs_a_question(counter: Counter) -> None:
    """Nothing waits for an answer from those who were asked nothing; both at once make no sense."""
    refused = counter("complaint pass-on 1 --to 12315 --answer 已受理")
    assert refused.code == 5
    assert "aftercare complaint pass-on CO26-0001 --to 12315 --what" in refused.err
    assert counter("complaint pass-on 1 --to 厂家 --promised --answer 能").code == 2
