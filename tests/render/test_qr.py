"""QR codes: the drawing is the library's matrix, module for module."""

from __future__ import annotations

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.render import qr


def dark(path: str) -> set[tuple[int, int]]:
    """The modules that a path fills."""
    runs = [(int(x), int(y), int(w)) for x, y, w in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)]
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in runs) == path
    return {(at, y) for x, y, w in runs for at in range(x, x + w)}


@given(text=st.from_regex(r"[A-Z]{2}[0-9]{2}-[0-9]{4}(/[1-9])?(/[a-z-]{2,12}(\.[1-9])?)?", fullmatch=True))
@settings(max_examples=25, deadline=None)
def test_the_drawing_is_the_code(text: str) -> None:
    """Each dark module is filled, each light one is not, whatever the id."""
    code, matrix = qr.code_of(text), segno.make_qr(text, error="m").matrix
    assert code.side == len(matrix)
    assert dark(code.path) == {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}


def test_without_an_id_or_a_library_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The id alone."""
    assert qr.code_of("") == qr.Code("", 0, "")
    monkeypatch.setattr(qr, "is_drawn", lambda: False)
    assert qr.code_of("SA26-0012/1") == qr.Code("SA26-0012/1", 0, "")
