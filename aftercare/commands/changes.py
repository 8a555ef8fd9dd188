"""What ``set`` was told to change: ``path=V``, ``path+=V``, ``path-=V`` and ``path=`` become edits of a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from aftercare.book.pen import Pen
from aftercare.commands.flags import OWN, Reader
from aftercare.errors import BadValue, Missing, Refused, Unfitting, UnknownPath, UsageProblem
from aftercare.language import _
from aftercare.plain.reading import read
from aftercare.plain.splicing import Append, Edit, NoSuchPath, Remove, Set, Take, applied
from aftercare.plain.text import fold, nth
from aftercare.plain.tree import Path, Tree, dotted, get
from aftercare.records.fields import PartOfLine, YesOrNo
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, fields_of
from aftercare.records.typed import Mistyped, typed

if TYPE_CHECKING:
    from pydantic import BaseModel

_YES, _NO = frozenset({"yes", "true", "on", "是"}), frozenset({"no", "false", "off", "否"})


class Asked(NamedTuple):
    """One change as it was typed: the path, the sign ("=", "+=" or "-="), and the value."""

    path: str
    sign: str
    value: str


class Place(NamedTuple):
    """Where a path leads: the field it belongs to (None where the model knows none), and whether to the whole of it.

    The whole of a list or of named values is more than one entry of it.
    """

    path: Path
    field: FieldOf | None
    whole: bool = True


class Nowhere(ValueError):
    """A path that leads nowhere; *known* are the names there are where it went astray."""

    def __init__(self, known: list[str], step: str) -> None:
        super().__init__(step)
        self.near = difflib.get_close_matches(step, known, n=3)


def edits_of(kind: str, record_id: str, changes: tuple[str, ...], reader: Reader, pen: Pen) -> list[Edit]:
    """The edits that the *changes* make in the file of a record; they are proven to leave it a valid one.

    UsageProblem for what is no change, UnknownPath, BadValue with the path, Missing, Refused for what no ``set`` may
    touch.
    """
    file, data = pen.file_of(record_id)
    tree = read(data, file)
    edits: list[Edit] = []
    for text in changes:
        asked = _asked(text)
        try:
            place = _place(kind, tree, asked.path)
            new = list(_edits(place, asked, tree, reader))
            tree = applied(tree, new)
        except Nowhere as error:
            raise UnknownPath(record_id, asked.path, error.near) from None
        except NoSuchPath:
            if asked.sign == "-=":
                raise BadValue(asked.path, asked.value, _("it is not in the list")) from None
            raise UnknownPath(record_id, asked.path) from None
        edits += new
    _refuse_misfits(kind, tree, pen)
    return edits


def _asked(text: str) -> Asked:
    path, sign, value = text.partition("=")
    operation = path[-1:] if path[-1:] in {"+", "-"} else ""
    path = fold(path.removesuffix(operation) if operation else path)
    if not sign or not path or (operation and not value):
        raise UsageProblem(
            _("“{text}” is no change").format(text=text), _("write path=V, path+=V, path-=V, or path= to remove")
        )
    if path.split(".")[0] in OWN:
        raise Refused(
            _("{path} is not set by hand").format(path=path),
            _("the tool itself writes it, when it numbers a record or takes one out"),
        )
    return Asked(path, f"{operation}=", value)


def _place(kind: str, tree: dict[str, Tree], path: str) -> Place:
    """Where a path leads: by the model, else to something that is in the file though the model does not know it."""
    steps = path.split(".")
    try:
        return _by_model(model_of(kind), steps, ())
    except Nowhere:
        found = _in_file(tree, steps)
        if found is None:
            raise
        return Place(found, None)


def _by_model(model: type[BaseModel], steps: list[str], before: Path) -> Place:
    name, *rest = steps
    field = next((field for field in fields_of(model) if field.name == name), None)
    if field is None:
        raise Nowhere([field.name for field in fields_of(model)], name)
    here: Path = (*before, name)
    if not rest:
        return Place(here, field)
    if field.shape == "named":
        return Place((*here, ".".join(rest)), field, whole=False)
    if field.shape == "many":
        here, rest = (*here, _position(rest[0])), rest[1:]
        if not rest:
            return Place(here, field, whole=False)
    if field.part is None:
        raise Nowhere([], rest[0])
    return _by_model(field.part, rest, here)


def _position(step: str) -> int:
    if not (step.isascii() and step.isdigit() and 0 < len(step) < 7 and int(step)):
        raise Nowhere([], step)
    return int(step) - 1


def _in_file(tree: Tree, steps: list[str]) -> Path | None:
    path: Path = ()
    for step in steps:
        held = get(tree, path)
        if isinstance(held, list) and step.isascii() and step.isdigit():
            path = (*path, nth(step, len(held)) - 1)
        elif isinstance(held, dict) and step in held:
            path = (*path, step)
        else:
            return None
    return path


def _edits(place: Place, asked: Asked, tree: dict[str, Tree], reader: Reader) -> Iterator[Edit]:
    many = place.whole and (place.field.shape != "one" if place.field else isinstance(get(tree, place.path), list))
    if asked.sign != "=" and not many:
        raise BadValue(asked.path, asked.value, _("it is no list; write {path}=V").format(path=asked.path))
    if not asked.value:
        yield Remove(place.path)
    elif place.field is not None and place.field.shape == "named" and place.whole:
        yield from _named(place, asked, tree)
    elif asked.sign == "-=":
        yield from _taken(place, asked, tree, reader)
    else:
        read = _values(place, asked, reader) if many else _one(place, asked, reader)
        if asked.sign == "=":
            yield Set(place.path, read)
        else:
            yield from (Append(place.path, entry) for entry in (read if isinstance(read, list) else [read]))


def _named(place: Place, asked: Asked, tree: dict[str, Tree]) -> Iterator[Edit]:
    name, sign, value = asked.value.partition("=")
    if asked.sign == "-=":
        yield Remove((*place.path, asked.value))
    elif not sign or not name.strip():
        raise BadValue(asked.path, asked.value, _("write it as NAME=VALUE"))
    elif asked.sign == "=" and isinstance(get(tree, place.path), dict):
        yield Set(place.path, {name.strip(): value})
    else:
        yield Set((*place.path, name.strip()), value)


def _taken(place: Place, asked: Asked, tree: dict[str, Tree], reader: Reader) -> Iterator[Edit]:
    """What is in the list as it was typed needs no reading: so a reference that leads nowhere can be taken out too."""
    held = get(tree, place.path)
    if isinstance(held, list) and asked.value in held:
        yield Take(place.path, asked.value)
    else:
        yield from (Take(place.path, entry) for entry in _values(place, asked, reader))


def _values(place: Place, asked: Asked, reader: Reader) -> list[Tree]:
    if place.field is not None and PartOfLine in place.field.types:
        return reader.lines(asked.path, asked.value)
    return [_one(place, asked, reader)]


def _one(place: Place, asked: Asked, reader: Reader) -> Tree:
    field = place.field
    if field is None or (field.shape == "named" and not place.whole):
        return asked.value
    if PartOfLine in field.types:
        lines = reader.lines(asked.path, asked.value)
        if len(lines) != 1:
            raise BadValue(asked.path, asked.value, _("one line is wanted"))
        return lines[0]
    if any(isinstance(mark, YesOrNo) for mark in field.marks):
        said = fold(asked.value).casefold()
        return "yes" if said in _YES else "no" if said in _NO else asked.value
    return reader.value(asked.path, field, asked.value)


def _refuse_misfits(kind: str, tree: dict[str, Tree], pen: Pen) -> None:
    """The record must still be one; what is not is said of the path that was typed."""
    try:
        typed(kind, tree, pen.book.settings.setting)
    except Mistyped as error:
        missing = [dotted(misfit.path) for misfit in error.misfits if misfit.code == "missing"]
        if missing:
            raise Missing(missing) from None
        misfit = error.misfits[0]
        raise Unfitting(dotted(misfit.path), misfit.sentence.partition(": ")[2] or misfit.sentence) from None
