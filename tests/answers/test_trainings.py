"""Trainings and the complaints that they answer."""

from __future__ import annotations

import pytest

from aftercare.answers.affairs import affairs_of
from aftercare.answers.trainings import about, lessons, wanted
from tests.answers import shop

WHOSE = "{person: ST26-0001, preventive: 全员培训}"
COMPLAINT = shop.record("CO26-0001", findings=WHOSE)


def _person(who: str, *trainings: str) -> str:
    return shop.record(who, name=who[-1], trainings=f"[{', '.join(trainings)}]" if trainings else "")


def test_several_people_on_one_day_are_one_lesson() -> None:
    """Another day, another subject or another complaint is another one; the earliest stands first."""
    rows = (
        "{on: 2026-06-10, what: 上门, answers: [CO26-0001]}",
        "{on: 2026-06-05, what: 上门, answers: [CO26-0001, CO26-0002]}",
        "{on: 2026-06-01, what: 其他}",
    )
    people = [_person("ST26-0001", *rows), _person("ST26-0002", rows[0])]
    shelf = shop.shelf(COMPLAINT, shop.record("CO26-0002"), *people)
    found = lessons(affairs_of(shelf)[shop.BUYER].taught)
    assert [(str(one.on), one.complaint, [person.id for person in one.people]) for one in found] == [
        ("2026-06-05", "CO26-0001", ["ST26-0001"]),
        ("2026-06-05", "CO26-0002", ["ST26-0001"]),
        ("2026-06-10", "CO26-0001", ["ST26-0001", "ST26-0002"]),
    ]


def test_a_complaint_knows_its_own_lessons() -> None:
    """By the id that it has now."""
    renamed = shop.record("CO26-0005", formerly="[CO26-0004]")
    shelf = shop.shelf(renamed, _person("ST26-0001", "{on: 2026-06-10, what: 上门, answers: [CO26-0004]}"))
    affairs = affairs_of(shelf)[shop.BUYER]
    assert [one.what for one in about(affairs.complaints[0], affairs)] == ["上门"]
    assert about(affairs.complaints[0], None) == []


@pytest.mark.parametrize(
    ("findings", "more", "is_wanted"),
    [
        (WHOSE, {}, True),
        ("{person: ST26-0001}", {}, False),
        ("{preventive: 全员培训}", {}, False),
        ("", {}, False),
        (WHOSE, {"withdrawn": "{on: 2026-06-09}"}, False),
    ],
)
def test_a_training_is_wanted_where_it_is_known_whose_work_it_was(
    findings: str, more: dict[str, str], *, is_wanted: bool
) -> None:
    """And what would prevent it; not of what the customer took back."""
    shelf = shop.shelf(shop.record("CO26-0001", findings=findings, **more), _person("ST26-0001"))
    assert bool(wanted(shelf)) is is_wanted


def test_a_training_that_answers_it_is_enough() -> None:
    """Whoever was taught."""
    shelf = shop.shelf(
        COMPLAINT, _person("ST26-0001"), _person("ST26-0002", "{on: 2026-06-10, what: 上门, answers: [CO26-0001]}")
    )
    assert wanted(shelf) == []
