"""What customers were told by a message already: the record of a contact says so, by a word of its own for each notice.

The word names the notice, the promise and the time that was told, so a promise that is moved is told of anew, and one
that is told of never twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Promise
from aftercare.plain.moments import iso

_FIRST = "notice"


def mark(notice: str, promise: Promise) -> str:
    """The word of a notice of a promise, with both ends of a window: ``notice delay PM26-0012 2026-03-04T18:00``."""
    ends = (promise.due.from_, promise.due.by) if promise.due else ()
    told = "..".join(iso(end) for end in ends if end) or "-"
    return f"{_FIRST} {notice} {promise.id} {told}"


def is_mark(text: str) -> bool:
    """Whether a text may be the word of a notice."""
    words = text.split(" ")
    return words[0] == _FIRST and len(words) == len(("notice", "kind", "promise", "time"))


def marks_of(affairs: Affairs) -> set[str]:
    """The words of all notices that a customer got."""
    return {tag for visit in affairs.visits for tag in visit.tags if is_mark(tag)}


def is_told(marks: Iterable[str], notice: str, promise: Promise) -> bool:
    """Whether a customer was told this of a promise, and of the time that it has now."""
    return mark(notice, promise) in marks
