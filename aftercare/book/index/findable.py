"""By what records are listed, called and found, kept in the index: taken from each when its file is read.

What another record says of one (the name of the customer of a sale) is never kept with it, but asked of that one.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from aftercare.plain import phones
from aftercare.plain.names import is_han
from aftercare.plain.text import fold
from aftercare.records.base import Record
from aftercare.records.knowing import known_of, names_of, phones_of, serials_in, texts_of, words_of
from aftercare.records.outlines import short
from aftercare.records.rows import row

OWN: Final = ("rows", "known", "words", "people", "phones", "serials", "texts")
"""The tables in which a record has rows under its ``id``."""
BETWEEN: Final = "\x1f"
"""What stands between the texts of a record; no text that can be shown has it."""


def take(connection: sqlite3.Connection, kind: str, record: Record) -> None:
    """Keep by what a record is listed, called and found."""
    execute, one = connection.execute, record.id
    said = json.dumps(short(row(record), kind), ensure_ascii=False, separators=(",", ":"))
    execute("INSERT INTO rows VALUES (?, ?)", (one, said))
    known = known_of(record)
    execute(
        "INSERT INTO known VALUES (?, ?, ?, ?, ?, ?)",
        (one, known.name, known.more, known.owner, known.about, json.dumps(known.goods)),
    )
    execute("INSERT INTO texts VALUES (?, ?)", (one, BETWEEN.join(dict.fromkeys(map(_folded, texts_of(record))))))
    words = {(one, _folded(word)) for word in words_of(record)}
    connection.executemany("INSERT INTO words VALUES (?, ?)", sorted(words))
    for name in dict.fromkeys(names_of(record)):
        spelt = None if is_han(name) else ""
        execute("INSERT INTO people VALUES (?, ?, ?, ?)", (one, name, _folded(name), spelt))
    numbers = sorted({phones.spelt(number) for number in phones_of(record)})
    connection.executemany("INSERT INTO phones VALUES (?, ?, ?, ?)", [(one, *number) for number in numbers])
    serials = {(one, _folded(serial), unit) for serial, unit in serials_in(record)}
    connection.executemany("INSERT INTO serials VALUES (?, ?, ?)", sorted(serials))


def forget(connection: sqlite3.Connection, record_id: str) -> None:
    """Keep nothing of a record any more."""
    for table in OWN:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (record_id,))  # noqa: S608 - the names are ours


def _folded(text: str) -> str:
    return fold(text).casefold()
