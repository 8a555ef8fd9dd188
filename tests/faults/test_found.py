"""What faults did once, each under the name of what it would have cost."""

from __future__ import annotations

import errno
import os
import resource
import shlex
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from aftercare import cli
from aftercare.book import book
from aftercare.book.index import database
from aftercare.book.locking import OWN
from aftercare.commands import deeds, forgetting, sending
from aftercare.commands.session import Session
from tests import counter as small_shop
from tests import every_verb
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@pytest.mark.parametrize("left", [f"{OWN}/lock", f"{OWN}/holder.77.new", ".aftercare.yaml.77.tmp"])
def test_a_book_could_not_be_begun_where_beginning_it_was_interrupted(counter: Counter, left: str) -> None:
    """Ctrl-C or a power cut during ``init`` left a folder that no ``init`` took any more."""
    every_verb.laid_out(counter.folder / "shop", {left: b""})
    counter.done("init shop --name 新店 --no-git")
    assert "新店" in (counter.folder / "shop/aftercare.yaml").read_text()
    counter.done("-C shop staff add --name 小刘")
    assert not [path for path in (counter.folder / "shop").rglob("*.77.*") if path.is_file()]


def test_a_book_is_not_begun_among_other_files(counter: Counter) -> None:
    """What is passed over is only what an ``init`` leaves."""
    for left in (".note.tmp", "aftercare.yaml.77.tmp", "list.txt"):
        every_verb.laid_out(counter.folder / left.strip("."), {left: b""})
        assert counter(f"init {left.strip('.')} --no-git").code == 5


@pytest.mark.parametrize(
    "left",
    [f"{OWN}/journal.77.new", f"{OWN}/holder.77.new", "sales/2026/.SA26-0009.yaml.77.tmp", ".aftercare.yaml.77.tmp"],
)
def test_a_killed_command_left_names_and_phones_lying_about(counter: Counter, left: str) -> None:
    """What a command was writing when it was killed stayed for good, unless another wrote in the same folder."""
    every_verb.laid_out(counter.folder, {left: "name: 王建国\n".encode()})
    counter.done("staff add --name 小刘")
    assert not (counter.folder / left).exists()


def test_half_a_photograph_lay_about_for_good(counter: Counter) -> None:
    """What a killed ``attach`` had written of it stayed, unless another file came into the very same folder."""
    left = "attachments/23/.239cea.jpg.77.tmp"
    every_verb.laid_out(counter.folder, {left: b"half"})
    counter.done("staff add --name 小刘")
    assert not (counter.folder / left).exists()


def test_a_schema_half_written_lay_about_for_good(counter: Counter) -> None:
    """``policy new``, killed while it wrote the schema, left a file of 135 KB that only ``doctor`` ever took away."""
    left = f"{OWN}/schema/.pack.schema.json.77.tmp"
    every_verb.laid_out(counter.folder, {left: b"{"})
    counter.done("staff add --name 小刘")
    assert not (counter.folder / left).exists()


@pytest.mark.parametrize("hidden", ["id: SA25-0009\ncustomer: CU25-0007\ncustomer: CU25-0007\n", "\0CU25-0007", None])
def test_a_customer_was_removed_under_a_sale_that_could_not_be_read(counter: Counter, hidden: str | None) -> None:
    """A disk that failed for a moment, or a slip of the pen, hid the sale, and left it without its customer."""
    sale = counter.folder / "sales/2025/SA25-0009.yaml"
    sale.unlink()
    if hidden is None:
        sale.parent.rmdir()
        sale.parent.symlink_to("/nowhere")
    else:
        sale.write_text(hidden)
    for others in ("claims/2026/CL26-0001.yaml", "visits/2026/VI26-0001.yaml"):
        (counter.folder / others).unlink()
    refused = counter("customer remove CU25-0007 --yes")
    assert (refused.code, refused.err.count("sales/2025")) == (3 if hidden is None else 5, 1)
    assert "removed" not in counter.text("CU25-0007")
    sale.parent.unlink() if hidden is None else sale.unlink()
    counter.done("customer remove CU25-0007 --yes")


def test_a_faulty_file_about_others_is_in_nobodys_way(counter: Counter) -> None:
    """A customer of whom it does not speak is removed all the same."""
    every_verb.laid_out(counter.folder, {"sales/2025/SA25-0010.yaml": b"customer: CU26-0001\n- x"})
    every_verb.laid_out(counter.folder, {"customers/2026/CU26-0009.yaml": "id: CU26-0009\nname: 新客\n".encode()})
    counter.done("customer remove CU26-0009 --yes")


@pytest.mark.parametrize(
    ("file", "named"), [("SA26-0001.yaml", "SA26-0001.yaml:1: unreadable"), ("/aftercare.yaml", "cannot be read")]
)
def test_a_disk_that_fails_was_taken_for_a_full_screen(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, file: str, named: str
) -> None:
    """A book on a dying disk, or of somebody who lets nobody in, was said to be output that could not be written."""

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def refuses(path: Any, *more: Any, **named: Any) -> Any:
            if str(path).endswith(file):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(path, *more, **named)

        return refuses

    monkeypatch.setattr(os, "stat", refusing(os.stat))
    monkeypatch.setattr(os, "open", refusing(os.open))
    for line in ("due", "staff list"):
        said = counter(line)
        assert (said.code, named in said.err, "the output" in said.err) == (3, True, False), said.err


class _Dying(sqlite3.Connection):
    """An index on a disk that cannot read some page: whatever is asked that has these words in it is refused."""

    words = "no question has these"
    refused = 0

    def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
        """What SQLite is asked."""
        if type(self).words in sql:
            type(self).refused += 1
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *more)


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> type[_Dying]:
    """Every index that is opened from now on lies on a disk that begins to die once it is given words."""
    real = sqlite3.connect
    monkeypatch.setattr(_Dying, "refused", 0)
    monkeypatch.setattr(_Dying, "words", _Dying.words)
    monkeypatch.setattr(sqlite3, "connect", lambda *said, **more: real(*said, **more, factory=_Dying))
    return _Dying


@pytest.mark.parametrize(
    ("line", "words"),
    [
        *((line, "state = 'faulty'") for line in ("due", "balance", "check", "customer list", "export customer")),
        *(("check", words) for words in ("FROM meta", "FROM folders", "FROM findings", "FROM rows")),
        *(("show CU26-0001", words) for words in ("FROM known", "FROM formerly", "SELECT kind, said")),
        ("find 王", "FROM words"),
        ("due", "FROM promises"),
    ],
)
@pytest.mark.parametrize("spoilt", [False, True])
def test_a_shop_could_not_see_what_is_due_since_a_page_of_its_index_could_not_be_read(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, dying: type[_Dying], line: str, words: str, spoilt: bool
) -> None:
    """The index is worth nothing, yet one bad block in it was an unexpected fault each day; the files have it all."""
    if spoilt:
        counter.write("customers/2026/CU26-0009.yaml", "id: CU26-0009\nname: [\n")
    counter(line)  # the index is there, and is whole
    with monkeypatch.context() as files_alone:
        files_alone.setenv("AFTERCARE_INDEX", "off")
        by_the_files = counter(line)
    dying.words = words
    assert counter(line) == by_the_files
    assert dying.refused


def test_a_bad_block_in_the_index_made_every_command_slow_for_good(counter: Counter, dying: type[_Dying]) -> None:
    """Nobody trusts an index that could not be read once: the next command makes a new one, on other blocks."""
    counter("due")
    dying.words = "FROM rows"
    counter.done("customer list")
    assert not (counter.folder / OWN / "index-en.stamp").exists()
    dying.words = "no question has these"
    counter.done("due")
    assert (counter.folder / OWN / "index-en.stamp").exists()


SOLD = "sale add --customer CU26-0001 --product PR26-0002 --price 58"


@pytest.mark.parametrize("words", ["FROM formerly", "SELECT 1 FROM files", "SELECT kind, said"])
def test_a_sale_could_not_be_written_down_since_a_page_of_the_index_could_not_be_read(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, dying: type[_Dying], words: str
) -> None:
    """A book that is large enough is written by its index, too; nothing was written, so it is begun anew without it."""
    monkeypatch.setattr(book, "WORTH_AN_INDEX", 1)
    counter("due")
    dying.words = words
    sold = counter.done(SOLD)
    assert [path.stem for path in counter.folder.glob("sales/2026/*3.yaml")] == sold.out.split()
    assert dying.refused


def test_a_customer_was_not_written_to_twice_since_the_index_could_not_be_read(
    counter: Counter, dying: type[_Dying]
) -> None:
    """A command that sends is not begun anew by itself: what is wrong is said in a line, and the next one sends."""
    counter("due")
    dying.words = "FROM meta"
    told = counter("due --notify --outbox ../out")
    assert (told.code, told.err.startswith("aftercare: the index of the book cannot be read")) == (3, True), told.err
    assert not (counter.folder.parent / "out").exists()
    dying.words = "no question has these"
    counter.done("due --notify --outbox ../out")


def test_a_sale_that_was_saved_looked_like_one_that_was_not(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, dying: type[_Dying]
) -> None:
    """An operator who was told of an unexpected fault typed it again, and sold twice."""
    monkeypatch.setattr(book, "WORTH_AN_INDEX", 1)
    counter("due")
    real = deeds.change_of

    def later(*told: Any) -> Any:
        dying.words = "FROM"
        return real(*told)

    monkeypatch.setattr(deeds, "change_of", later)
    told = counter(SOLD)
    assert (told.code, told.err.startswith("aftercare: saved, but ")) == (3, True), told.err
    assert len(list(counter.folder.glob("sales/2026/*.yaml"))) == 3
    dying.words = "no question has these"
    assert "SA26-0003" in counter.done("sale list").out


@pytest.mark.parametrize(("refused_at", "said"), [(1, "nothing was changed"), (2, "the person is forgotten")])
def test_it_was_not_told_whether_a_person_was_forgotten(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, refused_at: int, said: str
) -> None:
    """Where the folder of the index could not be listed, it was said that the output could not be written.

    Before anything was written, nothing is; once it was, the operator hears that the person is forgotten, and where
    something may still tell of them.
    """
    real, turns = database.forget_all, iter(range(1, 99))

    def failing(_folder: Path) -> Iterator[Path]:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def refused(root: Path) -> None:
        with monkeypatch.context() as dying:
            if next(turns) == refused_at:
                dying.setattr(Path, "iterdir", failing)
            real(root)

    counter("due")
    before = counter.files()
    monkeypatch.setattr(forgetting, "forget_all", refused)
    told = counter("customer forget CU26-0001 --owing --yes")
    assert (told.code, said in told.err, "the output" in told.err) == (5, True, False), told.err
    assert f"aftercare: {OWN} cannot be" in told.err
    assert (counter.files() == before) is (refused_at == 1)
    assert ("王建国" in counter.text("CU26-0001")) is (refused_at == 1)


@pytest.mark.parametrize("mebibytes", [32, 38, 47])
def test_a_machine_without_memory_printed_names_in_a_traceback_and_ended_as_if_something_were_due(
    tmp_path: Path, mebibytes: int
) -> None:
    """The words about it needed memory, which the fault still held; and 1 is what ``due`` and ``check`` end with."""
    begin = [sys.executable, "-P", "-m", "aftercare"]
    shop = [*begin, "init", "shop", "--name", "新店", "--no-git"]
    subprocess.run(shop, cwd=tmp_path, capture_output=True, check=True)
    limit = mebibytes << 20

    def poor() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    line = [*begin, "-C", "shop", "customer", "add", "--name", "王建国"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=poor)
    if done.returncode == 127 or any(words in done.stderr for words in ("site module", "Fatal Python error")):
        return  # Python itself did not come up
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 70)
    written = list((tmp_path / "shop").rglob("CU*.yaml"))
    assert bool(written) == (done.returncode == 0 or done.stderr.startswith("aftercare: saved"))


@pytest.mark.parametrize(
    ("fault", "speechless"), [(MemoryError(), False), (MemoryError(), True), (KeyError("王建国"), False)]
)
def test_a_customer_was_entered_twice_since_a_fault_after_the_writing_did_not_say_that_it_was_saved(
    counter: Counter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Exception,
    speechless: bool,
) -> None:
    """What a command does to the promises is reckoned when all is written; a fault there sounded like nothing done."""

    def failing(*_: object, **__: object) -> None:
        raise fault

    def exhausted(_: BaseException) -> str:
        raise MemoryError

    write = os.write
    monkeypatch.setattr(os, "write", lambda to, data: sys.stderr.write(data.decode()) if to == 2 else write(to, data))
    monkeypatch.setattr("aftercare.commands.deeds.tell", failing)
    if speechless:
        monkeypatch.setattr("aftercare.commands.unexpected.sentence_of", exhausted)
    monkeypatch.setattr(sys, "argv", ["aftercare", "-C", str(counter.folder), "customer", "add", "--name", "新客"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, capsys.readouterr().err.startswith("aftercare: saved; and then: ")) == (70, True)


def test_a_book_in_a_folder_whose_name_has_a_line_break_was_said_to_have_no_history(counter: Counter) -> None:
    """``doctor`` gave git the paths of the files by lines, and a name that has two was none."""
    counter.done("init '1\n2' --name 新店")
    counter.done("-C '1\n2' customer add --name 王建国")
    (counter.folder / "1\n2/customers/2026/CU26-0001.yaml").write_text("id: CU26-0001\nname: 王国建\n")
    (counter.folder / "1\n2/customers/2026/CU26-0001.yaml").chmod(0o600)
    said = counter("-C '1\n2' doctor")
    assert (said.code, said.out.count("uncommitted"), "no-history" in said.out) == (1, 1, False)
    assert counter("-C '1\n2' doctor --fix").code == 0


@pytest.mark.parametrize(("name", "code", "said"), [("''", 2, "FILE"), ("/", 5, "is there already")])
def test_an_export_without_a_name_from_a_script_ended_in_an_unexpected_fault(
    counter: Counter, name: str, code: int, said: str
) -> None:
    """``export all "$file" --to sqlite`` with the variable unset, or ``"$folder/"``."""
    refused = counter(f"export all {name} --to sqlite")
    assert (refused.code, said in refused.err) == (code, True)


@pytest.mark.parametrize(
    ("line", "begins"),
    [("unit remedies KF35-001", "aftercare: "), ("staff add --name 小刘", "aftercare: saved; and then: ")],
)
def test_a_book_that_was_moved_away_meanwhile_was_taken_for_a_full_screen(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, line: str, begins: str
) -> None:
    """The operator looked at the terminal, where nothing was wrong."""

    def gone(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "sales/2026")

    monkeypatch.setattr("aftercare.commands.deeds.tell", gone)
    monkeypatch.setattr("aftercare.commands.session.Session.ledger", gone)
    monkeypatch.setattr("aftercare.commands.session.Session.read", gone)
    said = counter(line)
    assert (said.code, said.err.startswith(f"{begins}sales/2026 ")) == (70, True), said.err


def test_a_look_at_a_book_failed_since_another_git_was_done_meanwhile(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``doctor`` saw a lock, asked who has it, and ended with a fault of the program: it was gone by then."""
    counter.done("init 1 --name 新店")
    lock = counter.folder / "1/.git/HEAD.lock"
    lock.touch()

    def ended(*_: object) -> bool:
        lock.unlink()
        return True

    monkeypatch.setattr("aftercare.book.gitlocks.in_use", ended)
    assert counter("-C 1 doctor").code == 1
    assert counter("-C 1 doctor") == (0, "", "")


def test_ctrl_c_right_after_return_printed_a_traceback() -> None:
    """Modules that take their time were loaded before anything could tell it in a line."""
    look = (
        "import os, sys; there = set(sys.modules); import aftercare.__main__; print(*sorted(set(sys.modules) - there))"
    )
    root = Path(cli.__file__).parents[1]
    done = subprocess.run([sys.executable, "-S", "-c", look], cwd=root, capture_output=True, text=True, check=True)
    assert (
        {"aftercare", "aftercare.__main__"}
        <= set(done.stdout.split())
        <= {
            "__future__",
            "aftercare",
            "aftercare.__main__",
            "gc",
        }
    )


@pytest.mark.parametrize("shown", [(), ("--format", "json")])
def test_a_mending_under_cron_that_left_something_failed_without_a_word(counter: Counter, shown: Sequence[str]) -> None:
    """What is left stands on stdout: whoever is told only of failures got an exit code, and no word of why."""
    every_verb.laid_out(counter.folder, {"staff/2026/ST26-0009.yaml": b"name: : x\n"})
    for path in (counter.folder, *counter.folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    said = counter(f"doctor --fix {shlex.join(shown)}")
    assert (said.code, said.err) == (3, "aftercare: what --fix did not mend: 1\n")
    assert "ST26-0009" in said.out
    (counter.folder / "staff/2026/ST26-0009.yaml").unlink()
    assert counter("doctor --fix").err == ""


def test_a_service_that_never_came_to_an_end_held_up_every_later_run_of_cron(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that trickled in kept ``due --notify``, and the outbox, for ever; or it was sent twice."""
    settings = counter.folder.parent / "own/aftercare/notify.yaml"
    every_verb.laid_out(settings.parent, {settings.name: b"quiet: none\nshop: ['json://127.0.0.1:1/x']\n"})
    settings.chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(counter.folder.parent / "own"))
    monkeypatch.setenv("XDG_STATE_HOME", str(counter.folder.parent / "state"))
    monkeypatch.delenv("AFTERCARE_TODAY", raising=False)
    monkeypatch.setattr(sending, "LONGEST", 0.2)
    answered = threading.Event()
    monkeypatch.setattr(sending, "_taken", lambda *_: answered.wait())
    session = Session(str(counter.folder))
    assert (cli.run(["due", "--notify"], session), session.waits_for_nobody) == (5, True)
    answered.set()
    assert [path.parent.name for path in (counter.folder.parent / "state").rglob("*shop*.txt")] == ["sending"]
