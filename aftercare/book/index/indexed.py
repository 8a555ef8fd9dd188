"""A book through its index: as its files are now, and read again only where they changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aftercare.book import journal
from aftercare.book.ids import place_of
from aftercare.book.index import freshness
from aftercare.book.index.database import Database
from aftercare.book.index.following import Follow, unseen
from aftercare.book.index.freshness import Asked, Folder, Seal, Untidy
from aftercare.book.index.program import program
from aftercare.book.tongue import POLICIES, SETTINGS

if TYPE_CHECKING:
    from aftercare.book.book import Book

Said = TypeVar("Said")

VERIFIED_UP_TO = 20_000
"""So many files are all looked at each time; in a larger book the folders are sealed."""
_PATIENCE = 10


class _Folders(Mapping[str, Folder]):
    """The folders as the index has them; each is read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getitem__(self, path: str) -> Folder:
        asked = "SELECT stamp, names, stamps FROM folders WHERE path = ?"
        found = self._connection.execute(asked, (path,)).fetchone()
        if found is None:
            raise KeyError(path)
        return Folder(*found)

    def __iter__(self) -> Iterator[str]:
        return iter([path for (path,) in self._connection.execute("SELECT path FROM folders")])

    def __len__(self) -> int:
        return sum(1 for __ in self)


class Indexed:
    """The index of a book, which knows by now which files changed.

    Untidy where the index cannot speak for the book: something lies among the records that is none, its settings are
    faulty, a change to several files is under way, a number was given twice.
    """

    def __init__(self, root: Path, language: str) -> None:
        self.root = root
        self.language = language
        self._database = Database(root, language)
        try:
            self._meta = dict(self._database.connection.execute("SELECT name, value FROM meta").fetchall())
        except sqlite3.Error:
            self.distrust()
            raise
        self._settings = freshness.settled(f"{root}/{SETTINGS}")
        self._program = program()
        self._anew = (self._settings.hex(), self._program) != (self._meta.get("settings"), self._meta.get("program"))
        self._seals: Mapping[str, Seal] = {}
        self._unsealed: set[str] = set()
        self.follow: Follow = unseen
        self._asked: dict[str, Asked | None] = {}
        self._look = freshness.Look({}, set())

    def see(self, *, verify: bool = False, by_folder: bool = False) -> None:
        """Look which files changed; in a large book not at closed records one by one, unless to *verify*.

        *by_folder* in a book of any size only at the folders: whoever goes by a record asks :meth:`is_as_known` of it.
        """
        if journal.is_there(self.root):
            raise Untidy
        self._seals = {}
        if by_folder:
            folders = self.connection.execute("SELECT path, stamp FROM folders")
            self._seals = {} if self._anew else {path: Seal(stamp) for path, stamp in folders}
        elif not verify and int(self.said("files") or 0) > VERIFIED_UP_TO and not self._has_stale():
            rows = self.connection.execute("SELECT path, stamp, names, stamps FROM seals")
            self._seals = {path: Seal(*rest) for path, *rest in rows}
        self._look = self._look_again()
        if self.is_fresh and self._gives_twice():
            raise Untidy

    def answer(self, question: Callable[[Indexed], Said], *, verify: bool = False) -> Said | None:
        """What it says to a question, once it has looked which files changed; None where it cannot speak for the book.

        Then it is closed, and whoever asked reads the files: so it is, too, where the disk does not give it back, or a
        file cannot be looked at, which is told when that is read.
        """
        try:
            self.see(verify=verify)
            return question(self)
        except (Untidy, sqlite3.Error, OSError):
            self.close()
            return None

    @property
    def is_anew(self) -> bool:
        """Whether nothing of it is of use, so that all will be read."""
        return self._anew

    @property
    def policies(self) -> str:
        """What tells one state of the shop's own packs from another."""
        return freshness.settled_in(f"{self.root}/{POLICIES}").hex()

    @property
    def connection(self) -> sqlite3.Connection:
        """For questions."""
        return self._database.connection

    @property
    def is_fresh(self) -> bool:
        """Whether the index says what the files say."""
        return not self._anew and not self._look.folders

    def said(self, name: str) -> str:
        """What was noted under a name; "" for nothing."""
        return str(self._meta.get(name, ""))

    def note(self, name: str, value: str) -> None:
        """Note something; within :meth:`changing`."""
        self._meta[name] = value
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def mark_all(self) -> None:
        """Whatever is known of anybody is to be reckoned anew; within :meth:`changing`."""
        from aftercare.book.index.reach import ALL

        self._mark(ALL)

    def is_as_known(self, record_id: str) -> bool:
        """Whether the file of a record is as the index knows it."""
        path, __, name = place_of(record_id).rpartition("/")
        if path not in self._asked:
            folder = _Folders(self.connection).get(path)
            self._asked[path] = Asked(f"{self.root}/{path}", folder) if folder else None
        asked = self._asked[path]
        return asked is not None and asked.has_as_it_is(name)

    def is_folder_as_known(self, path: str) -> bool:
        """Whether a folder is as the index knows it, with nothing in it that a killed writer left."""
        found = self.connection.execute("SELECT stamp FROM folders WHERE path = ?", (path,)).fetchone()
        return found is not None and Seal(found[0]).holds(f"{self.root}/{path}")

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the index as one step; the first thing done in it is to take in what the files say.

        Untidy also where the disk refuses to hold it.
        """
        gives_twice = False
        try:
            with self._database.changing():
                self._catch_up()
                gives_twice = self._gives_twice()  # which the index is kept to know
                if not gives_twice:
                    yield
                    self._note_seals()
        except sqlite3.Error as error:
            raise Untidy from error
        if gives_twice:
            raise Untidy

    def catch_up(self) -> None:
        """Say what the files say; Untidy where it cannot."""
        if not self.is_fresh:
            with self.changing():
                pass

    def close(self) -> None:
        """Let go of it."""
        self._database.close()

    def distrust(self) -> None:
        """Let go of it, and have nobody trust it again: it cannot be read."""
        self._database.distrust()

    def tree(self, record_id: str) -> dict[str, Any]:
        """What a record says, by its id or one it had; an empty one where there is none."""
        found = self._said_by(record_id)
        if found is None:
            of_now = self.connection.execute("SELECT id FROM formerly WHERE old = ?", (record_id,)).fetchone()
            found = self._said_by(of_now[0]) if of_now else None
        tree: dict[str, Any] = json.loads(found) if found else {}
        return tree

    def trees(self, ids: Iterable[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The ids, kinds and trees of those of these records that there are, in the order of the ids."""
        for one in sorted(ids):
            row = self.connection.execute("SELECT kind, said FROM files WHERE id = ? AND state = 'record'", (one,))
            for kind, said in row:
                yield one, kind, json.loads(said)

    def formerly(self) -> dict[str, str]:
        """The ids that records had, with those of now."""
        return dict(self.connection.execute("SELECT old, id FROM formerly").fetchall())

    def faults(self) -> list[list[Any]]:
        """What is wrong with the files that are not valid: file, line, code and sentence, in the order of the files."""
        # The first condition is that of the index of the table which holds the few that are not well.
        rows = self.connection.execute("SELECT said FROM files WHERE state <> 'record' AND state = 'faulty'")
        return sorted((fault for (said,) in rows for fault in json.loads(said)), key=lambda fault: fault[0])

    def _said_by(self, record_id: str) -> str | None:
        row = self.connection.execute(
            "SELECT said FROM files WHERE id = ? AND state = 'record'", (record_id,)
        ).fetchone()
        return str(row[0]) if row else None

    def _look_again(self) -> freshness.Look:
        known: Mapping[str, Folder] = {} if self._anew else _Folders(self.connection)
        return freshness.look(self.root, known, self._seals)

    def _has_stale(self) -> bool:
        """Whether it is not known what is open."""
        return self.connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone() is not None

    def _catch_up(self) -> None:
        """Take in what the files say until none came or went meanwhile; Untidy where a change is under way."""
        for _time in range(_PATIENCE):
            before = freshness.stamps_of_folders(self.root)
            self._take_in()
            if freshness.stamps_of_folders(self.root) == before:
                break
            self._look = self._look_again()
        if journal.is_there(self.root):
            raise Untidy

    def _take_in(self) -> None:
        from aftercare.book.book import Book
        from aftercare.book.index.contents import Renamed, take_in

        if self.is_fresh:
            return
        book = Book(self.root)
        if book.setting_faults:
            raise Untidy
        try:
            touched = None if self._anew else take_in(self.connection, book, self._look.changed, self.follow)
        except Renamed:
            self._anew = True
            touched = None
        if touched is None:
            self._begin_anew(book)
        else:
            self._mark(touched)
        self._note_folders()
        self._asked.clear()
        self._look = freshness.Look({}, set())
        self._anew = False

    def _begin_anew(self, book: Book) -> None:
        """Forget all that is known, and read every file."""
        from aftercare.book.index.contents import take_in

        self._database.start_over()
        self._meta = {}
        self._look = freshness.look(self.root, {}, {})
        self._mark(take_in(self.connection, book, self._look.changed, self.follow, anew=True))
        self.note("unseen", "all")
        self.note("settings", self._settings.hex())
        self.note("program", self._program)
        self.note("zone", book.settings.time_zone or "")
        self.note("language", book.settings.language or "")

    def _mark(self, touched: Collection[str]) -> None:
        """Note whose promises, and whose breaches of service, are to be reckoned anew."""
        from aftercare.book.index.reach import HOUSE

        for stale, known in (("stale", "reckoned"), ("unchecked", "checked")):
            insert = f"INSERT OR IGNORE INTO {stale}"
            if "*" in touched:
                self.connection.execute(f"{insert} SELECT id FROM files WHERE kind = 'customer'")  # noqa: S608
                self.connection.execute(f"{insert} SELECT customer FROM {known}")  # noqa: S608 - the names are ours
            marked = [HOUSE] if "*" in touched else touched
            self.connection.executemany(f"{insert} VALUES (?)", [(one,) for one in marked])

    def _note_folders(self) -> None:
        count = 0 if self._anew else int(self.said("files") or 0)
        known = _Folders(self.connection)
        for path, folder in self._look.folders.items():
            old = known.get(path)
            count += (folder.files if folder else 0) - (old.files if old else 0)
            self.connection.execute("DELETE FROM folders WHERE path = ?", (path,))
            if folder is not None:
                self.connection.execute("INSERT INTO folders VALUES (?, ?, ?, ?)", (path, *folder))
        self.note("files", str(count))
        self._unsealed.update(self._look.folders)

    def write_out(self) -> None:
        """Let go of what a long change holds in memory; within :meth:`changing`."""
        self._database.write_out()

    def note_open(self, customer: str, ids: Iterable[str]) -> None:
        """Which records of a customer's are open, so that they are looked at in a large book; within :meth:`changing`.

        *ids* may be of parts of records (``SA26-0012/1``), and may be of none.
        """
        execute = self.connection.execute
        old = {one for (one,) in execute("SELECT id FROM open WHERE customer = ?", (customer,))}
        new = {one.partition("/")[0] for one in ids}
        execute("DELETE FROM open WHERE customer = ?", (customer,))
        self.connection.executemany("INSERT INTO open VALUES (?, ?)", [(one, customer) for one in new])
        self._unsealed.update(place_of(one).rpartition("/")[0] for one in old ^ new)

    def _note_seals(self) -> None:
        """What to look at in a large book, of each folder in which something changed."""
        known = _Folders(self.connection)
        for path in self._unsealed:
            self.connection.execute("DELETE FROM seals WHERE path = ?", (path,))
            if folder := known.get(path):
                first = folder.names[: len("SA26-")]
                asked = "SELECT DISTINCT id FROM open WHERE id >= ? AND id < ?"
                names = {f"{one}.yaml" for (one,) in self.connection.execute(asked, (first, f"{first}~"))}
                seal = freshness.sealed(folder, names)
                self.connection.execute("INSERT INTO seals VALUES (?, ?, ?, ?)", (path, *seal))
        self._unsealed.clear()

    def _gives_twice(self) -> bool:
        """Whether an id that a record has was another's formerly, so that nobody knows who is meant."""
        # In this order, which SQLite does not change: there are few old ids, and many files.
        twice = "SELECT 1 FROM formerly CROSS JOIN files ON files.id = old WHERE state = 'record' LIMIT 1"
        return self.connection.execute(twice).fetchone() is not None
