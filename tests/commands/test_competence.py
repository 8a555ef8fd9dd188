"""``staff certify``, ``staff train`` and ``staff trainings``: what they write, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March: 李师傅 drives, 张敏 is at the counter."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _complaint(counter: Counter) -> None:
    counter.done("complaint add --customer CU26-0001 --what 乱放工具")
    counter.done("complaint investigate 1 --cause 没教过 --at-fault shop --whose-work 李师傅 --preventive 上门规范")


def test_a_certificate_is_one_more_row_with_the_clocks_day(counter: Counter) -> None:
    """It promises its own renewal; the fields that were not given are not there."""
    said = counter.done("staff certify 李师傅 驾驶证 --until 2026-04-09")
    assert "promises ST25-0001/renew.1 by Thu 9 April 2026" in said.err
    assert counter.text("ST25-0001").endswith("certificates:\n- {name: 驾驶证, until: 2026-04-09, on: 2026-03-10}\n")
    assert "ST25-0001/renew.1" in counter.done("due --format ids").lines


def test_a_new_one_keeps_the_promise_of_the_old(counter: Counter) -> None:
    """In one answer for machines."""
    counter.done("staff certify 李师傅 驾驶证 --until 2026-04-09 --number 3301 --issuer 车管所 --since 2020-04-10")
    answer = counter.done("staff certify 李师傅 驾驶证 --until 2032-04-09 --on yesterday --format json").json
    assert answer == {
        "id": "ST25-0001",
        "kept": ["ST25-0001/renew.1"],
        "promised": ["ST25-0001/renew.2"],
    }
    assert "ST25-0001/renew.1" not in counter.done("due --format ids").lines


def test_one_without_an_end_promises_nothing(counter: Counter) -> None:
    """There is nothing to renew."""
    assert counter.done("staff certify 李师傅 高级技师 --format json").json["promised"] == []


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("certify 李师傅 驾驶证 --until foo", 2, "--until"),
        ("certify 李师傅 驾驶证 --on tomorrow", 5, "--on"),
        ("certify 李师傅 驾驶证 --since 2026-05-02 --until 2026-05-01", 5, "2026-05-01 is before its first day"),
        ("certify 李师傅", 2, "NAME"),
        ("certify 赵六 驾驶证", 4, "赵六"),
        ("certify 李师傅 ''", 2, "NAME"),
        ("train 李师傅 --what ' '", 2, "--what"),
        ("train --what 规范", 2, "REF"),
        ("train 李师傅", 2, "--what"),
        ("train 李师傅 --what 规范 --on tomorrow", 5, "--on"),
        ("train 李师傅 --what 规范 --until 2026-03-09", 5, "2026-03-09 is before the training (2026-03-10)"),
        ("train 李师傅 --what 规范 --answers 1", 4, "1"),
        ("train 李师傅 赵六 --what 规范", 4, "赵六"),
        ("train 李师傅 --what 规范 --by ST26-0009", 4, "ST26-0009"),
        ("trainings 赵六", 4, "赵六"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(counter: Counter, line: str, code: int, says: str) -> None:
    """The error names the flag, the word or the record; all of the people are written, or none."""
    before = counter.files()
    refused = counter(f"staff {line}")
    assert (refused.code, refused.out) == (code, "")
    assert says in refused.err
    assert counter.files() == before


def test_the_same_row_twice_is_refused(counter: Counter) -> None:
    """With the command that changes the one that is there."""
    counter.done("staff certify 李师傅 驾驶证 --until 2026-04-09")
    again = counter("staff certify 李师傅 ' 驾驶证' --until 2026-04-09")
    assert again.code == 5
    assert "aftercare staff set ST25-0001 certificates.1.until=…" in again.err
    counter.done("staff train 李师傅 --what 上门规范")
    assert counter("staff train 张敏 李师傅 --what 上门规范").code == 5
    assert "trainings" not in counter.text("ST26-0001")
    counter.done("staff train 李师傅 --what 上门规范 --on 2026-03-09")


def test_several_people_are_one_training(counter: Counter) -> None:
    """Named twice they are taught once; who taught may be somebody of the shop, or words."""
    _complaint(counter)
    rows = counter.done("staff train 李师傅 张敏 李师傅 --what 上门规范 --by 张敏 --answers 1 --format json").json
    assert [row["id"] for row in rows] == ["ST25-0001", "ST26-0001"]
    row = "- {on: 2026-03-10, what: 上门规范, by: ST26-0001, answers: [CO26-0001]}\n"
    assert counter.text("ST25-0001").endswith(f"trainings:\n{row}")
    assert counter.text("ST26-0001").endswith(f"trainings:\n{row}")
    counter.done("staff train 李师傅 --what 用电安全 --by 厂家")
    assert "by: 厂家" in counter.text("ST25-0001")


def test_nobody_is_taught_after_they_left(counter: Counter) -> None:
    """On the last day still."""
    counter.done("staff set 李师傅 left.on=2026-03-09")
    assert counter("staff train 李师傅 --what 规范").code == 5
    counter.done("staff train 李师傅 --what 规范 --on 2026-03-09")


def test_a_complaint_waits_for_its_training(counter: Counter) -> None:
    """It is listed with whose work it was, of some people where they are named, until a training answers it."""
    _complaint(counter)
    (row,) = counter.done("staff trainings --wanted --format json").json
    assert (row["id"], row["kind"], row["person"]) == ("CO26-0001", "complaint", "ST25-0001")
    assert counter.done("staff trainings 张敏 --wanted --format json").json == []
    assert counter.done("staff trainings 李师傅 --wanted --format ids").lines == ["CO26-0001"]
    counter.done("staff train 张敏 --what 上门规范 --answers 1")
    assert counter.done("staff trainings --wanted").out == ""
    assert "  answered by training on 2026-03-10: 上门规范 (张敏)" in counter.done("complaint show 1").lines
    assert counter.done("complaint progress 1 --format json").json["trainings"] == [
        {"on": "2026-03-10", "what": "上门规范", "people": ["ST26-0001"]}
    ]


def test_trainings_are_rows_by_person_and_day(counter: Counter) -> None:
    """Whether they count is said of the day of asking."""
    counter.done("staff train 李师傅 --what 规范 --on 2026-03-05 --until 2026-03-09")
    counter.done("staff train 李师傅 张敏 --what 用电 --on 2026-03-01")
    rows = counter.done("staff trainings --format json").json
    assert [(row["id"], row["what"], row["counts"], row["answers"]) for row in rows] == [
        ("ST25-0001", "用电", True, []),
        ("ST25-0001", "规范", False, []),
        ("ST26-0001", "用电", True, []),
    ]
    assert [row["what"] for row in counter.done("staff trainings 张敏 --format json").json] == ["用电"]


def test_as_of_an_earlier_day_neither_is_known(counter: Counter) -> None:
    """What was handed in or taught later had not happened."""
    counter.done("staff certify 李师傅 驾驶证 --until 2026-04-09")
    counter.done("staff train 李师傅 --what 规范")
    shown = counter.done("staff show 李师傅 --as-of 2026-03-09 --format json").json
    assert (shown["certificates"], shown["trainings"]) == ([], [])
    assert counter.done("staff trainings --as-of 2026-03-09 --format json").json == []


def test_dates_that_contradict_each_other_are_faults_with_their_line(counter: Counter) -> None:
    """A file that was edited into nonsense is named, and nothing breaks."""
    counter.write(
        "staff/2026/ST26-0001.yaml",
        "id: ST26-0001\nname: 张敏\ncertificates:\n- {name: a, since: 2026-05-02, until: 2026-05-01}\n"
        "trainings:\n- {on: 2026-03-05, what: b, until: 2026-03-01}\n",
    )
    lines = counter("check book").lines
    assert [line.split(" ")[0] for line in lines] == [
        "staff/2026/ST26-0001.yaml:4:",
        "staff/2026/ST26-0001.yaml:6:",
    ]
    assert counter("due").code == 0


def test_a_training_for_a_complaint_that_is_not_there_is_a_fault(counter: Counter) -> None:
    """Like any reference that leads nowhere."""
    counter.write(
        "staff/2026/ST26-0001.yaml",
        "id: ST26-0001\nname: 张敏\ntrainings:\n- {on: 2026-03-05, what: b, answers: [CO26-0009]}\n",
    )
    assert "staff/2026/ST26-0001.yaml:4: reference" in counter("check references").out
    assert counter("staff trainings --wanted").code == 0
