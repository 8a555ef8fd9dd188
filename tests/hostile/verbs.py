"""Every verb that reads, and some that write, for a look at a hostile book: none may break, whatever lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.hostile.case import trouble
from tests.hostile.running import run

REF = "CU26-0002"
READING: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--all", "--format", "json"),
    ("due", "--within", "400d", "--how"),
    ("due", "--format", "csv"),
    ("balance",),
    ("balance", "--per", "month", "--format", "json"),
    ("quality",),
    ("quality", "--words"),
    ("score",),
    ("score", "show", "L2", "--records", "--format", "json"),
    ("score", "show", "L8"),
    ("report",),
    ("show", REF),
    ("show", REF, "--format", "yaml"),
    ("show", "CL26-0001"),
    ("find", "李"),
    ("find", "1380"),
    ("customer", "list", "--format", "csv"),
    ("customer", "list", "--where", "name~李"),
    ("customer", "timeline", REF),
    ("customer", "timeline", "CU26-0001"),
    ("customer", "benefits", REF),
    ("product", "list"),
    ("product", "units", "PR26-0001"),
    ("sale", "list", "--format", "tsv"),
    ("sale", "owed", "SA26-0001"),
    ("unit", "list"),
    ("unit", "show", "SA26-0001/1"),
    ("unit", "remedies", "SA26-0001/1"),
    ("claim", "list"),
    ("claim", "check", "CL26-0001", "--why"),
    ("claim", "check", "CL26-0002"),
    ("delivery", "list"),
    ("installation", "list"),
    ("visit", "list"),
    ("complaint", "list"),
    ("promise", "list", "--format", "json"),
    ("part", "list"),
    ("part", "stock"),
    ("staff", "list"),
    ("wish", "list"),
    ("enquiry", "list"),
    ("offer", "list"),
    ("event", "list"),
    ("points", "list"),
    ("policy", "list"),
    ("policy", "check"),
    ("policy", "explain", "CL26-0001"),
    ("policy", "ask", "CL26-0001"),
    ("policy", "diff"),
    ("policy", "upcoming"),
    ("policy", "sources"),
    ("customer", "list", "--as-of", "2026-11-19"),
)
WRITING: tuple[tuple[str, ...], ...] = (
    ("customer", "add", "--name", "赵六"),
    ("customer", "set", REF, "note=x"),
    ("customer", "set", "CU26-0001", "note=x"),
    ("customer", "remove", REF, "--yes"),
    ("sale", "add", "--customer", "CU26-0001", "--product", "PR26-0001", "--price", "1"),
    ("delivery", "sign", "SA26-0001", "--by", "王建国"),
    ("visit", "add", "--customer", "CU26-0001", "--outcome", "reached", "--purpose", "other"),
    ("claim", "decide", "CL26-0001", "repair", "--reason", "x"),
)


def broken(root: Path, verbs: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What went wrong in any of the verbs: a word for a figure, and the story."""
    for words in verbs:
        yield from trouble(run(root, *words))
