"""What stands where a file or a folder should: links, pipes, devices, sockets, folders; and what hard links may do."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import BAD, RECORD, WELL, Case, Laid, link
from tests.hostile.made import HEAD

_VALID = HEAD.encode()
_ROOT = os.geteuid() == 0


def _fifo(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _socket(path: Path) -> None:
    """A socket; its name may be longer than an address of one can be, so it is made under a short one."""
    here = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


def _folder(path: Path) -> None:
    if path.exists():
        path.unlink()
    path.mkdir()


def _zero(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))


def _hard_link(path: Path) -> None:
    twin = path.parent.parent / "kept-elsewhere"
    twin.write_bytes(_VALID)
    os.link(twin, path)


def _unreadable(path: Path) -> None:
    path.write_bytes(_VALID)
    path.chmod(0)


def _empty_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


_THINGS: dict[str, Laid] = {
    "fifo": _fifo,
    "socket": _socket,
    "folder": _folder,
    "link-to-a-file": link("CU26-0001.yaml"),
    "link-outside": link("{outside}/CU26-0002.yaml"),
    "link-to-a-folder": link("../2026"),
    "link-dangling": link("nobody"),
    "link-to-itself": link("CU26-0002.yaml"),
    "link-to-zero": link("/dev/zero"),
    "link-to-stdin": link("/dev/stdin"),
    "link-to-passwords": link("/etc/passwd"),
    "link-up": link("../../../../../../etc/passwd"),
    **({"device-zero": _zero} if _ROOT else {}),
}
_BARRED: dict[str, Laid] = {
    "link-outside": link("{outside}"),
    "link-dangling": link("nobody"),
    "link-to-the-root": link("/"),
    "link-to-the-book": link(".."),
    "link-to-itself": link("complaints"),
    "fifo": _fifo,
}


def cases() -> Iterator[Case]:
    """In a record's place, a year's, a kind's, the settings', the packs' and the lock's."""
    outside = {"CU26-0002.yaml": _VALID, "2026/CO26-0001.yaml": b"id: CO26-0001\n"}
    for name, thing in _THINGS.items():
        yield Case(f"record-{name}", {RECORD: thing}, BAD, (f"{RECORD}:1: not-a-file",), outside=outside)
    for name, thing in _BARRED.items():
        for place in ("complaints", "complaints/2026"):
            if name == "link-to-itself" and "/" in place:
                continue
            said = (f"{place}:1: not-a-file",)
            yield Case(f"{place.replace('/', '-')}-{name}", {place: thing}, BAD, said, outside=outside)
    yield Case("kind-is-a-file", {"complaints": b"x"}, BAD, ("complaints:1: misplaced",))
    yield Case("year-is-a-file", {"complaints/2026": b"x"}, BAD, ("complaints/2026:1: misplaced",))
    yield Case("kind-is-empty", {"complaints": _empty_folder}, WELL)
    yield Case("hard-link", {RECORD: _hard_link}, WELL, shown={"CU26-0002": {"name": "李四"}})
    barred = [] if _ROOT else [f"{RECORD}:1: unreadable"]
    yield Case("mode-zero", {RECORD: _unreadable}, WELL if _ROOT else BAD, tuple(barred))
    for name in ("fifo", "folder", "link-to-a-file", "link-dangling", "link-to-itself", "link-to-zero", "socket"):
        settings: Laid = link("aftercare.yaml") if name == "link-to-itself" else _THINGS[name]
        if name == "socket":
            settings = _socket_instead
        yield Case(f"settings-{name}", {"aftercare.yaml": settings}, BAD, ("aftercare.yaml:1: not-a-file",))
    yield Case("policies-file", {"policies": b"x"}, BAD, ("policies:1: not-a-mapping",))
    for name, thing in _BARRED.items():
        there = link("policies") if name == "link-to-itself" else thing
        yield Case(f"policies-{name}", {"policies": there}, BAD, ("policies:1: not-a-file",), outside=outside)
    for name in ("fifo", "folder", "link-outside", "link-dangling", "link-to-zero", "socket"):
        file = "policies/CU26-0002.yaml"
        yield Case(f"pack-{name}", {file: _THINGS[name]}, BAD, (f"{file}:1: not-a-file",), outside=outside)
    yield Case("state-is-a-link", {".aftercare": link("{outside}")}, WELL, outside={"x": b"y"})
    yield Case("state-is-a-file", {".aftercare": b"x"}, WELL)
    yield Case("state-is-a-fifo", {".aftercare": _fifo}, WELL)


def _socket_instead(path: Path) -> None:
    path.unlink()
    _socket(path)
