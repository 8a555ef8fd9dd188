"""From a model to flags, and from what was typed to the tree of a record.

The flags of ``add`` are the model's fields: a nested field's flag is its path (``signed.by`` is ``--signed-by``)
unless the model names it shorter.  What is typed is read here once: words for dates, amounts, people and things by
their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import click
from pydantic import BaseModel

from aftercare.book.references import is_words
from aftercare.commands.later import LaterOption
from aftercare.errors import BadValue, NoSuchRecord, NotADate, NotAnAmount
from aftercare.language import _
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree, get
from aftercare.records.fields import Amounted, Dated, Figured, Lasting, PartOfLine, Refers, YesOrNo
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, fields_of

OWN = frozenset({"id", "formerly", "removed"})
"""What the tool itself writes into a record."""


class Flag(NamedTuple):
    """One flag of a kind: its name on the line, the path it fills, and the field it belongs to."""

    name: str
    path: tuple[str, ...]
    field: FieldOf

    @property
    def parameter(self) -> str:
        """The name under which Click hands over its value."""
        return "__".join(("field", *self.path))


def flags_of(kind: str) -> tuple[Flag, ...]:
    """All flags of ``add`` for a kind, in the order of its file."""
    return tuple(flag for flag in _flags(model_of(kind), (), None) if flag.path[0] not in OWN)


def _flags(model: type[BaseModel], path: tuple[str, ...], prefix: str | None) -> Iterator[Flag]:
    for field in fields_of(model):
        here = (*path, field.name)
        if field.part and field.shape == "one" and not _is_plain(field):
            inner = field.about.prefix if field.about.prefix is not None else field.name
            yield from _flags(field.part, here, "-".join(p for p in (prefix, inner) if p))
        else:
            name = field.about.flag or "--" + "-".join(p for p in (prefix, field.name) if p)
            yield Flag(name.replace("_", "-"), here, field)


def _is_plain(field: FieldOf) -> bool:
    """Whether a nested field is given in one word all the same (a birthday)."""
    return bool(field.about.example) and field.part is not None


def choices_of(model: type[BaseModel], name: str) -> click.Choice[str]:
    """The only values that a field of a model takes, for a flag of an own verb."""
    return click.Choice(next(field.choices for field in fields_of(model) if field.name == name))


def options_of(kind: str, *, without: frozenset[str] = frozenset()) -> list[click.Parameter]:
    """The options of ``add``, but for those whose names the command takes for itself."""
    return [_option(flag) for flag in flags_of(kind) if flag.name not in without]


def _option(flag: Flag) -> click.Option:
    field = flag.field
    more: dict[str, Any] = {}
    if field.choices and YesOrNo not in map(type, field.marks):
        more["type"] = click.Choice(field.choices)
    if field.shape != "one":
        more["multiple"] = True
    else:
        more["default"] = None
    names = [flag.name, flag.parameter]
    if any(isinstance(mark, YesOrNo) for mark in field.marks):
        off = {"--opened": "--unopened"}.get(flag.name, f"--no-{flag.name[2:]}")
        return LaterOption([f"{flag.name}/{off}", flag.parameter], help=field.about.sentence, default=None)
    return LaterOption(names, help=field.about.sentence, metavar=None if "type" in more else _metavar(field), **more)


def _metavar(field: FieldOf) -> str:
    if field.refers:
        return "REF"
    if any(isinstance(mark, Dated) for mark in field.marks):
        return "T"
    if any(isinstance(mark, Amounted) for mark in field.marks):
        return "M"
    if any(isinstance(mark, Figured) for mark in field.marks):
        return "N"
    return "K=V" if field.shape == "named" or field.part else "S"


@dataclass
class Reader:
    """Reads typed values: resolves references and words for dates, and says what was meant.

    ``resolve`` finds the id behind a text among records of some kinds, ``moment`` the day behind words; ``currency``
    is the book's.
    """

    resolve: Callable[[str, tuple[str, ...]], str]
    moment: Callable[[str], str]
    currency: str = ""

    def tree(self, kind: str, values: Mapping[str, Any]) -> dict[str, Tree]:
        """The tree that the values of a kind's flags make; flags that were not given leave no trace."""
        tree: dict[str, Tree] = {}
        for flag in flags_of(kind):
            value = values.get(flag.parameter)
            if value is None or value == ():
                continue
            many = flag.field.shape != "one"
            read: Tree = self._many(flag.name, flag.field, value) if many else self.value(flag.name, flag.field, value)
            _put(tree, flag.path, read)
        return tree

    def _many(self, flag: str, field: FieldOf, values: tuple[str, ...]) -> Tree:
        if field.shape == "named":
            pairs = (self._pair(flag, text) for text in values)
            return dict(pairs)
        if PartOfLine in field.types:
            return [entry for text in values for entry in self.lines(flag, text)]
        return [self.value(flag, field, text) for text in values]

    def _pair(self, flag: str, text: str) -> tuple[str, str]:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise BadValue(flag, text, _("write it as NAME=VALUE"))
        return key.strip(), value

    def lines(self, flag: str, text: str) -> list[Tree]:
        """Lines of a sale: ``1,2:7`` is line 1 and seven pieces of line 2."""
        found: list[Tree] = []
        for entry in fold(text).split(","):
            line, sign, pieces = entry.partition(":")
            if not line.isdigit() or (sign and not pieces.isdigit()):
                raise BadValue(flag, text, _("write lines as 1,2:7 (seven pieces of line 2)"))
            found.append({"item": line, "qty": pieces} if sign else line)
        return found

    def value(self, flag: str, field: FieldOf, text: Any) -> Tree:
        """One value of a field, as it will stand in the file."""
        if isinstance(text, bool):
            return "yes" if text else "no"
        if field.part is not None:
            return self._group(flag, field, text)
        if field.refers is not None:
            return self._reference(field.refers, text)
        if any(isinstance(mark, Dated) for mark in field.marks):
            return self.date(flag, text)
        if any(isinstance(mark, Amounted) for mark in field.marks):
            return self.amount(flag, text)
        return fold(text) if any(isinstance(mark, Figured | Lasting) for mark in field.marks) else str(text)

    def _reference(self, refers: Refers, text: str) -> str:
        """The id that is meant; words that find nothing stay as they are where the field takes words too."""
        try:
            return str(self.resolve(text, refers.kinds))
        except NoSuchRecord:
            if refers.or_words and is_words(text, refers.kinds):
                return text
            raise

    def amount(self, flag: str, text: str) -> str:
        """An amount of money with all decimals of its currency."""
        from aftercare.plain import money

        try:
            return money.plain(money.parse(text, self.currency))
        except ValueError:
            raise NotAnAmount(text, flag) from None

    def date(self, flag: str, text: str) -> str:
        """The day or time behind words for it."""
        try:
            return str(self.moment(text))
        except NotADate:
            raise NotADate(text, flag) from None

    def _group(self, flag: str, field: FieldOf, text: str) -> Tree:
        """A group of named values in one word: ``product=…,qty=2``; a birthday is a date or a lunar day."""
        part = field.part
        if part is None:
            return text
        if _is_plain(field):
            return _birthday(flag, text)
        if part.__name__ == "Certificate" and "name=" not in text:
            name, __, until = text.partition("=")
            return {"name": name, "until": self.date(flag, until)} if until else {"name": name}
        group: dict[str, Tree] = {}
        short = getattr(part, "in_short", "")
        for pair in [f"{short}={text}"] if short and "=" not in text else _split(text):
            key, value = self._pair(flag, pair)
            path = tuple(key.split("."))
            inner = _field_of(part, path)
            if inner is None:
                known = ", ".join(f.name for f in fields_of(part))
                raise BadValue(flag, pair, _("it has only {names}").format(names=known))
            read = self.value(flag, inner, value)
            _put(group, path, [*_entries(group, path), read] if inner.shape == "many" else read)
        return group


def _entries(group: dict[str, Tree], path: tuple[str, ...]) -> list[Tree]:
    """What a list within a group holds so far: ``for=CL26-0004,for=CL26-0005`` are two entries of one."""
    held = get(group, path)
    return held if isinstance(held, list) else []


def _field_of(part: type[BaseModel], path: tuple[str, ...]) -> FieldOf | None:
    field = next((f for f in fields_of(part) if f.name == path[0]), None)
    if field is None or len(path) == 1:
        return field
    return _field_of(field.part, path[1:]) if field.part else None


def _split(text: str) -> list[str]:
    r"""The pairs of a group; a comma that belongs to a value is written ``\,``."""
    return [pair.replace("\0", ",") for pair in text.replace("\\,", "\0").split(",")]


def _birthday(flag: str, text: str) -> Tree:
    from aftercare.plain import lunar, moments

    said = fold(text)
    if said.startswith("lunar="):
        said = "农历" + said.removeprefix("lunar=")
    if said.startswith(("农历", "阴历")):
        try:
            lunar.parse(said[2:])
        except ValueError:
            raise BadValue(flag, text, _("write a lunar day as 农历八月十五")) from None
        return {"lunar": said[2:]}
    try:
        moments.parse(f"2000{said[1:]}" if said.startswith("--") else said)
    except ValueError:
        raise BadValue(flag, text, _("write it as 1958-09-27, --09-27 or 农历八月十五")) from None
    return said


def _put(tree: dict[str, Tree], path: tuple[str, ...], value: Tree) -> None:
    for step in path[:-1]:
        inner = tree.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    tree[path[-1]] = value


def flag_for(kind: str, path: tuple[str | int, ...]) -> str:
    """The flag that fills a path, for an error about its value; the path itself where there is none."""
    words = tuple(step for step in path if isinstance(step, str))
    for flag in flags_of(kind):
        if flag.path == words[: len(flag.path)]:
            return flag.name
    from aftercare.plain.tree import dotted

    return dotted(path)
