"""Titles of commits: those of commands are known as such, and say nothing of a person."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare.book.titles import ALONE, VERBS, is_command, listed, parted

COMMANDS = Path(__file__).parent.parent.parent / "aftercare" / "commands"


def given() -> Iterator[tuple[str, str]]:
    """The titles that the commands give: where, and the text with a verb, a kind or an id in each gap."""
    for file in sorted(COMMANDS.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) != 3:
                continue
            title = node.args[2]
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called == "written" and isinstance(title, ast.JoinedStr):
                yield f"{file.name}:{node.lineno}", "".join(map(_filled, title.values))


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        gap = ast.unparse(part.value)
        return {"kind": "sale", "verb": "set", "verb_name": "set", "name": "set", "command": "accept"}.get(
            gap, "SA26-0001"
        )
    return str(part.value) if isinstance(part, ast.Constant) else ""


@pytest.mark.parametrize(("where", "title"), list(given()))
def test_every_title_of_a_command_is_known(where: str, title: str) -> None:
    """An undo that took a command for work by hand would pass over it and take back the one before it."""
    words = [word for word in title.split() if word != "SA26-0001"]
    assert is_command(title) or is_command(" ".join((*words, "SA26-0001"))), where


def test_enough_titles_were_looked_at() -> None:
    """The look finds them in the sources as they are written."""
    assert len(list(given())) > 20


@pytest.mark.parametrize(
    "title",
    [
        "init", "sale add SA26-0001", "claim repair in CL26-0001", "visit add VI26-0001..VI26-0300",
        "wish answer WI26-0001, WI26-0002", "staff train ST26-0001 ST26-0002", "sale retire SA26-0001/1",
        "promise keep SA26-0001/1/call-back.1", "import customer CU26-0001..CU26-0300", "policy: ours",
        "undo undo sale add SA26-0001", "accept late:SA26-0001/1/deliver",
    ],
)  # fmt: skip
def test_what_commands_are_called(title: str) -> None:
    """A kind, a verb of one or two words, ids; or a word that stands alone."""
    assert is_command(title)


@pytest.mark.parametrize(
    "title",
    [
        "", "sale", "sale add", "sale 12 put right", "sale add SA26-0001 by mistake", "Sale add SA26-0001",
        "customer add 王建国", "the shop as it was", "Merge branch 'side'", "customer set CU26-0001 13800138000",
    ],
)  # fmt: skip
def test_what_was_done_by_hand(title: str) -> None:
    """Any other title, and above all one with a name in it."""
    assert not is_command(title)


def test_many_records_and_the_words_of_a_verb() -> None:
    """The first and the last record; words end where anything else begins."""
    assert [listed([]), listed(["A"]), listed(["A", "B", "C"])] == ["", "A", "A..C"]
    assert parted(["repair", "in", "CL26-0001"]) == (["repair", "in"], ["CL26-0001"])
    assert not ALONE & set(VERBS)
