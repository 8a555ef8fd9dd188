"""What a shell is told when somebody presses Tab: in bash's own way, and as words and meanings for the others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aftercare.cli import completed
from aftercare.commands import words
from aftercare.commands.session import Session
from aftercare.plain.text import printable
from aftercare.render import shells
from aftercare.render.shells import SCRIPTS, BashLine
from tests import words as drawn_words
from tests.attacks import poisoned
from tests.attacks.payloads import TAKEN
from tests.counter import Counter, opened

ROOT = Path(__file__).resolve().parent.parent.parent
Tab = Callable[..., list[str]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Counter:
    """The small shop of the counter, with its index."""
    counter = opened(tmp_path, capsys, monkeypatch)
    time.sleep(0.05)  # what was written within a tick of the clock is looked at again
    counter.done("due")
    return counter


@pytest.fixture
def tab(shop: Counter) -> Tab:
    """Presses Tab at the end of some words: what comes, as ``word meaning``."""

    def pressed(*typed: str) -> list[str]:
        shop.capsys.readouterr()
        assert completed(typed, Session(), "fish_complete") == 0
        out, err = shop.capsys.readouterr()
        assert err == ""
        return [line.split("\t", 1)[1].replace("\t", " ").strip() for line in out.splitlines()]

    return pressed


def _words(lines: list[str]) -> list[str]:
    return [line.split(" ")[0] for line in lines]


def test_commands_flags_and_choices(tab: Tab) -> None:
    """With what they are for, in the language that is asked for; flags of all commands too."""
    assert tab("bal") == ["balance Promises made, kept, broken and open, as a balance."]
    assert tab("--lang", "zh", "bal") == ["balance 承诺的试算平衡：作出、兑现、违背、未了。"] or tab(
        "--lang", "zh", "bal"
    )
    assert _words(tab("claim", "repair", "CL26-0001", "")) == ["in", "wait", "resume", "out"]
    assert "--verify" in _words(tab("sale", "list", "--ver"))
    assert _words(tab("due", "--format", "js")) == ["json", "jsonl"]
    assert tab("due", "--format=js")[0].startswith("--format=json")
    assert _words(tab("completion", "")) == ["bash", "zsh", "fish"]


def test_records_by_id_and_by_name(tab: Tab) -> None:
    """Of the kind that fits, with what each is called."""
    assert tab("sale", "show", "sa26-") == ["SA26-0002 单雪梅 折叠椅 空调 KFR-35", "SA26-0001 王建国 空调 KFR-35"]
    assert tab("sale", "list", "--customer", "王建国") == ["王建国 CU26-0001 13800138000"]
    assert _words(tab("due", "--by", "")) == ["ST26-0001", "ST25-0001", "张敏", "李师傅"]
    assert _words(tab("claim", "add", "--unit", "SA26-0002/")) == ["SA26-0002/1", "SA26-0002/2"]
    assert _words(tab("delivery", "sign", "DE26")) == ["DE26-0002", "DE26-0001"]
    assert _words(tab("delivery", "sign", "SA25")) == ["SA25-0009"]
    assert _words(tab("show", "CL")) == ["CL26-0001"]


def test_promises_that_are_still_owed(tab: Tab) -> None:
    """The latest behind their time first; of those that a command keeps by itself the spoken ones only."""
    every = tab("visit", "add", "--keeps", "")
    assert every[0].startswith("SA26-0001/1/deliver delivery 王建国 2026-03-06 18:00")
    assert tab("promise", "keep", "") == [one for one in every if one.startswith("PM")] != []


def test_categories_and_packs(tab: Tab) -> None:
    """In either language."""
    assert "空调 air conditioner" in tab("product", "add", "--category", "空")
    assert _words(tab("policy", "sources", "cn-bj")) == ["cn-bj-1997"]


def test_two_of_one_name_are_not_suggested_by_it(shop: Counter, tab: Tab) -> None:
    """Nobody knows who is meant."""
    shop.write("customers/2026/CU26-0009.yaml", "id: CU26-0009\nname: 王建国\n")
    shop.done("due")
    assert tab("customer", "show", "王建国") == []


@pytest.mark.parametrize(
    "words",
    [
        ("nothing", ""),
        ("sale", "nothing", ""),
        ("sale", "show", "\0"),
        ("due", "--lang", "xx", "--nothing", ""),
        ("",) * 9,
    ],
    ids=repr,
)
def test_what_is_wrong_says_nothing(tab: Tab, words: tuple[str, ...]) -> None:
    """No traceback and no message: it would stand in the middle of the line that is being typed."""
    assert tab(*words) == []


def test_outside_a_book_and_without_an_index(
    shop: Counter, tab: Tab, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Commands are known anywhere; of a book that nobody asked yet the ids are, by the names of its files."""
    monkeypatch.setenv("AFTERCARE_INDEX", "off")
    assert tab("sale", "show", "sa26-") == ["SA26-0002", "SA26-0001"]
    away = tmp_path_factory.mktemp("away")
    monkeypatch.chdir(away)
    assert tab("sale", "show", "") == []
    assert tab("-C", str(shop.folder), "sale", "show", "sa26-") == ["SA26-0002", "SA26-0001"]
    assert _words(tab("bal")) == ["balance"]
    assert list(away.iterdir()) == []


def test_nothing_is_written(shop: Counter, tab: Tab) -> None:
    """Not even the index of a book that has none."""
    for file in (shop.folder / ".aftercare").iterdir():
        file.unlink()
    assert _words(tab("customer", "show", "CU25")) == ["CU25-0007"]
    assert list((shop.folder / ".aftercare").iterdir()) == []


def test_what_cannot_be_seen_is_not_suggested(shop: Counter, tab: Tab) -> None:
    """A name that acts on a terminal is not put into a line."""
    hidden = next(text for text in TAKEN.values() if printable(text) != text and len(text) < 9)
    shop.write("customers/2026/CU26-0009.yaml", f"id: CU26-0009\nname: {poisoned.quoted(f'陈{hidden}x')}\n")
    shop.done("due")
    assert tab("customer", "show", "陈") == []


@pytest.mark.parametrize(
    ("typed", "words", "word", "quote"),
    [
        ("aftercare sale sh", ["aftercare", "sale"], "sh", ""),
        ("aftercare sale ", ["aftercare", "sale"], "", ""),
        ("aftercare show 'a b", ["aftercare", "show"], "a b", "'"),
        ('aftercare show "a \\" b', ["aftercare", "show"], 'a " b', '"'),
        ("aftercare show a\\ b", ["aftercare", "show"], "a b", ""),
        ("aftercare show '' x", ["aftercare", "show", ""], "x", ""),
    ],
)
def test_a_line_is_read_as_bash_reads_it(typed: str, words: list[str], word: str, quote: str) -> None:
    """Half a word in quotation marks is half a word."""
    line = BashLine.of({"COMP_LINE": typed})
    assert (line.words, line.word, line.quote) == (words, word, quote)


def test_bash_puts_in_what_we_say(shop: Counter) -> None:
    """In a real bash: signs that mean something to it are escaped, and what stands before a colon is not said twice."""
    shop.write("products/2026/PR26-0003.yaml", "id: PR26-0003\nname: 'cable: red & $x'\ncategory: goods\n")
    shop.done("due")
    program = shop.folder / "aftercare"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m aftercare "$@"\n')
    program.chmod(0o755)
    asked = SCRIPTS["bash"] + (
        '\nCOMP_LINE="$LINE and more"; COMP_POINT=${#LINE}; COMP_TYPE=9\n'
        "_aftercare_completion ./aftercare; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    for line, reply in (
        ("aftercare product show cab", "cable:\\ red\\ \\&\\ \\$x\n"),
        ("aftercare product show cable:", "\\ red\\ \\&\\ \\$x\n"),
        ("aftercare product show 'cab", "cable: red & $x\n"),
        ('aftercare product show "cab', "cable: red & \\$x\n"),
        ("aftercare sale sh", "show\n"),
    ):
        environment = {**os.environ, "LINE": line, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["bash", "--norc", "-c", asked], env=environment, capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == (reply, ""), line


def test_the_words_are_those_of_the_commands() -> None:
    """A flag that is missing there could not be completed: ``python -m tests.words`` draws them."""
    assert words.FILE.read_text(encoding="utf-8") == drawn_words.drawn()


def test_each_shell_has_its_script(shop: Counter) -> None:
    """Outside a book as well; another shell is wrong usage."""
    for shell, script in SCRIPTS.items():
        assert shop.done(f"completion {shell}").out == f"{script}\n"
        assert shells.SCRIPTS[shell].count("_AFTERCARE_COMPLETE") == 1
    assert shop("completion tcsh").code == 2
