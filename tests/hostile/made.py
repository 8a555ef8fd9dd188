"""The shapes that most cases have: one hostile customer beside the good one, refused or kept exactly as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.hostile.case import BAD, FOUND, RECORD, WELL, Case

ID = "CU26-0002"
HEAD = "id: CU26-0002\nname: 李四\n"


def as_bytes(text: str | bytes) -> bytes:
    """The bytes of a file; a text is UTF-8, with lone surrogates as they are."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def refused(name: str, data: str | bytes, *faults: str, file: str = RECORD) -> Case:
    """A file that cannot be used; *faults* are ``LINE: CODE``."""
    return Case(name, {file: as_bytes(data)}, BAD, tuple(f"{file}:{fault}" for fault in faults))


def found(case: str, data: str | bytes, /, *faults: str, file: str = RECORD, **shown: Any) -> Case:
    """A record that counts, with something in it that ``check`` names."""
    said = tuple(f"{file}:{fault}" for fault in faults)
    record = file.rpartition("/")[2].removesuffix(".yaml")
    return Case(case, {file: as_bytes(data)}, FOUND, said, {record: dotted(shown)} if shown else {})


def kept(case: str, data: str | bytes, /, file: str = RECORD, **shown: Any) -> Case:
    """A record that is well, and shown as it was written; ``__`` in a name is a dot of its path."""
    record = file.rpartition("/")[2].removesuffix(".yaml")
    return Case(case, {file: as_bytes(data)}, WELL, (), {record: dotted(shown)})


def dotted(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Paths from names of arguments."""
    return {name.replace("__", "."): value for name, value in shown.items()}
