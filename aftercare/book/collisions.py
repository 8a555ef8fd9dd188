"""Numbers that two clones gave to two records: git leaves both in one file, and here each gets one of its own.

The record whose commit is the older keeps the number.  The other one gets the next, and so does every reference to it
that came from its side.  All numbers that a merge has twice are mended as one step: such records name each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from aftercare.book import gitlocks
from aftercare.book.alike import beside, written_alike
from aftercare.book.book import Book
from aftercare.book.files import LIMIT, next_number
from aftercare.book.git import Git, Where
from aftercare.book.ids import RecordId, of_path, parse, path_of, place_of
from aftercare.book.journal import Change
from aftercare.book.locking import OWN
from aftercare.book.merging import Merging, merge_under_way, stages_of
from aftercare.book.renumbering import Names, Plan, Renumbered, names_any, renamed_in, under
from aftercare.book.shelf import Shelf, read_record
from aftercare.errors import InvalidBook, MixedUp, NotCommitted
from aftercare.records.base import Record

SideName = Literal["ours", "theirs"]
_LOCK = "index.lock"
_HEADS = ("HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD", "ORIG_HEAD")
"""Commits whose numbers are given too, though their files may not be in the folder yet."""


class Collision(NamedTuple):
    """One number that was given twice: the bytes on both sides, and the side that gave it ``later``."""

    id: RecordId
    ours: bytes
    theirs: bytes
    later: SideName


def given_twice(root: Path) -> list[str]:
    """The files of records that were added on both sides of a merge, each with what its own side wrote."""
    try:
        stages = stages_of(Git(root))
    except NotCommitted:
        return []
    return sorted(file for file, blobs in stages.items() if set(blobs) == {2, 3} and of_path(file))


def collisions(book: Book) -> list[Collision]:
    """The numbers that the merge under way gave twice, both sides being records, also where these are alike.

    InvalidBook where one of the sides is no valid record; NotCommitted where git does not answer.
    """
    git = Git(book.root)
    stages = stages_of(git)
    files = given_twice(book.root)
    held = git.contents([stages[file][side] for file in files for side in (2, 3)], LIMIT)
    merging = merge_under_way(git)
    found = []
    for file in files:
        named, ours, theirs = of_path(file), held.get(stages[file][2]), held.get(stages[file][3])
        if named is None or ours is None or theirs is None:
            continue
        removed = [_is_removed(book, file, data) for data in (ours, theirs)]
        if not all(removed):  # of a number that is used no more on one side, the other side's record moves on
            later = _later(git, file, merging) if not any(removed) else "theirs" if removed[0] else "ours"
            found.append(Collision(named, ours, theirs, later))
    for file, data in written_alike(book, git, merging, {str(one.id) for one in found}).items():
        if named := of_path(file):
            found.append(Collision(named, data, data, _later(git, file, merging)))
    return found


def _is_removed(book: Book, file: str, data: bytes) -> bool:
    outcome = read_record(file, data, book.settings.setting)
    if isinstance(outcome, list):
        raise InvalidBook(outcome)
    return isinstance(outcome, str)


def parted(book: Book, shelf: Shelf, found: Sequence[Collision], asked: Mapping[str, RecordId]) -> Plan:
    """Each of the collisions *found* becomes two records; those *asked* for get the numbers they are asked with.

    MixedUp where commits of a rebase that are still to come name a record by the number it loses.
    """
    git = Git(book.root)
    names: dict[SideName, dict[str, str]] = {"ours": {}, "theirs": {}}
    for collision in found:
        new = asked.get(str(collision.id)) or _next(book.root, git, collision.id, names)
        names[collision.later][str(collision.id)] = str(new)
    merging = merge_under_way(git)
    _refuse_what_is_to_come(book, git, merging, names["theirs"])
    changes: list[Change] = []
    for collision in found:
        changes += _two_of(book, collision, names)
        if merging.theirs and (moved := parse(names[collision.later][str(collision.id)])):
            sides = {"ours": "HEAD", "theirs": merging.theirs}
            changes += beside(book, git, sides, collision.id, moved, collision.later)
    rest, unsure = _references(book, shelf, git, merging, names, {str(one.id) for one in found})
    done = []
    for one in found:
        old = str(one.id)
        new_id = names[one.later][old]
        wanted = {path_of(one.id), place_of(new_id)}
        naming = [c.file for c in (*changes, *rest) if c.file not in wanted and new_id.encode() in (c.after or b"")]
        done.append(Renumbered(new_id, old, tuple(str(of_path(file)) for file in naming if of_path(file)), one.later))
    return Plan(done, [*changes, *rest], tuple(unsure))


def parted_before(shelf: Shelf, found: Sequence[Collision]) -> Plan | None:
    """What was done by a command that ended before it could tell git; None where nothing was.

    The changes name the files and hold nothing: they are written already.
    """
    done = []
    for record in shelf.records.values():
        olds = [str(one.id) for one in found if record.id in shelf.shared.get(str(one.id), ())]
        done += [Renumbered(record.id, old, tuple(_naming(shelf, record.id))) for old in olds]
    if not done:
        return None
    ids = dict.fromkeys(i for one in done for i in (one.old, one.new, *one.changed))
    return Plan(done, [Change(place_of(i), b"", b"") for i in ids])


def _naming(shelf: Shelf, record_id: str) -> Iterator[str]:
    return (record.id for record in shelf.records.values() if names_any(record, [record_id]))


def stage(root: Path, files: Sequence[str]) -> None:
    """Tell the operator's index of *files* as they are now: their conflicts are over.  NotCommitted if it is locked."""
    git = Git(root)
    asked = ("--show-object-format", "--show-prefix", "--git-common-dir", "--git-path", _LOCK)
    hashed_by, folder, common, lock = git.do("rev-parse", *asked).split("\n")
    nothing = "0" * (64 if hashed_by == "sha256" else 40)
    where = Where(folder, nothing, {_LOCK: git.root / lock}, git.homes(folder, common))
    own = root.resolve() / OWN
    try:
        gitlocks.clear(own, where.locks, where.homes)
        entries = git.store(where, files)
        with gitlocks.noted(own, where.locks):
            git.do("update-index", "-z", "--index-info", given=entries)
    except OSError as error:
        raise NotCommitted(str(error.strerror)) from error


def _two_of(book: Book, collision: Collision, names: Mapping[SideName, Names]) -> Iterator[Change]:
    """The file of the record that keeps the number, and that of the one that gets another."""
    file, setting = path_of(collision.id), book.settings.setting
    stays: SideName = "ours" if collision.later == "theirs" else "theirs"
    old = str(collision.id)
    kept, moved = getattr(collision, stays), getattr(collision, collision.later)
    new = parse(names[collision.later][old])
    if new is None:
        return
    yield Change(path_of(new), None, under(new, file, moved, setting, names[collision.later], [old]))
    outcome = read_record(file, kept, setting)
    after = renamed_in(file, kept, setting, names[stays]) if isinstance(outcome, Record) else kept
    try:
        yield Change(file, book.bytes_of(file), after)
    except FileNotFoundError:
        yield Change(file, None, after)


def by_hand(book: Book, found: Iterable[Collision]) -> list[str]:
    """The files of collisions that somebody has worked at since: they hold neither side, nor what git made of both."""
    files = []
    for collision in found:
        file = path_of(collision.id)
        try:
            data = book.bytes_of(file)
        except FileNotFoundError:
            continue
        if data not in {collision.ours, collision.theirs} and b"<<<<<<< " not in data:
            files.append(file)
    return files


def _references(
    book: Book,
    shelf: Shelf,
    git: Git,
    merging: Merging,
    names: Mapping[SideName, Names],
    collided: set[str],
) -> tuple[list[Change], list[tuple[str, str]]]:
    """The changes of records in the folder that name one that gets another number, each by the side that says so."""
    every = {**names["ours"], **names["theirs"]}
    changes, unsure = [], []
    for record in shelf.records.values():
        if record.id in collided or not names_any(record, every):
            continue
        file = place_of(record.id)
        ours, theirs = _said_by(book, git, file, "HEAD"), _said_by(book, git, file, merging.theirs)
        mine = {old: new for old, new in names["ours"].items() if _names(ours, old)}
        his = {old: new for old, new in names["theirs"].items() if _names(theirs, old)}
        for old in every:
            if names_any(record, [old]) and _names(ours, old) == _names(theirs, old):
                unsure.append((record.id, old))
                mine.pop(old, None)
                his.pop(old, None)
        if mine or his:
            data = book.bytes_of(file)
            changes.append(Change(file, data, renamed_in(file, data, book.settings.setting, {**mine, **his})))
    return changes, unsure


def _said_by(book: Book, git: Git, file: str, commit: str) -> Record | None:
    """A record as a commit has it."""
    if not commit:
        return None
    prefix = git.do("rev-parse", "--show-prefix")
    blob = git.ask("rev-parse", "--quiet", "--verify", f"{commit}:{prefix}{file}").out.strip()
    data = git.contents([blob], LIMIT).get(blob) if blob else None
    outcome = read_record(file, data, book.settings.setting) if data is not None else None
    return outcome if isinstance(outcome, Record) else None


def _names(record: Record | None, record_id: str) -> bool:
    return record is not None and names_any(record, [record_id])


def _refuse_what_is_to_come(book: Book, git: Git, merging: Merging, names: Names) -> None:
    """In a rebase the later commits of a side come in afterwards, and with them the old number."""
    if not names or merging.tip == merging.theirs or not merging.tip:
        return
    listed = git.do("diff-tree", "-r", "-z", "--no-renames", "--relative", "--name-only", merging.theirs, merging.tip)
    files = [file for file in listed.split("\0") if of_path(file)]
    for old in names:
        later = [file for file in files if _names(_said_by(book, git, file, merging.tip), old)]
        if later:
            raise MixedUp(old, later)


def _next(root: Path, git: Git, named: RecordId, names: Mapping[SideName, Names]) -> RecordId:
    """The next number after all that any side of the merge has given."""
    folder = path_of(named).rpartition("/")[0]
    given = [new for side in names.values() for new in side.values()]
    for head in _HEADS:
        listed = git.ask("ls-tree", "-z", "--name-only", head, "--", f"{folder}/")
        given += [file.rpartition("/")[2].removesuffix(".yaml") for file in listed.out.split("\0")]
    known = [one for text in given if (one := parse(text)) and (one.kind, one.year) == (named.kind, named.year)]
    highest = max((one.number for one in known), default=0)
    return named._replace(number=max(highest + 1, next_number(root, named.kind.name, named.year)))


def _later(git: Git, file: str, merging: Merging) -> SideName:
    """The side on which a file was added later; theirs where both were added at once, or nobody knows."""
    if not merging.theirs:
        return "theirs"
    return "ours" if _added(git, file, "HEAD") > _added(git, file, merging.theirs) else "theirs"


def _added(git: Git, file: str, commit: str) -> int:
    """When the first commit was made that has the file, in seconds."""
    listed = git.do("rev-list", "--timestamp", commit, "--", file).split("\n")
    return int(listed[-1].split()[0]) if listed[-1] else 0
