"""Private by default: what a customer is called reaches no other program, no log, no mail and no other user."""

from __future__ import annotations

import gc
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare import cli
from tests.counter import Counter, opened
from tests.privacy.watching import watch, witness
from tests.test_sessions import FOLDER, ROOT

NAME, PHONE, HOME, BIRTHDAY = "王建国", "13800138000", "文三路100号", "1958-09-27"
CANARIES = (NAME, PHONE, HOME, BIRTHDAY)
LEAK = """<!-- today: 2026-03-02T10:00 lang: en -->
```console
$ aftercare init shop --name 阳光家电 >/dev/null 2>&1; cd shop
$ aftercare customer add --name 王建国 --phone 13800138000 2>/dev/null
$ echo 王建国 > .aftercare/note; echo 138-0013-8000 > "$TMPDIR/left"; chmod 644 aftercare.yaml
$ git commit --quiet --allow-empty --message '王建国来过'
$ EDITOR='true 王建国' aftercare customer edit 1
```
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop, with a birthday."""
    counter = opened(tmp_path, capsys, monkeypatch)
    counter.done(f"customer set CU26-0001 birthday={BIRTHDAY}")
    return counter


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The tool, which notes what it starts."""
    with witness() as at:
        yield at


@pytest.mark.parametrize("name", ["git", "forget"])
def test_no_name_leaves_the_book(name: str, tmp_path: Path, server: Path) -> None:
    """Arguments can be read by every user of the machine, commit messages by whoever gets a clone.

    ``python -m tests.torture privacy`` looks at every session in this way, and so at every verb.
    """
    seen = watch(FOLDER / f"{name}.md", tmp_path, server)
    assert seen.told == []
    assert seen.open_to_others == []
    assert seen.programs > 10
    assert seen.files > 10


def test_a_name_that_leaves_is_seen(tmp_path: Path, server: Path) -> None:
    """Each of the ways out is watched: arguments, our own files, temporary ones, messages, permissions."""
    (tmp_path / "leak.md").write_text(LEAK, encoding="utf-8")
    seen = watch(tmp_path / "leak.md", tmp_path / "here", server)
    begun = ("a program was told", "a file of our own", "left in", "a commit says")
    assert [sum(line.startswith(words) for line in seen.told) for words in begun] == [1, 1, 1, 1]
    assert seen.open_to_others == ["home/shop/aftercare.yaml"]


def test_only_git_editor_pager_and_sync_are_started() -> None:
    """A program that is started anywhere else would be looked at by none of these tests; the pager is the operator's
    own and reads what is on their screen, and ``sync`` is told a folder and no more.
    """
    starts = re.compile(
        r"^\s*(?:import subprocess|from subprocess|import multiprocessing)|os\.(?:exec|spawn|popen|system)", re.M
    )
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "aftercare").rglob("*.py")
        if starts.search(file.read_text(encoding="utf-8"))
    }
    known = {"book/git", "book/lasting", "commands/editor", "commands/paging"}
    assert found == {f"aftercare/{name}.py" for name in known}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_crash_says_where_and_not_whom(
    counter: Counter, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cron mails what stood on stderr: a fault of ours must not send a customer's phone along."""

    def broken(*_given: object, **_more: object) -> None:
        raise ValueError(f"{NAME} {PHONE} {HOME} {BIRTHDAY}")

    monkeypatch.setattr("aftercare.answers.due.due", broken)
    monkeypatch.setattr("aftercare.commands.due.due_promises", broken, raising=False)
    monkeypatch.setattr("aftercare.answers.ledger.ledger_of", broken)
    monkeypatch.setattr("aftercare.answers.recalled.Recalled", broken)
    monkeypatch.setattr(sys, "argv", ["aftercare", "--lang", language, "-C", str(counter.folder), "balance"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    printed = capsys.readouterr()
    assert stop.value.code == cli.UNEXPECTED
    assert "ValueError, aftercare.commands." in printed.err
    assert "AFTERCARE_DEBUG=1" in printed.err
    assert [word for word in CANARIES if word in printed.out + printed.err] == []


def test_who_asks_for_it_sees_all_of_a_crash(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the machine itself, with AFTERCARE_DEBUG, nothing is held back."""

    def broken(*_given: object, **_more: object) -> None:
        raise ValueError(NAME)

    monkeypatch.setattr("aftercare.answers.ledger.ledger_of", broken)
    monkeypatch.setattr("aftercare.answers.recalled.Recalled", broken)
    monkeypatch.setenv("AFTERCARE_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["aftercare", "-C", str(counter.folder), "balance"])
    with pytest.raises(ValueError, match=NAME):
        cli.main()


def test_a_program_that_runs_two_commands_can_be_interrupted_after_the_first(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script of the shop's own that called us once would have heard no Ctrl-C any more, nor would what it started: an
    import of an hour could only be killed.
    """
    for words in (["due"], ["no-such-command"], ["sql", "SELECT 1"]):
        monkeypatch.setattr(sys, "argv", ["aftercare", "-C", str(counter.folder), *words])
        before, frozen = signal.getsignal(signal.SIGINT), gc.get_freeze_count()
        with pytest.raises(SystemExit):
            cli.main()
        assert signal.getsignal(signal.SIGINT) is before
        assert gc.get_freeze_count() == frozen


@pytest.mark.parametrize(
    ("said", "field", "held"),
    [
        (f"birthday: {BIRTHDAY}x", "birthday.solar", BIRTHDAY),
        ("needs: [王建国耳背]", "needs.1", NAME),
        (f"phones: {PHONE}", "phones", PHONE),
        (f"name: [{NAME}]", "name", NAME),
        (f"contact: {{by: {NAME}}}", "contact.by", NAME),
    ],
)
def test_a_fault_in_a_file_names_the_field_and_not_what_is_in_it(
    counter: Counter, said: str, field: str, held: str
) -> None:
    """Every command says the faults of the book on stderr, and cron mails them."""
    counter.write(
        "customers/2026/CU26-0005.yaml", f"id: CU26-0005\nname: 甲\n{said}\n".replace("name: 甲\nname", "name")
    )
    for line in ("due", "check files", "--lang zh due"):
        printed = counter(line)
        assert printed.code == 3
        fault = next(one for one in (printed.out + printed.err).splitlines() if "CU26-0005.yaml" in one)
        assert field in fault
        assert held not in fault


def test_a_fault_that_is_nobodys_own_is_shown(counter: Counter) -> None:
    """What a date or an amount looks like helps to mend it."""
    counter.write("sales/2026/SA26-0009.yaml", "id: SA26-0009\ncustomer: CU26-0001\nsold_on: 3月4日\n")
    assert "3月4日" in counter("due").err


def test_what_was_typed_just_now_is_shown(counter: Counter) -> None:
    """Who typed it knows it, and has to see what was read."""
    assert "1958-9-27x" in counter("customer set CU26-0001 birthday=1958-9-27x").err


def test_the_file_that_was_imported_is_not_in_the_history(counter: Counter, tmp_path: Path) -> None:
    """A sheet is often called after the customer it is about: its name would stay in every clone."""
    import subprocess

    counter.write("aftercare.yaml", "shop: 阳光家电\ncountry: CN\ncurrency: CNY\ngit: yes\n")
    subprocess.run(["git", "init", "-q", str(counter.folder)], check=True)
    sheet = tmp_path / "王建国.csv"
    sheet.write_text("姓名,电话\n赵六,13600136000\n", encoding="utf-8")
    counter.done("import customer", str(sheet))
    said = subprocess.run(
        ["git", "-C", str(counter.folder), "log", "--format=%B"], check=True, capture_output=True
    ).stdout.decode()
    assert said.strip() == "import customer CU26-0003"
