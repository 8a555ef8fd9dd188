"""What another program, or a stranger's folder, left in the environment sends no command anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import every_verb
from tests.attacks import traps
from tests.attacks.payloads import acted
from tests.attacks.traps import Traps
from tests.attacks.watching import watched

LINES = ("due --limit 1", "customer add --name 钱六", "attach CL26-0001 customers.csv", "customer edit CU26-0002")
"""A question, a record with its commit, a file that git must not change, the editor's private copy."""
_HOMES = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
ENVIRONMENTS = {
    "git elsewhere": {
        **{f"GIT_{name}": "{away}" for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "COMMON_DIR")},
        **{f"GIT_{name}": "{away}" for name in ("ALTERNATE_OBJECT_DIRECTORIES", "QUARANTINE_PATH", "SHALLOW_FILE")},
        **{f"GIT_{name}": "{book}" for name in ("EXEC_PATH", "TEMPLATE_DIR", "NAMESPACE", "REPLACE_REF_BASE")},
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_ATTR_SOURCE": "HEAD",
        "GIT_LITERAL_PATHSPECS": "1",
        "LC_ALL": "xx_YY.garbage\x1b[31m",
        "LANGUAGE": "../../..:\u202e",
        "LANG": "/etc/passwd",
    },
    "programs": {
        **{f"GIT_{name}": "{trap}" for name in ("EXTERNAL_DIFF", "PAGER", "SSH", "SSH_COMMAND", "ASKPASS", "EDITOR")},
        **{f"GIT_{name}": "{trap}" for name in ("SEQUENCE_EDITOR", "PROXY_COMMAND", "DIFF_OPTS")},
        **{f"GIT_{name}": "{away}/trace" for name in ("TRACE", "TRACE2", "TRACE2_EVENT", "TRACE_PACKET")},
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": "{trap}",
        "GIT_CONFIG_PARAMETERS": "'core.fsmonitor={trap}'",
        "GIT_CONFIG": "{away}/config",
        "SSH_ASKPASS": "{trap}",
        **dict.fromkeys(("PAGER", "AFTERCARE_PAGER", "MANPAGER", "BROWSER"), "{trap}"),
        "LESSOPEN": "|{trap} %s",
        "LESS": "--log-file={away}/log",
    },
    "places in the book": {
        **dict.fromkeys(("HOME", *_HOMES, "SQLITE_TMPDIR", "PYTHONTZPATH"), "{book}"),
        "SQLITE_HISTORY": "{away}/history",
        "TZ": ":/etc/passwd",
        "COLUMNS": "-5",
        "LINES": "garbage",
        "TERM": "\x1b[31m",
        "NO_COLOR": "\x1b",
    },
    "places that are files": {
        **dict.fromkeys(("HOME", *_HOMES, "TMPDIR"), "/etc/passwd"),
        "TZ": "../../x",
        "COLUMNS": "9" * 30,
        "FORCE_COLOR": "9",
    },
    "places that are none": {
        **dict.fromkeys(("HOME", *_HOMES), "no/such\x1b"),
        "TMPDIR": "/no/such/\x1b[31m",
        "TZ": "A" * 50_000,
        **dict.fromkeys(("LC_ALL", "LANG"), "C"),
    },
}
"""Variables of the environment; ``{trap}`` is a program that leaves a canary, ``{away}`` a folder beside the book."""


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    """The files of the shop, kept by git."""
    return dict(every_verb.base_book(git=True))


@pytest.fixture
def zone() -> Iterator[None]:
    """Has the clock of this process back where it was."""
    yield
    time.tzset()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_no_variable_sends_a_command_elsewhere(tmp_path: Path, books: dict[str, bytes], name: str, zone: None) -> None:
    """A hook of git sets ``GIT_DIR`` and ``GIT_INDEX_FILE`` for whatever it starts: a sale noted from one would have
    been committed into the other repository, under the names that its index had.
    """
    del zone
    book, away = tmp_path / "book", tmp_path / "away"
    away.mkdir()
    every_verb.laid_out(book, books)
    traps.git(book, "init", "--quiet", "--template=")
    found = Traps(tmp_path)
    trap = found.program("trap")
    given = {one: value.format(book=book, away=away, trap=trap) for one, value in ENVIRONMENTS[name].items()}
    with every_verb.standing_in(book, **given):
        time.tzset()
        for line in LINES:
            with watched() as seen:
                code, out, err = every_verb.typed(line)
            assert (code, acted(out), acted(err)) == (0, [], []), (line, err)
            assert seen.outside(book) == [], line
            assert seen.network == [], line
            assert found.sprung() == [], line
    assert list(away.iterdir()) == []
    assert len(traps.git(book, "log", "--format=%H").split()) == len(LINES) - 1
    (blob,) = (line.split()[2] for line in traps.git(book, "ls-tree", "-r", "HEAD", "attachments").splitlines())
    assert traps.git(book, "cat-file", "blob", blob) == (book / "customers.csv").read_text("utf-8").strip()


def test_no_address_in_a_record_or_a_setting_is_fetched(tmp_path: Path, books: dict[str, bytes]) -> None:
    """An editor's line that names a schema on somebody's server would have told them when the book is looked at."""
    line = b"# yaml-language-server: $schema=http://127.0.0.1:9/x.json\n"
    more = b"$schema: http://127.0.0.1:9/x.json\n"
    files = {file: line + data + more if file.startswith("customers/") else data for file, data in books.items()}
    every_verb.laid_out(
        tmp_path, files | {"policies/ours.yaml": line + b"id: ours\nissuer: shop\ntitle: {en: x, zh: x}\n" + more}
    )
    with every_verb.standing_in(tmp_path):
        for words in (
            "due",
            "check",
            "policy check",
            "customer show CU26-0001",
            "customer set CU26-0001 note=x",
            "doctor",
        ):
            with watched() as seen:
                code, __, err = every_verb.typed(words)
            assert (code in {0, 1, 3, 6}, "Traceback" in err, seen.network) == (True, False, []), (words, err)
