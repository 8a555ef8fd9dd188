"""What no module of the package does: print past the gate, start a shell, run what it reads, build SQL from texts."""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

PACKAGE = Path(__file__).resolve().parent.parent.parent / "aftercare"
MODULES = sorted(PACKAGE.rglob("*.py"))
GATE = PACKAGE / "render" / "output.py"
RUNS_WHAT_IT_READS = {"eval", "exec", "compile", "__import__", "breakpoint"}
NEVER = {"pickle", "marshal", "shelve", "dill", "xmlrpc", "socket", "ssl", "http", "ftplib", "smtplib", "telnetlib"}
NEVER |= {"urllib.request", "requests", "webbrowser", "code", "pty", "ctypes"}
SHELLS = {"os.system", "os.popen", "os.spawnl", "os.startfile", "tempfile.mktemp", "subprocess.getoutput"}
SHELLS |= {"subprocess.getstatusoutput", "yaml.load", "yaml.unsafe_load", "yaml.full_load", "os.execvp", "os.execv"}
STARTERS = {"aftercare/book/git.py", "aftercare/commands/editor.py", "aftercare/commands/paging.py"}
STARTERS |= {"aftercare/book/lasting.py"}
"""Where programs are started: git, the operator's editor and pager, and ``sync``, for many files at once."""
LISTENS = {("aftercare/commands/serving.py", "http.server")}
"""The one module that speaks to a network: ``report --serve``, on the loopback, where it is asked for by name."""
SENDS = {"aftercare/commands/sending.py"}
"""The one module by which anything leaves the machine: ``due --notify``, to addresses in the user's own settings."""
SQL = re.compile(r"\b(?:SELECT .* FROM|INSERT INTO|UPDATE .* SET|DELETE FROM|CREATE TABLE|DROP TABLE)\b")


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


HELP = ("aftercare/commands/later.py", "click.echo")
"""The page of a command's own help, as Click would show it; nothing of a book is in it."""
MARKS = {"marks", "','.join('?' * len(fields))"}
OUR_WORDS = {
    "aftercare/answers/asking/confined.py": {"names", "table"},
    "aftercare/answers/asking/tables.py": {"columns", "name"},
    "aftercare/answers/rechecked.py": {"columns", "settled"},
    "aftercare/book/index/findable.py": {"table"},
    "aftercare/commands/export_parquet.py": {"casts", "reading"},
    "aftercare/render/database.py": {"', '.join([*columns, *foreign])", "_quoted(table.name)"},
    "aftercare/book/index/indexed.py": {"insert", "known"},
    "aftercare/book/index/reach.py": {"kind"},
}
"""What is put into a question of SQL beside marks: names of our tables and columns, all written out in that module."""


@cache
def _nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every call, import and text put together of the package, by the file it stands in."""
    wanted = (ast.Call, ast.Import, ast.ImportFrom, ast.JoinedStr)
    return tuple(
        (file.relative_to(PACKAGE.parent).as_posix(), node)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, wanted)
    )


def test_only_one_module_prints() -> None:
    """A value printed anywhere else would reach the terminal as it is; there is one gate, and all goes through it."""
    gate = GATE.relative_to(PACKAGE.parent).as_posix()
    printed = {"print", "click.echo", "click.secho", "click.prompt", "click.confirm", "sys.stdout.write"}
    printed |= {"sys.stderr.write", "secho", "warnings.warn", "traceback.print_exc"}
    found = [
        (at, _name(node.func)) for at, node in _nodes() if isinstance(node, ast.Call) and _name(node.func) in printed
    ]
    assert {at for at, name in found if (at, name) != HELP} == {gate}
    assert found.count(HELP) == 1
    handed_on = [
        (at, node.lineno)
        for at, node in _nodes()
        if isinstance(node, ast.Call) and any(_name(one) in {"sys.stdout", "sys.stderr"} for one in node.args)
    ]
    assert handed_on == []


def test_nothing_that_is_read_is_run() -> None:
    """No shell, no evaluation, no format that brings code with it, no library that speaks to the network but one."""
    calls = {(at, _name(node.func)) for at, node in _nodes() if isinstance(node, ast.Call)}
    assert {(at, name) for at, name in calls if name in RUNS_WHAT_IT_READS | SHELLS} == set()
    imported = {(at, one.name) for at, node in _nodes() if isinstance(node, ast.Import) for one in node.names}
    imported |= {(at, node.module or "") for at, node in _nodes() if isinstance(node, ast.ImportFrom)}
    assert {(at, name) for at, name in imported if name in NEVER or name.partition(".")[0] in NEVER} == LISTENS
    assert {at for at, name in imported if name == "subprocess"} == STARTERS
    assert {at for at, name in imported if name.partition(".")[0] == "apprise"} == SENDS


def test_programs_get_their_words_in_a_list() -> None:
    """No keyword asks for a shell, and none of the starters is given a text instead of a list."""
    for at, node in _nodes():
        if isinstance(node, ast.Call) and _name(node.func).startswith("subprocess."):
            assert not any(word.arg == "shell" for word in node.keywords), at
            assert isinstance(node.args[0], ast.List), at


def test_sql_is_never_put_together_from_texts() -> None:
    """A name in a filter would be a part of the question; what is put into one is question marks, or words of ours."""
    found: dict[str, set[str]] = {}
    for at, node in _nodes():
        values = node.values if isinstance(node, ast.JoinedStr) else []
        pieces = [str(one.value) for one in values if isinstance(one, ast.Constant)]
        if SQL.search(" ".join(pieces).upper()):
            holes = (ast.unparse(one.value) for one in values if isinstance(one, ast.FormattedValue))
            found.setdefault(at, set()).update(hole for hole in holes if hole not in MARKS)
    assert {at: holes for at, holes in found.items() if holes} == OUR_WORDS


def test_templates_come_from_the_package_and_escape() -> None:
    """No template is a text, none marks what it prints as safe, and none but ours is ever looked for."""
    for at, node in _nodes():
        if isinstance(node, ast.Call):
            name = _name(node.func).rpartition(".")[2]
            assert name not in {"from_string", "FileSystemLoader", "Template"}, at
            if name.endswith("Environment"):
                said = {word.arg: word.value for word in node.keywords}
                assert isinstance(said["autoescape"], ast.Constant), at
                assert said["autoescape"].value is True, at
                assert _name(said["loader"].func) == "PackageLoader", at  # type: ignore[attr-defined]
    for file in (PACKAGE / "render" / "templates").glob("*"):
        assert not re.search(r"\|\s*safe|autoescape\s+false|<script|javascript:", file.read_text("utf-8")), file


EVIL = (
    *(
        "a" * 3000,
        "a" * 3000 + "!",
        " " * 3000 + "x",
        "\n" * 3000 + "x",
        "1" * 3000 + "x",
        "-" * 3000,
        "." * 3000 + "!",
    ),
    *("ab" * 1500 + "!", "a " * 1500 + "!", "1-" * 1500 + "x", "1," * 1500, "'" * 3000, "'" * 1500 + " " * 1500 + "x"),
    *("\t " * 1500 + "x", "王" * 3000 + "x", "\u0301" * 3000, "<" * 3000, "{{" * 1500, "/a" * 1500 + "!", "=" * 3000),
)
"""Texts on which a pattern that tries every way would take for ever."""


def _uses() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Each pattern of a module with each way in which it is used there, or, where another module has it, anywhere."""
    texts = {file: file.read_text("utf-8") for file in MODULES}
    for file in (file for file, text in texts.items() if "re.compile" in text):
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for attribute, value in vars(import_module(name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                asked = re.compile(rf"\b{attribute}\.(match|fullmatch|search|sub|findall|finditer|split)\b")
                here = set(asked.findall(texts[file]))
                yield from ((f"{name}:{attribute}", value, way) for way in sorted(here or {"search"}))


@pytest.mark.parametrize(("name", "pattern", "way"), [*_uses()], ids=lambda value: value if type(value) is str else "")
def test_no_pattern_takes_for_ever(name: str, pattern: re.Pattern[str], way: str) -> None:
    """A line of a million spaces in a record that somebody sent would have hung every ``set`` of it for days: each
    pattern is through with all evil texts at once.
    """

    def too_long(number: int, frame: FrameType | None) -> None:
        raise AssertionError(name)

    use = {"sub": lambda text: pattern.sub("", text), "finditer": lambda text: list(pattern.finditer(text))}
    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 5.0)
    try:
        for text in EVIL:
            use.get(way, getattr(pattern, way))(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
