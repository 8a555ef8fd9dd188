"""What faults did once, each under the name of what it would have cost."""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from aftercare.book.locking import OWN
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
