"""Names of files: what is no record is named as misplaced, printably, and never passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import BAD, WELL, Case, named
from tests.hostile.made import HEAD

_VALID = HEAD.encode()
_YEAR = "customers/2026"
_MISPLACED = {
    "lower-case": b"cu26-0002.yaml",
    "case-twin": b"cU26-0001.yaml",
    "full-width": "ＣＵ26-0002.yaml".encode(),
    "full-width-digits": "CU２６-０００２.yaml".encode(),
    "arabic-digits": "CU26-٠٠٠٢.yaml".encode(),
    "wrong-year": b"CU25-0002.yaml",
    "wrong-kind": b"SA26-0002.yaml",
    "number-zero": b"CU26-0000.yaml",
    "number-short": b"CU26-002.yaml",
    "number-long": b"CU26-00002.yaml",
    "number-huge": b"CU26-1234567890.yaml",
    "copy": b"CU26-0002 (1).yaml",
    "copy-chinese": "CU26-0002 - 副本.yaml".encode(),
    "sync-conflict": b"CU26-0002.sync-conflict-20261120.yaml",
    "no-number": b"CU26.yaml",
    "words": "王小明.yaml".encode(),
    "normal-form-c": "caf\u00e9.yaml".encode(),
    "normal-form-d": "cafe\u0301.yaml".encode(),
    "leading-dash": b"-rf.yaml",
    "option": b"--help.yaml",
    "glob": b"*.yaml",
    "quote": b"it's.yaml",
    "dollar": b"$(touch owned).yaml",
    "line-break": b"a\nCU26-0001.yaml:1: forged x.yaml",
    "carriage-return": b"a\rb.yaml",
    "escape": b"\x1b[2Ja.yaml",
    "csi": b"\xc2\x9b2J.yaml",
    "bidi": "\u202egpj.yaml".encode(),
    "zero-width": "CU26-0002\u200b.yaml".encode(),
    "bom": "\ufeffCU26-0002.yaml".encode(),
    "no-break-space": "\u00a0.yaml".encode(),
    "trailing-space": b"CU26-0002 .yaml",
    "leading-space": b" CU26-0002.yaml",
    "not-utf8": b"\xff\xfe.yaml",
    "gbk": b"\xcd\xf5.yaml",
    "surrogate-bytes": b"\xed\xa0\x80.yaml",
    "very-long": b"x" * 250 + b".yaml",
    "very-long-han": "王".encode() * 80 + b".yaml",
    "backslash": b"a\\..\\x.yaml",
    "colon": b"C:x.yaml",
    "percent": b"%s%n.yaml",
    "braces": b"{file}.yaml",
    "double-suffix": b"CU26-0002.yaml.yaml",
    "upper-suffix": b"CU26-0002.YAML",
    "short-suffix": b"CU26-0002.yml",
}
_PASSED_OVER = {
    "dotfile": ".hidden.yaml",
    "leftover": ".CU26-0002.yaml.123.tmp",
    "editor-swap": ".CU26-0002.yaml.swp",
    "backup": "CU26-0002.yaml~",
    "original": "CU26-0002.yaml.orig",
    "text": "notes.txt",
    "attachment": "CU26-0002.photo.jpg",
}
_FORGED = "customers/2026/a\\nCU26-0001.yaml:1: forged"
"""One line still: its break is printed as two characters."""


def cases() -> Iterator[Case]:
    """In the folder of a year, in that of a kind, and where no folder of ours is."""
    for name, raw in _MISPLACED.items():
        file = named(_YEAR, raw)
        said = _FORGED if name == "line-break" else f"{printed(file)}:1: misplaced"
        yield Case(name, {file: _VALID}, BAD, (said,))
    for name, file in _PASSED_OVER.items():
        yield Case(f"passed-over-{name}", {f"{_YEAR}/{file}": b"\xff\x00"}, WELL)
    for name, file in {
        "without-a-year": "customers/CU26-0002.yaml",
        "year-of-two-digits": "customers/26/CU26-0002.yaml",
        "year-in-words": "customers/new/CU26-0002.yaml",
        "year-full-width": "customers/２０２６/CU26-0002.yaml",
        "month-below-year": "customers/2026/11/CU26-0002.yaml",
    }.items():
        yield Case(name, {file: _VALID}, BAD, (f"{file}:1: misplaced",))
    yield Case(
        "year-1999", {"customers/1999/CU99-0001.yaml": _VALID}, BAD, ("customers/1999/CU99-0001.yaml:1: misplaced",)
    )
    yield Case(
        "year-2100", {"customers/2100/CU00-0001.yaml": _VALID}, BAD, ("customers/2100/CU00-0001.yaml:1: misplaced",)
    )
    yield Case("kind-in-the-singular", {"customer/2026/CU26-0002.yaml": _VALID}, WELL)
    yield Case("highest-number", {"customers/2026/CU26-999999999.yaml": b"id: CU26-999999999\nname: x\n"}, WELL,
               shown={"CU26-999999999": {"name": "x"}})  # fmt: skip


def printed(file: str) -> str:
    """A name as it is printed: what cannot be shown as its escape."""
    from aftercare.plain.text import printable

    return printable(file)
