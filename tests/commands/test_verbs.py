"""The shape of commands: groups that import nothing early, options whose help comes in the language in use."""

from __future__ import annotations

import click
import pytest

from aftercare import language
from aftercare.cli import COMMANDS, root
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, LaterOption, Verb, argument, option, question, verb
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
