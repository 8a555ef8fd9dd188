"""How a file is encoded: UTF-8, with or without its mark, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.made import HEAD, kept, refused

_NAMED = "id: CU26-0002\nname: 王小明\n"
_BROKEN = {
    "overlong-slash": b"\xc0\xaf",
    "overlong-nul": b"\xc0\x80",
    "overlong-three": b"\xe0\x80\xaf",
    "surrogate-high": b"\xed\xa0\x80",
    "surrogate-low": b"\xed\xb0\x80",
    "surrogate-pair-cesu": b"\xed\xa0\xbd\xed\xb8\x80",
    "beyond-unicode": b"\xf4\x90\x80\x80",
    "five-bytes": b"\xf8\x88\x80\x80\x80",
    "lone-continuation": b"\x80",
    "truncated-two": b"\xc3",
    "truncated-three": b"\xe7\x8e",
    "truncated-four": b"\xf0\x9f\x98",
    "byte-fe": b"\xfe",
    "byte-ff": b"\xff",
}
_FOREIGN = {
    "gbk": "gbk",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "utf-32-le": "utf-32-le",
    "utf-32-be": "utf-32-be",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
    "shift-jis": "shift_jis",
    "euc-kr": "euc_kr",
    "ebcdic": "cp037",
}


_WESTERN, _EASTERN = "id: CU26-0002\nname: Jörg\n", "id: CU26-0002\nname: 大阪\n"
_IN = {"latin-1": _WESTERN, "windows-1252": _WESTERN, "ebcdic": _WESTERN, "shift-jis": _EASTERN, "euc-kr": _EASTERN}
_FIRST_FAULT = dict.fromkeys(("utf-16", "utf-32", "ebcdic"), "1: not-utf8")


def cases() -> Iterator[Case]:
    """Marks, foreign encodings, broken sequences at the start, in the middle and at the end."""
    yield kept("utf-8", _NAMED, name="王小明")
    yield kept("bom", b"\xef\xbb\xbf" + _NAMED.encode(), name="王小明")
    yield kept("astral", "id: CU26-0002\nname: 𠮷野家😀\n", name="𠮷野家😀")
    yield kept("combining", "id: CU26-0002\nname: e\u0301clair\n", name="e\u0301clair")
    yield kept("private-use", "id: CU26-0002\nname: \ue000\U000f0000\n", name="\ue000\U000f0000")
    yield kept("noncharacter-inside", "id: CU26-0002\nname: a\ufdd0b\n", name="a\ufdd0b")
    yield refused("bom-twice", b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD.encode(), "1: control-character")
    yield refused("bom-inside", "id: CU26-0002\nname: a\ufeffb\n", "2: control-character")
    yield refused("bom-at-the-end", HEAD + "\ufeff", "3: control-character")
    for name, encoding in _FOREIGN.items():
        yield refused(f"foreign-{name}", _IN.get(name, _NAMED).encode(encoding), _FIRST_FAULT.get(name, "2: not-utf8"))
    yield kept("foreign-utf-7", _NAMED.encode("utf-7"), name="王小明\n".encode("utf-7").decode().strip())
    for name, sequence in _BROKEN.items():
        yield refused(f"{name}-in-a-value", b"id: CU26-0002\nname: a" + sequence + b"b\n", "2: not-utf8")
        yield refused(f"{name}-first", sequence + HEAD.encode(), "1: not-utf8")
        yield refused(f"{name}-last", HEAD.encode() + sequence, "3: not-utf8")
    yield refused("invalid-in-a-comment", HEAD.encode() + b"# \xff\n", "3: not-utf8")
    yield refused("invalid-in-a-key", HEAD.encode() + b"no\xffte: x\n", "3: not-utf8")
