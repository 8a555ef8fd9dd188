"""Too much of anything: size, depth, entries, keys; what fits is read, and in time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import RECORD, Case
from tests.hostile.made import HEAD, found, kept, refused

_LARGEST = 1 << 20


def _sparse(size: int) -> object:
    def laid(path: Path) -> None:
        with path.open("wb") as file:
            os.truncate(file.fileno(), size)

    return laid


def _filled(size: int) -> str:
    head = f"{HEAD}note: "
    return head + "x" * (size - len(head.encode()) - 1) + "\n"


def cases() -> Iterator[Case]:
    """To the limit and one beyond it, and far beyond; wide, deep and long."""
    yield kept("as-large-as-may-be", _filled(_LARGEST), note="x" * (_LARGEST - len(f"{HEAD}note: ".encode()) - 1))
    yield refused("one-byte-too-large", _filled(_LARGEST + 1), "1: too-large")
    for name, size in (("five-gigabytes", 5 << 30), ("an-exabyte-or-so", 1 << 40)):
        yield Case(name, {RECORD: _sparse(size)}, 3, (f"{RECORD}:1: too-large",))  # type: ignore[dict-item]
    yield found("depth-20", f"{HEAD}a: {'[' * 18}x{']' * 18}\n", "3: unknown-key")
    for depth in (21, 1_000, 10_000, 400_000):
        yield refused(f"depth-{depth}-of-lists", f"{HEAD}a: {'[' * depth}x{']' * depth}\n", "3: too-deep")
    for depth in (21, 1_000, 10_000, 100_000):
        yield refused(f"depth-{depth}-of-mappings", f"{HEAD}a: {'{a: ' * depth}x{'}' * depth}\n", "3: too-deep")
    yield refused("depth-of-dashes", f"{HEAD}a:\n{'- ' * 10_000}x\n", "4: too-deep")
    yield refused("depth-of-question-marks", f"{HEAD}a:\n  {'? ' * 10_000}x\n", "4: too-deep")
    lines = "".join(" " * n + "a:\n" for n in range(1, 1_000))
    yield refused("depth-of-lines", f"{HEAD}a:\n{lines}", "23: too-deep")
    yield refused("brackets-without-end", f"{HEAD}a: {'[' * 500_000}\n", "3: too-deep")
    yield refused("braces-without-end", f"{HEAD}a: {'{' * 500_000}\n", "3: too-deep")
    yield found("thirty-thousand-entries", f"{HEAD}tags: [{', '.join('abcdefg' for _n in range(30_000))}]\nx: y\n",
                "4: unknown-key")  # fmt: skip
    yield refused("twenty-thousand-lists-for-texts", f"{HEAD}tags: [{', '.join(['[]'] * 20_000)}]\n", "3: shape")
    yield refused("ten-thousand-wrong-phones-in-lines", f"{HEAD}phones:\n" + "- []\n" * 10_000,
                  *(f"{line}: shape" for line in range(4, 104)))  # fmt: skip
    keys = "".join(f"k{n}: x\n" for n in range(20_000))
    yield found("twenty-thousand-unknown-keys", HEAD + keys, *(f"{n}: unknown-key" for n in range(3, 103)))
    yield refused("ten-thousand-times-the-same-key", HEAD + "k: x\n" * 10_000,
                  *(f"{n}: duplicate-key" for n in range(4, 104)))  # fmt: skip
    dangling = "".join(f"- {{customer: CU99-{n:04}}}\n" for n in range(1, 20_000))
    yield found("twenty-thousand-unknown-groups", f"{HEAD}others:\n{dangling}", "3: unknown-key")
    yield refused("key-of-a-megabyte", f"{HEAD}? {'k' * 1_000_000}\n: x\n", "3: bad-key")
    yield refused("key-of-two-thousand-in-line", f"{HEAD}{'k' * 2_000}: x\n", "3…")
    yield kept("name-of-a-hundred-thousand", f"id: CU26-0002\nname: {'王' * 100_000}\n", name="王" * 100_000)
    yield kept("note-of-empty-lines", f"{HEAD}note: |+\n" + "\n" * 200_000, note="\n" * 200_000)
    yield kept("half-a-megabyte-of-comments", HEAD + "# x\n" * 130_000, name="李四")
    yield kept("quotes-of-a-megabyte", f"{HEAD}note: '" + "''" * 500_000 + "'\n", note="'" * 500_000)
    yield kept("escapes-of-a-megabyte", f'{HEAD}note: "' + "\\u0041" * 170_000 + '"\n', note="A" * 170_000)
    yield kept("folded-over-many-lines", f"{HEAD}note:\n" + "  a\n" * 100_000, note=" ".join("a" * 100_000))
    yield refused("half-a-megabyte-of-anchors", HEAD + "".join(f"k{n}: &a{n} x\n" for n in range(50_000)),
                  *(f"{n}: anchor" for n in range(3, 103)))  # fmt: skip
    yield refused("forty-thousand-tag-directives", "".join(f"%TAG !a{n}! tag:x:\n" for n in range(40_000))
                  + f"---\n{HEAD}", "1: tag")  # fmt: skip
    yield refused("many-documents", f"{HEAD}" + "---\na: b\n" * 100_000, "3: several-documents")
    yield refused("digits-of-a-megabyte", "id: SA26-0002\ncustomer: CU26-0001\nsold_on: 2026-11-20\nitems:\n"
                  f"- {{product: PR26-0001, qty: {'9' * 900_000}}}\n", "5: number",
                  file="sales/2026/SA26-0002.yaml")  # fmt: skip
