"""The quick reading: whatever it takes, the strict one takes too, as the same tree; the rest it leaves alone."""

from __future__ import annotations

import random
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain import parsing
from aftercare.plain.canonical import tree_of
from aftercare.plain.reading import LARGEST, read, strictly
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from tests.plain import differential
from tests.plain.test_writing import SALE, trees

OURS = """\
id: SA26-0012
sold_on: 2026-03-03
invoice: "00123456"
items:
- {product: PR26-0003, serial: KF35-0303001, price: 3299.00}
- product: PR26-0009
  told:
    deliver: {by: "12:30"}
  tags: [a, "1,2", []]
- - x
  - "- \\"y\\"\\n\\t\\uFEFF"
told:
  install: {by: 2026-03-05T12:00, at: [{km: -5}, {}]}
address: 文三路100号3-201 a:b "c" 'd' {e}
规格:
  - 12:30
note: |-
  先打电话

    - 再上门
said:
- |-
  a: b
  c
- at: 2026-03-05
  words: |-
    d
    e
"""
TREE = {
    "id": "SA26-0012",
    "sold_on": "2026-03-03",
    "invoice": "00123456",
    "items": [
        {"product": "PR26-0003", "serial": "KF35-0303001", "price": "3299.00"},
        {"product": "PR26-0009", "told": {"deliver": {"by": "12:30"}}, "tags": ["a", "1,2", []]},
        ["x", '- "y"\n\t\ufeff'],
    ],
    "told": {"install": {"by": "2026-03-05T12:00", "at": [{"km": "-5"}, {}]}},
    "address": "文三路100号3-201 a:b \"c\" 'd' {e}",
    "规格": ["12:30"],
    "note": "先打电话\n\n  - 再上门",
    "said": ["a: b\nc", {"at": "2026-03-05", "words": "d\ne"}],
}


def test_the_usual_forms_are_taken() -> None:
    """Blocks, lists, brackets within brackets, quotes with what we escape: none of it needs a parser."""
    assert tree_of(OURS) == TREE == strictly(OURS.encode(), "f")


DECLINED = [
    "", "\n", "a: b", "# c\na: b\n", "a: b # c\n", "a: b \n", "a:  b\n", "a : b\n", "a: b: c\n", "a: b:\n",
    "a: ~\n", "a: null\n", "a:\n", "a:\nb: c\n", "a: [b,c]\n", "a: [ b]\n", "a: [b, ]\n", "a: {b}\n", "a: {b: }\n",
    "a: {b: c, b: d}\n", "a: b\na: c\n", "a: [b\n", "a: {b: c\n", "a: {b: c}}\n", "a: [b: c]\n", "a: 'b'\n",
    'a: "b" c\n', 'a: "\\x41"\n', 'a: "\\u0041"\n', 'a: "b\n',
    "a: |\n  b\n", "a: |-\n", "a: |-\n b\n", "a: |-\n   b\n", "a: |-\n\n  b\n",
    "a: |-\n  b\n\n", "a: |-\n  b \n", "|-\n  a\n", "a: |-\n  b # c\n", "a: >\n  b\n", "a: b\n  c\n",
    "a: b\n  c: d\n", "a:\n b: c\n", "a:\n    b: c\n", "a:\n  b: c\n d: e\n", "- a\n", "a: &b c\n", "a: *b\n",
    "a: !b c\n", "<<: {a: b}\n", "? a\n", "? a\n: b\n", "%YAML 1.1\n---\na: b\n", "---\na: b\n", "a: b\n...\n",
    "a: b\n---\na: b\n", "a: b\n\nb: c\n", "a:\tb\n", "a: b\tc\n", "a: b\r\n", "a: b\x85c\n", "a: b\u2028c\n",
    "\ufeffa: b\n", "a: \x1b\n", "a: \u202e\n", '"a": b\n', "a b: c\n", "k" * 101 + ": a\n", "a: @b\n", "a: `b\n",
    "a: -\n", "a: - b\n", "a: ?\n", "a: [b?]\n", "a:\n- b\nc\n", "a:\n-\n", "a:\n- b\n  - c\n",
    "a: " + "[" * 9 + "b" + "]" * 9 + "\n", "{}\n", "{a: b}\n", "a: b\n- c\n",
]  # fmt: skip


@pytest.mark.parametrize("text", DECLINED, ids=repr)
def test_whatever_else_is_left_to_the_strict_reading(text: str) -> None:
    """A comment, an escape, a second line, a key written twice: what could mean more than it seems is declined."""
    assert tree_of(text) is None


@settings(max_examples=300)
@given(trees)
def test_what_we_write_is_read_the_same(tree: dict[str, Tree]) -> None:
    """Any tree in our own hand is declined or read as the strict reading reads it, in its order."""
    assert not differential.disagreement(write(tree))


@settings(max_examples=600)
@given(st.integers(0, 2**32))
def test_harm_never_makes_the_two_disagree(seed: int) -> None:
    """Of a text with anything done to it the quick reading never says what the strict one does not."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for text in (OURS, SALE, differential.own(chance)):
        assert not differential.disagreement(differential.harmed(chance, text))


@pytest.mark.parametrize("parser", ["libyaml", "python"])
def test_some_thousand_cases(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first cases of the million, with either parser; many are taken, or it would prove nothing."""
    if parser == "python":
        monkeypatch.setattr(parsing, "Loader", yaml.SafeLoader)
    count = 6000 if parser == "libyaml" else 600
    seeds = [OURS, SALE, *differential.texts()]
    taken, wrong = differential.tried(differential.cases(random.Random(9), seeds), count)  # noqa: S311 - not for secrets
    assert wrong == []
    assert taken > count / 5


def test_every_file_there_is() -> None:
    """The sample shop, what ships and the hostile books: no file is read in two ways, and most are taken."""
    seeds = differential.texts()
    found = [differential.disagreement(text) for text in seeds]
    assert [one for one in found if one] == []
    assert sum(one is not None for one in found) > len(seeds) / 2


@pytest.mark.parametrize(
    "piece", ["- ", "a: ", "a: b:", 'a: "', "a: [", "[{", "a: b ", "a:\n", " ", "a: [b, ", "x" * 99 + " "]
)
def test_no_file_keeps_it_waiting(piece: str) -> None:
    """A pattern that goes back and forth over a long line would hang every command; this one ends."""
    began = time.process_time()
    assert tree_of(piece * (LARGEST // len(piece)) + "\n") is None
    assert time.process_time() - began < 5


def test_other_encodings_are_the_strict_readings_to_refuse() -> None:
    """Bytes that are no UTF-8, or too many of them, are refused as ever."""
    for data in (b"a: \xff\n", b"a: " + b"x" * LARGEST + b"\n"):
        with pytest.raises(ValueError, match="f:1: "):
            read(data, "f")
