"""Strict reading: what was written is what is read, and everything doubtful is refused with its line."""

from __future__ import annotations

import time

import pytest
import yaml

from aftercare.plain import parsing, reading
from aftercare.plain.reading import Unreadable, line_of, read
from aftercare.plain.tree import MOST_FAULTS


@pytest.fixture(params=["libyaml", "python", "quick"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule holds with libyaml and without it, and where the quick reading comes first."""
    if request.param != "quick":
        monkeypatch.setattr(reading, "tree_of", lambda _text: None)
    if request.param == "python":
        monkeypatch.setattr(parsing, "Loader", yaml.SafeLoader)
    else:
        assert issubclass(parsing.Loader, yaml.CSafeLoader)


def faults(data: bytes | str) -> list[tuple[int, str]]:
    """Line and code of everything that is wrong."""
    with pytest.raises(Unreadable) as caught:
        read(data.encode() if isinstance(data, str) else data, "sales/x.yaml")
    assert all(fault.file == "sales/x.yaml" and fault.message for fault in caught.value.faults)
    return [(fault.line, fault.code) for fault in caught.value.faults]


PLAIN = """
no NO on 0712345670 013800138000 12:30 1.10 1e3 089 2026-03-04 2026-03-04T18:00 2001-99-99 true Null 0x1F 1_000 .5 =
王建国 SA26-0012/1 😀
"""


@pytest.mark.parametrize("text", PLAIN.split())
def test_plain_scalars_stay_text(text: str) -> None:
    """A plain scalar is the text that was typed, whatever a YAML reader would make of it."""
    assert read(f"a: {text}\nb: [{text}]\n".encode(), "f") == {"a": text, "b": [text]}


def test_nothing_is_none() -> None:
    """Unquoted ~, null and an empty value are None; in quotes they are text."""
    assert read(b"a:\nb: ~\nc: null\nd: '~'\ne: \"null\"\nf: ''\ng: [~, null, '']\n", "f") == {
        "a": None, "b": None, "c": None, "d": "~", "e": "null", "f": "", "g": [None, None, ""],
    }  # fmt: skip


def test_shapes_of_a_file() -> None:
    """Byte order mark, CRLF, document marks, JSON and comments are all read."""
    assert read(b"\xef\xbb\xbf---\r\na: 1 # c\r\nb: |\r\n  x\r\n  y\r\n...\r\n", "f") == {"a": "1", "b": "x\ny\n"}
    assert read(b'{"a": [1, true, null, "x\\ty\\n"], "b": {}}', "f") == {"a": ["1", "true", None, "x\ty\n"], "b": {}}


REFUSED = [
    (b"a: 1\nname: \xcd\xf5\xbd\xa8\xb9\xfa\n", [(2, "not-utf8")]),
    (b"\xff\xfea\x00", [(1, "not-utf8")]),
    (b"a: " + b"x" * (1 << 20), [(1, "too-large")]),
    (b"", [(1, "empty-file")]),
    (b"# nothing\n", [(1, "empty-file")]),
    (b"---\n~\n", [(1, "empty-file")]),
    (b"- a\n", [(1, "not-a-mapping")]),
    (b"# c\ntext\n", [(2, "not-a-mapping")]),
    (b"a: 1\x00\nb: \x1b[2J\n", [(1, "control-character"), (2, "control-character")]),
    (b"a: 1\x07\x07\x0b\n", [(1, "control-character"), (1, "control-character")]),
    (bytes(4096), [(1, "control-character")]),  # after a power cut: a hundred such lines for each file hid all others
    ("a: 1\nb: x\u202ey\n", [(2, "control-character")]),
    ("a: 1\nb: x\u2066y\n", [(2, "control-character")]),
    ("a: x\u2028b: y\n", [(1, "control-character")]),
    ("a: x\u0085b: y\n", [(1, "control-character")]),
    (b"a: x\rb: y\n", [(1, "control-character")]),
    (b'a: 1\nb: ["\\x1b[2J"]\n"c\\0": 1\n', [(2, "control-character"), (3, "control-character")]),
    (b'a: "\\u202e"\nb: "x\\ry"\n', [(1, "control-character"), (2, "control-character")]),
    (
        b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
        [(2, "conflict-marker"), (4, "conflict-marker"), (6, "conflict-marker")],
    ),
    (b"a: 1\n||||||| base\n", [(2, "conflict-marker")]),
    (b"a: [1, 2\nb: 1\n", [(2, "yaml-syntax")]),
    (b"a: 'x\n", [(2, "yaml-syntax")]),
    (b"a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\nb: 4\n", [(3, "duplicate-key"), (4, "duplicate-key"), (5, "duplicate-key")]),
    (b"a: &x 1\nb: *x\n", [(1, "anchor"), (2, "anchor")]),
    (b"a: &x {b: 1}\nc: {<<: *x}\n", [(1, "anchor"), (2, "merge-key"), (2, "anchor")]),
    (b"<<: {a: 1}\n", [(1, "merge-key")]),
    (b"a: !!python/object/apply:os.system [id]\nb: !x 1\nc: ! 1\n", [(1, "tag"), (2, "tag"), (3, "tag")]),
    (b"%TAG ! tag:example.com,2000:\n---\na: 1\n", [(1, "tag")]),
    (b"a: 1\n---\nb: 2\n", [(2, "several-documents")]),
    (b"a: " + b"[" * 20 + b"]" * 20, [(1, "too-deep")]),
    (b"[a]: 1\n", [(1, "bad-key")]),
    (b"? {a: 1}\n: 1\n~: 2\n", [(1, "bad-key"), (3, "bad-key")]),
    (b": 1\n", [(1, "yaml-syntax")]),
    (b'"": 1\n"a\\nb": 2\n', [(1, "bad-key"), (2, "bad-key")]),
    (b"k" * 101 + b": 1\n", [(1, "bad-key")]),
    (b"a: 1\nb: 2\na: 3\nc: !x &y\nd: '\n", [(3, "duplicate-key"), (4, "anchor"), (4, "tag"), (6, "yaml-syntax")]),
]


@pytest.mark.parametrize(("data", "expected"), REFUSED)
def test_refused_with_every_line(data: bytes | str, expected: list[tuple[int, str]]) -> None:
    """Whatever could be read in two ways is refused, and all of it is named."""
    assert faults(data) == expected


def test_every_code_is_shown() -> None:
    """The table of codes holds no code that no file can bring about, and every code that one can."""
    assert {code for _data, expected in REFUSED for _line, code in expected} == set(reading.CODES)


def test_several_records_in_one_text() -> None:
    """What is imported may be a list of records; it is read as strictly."""
    assert reading.read_many(b"a: 1\n", "f") == [{"a": "1"}]
    assert reading.read_many(b"- a: 1\n- {b: no}\n", "f") == [{"a": "1"}, {"b": "no"}]
    for data, code in ((b"- {a: 1, a: 2}\n", "duplicate-key"), (b"- !x 1\n", "tag"), (b"", "empty-file")):
        with pytest.raises(Unreadable) as caught:
            reading.read_many(data, "f")
        assert [fault.code for fault in caught.value.faults] == [code]


def test_the_encoding_is_guessed() -> None:
    """A file from an older Windows is called what it is."""
    for data, name in (("名: 王建国\n".encode("gbk"), "GB18030"), ("a: 王".encode("utf-16"), "UTF-16")):
        with pytest.raises(Unreadable, match=name):
            read(data, "f")


def test_deep_enough() -> None:
    """Twenty levels are read; the file's own mapping is the first."""
    assert read(b"a: " + b"[" * 19 + b"]" * 19, "f")


def test_quoted_text_may_hold_any_sign() -> None:
    """Quotes make plain text of every sign that YAML gives a meaning."""
    assert read(b"a: '<<'\nb: \"&x *y !z\"\n'<<': 1\n", "f") == {"a": "<<", "b": "&x *y !z", "<<": "1"}


HOSTILE = [
    "[",
    "{a: ",
    "- ",
    "? ",
    "a: 1\n",
    "- &a 1\n",
    "%A a\n",
    "!",
    ":",
    "\x01",
    "<<<<<<<\n",
    "---\n",
    "a: &a *a\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_file_is_refused_quickly(piece: str) -> None:
    """No file within the size limit keeps us waiting, and faults are counted up to a limit."""
    began = time.process_time()
    assert 1 <= len(faults(piece * ((1 << 20) // len(piece)))) <= MOST_FAULTS
    assert time.process_time() - began < 5


def test_line_of_a_value() -> None:
    """A value's line is that of its key or dash; a missing one has the line of what would hold it."""
    data = b"# c\nid: x\nitems:\n- {a: 1}\n-\n  b:\n    2\n"
    lines = {("id",): 2, ("items",): 3, ("items", 0, "a"): 4, ("items", 1, "b"): 6, ("items", 7): 3, ("none",): 2}
    assert {path: line_of(data, path) for path in lines} == lines
    assert line_of(b"\xef\xbb\xbf" + data, ("id", "deeper")) == 2
