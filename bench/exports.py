"""The records of a realistic book for other programs: for each record one task with the same state and the same day.

What is owed in the book is an open task due on that day; every other record is a task that was done.  Each program
gets its own format, laid out as suits it best.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from bench.shop import FOLDERS, Written

Made = Sequence[Written]


def rows(made: Made) -> Iterator[dict[str, str]]:
    """Each record as a flat row of texts; ``due`` of what is done is the day on which it began."""
    for one in made:
        yield {
            "id": one.id,
            "kind": FOLDERS[one.kind],
            "customer": one.customer or "-",
            "opened": one.day.isoformat(),
            "status": "open" if one.is_open else "closed",
            "due": (one.due or one.day).isoformat(),
            "words": words(one),
            "person": "staff" + one.id[-1],
            "channel": "phone",
        }


def words(one: Written) -> str:
    """The task in words: the last line of the record, without signs that mean something elsewhere."""
    last = one.text.rstrip("\n").rpartition("\n")[2]
    return f"{FOLDERS[one.kind]} " + "".join(sign for sign in last if sign.isalnum() or sign == " ")


def taskwarrior(folder: Path, made: Made) -> None:
    """``pending.data`` and ``completed.data`` as taskwarrior keeps them, with the settings that cost it least."""
    pending: list[str] = []
    completed: list[str] = []
    for at, row in enumerate(rows(made)):
        is_open = row["status"] == "open"
        fields = {
            "description": row["words"],
            "due": _epoch(row["due"]),
            "end": "" if is_open else _epoch(row["opened"]),
            "entry": _epoch(row["opened"]),
            "modified": _epoch(row["opened"]),
            "project": row["kind"],
            "status": "pending" if is_open else "completed",
            "uuid": str(UUID(int=at + 1, version=4)),
        }
        line = " ".join(f'{name}:"{value}"' for name, value in fields.items() if value)
        (pending if is_open else completed).append(f"[{line}]\n")
    _write(folder / "pending.data", pending)
    _write(folder / "completed.data", completed)
    settings = ["confirmation=no\n", "gc=off\n", "color=off\n", "hooks=off\n", "verbose=nothing\n"]
    _write(folder / "taskrc", [f"data.location={folder}\n", *settings])


def recutils(folder: Path, made: Made) -> None:
    """One file of records; days are figures, which are compared faster than days."""
    lines = ["%rec: Task\n%type: Due int\n\n"]
    for row in rows(made):
        row["due"] = row["due"].replace("-", "")
        lines.append("".join(f"{name.capitalize()}: {value}\n" for name, value in row.items()) + "\n")
    _write(folder / "tasks.rec", lines)


def ledger(folder: Path, made: Made) -> None:
    """A journal that hledger and ledger read: an open task is a pending transaction of its due day."""
    found = (
        f"{row['due']} {'!' if row['status'] == 'open' else '*'} ({row['id']}) {row['words']}\n"
        f"    owed:{row['kind']}    1 T\n    shop:{row['person']}\n\n"
        for row in sorted(rows(made), key=lambda row: row["due"])
    )
    _write(folder / "tasks.journal", list(found))


def beancount(folder: Path, made: Made) -> None:
    """The same as a file of beancount, with the accounts opened before all."""
    listed = sorted(rows(made), key=lambda row: row["due"])
    accounts = {f"Liabilities:{row['kind'].capitalize()}" for row in listed}
    accounts |= {f"Equity:{row['person'].capitalize()}" for row in listed}
    lines = [f"1990-01-01 open {account}\n" for account in sorted(accounts)]
    for row in listed:
        lines.append(
            f'{row["due"]} {"!" if row["status"] == "open" else "*"} "{row["customer"]}" "{row["words"]}"\n'
            f'  id: "{row["id"]}"\n  Liabilities:{row["kind"].capitalize()}  1 TASK\n'
            f"  Equity:{row['person'].capitalize()}\n"
        )
    _write(folder / "tasks.beancount", lines)


def todoman(folder: Path, made: Made) -> None:
    """A folder of one file for each task, and settings that keep the cache beside it."""
    (folder / "vdir" / "shop").mkdir(parents=True)
    for at, row in enumerate(rows(made)):
        stamp, done = f"{row['opened'].replace('-', '')}T080000Z", row["status"] == "closed"
        text = (
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench\r\nBEGIN:VTODO\r\nUID:{row['id']}\r\nDTSTAMP:{stamp}\r\n"
            f"CREATED:{stamp}\r\nSUMMARY:{row['words']}\r\nCATEGORIES:{row['kind']}\r\nSEQUENCE:{at % 3}\r\n"
            f"DUE;VALUE=DATE:{row['due'].replace('-', '')}\r\nSTATUS:{'COMPLETED' if done else 'NEEDS-ACTION'}\r\n"
            + (f"COMPLETED:{stamp}\r\nPERCENT-COMPLETE:100\r\n" if done else "")
            + "END:VTODO\r\nEND:VCALENDAR\r\n"
        )
        (folder / "vdir" / "shop" / f"{row['id']}.ics").write_bytes(text.encode())
    settings = {"path": f"{folder}/vdir/*", "cache_path": f"{folder}/cache.sqlite3", "default_list": "shop"}
    settings |= {"date_format": "%Y-%m-%d", "time_format": "%H:%M", "color": "never"}
    _write(folder / "config.py", [f"{name} = {value!r}\n" for name, value in settings.items()])


def khard(folder: Path, made: Made) -> None:
    """The customers alone, a card for each."""
    (folder / "cards").mkdir(parents=True)
    for one in made:
        if one.kind == "CU":
            found = dict(line.split(": ", 1) for line in one.text.splitlines() if not line.startswith("consent"))
            name, phone = found["name"], found["phones"].strip("[]")
            text = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{one.id}\r\nFN:{name}\r\nN:{name[0]};{name[1:]};;;\r\n"
            text += f"TEL;TYPE=cell:{phone}\r\nBDAY:{found['birthday']}\r\nEND:VCARD\r\n"
            (folder / "cards" / f"{one.id}.vcf").write_bytes(text.encode())
    _write(folder / "khard.conf", [f"[addressbooks]\n[[shop]]\npath = {folder}/cards\n"])


def sqlite_utils(folder: Path, made: Made) -> None:
    """A table with an index over what is open, by its day."""
    listed = list(rows(made))
    with sqlite3.connect(folder / "tasks.db") as data:
        names = list(listed[0])
        data.execute(f"create table tasks ({', '.join(names)}, primary key (id))")
        data.executemany(
            f"insert into tasks values ({', '.join('?' * len(names))})", (list(row.values()) for row in listed)
        )
        data.execute("create index tasks_open on tasks (due) where status = 'open'")
    data.close()


def new_row(at: int) -> str:
    """One more task as the JSON that sqlite-utils takes."""
    return json.dumps({"id": f"new{at}", "kind": "promises", "status": "open", "due": "2026-12-01", "words": "call"})


def _epoch(day: str) -> str:
    at = date.fromisoformat(day)
    return str(int(datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp()))


def _write(path: Path, parts: list[str]) -> None:
    path.write_bytes("".join(parts).encode())
