"""To open a book that somebody handed over runs nothing that is in it: promise 7."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from aftercare.book.git import Git
from tests import every_verb
from tests.attacks import traps
from tests.attacks.traps import Traps

LINES = (
    *(
        "due",
        "check",
        "find 王",
        "customer list --as-of HEAD",
        "due --as-of HEAD~0",
        "customer show CU26-0001 --as-of HEAD~0",
    ),
    *(
        "customer add --name 钱六",
        "customer set CU26-0001 name=王建",
        "promise add --to CU26-0001 --what 回电 --due +3d",
    ),
    *("part receive PA26-0001 --qty 1", "claim refuse CL26-0001 repair --reason 人为", "policy new shop own"),
    *("import customer customers.csv", "delivery sheet DE26-0001", "claim letter CL26-0002 page.html"),
    *(
        "customer edit CU26-0002",
        "customer remove CU26-0003 --yes",
        "policy list",
        "check book",
        "sale label SA26-0001",
        "attach CL26-0001 customers.csv --what 'a list'",
        "attachments --verify",
        "log --limit 3",
        "undo",
    ),
)
"""Commands of every sort: they look, look back, write, commit, print papers, and start the editor."""

PLACES = (
    "../outside/x",
    "/aftercare-outside/x",
    ".git/hooks/pre-commit",
    ".git/config",
    ".aftercare/lock",
    "staff/../../x",
    "link/x",
)
"""Files that no note of ours would name."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Traps]:
    """The book with all traps that fit in one."""
    scratch = tmp_path_factory.mktemp("traps")
    (scratch / "book").mkdir()
    found = Traps(scratch)
    traps.lay_all(scratch / "book", found)
    found.sprung()
    return scratch / "book", found


def test_traps_of_git_do_not_spring(laid: tuple[Path, Traps]) -> None:
    """Somebody's folder would have run a program of theirs at the first ``due --as-of``, as whoever opened it."""
    book, found = laid
    assert found.laid >= 150
    head = traps.git(book, "rev-parse", "HEAD")
    found.sprung()
    with every_verb.standing_in(book, **traps.environment(book)):
        for line in LINES:
            code, out, err = every_verb.typed(line)
            assert code in {0, 1, 5}, (line, out, err)
            assert found.sprung() == [], line
    assert traps.git(book, "rev-parse", "HEAD") != head  # commits were made, so the traps had their chance


def test_git_compares_without_the_filters_of_the_folder(laid: tuple[Path, Traps]) -> None:
    """Mending a merge writes git's index before any commit is made, and would have run them at that."""
    book, found = laid
    for record in (book / "customers/2026").iterdir():
        record.touch()
    for words in (("update-index", "--refresh"), ("status",), ("diff-files",)):
        Git(book).ask(*words)
        assert found.sprung() == [], words


def test_modules_and_programs_in_the_folder_are_not_run(laid: tuple[Path, Traps]) -> None:
    """Python takes no module from the book one stands in; ``git`` and the editor are never those of the book."""
    book, found = laid
    around = {**every_verb.ENVIRONMENT, **traps.environment(book), "EDITOR": "ed"}
    tool = [str(Path(sys.executable).with_name("aftercare"))]
    ways = ([*tool, "due"], [*tool, "customer", "edit", "CU26-0001"], [*tool, "-C", ".", "staff", "add", "--name", "x"])
    for words in (*ways, [sys.executable, "-P", "-m", "aftercare", "due"]):
        done = subprocess.run(words, cwd=book, env=around, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        assert found.sprung() == [], words


def test_the_traps_do_spring_on_whoever_is_careless(laid: tuple[Path, Traps]) -> None:
    """Plain git, and Python with the folder on its path, run what lies there: the tests above could have failed."""
    book, found = laid
    (book / "customers/2026/CU26-0001.yaml").touch()
    for words in (["status"], ["diff"], ["add", "--all"], ["log"], ["commit", "-m", "x"], ["fetch"]):
        traps.git(book, *words)
    traps.git(book, "-c", "filter.evil.process=", "-c", "commit.gpgSign=false", "commit", "--allow-empty", "-m", "x")
    sprung = set(found.sprung())
    assert {"include-path", "filter-evil-process"} <= sprung
    assert {"gpg-openpgp-program", "gpg-program"} & sprung
    assert any(name.startswith("-git-hooks") for name in sprung)
    around = {"PATH": f".:{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-m", "aftercare", "due"], cwd=book, env=around, capture_output=True, check=False)
    subprocess.run("ed", cwd=book, env=around, capture_output=True, check=False, shell=True)  # noqa: S602
    sprung = set(found.sprung())
    assert any(name.startswith(("python-", "package-")) for name in sprung)
    assert "program-ed" in sprung


def test_a_repository_that_is_elsewhere_runs_nothing_either(tmp_path: Path) -> None:
    """A ``.git`` that points away, a bare repository among the records, settings that git cannot read."""
    found = Traps(tmp_path)
    for name, book in traps.elsewhere(tmp_path, found):
        found.sprung()
        with every_verb.standing_in(book, **traps.environment(book)):
            for line in ("due", "customer list --as-of HEAD", "customer add --name 钱六", "customer edit CU26-0001"):
                code, __, err = every_verb.typed(line)
                assert "Traceback" not in err, (name, line)
                assert code in {0, 1, 2, 6}, (name, line, err)
                assert found.sprung() == [], (name, line)
        assert not list(tmp_path.glob("customers")), name


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else_is_said_in_one_line(tmp_path: Path) -> None:
    """Git refuses a repository of another user; the record is saved, and the reason is one line."""
    every_verb.laid_out(tmp_path, every_verb.base_book(git=True))
    traps.git(tmp_path, "init", "--quiet", "--template=")
    for path in (tmp_path, *(tmp_path / ".git").rglob("*"), tmp_path / ".git"):
        os.chown(path, 12345, 12345)
    with every_verb.standing_in(tmp_path):
        code, out, err = every_verb.typed("customer add --name 钱六")
    assert (code, out) == (6, "CU26-0004\n")
    assert len([line for line in err.splitlines() if line.startswith("aftercare: ")]) == 1


def test_what_lies_in_the_tool_s_own_folder_is_never_followed(tmp_path: Path) -> None:
    """A lock that is a link to the operator's keys would have been emptied, or made readable, by the next sale."""
    victim = tmp_path / "victim"
    for name in ("lock", "holder", "journal", "uncommitted", "committing", "git-index", "git-index.lock", ".gitignore"):
        for way in ("link", "dangling", "hard link", "pipe", "folder", "folder behind a link"):
            book = tmp_path / f"{name}-{way}".replace(" ", "-")
            every_verb.laid_out(book, every_verb.base_book(git=True))
            traps.git(book, "init", "--quiet", "--template=")
            victim.write_bytes(b"keys\n")
            victim.chmod(0o640)
            (book / ".aftercare").mkdir()
            _put(book / ".aftercare" / name, way, victim, tmp_path)
            outside = sorted(path.name for path in tmp_path.iterdir())
            with every_verb.standing_in(book):
                for line in ("due --limit 1", "staff add --name 钱六"):
                    code, __, err = every_verb.typed(line)
                    assert "Traceback" not in err, (name, way, err)
                    assert code in {0, 3, 5, 6, 75}, (name, way, line, err)
            assert victim.read_bytes() == b"keys\n", (name, way)
            assert victim.stat().st_mode & 0o777 == 0o640, (name, way)
            assert sorted(path.name for path in tmp_path.iterdir()) == outside, (name, way)


def _put(there: Path, way: str, victim: Path, scratch: Path) -> None:
    match way:
        case "link":
            there.symlink_to(victim)
        case "dangling":
            there.symlink_to(scratch / "made")
        case "hard link":
            there.hardlink_to(victim)
        case "pipe":
            os.mkfifo(there)
        case "folder":
            there.mkdir()
        case _:
            (scratch / "elsewhere").mkdir(exist_ok=True)
            there.symlink_to(scratch / "elsewhere")


def test_a_note_of_somebody_s_writes_nothing_where_no_record_is(tmp_path: Path) -> None:
    """What a killed command left is finished by the next one: a note that was laid into the folder would have had the
    next sale write a hook, or a file of the operator's.
    """
    book = tmp_path / "book"
    every_verb.laid_out(book, every_verb.base_book(git=True))
    traps.git(book, "init", "--quiet", "--template=")
    (tmp_path / "outside").mkdir()
    (book / "link").symlink_to(tmp_path / "outside")
    kept = (book / ".git" / "config").read_bytes()
    (book / ".aftercare").mkdir()
    for place in PLACES:
        said = json.dumps([{"file": place, "was": "", "is": base64.b64encode(b"evil").decode()}]).encode()
        note = b"aftercare journal 1 " + sha256(said).hexdigest().encode() + b"\n" + said
        (book / ".aftercare" / "journal").write_bytes(note)
        (book / ".aftercare" / "uncommitted").write_bytes(os.fsencode("\0".join(PLACES)))
        with every_verb.standing_in(book):
            for line in ("due --limit 1", "staff add --name 钱六"):
                code, __, err = every_verb.typed(line)
                assert (code in {0, 3, 5, 6}, "Traceback" in err) == (True, False), (place, line, err)
        assert not list((tmp_path / "outside").iterdir()), place
        assert not (book / ".git" / "hooks").exists(), place
        assert not Path("/aftercare-outside").exists(), place
        assert (book / ".git" / "config").read_bytes() == kept, place
    assert not [name for name in traps.git(book, "ls-files").splitlines() if not name.endswith(".yaml")]
