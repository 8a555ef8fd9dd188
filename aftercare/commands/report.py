"""``aftercare report``: the service of a shop on one page, or on a page that is served to a browser on this machine."""

from __future__ import annotations

from datetime import date

import click

from aftercare.answers.period import Period
from aftercare.answers.reporting import last_year, report_of
from aftercare.commands.measuring import asked_period, facts_of
from aftercare.commands.printing import FORCE, printed
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, argument, option, question
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import day_of
from aftercare.render.report import report_page

MAKER = N_("How a maker's goods served, what failed and what customers said of them, as one report to send.")
PORT = 8765
"""Where the page is served if nothing else is said."""


@question(
    "report",
    N_("How good the service is, as a page of HTML: what is due, the scorecard, and the records behind every number."),
    argument("file", required=False, metavar="[FILE]"),
    option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: the last twelve months")),
    FORCE,
    option("--serve", is_flag=True, text=N_("show it to a browser on this machine until interrupted")),
    option("--port", type=click.IntRange(0, 65535), metavar="N", text=N_("with --serve: the port; absent: 8765")),
    table={"maker": Entry("aftercare.commands.maker_report:maker_report", MAKER)},
    example="aftercare report --period 2026-Q3 report.html\naftercare report --serve",
)
def report(session: Session, file: str | None, period: str | None, force: bool, serve: bool, port: int | None) -> None:
    """The page on stdout, in a file, or served."""
    if serve:
        if file is not None or force:
            raise UsageProblem(_("--serve writes no FILE"))
        from aftercare.commands.serving import serve_until_stopped  # nothing else asks for a network

        serve_until_stopped(session, period, PORT if port is None else port)
        return
    if port is not None:
        raise UsageProblem(_("--port goes with --serve"))
    if str(file).lower().endswith(".pdf"):
        raise UsageProblem(_("the report is a page of HTML: a browser prints it as PDF"))
    text = page_of(session, period)
    printed(session, None, lambda: text, file=file, fmt="html", force=force, has_code=False)


def page_of(session: Session, period: str | None, *, live: bool = False) -> str:
    """The page as the book is now."""
    __, facts = facts_of(session)
    today: date = day_of(facts.now)
    asked: Period = asked_period(session, period) if period is not None else last_year(today)
    return report_page(report_of(facts, asked), live=live)
