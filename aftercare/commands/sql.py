"""``aftercare sql "SELECT …"``: questions that no command asks, of tables that promise to stay as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.render.rows import Choice, Column, emit

if TYPE_CHECKING:
    from aftercare.answers.asking.confined import Answer, Confined
    from aftercare.answers.recalled import Recalled

_PATIENCE = 10.0


@verb(
    "sql",
    N_("Ask the book in SQL: one SELECT, of tables that --tables lists; it can only ask, and change nothing."),
    argument("question", required=False, metavar="SELECT|-"),
    option("--tables", is_flag=False, flag_value="", metavar="[NAME]", text=N_("list the tables, or what is in one")),
    option(
        "--timeout",
        type=click.FloatRange(min=0, max=86_400),
        default=_PATIENCE,
        show_default=True,
        metavar="SECONDS",
        text=N_("how long an answer may take"),
    ),
    *output_options(),
    example=(
        "aftercare sql \"SELECT state, count(*) FROM promises WHERE what = 'deliver' GROUP BY state\"\n"
        "aftercare sql --tables sales"
    ),
)
def sql(session: Session, question: str | None, tables: str | None, timeout: float, **asked: Any) -> None:
    """The answer, with the columns as the question names them."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    if tables is not None:
        if question:
            raise UsageProblem(_("either a question or --tables"))
        _list_tables(tables, choice)
        return
    if timeout != timeout:  # noqa: PLR0124 - what is no number is no other number either
        raise UsageProblem(_("--timeout: “{text}” is not a number").format(text=timeout))
    if question == "-":
        question = _typed()
    if not (question or "").strip():
        raise UsageProblem(_("the question is missing"), 'aftercare sql "SELECT id, name FROM customers"')
    from contextlib import closing

    from aftercare.answers.asking import tables as known
    from aftercare.answers.asking.confined import Confined

    with closing(Confined(known.schema(), known.NAMES)) as database:
        answer = _answered(session, database, str(question), timeout)
    _emit(answer, choice)


def _typed() -> str:
    """The question that comes on stdin."""
    from aftercare.answers.asking.confined import LONGEST_QUESTION

    data = sys.stdin.buffer.read(LONGEST_QUESTION + 1)
    if len(data) > LONGEST_QUESTION:
        raise UsageProblem(_("the question is longer than {size} bytes").format(size=LONGEST_QUESTION))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(_("the question is not UTF-8")) from None


def _answered(session: Session, database: Confined, question: str, timeout: float) -> Answer:
    from aftercare.answers.asking import filling
    from aftercare.answers.asking.tables import FINDINGS, PROMISES

    reads = database.reads(question, timeout)
    if FINDINGS in reads:
        filling.fill_findings(database, _findings(session))
    if PROMISES in reads and (recalled := session.recalled()):
        filling.fill_promises(database, filling.promises_recalled(recalled))
        _fill_by_index(database, reads, recalled)
    elif PROMISES in reads or not _filled_by_index(session, database, reads):
        _fill_by_records(session, database, reads)
    return database.answer(question, timeout)


def _findings(session: Session) -> Iterable[Mapping[str, Any]]:
    """What ``check --all`` finds.  The index is let go of, so that another question of it has it to itself."""
    from aftercare.commands.check import found_in

    rows = list(found_in(session, "", with_settled=True).rows)
    session.close()
    return rows


def _fill_by_index(database: Confined, reads: Mapping[str, set[str]], recalled: Recalled) -> None:
    from aftercare.answers.asking import filling
    from aftercare.answers.looked_up import LookedUp

    filling.fill_records(database, reads, LookedUp(recalled.index))


def _filled_by_index(session: Session, database: Confined, reads: Mapping[str, set[str]]) -> bool:
    """Whether the index knows the records, which then stand in the tables."""
    from aftercare.answers.asking import filling
    from aftercare.commands.looking_up import looked_up

    register = looked_up(session)
    if register is not None:
        filling.fill_records(database, reads, register)
    return register is not None


def _fill_by_records(session: Session, database: Confined, reads: Mapping[str, set[str]]) -> None:
    from aftercare.answers.asking import filling
    from aftercare.answers.asking.tables import PROMISES
    from aftercare.answers.finding import OfShelf

    book = session.book()
    shelf = session.read(book)
    if PROMISES in reads:
        filling.fill_promises(database, filling.promises_in(session.ledger_in(book, shelf)))
    filling.fill_records(database, reads, OfShelf(shelf))


def _emit(answer: Answer, choice: Choice) -> None:
    if choice.fmt == "ids" and "id" not in answer.columns:
        raise UsageProblem(_("the answer has no column {name}").format(name="id"))
    answer.rows.reverse()  # so that each row goes as it is taken: no answer stands in memory twice
    rows = [dict(zip(answer.columns, map(_plain, answer.rows.pop()), strict=True)) for _row in range(len(answer.rows))]
    emit(rows, [Column(name, name, is_ours=False) for name in answer.columns], choice, header=answer.columns)


def _plain(value: Any) -> Any:
    """A value that every format can say: bytes in hexadecimal, what is no number as a word."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return str(value)
    return value


def _list_tables(name: str, choice: Choice) -> None:
    from aftercare.answers.asking import meanings

    if not name:
        columns = [Column("table", N_("table")), Column("meaning", N_("meaning"))]
        emit(meanings.of_tables(), columns, choice, header=["table", "meaning"])
        return
    titles = {"column": N_("column"), "type": N_("type"), "meaning": N_("meaning")}
    emit(
        meanings.of_columns(name),
        [Column(field, title) for field, title in titles.items()],
        choice,
        header=["table", *titles],
    )
