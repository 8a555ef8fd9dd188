"""``doctor``: what it finds, what it says would mend it, and what ``--fix`` does and leaves alone."""

from __future__ import annotations

import json
import os
import shlex
import time
from pathlib import Path
from typing import NoReturn

import pytest

from aftercare.book import history, journal, kept_by_git, writing
from aftercare.book.journal import Change
from aftercare.book.locking import held
from aftercare.cli import run
from aftercare.errors import CannotWrite, NotCommitted
from tests.book.clones import clones, git, put

Capture = pytest.CaptureFixture[str]
WANG = "customers/2026/CU26-0001.yaml"
NAMED = "id: CU26-0001\nname: 王建国  # 熟客\nphones: [13800138000]\n"


@pytest.fixture(name="book", autouse=True)
def _book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with a customer that git keeps, of the owner alone, and a fixed day."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-02T13:00")
    root = tmp_path / "book"
    root.mkdir()
    monkeypatch.chdir(root)
    history.init(root)
    put(root, **{"aftercare": "country: CN\ngit: yes\n", "customers_2026_CU26-0001": NAMED})
    _close(root)
    git(root, "add", "-A", ".")
    git(root, "commit", "-qm", "begun")
    return root


def _close(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def _state(root: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder, with what tells that it was touched."""
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_mode) for path in [root, *root.rglob("*")]}


def _lines(capsys: Capture) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_book_that_is_well(capsys: Capture) -> None:
    """Silent and 0, so that it can stand in cron; JSON is an empty list."""
    assert run(["doctor"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["doctor", "--fix", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_without_fix_nothing_is_written(book: Path, capsys: Capture) -> None:
    """It reads a book that is not its own to change: another's, or one on a disk that is about to fail."""
    (book / WANG).write_bytes(NAMED.encode("gb18030"))
    (book / f"{WANG}~").write_bytes(b"old")
    _close(book)
    before = _state(book)
    assert run(["doctor"]) == 3
    said = _lines(capsys)
    assert run(["doctor", "--fix", "--dry-run"]) == 3
    assert _state(book) == before
    assert said == [
        f"{WANG}:1: not-utf8 the file is not UTF-8; it looks like GB18030",
        "  doctor --fix: writes it anew as UTF-8 and sets the old file aside",
        f"{WANG}~:1: leftover an editor or git left this beside the file that it changed",
        "  doctor --fix: sets it aside",
    ]
    assert _lines(capsys) == [line.replace("doctor --fix:", "would be done:") for line in said]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_recoded(book: Path, capsys: Capture, encoding: str) -> None:
    """The record counts again, its old bytes are kept for the owner alone, and it is one commit."""
    old = NAMED.encode(encoding)
    (book / WANG).write_bytes(old)
    assert run(["doctor", "--fix"]) == 0
    kept = f".aftercare/set-aside/2026-03-02T130000/{WANG}"
    assert f"  the old file is in {kept}" in _lines(capsys)
    assert (book / WANG).read_text(encoding="utf-8") == NAMED
    assert ((book / kept).read_bytes(), (book / kept).stat().st_mode & 0o777) == (old, 0o600)
    assert run(["doctor"]) == 0
    assert git(book, "status", "--short") == ""


@pytest.mark.parametrize("name", ["Müller", "Jérôme Ångström", "Söll Käß", "Größe"])
def test_an_encoding_that_would_be_a_guess_is_left(book: Path, capsys: Capture, name: str) -> None:
    """An umlaut of Latin-1 is some Chinese character too: the customer would have been greeted as 鼐ler."""
    data = f"id: CU26-0001\nname: {name} x\n".encode("latin-1")
    (book / WANG).write_bytes(data)
    assert run(["doctor", "--fix"]) == 3
    assert "  save it as UTF-8 in the editor that it comes from" in _lines(capsys)
    assert (book / WANG).read_bytes() == data


def test_settings_in_another_encoding(book: Path) -> None:
    """Every command that writes stops at them, so nobody could mend them but by hand."""
    (book / "aftercare.yaml").write_bytes("shop: 阳光家电\ncountry: CN\ngit: yes\n".encode("gbk"))
    assert run(["doctor", "--fix"]) == 0
    assert (book / "aftercare.yaml").read_text(encoding="utf-8") == "shop: 阳光家电\ncountry: CN\ngit: yes\n"
    assert git(book, "status", "--short") == ""


@pytest.mark.parametrize(
    "place", ["CU26-0001.yaml", "customers/2025/CU26-0001.yaml", "customers/2026/cu26-1.yaml", f"{WANG[:-4]}YML"]
)
def test_a_record_in_the_wrong_place_is_moved(book: Path, place: str) -> None:
    """Some of these no command reads, and the customer was silently gone."""
    (book / place).parent.mkdir(mode=0o700, exist_ok=True)
    (book / WANG).rename(book / place)
    assert run(["doctor", "--fix"]) == 0
    assert (book / WANG).read_text(encoding="utf-8") == NAMED
    assert not (book / place).exists()
    assert git(book, "status", "--short") == ""


def test_what_no_command_reads_is_named(book: Path, capsys: Capture) -> None:
    """A record under another ending, and broken: nothing else would ever have said a word about it."""
    (book / "customers/2026/CU26-0003.yml").write_text("id: CU26-0003\nname: [\n", encoding="utf-8")
    _close(book)
    assert run(["doctor", "--fix"]) == 3
    assert _lines(capsys) == [
        "customers/2026/CU26-0003.yml:1: misplaced no record can have this file name here",
        "  mend it in an editor, and give it the name of its id: CU26-0003.yaml; or take it away",
    ]


def test_what_is_no_file_is_not_sent_to_an_editor(book: Path, capsys: Capture) -> None:
    """An editor that opens a pipe waits for ever, and of a link it changes what lies elsewhere."""
    os.mkfifo(book / "customers/2026/CU26-0002.yaml")
    assert run(["doctor"]) == 3
    assert _lines(capsys)[-1] == "  move it away: mv customers/2026/CU26-0002.yaml …"


@pytest.mark.parametrize("away", ["deleted", "misplaced"])
def test_the_photos_of_a_record_that_is_away_wait_for_it(book: Path, away: str) -> None:
    """Deleted by a slip, a record came back from git without its photos: doctor had taken them for nobody's."""
    (book.parent / "photo.jpg").write_bytes(b"a photo")
    assert run(["attach", "CU26-0001", str(book.parent / "photo.jpg")]) == 0
    photo = next(path for path in book.glob("attachments/*/*"))
    if away == "deleted":
        (book / WANG).unlink()
        assert run(["doctor", "--fix"]) == 1
        git(book, "restore", WANG)
    else:
        (book / WANG).rename(book / "customers/2026/cu26-1.yml")
        assert run(["doctor", "--fix"]) == 0
    assert photo.read_bytes() == b"a photo"
    assert run(["check", "files"]) == 0


def test_a_copy_is_set_aside_and_one_that_differs_is_for_people(book: Path, capsys: Capture) -> None:
    """Which of two versions is right nobody but the shop knows; the same one twice is no question."""
    (book / "customers/2026/CU26-0001 (1).yaml").write_text(NAMED, encoding="utf-8")
    (book / "customers/2026/CU26-0001.sync-conflict-7.yaml").write_text(f"{NAMED}note: x\n", encoding="utf-8")
    _close(book)
    assert run(["doctor", "--fix"]) == 3
    lines = _lines(capsys)
    assert "customers/2026/CU26-0001 (1).yaml:1: copy a copy of customers/2026/CU26-0001.yaml, byte for byte" in lines
    assert lines[-2:] == [
        f"customers/2026/CU26-0001.sync-conflict-7.yaml:1: copy {WANG} is CU26-0001 too, and not the same",
        "  compare the two; take one away, or make it a record of its own: "
        "aftercare renumber customers/2026/CU26-0001.sync-conflict-7.yaml",
    ]
    assert not (book / "customers/2026/CU26-0001 (1).yaml").exists()


def test_a_changed_copy_gets_the_number_of_its_name(book: Path) -> None:
    """Copied to save typing, its id forgotten: the new customer counted nowhere."""
    put(book, **{"customers_2026_CU26-0002": NAMED.replace("王建国", "李梅")})
    assert run(["doctor", "--fix"]) == 0
    assert (book / "customers/2026/CU26-0002.yaml").read_text(encoding="utf-8") == (
        NAMED.replace("王建国", "李梅").replace("CU26-0001", "CU26-0002")
    )


def test_a_wrong_id_in_a_file_that_others_name(book: Path) -> None:
    """Somebody mistyped the id: the file stays where everybody looks for it, or its sales would lead nowhere."""
    put(
        book,
        **{
            "customers_2026_CU26-0001": NAMED.replace("CU26-0001", "CU26-0010"),
            "customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\nreferred_by: CU26-0001\n",
        },
    )
    assert run(["doctor", "--fix"]) == 0
    assert (book / WANG).read_text(encoding="utf-8") == NAMED


def test_leftovers_and_permissions(book: Path) -> None:
    """What editors and killed commands leave holds the same private data; git makes files that others can read."""
    left = [f"{WANG}~", f"{WANG}.orig", "customers/2026/.CU26-0001.yaml.99999999.tmp", "aftercare.yaml.bak"]
    for file in left:
        (book / file).write_bytes(file.encode())
    (book / WANG).chmod(0o644)
    (book / "customers").chmod(0o755)
    (book / "photos").mkdir(mode=0o755)
    (book / "photos").chmod(0o755)
    assert run(["doctor", "--fix", "--yes"]) == 0
    for file in left:
        assert not (book / file).exists()
        assert (book / ".aftercare/set-aside/2026-03-02T130000" / file).read_bytes() == file.encode()
    assert ((book / WANG).stat().st_mode & 0o777, (book / "customers").stat().st_mode & 0o777) == (0o600, 0o700)
    assert (book / "photos").stat().st_mode & 0o777 == 0o755


def test_what_git_has_not(book: Path, capsys: Capture) -> None:
    """Changed by hand and never committed: the next disk takes it. What only git has is brought back by hand."""
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\n"})
    (book / WANG).unlink()
    _close(book)
    assert run(["doctor", "--fix"]) == 1
    assert _lines(capsys) == [
        "customers/2026/CU26-0002.yaml:1: uncommitted files that are not committed as they are: 1",
        "  done: commits them",
        f"{WANG}:1: missing the last commit has this record, and the folder has not",
        f"  bring it back: git restore {WANG}",
    ]
    assert git(book, "status", "--short") == f"D {WANG}".rjust(len(WANG) + 3)


def test_locks_of_git(book: Path, capsys: Capture) -> None:
    """A killed git had stopped all commits for days; its lock goes only when asked for, when old, and nobody has it."""
    lock = book / ".git/index.lock"
    lock.touch(mode=0o600)
    assert run(["doctor", "--fix", "--yes"]) == 1
    assert "  look again in ten minutes" in _lines(capsys)
    an_hour_ago = time.time() - 3600
    os.utime(lock, (an_hour_ago, an_hour_ago))
    with lock.open("rb"):
        assert run(["doctor", "--fix", "--yes"]) == 1
        assert "  wait until it is done" in _lines(capsys)
    assert run(["doctor", "--fix"]) == 1
    assert "  doctor --fix --yes: sets it aside" in _lines(capsys)
    assert lock.exists()
    assert run(["doctor", "--fix", "--yes"]) == 0
    assert not lock.exists()
    assert (book / ".aftercare/set-aside/2026-03-02T130000/.git/index.lock").exists()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_a_lock_is_as_old_as_it_is_wherever_the_shop_is(book: Path, capsys: Capture, zone: str) -> None:
    """Shop and machine in two zones: the lock of a git that had just begun was eight hours old, and taken from it."""
    put(book, aftercare=f"country: CN\ntime_zone: {zone}\ngit: yes\n")
    lock = book / ".git/index.lock"
    lock.touch(mode=0o600)
    assert run(["doctor", "--fix", "--yes"]) == 1
    assert "  look again in ten minutes" in _lines(capsys)
    an_hour_ago = time.time() - 3600
    os.utime(lock, (an_hour_ago, an_hour_ago))
    assert run(["doctor", "--fix", "--yes"]) == 0
    assert ".git/index.lock:1: git-lock a lock of git, 60 minutes old" in capsys.readouterr().out


def test_a_repository_that_runs_things_is_explained(book: Path, capsys: Capture) -> None:
    """A folder handed over may set git to run a program; it is named and left, and no value of it is printed."""
    for name, value in (("core.fsmonitor", "/opt/secret"), ("core.autocrlf", "true"), ("alias.st", "!secret")):
        git(book, "config", name, value)
    (book / ".gitattributes").write_text("*.yaml filter=secret\n", encoding="utf-8")
    hook = book / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch fired\n", encoding="utf-8")
    hook.chmod(0o700)
    assert run(["doctor", "--fix"]) == 1
    out = capsys.readouterr().out
    for said in (
        "core.fsmonitor:",
        "alias.st:",
        "core.autocrlf:",
        "filter=secret:",
        ".git/hooks/post-commit:1: git-hook",
    ):
        assert said in out
    assert "/opt/secret" not in out
    assert not (book / "fired").exists()


def test_a_command_that_was_killed_is_finished(book: Path, capsys: Capture) -> None:
    """What it began counts as done already; finishing it needs no other command that writes."""
    journal.note(book, [Change("customers/2026/CU26-0002.yaml", None, b"id: CU26-0002\nname: x\n")])
    assert run(["doctor"]) == 1
    assert "unfinished a command that was killed" in capsys.readouterr().out
    assert run(["doctor", "--fix"]) == 0
    assert (book / "customers/2026/CU26-0002.yaml").read_bytes() == b"id: CU26-0002\nname: x\n"
    assert not journal.is_there(book)


def test_dates_that_have_not_come(book: Path, capsys: Capture) -> None:
    """A wrong year hides what is due for twelve months; one line for each record, and none for what is planned."""
    put(book, **{"visits_2026_VI26-0001": _visit("2027-03-01T10:00")})
    _close(book)
    git(book, "add", "-A", ".")
    git(book, "commit", "-qm", "visit")
    a_week_on = time.time() + 7 * 86400
    os.utime(book / WANG, (a_week_on, a_week_on))
    assert run(["doctor", "--fix"]) == 1
    assert _lines(capsys) == [
        f"{WANG}:1: clock files that were written after today by their own date: 1",
        "  look at the clock of this machine",
        "visits/2026/VI26-0001.yaml:5: ahead at: 2027-03-01T10:00 has not come yet; is the year right, and the clock?",
        "  set what is right: aftercare visit set VI26-0001 at=…",
    ]


def _visit(at: str) -> str:
    return f"id: VI26-0001\ncustomer: CU26-0001\nchannel: phone\npurpose: other\nat: {at}\noutcome: reached\n"


def test_what_stands_around_the_book(book: Path, capsys: Capture) -> None:
    """Where anybody may change the folder above, anybody may exchange the book; no folder of our own, no writing."""
    (book / ".aftercare").rmdir() if (book / ".aftercare").exists() else None
    (book / ".aftercare").write_bytes(b"")
    (book / ".aftercare").chmod(0o600)
    book.parent.chmod(0o777)
    assert run(["doctor"]) == 1
    book.parent.chmod(0o700)
    out = capsys.readouterr().out
    assert ".aftercare:1: own-folder this is no folder" in out
    assert f"shared-folder {book.parent}, in which the book lies, can be changed by anybody" in out


def test_a_remedy_can_be_pasted(book: Path, capsys: Capture) -> None:
    """A name from somebody else's disk stands in a command that is meant for the shell; it must not become one."""
    (book / "customers/2026/CU26-0001 ';touch fired;'.yaml").write_text(f"{NAMED}note: x\n", encoding="utf-8")
    _close(book)
    assert run(["doctor"]) == 3
    command = _lines(capsys)[-1].partition("aftercare renumber ")[2]
    assert shlex.split(command) == ["customers/2026/CU26-0001 ';touch fired;'.yaml"]


def test_much_at_once_is_asked_about(book: Path, capsys: Capture) -> None:
    """Six files of six at once may be somebody's mistake about the whole book."""
    put(book, **{f"customers_2026_CU26-000{number}": f"id: CU26-000{number}\nname: 李梅\n" for number in range(2, 7)})
    for number in range(1, 7):
        file = book / f"customers/2026/CU26-000{number}.yaml"
        file.write_bytes(file.read_bytes().decode().encode("gb18030"))
    assert run(["doctor", "--fix"]) == 2
    assert "this is much at once: mend what is wrong with the book: 6 files of 0 records" in capsys.readouterr().err
    assert not (book / ".aftercare/set-aside").exists()
    assert run(["doctor", "--fix", "--yes"]) == 0


def test_rows(book: Path, capsys: Capture) -> None:
    """Each finding is a row; what was mended says so, and where the old file is."""
    (book / WANG).write_bytes(NAMED.encode("gb18030"))
    row = {
        "id": "CU26-0001",
        "kind": "customer",
        "file": WANG,
        "line": 1,
        "code": "not-utf8",
        "message": "the file is not UTF-8; it looks like GB18030",
        "remedy": "writes it anew as UTF-8 and sets the old file aside",
        "mended_by": "doctor --fix",
    }
    assert run(["doctor", "--format", "json"]) == 3
    assert json.loads(capsys.readouterr().out) == [row | {"done": False, "set_aside": []}]
    assert run(["doctor", "--fix", "--format", "json"]) == 0
    kept = [f".aftercare/set-aside/2026-03-02T130000/{WANG}"]
    assert json.loads(capsys.readouterr().out) == [row | {"done": True, "set_aside": kept}]


def test_a_number_given_twice_leads_to_renumber(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """One line for each file in conflict, with the command; nothing is committed in the midst of a merge."""
    one, two = clones(tmp_path)
    git(one, "pull", "-q", "--no-rebase", str(two), "HEAD", fails=True)
    monkeypatch.chdir(one)
    head = git(one, "rev-parse", "HEAD")
    assert run(["doctor", "--fix"]) == 3
    out = _lines(capsys)
    assert [line for line in out if "renumber" in line] == [
        "  aftercare renumber CU26-0001",
        "  aftercare renumber SA26-0001",
    ]
    assert git(one, "rev-parse", "HEAD") == head


@pytest.mark.parametrize("odd", ["pipe", "link", "folder", "words"])
def test_what_stands_in_the_place_of_the_note_is_moved(book: Path, capsys: Capture, odd: str) -> None:
    """A pipe held the command and the book for ever; of a link the keys that it led to were copied into the book."""
    note = book / journal.FILE
    note.parent.mkdir(mode=0o700)
    (book.parent / "key").write_text("secret", encoding="utf-8")
    match odd:
        case "pipe":
            os.mkfifo(note)
        case "link":
            note.symlink_to(book.parent / "key")
        case "folder":
            note.mkdir()
        case _:
            note.write_text("words", encoding="utf-8")
    _close_but_links(book)
    assert run(["doctor", "--fix"]) == 0
    kept = ".aftercare/set-aside/2026-03-02T130000/.aftercare/journal"
    assert f"  the old file is in {kept}" in _lines(capsys)
    assert (os.path.lexists(note), (book / kept).is_symlink()) == (False, odd == "link")
    assert run(["doctor"]) == 0


def _close_but_links(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def test_of_what_was_finished_no_copy_stays(book: Path) -> None:
    """The note holds what the files hold: a customer who is forgotten later would have stayed in the copy."""
    journal.note(book, [Change("customers/2026/CU26-0002.yaml", None, b"id: CU26-0002\nname: x\n")])
    assert run(["doctor", "--fix"]) == 0
    assert not (book / ".aftercare/set-aside").exists()


def test_a_live_writer_is_not_called_killed(book: Path, capsys: Capture) -> None:
    """It was to be finished by --fix, which then waited for the very command that was at work."""
    with held(book, "sale add"):
        journal.note(book, [Change("customers/2026/CU26-0002.yaml", None, b"id: CU26-0002\nname: x\n")])
        run(["doctor"])
        assert "unfinished" not in capsys.readouterr().out
    run(["doctor"])
    assert "unfinished" in capsys.readouterr().out


def test_undo_leaves_alone_what_was_changed_by_hand(book: Path) -> None:
    """An hour of typing was committed under the doctor's name, and the next undo took it back."""
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\n"})
    _close(book)
    assert run(["customer", "add", "--name", "赵六"]) == 0
    (book / WANG).write_text(NAMED.replace("熟客", "老熟客"), encoding="utf-8")
    assert run(["doctor", "--fix"]) == 0
    assert git(book, "log", "-1", "--format=%s") == "changed by hand"
    assert run(["undo", "--yes"]) == 0
    assert "老熟客" in (book / WANG).read_text(encoding="utf-8")
    assert (book / "customers/2026/CU26-0002.yaml").exists()


def test_what_was_done_before_an_error_is_told(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Files were moved out of sight, and the one line that came said only that something could not be written."""
    (book / f"{WANG}~").write_bytes(b"old")
    (book / WANG).write_bytes(NAMED.encode("gb18030"))
    _close(book)

    def refuse(root: Path, changes: object) -> None:
        raise CannotWrite(WANG, "No space left on device")

    monkeypatch.setattr(writing, "write", refuse)
    assert run(["doctor", "--fix"]) != 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        f"{WANG}~:1: leftover an editor or git left this beside the file that it changed",
        "  done: sets it aside",
        f"  the old file is in .aftercare/set-aside/2026-03-02T130000/{WANG}~",
    ]
    assert "No space left on device" in printed.err


def test_what_a_lock_hinders_is_not_called_done(book: Path, capsys: Capture) -> None:
    """One report said both that the files were committed and that they were not."""
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\n"})
    _close(book)
    (book / ".git/index.lock").touch(mode=0o600)
    assert run(["doctor", "--fix"]) == 1
    lines = _lines(capsys)
    assert "  first see to the lock of git: .git/index.lock" in lines
    assert not [line for line in lines if "done:" in line]


def test_where_no_branch_is_checked_out(book: Path, capsys: Capture) -> None:
    """To conclude with "git commit" what was no merge changed nothing, day after day."""
    git(book, "checkout", "-q", "--detach")
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: 李梅\n"})
    _close(book)
    assert run(["doctor", "--fix"]) == 1
    assert _lines(capsys)[-1] == "  no branch is checked out; go back to one: git switch BRANCH"


def test_where_there_is_no_git(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The advice was "git init", to a shop that had no git to do it with."""
    monkeypatch.setenv("PATH", str(book.parent))
    assert run(["doctor"]) == 1
    assert _lines(capsys) == [
        "aftercare.yaml:1: no-history the settings want a history in git, and git is not installed",
        "  install git",
    ]


def test_sorted(book: Path, capsys: Capture) -> None:
    """Sorted, all findings were one empty line."""
    (book / f"{WANG}~").write_bytes(b"old")
    (book / WANG).chmod(0o644)
    assert run(["doctor", "--sort", "-code"]) == 1
    assert [line.split()[1] for line in _lines(capsys)[::2]] == ["permissions", "leftover"]


def test_a_change_that_fits_no_more_is_put_away(book: Path, capsys: Capture) -> None:
    """Half of it was done and a file of the rest was edited since: nobody could write in this book any more."""
    new = "customers/2026/CU26-0002.yaml"
    changes = [
        Change(new, None, b"id: CU26-0002\nname: x\n"),
        Change(WANG, NAMED.encode(), b"id: CU26-0001\nname: y\n"),
    ]
    journal.note(book, changes)
    put(book, **{"customers_2026_CU26-0002": "id: CU26-0002\nname: x\n"})
    (book / WANG).write_text(NAMED + "note: z\n", encoding="utf-8")
    _close(book)
    assert run(["customer", "add", "--name", "赵六"]) == 3
    assert run(["doctor", "--fix"]) == 0
    assert f"killed half-way, and {WANG} changed since" in capsys.readouterr().out
    assert (book / ".aftercare/set-aside/2026-03-02T130000/.aftercare/journal").is_file()
    assert (book / WANG).read_text(encoding="utf-8").endswith("note: z\n")
    assert run(["customer", "add", "--name", "赵六"]) == 0


def test_a_look_at_git_that_failed_was_said_to_have_saved(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Who only asked was told that something was saved and not committed, and looked for it in vain."""

    def failing(root: Path, clock: float) -> NoReturn:
        raise NotCommitted("write failure")

    monkeypatch.setattr(kept_by_git, "locks", failing)
    assert run(["doctor"]) == 1
    assert _lines(capsys)[0] == "aftercare.yaml:1: no-history the history cannot be read: write failure"
