"""The quick reading beside the strict one: ``python -m tests.plain.differential [CASES] [SEED]``, a million by default.

A case is a text of our own hand, or a file of the sample shop or of the hostile ones, mostly with harm done to it.
What the quick reading takes, the strict one must take too, as the same tree in the same order; what it declines is no
case against it.  Printed is how many it took, and every disagreement.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from aftercare.plain.canonical import tree_of
from aftercare.plain.reading import Unreadable, strictly, unseen
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from tests.hostile.corpus import corpus

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = 1_000_000
LONGEST = 4000
"""Longer files are read once as they are, and not changed over and over."""

_WORDS = r"""
no yes on null Null ~ 0 -0 -5 007 12 3299.00 .5 5. 1e3 0x1F 12:30 2026-03-04 2026-03-04T18:00 2001-99-99 --- ... -
-- -a ? ?a a? : a: a:b :a # a#b #a [ ] { } [] {} a,b ,a a, *a &a !a !!str % %TAG @a `a ' '' " "" 'a' "a" a'b a"b \
| |- > >- || << = == <a =a +1 王建国 张 三 SA26-0012/1 👨‍👩‍👧 http://a.b/c?d=e#f {a: {b}} [a a] [[ ]] \n \u0041 \x1b
annulled nullity
"""
WORDS = _WORDS.split()
BITS = [
    *WORDS,
    "\n", "\n\n", " ", "  ", "   ", "\t", "\r", "\r\n", "\x00", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\u2029",
    "\u200b", "\u202e", "\ufeff", "\ufffe", "\uffff", "\U0001fffe", "\u3000", ": ", " : ", ":\n", ", ", ",", " ,",
    " #", " # x", "# x\n", "\n#", "- ", "-\n", "\n- ", "\n  ", "\n  - ", "? ", "\n? ", "\n: ", "&a ", "*a ", "! ",
    "!!str ", "!<x> ", "|\n  ", "|-\n  x\n", ">\n ", "'", '"', '\\"', "\\", "\\\\", "\\n", "\\t", "\\e", "\\/",
    "\\u2028", "\\uFEFF", "\\ufeff", "\\u0007", "\\x41", "\\\n", "''", "---\n", "--- ", "...\n", "%YAML 1.1\n",
    "%TAG ! x\n", "<<: ", "<<: {a: b}\n", "a: b\n", "a:\n", "a: ", "- a\n", "- a: b\n", "  a: b\n", "{a: b}",
    "{a: b, a: c}", "{a: }", "{a}", "{a: b,}", "[a, b]", "[a,b]", "[a: b]", "[ a ]", "{ a: b }", '{"a": b}',
    '{a: "b"}', '["a", b]', "{a: [b, {c: d}]}", "[[a], {}]", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n",
    "k" * 100, "k" * 101, "x" * 1100,
]  # fmt: skip
_SIGNS = " \n:-#,[]{}&*!|>'\"%@`?~<=.+\\\t0aZ一\u00a0\ufeff"


def texts() -> list[str]:
    """The files that are harmed: those of the sample shop, what ships, and every hostile file that is a text."""
    found = [file.read_bytes() for folder in ("data", "aftercare/policies") for file in (ROOT / folder).rglob("*.yaml")]
    found += [data for case in corpus().values() for data in case.files.values() if isinstance(data, bytes)]
    known: dict[str, None] = {}
    for data in found:
        try:
            known[data.decode()] = None
        except UnicodeDecodeError:
            continue
    return list(known)


def disagreement(text: str) -> str | None:
    """What the two readings of a *text* disagree about; "" where they agree, None where the quick one declines."""
    quick = tree_of(text)
    if quick is None:
        return None
    try:
        strict = strictly(text.encode(), "f")
    except Unreadable as error:
        return f"{text!r}: read as {quick!r}, refused: {error}"
    return "" if repr(quick) == repr(strict) else f"{text!r}: read as {quick!r}, strictly {strict!r}"  # order and all


def _word(chance: random.Random) -> str:
    word = chance.choice(WORDS if chance.random() < 0.7 else BITS)
    return word if chance.random() < 0.8 else f"{word}{chance.choice((' ', '', ': ', chr(10)))}{chance.choice(WORDS)}"


def _lines(chance: random.Random) -> str:
    parts = (_word(chance) if chance.random() < 0.8 else "" for _ in range(chance.choice((2, 2, 3, 5))))
    return "\n".join(" " * chance.choice((0, 0, 0, 2)) + part for part in parts)


def _key(chance: random.Random) -> str:
    return chance.choice(("id", "name", "on", "told", "items", "at", "by", "a", "b.c", "规格", _word(chance)))


def _value(chance: random.Random, depth: int) -> Tree:
    kind = chance.random()
    if depth > 4 or kind < 0.6:
        text = chance.choice(
            ("SA26-0012", "2026-03-04", "王建国", "58.00", _word(chance), _word(chance), _lines(chance))
        )
        return "x" if unseen(text) else text
    if kind < 0.8:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return _mapping(chance, depth + 1)


def _mapping(chance: random.Random, depth: int) -> dict[str, Tree]:
    made = {_key(chance): _value(chance, depth) for _ in range(chance.randrange(5))}
    return {
        key: value for key, value in made.items() if key and "\n" not in key and len(key) <= 100 and not unseen(key)
    }


def own(chance: random.Random) -> str:
    """A text of our own hand."""
    return write(_mapping(chance, 1))


def _at_a_place(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.choice((0, 0, 1, 1, 2, 5)))
    return text[:at] + chance.choice((chance.choice(BITS), chance.choice(_SIGNS), "")) + text[end:]


def _in_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            lines.insert(other, lines[at])
        case 1:
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            del lines[at]
        case 3:
            lines[at] = " " * chance.choice((1, 2, 2, 4)) + lines[at]
        case 4:
            lines[at] = lines[at][chance.choice((1, 2, 2, 4)) :]
        case 5:
            lines[at] += chance.choice(BITS)
        case 6:
            lines.insert(at, chance.choice(BITS))
        case _:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


def _at_a_value(chance: random.Random, text: str) -> str:
    """Something before a value, after it, or in its place."""
    places = [at + 2 for at in range(len(text) - 1) if text[at : at + 2] in {": ", "- ", ", "}]
    if not places:
        return _at_a_place(chance, text)
    at = chance.choice(places)
    end = min((e for e in (text.find(sign, at) for sign in "\n,}]") if e >= 0), default=len(text))
    new = chance.choice(BITS)
    return text[:at] + chance.choice((new, new + text[at:end], text[at:end] + new, f'"{new}"', f"'{new}'")) + text[end:]


_HARMS: tuple[Callable[[random.Random, str], str], ...] = (_at_a_place, _in_lines, _at_a_value)


def harmed(chance: random.Random, text: str) -> str:
    """The *text* with one to three things done to it."""
    for _time in range(chance.choice((1, 1, 2, 3))):
        text = chance.choice(_HARMS)(chance, text)
    return text


def cases(chance: random.Random, seeds: list[str]) -> Iterator[str]:
    """Texts without end: a third our own as they are written, the others harmed."""
    short = [text for text in seeds if len(text) <= LONGEST]
    while True:
        mine = own(chance)
        yield mine
        yield harmed(chance, mine)
        yield harmed(chance, chance.choice(short))


def tried(made: Iterable[str], count: int) -> tuple[int, list[str]]:
    """How many of *count* cases the quick reading took, and every disagreement."""
    taken, wrong = 0, []
    for _number, text in zip(range(count), made, strict=False):
        found = disagreement(text)
        taken += found is not None
        if found:
            wrong.append(found)
    return taken, wrong


def main() -> int:
    """1 where the two readings disagreed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    seeds = texts()
    before = [disagreement(text) for text in seeds]
    taken, wrong = tried(cases(random.Random(seed), seeds), count)
    wrong += [found for found in before if found]
    print(f"{count:,} cases and {len(seeds):,} files; the quick reading took {taken:,} of the cases", end=" ")
    print(f"and {sum(found is not None for found in before):,} of the files; {len(wrong)} disagreements")
    print("\n".join(wrong[:20]), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
