"""Commands started by cron, by a careless shell, on a poor machine: the same answer, at most one line of complaint."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.world import desk, streams, terminal
from tests.world.desk import Ended
from tests.world.streams import WAYS, WHOLE, Way

ADD = "customer add --name 赵六"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Ended, dict[str, bytes]]]:
    """How a question and a change end where nothing is in their way."""
    return {line: streams.plainly(tmp_path_factory.mktemp("plain") / "book", line) for line in ("due", ADD)}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_change_is_whole_however_it_is_started(
    way: Way, plain: dict[str, tuple[Ended, dict[str, bytes]]], tmp_path: Path
) -> None:
    """The record is the same; an answer that could not be written is said in one line, and that it is saved.

    Told only that the output failed, an operator would type the customer in a second time.
    """
    assert streams.tried(tmp_path / "book", ADD, way, plain[ADD]) == ""


@pytest.mark.parametrize("way", [way for way in WAYS if way.answer != WHOLE], ids=lambda way: way.name)
def test_a_question_whose_answer_is_cut_off(
    way: Way, plain: dict[str, tuple[Ended, dict[str, bytes]]], tmp_path: Path
) -> None:
    """``| head`` is quiet, ``>/dev/full`` is 70, and nothing else changes."""
    assert streams.tried(tmp_path / "book", "due", way, plain["due"]) == ""


def test_a_stderr_that_is_full_keeps_the_exit_code(tmp_path: Path) -> None:
    """A script would have seen 120, which no page of ours explains, where the command line was wrong."""
    book = desk.opened(tmp_path / "book")
    assert desk.shell(book, ["/bin/sh", "-c", '"$@" 2>/dev/full', "sh", *desk.PROGRAM], ["nonsense"]).code == 2


def test_a_folder_that_is_gone_is_no_book(tmp_path: Path) -> None:
    """An operator in a folder that another shell has moved was told that the output could not be written."""
    book = desk.opened(tmp_path / "book")
    script = 'mkdir ../gone; cd ../gone; rmdir ../gone; "$@"'
    ended = desk.shell(book, ["/bin/sh", "-c", script, "sh", *desk.PROGRAM], ["due"])
    assert (ended.code, ended.err.splitlines()[0]) == (2, "aftercare: no book found at .")


@pytest.mark.parametrize("line", ["due", ADD])
def test_a_book_that_cannot_be_written(
    line: str, plain: dict[str, tuple[Ended, dict[str, bytes]]], tmp_path: Path
) -> None:
    """On a read-only disk questions are answered as ever; a change is refused in one line and is not half made."""
    book = desk.opened(tmp_path / "book")
    before = desk.records(book)
    ended = desk.shell(book, [*streams.shut(book), *desk.PROGRAM], line.split())
    assert desk.records(book) == before
    if line == "due":
        assert ended == plain["due"][0]
    else:
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (5, "", 1)
        assert "cannot be written" in ended.err


@pytest.mark.parametrize("columns", [20, 500])
def test_a_terminal_of_any_width(columns: int, tmp_path: Path) -> None:
    """Nothing breaks where there is hardly room, or much."""
    ended = terminal.typed(desk.opened(tmp_path / "book"), "due", columns=columns)
    assert (ended.code, "Traceback" in ended.out) == (0, False)
    assert "SA26-0001/1/deliver" in ended.out.replace("\n", "")


@pytest.mark.parametrize("key", [terminal.CTRL_C, terminal.CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_a_prompt_that_is_left(key: bytes, tmp_path: Path) -> None:
    """130, one line, and nothing was taken out."""
    book = desk.opened(tmp_path / "book")
    before = desk.records(book)
    ended = terminal.typed(book, "visit remove VI26-0001", key, prompt=b"[")
    assert (ended.code, ended.out.splitlines()[-1]) == (130, "aftercare: interrupted")
    assert desk.records(book) == before


LOADING = """\
import sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from aftercare.__main__ import main
main()
"""


def test_ctrl_c_while_the_program_loads(tmp_path: Path) -> None:
    """One line and 130, where twenty lines of Python would have frightened whoever pressed it."""
    book = desk.opened(tmp_path / "book")
    ended = desk.shell(book, [desk.PROGRAM[0], "-c", LOADING], ["due"])
    assert ended == Ended(130, "", "aftercare: interrupted\n")


WRITTEN = """\
import os, signal
from aftercare.book.pen import Pen
done = Pen.done
def then_interrupted(*of):
    done(*of)
    os.kill(os.getpid(), signal.SIGINT)
Pen.done = then_interrupted
from aftercare.__main__ import main
main()
"""


def test_ctrl_c_after_the_record_was_written(tmp_path: Path) -> None:
    """It is said to be saved, or the operator would type it in a second time."""
    book = desk.opened(tmp_path / "book")
    ended = desk.shell(book, [desk.PROGRAM[0], "-c", WRITTEN], ["customer", "add", "--name", "x"])
    assert ended == Ended(130, "", "aftercare: interrupted, after everything was saved\n")
    assert (book / "customers/2026/CU26-0003.yaml").is_file()


def test_a_terminal_that_hangs_up_ends_the_command(tmp_path: Path) -> None:
    """SIGHUP ends it as it ends any other, and leaves no half of anything."""
    book = desk.opened(tmp_path / "book")
    before = desk.records(book)
    environment = {**desk.BARE, "PYTHONPATH": str(desk.ROOT)}
    program = WRITTEN.replace("SIGINT", "SIGHUP").replace("    done(*of)\n", "")
    words = [desk.PROGRAM[0], "-c", program, "customer", "add", "--name", "x"]
    ended = subprocess.run(words, cwd=book, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (-signal.SIGHUP, b"")
    assert desk.records(book) == before


MADE = """\
import os, signal, sys
from aftercare import __main__, cli
class Part:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGINT)
def run_of(session):
    try:
        type("Whole", (), {"part": Part()})
    except RuntimeError as error:
        raise ERROR
cli.Session.book = run_of
sys.argv = ["aftercare", "due"]
__main__.main()
"""


@pytest.mark.parametrize("error", ["error", "TypeError('a schema could not be made') from None"])
def test_an_interruption_that_is_wrapped_is_one_all_the_same(error: str, tmp_path: Path) -> None:
    """Ctrl-C while a class is made reaches us as an error of Python's, or as another that a library makes of it.

    Either was told as a fault of the program itself, with a request to report it.
    """
    book = desk.opened(tmp_path / "book")
    program = MADE.replace("ERROR", error)
    assert desk.shell(book, [desk.PROGRAM[0], "-c", program], []) == Ended(130, "", "aftercare: interrupted\n")


LOST = """\
import sys, time, weakref
from aftercare import __main__, cli
class Lock:
    pass
def cb(_gone):
    raise KeyboardInterrupt
def run_of(session):
    lock = Lock()
    watched = weakref.ref(lock, cb)
    del lock
    time.sleep(5)
cli.Session.book = run_of
sys.argv = ["aftercare", "due"]
__main__.main()
"""


def test_an_interruption_that_python_loses_comes_again(tmp_path: Path) -> None:
    """Ctrl-C while Python lets go of an import's lock was printed as a traceback, and the command went on."""
    book = desk.opened(tmp_path / "book")
    assert desk.shell(book, [desk.PROGRAM[0], "-c", LOST], []) == Ended(130, "", "aftercare: interrupted\n")
