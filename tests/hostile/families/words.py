"""Texts that YAML 1.1, JSON, a spreadsheet or a clever reader would bend: a text is kept exactly, to the letter."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.made import HEAD, kept, refused

_PLAIN = (
    "0712345670", "013800138000", "12:30", "190:20:30", "1_000", "0x1F", "0o17", "017", "0b101", "1e3", "1E400", ".5",
    "5.", "+1", "-1", ".inf", "-.INF", ".nan", "NaN", "Infinity", "no", "No", "NO", "yes", "on", "On", "off", "y", "Y",
    "n", "true", "False", "Null", "NULL", "Nil", "None", "nan", "2026-02-30", "2026-13-01", "2026-1-2", "20260102",
    "2026-01-02T03:04:05Z", "1.10", "1.0", "3299.00", "+8613800138000", "=1+1", "=HYPERLINK(1)", "<<", "无", "否",
    "18446744073709551616", "1e", "0", "00", "-0", "1,000", "１２３", "٣", "½", "²", "Ⅷ", "1 000", "_", "a#b", "a:b",
    "http://x/?a=b&c", "C:\\x", "$HOME", "~root", "/etc/passwd", "../../x", "-rf", "--help", "(a)", "a;b",
)  # fmt: skip
_QUOTED = ("", " ", " a", "a ", "~", "null", "Null", "true", "- a", "a: b", "# a", "'", '"', "{}", "[]", "*a", "&a", "!a",
           "%a", "@a", "`a", "|", ">", "?", ":", "---", "...", "<<", "=", "\t", "a\nb", "\n", "{{x}}", "{x}", "%s")  # fmt: skip
_NAMES = ("No", "On", "Null", "Nil", "None", "True", "Off", "Yes", "Nan", "Inf", "无", "空", "0", "007", "1e5", "=x")


def cases() -> Iterator[Case]:
    """In a note, in a name, in a phone, as a key; in every style of a scalar."""
    for text in _PLAIN:
        yield kept(f"plain-{text.replace('/', '|')}", f"{HEAD}note: {text}\n", note=text)
    for number, text in enumerate(_QUOTED):
        single = text.replace("'", "''").replace("\n", "\n\n  ")
        yield kept(f"single-quoted-{number}", f"{HEAD}note: '{single}'\n", note=_folded(text))
        double = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        yield kept(f"double-quoted-{number}", f'{HEAD}note: "{double}"\n', note=text)
    for text in _NAMES:
        yield kept(f"name-{text}", f"id: CU26-0002\nname: {text}\n", name=text)
    for text in ("~", "null", ""):
        yield kept(f"nothing-{text or 'empty'}", f"{HEAD}note: {text}\n", note=None)
        yield refused(f"name-of-nothing-{text or 'empty'}", f"id: CU26-0002\nname: {text}\n", "2: missing")
    yield refused("name-blank", "id: CU26-0002\nname: '  '\n", "2: missing")
    yield refused("name-empty", "id: CU26-0002\nname: ''\n", "2: missing")
    phones = ("13800138000", "+86 138-0013-8000", "0571-88888888 转 12", "1e10", "012", "0x1F", "no", "电话在女儿处")
    yield kept("phones", f"{HEAD}phones:\n" + "".join(f"- {phone}\n" for phone in phones), phones=list(phones))
    yield kept("list-with-nothing", f"{HEAD}tags: ['', ' ', 'null', '~']\n", tags=["", " ", "null", "~"])
    yield refused("list-with-null", f"{HEAD}tags: [a, ~]\n", "3: shape")
    yield kept("literal", f"{HEAD}note: |\n  a\n\n   b\n  c \n", note="a\n\n b\nc \n")
    yield kept("literal-stripped", f"{HEAD}note: |-\n  a\n\n", note="a")
    yield kept("literal-kept", f"{HEAD}note: |+\n  a\n\n", note="a\n\n")
    yield kept("folded", f"{HEAD}note: >\n  a\n  b\n\n  c\n", note="a b\nc\n")
    yield kept("plain-over-lines", f"{HEAD}note: a\n  b\n\n  c\n", note="a b\nc")
    yield kept("comment-behind", f"{HEAD}note: a # b\n", note="a")
    yield kept("hash-inside", f"{HEAD}note: a#b\n", note="a#b")
    yield refused("text-where-a-list-is", f"{HEAD}tags: a\n", "3: shape")
    yield refused("list-where-a-text-is", f"{HEAD}note: [a]\n", "3: shape")
    yield refused("group-where-a-text-is", f"{HEAD}note: {{a: b}}\n", "3: shape")
    yield refused("text-where-a-group-is", f"{HEAD}address: 文三路\n", "3: shape")
    yield refused("list-where-a-group-is", f"{HEAD}address: [a]\n", "3: shape")
    yield refused("yes-no-otherwise", f"{HEAD}consent: {{greetings: perhaps}}\n", "3: yes-no")
    yield refused("yes-no-a-number", f"{HEAD}consent: {{greetings: 1}}\n", "3: yes-no")
    yield refused("yes-no-y", f"{HEAD}consent: {{greetings: y}}\n", "3: yes-no")
    yield refused("word-of-no-list", f"{HEAD}needs: [elderly, Elderly]\n", "3: choice")


def _folded(text: str) -> str:
    """A line break within quotes is written as an empty line."""
    return text
