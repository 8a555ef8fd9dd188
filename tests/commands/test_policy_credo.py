"""``policy credo``, the credo behind a finding, and on the papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

CREDO = """\
id: ours
issuer: shop
title: 本店
credo:
- {id: word, text: {en: We keep our word., zh: 说到做到。}, for: [on_time]}
- {id: two, text: {en: Two <b>, zh: 二}}
- {id: three, text: 三}
- {id: four, text: 四}
- {id: five, text: 五}
- {id: six, text: 第六条}
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March, with a credo of its own."""
    made = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    made.write("policies/ours.yaml", CREDO)
    return made


def test_it_is_printed_in_the_language_of_the_operator(counter: Counter) -> None:
    """Numbered as the findings number it; in machine formats in both languages."""
    assert counter.done("policy credo").lines[:2] == ["1. We keep our word.", "2. Two <b>"]
    assert counter.done("policy credo --lang zh").lines[0] == "1. 说到做到。"
    first = counter.done("policy credo --format json").json[0]
    assert first == {
        "id": "ours/word",
        "kind": "credo",
        "number": 1,
        "text": {"en": "We keep our word.", "zh": "说到做到。"},
        "for": ["on_time"],
        "pack": "ours",
        "from": None,
        "to": None,
    }
    assert counter.done("policy credo --limit 1").lines == ["1. We keep our word."]


def test_without_one_nothing_is_printed(counter: Counter) -> None:
    """An empty list, and the header of a CSV."""
    (counter.folder / "policies/ours.yaml").unlink()
    assert counter.done("policy credo").out == ""
    assert counter.done("policy credo --format json").json == []
    assert counter.done("policy credo --format csv").out == "id,kind,number,text,for,pack,from,to\n"


def test_a_finding_names_the_lines_that_it_offends(counter: Counter) -> None:
    """At the end of its line, and as a list; other findings and faults have an empty one."""
    late = "SA26-0001/1/late-delivery"
    (line,) = (line for line in counter("check").lines if f"[{late}," in line)
    assert line.endswith("(credo 1: We keep our word.)")
    rows = {row["id"]: row for row in counter("check --format json").json}
    assert [one["number"] for one in rows[late]["credo"]] == [1]
    assert rows["DE26-0001/unopened"]["credo"] == []
    counter.write("staff/2026/ST26-0002.yaml", "id: ST26-0002\nname: 赵六\nnickname: 小六\n")
    (fault,) = (row for row in counter("check --format json").json if row["kind"] == "fault")
    assert fault["credo"] == []


@pytest.mark.parametrize("paper", ["delivery sheet DE26-0002", "installation sheet SA26-0001", "claim slip CL26-0001"])
def test_it_stands_on_the_papers_that_go_to_the_customer(counter: Counter, paper: str) -> None:
    """Its first five lines, escaped, in the language of the paper."""
    counter.done("claim repair 1 in")
    page = counter.done(paper).out
    assert "What we hold ourselves to" in page
    assert "2. Two &lt;b&gt;" in page
    assert "5. 五" in page
    assert "第六条" not in page
    assert "本店信条" in counter.done(f"{paper} --lang zh").out
    (counter.folder / "policies/ours.yaml").unlink()
    assert "What we hold ourselves to" not in counter.done(paper).out


def test_policy_check_names_what_is_no_finding(counter: Counter) -> None:
    """With what is spelled alike; a code, a duty and conduct are known."""
    counter.write("policies/ours.yaml", CREDO.replace("[on_time]", "[on_time, conduct, late-promise, late-delivry]"))
    checked = counter("policy check")
    assert checked.code == 1
    assert checked.lines[0].startswith(
        "policies/ours.yaml:5: no-such-finding no duty and no finding is called “late-delivry”; perhaps: late-delivery"
    )
    assert len(checked.lines) == 1


def test_policy_show_knows_its_lines(counter: Counter) -> None:
    """By name, in words and as a row; and what a clause asks of who does a work."""
    assert counter.done("policy show ours/word").lines == ["ours/word  1. We keep our word."]
    assert counter.done("policy show ours/word --format json").json[0]["kind"] == "credo"
    counter.write(
        "policies/more.yaml",
        "id: more\nissuer: shop\ntitle: a\nduties:\n- {id: cold, duty: qualified, category: goods, for: [workshop],"
        " title: 持证, certificates: [制冷], trainings: [上门]}\n",
    )
    lines = counter.done("policy show more/cold").lines
    assert lines[2:] == ["  of who does this: workshop", "  with the certificate: 制冷", "  with the training: 上门"]
    (row,) = counter.done("policy show more/cold --format json").json
    assert (row["for"], row["certificates"], row["trainings"]) == (["workshop"], ["制冷"], ["上门"])
