"""L6, competence (胜任).  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from aftercare.answers.measures.counting import Measure

MEASURES: tuple[Measure, ...] = ()
