"""What was done to the book, record by record: what each commit added, changed, took out or brought back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.answers.affairs import customer_of
from aftercare.book import forgotten
from aftercare.book.chronicle import Chronicle, Commit, Touch, owner_of
from aftercare.book.ids import parse
from aftercare.book.settings import FILE
from aftercare.book.shelf import Shelf, kind_of
from aftercare.plain.differences import Difference, differences
from aftercare.plain.reading import Unreadable, read
from aftercare.plain.tree import Tree, dotted
from aftercare.records.customer import Customer
from aftercare.records.event import Event
from aftercare.records.fields import BLANK

WHATS = ("added", "changed", "removed", "brought_back", "renumbered", "undone")
"""What can become of a record in one step."""
_OF_WHOM = frozenset({"customer", "to", "sale", "unit", "of"})
"""The fields by which a record says whose it is."""
FIELDS = ("id", "kind", "at", "commit", "author", "what", "command", "file", "changes")
"""The fields of :func:`row`."""


class Deed(NamedTuple):
    """What one commit did to one record, or to the settings or a pack (``record`` is None then).

    ``commit`` is None for what is not in the history yet.  ``formerly`` are the ids that the record left, ``now`` is
    the one it went on under; where a file could not be read as it stood, ``readable`` is no and *changes* says less.
    ``called`` is the name or the title that the record had then, where it has such a thing.
    """

    commit: Commit | None
    record: str | None
    file: str
    what: str
    changes: tuple[Difference, ...]
    formerly: tuple[str, ...] = ()
    now: str = ""
    readable: bool = True
    called: str = ""

    @property
    def kind(self) -> str:
        """The kind of the record; ``settings`` or ``policy`` for what is none."""
        return kind_of(self.record) if self.record else "settings" if self.file == FILE else "policy"


class Trees:
    """The trees of contents, each read once."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self._read: dict[str, dict[str, Tree] | None] = {}

    def of(self, name: str | None) -> dict[str, Tree] | None:
        """The tree of a content; nothing where there was no file, None where it cannot be read."""
        if name is None:
            return {}
        if name not in self._read:
            data = self._contents.get(name)
            try:
                self._read[name] = None if data is None else read(data, "")
            except Unreadable:
                self._read[name] = None
        return self._read[name]


def deeds(commit: Commit | None, touches: Sequence[Touch], trees: Trees) -> list[Deed]:
    """What a commit did, one deed for each record, in the order of the files."""
    ours = [(touch, owner) for touch in touches if (owner := owner_of(touch.file))]
    found: dict[str, Deed] = {}
    left: dict[str, Touch] = {owner[0]: touch for touch, owner in ours if owner[0] and not owner[1]}
    for touch, (record, beside) in ours:
        if not beside:
            deed = _deed(commit, touch, record, trees)
            found[record or touch.file] = _renumbered(deed, left, trees) if touch.before is None else deed
    for touch, (record, beside) in ours:
        if beside and record:
            whole = found.get(record) or Deed(commit, record, touch.file, _undone(commit, "changed"), ())
            more = Difference((beside,), touch.before, touch.after)
            found[record] = whole._replace(changes=(*whole.changes, more))
    return list(_both_ends(found))


def _deed(commit: Commit | None, touch: Touch, record: str | None, trees: Trees) -> Deed:
    before, after = trees.of(touch.before), trees.of(touch.after)
    was_there, is_there = _is_there(touch.before, before), _is_there(touch.after, after)
    if was_there and is_there:
        what = _undone(commit, "changed")
    elif is_there:
        what = "brought_back" if touch.before is not None else _undone(commit, "added")
    else:
        what = _undone(commit, "removed")
    moved_to = _moved_to(after)
    if was_there and moved_to:
        return Deed(commit, record, touch.file, "renumbered", (), now=moved_to)
    gained = [one for one in _formerly(after) if one not in _formerly(before)]
    whole = before is not None and after is not None
    changes = tuple(differences(before, after)) if whole else ()
    if touch.before is None or touch.after is None:
        changes = tuple(change for change in changes if change.path != ("id",))
    called = _called(after if is_there else before)
    return Deed(commit, record, touch.file, what, changes, tuple(gained), readable=whole, called=called)


def _undone(commit: Commit | None, what: str) -> str:
    return "undone" if commit is not None and commit.is_undo else what


def _is_there(name: str | None, tree: Mapping[str, Tree] | None) -> bool:
    return name is not None and not (tree is not None and isinstance(tree.get("removed"), dict))


def _called(tree: Mapping[str, Tree] | None) -> str:
    own = (tree.get(name) for name in ("name", "title")) if tree else ()
    return next((text for text in own if isinstance(text, str)), "")


def _moved_to(tree: Mapping[str, Tree] | None) -> str:
    """The id under which a record went on that left a tombstone; "" where it did not."""
    removed = tree.get("removed") if tree else None
    to = removed.get("to") if isinstance(removed, dict) else None
    return to if isinstance(to, str) and parse(to) else ""


def _formerly(tree: Mapping[str, Tree] | None) -> list[str]:
    named = tree.get("formerly") if tree else None
    return [one for one in named if isinstance(one, str) and parse(one)] if isinstance(named, list) else []


def _renumbered(deed: Deed, left: Mapping[str, Touch], trees: Trees) -> Deed:
    """The deed of a new file that is another record's under a new number; any other stays as it is."""
    old = next((left[one] for one in deed.formerly if one in left), None)
    if old is None or deed.record is None or not _is_there(old.before, trees.of(old.before)):
        return deed
    if _is_there(old.after, trees.of(old.after)):
        return deed
    after = trees.of(next(touch.after for record, touch in left.items() if record == deed.record))
    changes = differences(trees.of(old.before), after)
    kept = tuple(change for change in changes if change.path[0] not in {"id", "formerly"})
    return deed._replace(what="renumbered", changes=kept)


def _both_ends(found: Mapping[str, Deed]) -> Iterator[Deed]:
    """The deeds; one that left its number says which it has now."""
    gone_to = {old: deed.record for deed in found.values() if deed.what == "renumbered" for old in deed.formerly}
    for deed in found.values():
        new = gone_to.get(deed.record or "")
        yield deed._replace(what="renumbered", changes=(), now=new) if new else deed


def done(chronicle: Chronicle, paths: Sequence[str] = (".",)) -> Iterator[Deed]:
    """All that was done to the files at *paths*, newest first."""
    found = [(commit, [t for t in touches if owner_of(t.file)]) for commit, touches in chronicle.touches(paths)]
    trees = Trees(chronicle.contents(blob for __, touches in found for t in touches for blob in (t.before, t.after)))
    for commit, touches in found:
        yield from deeds(commit, touches, trees)


def not_yet(chronicle: Chronicle, on_disk: Mapping[str, bytes | None], wanted: Iterable[str] | None) -> list[Deed]:
    """What was done and is in no commit: how the files *on_disk* differ from those of the newest commit.

    A content that is None cannot be read.  Only of the *wanted* files, where they are named.
    """
    held = chronicle.files()
    names = set(wanted) if wanted is not None else {*held, *on_disk}
    gone = {file for file in names if file in held and file not in on_disk and owner_of(file)}
    if gone:
        gone -= chronicle.left_out()
    contents: dict[str, bytes] = {}
    touches = [Touch(file, held[file], None) for file in gone]
    for file in names & on_disk.keys():
        data = on_disk[file]
        if owner_of(file) and not (data is not None and chronicle.is_same(data, held.get(file))):
            contents |= {f"disk {file}": data} if data is not None else {}
            touches.append(Touch(file, held.get(file), f"disk {file}"))
    trees = Trees({**chronicle.contents(touch.before for touch in touches), **contents})
    return deeds(None, sorted(touches), trees)


def without_forgotten(deeds: Iterable[Deed], shelf: Shelf) -> Iterator[Deed]:
    """The same *deeds*; those that touched who is forgotten by now tell which fields they changed, and not to what."""
    gone = {one for customer in shelf.of(Customer) if customer.forgotten for one in customer.ids}
    if not gone:
        yield from deeds
        return
    every = list(deeds)
    theirs = _records_of(gone, shelf, every)
    events = {event.id for event in shelf.of(Event) if any(guest.customer in gone for guest in event.guests)}
    for deed in every:
        whole = deed.record in theirs or forgotten.is_one(deed.commit)
        hidden = (whole or (deed.record in events and change.path[0] == "guests") for change in deed.changes)
        changes = (_blank(c) if hide else c for c, hide in zip(deed.changes, hidden, strict=True))
        yield deed._replace(changes=tuple(changes), called="" if whole else deed.called)


def _records_of(gone: set[str], shelf: Shelf, deeds: Sequence[Deed]) -> set[str]:
    """The ids of some customers and of their records, also of such as are in the book no longer."""
    theirs = set(gone)
    for record in shelf.records.values():
        if customer_of(shelf, record) in gone:
            theirs.update(record.ids)
    said = [(deed.record, _heads(change)) for deed in deeds for change in deed.changes if change.path[0] in _OF_WHOM]
    while more := {record for record, named in said if record and record not in theirs and named & theirs}:
        theirs |= more - shelf.records.keys()
        said = [(record, named) for record, named in said if record not in more]
    return theirs


def _heads(change: Difference) -> set[str]:
    return {value.partition("/")[0] for value in (change.before, change.after) if isinstance(value, str)}


def _blank(change: Difference) -> Difference:
    before, after = (None if value is None else BLANK for value in (change.before, change.after))
    return change._replace(before=before, after=after)


def row(deed: Deed, at: str | None) -> dict[str, Any]:
    """A deed for machines; *at* is when, in the shop's time."""
    commit = deed.commit
    changes = [{"path": dotted(c.path), "before": c.before, "after": c.after} for c in deed.changes]
    return {
        "id": deed.record,
        "kind": deed.kind,
        "at": at,
        "commit": commit.id if commit else None,
        "author": commit.author if commit else None,
        "what": deed.what,
        "command": commit.title if commit and commit.is_command else None,
        "file": deed.file,
        "changes": changes,
    }
