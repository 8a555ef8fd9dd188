"""The report on a page: what is due, the figures, and the way from each number to the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from aftercare.answers.due import row
from aftercare.answers.reporting import Report
from aftercare.language import _, plural
from aftercare.plain.moments import day_of
from aftercare.plain.words import echo
from aftercare.render import counted
from aftercare.render.behind import Records, anchor, lists
from aftercare.render.figures import Link, laws
from aftercare.render.names import called
from aftercare.render.page import page
from aftercare.render.promises import kind_name, lateness
from aftercare.render.score_words import in_words


class Key(NamedTuple):
    """A colour of a chart and what it stands for."""

    kind: str
    text: str


class Section(NamedTuple):
    """A section of the page: its title, and what it shows."""

    title: str
    lead: str


def report_page(report: Report, *, live: bool = False) -> str:
    """The report in the language in use; *live* where a server shows it, and a page for each record."""
    shelf = report.facts.shelf
    records = Records(shelf, live)
    behind = list(lists(report, records))
    return page(
        "report.html",
        shop=shelf.settings.shop_facts.name or "",
        on=echo(report.facts.now),
        faults=_unread(len(shelf.faults)),
        due=[*_due(report)],
        laws=[*laws(report)],
        weeks=counted.weeks(report),
        week_table=counted.week_table(report),
        states=[Key(kind, _(said)) for kind, said in counted.STATES],
        delivered=counted.delivered(report),
        delivered_table=counted.delivered_table(report),
        remedies=counted.spread(report, "remedies", _("Remedy"), _("What was decided about claims")),
        goods=counted.goods(report),
        ages=counted.spread(report, "complaint_age", _("Age in days"), _open_on(report)),
        complaints=counted.complaints(report),
        complaint_table=counted.complaint_table(report),
        complaint_keys=[Key("open", _("came in")), Key("kept", _("resolved"))],
        behind=behind,
        words=_words(report),
        sections=_sections(report),
        due_heads=[_("When"), _("To do"), _("Customer"), _("Phone"), _("About"), _("By")],
        other_heads=[_("Figure"), _("Value"), _("Of")],
        case_heads=[_("ID"), _("Day"), _("How it stands"), _("Customer")],
        record_heads=[_("ID"), _("Kind"), _("Who and what"), _("File")],
        delivered_keys=[Key("kept", _("on time in full")), Key("late", _("late, broken or overdue"))],
        records=records.entries(),
    )


def absent_page() -> str:
    """What is served where there is no page: the way back, in the language in use."""
    return page("report.absent.html", title=_("There is nothing here"), back=_("Back to the report"))


def _unread(count: int) -> str:
    """What the report is made without, because a file could not be read."""
    if not count:
        return ""
    said = plural(
        "{count} fault in the book's files: what stands there is not counted.",
        "{count} faults in the book's files: what stands there is not counted.",
        count,
    )
    return said.format(count=count)


def _ahead(report: Report) -> str:
    """Why the figures are empty, of a period of which nothing can be known yet."""
    if not report.is_ahead:
        return ""
    today = day_of(report.facts.now)
    return _("The period lies after today ({day}): nothing of it can be counted.").format(day=today.isoformat())


def _open_on(report: Report) -> str:
    return _("Complaints that were open on {day}, by their age").format(day=report.last.isoformat())


def _none_open(report: Report) -> str:
    """That no complaint was open at the end of the period, or today; "" of a period that lies ahead."""
    if report.is_ahead:
        return ""
    return _("No complaint was open on {day}.").format(day=report.last.isoformat())


def _due(report: Report) -> Iterator[Mapping[str, Any]]:
    """The promises to keep today, each as somebody needs it who keeps it."""
    facts = report.facts
    for promise in report.due:
        told = row(promise, facts.ledger, facts.now)
        about = told["words"] or called(facts.shelf, told["part"]) or told["product"] or ""
        yield {
            "late": lateness(told, facts.now),
            "is_late": promise.state == "overdue",
            "urgent": bool(told["urgent"]),
            "what": Link(kind_name(promise.what), f"#{anchor('due', promise.id)}"),
            "name": told["name"] or _("the shop"),
            "phone": told["phone"] or "",
            "about": about,
            "person": called(facts.shelf, promise.person).partition(" ")[0] if promise.person else "",
            "id": promise.id,
        }


def _words(report: Report) -> Mapping[str, str]:
    """What stands in more than one place of the page, or in none of its sections."""
    return {
        "title": _("Service report"),
        "period": _("Figures of {period}").format(period=in_words(report.period)),
        "ahead": _ahead(report),
        "skip": _("Skip to the report"),
        "contents": _("Contents"),
        "numbers": _("The numbers"),
        "urgent": _("URGENT"),
        "nothing_due": _("Nothing is overdue, and nothing is due today."),
        "nothing": _("Nothing in this period."),
        "none_open": _none_open(report),
        "fewer": _("fewer is better"),
        "clearly": _("a clear change"),
        "by_month": _("By month:"),
        "others": _("Further figures"),
        "records": _("The records"),
        "foot": _("Reckoned from the book's records on {when}. Whoever has this file has the names in it.").format(
            when=echo(report.facts.now)
        ),
    }


def _sections(report: Report) -> Mapping[str, Section]:
    """The sections by their places, in their order."""
    return {
        "due": Section(_("Due today and overdue"), _("What to do, for whom and until when; most late first.")),
        "score": Section(
            _("Scorecard"),
            _(
                "The laws of service, counted. The bar shows how far chance may reach (95 %): of few cases it is long. "
                "The line is the trend, month by month."
            ),
        ),
        "ledger": Section(
            _("Promises by week"),
            _(
                "Of the twelve weeks up to that of {day}: made equals kept, kept late, broken, open and owed no more."
            ).format(day=report.last.isoformat()),
        ),
        "deliveries": Section(_("Delivery punctuality"), _("Sales of which everything came in time.")),
        "claims": Section(_("Claims by remedy"), _("What was decided about claims, refusals too.")),
        "goods": Section(
            _("Product quality"), _("Faults against the units sold; of fewer than ten units no rate is told.")
        ),
        "complaints": Section(
            _("Complaints"), _("What came in, what was resolved, and what was open for how long at the end.")
        ),
        "behind": Section(
            _("The records behind the numbers"),
            _("Each number above leads to its cases here, and each case to its record."),
        ),
    }
