"""Edits touch only what they change, and say what was meant."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare import errors
from aftercare.plain import parsing, patches, reading
from aftercare.plain.reading import read
from aftercare.plain.splicing import Append, Edit, NoSuchPath, Remove, Set, Take, applied, apply
from aftercare.plain.tree import Path, Tree, get


@pytest.fixture(params=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marks of both of PyYAML's parsers lead to the same edits."""
    if request.param == "python":
        monkeypatch.setattr(parsing, "Loader", yaml.SafeLoader)


SALE = """\
# a sale
id: SA26-0012        # the id
invoice: "00123456"
note:
items:
- {product: PR26-0003, price: 3299.00}   # the fridge
# the small one
- {product: PR26-0009,  qty: 12,price: '58.00'}

told:                # at the counter
  # in the morning
  deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}  # d
  install: {by: 2026-03-05T12:00}
    # by the maker
tags: [a, 'b, c', d]
needs: [
  old,   # 83
  # in bed
  ill,   # since May
  far
]
words: |
  one

  two

plans:
  - on: 2026-03-07
    what: |-
      call
      back
  - - x
    - y
  -
# the end
"""

# What is changed in SALE: lines without "- " and "+ " stay, and stand here only to show the place.
EXAMPLES: list[tuple[str, Edit, str, str]] = [
    ("scalar", Set(("id",), "a: b"), "id: SA26-0012        # the id", 'id: "a: b"        # the id'),
    ("quoted", Set(("invoice",), "00123457"), 'invoice: "00123456"', 'invoice: "00123457"'),
    ("unquoted", Set(("invoice",), "x"), 'invoice: "00123456"', "invoice: x"),
    ("empty", Set(("note",), "x"), "note:\n", "note: x\n"),
    ("to nothing", Set(("invoice",), None), 'invoice: "00123456"', "invoice: ~"),
    ("lines", Set(("id",), "a\nb"), "0012        # the id", "\b|-        # the id\n  a\n  b"),
    ("lines to lines", Set(("words",), "a\nb"), "words: |\n  one\n\n  two\n\n", "words: |-\n  a\n  b\n\n"),
    ("lines to scalar", Set(("words",), "a"), "words: |\n  one\n\n  two\n\n", "words: a\n\n"),
    ("in flow", Set(("items", 1, "price"), "5,0"), "'58.00'", '"5,0"'),
    ("new in flow", Set(("items", 0, "qty"), "2"), "3299.00}", "3299.00, qty: 2}"),
    ("new at the top", Set(("by",), "ST"), "\n# the end", "\nby: ST\n# the end"),
    ("new in lines", Set(("told", "call"), "x"), "# by the maker\n", "# by the maker\n  call: x\n"),
    ("new and deep", Set(("a", "b", "c"), "x"), "\n# the end", "\na:\n  b: {c: x}\n# the end"),
    ("new in a list", Set(("plans", 0, "by"), "x"), "      back\n", "      back\n    by: x\n"),
    ("deep under nothing", Set(("note", "a"), "x"), "note:\n", "note: {a: x}\n"),
    ("lines to mapping", Set(("plans", 0, "what"), {"a": "b"}), "|-\n      call\n      back", "{a: b}"),
    (
        "mapping to scalar", Set(("told",), "x"),
        "told:                # at the counter\n  # in the morning\n"
        "  deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}  # d\n"
        "  install: {by: 2026-03-05T12:00}\n    # by the maker\n",
        "told: x                # at the counter\n",
    ),
    (
        "mapping to mapping",
        Set(("told",), {"install": {"by": "x"}, "deliver": {"by": "y", "from": "2026-03-04T09:00"}}),
        "by: 2026-03-04T18:00}  # d\n  install: {by: 2026-03-05T12:00}", "by: \"y\"}  # d\n  install: {by: x}",
    ),
    ("empty item", Set(("plans", 2), {"a": ["b"]}), "  -\n", "  - {a: [b]}\n"),
    ("item of a nested list", Set(("plans", 1, 0), "z"), "- - x", "- - z"),
    ("append to lines", Append(("items",), {"product": "P"}), "\n\ntold", "\n- {product: P}\n\ntold"),
    ("append indented", Append(("plans",), "z"), "  -\n#", "  -\n  - z\n#"),
    ("append nested", Append(("plans", 1), "z"), "    - y\n", "    - y\n    - z\n"),
    ("append in flow", Append(("tags",), "e]"), "c', d]", "c', d, \"e]\"]"),
    ("append in open flow", Append(("needs",), "x"), "  far\n", "  far,\n  x\n"),
    ("append to nothing", Append(("note",), {"a": "b"}), "note:\n", "note:\n- {a: b}\n"),
    ("append to no key", Append(("by",), "x"), "\n# the end", "\nby: [x]\n# the end"),
    ("remove a key", Remove(("invoice",)), 'invoice: "00123456"\n', ""),
    ("remove the first key", Remove(("id",)), "id: SA26-0012        # the id\n", ""),
    ("remove in flow", Remove(("items", 1, "qty")), "  qty: 12,price", "  price"),
    ("remove last in flow", Remove(("items", 0, "price")), ", price: 3299.00}", "}"),
    ("remove an item", Remove(("items", 0)), "- {product: PR26-0003, price: 3299.00}   # the fridge\n", ""),
    (
        "remove with its comment", Remove(("items", 1)),
        "# the small one\n- {product: PR26-0009,  qty: 12,price: '58.00'}\n", "",
    ),
    (
        "remove with a deeper one", Remove(("told", "install")),
        "  install: {by: 2026-03-05T12:00}\n    # by the maker\n", "",
    ),
    ("remove in open flow", Remove(("needs", 1)), "  # in bed\n  ill,   # since May\n", ""),
    ("remove last in open flow", Remove(("needs", 2)), "  far\n", ""),
    ("remove beside a dash", Remove(("plans", 0, "on")), "on: 2026-03-07\n    what", "what"),
    ("remove an item beside a dash", Remove(("plans", 1, 0)), "- - x\n    - y", "- - y"),
    ("remove lines", Remove(("words",)), "words: |\n  one\n\n  two\n", ""),
    ("take", Take(("tags",), "b, c"), "'b, c', d", "d"),
]  # fmt: skip


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("edit", "before", "after"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES])
def test_exactly_what_changes(edit: Edit, before: str, after: str, ends: str) -> None:
    """Each edit changes the bytes shown and no others, whatever ends the lines and with a byte order mark or not."""
    if after.startswith("\b"):
        before, after = "SA26-" + before, after[1:]
    assert SALE.count(before) == 1
    data, expected = (text.replace("\n", ends).encode() for text in (SALE, SALE.replace(before, after)))
    assert apply(data, [edit], "f") == expected
    assert apply(b"\xef\xbb\xbf" + data, [edit], "f") == b"\xef\xbb\xbf" + expected


OTHERS: list[tuple[str, list[Edit], str]] = [
    ("a: 1", [Set(("b",), "x\ny")], "a: 1\nb: |-\n  x\n  y"),
    ("a: 1\r\nb: 2", [Remove(("b",))], "a: 1"),
    ("a: |\n  x\nb: 2", [Remove(("b",))], "a: |\n  x\n"),
    ("a: |\n  x", [Set(("b",), "2")], "a: |-\n  x\nb: 2"),
    ("a:\n- - |\n    x", [Append(("a", 0), "2")], "a:\n- - |-\n    x\n  - 2"),
    ("a: |+\n  x\n\n\nb: 1\n", [Set(("b",), "2"), Set(("a",), "x")], "a: x\nb: 2\n"),
    ("a: |+\n  x\n\n", [Set(("b",), "2")], "a: |+\n  x\n\nb: 2\n"),
    ("# c\na: 1 # d\n# e\n", [Remove(("a",))], "# c\n{}\n# e\n"),
    ("a: |+\n  x\n\nb: 1\n\n\nc: 1\n", [Remove(("b",))], "a: |+\n  x\n\nc: 1\n"),
    ("{}\n", [Set(("a",), "1"), Set(("b", "c"), "d")], "{a: 1, b: {c: d}}\n"),
    ('{"a":1,"b":[1,2]}', [Set(("a",), "x"), Append(("b",), "z"), Remove(("b", 0))], '{"a": x,"b":[2, z]}'),
    ("{a: 1}", [Remove(("a",))], "{}"),
    ("a: {b, c: }\n", [Set(("a", "b"), "1"), Set(("a", "c"), "2"), Set(("a", "d"), "3")], "a: {b: 1, c: 2, d: 3 }\n"),
    ("a: {b: }\n", [Set(("a", "c"), "1")], "a: {b: , c: 1 }\n"),
    ("a: [x, ]\n", [Append(("a",), "z")], "a: [x, z, ]\n"),
    ("a: [x, # c\n  y]\n", [Remove(("a", 0))], "a: [ # c\n  y]\n"),
    ("a: [x, # c\n  y]\n", [Remove(("a", 1))], "a: [x, # c\n  ]\n"),
    ("a:\n- x # c\nb: 1\n", [Take(("a",), "x")], "a: []\nb: 1\n"),
    ("a: # c\n  b: 1\n", [Remove(("a", "b"))], "a: {} # c\n"),
    ("a:\n- x\n- y\n- x\n", [Take(("a",), "x")], "a:\n- y\n"),
    ("- ".join(["a:\n", "b: 1\n  # of c\n  c: 2\n"]), [Remove(("a", 0, "b"))], "a:\n-\n  # of c\n  c: 2\n"),
    ("a: 'x'  # 😀\nb: 😀 # c\n", [Set(("b",), "😀😀"), Set(("a",), "y z")], "a: y z  # 😀\nb: 😀😀 # c\n"),
    ('a: "x\n# y"\nb: 1\n', [Remove(("b",))], 'a: "x\n# y"\n'),
    ("a:\n  王\nb: 1\n", [Set(("a",), {"x": {"z": "1\n2"}})], "a:\n  x:\n    z: |-\n      1\n      2\nb: 1\n"),
    ("a:\n-   x # c\n", [Set(("a", 0), {"p": "1\n2", "q": "3"})], "a:\n- p: |- # c\n    1\n    2\n  q: 3\n"),
    ("a:\n- b: 1\n  c: 2\n", [Append(("a",), {"b": "3"})], "a:\n- b: 1\n  c: 2\n- b: 3\n"),
    ("a: 1 # c\nb: [1] # d\n", [Set((), {"b": ["1", "2"], "c": "3"})], "b: [1, 2] # d\nc: 3\n"),
    ("a: 1 # c\n", [Set(("a",), "1"), Set((), {"a": "1"})], "a: 1 # c\n"),
    ("---\na: 1\n...\n", [Set(("b",), "2")], "---\na: 1\nb: 2\n...\n"),
    ('"a b":   1\n', [Set(("a b",), "2"), Set(("c: d",), "3")], '"a b":   2\n"c: d": 3\n'),
]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(("before", "edits", "after"), OTHERS, ids=[repr(row[0]) for row in OTHERS])
def test_corners(before: str, edits: list[Edit], after: str) -> None:
    """Odd but lawful files are edited with the same care."""
    assert apply(before.encode(), edits, "f").decode() == after


def test_edits_that_lead_nowhere() -> None:
    """An edit of what is not there is refused, with its path, and changes nothing."""
    tree = read(SALE.encode(), "f")
    nowhere: list[Edit] = [
        Remove(("x",)),
        Remove(("items", 2)),
        Remove(("tags", "x")),
        Remove(()),
        Take(("tags",), "x"),
    ]
    nowhere += [Take(("id",), "x"), Append(("id",), "x"), Append(("told",), "x"), Set(("id", "x"), "y"), Set((), "x")]
    nowhere += [Set(("items", 2), "x"), Set(("items", "x"), "y"), Set(("x", 0), "y"), Set(("told", 0), "x")]
    for edit in nowhere:
        with pytest.raises(NoSuchPath):
            apply(SALE.encode(), [edit], "f")
    assert tree == read(SALE.encode(), "f")


def test_what_edits_mean() -> None:
    """The tree after edits is worked out without regard to any text."""
    tree: dict[str, Tree] = {"a": {"b": "1"}, "l": ["x", "y", "x"], "n": None}
    edits: list[Edit] = [Set(("a", "c", "d"), "2"), Take(("l",), "x"), Append(("n",), "3"), Append(("m",), "4")]
    expected = {"a": {"b": "1", "c": {"d": "2"}}, "l": ["y"], "n": ["3"], "m": ["4"]}
    assert applied(tree, edits) == expected
    assert applied(tree, [*edits, Remove(("a", "b")), Remove(("l", 0))]) == {
        **expected,
        "a": {"c": {"d": "2"}},
        "l": [],
    }
    assert tree == {"a": {"b": "1"}, "l": ["x", "y", "x"], "n": None}


def test_an_unfaithful_edit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong in a splice, a text that says something else, or nothing, is never handed out."""
    with pytest.raises(errors.EditNotFaithful, match=r"f: a.1.c cannot"):
        apply(b"a: [b: 1]\n", [Set(("a", 0, "c"), "2")], "f")  # a pair without brackets of its own
    for wrong in ("a: 3\n", "a: [\n", ""):
        monkeypatch.setattr(patches, "exchanged", lambda _text, _patches, wrong=wrong: wrong)
        with pytest.raises(errors.EditNotFaithful, match="f: a cannot be changed in place"):
            apply(b"a: 1\n", [Set(("a",), "2")], "f")


def test_nothing_unseen_gets_in() -> None:
    """A control character is refused before anything is changed, and a file that holds one is not edited."""
    with pytest.raises(errors.NotPlainText):
        apply(b"a: 1\n", [Set(("a",), "\x1b[2J")], "f")
    with pytest.raises(reading.Unreadable):
        apply(b"a: \x1b\n", [Set(("b",), "1")], "f")


# Documents of every style, with numbered comments, and edits of any place in them.

words = st.sampled_from(["x", "王建国", "😀 y", "0712", "no", "12:30", "SA26-0012/1", "a b"])
values: st.SearchStrategy[Tree] = st.recursive(
    st.sampled_from(["new", "a: b", "c, d", "e # f", "", "null", "l1\nl2", " s", "[", "很长" * 30]) | st.none(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["p", "q"]), inner, max_size=2),
    max_leaves=3,
)
gaps = st.sampled_from(["", "", "", "\n", "# {}\n", "\n# {}\n\n"])
tails = st.sampled_from(["", "", "  ", " # {}", "      # {}"])


def indented(lines: str, by: str) -> str:
    """*lines* further to the right."""
    return "".join(by + line if line.strip() else line for line in lines.splitlines(keepends=True))


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """A value on the line of its key, or lines of text under it."""
    word, tail = draw(words), draw(tails)
    styles = [f" {word}{tail}\n", f"   {word}{tail}\n", f" '{word}'{tail}\n", f' "{word}"{tail}\n', f"{tail}\n"]
    styles += [
        f" |\n  {word}\n",
        f" >-{tail}\n    {word}\n\n    {word}\n",
        f" |+\n  {word}\n\n",
        f' "{word}\n\n   {word}"{tail}\n',
    ]
    return draw(st.sampled_from(styles))


@st.composite
def flows(draw: st.DrawFn) -> str:
    """A list or mapping in brackets."""
    one, two, tail, inner = draw(words), draw(words), draw(tails), draw(st.sampled_from([" # {}", ""]))
    styles = [f" [{one}, '{two}']{tail}\n", f' {{s: {one},t: "{two}" }}{tail}\n', f" [ ]{tail}\n", f" {{}}{tail}\n"]
    styles += [
        f" [\n    {one},{inner}\n    {two}{inner}\n  ]{tail}\n",
        f" {{s: {one},{inner}\n    t: [{two}, x,]}}{tail}\n",
    ]
    styles += [f" [{{s: {one}}}, [{two}]]{tail}\n", f" {{s: {{t: {one}}}, u: , v}}{tail}\n"]
    return draw(st.sampled_from(styles))


@st.composite
def mappings(draw: st.DrawFn, depth: int = 0) -> str:
    """The lines of a mapping, one key after another."""
    text = ""
    for key in draw(st.lists(st.sampled_from(["k", "m", "'n n'", "名"]), min_size=1, max_size=4, unique=True)):
        kinds = [scalars(), flows()] + ([nested(depth + 1), nested(depth + 1)] if depth < 2 else [])
        text += draw(gaps) + key + ":" + draw(st.one_of(kinds))
    return text


@st.composite
def nested(draw: st.DrawFn, depth: int) -> str:
    """A list or mapping in lines of its own, under its key."""
    if draw(st.booleans()):
        return draw(tails) + "\n" + indented(draw(mappings(depth)), draw(st.sampled_from(["  ", "    "])))
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        item = draw(st.one_of(scalars(), flows(), mappings(depth).filter(lambda lines: lines[0] not in "\n#")))
        compact = item[0] not in " \n" and not item.startswith("      #")
        text += draw(gaps) + ("- " + indented(item, "  ")[2:] if compact else "-" + item)
    return draw(tails) + "\n" + indented(text, draw(st.sampled_from(["", "  "])))


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A file that reads, its comments numbered."""
    text = draw(mappings())
    pieces = text.split("{}\n")
    text = "".join(
        f"{piece}c{number}\n" if piece.endswith("# ") else piece + "{}\n" for number, piece in enumerate(pieces[:-1])
    )
    text += pieces[-1]
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


def paths_of(tree: Tree, path: Path = ()) -> list[Path]:
    """Every place in a tree."""
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(deeper for step, child in children for deeper in paths_of(child, (*path, step)))]


@st.composite
def edits_of(draw: st.DrawFn, tree: dict[str, Tree]) -> Edit:
    """An edit of some place in the tree."""
    path = draw(st.sampled_from(paths_of(tree)))
    there = get(tree, path)
    choices: list[Edit] = [Set(path, draw(values)), Remove(path)] if path else []
    if isinstance(there, dict):
        choices += [Set((*path, "new"), draw(values)), Set((*path, "more", "deep"), "x")]
    if isinstance(there, list):
        choices += [Append(path, draw(values))] + [Take(path, item) for item in there if isinstance(item, str)]
    return draw(st.sampled_from(choices or [Set(("new",), draw(values))]))


def span_of_lines(text: str, path: Path) -> tuple[int, int]:
    """The lines, from and up to, on which the parser sees the entry at *path*, with what follows up to the next.

    Of an entry in brackets it is the lines of the whole brackets, whose commas an edit may have to touch.
    """
    node: Any = yaml.compose(text, yaml.SafeLoader)
    first, last = 0, len(text.splitlines())
    for step in path:
        if node.flow_style:
            break
        if isinstance(node, yaml.MappingNode):
            key, node = next((key, value) for key, value in node.value if key.value == step)
            first = key.start_mark.line
        else:
            node = node.value[step]
            first = node.start_mark.line
        last = node.end_mark.line + (node.end_mark.column > 0)
    return first, max(last, first + 1)


def lines_and_comments(data: bytes) -> tuple[list[str], set[str]]:
    """The lines of a file, and the numbers of its comments."""
    lines = data.decode("utf-8-sig").splitlines()
    return lines, {line.rpartition("# ")[2] for line in lines if "# c" in line}


def unpadded(lines: list[str]) -> list[str]:
    """*lines* without the empty ones at the end."""
    return "\n".join(lines).rstrip("\n").split("\n")


def oracle(data: bytes) -> Any:
    """What an independent reader sees; nothing, however it is written, is an empty text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return "" if value == "~" else value

    return plain(yaml.load(data, yaml.BaseLoader))  # noqa: S506 - makes only text


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_edit_of_any_file(data: st.DataObject) -> None:
    """An edit reads back as meant, here and elsewhere, and every line and comment outside of it is as it was."""
    before = data.draw(documents())
    tree = read(before, "f")
    edit = data.draw(edits_of(tree))
    meant = applied(tree, [edit])
    after = apply(before, [edit], "f")
    assert oracle(after) == oracle_of_tree(meant)
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    if b"\r\n" in before:
        assert after.count(b"\r\n") == after.count(b"\n")
    (old, comments), (new, kept) = lines_and_comments(before), lines_and_comments(after)
    known = edit.path
    while known and known not in paths_of(tree):
        known = known[:-1]
    if isinstance(edit, Remove) and len(known) > 1 and len(get(tree, known[:-1]) or ()) == 1:
        known = known[:-1]  # the holder is emptied
    first, last = span_of_lines(before.decode("utf-8-sig"), known)
    if isinstance(edit, Remove):
        if isinstance(edit.path[-1], str) and old[first].lstrip().startswith("- "):  # the next key moves up
            last += next((up for up, line in enumerate(old[last:], 1) if line.strip()), 0)
        while first and old[first - 1].lstrip().startswith("#"):
            first -= 1
    if last >= len(old):  # what ends without a newline may now end in a line that was empty
        assert unpadded(new[:first]) == unpadded(old[:first])
    else:
        assert new[:first] == old[:first]
        assert new[len(new) - (len(old) - last) :] == old[last:]
    outside = "\n".join(old[:first] + old[last:])
    assert {comment for comment in comments if f"# {comment}\n" in outside + "\n"} <= kept
    if not isinstance(edit, Remove | Take) and not isinstance(get(tree, edit.path), dict | list):
        assert kept == comments  # a scalar that is replaced, and anything that is added, costs no comment


def oracle_of_tree(tree: Tree) -> Any:
    """A tree as the oracle shows it."""
    if isinstance(tree, dict):
        return {key: oracle_of_tree(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [oracle_of_tree(item) for item in tree]
    return tree or ""


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_many_edits_at_once(data: st.DataObject) -> None:
    """Edits follow one another as if each were made alone."""
    before = data.draw(documents())
    after, tree, edits = before, read(before, "f"), []
    for _ in range(4):
        edit = data.draw(edits_of(tree))
        with suppress(NoSuchPath):  # what an earlier edit made a text of has nothing below it
            tree = applied(tree, [edit])
            edits.append(edit)
            after = apply(after, [edit], "f")
    assert apply(before, edits, "f") == after
    assert read(after, "f") == tree
