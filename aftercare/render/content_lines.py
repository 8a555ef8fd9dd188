"""The lines of which calendars and address books are made (RFC 5545 and RFC 6350, section 3): escaped and folded.

Whatever a value holds, it stays within its property: no text of a book can end its line and begin another.
"""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.plain.patterns import late

LONGEST = 75
"""Octets of a line, without the line break."""
_breaks = late("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_unfit = late("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
_special = late(r"[\\;,]")


def text(value: str) -> str:
    r"""A value as TEXT: ``\ ; ,`` and line breaks of any sort escaped, other control characters shown (``\x1b``)."""
    shown = _unfit().sub(lambda found: ascii(found[0])[1:-1], _breaks().sub("\n", value))
    return _special().sub(lambda found: f"\\{found[0]}", shown).replace("\n", "\\n")


def texts(values: Iterable[str]) -> str:
    """Several values as a list of TEXT."""
    return ",".join(map(text, values))


def components(*values: str) -> str:
    """Several values as the components of a structured one, such as a name or an address."""
    return ";".join(map(text, values))


def written(lines: Iterable[str]) -> bytes:
    """The lines as the bytes of a file, each folded at 75 octets and never within a character."""
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    pieces, room = [], LONGEST
    while len(line) > room:
        end = room
        while line[end] & 0xC0 == 0x80:  # within a character of UTF-8
            end -= 1
        pieces.append(line[:end])
        line, room = line[end:], LONGEST - 1  # the blank that continues a line counts
    return b"\r\n ".join((*pieces, line)) + b"\r\n"
