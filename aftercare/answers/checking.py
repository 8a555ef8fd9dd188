"""What is wrong in a book and can be mended: its files, its references, and facts that contradict each other.

Where the service fell short is looked for by :mod:`aftercare.answers.breaches`; both are findings, on lines of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from aftercare.answers import faults
from aftercare.answers.asof import known_on
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.chosen import rules_in
from aftercare.answers.findings import BREACHES, FAULTS, Found, breach_row, fault_row
from aftercare.answers.likenesses import Finding
from aftercare.answers.rules import Rules
from aftercare.book.book import Book
from aftercare.book.files import Unusable
from aftercare.book.ids import of_path, parse, path_of
from aftercare.book.settings import FILE
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment
from aftercare.plain.reading import Unreadable, composed, decoded, line_in, read
from aftercare.plain.tree import MOST_FAULTS, Path
from aftercare.records.schema import unknown_keys

_AT_ONCE = 200
"""So many files are kept in mind while lines are looked up in them."""


class Checked(NamedTuple):
    """All that is wrong, in the order of files and lines; *invalid* if a file could not be used at all."""

    faults: list[Fault]
    invalid: bool


class Fallen(NamedTuple):
    """Where the service fell short: the breach, and its line in the book."""

    fault: Fault
    breach: Breach


def checked(book: Book, group: str = "book") -> Checked:
    """The faults in one of ``findings.FAULTS``; files that are not valid are always named."""
    return _faults(book, group, None if group == "references" else rules_in(book))


def looked(book: Book, group: str, now: Moment, *, as_known: bool = False) -> tuple[Checked, list[Fallen]]:
    """The faults and the breaches, settled ones too, in one of ``findings.GROUPS``; "" is everything.

    *as_known*: breaches without the facts that came after *now*.  Files that are not valid are always named.
    """
    if group in FAULTS:
        return checked(book, group), []
    from aftercare.answers.breaches.all import breaches  # the look at the book alone does without

    found_rules = rules, __ = rules_in(book)
    shelf = known_on(book.read(), now) if as_known else book.read()
    found = breaches(shelf, rules, now, groups=[group] if group else BREACHES)
    places = Places(book)
    fallen = [Fallen(places.fault(b.record, b.path, b.code, b.sentence), b) for b in found]
    return _faults(book, group or "book", found_rules), sorted(fallen, key=lambda f: (f.fault[:3], f.breach.id))


def looked_in_full(book: Book, group: str, now: Moment, *, with_settled: bool, as_known: bool = False) -> Found:
    """The same as rows; those that are settled only where they are asked for."""
    found, fallen = looked(book, group, now, as_known=as_known)
    is_wrong = bool(found.faults) or any(one.breach.settled is None for one in fallen)
    shown = [one for one in fallen if with_settled or one.breach.settled is None]
    rows = [((*fault[:3], ""), fault_row(fault)) for fault in found.faults]
    rows += [((*fault[:3], breach.id), breach_row(fault, breach)) for fault, breach in shown]
    return Found([row for __, row in sorted(rows, key=lambda pair: pair[0])], found.invalid, is_wrong)


def _faults(book: Book, group: str, found: tuple[Rules, Iterable[Fault]] | None) -> Checked:
    """The faults of a group; *found* are the rules in force and what is wrong with packs, where they are looked at."""
    shelf, places = book.read(), Places(book)
    broken = [*explained(book, shelf.faults), *(found[1] if found else ())]
    mended = [places.fault(*finding) for finding in unknown_settings(book)] if group in {"files", "book"} else []
    mended += [places.fault(*finding) for finding in faults.found_in(shelf, group, found[0] if found else None)]
    return Checked(sorted(dict.fromkeys([*broken, *mended]), key=lambda f: (f.file, f.line, f.code)), bool(broken))


def explained(book: Book, found: Iterable[Fault]) -> list[Fault]:
    """The faults, and of a conflict in which two clones gave one number to two records, what parts them.

    The first mark of such a file says so; git is asked only where there is a mark at all.
    """
    faults = list(found)
    if all(fault.code != "conflict-marker" for fault in faults):
        return faults
    from aftercare.book.collisions import given_twice

    twice = set(given_twice(book.root))
    sentence = _("two clones gave the number {record} to two records; part them with: {command}")
    for place, fault in enumerate(faults):
        if fault.code == "conflict-marker" and fault.file in twice:
            twice.discard(fault.file)
            named = of_path(fault.file)
            said = sentence.format(record=named, command=f"aftercare renumber {named}")
            faults[place] = fault._replace(message=said)
    return faults


class Places:
    """The lines on which values stand; files that are asked about one after the other are read once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._nodes: dict[str, Any] = {}

    def fault(self, record: str, path: Path, code: str, sentence: str) -> Fault:
        """What is said of a value of a record, with its file and line."""
        named = parse(record)
        file = path_of(named) if named else record
        return Fault(file, self.line(file, path), code, sentence)

    def line(self, file: str, path: Path) -> int:
        """The line of a value; the first one of a file that changed since it was read and cannot be any more."""
        if file not in self._nodes:
            if len(self._nodes) == _AT_ONCE:
                self._nodes.clear()
            self._nodes[file] = self._node(file)
        node = self._nodes[file]
        return line_in(node, path) if node is not None else 1

    def _node(self, file: str) -> Any:
        try:
            data = self._book.bytes_of(file)
            read(data, file)
        except (FileNotFoundError, Unusable, Unreadable):
            return None
        return composed(decoded(data))


def unknown_settings(book: Book) -> Iterator[Finding]:
    """Keys that nobody reads."""
    for path in islice(unknown_keys(book.settings), MOST_FAULTS):
        yield Finding(FILE, path, "unknown-key", faults.unknown(type(book.settings), path))
