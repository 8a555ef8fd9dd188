"""``aftercare score`` and ``aftercare score show``: how good the service was, counted from the records."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Sequence
from typing import Any, get_args

import click

from aftercare.answers import filters
from aftercare.answers.measures.all import BY_ID, LAWS, MEASURES, scores
from aftercare.answers.measures.beside import groups
from aftercare.answers.measures.counting import Measure, Per, Score, counted
from aftercare.answers.period import Period
from aftercare.commands.measuring import asked_period, facts_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, argument, option, output_options, question, verb
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.text import fold
from aftercare.render import score_page, scorecard
from aftercare.render import scores as shown
from aftercare.render.output import put_lines
from aftercare.render.rows import Choice, emit, emit_one

PERIOD = option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: all time"))
_RANKED_BY_NOTHING = ("id", "group", "law")
SHOW = N_("One score: what it means, how it was reckoned, and the cases behind it.")


@question(
    "score",
    N_("How good the service is, law by law, with how far chance reaches; nobody is ranked."),
    PERIOD,
    option("--compare", is_flag=True, text=N_("beside the period before")),
    option("--per", type=click.Choice(get_args(Per)), text=N_("a line for each")),
    option("--law", "laws", type=click.Choice(LAWS), multiple=True, text=N_("only this law")),
    *output_options(),
    table={"show": Entry("aftercare.commands.score:show", SHOW)},
    example="aftercare score --period 2026-Q1 --compare",
)
def score(
    session: Session, period: str | None, compare: bool, per: Per | None, laws: tuple[str, ...], **asked: Any
) -> None:
    """The scores of a period."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    _refuse_ranking(per, choice.sort)
    within = asked_period(session, period)
    if compare:
        _refuse_without_before(within, period)
    only = [measure for measure in MEASURES if not laws or measure.law in laws]
    _book, facts = facts_of(session)
    found = scores(facts, within, only=only, compare=compare)
    apart = {one.measure: groups(one, per) if per else [one] for one in found}
    if choice.fmt == "table" and not (choice.fields or choice.sort or choice.limit is not None):
        card = scorecard.told(apart, within, facts.now, per=per, shelf=facts.shelf, whole=not (laws or per))
        put_lines(card)
    else:
        rows = [shown.row(one, per) for group in apart.values() for one in group]
        emit(rows, scorecard.columns(per, facts.shelf), choice, header=shown.FIELDS)


def _refuse_ranking(per: Per | None, sort: str | None) -> None:
    """Persons stand in the order of their ids: a list by figures would be a ranking."""
    if per == "person" and sort and sort.removeprefix("-") not in _RANKED_BY_NOTHING:
        said = _("--sort: nobody is ranked; persons can be sorted by {fields}")
        raise UsageProblem(said.format(fields=", ".join(_RANKED_BY_NOTHING)))


def _refuse_without_before(within: Period, said: str | None) -> None:
    if within.is_open:
        raise UsageProblem(
            _("--compare needs a period with a beginning and an end"), "aftercare score --period 2026-Q1 --compare"
        )
    if within.before() is None:
        raise UsageProblem(_("--compare: there is no period before {period}").format(period=said))


@verb(
    "show",
    SHOW,
    argument("name", metavar="ID"),
    PERIOD,
    option("--records", is_flag=True, text=N_("the cases that were counted, one a line")),
    option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
    *output_options(),
    example="aftercare score show L2 --period 2026-Q1 --records",
)
def show(session: Session, name: str, period: str | None, records: bool, where: tuple[str, ...], **asked: Any) -> None:
    """One score and its cases."""
    if where and not records:
        raise UsageProblem(_("--where goes with --records"))
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    within = asked_period(session, period)
    if fold(name).upper() == scorecard.STANDARD:
        _standard(session, within, choice, records=records)
        return
    measure = _named(name)
    _book, facts = facts_of(session)
    found = counted(measure, facts, within)
    if records:
        rows: Sequence[Any] = [shown.case_row(found, case) for case in found.cases]
        for text in where:
            rows = filters.where(rows, text, session.moment_now(), facts.shelf)
        emit(rows, score_page.case_columns(found, facts.shelf), choice, header=shown.CASE_FIELDS)
    elif choice.fmt == "table" and not choice.fields:
        put_lines(score_page.page(found, facts.now, _records_of(found, period)))
    else:
        emit_one(shown.row(found), choice)


def _standard(session: Session, within: Period, choice: Choice, *, records: bool) -> None:
    """The national standard, which has indicators and no figure of its own."""
    from aftercare.answers.assessment import assessed  # only who asks for it reads the standard
    from aftercare.render import assessment as told

    if records:
        raise UsageProblem(_("--records: the standard is no figure and has no cases"), "aftercare score show L8")
    _book, facts = facts_of(session)
    found = assessed(facts, within)
    if choice.fmt == "table" and not choice.fields:
        put_lines(told.told(found))
    else:
        emit(told.rows(found), [], choice, header=told.FIELDS)


def _named(name: str) -> Measure:
    """The measure that a name means, in capitals or not."""
    said = fold(name).casefold().replace("-", "_")
    known = {one.casefold(): measure for one, measure in BY_ID.items()}
    if said in known:
        return known[said]
    near = [known[one].id for one in difflib.get_close_matches(said, known, n=3)]
    sentence = _("there is no score {name}").format(name=name)
    raise UsageProblem(sentence, _("there are: {known}").format(known=", ".join(near or BY_ID)))


def _records_of(found: Score, period: str | None) -> str:
    within = f" --period {shlex.quote(fold(period))}" if period else ""
    return f"aftercare score show {found.measure.id}{within} --records"
