"""The lines of calendars and address books: no text ends its line, all are short, and what was meant is read back."""

from __future__ import annotations

import re
from typing import Any

import icalendar
import vobject
from hypothesis import given
from hypothesis import strategies as st

from aftercare.render import content_lines
from tests.attacks.payloads import OBEYED, TAKEN

TEXTS = st.one_of(
    st.text(),
    st.text(st.sampled_from("王建国a\\;,:\"'=\r\n\t\x0b\x85\u2028\0 \U0001f600\u0301")),
    st.sampled_from([*OBEYED.values(), *TAKEN.values(), "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "\nATTENDEE:mailto:a@b"]),
)
"""Texts near what a line must survive."""


def meant(text: str) -> str:
    """What a reader is to find: line breaks of any sort are one, and what no text may hold is shown."""
    one = re.sub("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", lambda found: ascii(found[0])[1:-1], one)


@given(TEXTS)
def test_a_text_is_one_property_and_reads_back(text: str) -> None:
    """Every line has at most 75 octets and is whole UTF-8; unfolded there is one line, and another program reads it."""
    data = content_lines.written([f"X-SAID:{content_lines.text(text)}"])
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= content_lines.LONGEST for line in lines)
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", data)
    unfolded = data.replace(b"\r\n ", b"")
    assert unfolded.count(b"\r\n") == 1
    assert len(unfolded.decode().splitlines()) == 1
    read: Any = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\nSUMMARY{unfolded.decode()[6:]}END:VEVENT\r\n")
    assert str(read["SUMMARY"]) == meant(text)


@given(TEXTS, TEXTS)
def test_components_stay_apart(first: str, second: str) -> None:
    """Two components are two, whatever they hold."""
    head = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\n"
    line = content_lines.written([f"N:{content_lines.components(first, second, '', '', '')}"]).decode()
    read = vobject.readOne(f"{head}{line}END:VCARD\r\n")
    assert (read.n.value.family, read.n.value.given) == (meant(first), meant(second))
