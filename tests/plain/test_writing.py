"""The hand in which the tool writes: faithful to the text, in every reader."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from aftercare import errors
from aftercare.plain.reading import read, unseen
from aftercare.plain.tree import Tree, dotted, get, textify
from aftercare.plain.writing import WIDEST, scalar, write

NASTY_LINES = r"""
no No yes YES on y n true null Null ~ << = 0 -0 007 0123 12 -5 +86 3299.00 1.10 .5 5. 1e3 1e 089 0x1F 0o17 0b1 1_000
1,000 .inf -.nan 12:30 1:2:3 190:20:30.15 2026-03-04 2026-02-30 2026-3-4 2026-03-04T18:00 2026-03-04T18:00:01Z
2026-03-04T18:00+08:00 2001-12-14_21:59:43.10_-5 110101199003071234 --- ... ..._a -_a - ? ?_a : a: a:_b a_:b # a_#b
a#b [ ] {a} a,b a,_b *a &a !a %a @a `a 'a' "a" a'b \ \x > a>b | || ======= <<<<<<<_HEAD == http://a.b/c?d=e#f _a a_
_ a_|_b 王建国 SA26-0012/1/call-back.1 21:00-09:00 {{x}} a] x:_[ y? é "\n" \u0041
"""
NASTY = ["", *(word.replace("_", " ") for word in NASTY_LINES.split()), "1_000", "0x_1"]
NASTY += ["\u3000a", "a\u3000b", "a\u00a0b", "\u2028", "a\u2029b", "\ufeff", "\u200b", "👨\u200d👩\u200d👧", "x" * 300]
NASTY += ["a\nb", "a\n", "\n", "\n\n", " a\nb", "a \nb", "a\n\nb", "a\n b\n  c", "a\tb", "a\n\tb", "#\n#", "a: b\n- c"]
NASTY += ["-\n-", "---\n...", "a\n\u3000\nb", "<<<<<<< a\n=======\n>>>>>>> b"]
EXPECTED_PLAIN = re.compile(r"yes|no|-?[\d.]+|\d{4}-\d\d-\d\d(T[\d:]+(Z|[+-][\d:]+)?)?", re.ASCII)

texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
texts = texts.filter(lambda text: not unseen(text))
keys = texts.filter(lambda text: bool(text) and "\n" not in text and len(text) <= 100)
trees = st.dictionaries(
    keys,
    st.recursive(
        texts | st.none(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


def as_oracle_says(tree: Any) -> Any:
    """A tree with None as a reader without types shows it."""
    if isinstance(tree, dict):
        return {key: as_oracle_says(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_oracle_says(value) for value in tree]
    return "~" if tree is None else tree


@settings(max_examples=250, deadline=None)
@given(trees)
def test_what_is_written_reads_back(tree: dict[str, Tree]) -> None:
    """Any tree of text reads back as itself, in the order it was written, here and in two independent readers."""
    text = write(tree)
    again = read(text.encode(), "f")
    assert again == tree
    assert list(again) == list(tree)
    assert yaml.load(text, yaml.BaseLoader) == as_oracle_says(tree)  # noqa: S506 - the base loader makes only text
    assert YAML(typ="base", pure=True).load(io.StringIO(text)) == as_oracle_says(tree)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_no_other_reader_is_misled(text: str) -> None:
    """A reader of YAML 1.1 or 1.2 takes a text for a text, unless it is one that people expect to see unquoted."""
    if EXPECTED_PLAIN.fullmatch(text) and scalar(text, flow=True) == text:
        return
    written = write({"a": text, "b": [text], "c": {"d": text}})
    expected = {"a": text, "b": [text], "c": {"d": text}}
    assert yaml.safe_load(written) == expected
    assert YAML(typ="safe", pure=True).load(written) == expected


LEFT_PLAIN = """
2026-03-03 2026-03-04T18:00 13800138000 3299.00 12 0 -5 0.50 yes no KF35-0303001 SA26-0012/1 21:00-09:00
文三路100号3-201 a'b a#b a:b 张　三 👨‍👩‍👧
"""
QUOTED = """
00123456 12:30 1e3 null ~ No true on +8613800138000 2026-02-30 1_000 110101199003071234 a,b #a - << = a?
"""


@pytest.mark.parametrize("text", LEFT_PLAIN.replace("\n", " ").strip().split(" "))
def test_left_plain(text: str) -> None:
    """What people expect to see unquoted is."""
    assert scalar(text, flow=True) == text


@pytest.mark.parametrize("text", [*QUOTED.split(), "", " a", "a: b", "a #b"])
def test_quoted(text: str) -> None:
    """What a reader may take for something else is quoted."""
    assert scalar(text, flow=True) == f'"{text}"'


def test_on_is_a_plain_key() -> None:
    """The key of several records is written as people write it; the same text as a value is quoted."""
    assert write({"on": "on", "removed": {"on": "2026-03-04"}}) == 'on: "on"\nremoved: {on: 2026-03-04}\n'


SALE = """\
id: SA26-0012
sold_on: 2026-03-03
invoice: "00123456"
items:
- {product: PR26-0003, serial: KF35-0303001, price: 3299.00}
- {product: PR26-0009, qty: 12, price: 58.00}
tags: [a, "1,2"]
deliver_to: {name: 王小明, phone: 13800138001, address: 文三路100号3-201}
told:
  deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}
  install: {by: 2026-03-05T12:00}
note: |-
  先打电话

  # 再上门
decisions:
- on: 2026-08-05
  reason: |-
    a
    b
- {on: 2026-08-06, remedy: repair}
visits:
- from: 2026-03-04T09:00
  words: 送货上门安装调试并且教会老人使用遥控器送货上门安装调试并且教会老人使用遥控器送货上门
  others: []
"""


def test_the_canonical_form() -> None:
    """Short lists and mappings take one line; lists of mappings, nested mappings and lines of text are opened up."""
    assert write(read(SALE.encode(), "f")) == SALE


@given(st.integers(60, 140), st.sampled_from("x王"))
def test_one_line_is_no_wider_than_the_screen(size: int, letter: str) -> None:
    """A mapping stays on one line exactly as long as the line fits, a Chinese character counting for two columns."""
    text = write({"a": {"b": letter * size}})
    fits = len("a: {b: }") + size * (2 if letter == "王" else 1) <= WIDEST
    assert text.count("\n") == (1 if fits else 2)


def test_refused_texts_and_keys() -> None:
    """What no file may hold is not written."""
    for text in ("\x1b[2J", "a\rb", "\u202e", "\ud800", "\x85"):
        with pytest.raises(errors.NotPlainText):
            write({"a": {"b": text}})
    for key in ("", "a\nb", "k" * 101):
        with pytest.raises(errors.NotAKey):
            write({key: "x"})


def test_textify() -> None:
    """Values with types become the text that a record would hold."""
    from datetime import date, datetime, time
    from decimal import Decimal

    values = {"a": True, "b": False, 3: 12, "d": Decimal("1E+3"), "e": 1e-7, "f": None, "g": date(2026, 3, 4)}
    values |= {"h": datetime(2026, 3, 4, 18, 0), "i": time(9, 30), "j": ("x", [1.5])}
    assert textify(values) == {
        "a": "yes", "b": "no", "3": "12", "d": "1000", "e": "0.0000001", "f": None, "g": "2026-03-04",
        "h": "2026-03-04T18:00", "i": "09:30", "j": ["x", ["1.5"]],
    }  # fmt: skip
    for wrong, error in ((object(), TypeError), ({None: 1}, TypeError), ({1: "a", "1": "b"}, ValueError)):
        with pytest.raises(error):
            textify(wrong)


def test_paths() -> None:
    """A path is shown with positions from 1 and followed with positions from 0."""
    assert dotted(("items", 1, "price")) == "items.2.price"
    tree: Tree = {"items": [{"price": "5"}, None]}
    assert get(tree, ("items", 0, "price")) == "5"
    assert [get(tree, path) for path in (("items", 1, "price"), ("items", 2), ("items", "a"), ("x",))] == [None] * 4
