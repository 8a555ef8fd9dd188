"""JSON Schemas written where an editor finds them; in a book that is the tool's own folder, which git leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aftercare.book.files import read_bytes
from aftercare.book.journal import Change
from aftercare.book.locking import OWN, make_own_folder
from aftercare.book.writing import write

FOLDER = f"{OWN}/schema"


def put(folder: Path, texts: Mapping[str, str]) -> None:
    """Write each file below *folder*, those that are there already anew; the errors are those of ``writing.write``."""
    for name, text in texts.items():
        try:
            before = read_bytes(folder, name)
        except FileNotFoundError:
            before = None
        if before != text.encode():
            write(folder, [Change(name, before, text.encode())])


def put_in_book(root: Path, texts: Mapping[str, str]) -> None:
    """The same in the book's own folder of them."""
    make_own_folder(root)
    put(root, {f"{FOLDER}/{name}": text for name, text in texts.items()})
