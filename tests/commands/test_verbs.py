"""The shape of commands: groups that import nothing early, options whose help comes in the language in use."""

from __future__ import annotations

from typing import Any

import click
import pytest

from aftercare import language
from aftercare.cli import COMMANDS, root
from aftercare.commands.later import LaterOption
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns, Verb, argument, option, question, verb
from aftercare.errors import UsageProblem


def test_a_table_entry_leads_to_its_command() -> None:
    """Every name of the root's table is a command of that name."""
    group = root()
    for name in COMMANDS:
        found = group.get_command(click.Context(group), name)
        assert found is not None
        assert found.name == name


def test_an_unknown_command_is_none() -> None:
    """Click then says so."""
    assert root().get_command(click.Context(root()), "nonsense") is None


def test_help_is_looked_up_when_it_is_shown() -> None:
    """An option that was made before the language was chosen still speaks it."""
    made = LaterOption(["--format"], help="how to print")
    context = click.Context(Verb("x"), obj=Session())
    language.use("zh")
    try:
        shown = made.get_help_record(context)
    finally:
        language.use("en")
    assert shown is not None
    assert shown[1] != "how to print"
    assert made.help == "how to print"


def weather(asked: list[dict[str, Any]]) -> Nouns:
    """A question with a verb beside it; what each was asked is kept in *asked*."""

    @verb("tell", "Tell one day.", option("--day"), option("--long", is_flag=True))
    def tell(_session: Session, **flags: Any) -> None:
        asked.append(flags)

    @question(
        "weather",
        "How the weather is.",
        option("--day"),
        option("--long", is_flag=True),
        option("--per"),
        table={"tell": Entry(lambda: tell, "Tell one day.")},
        example="aftercare weather",
    )
    def ask(_session: Session, **flags: Any) -> None:
        asked.append(flags)

    return ask


def typed(line: str) -> tuple[list[dict[str, Any]], Session]:
    """What was asked by a line behind the question's name, and the session it was asked in."""
    asked: list[dict[str, Any]] = []
    session = Session()
    with weather(asked).make_context("aftercare weather", line.split(), obj=session) as context:
        context.command.invoke(context)
    return asked, session


def test_a_question_is_asked_by_its_name_alone() -> None:
    """With its own flags; the verb beside it is asked with the verb's, and the question is not asked then."""
    assert typed("")[0] == [{"day": None, "long": False, "per": None}]
    assert typed("--day mon --long")[0] == [{"day": "mon", "long": True, "per": None}]
    assert typed("tell --day mon")[0] == [{"day": "mon", "long": False}]


@pytest.mark.parametrize("line", ["--today 2026-03-01 tell", "tell --today 2026-03-01", "--today 2026-03-01"])
def test_global_options_of_a_question_hold_wherever_they_stand(line: str) -> None:
    """Before the verb, behind it, or without one."""
    asked, session = typed(line)
    assert len(asked) == 1
    assert session.today == "2026-03-01"


@pytest.mark.parametrize(
    ("line", "sentence", "remedy"),
    [
        ("--day mon tell", "--day belongs behind the verb", "aftercare weather tell --day …"),
        ("--long tell", "--long belongs behind the verb", "aftercare weather tell --long"),
        ("--per x tell", "--per does not go with aftercare weather tell", "aftercare weather tell --help"),
    ],
)
def test_a_flag_before_the_verb_is_refused_and_not_forgotten(line: str, sentence: str, remedy: str) -> None:
    """It would be the question's, and the verb would answer as if nothing had been said: a whole year for a quarter."""
    with pytest.raises(UsageProblem) as caught:
        typed(line)
    assert (caught.value.sentence, list(caught.value.remedies)) == (sentence, [remedy])


def test_a_word_that_is_no_verb_is_refused() -> None:
    """It is not taken for the question."""
    with pytest.raises(click.UsageError, match="nonsense"):
        typed("nonsense")


def test_the_help_of_a_question_shows_flags_verbs_and_example() -> None:
    """Whoever asks for help learns of both ways."""
    context = click.Context(weather([]), info_name="aftercare weather", obj=Session())
    said = context.get_help()
    assert all(part in said for part in ("--day", "  tell  Tell one day.", "Example:", "  aftercare weather"))


def test_a_verb_of_a_question_is_no_file_of_that_name() -> None:
    """A question may take a FILE; ``report maker X`` asks its verb, and does not write into a file called maker."""
    said: list[str] = []

    @verb("maker", "One maker.", argument("ref"))
    def maker(session: Session, ref: str) -> None:
        del session
        said.append(f"maker {ref}")

    @question(
        "report",
        "All of it.",
        argument("file", required=False),
        option("--period"),
        table={"maker": Entry(lambda: maker, "One maker.")},
    )
    def report(session: Session, file: str | None, period: str | None) -> None:
        del session
        said.append(f"report {file} {period}")

    for words in (["maker", "x"], ["page.html"], ["--period", "maker", "page.html"], [], ["--period", "2026", "-"]):
        with report.make_context("report", words, obj=Session()) as context:
            report.invoke(context)
    assert said == ["maker x", "report page.html None", "report page.html maker", "report None None", "report - 2026"]


def test_a_question_may_take_a_word_and_have_verbs() -> None:
    """A word that is no verb of it is the word it takes, wherever its flags stand; a verb has its own."""
    said: list[dict[str, object]] = []
    table = {
        "maker": Entry(
            lambda: verb("maker", "x", argument("ref"))(lambda _session, ref: said.append({"ref": ref})), "x"
        )
    }
    params = (argument("file", required=False), option("--period"), option("--force", is_flag=True))
    asked = question("report", "x", *params, table=table)(lambda _session, **flags: said.append(flags))
    for line, expected in (
        ("", {"file": None, "period": None, "force": False}),
        ("page.html", {"file": "page.html", "period": None, "force": False}),
        ("page.html --period 2026 --force", {"file": "page.html", "period": "2026", "force": True}),
        ("--period maker page.html", {"file": "page.html", "period": "maker", "force": False}),
        ("--period=2026 -", {"file": "-", "period": "2026", "force": False}),
        ("-- maker", {"file": "maker", "period": None, "force": False}),
        ("maker PR26-0001", {"ref": "PR26-0001"}),
    ):
        said.clear()
        with asked.make_context("report", line.split(), obj=Session()) as context:
            context.command.invoke(context)
        assert said == [expected], line
    for line in ("a.html b.html", "--period 2026 maker PR26-0001", "--nonsense"):
        with (
            pytest.raises((click.UsageError, UsageProblem)),
            asked.make_context("report", line.split(), obj=Session()) as context,
        ):
            context.command.invoke(context)
