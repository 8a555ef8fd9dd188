"""The steps of a complaint at the counter: what each writes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CASE = "CO26-0001"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a complaint of the day before yesterday."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done("complaint add --about SA25-0009/1 --what 说了两次没人理 --person 张敏 --today 2026-03-08")
    return counter


def _written(counter: Counter) -> str:
    return counter.text(CASE).partition("person:")[2].partition("\n")[2]


def test_each_step_is_written_as_it_was_said(counter: Counter) -> None:
    """One entry each, with its day; who did it where that was said; only what was typed."""
    counter.done("complaint acknowledge 1 --how 电话 --by 张敏 --today 2026-03-09")
    counter.done("complaint assign 1 --to 李师傅 --reason 要上门 --at 2026-03-09")
    counter.done("complaint answer 1 --says 明天来")
    counter.done("complaint resolve 1 --how 换了 --cost 40")
    counter.done("complaint confirm 1 --satisfied --said 好了")
    assert _written(counter) == (
        "acknowledged:\n- {at: 2026-03-09, how: 电话, by: ST26-0001}\n"
        "assigned:\n- {to: ST25-0001, at: 2026-03-09, reason: 要上门}\n"
        "answers:\n- {at: 2026-03-10, says: 明天来}\n"
        "resolved:\n- {at: 2026-03-10, how: 换了, cost: 40.00}\n"
        "confirmed:\n- {at: 2026-03-10, satisfied: yes, said: 好了}\n"
    )


def test_not_content_reopens_it_in_the_same_command(counter: Counter) -> None:
    """The word and the new round are one write, and what was left of the old round is void."""
    counter.done("complaint resolve 1 --how 换了")
    said = counter.done("complaint confirm 1 --not-satisfied --said 又坏了 --by 张敏").err
    assert "promises CO26-0001/answer.2" in said
    assert "voids CO26-0001/check-back.1" in said
    assert _written(counter).endswith(
        "confirmed:\n- {at: 2026-03-10, by: ST26-0001, satisfied: no, said: 又坏了}\n"
        "reopened:\n- {at: 2026-03-10, by: ST26-0001, reason: 又坏了}\n"
    )


def test_taken_back_it_is_over_until_it_comes_back(counter: Counter) -> None:
    """No step is written of what the customer let be; reopening begins anew."""
    counter.done("complaint withdraw 1 --reason 误会 --today 2026-03-09")
    refused = counter("complaint answer 1 --says 好")
    assert refused.code == 5
    assert "aftercare complaint reopen CO26-0001" in refused.err
    counter.done("complaint reopen 1 --reason 不是误会")
    counter.done("complaint answer 1 --says 好")


@pytest.mark.parametrize(
    ("before", "line", "named"),
    [
        ([], "complaint confirm 1 --satisfied", "aftercare complaint resolve CO26-0001"),
        (["acknowledge 1"], "complaint acknowledge 1 --how 再说一遍", "aftercare complaint answer CO26-0001"),
        ([], "complaint reopen 1", "aftercare visit add --about CO26-0001"),
        ([], "complaint assign 1 --to 张敏", "张敏 has CO26-0001 in hand already"),
        ([], "complaint answer 1 --says 好 --at 2026-03-07", "is before the complaint came in (2026-03-08)"),
        (["resolve 1 --how 好"], "complaint resolve 1 --how 好", "aftercare complaint reopen CO26-0001"),
        (["resolve 1 --how 好", "confirm 1 --satisfied"], "complaint confirm 1 --satisfied", "was asked on 2026-03-10"),
        (["resolve 1 --how 好", "reopen 1"], "complaint answer 1 --says 好 --at 2026-03-09", "came in (2026-03-10)"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    counter: Counter, before: list[str], line: str, named: str
) -> None:
    """Exit 5, one sentence, and the command that helps where there is one."""
    for step in before:
        counter.done(f"complaint {step}")
    files = counter.files()
    refused = counter(line)
    assert (refused.code, refused.out) == (5, "")
    assert named in refused.err
    assert counter.files() == files


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("complaint assign 1", "--to"),
        ("complaint answer 1", "--says"),
        ("complaint resolve 1", "--how"),
        ("complaint confirm 1", "--satisfied"),
        ("complaint resolve 1 --how 好 --cost lots", "--cost"),
        ("complaint answer 1 --says 好 --at sometime", "--at"),
    ],
)
def test_wrong_use_names_its_flag(counter: Counter, line: str, named: str) -> None:
    """Exit 2, and the book as it was."""
    files = counter.files()
    refused = counter(line)
    assert refused.code == 2
    assert named in refused.err
    assert counter.files() == files


def test_json_says_what_it_kept_and_promised(counter: Counter) -> None:
    """The same answer as of any command that writes."""
    found = counter.done("complaint resolve 1 --how 好 --format json").json
    assert found["id"] == CASE
    assert "CO26-0001/resolve.1" in found["kept"]
    assert "CO26-0001/check-back.1" in found["promised"]


def test_the_record_goes_back_in_as_it_is_shown(counter: Counter) -> None:
    """What ``show --format json`` prints is a record, without what follows from it."""
    counter.done("complaint answer 1 --says 好")
    shown = counter.done("complaint show 1 --format json").out
    counter.write("co.json", shown)
    counter.done("complaint add --from co.json")
    assert "says: 好" in counter.text("CO26-0002")
