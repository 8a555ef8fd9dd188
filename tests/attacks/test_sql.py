"""A question in SQL can only be answered: it reaches no file and no program, changes nothing, and ends in time."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aftercare.answers.asking import confined
from aftercare.render.formats import FORMATS
from tests import every_verb
from tests.attacks.payloads import acted
from tests.attacks.watching import watched

ROOT = Path(__file__).resolve().parent.parent.parent
REACHING_OUT = (
    "ATTACH 'outside.db' AS x",
    "ATTACH ':memory:' AS x",
    "DETACH main",
    "VACUUM INTO 'outside.db'",
    "SELECT load_extension('/tmp/x.so')",
    "SELECT readfile('../secret')",
    "SELECT writefile('outside', 'x')",
    "SELECT edit('x', 'touch outside')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT eval('ATTACH ''outside.db'' AS x')",
    "SELECT * FROM fsdir('.')",
    "SELECT * FROM csv('../secret')",
    "CREATE VIRTUAL TABLE t USING csv(filename='../secret')",
    "CREATE VIRTUAL TABLE t USING fts5(x)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE TEMP VIEW v AS SELECT 1",
    "CREATE TEMP TRIGGER r AFTER INSERT ON sales BEGIN SELECT 1; END",
    "SELECT * FROM sqlite_dbpage",
    "SELECT * FROM dbstat",
    "SELECT * FROM sqlite_temp_master",
    "SELECT * FROM bytecode('SELECT 1')",
)
CHANGING = (
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA journal_mode",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_table_info('sales')",
    "INSERT INTO sales (id) VALUES ('SA26-9999')",
    "UPDATE customers SET name = 'x' RETURNING name",
    "DELETE FROM sales",
    "WITH gone AS (SELECT 1) DELETE FROM sales",
    "DROP TABLE sales",
    "ALTER TABLE sales RENAME TO x",
    "REINDEX",
    "ANALYZE",
    "BEGIN IMMEDIATE",
    "SAVEPOINT s",
    "EXPLAIN DELETE FROM sales",
    "EXPLAIN ATTACH 'outside.db' AS x",
    "SELECT 1; DROP TABLE sales",
    "SELECT 1;;ATTACH 'outside.db' AS x",
    "/* */ ; DELETE FROM sales",
)
WITHOUT_END = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n a, n b, n c",
    "SELECT count(*) FROM " + ", ".join(f"findings t{n}" for n in range(30)),  # noqa: S608 - numbers
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 90000000) SELECT x FROM n WHERE x < 0",
)
DOUBLED = ", ".join(f"t{n} AS (SELECT x FROM t{n - 1} UNION ALL SELECT x FROM t{n - 1})" for n in range(1, 40))  # noqa: S608
DEAF = (
    "SELECT printf('%.*c', 2000000000, 'x')",
    f"WITH t0 AS (SELECT 1 AS x), {DOUBLED} SELECT x FROM t39",  # noqa: S608 - numbers
)
"""What is a single step to the database, or none yet, so that it looks at no clock."""
TOO_LARGE = (
    "SELECT randomblob(1000000000)",
    "SELECT zeroblob(2147483647)",
    "SELECT hex(zeroblob(4000000))",
    "SELECT replace(hex(zeroblob(100000)), '0', hex(zeroblob(100000)))",
    "SELECT group_concat(hex(zeroblob(2000000))) FROM customers a, customers b",
    "SELECT " + "(" * 5000 + "1" + ")" * 5000,
    "SELECT " + " + ".join("1" * 1 for _ in range(60_000)),
    "SELECT '" + "x" * 200_000 + "'",
    "SELECT json('" + "[" * 40_000 + "')",
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """A book with one of everything, a secret beside it, in which a test stands."""
    (tmp_path / "secret").write_text("a secret")
    book = tmp_path / "book"
    book.mkdir()
    every_verb.laid_out(book, every_verb.base_book())
    with every_verb.standing_in(book):
        yield book


def _asked(question: str, *more: str) -> tuple[int, str, str]:
    return every_verb.typed(shlex.join(["sql", question, *more]))


@pytest.mark.parametrize("question", [*REACHING_OUT, *CHANGING])
def test_what_is_more_than_a_question_is_refused(shop: Path, question: str) -> None:
    """In one line, before any of it runs; no file is opened for it, inside the book or outside."""
    before = every_verb.files_of(shop.parent)
    with watched() as seen:
        code, out, err = _asked(question)
    assert (code, out) == (2, ""), err
    assert err.startswith("aftercare: sql: ")
    assert "Traceback" not in err
    assert (seen.programs, seen.network) == ([], [])
    assert [place for place in seen.read if "secret" in place or "outside" in place] == []
    assert seen.outside(shop) == []
    assert every_verb.files_of(shop.parent) == before


@pytest.mark.parametrize("question", WITHOUT_END, ids=lambda question: question[:60])
def test_a_question_without_an_end_is_given_up(shop: Path, question: str) -> None:
    """When its time is over, and little later."""
    assert shop
    began = time.monotonic()
    code, out, err = _asked(question, "--timeout", "0.2")
    assert (code, out) == (2, "")
    assert err.startswith("aftercare: sql: no answer within 0.2 s")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("question", DEAF, ids=lambda question: question[:30])
def test_a_question_that_looks_at_no_clock_is_left_behind(shop: Path, question: str) -> None:
    """It ends with the command that asked it, or at the bound of its memory, whichever is met first."""
    began = time.monotonic()
    words = [sys.executable, "-m", "aftercare", "sql", question, "--timeout", "0.1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=shop, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(("aftercare: sql: no answer within 0.1 s", "aftercare: sql: it takes more than "))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("question", TOO_LARGE, ids=lambda question: question[:60])
def test_a_question_cannot_fill_the_memory(shop: Path, question: str) -> None:
    """Texts have a greatest length, and so has the question."""
    assert shop
    code, out, err = _asked(question)
    assert (code, out) == (2, "") or len(out) < 200, err
    assert "Traceback" not in err


def test_an_answer_cannot_fill_the_memory(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody can read is not gathered to its end."""
    assert shop
    monkeypatch.setattr("aftercare.answers.asking.confined.MOST_ANSWER", 1 << 20)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    code, out, err = _asked(endless)
    assert (code, out) == (2, "")
    assert err.startswith("aftercare: sql: it takes more than 1 MiB")


MEASURED = """
import sys
from aftercare.answers.asking import confined
confined.MOST_MEMORY = confined.MOST_ANSWER = 24 << 20
from aftercare.cli import run
code = run(sys.argv[1:])
sys.stdout.flush()
with open("/proc/self/status") as status:  # what getrusage tells begins with what the tests themselves hold
    print(*(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""
COUNTED = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {}) SELECT x FROM n"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("SELECT 1", 0),
        (COUNTED.format(140_000), 0),
        (COUNTED.format(900_000), 2),
        (COUNTED.format(900_000) + " ORDER BY -x", 2),
        (COUNTED.format(900_000) + " GROUP BY -x", 2),
    ],
    ids=["one row", "as many as may be", "too many", "sorted", "grouped"],
)
def test_what_a_question_sorts_and_prints_has_a_bound(shop: Path, question: str, code: int) -> None:
    """A question that sorted tens of millions of rows took 840 MiB before it was refused, and one that was answered
    took more: on the small machine of a shop other programs were ended for it.
    """
    assert confined.MOST_MEMORY + confined.MOST_ANSWER <= 512 << 20
    words = [sys.executable, "-c", MEASURED, "sql", question, "--format", "csv"]
    done = subprocess.run(
        words, cwd=shop, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    *said, peak = done.stderr.splitlines()
    assert (done.returncode, "takes more than 24 MiB" in "".join(said)) == (code, code == 2)
    assert int(peak) < 45 + 2 * 24 + 20


def test_names_and_values_of_a_question_act_on_no_terminal(shop: Path) -> None:
    """What a question calls a column is shown as harmlessly as what stands in it, and as what is wrong with it."""
    assert shop
    for question in (
        "SELECT char(27) || '[2J' || char(10) || 'forged' AS \"\x1b[2J\nx\"",
        "SELECT \x1b[2J FROM sales",
        'SELECT * FROM "\x1b[2J\nforged"',
        "SELECT json_extract('{', char(27))",
    ):
        for fmt in ("table", "json", "yaml"):
            __, out, err = _asked(question, "--format", fmt)
            assert acted(out) + acted(err) == [], (question, fmt)
            assert err.count("\n") <= 2


def test_a_spreadsheet_reckons_nothing_of_an_answer(shop: Path) -> None:
    """As in every list: a formula gets a quote before it, as a value and as a name."""
    assert shop
    _code, out, _err = _asked("SELECT '=1+1' AS \"=cmd|x\"", "--format", "csv")
    assert out == "'=cmd|x\n'=1+1\n"


def test_what_a_question_makes_turns_no_line_of_a_sheet_around(shop: Path) -> None:
    """``char(8238)`` in an answer as CSV showed whoever looked at it other amounts than stood there: in no format does
    a sign reach the terminal that it obeys, and what a record may hold is exact.
    """
    assert shop
    signs = (0, 7, 8, 9, 13, 27, 127, 133, 155, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFFE, 0xFFFF, 0x1F600)
    made = " || ".join(f"char({sign})" for sign in signs)
    for fmt in FORMATS:
        code, out, err = _asked(f"SELECT {made} AS id, 'a' AS \"\u202e\x1b\"", "--format", fmt)
        assert (code, err) == (0, ""), fmt
        assert acted(out, exact=True) == [], fmt
    for fmt in ("csv", "tsv"):
        _code, out, _err = _asked("SELECT char(8206) || char(8203) || char(8232) AS a", "--format", fmt)
        assert out == "a\n\u200e\u200b\u2028\n"
