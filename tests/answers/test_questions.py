"""What to ask first: each question is tried with each of its answers, and the most decisive one leads."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aftercare.answers.questions import Question, questions
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.load import in_force, shipped
from tests.answers.promised import ON, PACK, case, pack, verdict

HEAD = PACK[: PACK.index("lines:")] + "lines:\n"
THREE = HEAD + (
    "- {id: a, title: {en: A, zh: 甲}, grants: [repair], when: {goods_intact: yes, may_rescind: yes}}\n"
    "- {id: b, title: {en: B, zh: 乙}, grants: [refund], when: {goods_intact: yes}}\n"
    "- {id: c, title: {en: C, zh: 丙}, grants: [replace], when: {may_rescind: yes, same_model_available: yes}}\n"
)


def _asked(text: str, **said: Tree) -> list[Question]:
    def judge(more: Mapping[str, Tree]) -> Verdict:
        return verdict(text, {**said, **more})

    return questions(judge, judge({}), case(said), [pack(text)])


def test_a_settled_case_has_no_questions() -> None:
    """Nothing hinges on anything."""
    assert _asked(PACK, same_model_available="yes") == []


def test_the_question_that_settles_most_whatever_its_answer_leads() -> None:
    """Two remedies hang on each of two; only one of these settles something whichever way it goes."""
    first, second, third = _asked(THREE)
    assert [one.fact.name for one in (first, second, third)] == ["goods_intact", "may_rescind", "same_model_available"]
    assert [one.settles for one in (first, second, third)] == [1, 0, 0]
    assert (first.remedies, second.remedies) == (("repair", "refund"), ("repair", "replace"))


def test_each_answer_says_what_it_makes_of_the_remedies() -> None:
    """A yes opens one and leaves the other to be asked; a no closes both."""
    first = _asked(THREE)[0]
    yes, no = first.answers
    assert (yes.value, dict(yes.states)) == ("yes", {"repair": "ask", "refund": "open"})
    assert (no.value, dict(no.states)) == ("no", {"repair": "closed", "refund": "closed"})
    assert set(no.settles) == {"repair", "refund"}


def test_an_answer_makes_the_question_go_away() -> None:
    """What was said is not asked again, and the next question leads."""
    assert [one.fact.name for one in _asked(THREE, goods_intact="yes")] == ["may_rescind", "same_model_available"]


def test_a_day_is_tried_at_both_ends() -> None:
    """Sold on 2 March and judged on the 12th, the fault showed on one of these days."""
    raw: dict[str, Tree] = {"sold_on": "2026-03-02"}
    unknown = situation(raw, ON)

    def judge(more: Mapping[str, Tree]) -> Verdict:
        return decide([pack()], situation({**raw, **more}, ON))

    found = {one.fact.name: one for one in questions(judge, judge({}), unknown, [pack()])}
    assert [answer.value for answer in found["fault_on"].answers] == ["2026-03-02", "2026-03-12"]
    assert [answer.states["refund"] for answer in found["fault_on"].answers] == ["open", "closed"]


def test_a_part_is_tried_with_the_main_parts_and_another() -> None:
    """Of the goods' row in the table of the law."""
    packs = in_force(shipped(), country="CN", region="", named=["cn-1995-general"])
    raw: dict[str, Tree] = {"sold_on": "2024-03-04", "fault_on": "2025-06-01", "category": "refrigerator"}

    def judge(more: Mapping[str, Tree]) -> Verdict:
        return decide(packs, situation({**raw, **more}, ON))

    found = {one.fact.name: one for one in questions(judge, judge({}), situation(raw, ON), packs)}
    values = [answer.value for answer in found["component"].answers]
    assert values[-1] == "other"
    assert "压缩机" in values


@pytest.mark.parametrize(
    ("fact", "field", "where"),
    [
        ("same_model_available", "facts.same_model_available", ""),
        ("component", "fault.component", ""),
        ("fault_on", "fault.found_on", ""),
        ("sold_on", "", "sale: sold_on"),
    ],
)
def test_an_answer_is_kept_where_the_records_hold_it(fact: str, field: str, where: str) -> None:
    """A circumstance and the fault stand in the claim, the sale in the sale."""
    question = Question(vocabulary.fact(fact), "", (), ())
    assert (question.field, question.where) == (field, where)
