"""A database in memory in which a question can do nothing but be answered.

It holds copies of rows and is gone afterwards, so not even a hole in what follows would reach a file.  Allowed is to
read these tables and to call functions; all else, and what reaches out, is refused before it runs.  Texts, time and
memory have bounds.  The database looks at the clock between two steps of its own; as one step can be long too, it runs
beside us, and is left behind if it does not look.
"""

from __future__ import annotations

import contextvars
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple, TypeVar

from aftercare import errors
from aftercare.language import _

LONGEST_QUESTION = 100_000
"""In bytes."""
MOST_MEMORY = 256 << 20
"""For the database, in bytes."""
MOST_ANSWER = 256 << 20
"""For what it answers, about, in bytes, by the time it is printed."""
_A_ROW, _A_FIELD, _A_TEXT = 96, 32, 50
"""About the bytes of a row, of each of its fields, and of a text beside its characters."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 5_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: LONGEST_QUESTION + 10,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
_REACHING_OUT = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "sqlite_log", "eval"})
_OF_SQLITE = frozenset({"sqlite_master", "sqlite_schema", "json_each", "json_tree"})
"""Tables that SQLite has by itself, and that tell of nothing else."""
_GRACE = 1.0
"""So many seconds after its time a question is left to itself."""
_STEPS = 10_000
"""So many instructions of the database between two looks at the clock."""
_ACTIONS = {
    sqlite3.SQLITE_ATTACH: "ATTACH",
    sqlite3.SQLITE_DETACH: "DETACH",
    sqlite3.SQLITE_PRAGMA: "PRAGMA",
    sqlite3.SQLITE_INSERT: "INSERT",
    sqlite3.SQLITE_UPDATE: "UPDATE",
    sqlite3.SQLITE_DELETE: "DELETE",
    sqlite3.SQLITE_TRANSACTION: "BEGIN, COMMIT, ROLLBACK",
    sqlite3.SQLITE_SAVEPOINT: "SAVEPOINT",
    sqlite3.SQLITE_ANALYZE: "ANALYZE",
    sqlite3.SQLITE_REINDEX: "REINDEX",
}


T = TypeVar("T")


class Answer(NamedTuple):
    """What a question came to."""

    columns: Sequence[str]
    rows: list[tuple[Any, ...]]


class Confined:
    """The database, with all tables empty."""

    def __init__(self, schema: Iterable[str], tables: Iterable[str]) -> None:
        self._tables = frozenset(tables) | _OF_SQLITE
        self._refused = ""
        self._is_lost = False
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, cached_statements=0, check_same_thread=False
        )
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for setting in ("temp_store = MEMORY", "trusted_schema = OFF", f"hard_heap_limit = {MOST_MEMORY}"):
            self._connection.execute(f"PRAGMA {setting}")
        for statement in schema:
            self._connection.execute(statement)
        for limit, most in _LIMITS.items():
            self._connection.setlimit(limit, most)

    def close(self) -> None:
        """Let go of it; who would wait for a question that was left to itself would wait as long as that takes."""
        if not self._is_lost:
            self._connection.close()

    def reads(self, question: str, seconds: float) -> Mapping[str, set[str]]:
        """The tables that a question would read, with the columns; BadQuestion or ForbiddenInQuestion otherwise."""
        return self._in_time(lambda: self._reads(question), seconds)

    def answer(self, question: str, seconds: float) -> Answer:
        """What the question comes to; QuestionTooLong after so many *seconds*."""
        return self._in_time(lambda: self._answer(question, seconds), seconds)

    def _in_time(self, work: Callable[[], T], seconds: float) -> T:
        """What some work comes to, done beside us."""
        done: list[T] = []
        failed: list[BaseException] = []

        def beside() -> None:
            try:
                done.append(work())
            except BaseException as error:  # noqa: BLE001 - it is raised again below
                failed.append(error)

        thread = threading.Thread(target=contextvars.copy_context().run, args=(beside,), daemon=True)
        self._is_lost = True
        thread.start()
        thread.join(seconds + _GRACE)
        self._is_lost = thread.is_alive()
        if self._is_lost:
            self._connection.interrupt()
            raise errors.QuestionTooLong(seconds)
        if failed:
            raise failed[0]
        return done[0]

    def _reads(self, question: str) -> Mapping[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)

        def noted(action: int, first: str | None, second: str | None, *more: str | None) -> int:
            answer = self._allowed(action, first, second, *more)
            if action == sqlite3.SQLITE_READ and first in self._tables and not answer:
                found[first].update({second} if second else ())
            return answer

        self._connection.set_authorizer(noted)
        explained = question if question.lstrip()[: len("explain")].casefold() == "explain" else f"EXPLAIN {question}"
        with self._told(), closing(self._connection.execute(explained)):
            pass
        self._connection.set_authorizer(None)
        return {name: found[name] for name in sorted(found.keys() - _OF_SQLITE)}

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into a table, of these columns."""
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        with self._told():
            self._connection.execute("BEGIN")
            self._connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
            self._connection.execute("COMMIT")

    def _answer(self, question: str, seconds: float) -> Answer:
        deadline = time.monotonic() + seconds

        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_authorizer(self._allowed)
        self._connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            with self._told():
                cursor = self._connection.execute(question)
                if cursor.description is None:
                    raise errors.BadQuestion(_("this asks for nothing"))
                return Answer(_named(one[0] for one in cursor.description), _bounded(cursor))
        except sqlite3.OperationalError as error:
            raise errors.QuestionTooLong(seconds) from error

    def _allowed(self, action: int, first: str | None, second: str | None, *_more: str | None) -> int:
        """Whether a question may do something, as SQLite asks it while it reads the question."""
        if action == sqlite3.SQLITE_READ:
            is_allowed, what = first in self._tables or not second, str(first)  # a name of the question's own
        elif action == sqlite3.SQLITE_FUNCTION:
            is_allowed, what = str(second).casefold() not in _REACHING_OUT, f"{second}()"
        else:
            is_allowed, what = action in _ALLOWED, _ACTIONS.get(action, "CREATE, DROP, ALTER")
        if not is_allowed:
            self._refused = self._refused or what
        return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the database says is wrong, as an error of ours; but for that it was interrupted."""
        self._refused = ""
        try:
            yield
        except MemoryError:
            raise errors.QuestionTooLarge(MOST_MEMORY >> 20) from None
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise
            if self._refused:
                raise errors.ForbiddenInQuestion(self._refused) from error
            if "one statement at a time" in str(error):
                raise errors.BadQuestion(_("ask one question at a time")) from error
            raise errors.BadQuestion(str(error)) from error


def _named(names: Iterable[str]) -> list[str]:
    """The names of columns, each once: a second ``id`` is ``id:1``, as SQLite itself would call it."""
    found: dict[str, None] = {}
    for name in names:
        own, number = name, 0
        while own in found:
            number += 1
            own = f"{name}:{number}"
        found[own] = None
    return list(found)


def _bounded(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """All rows; QuestionTooLarge where they are more than anybody reads."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        size += _A_ROW + 2 * _A_FIELD * len(row)  # a row is a mapping of names by the time it is printed
        size += sum(_size_of(value) for value in row if isinstance(value, str | bytes))
        if size > MOST_ANSWER:
            raise errors.QuestionTooLarge(MOST_ANSWER >> 20)
        rows.append(row)
    return rows


def _size_of(text: str | bytes) -> int:
    """About the bytes of a text in memory: where one character is Chinese, all of them take two."""
    return _A_TEXT + len(text) * (1 if isinstance(text, bytes) or text.isascii() else 2)
