"""Run a console session and see everything that a name could get out by.

Its books keep their history in git, also where the session does without, so every verb that writes starts a program.
Each ``aftercare`` of the session runs under umask 000 while the shell around it has 077, so whatever others may read
was made by us; and it notes every program that it starts, with its arguments and its environment.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from aftercare.answers.personal import known_by
from aftercare.book.book import Book
from aftercare.plain.blotting import OwnWords
from aftercare.records.customer import Customer
from tests import quick
from tests.test_sessions import ROOT, Session, parsed
from tests.the_index import but_for_it

STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.startfile")
"""What Python tells of itself when it starts another program."""
WITNESS = f"""
import json, os, sys

def note(event, given):
    if event in {STARTS!r}:
        argv = given[1] if event != "os.system" else given
        around = given[-1] if event != "os.system" else None
        values = list((around or os.environ).values())
        said = [os.fsdecode(word) for word in [*argv, *values]]
        with open(os.environ["WITNESS"], "a", encoding="utf-8", errors="surrogateescape") as out:
            out.write(json.dumps(said) + "\\n")

sys.addaudithook(note)
from tests.quick import serve
from tests.the_index import but_for_it
serve(sys.argv[1])
"""


@contextmanager
def witness() -> Iterator[Path]:
    """The tool, loaded and waiting at a socket, which notes every program that it starts."""
    with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
        at = Path(folder, "socket")
        with subprocess.Popen([sys.executable, "-c", WITNESS, str(at)], cwd=ROOT, stdout=subprocess.PIPE) as server:
            if server.stdout:
                server.stdout.readline()
            try:
                yield at
            finally:
                server.kill()


class Seen(NamedTuple):
    """What one session showed: what it was about, what of it came out and where, and which files others may read."""

    programs: int
    files: int
    told: list[str]
    open_to_others: list[str]


def watch(path: Path, folder: Path, server: Path) -> Seen:
    """Run the session at *path* in *folder* with the tool of a :func:`witness`, and look."""
    home, temporary = folder / "home", folder / "tmp"
    for new in (home, temporary, folder / "bin"):
        new.mkdir(parents=True)
    session = parsed(path.read_text(encoding="utf-8"))
    _laid_out(session, home)
    _run(session, folder, home, server)
    words = _words(home)
    noted = folder / "programs"
    programs = noted.read_text("utf-8", "replace").splitlines() if noted.exists() else []
    told = [f"a program was told: {line}" for line in programs if _says(words, json.loads(line))]
    told += [f"a file of our own: {file}" for file in _own_files(home) if _holds(file, words)]
    left = (file for file in temporary.rglob("*") if file.is_file() and not _is_kept(file))
    told += [f"left in {file}" for file in left if _holds(file, words)]
    told += [f"a commit says: {line}" for line in _messages(home) if words.are_in(line)]
    made = [file for file in (*home.rglob("*"), *temporary.rglob("*")) if not file.is_symlink()]
    others = [str(file.relative_to(folder)) for file in made if stat.S_IMODE(file.stat().st_mode) & 0o077]
    return Seen(len(programs), len(made), told, others)


def _laid_out(session: Session, home: Path) -> None:
    if session.settings.get("copy") == "data":
        shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns(".git", ".aftercare"))
        settings = home / "data" / "aftercare.yaml"
        settings.write_text(settings.read_text("utf-8").replace("git: no", "git: yes"), encoding="utf-8")
        subprocess.run(["git", "init", "--quiet", "--template=", str(home / "data")], check=True)
    for file in (home, *home.rglob("*")):
        file.chmod(0o700 if file.is_dir() else 0o600)


def _run(session: Session, folder: Path, home: Path, server: Path) -> None:
    tool = folder / "bin" / "aftercare"
    quick.install(tool, server)
    tool.write_text(tool.read_text("utf-8").replace("exec ", "umask 000; exec ", 1), encoding="utf-8")
    around = {
        "PATH": f"{tool.parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(folder / "tmp"),
        "TZ": "Asia/Shanghai",
        "WITNESS": str(folder / "programs"),
        "AFTERCARE_TODAY": session.settings["today"],
        "AFTERCARE_LANG": session.settings.get("lang", "en"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_{part}": "shop" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")},
    }
    typed = "\n".join("\n".join(step.command) for step in session.steps).replace(" --no-git", "")
    script = "umask 077\n" + re.sub(r"\bumask \d+; ", "", typed)
    subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", script],
        cwd=home, env=around, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=600,
    )  # fmt: skip


def _is_kept(file: Path) -> bool:
    """Whether it is what somebody typed in an editor and could not be taken, which they were told is kept there."""
    return bool(re.fullmatch(r"aftercare-\w+/[A-Z]{2}\d\d-\d{4}\.yaml", "/".join(file.parts[-2:])))


def _books(home: Path) -> Iterator[Path]:
    return (file.parent for file in sorted(home.rglob("aftercare.yaml")))


def _words(home: Path) -> OwnWords:
    """What every customer of the session's books is known by."""
    whole = OwnWords([])
    for root in _books(home):
        for customer in Book(root).read().of(Customer):
            whole |= known_by(customer)
    return whole


def _says(words: OwnWords, said: list[str]) -> bool:
    return any(words.are_in(word) for word in said)


def _own_files(home: Path) -> Iterator[Path]:
    """What the tool keeps for itself; what the doctor set aside is the operator's, who is told where it is.

    The index says what the records say, and goes when somebody is forgotten.
    """
    found = (file for root in _books(home) for file in (root / ".aftercare").rglob("*") if file.is_file())
    return (file for file in but_for_it(found) if "set-aside" not in file.parts)


def _holds(file: Path, words: OwnWords) -> bool:
    return words.are_in(file.read_bytes().decode("utf-8", "replace"))


def _messages(home: Path) -> Iterator[str]:
    for root in _books(home):
        said = subprocess.run(["git", "-C", str(root), "log", "--all", "--format=%B"], capture_output=True, check=False)
        yield from said.stdout.decode("utf-8", "replace").splitlines()
