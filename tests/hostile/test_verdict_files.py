"""The file of a verdict beside its claim: whatever it holds, the claim is still judged and compared."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.hostile import good
from tests.hostile.case import trouble
from tests.hostile.running import run

_KEPT = "claims/2026/CL26-0001.verdict-1.json"
_DECIDED = """\
decisions:
- on: 2026-11-20
  remedy: repair
  verdict:
    packs: {{cn-cpl: "2026-11-21 sha256:1747df7c3f40"}}
    facts: {{sold_on: 2026-11-20, price: 3299.00}}
    remedies:
      repair: {{state: open, line: cn-1995-general/art10}}
    trace: {mark}
"""
_FILES = {
    "empty": b"",
    "nothing": b"null",
    "list": b"[]",
    "text": b'"x"',
    "number": b"1" * 5000,
    "without-windows": b"{}",
    "windows-a-list": b'{"windows": ["x"]}',
    "windows-null": b'{"windows": null}',
    "windows-of-lists": b'{"windows": {"x": ["y"], "z": 3, "w": {}}}',
    "nan": b'{"windows": {"x": NaN}}',
    "huge": b'{"windows": {"x": 1e999999}}',
    "lone-surrogate": b'{"windows": {"\\ud800": "\\udfff"}}',
    "deep": b'{"windows": ' + b"[" * 100_000,
    "deep-closed": b'{"windows": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
    "not-utf8": b'{"windows": {"x": "\xff"}}',
    "utf-16": '{"windows": {}}'.encode("utf-16"),
    "escape": b'{"windows": {"cn.warranty": "\\u001b[2J"}}',
    "twice": b'{"windows": {}, "windows": []}',
}


@pytest.mark.parametrize("name", _FILES)
def test_a_verdict_we_did_not_write(name: str, tmp_path: Path) -> None:
    """A trace that bears the right mark and says nonsense compares with nothing; it used to end in a traceback, so
    that nobody could ask which open claims a new pack moves.
    """
    good.lay(tmp_path)
    mark = hashlib.sha256(_FILES[name]).hexdigest()
    (tmp_path / good.CLAIM).write_text(good.FILES[good.CLAIM] + _DECIDED.format(mark=mark), encoding="utf-8")
    (tmp_path / _KEPT).write_bytes(_FILES[name])
    for words in (
        ("policy", "diff"),
        ("policy", "diff", "--format", "json"),
        ("claim", "check", "CL26-0001"),
        ("check",),
    ):
        ran = run(tmp_path, *words)
        assert not list(trouble(ran))
        assert ran.code in {0, 1}, ran.err
