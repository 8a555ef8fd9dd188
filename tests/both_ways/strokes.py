"""Strokes of fate for the files of a book: what operators, editors, sync tools and git do to them, drawn at random.

Each is done in place or by a rename, in the same second or with the file's times restored, as it comes.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

_ID = re.compile(rb"[A-Z]{2}[0-9]{2}-[0-9]{4}")
_DAY = re.compile(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_FIGURE = re.compile(rb"(?<=: )[1-9](?=\n)")


class Fate:
    """Strikes a book, one file at a time; drawn from a seed, so that whatever it finds can be had again."""

    def __init__(self, book: Path, seed: int, strokes: Sequence[Callable[[Fate], str]]) -> None:
        self.book = book
        self.strokes = strokes
        self.rng = random.Random(seed)  # noqa: S311 - chance, not secrecy
        self.gone: dict[Path, bytes] = {}

    def records(self) -> list[Path]:
        """The files that are records, sorted."""
        return sorted(path for path in self.book.glob("*/20[0-9][0-9]/*.yaml") if path.is_file())

    def strike(self) -> str:
        """Do something to the book; what it was."""
        stroke = self.rng.choice(self.strokes)
        return f"{stroke.__name__.strip('_')}: {stroke(self)}"

    def write(self, path: Path, data: bytes) -> str:
        """Put these bytes into a file, in one of the ways in which that is done."""
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat() if path.exists() else None
        how = self.rng.choice(("in place", "by a rename"))
        if how == "in place":
            path.write_bytes(data)
        else:
            beside = path.with_name(f".{path.name}.beside")
            beside.write_bytes(data)
            beside.replace(path)
        if before and self.rng.random() < 0.5:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            how += ", with its times restored"
        return f"{path.relative_to(self.book)} {how}"

    def ids(self, prefix: bytes) -> Sequence[bytes]:
        """The ids of one kind that stand in the book, and one that does not."""
        known = {path.stem.encode() for path in self.records() if path.name.startswith(prefix.decode())}
        return sorted({*known, prefix + b"26-9999"})

    def changed(self, pattern: re.Pattern[bytes], another: Callable[[bytes], bytes]) -> str:
        """One place of some record where the pattern stands says something else."""
        found = [(path, match) for path in self.records() for match in pattern.finditer(path.read_bytes())]
        found = [(path, match) for path, match in found if match.start() > 14]  # its own id stays
        if not found:
            return "nothing"
        path, match = self.rng.choice(found)
        data = path.read_bytes()
        return self.write(path, data[: match.start()] + another(match[0]) + data[match.end() :])


def _reference(fate: Fate) -> str:
    return fate.changed(_ID, lambda was: fate.rng.choice(fate.ids(was[:2])))


def _day(fate: Fate) -> str:
    rng = fate.rng
    return fate.changed(_DAY, lambda _: b"2026-%02d-%02d" % (rng.randint(2, 4), rng.randint(1, 28)))


def _figure(fate: Fate) -> str:
    return fate.changed(_FIGURE, lambda _: b"%d" % fate.rng.randint(1, 9))


def _removal(fate: Fate) -> str:
    path = fate.rng.choice(fate.records())
    fate.gone[path] = path.read_bytes()
    path.unlink()
    return str(path.relative_to(fate.book))


def _return(fate: Fate) -> str:
    if not fate.gone:
        return "nothing"
    path = fate.rng.choice(sorted(fate.gone))
    return fate.write(path, fate.gone.pop(path))


def _brought(fate: Fate) -> str:
    """Who brought whom: chains, and circles of them."""
    customers = [path for path in fate.records() if path.parent.parent.name == "customers"]
    path = fate.rng.choice(customers)
    data = re.sub(rb"referred_by: .*\n", b"", path.read_bytes())
    if fate.rng.random() < 0.8:
        data = data.rstrip(b"\n") + b"\nreferred_by: " + fate.rng.choice(customers).stem.encode() + b"\n"
    return fate.write(path, data)


def _another_id(fate: Fate) -> str:
    """A record that had another id, under which others go on naming it."""
    path = fate.rng.choice(fate.records())
    old = path.stem.encode()
    new = old[:5] + b"%04d" % fate.rng.randint(7000, 7999)
    data = path.read_bytes()
    there = path.with_name(f"{new.decode()}.yaml")
    if b"formerly" in data or there.exists():
        return "nothing"
    fate.gone[path] = data
    path.unlink()
    return fate.write(there, data.replace(b"id: " + old, b"id: " + new, 1).rstrip(b"\n") + b"\nformerly: [%s]\n" % old)


def _tombstone(fate: Fate) -> str:
    path = fate.rng.choice(fate.records())
    fate.gone[path] = path.read_bytes()
    return fate.write(path, b"id: %s\nremoved: {on: 2026-03-09, reason: mistake}\n" % path.stem.encode())


def _slip(fate: Fate) -> str:
    path = fate.rng.choice(fate.records())
    fate.gone.setdefault(path, path.read_bytes())
    slips = (
        b"note: [\n",
        b"no_such_field: 1\n",
        b"sold_on: never\n",
        b"\xff\xfe\n",
        b"<<<<<<< ours\n",
        b"note: '\\u0000'\n",
    )
    return fate.write(path, path.read_bytes() + fate.rng.choice(slips))


def _stray(fate: Fate) -> str:
    strays = (
        "customers/2026/CU26-0001 (1).yaml",
        "sales/SA26-0001.yaml",
        "visits/2026/VI26-0001.yml",
        "parts/old/x.yaml",
    )
    path = fate.book / fate.rng.choice(strays)
    if path.exists():
        path.unlink()
        return f"{path.relative_to(fate.book)} goes"
    return fate.write(path, b"id: CU26-0001\nname: x\n")


def _settings(fate: Fate) -> str:
    path = fate.book / "aftercare.yaml"
    data = re.sub(rb"(?:region|time_zone|opening_hours|language|packs): .*\n", b"", path.read_bytes())
    more = (
        b"", b"region: Zhejiang\n", b"time_zone: Asia/Shanghai\n", b"packs: [service-appliances]\n",
        b"packs: [place, service-informing, service-prospects]\n", b"language: zh\n",
    )  # fmt: skip
    return fate.write(path, data + fate.rng.choice(more))


def _pack(fate: Fate) -> str:
    """A pack of the shop's own comes, changes or goes."""
    path = fate.book / "policies" / fate.rng.choice(("ours.yaml", "more.yaml"))
    if path.exists() and fate.rng.random() < 0.4:
        path.unlink()
        return f"{path.name} goes"
    days, slip = fate.rng.randint(1, 9), fate.rng.random() < 0.2
    text = (
        f"id: {path.stem}\nissuer: shop\ntitle: Ours\n"
        f"benefits: [{{id: cleaning, title: Cleaning, category: goods, within: {{2020-01-01: {{days: {days}}}}}}}]\n"
    )
    return fate.write(path, (text + ("nothing: [\n" if slip else "")).encode())


STROKES: tuple[Callable[[Fate], str], ...] = (
    *(_reference, _reference, _reference, _day, _day, _day, _figure),
    *(_removal, _return, _return, _brought, _brought, _another_id, _tombstone, _slip, _settings, _pack),
)
"""What befalls the files of a book, the commoner things more often."""
WITH_STRAYS = (*STROKES, _stray)
