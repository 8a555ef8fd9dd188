"""The commands of the pages: what stands in a block that is no session is run as well, on a small shop of its own.

Each block begins with a fresh copy of the shop of ``tests/documented.yaml`` (of the sample shop, where a page's
first line says ``copy: data`` as a session's does), and its lines are run one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import click
import yaml
from openpyxl import Workbook

from aftercare.cli import root
from aftercare.commands.verbs import Steps

ROOT = Path(__file__).resolve().parent.parent
SHOP = Path(__file__).resolve().parent / "documented.yaml"
TODAY = "2026-08-07T10:00"
_FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CRON = re.compile(r"^(?:[\d*,/-]+ +){5}(?=\S)")
_COMMAND = re.compile(r"(?:^|[ ;|(/])aftercare ")
_PLACES = {"/usr/local/bin/aftercare": "aftercare", "/home/shop/book": ".", "/srv/www/calendar/SECRET": "."}
"""Where things are on the operator's machine, and where they are here."""
_SYNOPSIS = re.compile(r"…|\[--|\|xlsx| FILE\b")
"""What a line has that shows the shape of a command, and is none itself."""


class Block(NamedTuple):
    """Lines that are typed one after the other."""

    page: Path
    line: int
    sample: bool
    commands: tuple[str, ...]

    @property
    def before(self) -> list[str]:
        """What was done in the shop before."""
        return [line for begins, lines in _told()["before"].items() if self._begins(begins) for line in lines]

    @property
    def is_choice(self) -> bool:
        """Whether it shows ways, one or the other, and no course of things."""
        return any(self._begins(begins) for begins in _told()["choices"])

    def _begins(self, words: str) -> bool:
        return self.commands[0].startswith(f"aftercare {words}")


def pages() -> list[Path]:
    """What an operator reads."""
    return [ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path, sessions: frozenset[Path]) -> Iterator[Block]:
    """The blocks of a page that show commands; those of a session that is run as such are left out."""
    text = page.read_text(encoding="utf-8")
    sample = "copy: data" in text.partition("\n")[0] or page.parent.name == "data"
    for found in _FENCED.finditer(text):
        kind, body = found[1], found[2]
        if kind.startswith("console"):
            if page in sessions:
                continue
            body = "\n".join(line[2:] for line in body.splitlines() if line.startswith(("$ ", "> ")))
        commands = tuple(line for line in statements(body) if line and not line.startswith("#"))
        if any(map(_COMMAND.search, commands)) and kind in {"", "sh", "console"}:
            yield Block(page, text[: found.start()].count("\n") + 1, sample, commands)


def statements(body: str) -> Iterator[str]:
    """Whole commands: a line with those that continue it, a loop and a question to its end."""
    held: list[str] = []
    for line in body.splitlines():
        held.append(_CRON.sub("", line))
        whole = "\n".join(held)
        opened = len(re.findall(r"^(?:if|for|while)\b|\(\) \{$", whole, re.MULTILINE))
        closed = len(re.findall(r"^(?:fi|done|\})", whole, re.MULTILINE))
        if not line.endswith("\\") and opened <= closed and whole.count('"') % 2 == 0:
            for place, here in _PLACES.items():
                whole = whole.replace(place, here)
            yield whole
            held = []


def is_synopsis(command: str) -> bool:
    """Whether it shows the shape of a command, with words in the place of what is typed."""
    return bool(_SYNOPSIS.search(command.partition("#")[0]))


def in_sentences(page: Path) -> list[str]:
    """The commands that a page speaks of in the midst of its sentences."""
    return re.findall(r"`aftercare ([^`]+)`", _FENCED.sub("", page.read_text(encoding="utf-8")))


def unknown(line: str) -> list[str]:
    """The words of a line that should be a command, and the flags that its command does not have."""
    here: click.Command = root()
    flags = {"--help", *_flags(here)}
    words = re.sub(r"(?<!\S)(-C|--lang|--today|--as-of) \S+", "", line.partition("#")[0]).split()
    for word in words:
        inner: click.Command | None = None
        if isinstance(here, click.Group):
            inner = here.get_command(click.Context(here), "customer" if word == "KIND" else word)
            if inner is None and not here.invoke_without_command and re.fullmatch(r"[a-z][a-z-]*", word):
                return [word]
        elif isinstance(here, Steps):
            inner = here.steps.get(word)
        if inner:
            here = inner
            flags.update(_flags(here))
    return [flag for flag in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(words)) if flag not in flags]


def _flags(command: click.Command) -> Iterator[str]:
    for param in command.params:
        yield from (*param.opts, *param.secondary_opts)


@cache
def _told() -> Any:
    return yaml.safe_load(SHOP.read_text(encoding="utf-8"))


def lay_out(folder: Path) -> None:
    """Write the shop of the pages."""
    for name, text in _told()["files"].items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sheet = Workbook()
    for row in (("姓名", "电话"), ("何秀英", "12800138011")):
        sheet.worksheets[0].append(row)
    sheet.save(folder / "客户.xlsx")
