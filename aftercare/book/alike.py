"""What two clones wrote alike: git takes it for one thing, and of two records with one number it belongs to both.

The same promise to two customers who got one number, the same call after the same sale, the verdict beside a claim: git
sees the same bytes on both sides, or a file without a record of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from aftercare.book.book import Book
from aftercare.book.files import LIMIT
from aftercare.book.git import Git
from aftercare.book.ids import RecordId, of_path, path_of
from aftercare.book.journal import Change
from aftercare.book.merging import Merging
from aftercare.book.renumbering import names_any
from aftercare.book.shelf import read_record
from aftercare.records.base import Record


def written_alike(book: Book, git: Git, merging: Merging, numbers: Collection[str]) -> dict[str, bytes]:
    """The records that both sides added with the same bytes and that name one of the *numbers*, or such a record."""
    base = git.ask("merge-base", "HEAD", merging.theirs).out.strip() if merging.theirs else ""
    if not base or not numbers:
        return {}
    ours, theirs = _added(git, base, "HEAD"), _added(git, base, merging.theirs)
    same = {file: blob for file, blob in ours.items() if of_path(file) and theirs.get(file) == blob}
    held = git.contents(same.values(), LIMIT)
    read = {file: read_record(file, held[blob], book.settings.setting) for file, blob in same.items() if blob in held}
    records = {file: record for file, record in read.items() if isinstance(record, Record)}
    wanted, found = set(numbers), dict[str, bytes]()
    while more := [file for file, one in records.items() if file not in found and names_any(one, wanted)]:
        found |= {file: held[same[file]] for file in more}
        wanted |= {records[file].id for file in more}
    return found


def _added(git: Git, base: str, commit: str) -> dict[str, str]:
    """The files that a side added since both were one, each with its content."""
    said = git.do("diff-tree", "-r", "-z", "--no-renames", "--relative", "--diff-filter=A", base, commit).split("\0")
    return {file: about.split()[3] for about, file in zip(said[::2], said[1::2], strict=False)}


def beside(
    book: Book, git: Git, sides: Mapping[str, str], old: RecordId, new: RecordId, later: str
) -> Iterator[Change]:
    """What lies beside the two records that had one number: each has what its own side wrote.

    *sides* are the commits of "ours" and "theirs"; the record of the *later* one gets the number *new*.
    """
    held = {side: _held_beside(git, commit, old) for side, commit in sides.items()}
    moved, kept = held[later], held["ours" if later == "theirs" else "theirs"]
    for end, data in moved.items():
        yield Change(path_of(new).removesuffix(".yaml") + end, None, data)
    for end in sorted({*kept, *moved}):
        file = path_of(old).removesuffix(".yaml") + end
        try:
            before = book.bytes_of(file)
        except FileNotFoundError:
            before = None
        if before != kept.get(end):
            yield Change(file, before, kept.get(end))


def _held_beside(git: Git, commit: str, named: RecordId) -> dict[str, bytes]:
    """The files beside a record as a commit has them, by the ends of their names."""
    folder = path_of(named).rpartition("/")[0]
    ends = re.compile(rf"{named}(\.[a-z]+(?:-[0-9]+)?\.json)")
    found: dict[str, str] = {}
    for entry in git.ask("ls-tree", "-z", commit, "--", f"{folder}/").out.split("\0"):
        about, __, file = entry.partition("\t")
        if matched := ends.fullmatch(file.rpartition("/")[2]):
            found[matched[1]] = about.split()[2]
    held = git.contents(found.values(), LIMIT)
    return {end: held[blob] for end, blob in found.items() if blob in held}
