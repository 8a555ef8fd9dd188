"""REF: what people type where a record is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a number that two years have, and two customers of one name."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.write("sales/2024/SA24-0009.yaml", "id: SA24-0009\ncustomer: CU25-0007\nsold_on: 2024-05-02\n")
    counter.write("sales/2024/SA24-0002.yaml", "id: SA24-0002\ncustomer: CU25-0007\nsold_on: 2024-05-02\n")
    return counter


def _meant(counter: Counter, noun: str, ref: str) -> str:
    printed = counter.done(f"{noun} show --format ids", ref)
    return printed.out.strip()


@pytest.mark.parametrize(
    ("noun", "ref", "meant"),
    [
        ("sale", "SA26-0001", "SA26-0001"),
        ("sale", "sa26-1", "SA26-0001"),
        ("sale", "Sa261", "SA26-0001"),
        ("sale", "SA26 1", "SA26-0001"),
        ("sale", "ＳＡ２６－０００１", "SA26-0001"),
        ("sale", "sa26–01", "SA26-0001"),
        ("sale", "1", "SA26-0001"),
        ("sale", "001", "SA26-0001"),
        ("sale", "１", "SA26-0001"),
        ("sale", "2", "SA26-0002"),
        ("sale", "9", "SA25-0009"),
        ("sale", "00123456", "SA25-0009"),
        ("sale", "KF35-001", "SA26-0001"),
        ("sale", "kf35-002", "SA26-0002"),
        ("sale", "王建国", "SA26-0001"),
        ("customer", "王建国", "CU26-0001"),
        ("customer", "wangjianguo", "CU26-0001"),
        ("customer", "Wang Jianguo", "CU26-0001"),
        ("customer", "wjg", "CU26-0001"),
        ("customer", "shanxuemei", "CU26-0002"),
        ("customer", "sxm", "CU26-0002"),
        ("customer", "8000", "CU26-0001"),
        ("customer", "138 0013 8000", "CU26-0001"),
        ("customer", "+86 13800138000", "CU26-0001"),
        ("customer", "１３８００１３８０００", "CU26-0001"),
        ("customer", "5678", "CU25-0007"),
        ("customer", "7", "CU25-0007"),
        ("product", "KFR-35", "PR26-0001"),
        ("product", "kfr-35", "PR26-0001"),
        ("product", "折叠", "PR26-0002"),
        ("staff", "李师傅", "ST25-0001"),
        ("staff", "zhangmin", "ST26-0001"),
        ("delivery", "2", "DE26-0002"),
        ("promise", "送一张安装说明", "PM26-0001"),
        ("promise", "pm26-1", "PM26-0001"),
    ],
)
def test_what_is_typed_means_one_record(counter: Counter, noun: str, ref: str, meant: str) -> None:
    """An id in any dress, the bare number of this year or else of the newest, serials, names, pinyin, phones."""
    assert _meant(counter, noun, ref) == meant


@pytest.mark.parametrize(
    ("ref", "meant"),
    [
        ("SA26-0002/2", "SA26-0002/2"),
        ("sa26-2/2", "SA26-0002/2"),
        ("SA26-2、1", "SA26-0002/1"),
        ("ｓａ２６－２／１", "SA26-0002/1"),
        ("2/1", "SA26-0002/1"),
        ("KF25-001", "SA25-0009/1"),
        ("kf35-002", "SA26-0002/2"),
        ("SA26-0001", "SA26-0001/1"),
        ("王建国", "SA26-0001/1"),
        ("9", "SA25-0009/1"),
    ],
)
def test_units_are_lines_of_sales(counter: Counter, ref: str, meant: str) -> None:
    """A sale with one item stands for its unit; a serial number is one; ``、`` is the slash of a Chinese keyboard."""
    assert counter.done("unit show --format json", ref).json["id"] == meant


@pytest.mark.parametrize(
    "ref", ["SA26-0001/1/deliver", "sa26-1/1/deliver", "SA26-1、1、deliver", "SA26-0001/1/DELIVER"]
)
def test_promises_are_named_by_their_subject(counter: Counter, ref: str) -> None:
    """The id in front may be typed as any id may."""
    assert counter.done("promise show --format json", ref).json["id"] == "SA26-0001/1/deliver"


@pytest.mark.parametrize("verb", ["promise show", "visit add --outcome reached --keeps"])
def test_a_promise_that_is_not_there_is_named_as_it_was_typed(counter: Counter, verb: str) -> None:
    """Not in capitals: who mistyped the number of a step sees the step again, not a cry."""
    printed = counter(verb, "SA26-0099/1/deliver")
    assert (printed.code, printed.out) == (4, "")
    assert "“SA26-0099/1/deliver”" in printed.err


@pytest.mark.parametrize(
    ("noun", "ref"),
    [("customer", "8"), ("customer", "000"), ("customer", "13"), ("sale", "35"), ("customer", "a"), ("sale", "0")],
)
def test_a_few_digits_are_a_number_or_nothing(counter: Counter, noun: str, ref: str) -> None:
    """Never "ends in 12", and fewer than four digits are no phone."""
    printed = counter(f"{noun} show", ref)
    assert (printed.code, printed.out) == (4, "")


def test_two_that_answer_are_shown_and_neither_is_taken(counter: Counter) -> None:
    """Exit 4 with the candidates, each with the words that tell them apart."""
    printed = counter("customer show wangjian")
    assert printed.code == 4
    assert printed.err.splitlines()[1:] == ["CU25-0007 王建军 057188885678", "CU26-0001 王建国 13800138000"]


def test_one_that_is_called_so_comes_before_those_that_contain_it(counter: Counter) -> None:
    """王建 is nobody's name while there are two 王建某; once somebody is called so, he is meant."""
    counter.write("customers/2026/CU26-0003.yaml", "id: CU26-0003\nname: 王建\n")
    assert _meant(counter, "customer", "王建") == "CU26-0003"


def test_what_was_meant_is_echoed(counter: Counter) -> None:
    """On stderr, in words, unless the id was typed in full."""
    assert counter.done("claim list --unit SA25-0009/1 --format ids").err == ""
    assert counter.done("unit show kf35-002 --format ids").err == "SA26-0002/2 单雪梅 空调 KFR-35\n"
    assert counter.done("customer timeline wjg --format ids").err == "CU26-0001 王建国 13800138000\n"
    assert counter.done("customer timeline CU26-0001 --format ids").err == ""
    added = counter.done("claim add --unit 9 --found-on 昨天")
    assert added.out == "CL26-0002\n"
    assert "SA25-0009/1 王建军 空调 KFR-35" in added.err
    assert "昨天 = Mon 9 March 2026" in added.err


@pytest.mark.parametrize(
    "line",
    [
        "sale set CU26-0002 note=x",
        "sale remove CU26-0002 --yes",
        "promise keep CU26-0001",
        "promise break CU26-0001 --reason x",
        "visit remove CU25-0007 --yes",
    ],
)
def test_the_id_of_another_kind_changes_nothing(counter: Counter, line: str) -> None:
    """A script that mistook one id for another must not change the record that happens to mention it."""
    before = counter.files()
    assert counter(line).code == 4
    assert counter.files() == before


def test_an_old_id_still_finds(counter: Counter) -> None:
    """What was renumbered is found by the number that is written on its papers."""
    counter.write("customers/2026/CU26-0004.yaml", "id: CU26-0004\nname: 赵六\nformerly: [CU26-0044]\n")
    assert _meant(counter, "customer", "CU26-0044") == "CU26-0004"
    assert _meant(counter, "customer", "cu26-44") == "CU26-0004"
