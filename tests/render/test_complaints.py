"""A complaint's standing in sentences."""

from __future__ import annotations

import pytest

from aftercare import language
from aftercare.answers.progress import STAGES, Standing
from aftercare.plain.moments import parse
from aftercare.render.complaints import name_of, standing
from tests.answers import shop

SHELF = shop.shelf(shop.record("ST26-0001", name="李师傅", role="客服"))


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_its_sentence_in_both_languages(stage: str) -> None:
    """None is left in English, and none is the same as another."""
    said = next(iter(standing(Standing(stage, 1, "", None, 0), SHELF)))
    language.use("zh")
    in_chinese = next(iter(standing(Standing(stage, 1, "", None, 0), SHELF)))
    assert said.isascii()
    assert not in_chinese.isascii()


def test_people_are_called_by_their_names() -> None:
    """And since when they have it; one who has no file is called by what the record says."""
    lines = list(standing(Standing("answered", 3, "ST26-0001", parse("2026-06-02T09:00"), 2), SHELF))
    assert lines[1:] == [
        "in the hands of 李师傅 since 2026-06-02 09:00",
        "came back 2 times",
        "the customer came or called 2 times for it",
    ]
    assert name_of(SHELF, "ST26-0099") == "ST26-0099"


def test_nobody_and_nothing_are_said_too() -> None:
    """A complaint that nobody has, and for which the customer did not have to come."""
    lines = list(standing(Standing("received", 1, "", None, 0), SHELF))
    assert lines[1:] == ["in nobody's hands", "the customer did not have to come or call for it"]
