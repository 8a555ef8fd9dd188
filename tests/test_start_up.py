"""What a command imports before it answers: starting is most of the time that a short command takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.counter import FILES, TODAY

ROOT = Path(__file__).resolve().parent.parent
HEAVY = frozenset(
    {
        "pydantic", "pydantic_core", "yaml", "tabulate", "wcwidth", "jinja2", "pygal", "pypinyin", "filelock",
        "phonenumbers", "lunar_python", "tzdata", "openpyxl", "holidays", "lifelines", "segno", "subprocess",
        "logging", "multiprocessing", "concurrent", "asyncio", "socket", "http", "email", "urllib",
        "importlib.metadata", "importlib.resources", "pathlib", "tempfile", "shutil", "zipfile", "ipaddress",
        "dataclasses", "csv", "json", "pickle", "decimal", "fractions", "statistics", "random", "hashlib", "calendar",
        "difflib", "shlex", "zoneinfo", "sqlite3",
    }
)  # fmt: skip
"""What takes a millisecond or more: all that others have made but Click, and of the standard library the worst."""
INDEXED = frozenset({"sqlite3", "json", "pathlib", "ipaddress", "urllib"})
"""What the index is found and asked with."""
READING = INDEXED | frozenset(
    {
        "pydantic", "pydantic_core", "yaml", "socket", "email", "importlib.metadata", "importlib.resources",
        "tempfile", "shutil", "zipfile", "dataclasses", "csv", "decimal", "fractions",
        "random", "hashlib", "calendar", "difflib", "shlex", "zoneinfo",
    }
)  # fmt: skip
"""What models and YAML bring along where files are read and not the index asked."""
PROBE = """\
import sys
before = set(sys.modules)
from aftercare.cli import run
code = run(sys.argv[1:])
sys.stderr.write("\\n".join(["--- modules", *sorted(set(sys.modules) - before)]))
sys.exit(code)
"""
COMPLETING = """\
import sys
before = set(sys.modules)
from aftercare.cli import completed
from aftercare.commands.session import Session
code = completed(sys.argv[1:], Session(), "zsh_complete")
sys.stderr.write("\\n".join(["--- modules", *sorted(set(sys.modules) - before)]))
sys.exit(code)
"""
SHELL = {
    "aftercare",
    "aftercare.catalogue",
    "aftercare.cli",
    "aftercare.commands",
    "aftercare.commands.bearings",
    "aftercare.commands.global_options",
    "aftercare.commands.later",
    "aftercare.commands.nouns",
    "aftercare.commands.session",
    "aftercare.commands.verbs",
    "aftercare.errors",
    "aftercare.errors.base",
    "aftercare.language",
    "aftercare.render",
    "aftercare.render.output",
    "aftercare.plain",
    "aftercare.plain.patterns",
    "aftercare.plain.text",
}
"""What every command loads of ours before its own module."""


def _imported(*words: str, book: Path | None = None, language: str = "en", probe: str = PROBE) -> set[str]:
    """The modules that one command loads in a fresh process, beside those that Python has loaded for itself."""
    environment = {"AFTERCARE_TODAY": TODAY, "AFTERCARE_LANG": language, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", probe, *words], cwd=book, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout
    return set(done.stderr.partition("--- modules\n")[2].split())


def _heavy(modules: set[str]) -> set[str]:
    """The heavy ones, a package by its name alone."""
    return set(HEAVY) & (modules | {name.partition(".")[0] for name in modules})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with its index."""
    folder = tmp_path_factory.mktemp("book")
    for file, text in FILES.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    _imported("due", book=folder)  # which makes the index
    _imported("check", "book", "--format", "json", book=folder)  # which notes what is wrong
    _imported("find", "wjg", book=folder)  # which notes how names are spelt
    return folder


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [["--help"], ["--version"], ["customer", "--help"], ["sale", "--help"], ["unit", "--help"]],
    ids=" ".join,
)
def test_help_and_version_import_nothing_heavy(words: list[str], language: str) -> None:
    """No record is read, so nothing that reads, writes or shows one is loaded."""
    width = {"shutil"} if "--help" in words else set()  # Click asks how wide the terminal is
    assert _heavy(_imported(*words, language=language)) == width


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["sale", "--help"], {"aftercare.commands.own_verbs"}),
        (["unit", "--help"], {"aftercare.commands.own_verbs"}),
    ],
    ids=["--version", "--help", "sale --help", "unit --help"],
)
def test_who_reads_no_record_loads_these_modules_and_no_others(words: list[str], more: set[str]) -> None:
    """The whole set by name: a module that joins it slows every command, and should be seen to do so."""
    loaded = _imported(*words)
    assert {name for name in loaded if name.partition(".")[0] == "aftercare"} == SHELL | more
    others = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert others == {"aftercare", "click"}


@pytest.mark.parametrize(
    ("words", "may_load"),
    [
        (["due"], INDEXED),
        (["balance"], INDEXED),
        (["check", "book", "--format", "json"], INDEXED),
        (["customer", "list"], INDEXED),
        (["sale", "list", "--format", "json"], INDEXED),
        (["sale", "list", "--customer", "王建国"], INDEXED),
        (["show", "SA26-0001", "--format", "json"], INDEXED),
        (["sale", "show", "KF35-001", "--format", "json"], INDEXED),
        (["find", "KFR-35"], INDEXED),
        (["find", "wjg"], INDEXED),
        (["show", "SA26-0001"], READING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_asked_often_loads_only_what_it_needs(book: Path, words: list[str], may_load: frozenset[str]) -> None:
    """Tables, papers, pinyin, locks and git do not come along; who answers by the index alone reads no record."""
    assert _heavy(_imported(*words, book=book)) - may_load == set()


@pytest.mark.parametrize(
    ("words", "may_load"),
    [
        (["bal"], {"json", "pathlib"}),
        (["sale", ""], {"json", "pathlib"}),
        (["claim", "add", "--"], {"json", "pathlib"}),
        (["sale", "show", "SA26-"], INDEXED),
        (["sale", "list", "--customer", "王"], INDEXED),
        (["visit", "add", "--keeps", ""], INDEXED),
        (["claim", "repair", ""], INDEXED),
        (["show", ""], INDEXED),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_tab_loads_nothing_heavy(book: Path, words: list[str], may_load: set[str]) -> None:
    """Somebody waits for it in the middle of a line: no command but the one that is typed, and no record."""
    loaded = _imported(*words, book=book, probe=COMPLETING)
    assert _heavy(loaded) - may_load - {"shlex"} == set()
    assert "aftercare.commands.due" not in loaded


def test_a_book_in_our_own_hand_needs_no_parser(tmp_path: Path) -> None:
    """What the tool wrote it reads without YAML; one file of another hand is enough to load it."""
    for file, text in {
        "aftercare.yaml": "shop: x\n",
        "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王\n",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    loaded = _imported("customer", "add", "--name", "张", "--phone", "13800138000", book=tmp_path)
    assert "pydantic" in loaded
    assert {"yaml", "importlib.metadata"} & loaded == set()  # nor does pydantic go looking for plugins
    (tmp_path / "customers/2026/CU26-0002.yaml").write_text("id: CU26-0002 # new\nname: 李\n", encoding="utf-8")
    assert "yaml" in _imported("customer", "add", "--name", "赵", "--phone", "13900139000", book=tmp_path)
