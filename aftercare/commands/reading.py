"""Whole records from a file: ``add --from`` takes YAML, JSON or JSONL, one record or many, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, NoReturn

from aftercare.book.pen import Pen
from aftercare.book.titles import listed
from aftercare.commands import deeds
from aftercare.commands.named import named_bytes
from aftercare.commands.session import Session
from aftercare.errors import Contradicts, Fault, FutureFact, InvalidInput
from aftercare.language import _
from aftercare.plain import reading
from aftercare.plain.reading import DEEPEST, LONGEST_KEY, Unreadable, unseen
from aftercare.plain.tree import Path, Tree, dotted, textify
from aftercare.policies import categories
from aftercare.records.names import BY_NAME
from aftercare.records.typed import Mistyped, Setting, typed
from aftercare.render.output import say

_OURS = frozenset({"kind", "id", "formerly", "removed"})
"""What ``show`` prints of a record and a new one gets anew, if at all."""


class Given(NamedTuple):
    """One record as the input gives it: its tree, and the line on which a value of it stands."""

    tree: Tree
    line: Callable[[Path], int]


def add_from(session: Session, kind: str, source: str, fmt: str) -> None:
    """Write all records that *source* (``-`` is stdin) holds, and print their new ids.

    InvalidInput with all faults where any of them cannot be one; then nothing is written.
    """
    session.book()  # so that the file's faults are said in the book's language
    data = named_bytes(source)
    try:
        given = list(given_in(data, source))
    except Unreadable as error:
        raise InvalidInput(error.faults) from None
    with session.writing(f"{kind} add") as pen:
        trees = _trees(kind, given, source, pen.book.settings.setting)
        ids = _added(kind, trees, given, source, pen)
        deeds.written(session, pen, f"{kind} add {listed(ids)}")
    _warn_of_old_ids(given, trees)
    deeds.tell(session, pen, ids=ids, fmt=fmt)


def given_in(data: bytes, source: str) -> Iterator[Given]:
    """The records in any of the three formats: by the ending of the name, else by how the text begins."""
    text = reading.checked(data, source)
    match source.rpartition(".")[2].casefold():
        case "yaml" | "yml":
            return _of_yaml(data, source)
        case "json":
            return _of_json(text, source)
        case "jsonl" | "ndjson":
            return _of_lines(text, source)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(_is_json(line) and line.lstrip().startswith("{") for line in lines[:2]):
        return _of_lines(text, source)
    return _of_json(text, source) if text.lstrip()[:1] in {"{", "["} and _is_json(text) else _of_yaml(data, source)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _of_yaml(data: bytes, source: str) -> Iterator[Given]:
    found = reading.read_many(data, source)
    node = reading.composed(reading.decoded(data))
    is_list = node.id == "sequence"
    for at, tree in enumerate(found):
        before: Path = (at,) if is_list else ()
        yield Given(tree, partial(_line_in, node, before))


def _line_in(node: Any, before: Path, path: Path) -> int:
    return reading.line_in(node, (*before, *path))


def _of_lines(text: str, source: str) -> Iterator[Given]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            tree, __ = _decoded(line, 0, source, number)
            yield Given(tree, lambda _path, number=number: number)  # type: ignore[misc]


def _of_json(text: str, source: str) -> Iterator[Given]:
    """The object or the objects of a list; each is read by itself, so that it is known where it begins."""
    at = _next(text, 0)
    if text[at : at + 1] != "[":
        tree, end = _decoded(text, at, source)
        yield _located(text, tree, at, end)
        _refuse_rest(text, end, source)
        return
    at = _next(text, at + 1)
    first = True
    while text[at : at + 1] != "]":
        if not first:
            if text[at : at + 1] != ",":
                _refuse_json(text, at, source)
            at = _next(text, at + 1)
        tree, end = _decoded(text, at, source)
        yield _located(text, tree, at, end)
        at, first = _next(text, end), False
    _refuse_rest(text, at + 1, source)


def _next(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in " \t\r\n":
        at += 1
    return at


def _refuse_rest(text: str, at: int, source: str) -> None:
    if text[_next(text, at) :]:
        _refuse_json(text, _next(text, at), source)


def _refuse_json(text: str, at: int, source: str, line: int = 0) -> NoReturn:
    raise Unreadable([Fault(source, _line_at(text, at, line), "json-syntax", _("this is not JSON"))])


def _line_at(text: str, at: int, line: int) -> int:
    """The line where it is known already, else that of a place in the text."""
    return line or text.count("\n", 0, at) + 1


def _located(text: str, tree: Tree, start: int, end: int) -> Given:
    """A record of JSON; JSON is YAML but for a few escapes, and where it is not its first line stands for all."""
    first = text.count("\n", 0, start)

    def line(path: Path) -> int:
        import yaml  # only where something is wrong

        try:
            return first + reading.line_in(reading.composed(text[start:end]), path)
        except yaml.YAMLError:
            return first + 1

    return Given(tree, line)


def _decoded(text: str, at: int, source: str, line: int = 0) -> tuple[Tree, int]:
    """One JSON value from *at* on, figures as they are written, and where it ends."""
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=_no_figure, object_pairs_hook=_pairs, strict=True
    )
    try:
        value, end = decoder.raw_decode(text, at)
        tree = textify(value)
    except RecursionError:
        sentence = _("values lie more than 20 levels deep")
        raise Unreadable([Fault(source, _line_at(text, at, line), "too-deep", sentence)]) from None
    except _Twice as error:
        sentence = _("“{key}” is written a second time").format(key=error)
        raise Unreadable([Fault(source, _line_at(text, at, line), "duplicate-key", sentence)]) from None
    except json.JSONDecodeError as error:
        _refuse_json(text, error.pos, source, line)
    except ValueError:
        _refuse_json(text, at, source, line)
    if line and text[_next(text, end) :]:
        _refuse_json(text, end, source, line)
    return tree, end


class _Twice(Exception):
    """A key of a JSON object is written twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _no_figure(text: str) -> NoReturn:
    raise ValueError(text)


def _trees(kind: str, given: Sequence[Given], source: str, setting: Setting) -> list[dict[str, Tree]]:
    """The trees of all records; InvalidInput with everything that is wrong with any of them."""
    trees: list[dict[str, Tree]] = []
    faults: list[Fault] = []
    for one in given:
        tree = _pruned(one.tree)
        if not isinstance(tree, dict):
            faults.append(Fault(source, one.line(()), "not-a-record", _("a record is wanted: keys and values")))
            continue
        wrong = [*_unwritable(tree, ())] or [*_misfits(kind, tree, setting)]
        faults += [Fault(source, one.line(path), code, sentence) for path, code, sentence in wrong]
        trees.append({name: value for name, value in tree.items() if name not in _OURS})
    if faults:
        raise InvalidInput(sorted(faults, key=lambda fault: fault.line))
    return trees


def _pruned(tree: Tree) -> Tree:
    """Without what says nothing: nulls, empty lists and empty groups."""
    if isinstance(tree, dict):
        found = {name: _pruned(value) for name, value in tree.items()}
        return {name: value for name, value in found.items() if value not in (None, [], {})}
    return [_pruned(entry) for entry in tree] if isinstance(tree, list) else tree


def _named_category(kind: str, tree: dict[str, Tree]) -> Iterator[tuple[Path, str, str]]:
    """The category of a product, or of the goods of an offer, under its one name."""
    path: Path = ("meets", "category") if kind == "offer" else ("category",)
    holder = tree.get("meets") if kind == "offer" else tree
    if kind not in {"product", "offer"} or not isinstance(holder, dict):
        return
    if isinstance(typed_in := holder.get("category"), str):
        found = categories.tree().find(typed_in)
        if found is None:
            near = ", ".join(categories.tree().near(typed_in)) or "aftercare policy categories"
            sentence = _("category: there is no {value}; perhaps: {near}").format(value=typed_in, near=near)
            yield path, "category", sentence
        else:
            holder["category"] = found


def _misfits(kind: str, tree: dict[str, Tree], setting: Setting) -> Iterator[tuple[Path, str, str]]:
    if tree.get("kind", kind) != kind:
        yield ("kind",), "kind", _("this is a {found}, and a {kind} is wanted").format(found=tree["kind"], kind=kind)
        return
    yield from _named_category(kind, tree)
    bare = {name: value for name, value in tree.items() if name not in _OURS}
    try:
        typed(kind, {**bare, "id": f"{BY_NAME[kind].prefix}00-0000"}, setting)
    except Mistyped as error:
        yield from error.misfits


def _unwritable(tree: Tree, path: Path) -> Iterator[tuple[Path, str, str]]:
    """What JSON can hold and no file of the book may."""
    if isinstance(tree, str):
        if character := unseen(tree):
            sentence = _("{where}: {character} is a character that cannot be seen and may mislead")
            yield path, "control-character", sentence.format(where=dotted(path), character=character)
        return
    if tree and len(path) >= DEEPEST:
        yield path, "too-deep", _("values lie more than 20 levels deep")
        return
    for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree or ()):
        if isinstance(step, str) and (not step or "\n" in step or len(step) > LONGEST_KEY or unseen(step)):
            yield path, "bad-key", _("a key is one line of text, of at most 100 characters")
        else:
            yield from _unwritable(value, (*path, step))


def _added(kind: str, trees: Sequence[dict[str, Tree]], given: Sequence[Given], source: str, pen: Pen) -> list[str]:
    ids: list[str] = []
    faults: list[Fault] = []
    for tree, one in zip(trees, given, strict=True):
        try:
            ids.append(pen.add(kind, tree).id)
        except FutureFact as error:
            faults.append(Fault(source, one.line(()), "future", error.sentence))
        except Contradicts as error:
            faults.append(Fault(source, one.line(()), "reference", error.sentence))
    if faults:
        raise InvalidInput(faults)
    return ids


def _warn_of_old_ids(given: Sequence[Given], trees: Sequence[dict[str, Tree]]) -> None:
    """Every record got a new id; who still speaks of one given in the same input is not meant any more."""
    old = {str(one.tree["id"]) for one in given if isinstance(one.tree, dict) and one.tree.get("id")}
    for text in sorted({text for tree in trees for text in _texts(tree) if text.partition("/")[0] in old}):
        say(_("{text} was not rewritten: the record that had this id in the input has a new one").format(text=text))


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _texts(value)
