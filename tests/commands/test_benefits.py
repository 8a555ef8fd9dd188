"""``customer benefits``, and contacts that ask for benefits or give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

PACK = """id: ours
issuer: shop
title: {en: Our benefits, zh: 本店优惠}
benefits:
- {id: tea, title: {en: Tea, zh: 茶水}, category: goods}
- {id: clean, title: {en: Filters cleaned, zh: 清洗滤网}, category: 空调, for: [会员], limit: {2026-01-01: {times: 2, per: year}}, within: {2026-01-01: {days: 2}}}
- {id: gold, title: {en: Fetched and brought, zh: 上门取送}, category: goods, for: [{of: 会员, level: [金卡]}], cost: {2026-01-01: 5.00}}
"""  # noqa: E501 - a line of a pack is a line


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, with benefits of its own; 王建国 is a member."""
    counter = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    counter.write("policies/ours.yaml", PACK)
    counter.done("customer set 1 memberships+=of=会员,level=银卡,since=2026-03-04,until=2026-12-31")
    return counter


def test_each_benefit_is_told_with_why_and_what_is_left(counter: Counter) -> None:
    """Yes or no in one line each, what was had below it, what is asked for too."""
    counter.done("visit add --about SA26-0001/1 --wants clean --gave clean --at 2026-03-05")
    counter.done("visit add --about SA26-0001/1 --wants clean --at 2026-03-05")
    assert counter.done("customer benefits 王建国").lines == [
        "CU26-0001 王建国 13800138000",
        "✓ Tea (ours/tea): without limit; free of charge; done on the same day",
        "✗ Filters cleaned (ours/clean): 2 of 2 used, until 2026-12-31",
        "  given once: 2026-03-05 (VI26-0002)",
        "  asked for on 2026-03-05, to be given: VI26-0003/benefit.1",
        "✗ Fetched and brought (ours/gold): only for 会员 金卡, not for the level 银卡",
    ]
    assert counter.done("customer benefits 2 --on 2025-12-31").lines[2:] == [
        "✗ Filters cleaned (ours/clean): only for members (会员)",
        "✗ Fetched and brought (ours/gold): only for members (会员 金卡)",
    ]
    assert counter.done("customer benefits 1 --on 2026-03-04 --limit 2").lines[2] == (
        "✓ Filters cleaned (ours/clean): 2 of 2 left until 2026-12-31; free of charge; done within 2 days"
    )


def test_the_rows_have_every_field(counter: Counter) -> None:
    """Lists even when empty, null where there is nothing; money as text."""
    counter.done("visit add --about SA26-0001/1 --wants clean --at 2026-03-05")
    tea, clean, gold = counter.done("customer benefits 1 --format json").json
    assert (tea["state"], tea["why"], tea["limit"], tea["left"], tea["uses"], tea["for"]) == (
        "yes",
        None,
        None,
        None,
        [],
        [],
    )
    assert (clean["limit"], clean["from"], clean["to"]) == ({"times": 2, "per": "year"}, "2026-01-01", "2026-12-31")
    assert (clean["used"], clean["left"], clean["open"]) == (1, 1, ["VI26-0002/benefit.1"])
    assert (clean["units"], clean["until"], clean["within"]) == (["SA26-0001/1"], "2026-12-31", {"days": 2})
    assert (gold["state"], gold["why"], gold["cost"], gold["membership"]) == ("no", "other_level", "5.00", None)
    for fmt in ("csv", "tsv"):
        assert counter.done(f"customer benefits 1 --format {fmt}").lines[0].startswith("id")
    assert counter.done("customer benefits 1 --format ids").lines == ["ours/tea", "ours/clean", "ours/gold"]
    assert (
        counter.done("customer benefits 1 --fields id,left --format jsonl").lines[1]
        == '{"id": "ours/clean", "left": 1}'
    )


def test_a_shop_without_benefits_says_so(counter: Counter) -> None:
    """Data is empty; people are told where to read on."""
    counter.write("policies/ours.yaml", "id: ours\nissuer: shop\ntitle: t\n")
    said = counter.done("customer benefits 1")
    assert said.lines == ["CU26-0001 王建国 13800138000"]
    assert "no pack in force has benefits" in said.err
    assert counter.done("customer benefits 1 --format json").json == []


def test_wrong_words_are_usage_errors_and_unknown_names_are_not_found(counter: Counter) -> None:
    """Nobody, no day, no benefit, two that may be meant."""
    assert counter("customer benefits 赵六").code == 4
    assert counter("customer benefits 1 --on never").code == 2
    assert counter("visit add --customer 1 --wants cake").code == 4
    assert counter("visit add --customer 1 --wants benefit=tea,color=red").code == 2
    assert counter("visit add --customer 1 --outcome reached --wants-by fri").code == 2
    assert counter("visit add --customer 1 --gave tea --at 2027-01-01").code == 5
    counter.write("policies/more.yaml", PACK.replace("id: ours", "id: more"))
    several = counter("visit add --customer 1 --wants tea")
    assert several.code == 4
    assert "more/tea" in several.err


def test_a_contact_says_what_was_asked_for_by_its_full_name(counter: Counter) -> None:
    """By id, title or line; at the counter where nothing else is said; until when, where that was told."""
    said = counter.done("visit add --about SA26-0001/1 --wants 清洗滤网 --wants-by 2026-03-11")
    assert "promises VI26-0002/benefit.1 by Wed 11 March 2026" in said.err
    text = counter.text("VI26-0002")
    for line in ("channel: counter", "purpose: other", "outcome: reached", "benefit: ours/clean", "by: 2026-03-11"):
        assert line in text
    row = counter.done("due --within 30d --what benefit --format json").json[0]
    assert (row["line"], row["benefit"]) == ("ours/clean", {"en": "Filters cleaned", "zh": "清洗滤网"})
    assert row["keep_with"] == ["aftercare", "visit", "add", "--keeps", "VI26-0002/benefit.1", "--gave", "ours/clean"]
    kept = counter.done(*row["keep_with"][1:])
    assert "keeps VI26-0002/benefit.1, in time" in kept.err


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("visit add --customer 2 --wants gold", "only for members (会员 金卡)"),
        ("visit add --customer 2 --gave clean", "only for members (会员)"),
        ("visit add --about SA26-0001/1 --gave gold", "only for 会员 金卡, not for the level 银卡"),
        ("visit add --about SA26-0001/1 --gave clean --at 2026-03-03", "the membership begins on 2026-03-04"),
        ("visit add --customer 1 --outcome no_answer --wants tea", "the customer was not reached"),
    ],
)
def test_what_the_customer_has_no_right_to_is_refused(counter: Counter, command: str, why: str) -> None:
    """With the reason and where to look; nothing is written."""
    said = counter(command)
    assert said.code == 5
    assert why in said.err
    assert "aftercare customer benefits CU26-000" in said.err
    assert counter.done("visit list --format ids").lines == ["VI26-0001"]


def test_no_command_takes_more_than_there_is(counter: Counter) -> None:
    """Neither add nor set nor a file that is read in, also where the day lies before what was had since."""
    for __ in range(2):
        counter.done("visit add --about SA26-0001/1 --gave clean --at 2026-03-06")
    counter.done("visit add --customer 1 --outcome reached --at 2026-03-05")
    for command in (
        "visit add --about SA26-0001/1 --wants clean",
        "visit add --about SA26-0001/1 --gave clean --at 2026-03-04",
        "visit set 4 gave+=benefit=ours/clean",
    ):
        said = counter(command)
        assert (said.code, "2 of 2 used, until 2026-12-31" in said.err) == (5, True)
    counter.done("visit add --about SA26-0001/1 --gave tea")


def test_a_file_read_in_takes_no_more_than_there_is(counter: Counter) -> None:
    """All or nothing: one entry too many keeps the others out too."""
    usual = "customer: CU26-0002, channel: counter, purpose: other, at: 2026-03-06, outcome: reached"
    one = "{" + usual + ", gave: [{benefit: %s}]}"
    counter.write("many.yaml", "".join(f"- {one % name}\n" for name in ("ours/tea", "ours/gold")))
    said = counter("visit add --from many.yaml")
    assert (said.code, "only for members (会员 金卡)" in said.err) == (5, True)
    assert counter.done("visit list --format ids").lines == ["VI26-0001"]
    counter.write("many.yaml", f"- {one % 'ours/tea'}\n")
    assert counter.done("visit add --from many.yaml").lines == ["VI26-0002"]


def test_a_refusal_may_be_written_down(counter: Counter) -> None:
    """Of what was open it is a breach, of what was not it is nothing."""
    counter.done("visit add --customer 2 --wants benefit=clean,refused=不是会员")
    assert counter.done("check visits").lines == []
    counter.done("visit add --about SA26-0001/1 --wants benefit=clean,refused=今天太忙")
    said = counter("check visits")
    assert said.code == 1
    assert "benefit-refused 王建国: ours/clean was refused although it was open: 今天太忙" in said.out


def test_a_file_that_takes_too_much_is_a_fault_with_its_line(counter: Counter) -> None:
    """It promises nothing, stops nothing, and what has nothing to do with it is written all the same."""
    counter.write(
        "visits/2026/VI26-0009.yaml",
        "id: VI26-0009\ncustomer: CU26-0002\nchannel: counter\npurpose: other\nat: 2026-03-01\noutcome: reached\n"
        "wants:\n- {benefit: ours/clean}\n- {benefit: nothing}\ngave: [{benefit: ours/gold}]\n",
    )
    assert counter("check book").lines == [
        "visits/2026/VI26-0009.yaml:8: benefit ours/clean: only for members (会员)",
        "visits/2026/VI26-0009.yaml:9: benefit nothing: no pack in force has a benefit of that name",
        "visits/2026/VI26-0009.yaml:10: benefit ours/gold: only for members (会员 金卡)",
    ]
    assert counter.done("promise list --what benefit --format ids").lines == []
    counter.done("visit add --customer 2 --gave tea")


def test_the_timeline_tells_of_members_and_benefits(counter: Counter) -> None:
    """When the membership began, what was asked for, refused and given."""
    counter.done("visit add --about SA26-0001/1 --wants benefit=clean,refused=太忙 --gave tea --at 2026-03-05")
    told = counter.done("customer timeline 1").lines
    assert "2026-03-04 member: 会员 银卡 CU26-0001" in told
    assert any("refused: ours/clean 太忙, gave: ours/tea" in line for line in told)


def test_the_chinese_says_the_same(counter: Counter) -> None:
    """Titles are the pack's own, reasons the program's."""
    said = counter.done("customer benefits 2 --lang zh").lines
    assert said[1].startswith("✓ 茶水（ours/tea）：")
    assert "会员" in said[2]
    assert "only for" not in counter("visit add --customer 2 --gave clean --lang zh").err


def test_policy_show_tells_the_terms(counter: Counter) -> None:
    """For whom, how often, how soon, at what cost; in the row as the pack has them."""
    assert counter.done("policy show ours/gold").lines == [
        "ours/gold  Fetched and brought",
        "  a benefit for members (会员 金卡), about goods",
        "  without limit",
        "  from 2026-01-01: it costs 5.00",
    ]
    row = counter.done("policy show ours/clean --format json").json[0]
    assert row["kind"] == "benefit"
    assert row["limit"] == [{"since": "2026-01-01", "limit": {"times": 2, "per": "year"}}]
    assert "ours/clean" in [row["id"] for row in counter.done("policy show 空调 --format json").json]
