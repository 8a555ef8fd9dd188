"""The grammar of the command line: global options anywhere, a page for every command."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from aftercare.cli import COMMANDS, root, run
from aftercare.commands.nouns import GENERIC
from aftercare.commands.own_verbs import OWN
from aftercare.commands.session import Session
from aftercare.commands.verbs import Helped, Nouns
from aftercare.language import LANGUAGES
from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@pytest.mark.parametrize(
    "line",
    [
        "--today 2026-03-06 sale owed SA26-0001 --format jsonl",
        "sale --today 2026-03-06 owed SA26-0001 --format jsonl",
        "sale owed --today 2026-03-06 SA26-0001 --format jsonl",
        "sale owed SA26-0001 --format jsonl --today 2026-03-06",
        "sale owed SA26-0001 --format jsonl --today=2026-03-06",
        "--today 2020-01-01 sale owed SA26-0001 --format jsonl --today 2026-03-06",
    ],
)
def test_global_options_are_taken_in_any_position(counter: Counter, line: str) -> None:
    """Before the noun, before the verb, behind it, with or without ``=``; the last one counts."""
    first, *_ = counter.done(line).lines
    assert (json.loads(first)["id"], json.loads(first)["state"]) == ("SA26-0001/1/deliver", "due")


@pytest.mark.parametrize("line", ["-C other due", "due -C other", "due -Cother", "-C nowhere due -C other"])
def test_the_folder_may_stand_anywhere_too(counter: Counter, line: str) -> None:
    """``-C`` names the book wherever it stands."""
    (counter.folder / "other").mkdir()
    counter.write("other/aftercare.yaml", "git: no\n")
    assert counter.done(line).out == ""


def test_the_environment_names_what_the_options_name(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """``AFTERCARE_BOOK``, ``AFTERCARE_TODAY`` and ``AFTERCARE_LANG`` stand for the options; the options win."""
    counter.write("other/aftercare.yaml", "git: no\n")
    monkeypatch.setenv("AFTERCARE_BOOK", str(counter.folder / "other"))
    assert counter.done("due").out == ""
    assert "SA26-0001/1/deliver" in counter.done("-C . due").out
    monkeypatch.delenv("AFTERCARE_BOOK")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-06")
    assert counter.done("due --format ids").lines == ["SA26-0001/1/deliver"]
    assert len(counter.done("due --format ids --today 2026-03-10").lines) > 1
    monkeypatch.setenv("AFTERCARE_LANG", "zh")
    assert "送货" in counter.done("due").out
    assert "delivery" in counter.done("due --lang en").out


def test_a_book_is_found_from_below(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with git, the folder one is in may lie anywhere in the book; ``-C`` is taken as it is."""
    monkeypatch.chdir(counter.folder / "sales/2026")
    assert "SA26-0001/1/deliver" in counter.done("due --format ids").lines
    assert counter("-C . due").code == 2


def test_the_book_speaks_its_language_unless_asked(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """``language`` in the settings is what ``--lang`` says otherwise, and comes before the locale."""
    counter.write("aftercare.yaml", "language: zh\ngit: no\n")
    monkeypatch.delenv("AFTERCARE_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert "送货" in counter.done("due").out
    assert "delivery" in counter.done("--lang en due").out


def test_no_command_at_all_is_answered_with_the_help(counter: Counter) -> None:
    """On stderr, since nothing was asked that could be answered; exit 2."""
    for line in ("", "customer"):
        printed = counter(line)
        assert printed.code == 2
        assert printed.out == ""
        assert printed.err.startswith("Usage: aftercare")


def _pages() -> Iterator[tuple[str, ...]]:
    for name in COMMANDS:
        yield (name,)
        command = root().get_command(click.Context(root()), name)
        if isinstance(command, Nouns):
            yield from ((name, verb) for verb in command.list_commands(click.Context(command)))


@pytest.mark.parametrize("words", [*_pages()], ids=" ".join)
def test_every_command_has_a_page(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages a sentence that says what it is for, and an example that begins with the command itself."""
    for lang in LANGUAGES:
        assert run([*words, "--help", "--lang", lang]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        usage, empty, *rest = printed.out.splitlines()
        assert f" aftercare {' '.join(words)} " in usage
        sentence = "".join(rest[: rest.index("")])
        assert empty == ""
        assert sentence.startswith("  ")
        assert sentence.endswith((".", "。"))
        examples = [line.strip() for line in rest if line.strip().startswith("aftercare ")]
        assert any(line.startswith(f"aftercare {' '.join(words)}") for line in examples)


def test_the_root_lists_every_command_and_a_noun_every_verb(counter: Counter) -> None:
    """What there is can be found from the help alone; no book is needed for it."""
    (counter.folder / "aftercare.yaml").unlink()
    listed = counter.done("--help").out
    for name, entry in COMMANDS.items():
        assert f"  {name} " in listed
        assert entry.help.split()[-1] in listed
    for noun, own in OWN.items():
        page = counter.done(f"{noun} --help").out
        assert [verb for verb in {**GENERIC, **own} if f"  {verb} " not in page] == []


def _verbs(words: tuple[str, ...]) -> Helped:
    context = click.Context(root(), obj=Session())
    command: click.Command | None = root()
    for word in words:
        assert isinstance(command, Nouns)
        command = command.get_command(context, word)
    assert isinstance(command, Helped)
    return command


@pytest.mark.parametrize(
    "words", [w for w in _pages() if len(w) == 2 or w[0] not in {*OWN, "unit", "policy"}], ids=" ".join
)
def test_every_flag_of_an_example_is_one_of_the_command(words: tuple[str, ...]) -> None:
    """An example that the command would not take teaches a mistake."""
    command = _verbs(words)
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
    for line in command.example.splitlines():
        used = [word.partition("=")[0] for word in shlex.split(line) if word.startswith("--")]
        assert [word for word in used if word not in known] == []


def test_global_options_are_in_the_help_of_the_root_alone(counter: Counter) -> None:
    """Every command takes them; listing them on each page would bury its own flags."""
    assert "--as-of" in counter.done("--help").out
    assert "--as-of" not in counter.done("due --help").out
