"""The page of promises shows what was measured, and nothing else."""

from __future__ import annotations

from tests.torture.__main__ import LANES
from tests.torture.figures import PAGE, drawn, kept


def test_the_table_is_what_the_last_runs_found() -> None:
    """A figure that nobody measured would be a promise without a proof."""
    page = PAGE.read_text("utf-8")
    assert page == drawn(page)
    assert kept().keys() <= set(LANES)


def test_every_figure_that_is_shown_holds() -> None:
    """A lane that found something wrong is mended, not printed."""
    assert [figure.what for rows in kept().values() for figure in rows if not figure.holds] == []


def test_every_lane_is_explained() -> None:
    """Whoever reads a figure finds what was done for it."""
    page = PAGE.read_text("utf-8")
    assert [lane for lane in LANES if f"`{lane}`" not in page] == []
