"""``aftercare report``: what is to be handed on of how the shop serves."""

from __future__ import annotations

from aftercare.commands.verbs import Entry, Nouns
from aftercare.language import N_

MAKER = N_("How a maker's goods served, what failed and what customers said of them, as one report to send.")


def report() -> Nouns:
    """The group of reports, made anew for each run."""
    return Nouns(
        "report",
        table={"maker": Entry("aftercare.commands.maker_report:maker_report", MAKER)},
        help=REPORT,
        example="aftercare report maker 华风电器 report.html",
    )


REPORT = N_("Reports to hand on: to the maker of goods.")
