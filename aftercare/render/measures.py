"""What each measure of ``docs/score.md`` is called, why a case counts against it, and which kind it is of, in words."""

from __future__ import annotations

from aftercare.answers.measures.counting import Measure
from aftercare.language import word
from aftercare.render.promises import kind_name


def title(measure: Measure) -> str:
    """What a measure is called."""
    return measure.id.replace("_", " ")


def why(code: str) -> str:
    """Why a case counts against a measure."""
    return word(code)


def part(measure: Measure, name: str) -> str:
    """A kind of case."""
    return kind_name(name) if measure.id == "promises_kept" else word(name)
