"""The shape of commands: groups that import nothing early, options whose help comes in the language in use."""

from __future__ import annotations

import click

from aftercare import language
from aftercare.cli import COMMANDS, root
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, LaterOption, Verb, argument, option, question, verb


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
