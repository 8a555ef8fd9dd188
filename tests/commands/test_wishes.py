"""The own verbs of wishes: each hand-over written once, in its order, and told to who asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

WISH, OTHER = "WI26-0001", "WI26-0002"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with a wish about an air conditioner and one about the shop itself."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.done("product set PR26-0001 maker=晨屿电器 hotline=0571-1234")
    counter.done("wish add --about SA26-0001/1 --words 遥控器字大一点 --said-on 2026-03-09 --theme 遥控器")
    counter.done("wish add --customer CU26-0002 --words 周末开到八点 --nature grumble --said-on 2026-03-09")
    return counter


def test_a_wish_is_said_by_the_one_whose_goods_it_is_about(counter: Counter) -> None:
    """Nobody else was named; goods of nobody, or of several, say nothing of who spoke."""
    assert "customer: CU26-0001" in counter.text(WISH)
    assert counter("wish add --about PR26-0001 --words 省电").code == 2
    assert counter("wish add --about SA26-0001/1 --about SA26-0002/1 --words 省电").code == 2


def test_from_the_customer_to_the_maker_and_back(counter: Counter) -> None:
    """Every step keeps the promise of the one before and makes the next."""
    passed = counter.done("wish pass-on 1 --how 月度反馈表 --by 张敏")
    assert f"keeps {WISH}/pass-on.1, in time; promises {WISH}/makers-answer.1" in passed.err
    came = counter.done("wish answer 1 --says 下一代加大 --taken-up --by 张敏")
    assert f"keeps {WISH}/makers-answer.1, in time; promises {WISH}/tell-answer.1" in came.err
    assert f"keeps {WISH}/tell-answer.1, in time" in counter.done("wish tell 1 --how 电话 --by 张敏").err
    counter.done("product add --name 空调 --category 空调 --model KFR-35B")
    came = counter.done("wish realise 1 --product KFR-35B --what 遥控器大字版 --by 张敏")
    assert f"keeps {WISH}/tell-realised.1" in came.err
    assert counter.text(WISH).partition("theme: 遥控器\n")[2] == (
        "passed_on:\n- {to: 晨屿电器, at: 2026-03-10, how: 月度反馈表, by: ST26-0001}\n"
        "answers:\n- {at: 2026-03-10, says: 下一代加大, who: 晨屿电器, by: ST26-0001, taken_up: yes}\n"
        "told:\n- {at: 2026-03-10, how: 电话, by: ST26-0001}\n"
        "realised: {on: 2026-03-10, product: PR26-0003, what: 遥控器大字版, by: ST26-0001}\n"
    )


def test_the_shop_answers_what_is_its_own(counter: Counter) -> None:
    """With --told the customer heard it at once; there is nothing left to pass on."""
    done = counter.done("wish answer 2 --says 四月起 --not-taken-up --told --by 张敏")
    assert f"keeps {OTHER}/tell-answer.1, in time; voids {OTHER}/pass-on.1" in done.err
    assert "answers:\n- {at: 2026-03-10, says: 四月起, by: ST26-0001, taken_up: no}\n" in counter.text(OTHER)
    assert "told:\n- {at: 2026-03-10, by: ST26-0001}\n" in counter.text(OTHER)
    assert OTHER not in counter.done("due --within 60d").out


def test_our_own_answer_ends_the_wait_for_another(counter: Counter) -> None:
    """Said so by --ourselves alone: where it was passed on an answer is theirs."""
    counter.done("wish pass-on 1")
    done = counter.done("wish answer 1 --ourselves --says 先送一个放大镜")
    assert f"voids {WISH}/makers-answer.1" in done.err
    assert "who" not in counter.text(WISH).partition("answers:")[2]
    assert counter("wish answer 1 --ourselves --who 晨屿电器 --says 好").code == 2


def test_several_wishes_go_in_one_letter_and_come_true_in_one_product(counter: Counter) -> None:
    """All or none, and each customer is told."""
    counter.done("wish pass-on 1 2 1 --to 总部")
    assert counter.text(OTHER).count("to: 总部") == counter.text(WISH).count("to: 总部") == 1
    files = counter.files()
    assert counter("wish realise 1 99 --what 改了").code == 4
    assert counter.files() == files
    done = counter.done("wish realise 1 2 --what 都办了", "--format", "json").json
    assert [row["id"] for row in done] == [WISH, OTHER]
    assert done[0]["promised"] == [f"{WISH}/tell-realised.1", f"{OTHER}/tell-realised.1"]


def test_the_maker_is_found_by_the_goods(counter: Counter) -> None:
    """A wish about no goods has none, nor have goods whose record names none."""
    refused = counter("wish pass-on 2")
    assert (refused.code, "--to" in refused.err) == (2, True)
    counter.done("wish add --customer CU26-0002 --about PR26-0002 --words 轻一点")
    assert counter("wish pass-on 3").code == 2
    counter.done("wish pass-on 3 --to 椅子厂")


@pytest.mark.parametrize(
    ("before", "line", "says"),
    [
        (["wish pass-on 1"], "wish pass-on 1", "wish answer WI26-0001 --says"),
        ([], "wish answer 1 --who 厂家 --says 好", "wish pass-on WI26-0001 --to 厂家"),
        (["wish pass-on 1", "wish pass-on 1 --to 设计部"], "wish answer 1 --says 好", "晨屿电器, 设计部"),
        (["wish pass-on 1", "wish answer 1 --says 好"], "wish answer 1 --says 更好", "--who 晨屿电器"),
        (["wish pass-on 1 --at 2026-03-10T10:00"], "wish answer 1 --says 好 --at 2026-03-10T09:00", "before"),
        ([], "wish pass-on 1 --at 2026-03-08", "before the wish was heard"),
        ([], "wish tell 1", "wish answer WI26-0001"),
        (["wish answer 1 --says 好"], "wish tell 1 --at 2026-03-09", "nothing to tell"),
        (["wish answer 1 --says 好 --told"], "wish tell 1", "already"),
        (["wish answer 1 --says 好", "visit add --about WI26-0001 --purpose information --outcome reached"],
         "wish tell 1", "already"),
        (["wish realise 1 --what 大字"], "wish realise 1 --what 大字", "already"),
        (["wish withdraw 1"], "wish pass-on 1", "took WI26-0001 back"),
        (["wish withdraw 1"], "wish withdraw 1", "took WI26-0001 back"),
        ([], "wish withdraw 1 --at 2026-03-11", "2026-03-11"),
        (["wish pass-on 1"], "visit add --keeps WI26-0001/makers-answer.1 --outcome reached", "wish answer"),
        (["wish pass-on 1"], "promise keep WI26-0001/makers-answer.1", "wish answer"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused(counter: Counter, before: list[str], line: str, says: str) -> None:
    """Exit 5, a word on what there is to do instead, and nothing is written."""
    for step in before:
        counter.done(step)
    files = counter.files()
    refused = counter(line)
    assert (refused.code, says in refused.err) == (5, True)
    assert counter.files() == files


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("wish answer 1", 2),
        ("wish realise 1", 2),
        ("wish realise 1 --product 冰箱", 4),
        ("wish pass-on", 2),
        ("wish pass-on 1 --by 无名", 4),
        ("wish tell 99", 4),
        ("wish tell CU26-0001", 4),
        ("wish withdraw 1 --at 某天", 2),
    ],
)
def test_wrong_words_write_nothing(counter: Counter, line: str, code: int) -> None:
    """Misuse is 2, what is not there 4."""
    files = counter.files()
    assert counter(line).code == code
    assert counter.files() == files


def test_taken_back_with_its_reason(counter: Counter) -> None:
    """And nothing is owed for it."""
    done = counter.done("wish withdraw 1 --reason 已换型号")
    assert f"voids {WISH}/pass-on.1" in done.err
    assert "withdrawn: {on: 2026-03-10, reason: 已换型号}" in counter.text(WISH)


def test_a_contact_about_a_wish_is_to_tell(counter: Counter) -> None:
    """Its purpose follows from what is open of it towards the customer; what the maker owes does not count."""
    counter.done("wish pass-on 1")
    counter.done("visit add --about WI26-0001 --outcome reached")
    assert "purpose: other" in counter.text("VI26-0002")
    counter.done("wish answer 1 --says 好")
    told = counter.done("visit add --about WI26-0001 --outcome reached")
    assert "purpose: information" in counter.text("VI26-0003")
    assert f"keeps {WISH}/tell-answer.1" in told.err


def test_show_says_how_far_a_wish_is(counter: Counter) -> None:
    """Below the record: how far, who is still to answer, whether the customer knows."""
    assert counter.done("wish show 1").lines[-1] == "  heard on 2026-03-09, not passed on and not answered"
    counter.done("wish pass-on 1")
    counter.done("wish pass-on 1 --to 设计部")
    counter.done("wish answer 1 --who 设计部 --says 好")
    assert counter.done("wish show 1").lines[-3:] == [
        "  answered on 2026-03-10",
        "  晨屿电器 has not answered yet",
        "  the customer does not know yet",
    ]
    counter.done("wish withdraw 1")
    assert counter.done("wish show 1 --lang zh").lines[-1] == "  2026-03-10 已收回"


def test_a_wish_goes_back_in_as_it_came_out(counter: Counter) -> None:
    """What show prints as JSON is a whole record, with every step."""
    for line in ("wish pass-on 1", "wish answer 1 --says 好 --taken-up --told", "wish realise 1 --what 大字"):
        counter.done(line)
    out = counter.done("wish show 1 --format json").out
    counter.write("wish.json", out)
    counter.done(f"wish add --from {counter.folder / 'wish.json'}")
    assert counter.text("WI26-0003").partition("\n")[2] == counter.text(WISH).partition("\n")[2]


def test_what_was_not_known_by_then_is_left_out(counter: Counter) -> None:
    """``--as-of`` the day before, the wish is only heard."""
    counter.done("wish pass-on 1")
    assert counter.done("wish show 1 --as-of 2026-03-09").lines[-1].startswith("  heard on")
