"""Shipped packs, records of the sample shop and worked cases, changed at random, for a given time each."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aftercare.book.settings import settings_of
from aftercare.book.shelf import read_record
from aftercare.errors import InvalidInput
from aftercare.plain import sheets
from aftercare.plain.reading import Unreadable, read_many
from aftercare.policies import load
from aftercare.policies.authoring.cases import read_cases
from aftercare.records.typed import Setting
from tests.torture.figures import ROOT, Figure

SHORT, LONG = 2.0, 120.0
"""Seconds for each kind of file."""
SLOWEST = 5.0
_BITS = (b"\0", b"\xff", b"&a ", b"*a", b"!!x ", b"<<: ", b": ", b"- ", b"\n", b"\r", b"'", b'"', b"[", b"{", b"%TAG ", b"---\n",
         b"1e999", b"-1", b"9" * 30, b"0001-01-01", b"9999-12-31", b"0001-01-01T00:00+14:00", b"~", b"\xef\xbb\xbf",
         b"\xe2\x80\xae", b"\\x1b", "１".encode())  # fmt: skip

Reader = Callable[[bytes], object]


def changed(chance: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them taken out, doubled, moved or exchanged."""
    for _time in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 3, 20, 200)))
        new = chance.choice((b"", chance.choice(_BITS), data[at:end] * 2, bytes([chance.randrange(256)])))
        data = data[:at] + new + data[end:]
    return data


def _taken(reader: Callable[[bytes, str], object], refusal: type[Exception]) -> Reader:
    def read(data: bytes) -> object:
        try:
            return reader(data, "f")
        except refusal as error:
            return error

    return read


def _record(data: bytes) -> object:
    return [read_record(f"{folder}-0001.yaml", data, Setting("Asia/Shanghai", "CNY")) for folder in (
        "sales/2026/SA26", "customers/2026/CU26", "claims/2026/CL26", "visits/2026/VI26", "offers/2026/OF26")]  # fmt: skip


_TARGETS: dict[str, tuple[tuple[Path, ...], Reader]] = {
    "records": (tuple(sorted((ROOT / "data").glob("*/*/*.yaml"))), _record),
    "settings": ((ROOT / "data" / "aftercare.yaml",), settings_of),
    "packs": (
        tuple(sorted((ROOT / "aftercare" / "policies" / "packs").glob("*.yaml"))),
        _taken(load.parse, load.BadPack),
    ),
    "worked cases": (tuple(sorted((ROOT / "tests" / "cases").glob("*.yaml"))), lambda data: read_cases(data, "f")),
    "records to add": (tuple(sorted((ROOT / "data").glob("*/*/*.yaml"))), _taken(read_many, Unreadable)),
    "spreadsheets": ((ROOT / "data" / "aftercare.yaml",), _taken(sheets.read, InvalidInput)),
}


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One figure for each kind of file; what breaks is left in *scratch* and printed."""
    for name, (files, reader) in _TARGETS.items():
        chance = random.Random(name)
        tried = traceback = hang = 0
        ends = time.monotonic() + (SHORT if short else LONG)
        while time.monotonic() < ends:
            data = changed(chance, chance.choice(files).read_bytes())
            tried += 1
            began = time.monotonic()
            try:
                reader(data)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                traceback += 1
                found = scratch / f"{name}-{tried}"
                found.write_bytes(data)
                print(name, found, type(error).__name__, error, data[:200], file=sys.stderr)
            hang += time.monotonic() - began > SLOWEST
        yield Figure(4, f"changed at random: {name}", tried, "files", {"traceback": traceback, "hang": hang})
