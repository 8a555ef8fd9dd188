"""Characters that cannot be seen, move the cursor, turn the text round, or end a line where no editor shows one."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.made import HEAD, found, kept, refused

_RAW = {
    "nul": "\0", "soh": "\x01", "bell": "\x07", "backspace": "\x08", "vertical-tab": "\x0b", "form-feed": "\x0c",
    "escape": "\x1b", "unit-separator": "\x1f", "delete": "\x7f", "c1-80": "\x80", "nel": "\x85", "csi": "\x9b",
    "c1-9f": "\x9f", "line-separator": "\u2028", "paragraph-separator": "\u2029", "lre": "\u202a", "rle": "\u202b",
    "pdf": "\u202c", "lro": "\u202d", "rlo": "\u202e", "lri": "\u2066", "rli": "\u2067", "fsi": "\u2068",
    "pdi": "\u2069", "noncharacter-fffe": "\ufffe", "noncharacter-ffff": "\uffff", "bom": "\ufeff",
}  # fmt: skip
_ESCAPED = {
    "nul": r"\0", "bell": r"\a", "backspace": r"\b", "escape": r"\e", "escape-hex": r"\x1b", "vertical-tab": r"\v",
    "form-feed": r"\f", "carriage-return": r"\r", "delete": r"\x7f", "nel": r"\N", "csi": r"\x9b", "rlo": r"\u202E",
    "lri": r"\u2066", "noncharacter": r"\uFFFF", "long-escape": r"\U0000001b",
}  # fmt: skip
_SEEN_ONLY_BY_CARE = {
    "zero-width-joiner": "\u200d", "zero-width-non-joiner": "\u200c", "no-break-space": "\xa0",
    "ideographic-space": "\u3000", "variation-selector": "\ufe0f", "object-replacement": "\ufffc",
}  # fmt: skip
_NOT_SEEN_AT_ALL = {
    "zero-width-space": "\u200b", "word-joiner": "\u2060", "soft-hyphen": "\xad", "left-to-right-mark": "\u200e",
    "arabic-letter-mark": "\u061c", "hangul-filler": "\u3164", "tag-a": "\U000e0061", "interlinear": "\ufff9",
    "tab": "\t",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Raw in values, keys and comments; escaped; those that are kept, since honest texts hold them, and told of in names."""
    for name, character in _RAW.items():
        yield refused(f"raw-{name}", f"id: CU26-0002\nname: a{character}b\n", "2: control-character")
    for name in ("nul", "escape", "rlo", "line-separator", "nel"):
        yield refused(f"comment-{name}", f"{HEAD}# a{_RAW[name]}b\n", "3: control-character")
        yield refused(f"key-{name}", f"{HEAD}a{_RAW[name]}b: x\n", "3: control-character")
    for name, escape in _ESCAPED.items():
        yield refused(f"escaped-{name}", f'id: CU26-0002\nname: "a{escape}b"\n', "2: control-character")
        yield refused(f"escaped-key-{name}", f'{HEAD}"a{escape}b": x\n', "3: control-character")
    for name in ("surrogate-high", "surrogate-low"):
        escape = r"\ud800" if name.endswith("high") else r"\udc00"
        yield refused(f"escaped-{name}", f'id: CU26-0002\nname: "a{escape}b"\n', "2: yaml-syntax")
    yield refused("escaped-beyond-unicode", 'id: CU26-0002\nname: "\\U00110000"\n', "2: yaml-syntax")
    for name, character in _SEEN_ONLY_BY_CARE.items():
        yield kept(f"kept-{name}", f"id: CU26-0002\nname: a{character}b\n", name=f"a{character}b")
    for name, character in _NOT_SEEN_AT_ALL.items():
        said = f"id: CU26-0002\nname: a{character}b\n"
        yield found(f"kept-{name}", said, "2: hidden-character", name=f"a{character}b")
        yield kept(f"kept-in-a-note-{name}", f"{HEAD}note: a{character}b\n", note=f"a{character}b")
    yield kept("escaped-tab-and-break", 'id: CU26-0002\nname: 李四\nnote: "a\\tb\\nc"\n', note="a\tb\nc")
    yield kept("crlf", "id: CU26-0002\r\nname: 李四\r\nnote: |\r\n  a\r\n  b\r\n", name="李四", note="a\nb\n")
    yield kept("mixed-line-ends", "id: CU26-0002\r\nname: 李四\nnote: x\r\n", name="李四", note="x")
    yield kept("no-last-line-end", "id: CU26-0002\nname: 李四", name="李四")
    yield refused("lone-cr", "id: CU26-0002\rname: 李四\r", "1: control-character")
    yield refused("cr-cr-lf", "id: CU26-0002\r\r\nname: 李四\n", "1: control-character")
    yield found("unknown-key-with-markup", f"{HEAD}'=1+1': x\n", "3: unknown-key")
    yield refused("many-of-them", "id: CU26-0002\nname: " + "\x1b" * 500 + "\n", "2: control-character")
