"""The titles of commits that commands make: what was done, and to which records; never any more of a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aftercare.records.names import BY_NAME

_SUBJECT = re.compile(r"[A-Z]{2}[0-9]{2}-[0-9]{4,9}\S*", re.ASCII)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
ALONE = frozenset({"init", "import", "policy", "policy:", "undo", "accept", "renumber", "doctor"})
"""What a title may begin with that is no kind of record."""

VERBS = (
    "add", "set", "edit", "remove", "forget", "tell-maker", "maker-answer", "retire", "give", "pay-back", "dispatch",
    "attempt", "postpone", "sign", "tick", "make-good", "start", "decide", "refuse", "replace", "return", "refund",
    "lend", "take-back", "make-safe", "close", "repair", "in", "wait", "resume", "out", "acknowledge", "assign",
    "investigate", "ask", "pass-on", "answer", "resolve", "confirm", "reopen", "withdraw", "order", "receive", "use",
    "count", "write-off", "tell", "realise", "send", "appoint", "call-off", "met", "bought", "publish", "misprint",
    "supply", "correct", "apologise", "spend", "invite", "came", "heard", "held", "cancel", "redeem", "hand-over",
    "inform", "keep", "release", "break", "certify", "train", "new", "bring-back",
    "attach",
)  # fmt: skip
"""The verbs that write, which the history says in the operator's language."""


def is_command(title: str) -> bool:
    """Whether a title is one that a command gives: a kind, a verb of one or two words, and ids; or one of its own."""
    first, *rest = title.split() or [""]
    if first in ALONE:
        return True
    words, subjects = parted(rest)
    return first in BY_NAME and 1 <= len(words) <= 2 and bool(subjects) and all(map(_SUBJECT.fullmatch, subjects))


def parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of a verb, and what follows them."""
    count = next((n for n, word in enumerate(words) if not _WORD.fullmatch(word)), len(words))
    return list(words[:count]), list(words[count:])


def listed(ids: Sequence[str]) -> str:
    """Many new records in a title: the first and the last, and nothing of none."""
    return ids[0] if len(ids) == 1 else f"{ids[0]}..{ids[-1]}" if ids else ""
