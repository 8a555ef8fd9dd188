"""``aftercare score`` and ``aftercare score show``: how good the service was, counted from the records."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Sequence
from typing import Any, get_args

import click

from aftercare.answers import filters
from aftercare.answers.ids_of_now import ids_of_now
from aftercare.answers.measures.all import BY_ID, LAWS, MEASURES, scores
from aftercare.answers.measures.beside import groups
from aftercare.answers.measures.counting import Measure, Per, Score, counted
from aftercare.answers.measures.evidence import EVIDENCE
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
_KNOWN = {one.id.casefold(): one for one in (*BY_ID.values(), *EVIDENCE)}
"""What can be shown, also what is counted for the national standard alone."""
_ELSEWHERE = {"L8": f"aftercare score show {scorecard.STANDARD}", "L9": "aftercare report maker REF"}
"""Laws that are no score, and what tells them."""
_NEAR = 0.75
"""How much of a name has to be right for another to be meant."""
SHOW = N_("One score: what it means, how it was reckoned, and the cases behind it.")


class _Law(click.Choice[str]):
    """A law with scores; of the two that have none it is said where they are told."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The law, in capitals or not."""
        if (law := fold(str(value)).upper()) in _ELSEWHERE:
            raise UsageProblem(_("--law: {law} is told by itself").format(law=law), _ELSEWHERE[law])
        return super().convert(law if law in LAWS else value, param, ctx)


def _shown_as(word: str) -> str:
    """The command that shows what a word means, where somebody left out the verb; "" where it means nothing."""
    said = _plain(word)
    known = _ELSEWHERE.get(said.upper(), "")
    return f"aftercare score show {_KNOWN[said].id}" if said in _KNOWN else known


@question(
    "score",
    N_("How good the service is, law by law, with how far chance reaches; nobody is ranked."),
    PERIOD,
    option("--compare", is_flag=True, text=N_("beside the period before")),
    option("--per", type=click.Choice(get_args(Per)), text=N_("a line for each")),
    option("--law", "laws", type=_Law(LAWS), multiple=True, text=N_("only this law")),
    *output_options(),
    table={"show": Entry("aftercare.commands.score:show", SHOW)},
    example="aftercare score --period 2026-Q1 --compare",
    instead=_shown_as,
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
    _refuse_of_no_list(name, choice, records=records)
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
            rows = filters.where(rows, text, session.moment_now(), ids_of_now(facts.shelf))
        emit(rows, score_page.case_columns(found, facts.shelf), choice, header=shown.CASE_FIELDS)
    elif choice.fmt == "table" and not choice.fields:
        put_lines(score_page.page(found, facts.now, _records_of(found, period)))
    else:
        emit_one(shown.row(found), choice)


def _refuse_of_no_list(name: str, choice: Choice, *, records: bool) -> None:
    """Neither a page nor one row can be sorted or cut; the indicators of the standard are rows but on its page."""
    is_rows = records or (fold(name).upper() == scorecard.STANDARD and (choice.fmt != "table" or choice.fields))
    asked = {"--sort": choice.sort, "--limit": choice.limit}
    for flag in (flag for flag, value in asked.items() if value is not None and not is_rows):
        if fold(name).upper() == scorecard.STANDARD:
            raise UsageProblem(_("{flag} goes with --fields or --format").format(flag=flag))
        raise UsageProblem(_("{flag} goes with --records").format(flag=flag))


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


def _plain(name: str) -> str:
    """A name without regard to capitals, width of letters, or dashes."""
    return fold(name).casefold().replace("-", "_")


def _named(name: str) -> Measure:
    """The measure that a name means, in capitals or not."""
    said = _plain(name)
    if said in _KNOWN:
        return _KNOWN[said]
    if said.upper() in _ELSEWHERE:
        raise UsageProblem(_("{law} is no score").format(law=said.upper()), _ELSEWHERE[said.upper()])
    sentence = _("there is no score {name}").format(name=name)
    near = difflib.get_close_matches(said, _KNOWN, n=3, cutoff=_NEAR)
    near += [one for one in _KNOWN if said and said in one and one not in near]
    if not near:
        raise UsageProblem(sentence, "aftercare score --format ids")
    raise UsageProblem(sentence, _("perhaps: {near}").format(near=", ".join(_KNOWN[one].id for one in near[:5])))


def _records_of(found: Score, period: str | None) -> str:
    within = f" --period {shlex.quote(fold(period))}" if period else ""
    return f"aftercare score show {found.measure.id}{within} --records"
