"""``aftercare.yaml``: what does not fit counts as absent and is named, and the book goes on."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile import good
from tests.hostile.case import BAD, FOUND, WELL, Case

FILE = good.SETTINGS
_LINES = good.FILES[FILE].splitlines()
_PLACES = {line.partition(":")[0]: number for number, line in enumerate(_LINES, start=1)}
_WRONG = {
    "time_zone": ("../../etc/passwd", "/etc/passwd", "/dev/zero", "..", ".", "''", "[Asia/Shanghai]", "Asia/../x"),
    "currency": ("XXX", "cny", "¥", "RMB", "C", "CNYY", "../x", "''", "[CNY]", "ＣＮＹ"),
    "language": ("fr", "EN", "zh_CN", "../../x", "''", "[en]", "{en: zh}"),
    "git": ("perhaps", "1", "''", "[no]", "{a: b}"),
    "shop": ("[a, b]",),
    "country": ("[CN]", "{a: b}"),
}  # fmt: skip
_ADDED = {
    "opening": ("25:00-26:00", "18:00-09:00", "9-18", "always", "closed", "''", "{mon: 9}", "{mon: closed}", "[9:00-18:00]",
                "9:00-12:00, 11:00-13:00", "9:00-10:00," * 2000, "{mon: '" + "0:00-0:01," * 3000 + "'}"),
    "closed": ("2026-01-01", "[2026-02-30]", "[2026-01-02..2026-01-01]", "[0000-01-01]", "[yesterday]", "[[2026-01-01]]",
               "[2026-01-01..]", "[10000-01-01]", "[~]"),
    "begins_on": ("2026-02-30", "tomorrow", "0000-01-01", "[2026-01-01]", "''", "9999-12-31T25:00"),
    "packs": ("no-such-pack", "[../../x]", "[no-such-pack]", "[/etc/passwd]", "[policies/x.yaml]", "['']", "[[place]]",
              "{place: yes}"),
    "region": ("[x]",),
}  # fmt: skip
_FINE = {
    "opening": ("0:00-24:00", "9:00-12:00, 13:30-18:00", "{mon: closed, tue: 9:00-18:00}"),
    "closed": ("[]", "[0001-01-01..9999-12-31]", "[9999-12-31]"),
    "begins_on": ("0001-01-01", "9999-12-31", "2026-11-01T08:00"),
    "packs": ("[place]", "[place, place]"),
    "region": ("Zhejiang", "../../x", "浙江"),
}
_UNREADABLE = {
    "not-utf8": (b"shop: \xcd\xf5\n", "1: not-utf8"),
    "empty": (b"", "1: empty-file"),
    "list": (b"- a\n", "1: not-a-mapping"),
    "duplicate": (b"shop: a\nshop: b\n", "2: duplicate-key"),
    "tag": (b"shop: !!python/object:os.system x\n", "1: tag"),
    "anchor": (b"shop: &a x\n", "1: anchor"),
    "control": (b"shop: \x1b[2J\n", "1: control-character"),
    "conflict": (b"<<<<<<< HEAD\nshop: a\n", "1: conflict-marker"),
    "syntax": (b"shop: [\n", "2: yaml-syntax"),
    "deep": (b"shop: " + b"[" * 10_000 + b"\n", "1: too-deep"),
    "large": (b"shop: " + b"x" * (1 << 20) + b"\n", "1: too-large"),
    "documents": (b"shop: a\n---\nshop: b\n", "2: several-documents"),
    "nuls": (b"\0" * 512, "1: control-character"),
    "utf-16": ("shop: 王\n".encode("utf-16"), "1: not-utf8"),
}


def cases() -> Iterator[Case]:
    """Each setting wrong in many ways, right at the edges, the whole file unreadable, keys that nobody knows."""
    for name, values in _WRONG.items():
        for number, value in enumerate(values):
            lines = [f"{name}: {value}" if line.startswith(f"{name}:") else line for line in _LINES]
            yield _case(f"{name}-{number}", lines, f"{_PLACES[name]}: setting")
    for number, value in enumerate(("Asia", "Asia/Shanghai/x", "Mars/Olympus", "UTC+8")):
        yield _case(f"no-such-zone-{number}", [*_LINES[:4], f"time_zone: {value}", *_LINES[5:]], "5: setting")
    for name, values in _ADDED.items():
        for number, value in enumerate(values):
            yield _case(f"{name}-{number}", [*_LINES, f"{name}: {value}"], f"{len(_LINES) + 1}: setting")
    for name, values in _FINE.items():
        for number, value in enumerate(values):
            files = {FILE: "\n".join([*_LINES, f"{name}: {value}", ""]).encode()}
            yield Case(f"fine-{name}-{number}", files, WELL, good=name in {"region", "packs"})
    for name, (data, said) in _UNREADABLE.items():
        yield Case(f"unreadable-{name}", {FILE: data}, BAD, (f"{FILE}:{said}",), good=False)
    files = {FILE: "\n".join([*_LINES, "editor: rm -rf /", "include: ../../x", "__class__: y", ""]).encode()}
    yield Case("unknown", files, FOUND, tuple(f"{FILE}:{n}: unknown-key" for n in (7, 8, 9)))
    yield Case("only-a-name", {FILE: b"shop: x\n"}, WELL, good=False)


def _case(name: str, lines: list[str], said: str) -> Case:
    """Without its currency or packs the book answers, but not with the same words."""
    return Case(
        name,
        {FILE: "\n".join([*lines, ""]).encode()},
        BAD,
        (f"{FILE}:{said}",),
        good=not name.startswith(("currency", "packs")),
    )
