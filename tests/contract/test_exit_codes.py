"""Exit codes: each provoked, with one line on stderr, and the book as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aftercare.book import locking
from aftercare.book.locking import held
from tests import counter as small_shop
from tests.counter import Counter

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _refused(counter: Counter, code: int, line: str, *more: str) -> list[str]:
    """The lines on stderr of a command that must end with *code*, print nothing and change nothing."""
    before = counter.files()
    printed = counter(line, *more)
    assert (printed.code, printed.out) == (code, ""), printed.err
    assert counter.files() == before
    lines = printed.err.splitlines()
    told = [text for text in lines if text.startswith("aftercare: ")]
    assert len(told) == 1
    assert len(lines) - lines.index(told[0]) <= 2, "the sentence, and a remedy where there is one"
    return lines[lines.index(told[0]) :]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("nonsense", "nonsense"),
        ("customer nonsense", "nonsense"),
        ("customer show", "REF"),
        ("customer show CU26-0001 CU26-0002", "CU26-0002"),
        ("customer list --bogus", "--bogus"),
        ("--today sometime due", "sometime"),
        ("--today 2026-02-30 due", "2026-02-30"),
        ("--as-of never due", "never"),
        ("--lang fr due", "--lang"),
        ("--color pink due", "--color"),
        ("-C nowhere due", "nowhere"),
        ("customer add", "--name"),
        ("customer add --name '  '", "--name"),
        ("customer add --name x --birthday 2026-13-01", "--birthday"),
        ("customer add --name x --need young", "--need"),
        ("customer add --name x --distance-km far", "--distance-km"),
        ("customer add --name x --since whenever", "--since"),
        ("customer add --name x --from a.yaml", "--from"),
        ("product add --name x", "--category"),
        ("product add --name x --category 飞船", "--category"),
        ("product add --name x --category 空调 --weight-kg heavy", "--weight-kg"),
        ("sale add --customer CU26-0001", "--product"),
        ("sale add --product PR26-0001 --price 1", "--customer"),
        ("sale add --customer CU26-0001 --product PR26-0001 --price cheap", "--price"),
        ("sale add --customer CU26-0001 --product PR26-0001 --qty 0", "--item"),
        ("sale add --customer CU26-0001 --product PR26-0001 --qty 1.5", "--item"),
        ("sale add --customer CU26-0001 --item price=1", "--item"),
        ("sale add --customer CU26-0001 --item PR26-0001", "--item"),
        ("sale add --customer CU26-0001 --name x --product PR26-0001", "--name"),
        ("sale add --phone 1 --product PR26-0001", "--phone"),
        ("sale add --customer CU26-0001 --product PR26-0001 --deliver-by soonish", "--deliver-by"),
        ("sale add --customer CU26-0001 --product PR26-0001 --deliver-from 2026-03-11", "--deliver-by"),
        ("delivery add", "--sale"),
        ("delivery add --sale SA26-0001 --items one", "--items"),
        ("delivery add --sale SA26-0002 --items 3", "--items"),
        ("delivery add --sale SA26-0002 --items 1:11", "--items"),
        ("delivery add --sale SA26-0001 --signed-by x", "--signed-at"),
        ("delivery sign SA26-0001", "--by"),
        ("delivery sign SA26-0001 --by x --at someday", "someday"),
        ("delivery sign SA26-0001 --by x --charged lots", "--charged"),
        ("delivery attempt DE26-0002 --outcome asleep", "--outcome"),
        ("delivery postpone DE26-0002 --to tomorrow --reason x", "--asked-by"),
        ("delivery postpone DE26-0002 --to tomorrow --asked-by me --reason x", "--asked-by"),
        ("claim add --found-on 2026-03-01", "--unit"),
        ("claim add --unit SA25-0009/1 --fact same_model_avail=yes", "same_model_available"),
        ("claim add --unit SA25-0009/1 --exclusion bad_luck", "--exclusion"),
        ("claim check CL26-0001 --on someday", "--on"),
        ("claim check CL26-0001 --on 2025-05-01", "SA25-0009/1"),
        ("unit remedies SA25-0009/1 --found-on 2026-03-11", "--fault-on"),
        ("unit remedies SA25-0009/1 --same-model-available maybe", "--same-model-available"),
        ("unit remedies SA25-0009/1 --repairs in=2026-03-01,because=rain", "--repairs"),
        ("visit add --outcome reached", "--customer"),
        ("visit add --customer CU26-0001", "--outcome"),
        ("visit add --customer CU26-0001 --outcome reached --satisfaction 6", "--satisfaction"),
        ("visit add --customer CU26-0001 --outcome reached --answer 正常", "--answer"),
        ("visit add --customer CU26-0002 --about SA26-0001/1 --outcome reached", "--customer"),
        ("promise add --to CU26-0001 --due fri", "--what"),
        ("promise add --to CU26-0001 --what x", "--due"),
        ("promise add --what x --due fri", "--to"),
        ("promise release SA26-0001/1/deliver", "--reason"),
        ("staff remove ST26-0001", "--yes"),
        ("customer set CU26-0001", "PATH"),
        ("customer set CU26-0001 name", "name"),
        ("init", "DIR"),
        ("init other --country China", "country"),
        ("init other --lang fr", "--lang"),
        ("check everything", "everything"),
        ("find", "TEXT"),
        ("import sale", "FILE"),
    ],
)
def test_wrong_use_is_2_and_names_what_is_wrong(counter: Counter, line: str, named: str) -> None:
    """One line with the flag, the word or the argument; nothing is asked where there is no terminal."""
    first, *_remedy = _refused(counter, 2, line)
    assert named in first


@pytest.mark.parametrize(
    "line",
    [
        "customer list",
        "due",
        "sale owed SA26-0001",
        "customer show CU26-0001",
        "balance",
        "claim check CL26-0001",
        "unit remedies SA25-0009/1",
    ],
)
def test_a_file_that_is_not_valid_is_3_and_the_rest_is_printed(counter: Counter, line: str) -> None:
    """Every fault as ``FILE:LINE: CODE message`` on stderr; what can be said is said."""
    good = counter.done(line, "--format", "json").json
    counter.write("staff/2026/ST26-0005.yaml", "id: ST26-0005\nrole: x\nphone: [1]\n")
    counter.write("staff/2026/ST26-0006.yaml", "id: ST26-0006\nname: a: b\n")
    counter.write("notes.txt", "nothing to do with us\n")
    printed = counter(line, "--format", "json")
    assert printed.code == 3
    assert printed.json == good
    assert [text.split(" ")[:2] for text in printed.err.splitlines()] == [
        ["staff/2026/ST26-0005.yaml:1:", "missing"],
        ["staff/2026/ST26-0005.yaml:3:", "shape"],
        ["staff/2026/ST26-0006.yaml:2:", "yaml-syntax"],
    ]


def test_an_invalid_file_beats_what_exit_code_asks_for(counter: Counter) -> None:
    """3, not 1: an answer from an incomplete book is not the answer asked for."""
    assert counter("due --exit-code").code == 1
    counter.write("staff/2026/ST26-0005.yaml", "id: ST26-0005\n")
    assert counter("due --exit-code").code == 3
    assert counter("sale owed SA26-0001 --exit-code").code == 3


def test_an_unrelated_bad_file_does_not_stop_a_writing_command(counter: Counter) -> None:
    """What is written is sound, so it is written."""
    counter.write("staff/2026/ST26-0005.yaml", "id: ST26-0005\n")
    for line in (
        "customer add --name 赵六",
        "customer set CU26-0001 note=x",
        "delivery sign DE26-0002 --by 王建国",
        "visit remove VI26-0001 --yes",
        "promise keep PM26-0001",
    ):
        assert counter(line).code in {0, 3}
    assert "note: x" in counter.text("CU26-0001")
    assert "signed" in counter.text("DE26-0002")
    assert "removed" in counter.text("VI26-0001")
    assert "kept" in counter.text("PM26-0001")
    assert "赵六" in counter.text("CU26-0003")


def test_a_faulty_pack_of_the_shop_is_one_line(counter: Counter) -> None:
    """3, one line, and the rest goes on."""
    good = counter.done("due --format ids").out
    counter.write("policies/own.yaml", "id: own\nissuer: shop\ntitle: x\nplan: []\n")
    printed = counter("due --format ids")
    assert (printed.code, printed.out) == (3, good)
    assert printed.err.startswith("policies/own.yaml:")
    assert len(printed.err.splitlines()) == 1
    counter.write("policies/own.yaml", "id: own\nissuer: shop\ntitle: x\nplan: []\nline: []\n")
    assert len(counter("due --format ids").err.splitlines()) == 1
    assert len(counter("policy check").out.splitlines()) == 2


@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("customer show 没有", 0),
        ("customer show CU26-0099", 0),
        ("show nothing-like-it", 0),
        ("unit show SA26-0001/2", 0),
        ("promise show SA26-0001/1/dance", 0),
        ("promise keep PM26-0099", 0),
        ("visit add --keeps SA26-0001/1/dance --outcome reached", 0),
        ("customer set 没有 note=x", 0),
        ("customer remove 没有 --yes", 0),
        ("sale add --customer 没有 --product PR26-0001", 0),
        ("sale add --customer CU26-0001 --product 没有", 0),
        ("due --by 没有", 0),
        ("customer show 王建", 2),
        ("sale show KFR-35", 0),
        ("unit show SA26-0002", 2),
        ("claim check CL26-0099", 0),
        ("claim letter CL26-0099", 0),
        ("policy explain CL26-0099", 0),
        ("unit remedies SA25-0009/2", 0),
        ("unit remedies SA26-0002", 2),
        ("claim add --unit SA26-0002 --found-on 2026-03-09", 2),
    ],
)
def test_none_or_several_is_4(counter: Counter, line: str, candidates: int) -> None:
    """No record: one line.  Several: the candidates, each with its id and the words by which it is known."""
    before = counter.files()
    printed = counter(line)
    assert (printed.code, printed.out) == (4, "")
    assert counter.files() == before
    lines = printed.err.splitlines()
    told = next(n for n, text in enumerate(lines) if text.startswith("aftercare: "))
    assert len(lines[told + 1 :]) == candidates
    assert all(text[:2] in {"CU", "SA"} and " " in text for text in lines[told + 1 :])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("customer remove CU26-0001 --yes", "SA26-0001"),
        ("product remove PR26-0002 --yes", "SA26-0002"),
        ("sale remove SA26-0002 --yes", "DE26-0001"),
        ("customer set CU26-0001 id=CU26-0009", "id"),
        ("customer add --name x --since tomorrow", "2026-03-11"),
        ("delivery sign DE26-0002 --by x --at 明天", "2026-03-11"),
        ("delivery sign DE26-0001 --by 别人", "DE26-0001"),
        ("delivery attempt SA25-0009 --outcome refused", "SA25-0009"),
        ("promise keep SA26-0001/1/deliver", "SA26-0001/1/deliver"),
        ("promise apologise SA26-0001/1/revisit.1", "SA26-0001/1/revisit.1"),
        ("init .", "."),
    ],
)
def test_a_rule_of_the_book_refuses_with_5(counter: Counter, line: str, why: str) -> None:
    """The fact that stands against it is named."""
    assert why in _refused(counter, 5, line)[0]


@contextmanager
def _held_by_another(book: Path) -> Iterator[None]:
    """Another process that holds the book."""
    program = (
        "import sys, time; from pathlib import Path; from aftercare.book.locking import held\n"
        "with held(Path(sys.argv[1]), 'sale add'):\n    print('held', flush=True); time.sleep(300)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(book)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
    finally:
        other.kill()
        other.communicate()


def test_a_book_that_another_process_holds_is_75(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, the book is as it was, and reading goes on meanwhile."""
    monkeypatch.setattr(locking, "held", lambda root, command: held(root, command, 0.2))
    with _held_by_another(counter.folder):
        first, remedy = _refused(counter, 75, "customer add --name x")
        assert "sale add" in first
        assert "nothing was written" in remedy
        assert counter.done("due --format ids").out
    assert counter.done("customer add --name x").out == "CU26-0003\n"


WAITING = """\
import sys
from aftercare import cli
from aftercare.book import locking
held = locking.held
def said(*of):
    print("waiting", flush=True)
    return held(*of)
locking.held = said
cli.main()
"""


def test_waiting_can_be_interrupted_with_130(counter: Counter) -> None:
    """Ctrl-C while the book is held by another: one line, and nothing was written."""
    before = counter.files()
    words = [sys.executable, "-c", WAITING, "customer", "add", "--name", "x"]
    with _held_by_another(counter.folder):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        waiting = subprocess.Popen(
            words, cwd=counter.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "waiting\n"
        time.sleep(0.3)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, out, err) == (130, "", "aftercare: interrupted\n")
    assert counter.files() == before


def test_a_commit_that_fails_is_6_and_the_record_is_there(counter: Counter) -> None:
    """Saved, the id printed, the reason in one line."""
    counter.done("init git-book --git")
    shutil.rmtree(counter.folder / "git-book/.git/objects")
    (counter.folder / "git-book/.git/objects").write_text("")
    printed = counter("-C git-book customer add --name 王建国")
    assert printed.code == 6
    assert printed.out == "CU26-0001\n"
    assert [line for line in printed.err.splitlines() if line.startswith("aftercare: saved, but not committed")]
    assert (counter.folder / "git-book/customers/2026/CU26-0001.yaml").is_file()


def test_done_is_0_also_when_there_is_nothing(counter: Counter) -> None:
    """An empty list is an answer; ``--exit-code`` makes something found a 1."""
    assert counter("due --what refund --exit-code").code == 0
    assert counter("due").code == 0
    assert counter("due --exit-code").code == 1
    assert counter("sale owed SA26-0001").code == 0
    assert counter("sale owed SA26-0001 --exit-code").code == 1
    assert counter("check book").code == 0
    assert counter("check").code == 1
    counter.write("staff/2026/ST26-0002.yaml", "id: ST26-0002\nname: a\nnmae: b\n")
    assert counter("check book").code == 1


def test_errors_are_in_the_language_asked_for(counter: Counter) -> None:
    """Wherever ``--lang`` stands, and though the command failed before it was read."""
    for line in (
        "customer add --lang zh",
        "--lang zh nonsense",
        "customer show 没有 --lang zh",
        "due --today x --lang zh",
    ):
        told = counter(line).err
        assert told.startswith("aftercare: ")
        assert _is_chinese(told)


WRONG_BEFORE_ANY_BOOK_IS_READ = (
    "score show xyz",
    "score --compare",
    "score --period abc",
    "report maker",
    "nonsense",
    "due --nonsense",
    "due --today x",
    "customer add",
)
"""Some are refused by Click, some by the command itself; ``due --today x`` while the book is opened."""


@pytest.mark.parametrize("line", WRONG_BEFORE_ANY_BOOK_IS_READ)
def test_errors_are_in_the_language_of_the_book(counter: Counter, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Where none was asked for, before a book is read too: a Chinese shop on an English machine was told in English."""
    monkeypatch.delenv("AFTERCARE_LANG")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    counter.write("aftercare.yaml", "language: zh\ngit: no\n")
    assert _is_chinese(counter(line).err)
    assert not _is_chinese(counter(line, "--lang", "en").err)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    assert not _is_chinese(counter(line).err)


def _is_chinese(told: str) -> bool:
    """Whether an error is told in Chinese, which is the language of its first line."""
    return any("\u4e00" <= char <= "\u9fff" for char in told.splitlines()[0])


def test_the_book_that_is_named_says_in_which_language_errors_are_told(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``-C`` in both its spellings, the last one first, and ``AFTERCARE_BOOK``; of a broken book it holds as well."""
    monkeypatch.delenv("AFTERCARE_LANG")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    counter.write("other/aftercare.yaml", "language: zh  # ours\nshop: [\n")
    for line in ("-C other nonsense", "nonsense -Cother", "-C . nonsense -C other"):
        assert "没有命令" in counter(line).err
    assert "No such command" in counter("-C other nonsense -C .").err
    monkeypatch.setenv("AFTERCARE_BOOK", "other")
    assert "没有命令" in counter("nonsense").err
