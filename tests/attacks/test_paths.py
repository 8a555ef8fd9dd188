"""Names are never places: nothing outside the book is touched because a word says so, no program misreads a word as an
option, and no command speaks to the network.
"""

from __future__ import annotations

import os
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import every_verb
from tests.attacks import poisoned, traps
from tests.attacks.payloads import acted
from tests.attacks.watching import watched

NAMES_A_FILE = ("-C", "init", "import", "--from", "--map", "--serials", "test", "check", "sheet")
"""Words of the command lines that take the name of a file, which may lie anywhere."""
REFS = [words for words in poisoned.ARGUMENTS if not {*words} & {*NAMES_A_FILE}]


def places(outside: Path) -> tuple[str, ...]:
    """Words that lead out of a book, as far as anybody takes them for places."""
    away = str(outside / "secret")
    return (
        *(
            away,
            f"{away}.yaml",
            f"file://{away}",
            "../outside/secret",
            "../outside/secret.yaml",
            "../../outside/secret",
        ),
        *("CU26-0001/../../../../outside/secret", "CU26-0001/../../outside/secret.yaml", "SA26-0001/../../outside"),
        *("customers/2026/CU26-0001.yaml", "./CU26-0001", "CU26-0001.yaml", "CU26-0001/", "CU26-0001/.."),
        *(
            "..",
            ".",
            "/",
            "~",
            "~root",
            "$HOME/secret",
            "%2e%2e%2foutside%2fsecret",
            "．．／outside／secret",
            "..\\outside",
        ),
        *(".git/config", ".aftercare/lock", "policies/ours.yaml", "aftercare.yaml", "CON", "NUL", "a" * 5000),
        *("CU9999-0001", "CU26-" + "9" * 400, "CU-1-1", "CU26-0001;x", "CU26-0001 ", "ＣＵ26－0001／．．"),
    )


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder beside the book, with a secret in it; the test stands in the book."""
    (tmp_path / "outside").mkdir()
    for name in ("secret", "secret.yaml"):
        (tmp_path / "outside" / name).write_text("id: CU26-0009\nname: SECRET\nsince: 2026-01-01\n", encoding="utf-8")
    every_verb.laid_out(tmp_path / "book", every_verb.base_book())
    with every_verb.standing_in(tmp_path / "book"):
        yield tmp_path / "outside"


@pytest.mark.parametrize("words", REFS[::5], ids=" ".join)
def test_a_word_that_is_typed_is_never_a_place(outside: Path, words: list[str]) -> None:
    """``customer remove ../../keys`` would have taken away what is no record."""
    before = {file: file.read_bytes() for file in outside.iterdir()}
    for place in places(outside):
        with watched() as seen:
            code, out, err = poisoned.said_back(words, place)
        assert seen.outside(Path.cwd()) == [], place
        assert not any(Path(file).name.startswith("secret") for file in seen.read), place
        assert (code == 70, "SECRET" in out + err, acted(err)) == (False, False, []), (place, err)
    assert {file: file.read_bytes() for file in outside.iterdir()} == before


EMPTY = (
    ("init", ""), ("report", ""), ("export", "all", "", "--to", "parquet"), ("export", "all", "", "--to", "sqlite"),
    ("export", "calendar", ""), ("policy", "schema", "--write", ""), ("due", "--notify", "shop", "--outbox", ""),
    ("import", "customer", ""), ("import", "customer", "x.csv", "--map", ""), ("customer", "add", "--from", ""),
    ("attach", "CL26-0001", "x.csv", ""), ("delivery", "sheet", "DE26-0001", "", "--force"), ("policy", "test", ""),
    ("sale", "add", "--serials", ""), ("customer", "forget", "CU26-0001", "--history-words", ""),
)  # fmt: skip


def test_a_variable_that_nobody_set_is_no_place(outside: Path) -> None:
    """``policy schema --write "$DIR"`` filled the folder that the script stood in, ``init "$DIR"`` made it a book."""
    assert outside
    place = Path.cwd().parent / "empty"
    place.mkdir()
    os.environ["AFTERCARE_BOOK"] = str(Path.cwd())
    os.chdir(place)
    before = every_verb.files_of(place.parent / "book")
    for words in EMPTY:
        code, out, err = every_verb.typed(shlex.join(words))
        assert (code, out, err[:19]) == (2, "", "aftercare: missing "), (words, err)
    assert list(place.iterdir()) == []
    assert every_verb.files_of(place.parent / "book") == before


def test_a_word_in_a_file_is_never_a_place(outside: Path) -> None:
    """A record of somebody's whose id, or whose customer, is a path would have read, or written over, another file."""
    book = Path.cwd()
    for number, place in enumerate(place for place in places(outside) if len(place) < 200):
        said = poisoned.quoted(place)
        every_verb.laid_out(
            book,
            {
                "staff/2026/ST26-0090.yaml": f"id: {said}\nname: x\n".encode(),
                "sales/2026/SA26-0090.yaml": (
                    f"id: SA26-0090\ncustomer: {said}\nsold_on: 2026-03-01\n"
                    f"items: [{{product: {said}, serial: {said}}}]\n"
                ).encode(),
                "three.jsonl": f'{{"id": {said}, "name": "x{number}"}}\n'.encode().replace(b"\\U0000", b"\\u"),
            },
        )
        for line in (
            "check",
            "due",
            "sale show SA26-0090",
            "sale set SA26-0090 invoice=1",
            "staff add --from three.jsonl",
        ):
            with watched() as seen:
                code, out, err = every_verb.typed(line)
            assert seen.outside(book) == [], (place, line)
            assert not any(Path(file).name.startswith("secret") for file in seen.read), (place, line)
            assert (code == 70, "SECRET" in out + err) == (False, False), (place, line, err)
        assert sorted(path.name for path in outside.iterdir()) == ["secret", "secret.yaml"]


SMUGGLED = (
    *(
        "--upload-pack=touch canary",
        "--output=canary",
        "-o canary",
        "--exec=touch canary",
        "-c core.pager=touch canary",
    ),
    *("--help", "-C/tmp", "-", "--", "-x", "--git-dir=x", "--exec-path=.", "-ccore.fsmonitor=touch canary", "-p"),
    *("$(touch canary)", "`touch canary`", "; touch canary", "| touch canary", "& touch canary", "&& touch canary"),
    *("a\ntouch canary\n", "'; touch canary; '", '"; touch canary; "', "a b c", "* ?", "{a,b}", "~", "!touch", "#x"),
    *(
        "%s%n",
        "\\n",
        "$IFS",
        "HEAD",
        "refs/heads/x",
        ":(exclude)x",
        ":/x",
        "@{-1}",
        "王 建国",
        "> canary",
        "< /dev/null",
    ),
)
"""Words that git, an editor or a shell would take for something to do."""


@pytest.mark.parametrize("lead", ["", "name "])
def test_no_program_takes_a_name_for_something_to_do(tmp_path: Path, lead: str) -> None:
    """A customer called ``--upload-pack=…``, a folder called ``$(…)``: git and the editor get them as names or not at
    all, and personal data in no argument.
    """
    for number, word in enumerate(SMUGGLED):
        name = f"{lead}{word}"
        book = tmp_path / str(number) / name.replace("/", "-")
        every_verb.laid_out(book, every_verb.base_book(git=True))
        traps.git(book, "init", "--quiet", "--template=")
        with every_verb.standing_in(book, EDITOR="sed -i s/since/since/"), watched() as seen:
            for line in (
                ["-C", str(book), "customer", "add", "--name", name, "--phone", "13512340000"],
                ["customer", "edit", "3"],
            ):
                code, __, err = poisoned.said_back(line, "")
                assert code in {0, 2, 4, 6}, (name, err)
            for words in (["due", "--as-of", "{}"], ["customer", "list", "--as-of={}"], ["find", "--", "{}"]):
                assert poisoned.said_back(words, name)[0] in {0, 1, 2, 4}, name
        if seen.programs and lead:
            assert not any(name in word for words in seen.programs for word in words if not word.startswith("/")), name
        assert not list(tmp_path.rglob("canary")), name


def test_no_command_speaks_to_the_network(tmp_path: Path) -> None:
    """No verb that writes, no question and no paper makes so much as a socket."""
    for row in every_verb.EVERY[::8]:
        book = tmp_path / row.name.replace(" ", "-")
        every_verb.laid_out(book, every_verb.base_book())
        with every_verb.standing_in(book), watched() as seen:
            every_verb.typed(row.line)
        assert seen.network == [], row.name
    with every_verb.standing_in(tmp_path / every_verb.EVERY[0].name.replace(" ", "-")), watched() as seen:
        for line in (*poisoned.QUESTIONS, *poisoned.PAPERS):
            every_verb.typed(line)
    assert seen.network == []
    with watched() as seen, socket.socket():  # what is asserted above can be seen
        pass
    assert seen.network != []


def test_the_watch_sees_what_is_written(tmp_path: Path) -> None:
    """A file opened to write, made, renamed or taken away outside is seen, so that the tests above can fail."""
    with watched() as seen:
        (tmp_path / "a").write_text("x", encoding="utf-8")
        os.rename(tmp_path / "a", tmp_path / "b")  # noqa: PTH104
        (tmp_path / "b").unlink()
    assert len(seen.outside(tmp_path / "book")) >= 3
    assert seen.outside(tmp_path) == []
