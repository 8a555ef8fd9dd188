"""L10, what it brings (回头客、口碑).  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from aftercare.answers.measures.counting import Measure

MEASURES: tuple[Measure, ...] = ()
