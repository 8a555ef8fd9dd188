"""What faults did once, each under the name of what it would have cost."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare import cli
from aftercare.book.locking import OWN
from aftercare.commands import sending
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
    if "site module" in done.stderr or done.returncode == 127:
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


@pytest.mark.parametrize("name", ["''", "/"])
def test_an_export_without_a_name_from_a_script_ended_in_an_unexpected_fault(counter: Counter, name: str) -> None:
    """``export all "$file" --to sqlite`` with the variable unset."""
    refused = counter(f"export all {name} --to sqlite")
    assert (refused.code, "is there already" in refused.err) == (5, True)


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
    monkeypatch.setattr(sending, "_taken", lambda *_: time.sleep(30))
    session = Session(str(counter.folder))
    began = time.monotonic()
    assert (cli.run(["due", "--notify"], session), session.waits_for_nobody) == (5, True)
    assert time.monotonic() - began < 20
    assert [path.parent.name for path in (counter.folder.parent / "state").rglob("*shop*.txt")] == ["sending"]
