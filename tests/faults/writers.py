"""Several writers at one book, and readers meanwhile: whose record is lost, whose id is given twice, who sees a half.

Every writer and reader is a process; the time between two names that a command puts in place is made longer, so that
what can happen in between does.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.book.book import Book
from tests import every_verb
from tests.faults import injection
from tests.faults.injection import Running

BUSY = 75
NEWCOMER = "sale add --name 新客{token} --phone 135{token} --product PR26-0003 --price 99"
READINGS = (
    "sale list --format json",
    "customer show CU26-0001 --format json",
    "check book --format json",
    "due --format json",
)


class Typed(NamedTuple):
    """A command that was typed, and how it ended."""

    line: str
    code: int
    out: str
    err: str


class Seen(NamedTuple):
    """What writers and readers came to: how many commands and readings there were, and what was wrong."""

    commands: int
    readings: int
    wrong: Counter[str]


def laid_out(scratch: Path) -> Path:
    """The shared book in a folder of its own."""
    folder = scratch / "book"
    every_verb.laid_out(folder, every_verb.base_book())
    return folder


def typing(folder: Path, lines: Sequence[str], *, slowly: float = 0.0) -> Running:
    """A process that types *lines*, waiting for *slowly* seconds before each name that it puts in place."""

    def work() -> int:
        _slow_down(slowly)
        sys.stdout.write(json.dumps([(line, *every_verb.typed(line)) for line in lines]))
        return 0

    with every_verb.standing_in(folder):
        return injection.started(work, folder)


def _slow_down(seconds: float) -> None:
    def slow(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            time.sleep(seconds)
            return real(*arguments, **named)

        return call

    if seconds:
        os.replace, os.link = slow(os.replace), slow(os.link)


def typed_by(runs: Iterable[Running]) -> list[Typed]:
    """What all these processes typed, once they have."""
    ends = [run.ended() for run in runs]
    return [Typed(*one) for end in ends for one in json.loads(end.out or "[]")]


def reading(folder: Path, look: Callable[[], list[str]], stop: Path) -> Running:
    """A process that looks at the book again and again until *stop* is there; what was wrong it prints."""

    def work() -> int:
        wrong: list[str] = []
        looks = 0
        while not looks or not stop.exists():
            wrong += look()
            looks += 1
        sys.stdout.write(json.dumps([looks, wrong]))
        return 0

    with every_verb.standing_in(folder):
        return injection.started(work, folder)


def adding(scratch: Path, writers: int, each: int) -> Seen:
    """Every writer adds *each* records; each id is given once, to the one who has it in the end."""
    folder = laid_out(scratch)
    before = every_verb.files_of(folder)
    runs = [typing(folder, [f"staff add --name w{w}n{n}" for n in range(each)]) for w in range(writers)]
    done = typed_by(runs)
    files = every_verb.files_of(folder)
    wrong = _codes(done)
    ids = [one.out.strip() for one in done if not one.code]
    wrong["doubled"] = len(ids) - len(set(ids))
    for one in done:
        file = files.get(f"staff/2026/{one.out.strip()}.yaml", b"").decode()
        wrong["lost"] += not one.code and not file.endswith(f"name: {one.line.split()[-1]}\n")
    wrong["lost"] += abs(len(files) - len(before) - len(ids))
    wrong["lost"] += writers * each - len(done)
    return Seen(len(done), 0, wrong)


def editing(scratch: Path, writers: int, each: int) -> Seen:
    """Every writer adds tokens to one record; each that was said to be there is, once."""
    folder = laid_out(scratch)
    lines = [[f"customer set CU26-0002 tags+=w{w}n{n}" for n in range(each)] for w in range(writers)]
    done = typed_by([typing(folder, mine, slowly=0.002) for mine in lines])
    record = Book(folder).read().records["CU26-0002"]
    wrong = _codes(done)
    tags = Counter(record.tags)
    for one in done:
        token = one.line.rpartition("=")[2]
        wrong["lost"] += tags[token] != (one.code == 0)
    wrong["lost"] += writers * each - len(done)
    return Seen(len(done), 0, wrong)


def _codes(done: Iterable[Typed]) -> Counter[str]:
    """Commands may find the book busy; any other failure is one."""
    wrong = Counter({"doubled": 0, "lost": 0, "failed": 0})
    wrong["failed"] = sum(one.code not in {0, BUSY} for one in done)
    return wrong


def read_meanwhile(scratch: Path, writers: int, each: int) -> Seen:
    """Newcomers and their sales, three customers from one file, and a visit with all that was heard, are written.

    Whoever reads meanwhile sees all of each or none of it, no fault that is not there, and JSON.
    """
    folder = laid_out(scratch)
    stop = scratch / "stop"
    heard = next(row.line for row in every_verb.EVERY if row.way == "with all that was heard")
    lines = [NEWCOMER, "customer add --from three.jsonl", heard]
    with every_verb.standing_in(folder):
        told = {line: every_verb.typed(line)[0] for line in READINGS}
    looks = (lambda: halves(folder), lambda: list(_bad_readings(told)))
    readers = [reading(folder, look, stop) for look in looks]
    done = typed_by(
        [
            typing(folder, [lines[n % 3].format(token=f"{w:04}{n:04}") for n in range(each)], slowly=0.005)
            for w in range(writers)
        ]
    )
    stop.touch()
    looked = [json.loads(reader.ended().out or '[0, ["died"]]') for reader in readers]
    wrong = _codes(done)
    wrong["half"] = sum(len(found) for __, found in looked)
    wrong["half"] += len(halves(folder))
    return Seen(len(done), sum(looks for looks, __ in looked), wrong)


def halves(folder: Path) -> list[str]:
    """Where a reading of the book shows a part of what one command writes."""
    shelf = Book(folder).read()
    found: list[str] = [str(fault) for fault in shelf.faults]
    tally: Counter[str] = Counter(record_id[:2] for record_id in shelf.records)
    base = _base_tally()
    new = {kind: tally[kind] - base[kind] for kind in tally}
    names = [getattr(record, "name", "") for record in shelf.records.values() if record.id.startswith("CU26")]
    threes, newcomers = sum(name.startswith("周") for name in names), sum(name.startswith("新客") for name in names)
    if threes % 3:
        found.append(f"{threes} of three customers from one file")
    if newcomers != new["SA"]:
        found.append(f"{newcomers} newcomers, {new['SA']} sales to them")
    if len({new["VI"], new["WI"], new["CO"], new["PM"]}) > 1:
        found.append(f"of visits and what was heard in them: {new}")
    return found


def _base_tally() -> Mapping[str, int]:
    return Counter(Path(file).name[:2] for file in every_verb.base_book() if file.count("/") == 2)


def _bad_readings(told: Mapping[str, int]) -> Iterator[str]:
    for line, code in told.items():
        found = every_verb.typed(line)
        try:
            json.loads(found[1])
        except ValueError:
            yield f"{line}: no JSON: {found}"
        if found[0] != code:
            yield f"{line}: {found}"


def set_beside_edit(scratch: Path) -> Seen:
    """A record is changed while somebody has it open in their editor: nothing of either is lost.

    Who saves last is refused, and told where their text is.
    """
    folder = laid_out(scratch)
    opened, go = scratch / "opened", scratch / "go"
    script = scratch / "editor"
    script.write_text(f'touch {opened}; while ! test -e {go}; do sleep 0.02; done; echo "note: mine" >> "$1"\n')

    def edit() -> int:
        os.environ["EDITOR"], tempfile.tempdir = f"sh {script}", str(scratch)
        code, __, err = every_verb.typed("customer edit CU26-0002")
        sys.stdout.write(err)
        return code

    with every_verb.standing_in(folder):
        editor = injection.started(edit, folder)
        while not opened.exists():
            time.sleep(0.01)
        other = injection.ended(folder, ["customer", "set", "CU26-0002", "note=theirs"])
    go.touch()
    end = editor.ended()
    kept = [path.read_text() for path in scratch.glob("aftercare-*/CU26-0002.yaml") if str(path) in end.out]
    file = every_verb.files_of(folder)["customers/2026/CU26-0002.yaml"].decode()
    wrong = Counter({"lost": int("note: theirs" not in file or "mine" in file), "failed": int(other.code != 0)})
    wrong["failed"] += int(end.code != 5)
    wrong["lost"] += int(len(kept) != 1 or "note: mine" not in kept[0])
    return Seen(2, 0, wrong)
