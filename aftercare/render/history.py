"""What was done to the book, in words: titles of commands, and what each of them changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from aftercare.answers.deeds_done import Deed
from aftercare.answers.finding import in_a_sentence
from aftercare.book.chronicle import Commit
from aftercare.book.ids import parse, split_unit
from aftercare.book.shelf import Shelf
from aftercare.book.titles import parted
from aftercare.language import N_, _, deed_word, label, word
from aftercare.plain.differences import Difference
from aftercare.plain.moments import spoken
from aftercare.plain.text import printable
from aftercare.plain.tree import Path, Tree
from aftercare.records.claim import Decision
from aftercare.records.fields import YesOrNo
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import BY_NAME
from aftercare.records.schema import FieldOf, fields_of
from aftercare.render.records import said

_SEVERAL_WORDS = re.compile(r"[\s,;:，。；：、→“”]")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_VERDICT = re.compile(r"verdict-[0-9]+\.json")
"""What a decision was taken on, in a file beside it: told by the decision itself."""
_BESIDE = ".json"
"""How a file that lies beside a record ends; its changes are told by its name alone."""
_SENTENCES = {
    "added": N_("added"),
    "changed": N_("changed"),
    "removed": N_("removed"),
    "brought_back": N_("brought back"),
    "renumbered": N_("renumbered"),
    "undone": N_("undone"),
}


class Named(NamedTuple):
    """What a path of a record is called, and the model and the field it leads to, as far as they are known."""

    name: str
    part: type[BaseModel] | None
    field: FieldOf | None


def title(commit: Commit, shelf: Shelf, deeds: Sequence[Deed] = ()) -> str:
    """What a command did, in the operator's words: ``customer set CU26-0001 王建国``; what was done by hand, as such.

    Who is in the book no longer is named as the *deeds* of the command knew them.
    """
    if not commit.is_command:
        return _("by hand: {title}").format(title=commit.title)
    known = {deed.record: name_of(deed, shelf) for deed in deeds if deed.record}
    return _(", ").join(_command(one, shelf, known) for one in (commit.title, *commit.also))


def _command(text: str, shelf: Shelf, names: Mapping[str, str]) -> str:
    first, *rest = text.split() or [""]
    if first == "undo" and rest[:1] == ["undo"]:
        return f"{deed_word('bring-back')} {_command(' '.join(rest[1:]), shelf, names)}".strip()
    if first == "undo":
        return f"{deed_word(first)} {_command(' '.join(rest), shelf, names)}" if rest else deed_word(first)
    words, subjects = parted(rest)
    known = [word(one) if first in {"import", "policy"} and one in BY_NAME else deed_word(one) for one in words]
    head = word(first) if first in BY_NAME else deed_word(first.removesuffix(":"))
    if first == "renumber" and len(rest) == 2:
        return f"{head} {rest[0]} → {_subject(rest[1], shelf, names)}"
    return " ".join([head, *known, *(_subject(one, shelf, names) for one in subjects)])


def _subject(text: str, shelf: Shelf, names: Mapping[str, str]) -> str:
    found = split_unit(text)
    if found[0] in shelf.shared:
        return names.get(text, text)
    return in_a_sentence(shelf, text) if parse(found[0]) and shelf.get(found[0]) else names.get(text, text)


def outcome(deeds: Sequence[Deed], shelf: Shelf) -> str:
    """What came of a command, in one line: the changes of the record that it names, and what else it wrote."""
    commit = deeds[0].commit
    named = set(commit.title.split()) if commit else set()
    if len(deeds) > 3:
        counts = Counter((deed.what, deed.kind) for deed in deeds)
        return _("; ").join(
            _("{kind}: {n} {what}").format(n=n, kind=word(kind), what=_(_SENTENCES[what]))
            for (what, kind), n in counts.items()
        )
    return _("; ").join(clause for deed in deeds for clause in _outcome(deed, shelf, is_named=deed.record in named))


def _outcome(deed: Deed, shelf: Shelf, *, is_named: bool) -> Iterator[str]:
    if is_named and deed.what == "renumbered" and deed.commit and "renumber" in deed.commit.title.split():
        return  # the command says it all
    if is_named and deed.what in {"changed", "undone", "renumbered"}:
        yield from clauses(deed, shelf, is_headed=False)
    elif not is_named:
        yield _("{what} {name}").format(what=_(_SENTENCES[deed.what]), name=name_of(deed, shelf))


def name_of(deed: Deed, shelf: Shelf) -> str:
    """What a deed is about: the record in words, those it had at the time if it is no more; or the file."""
    if not deed.record:
        return deed.file
    sharers = shelf.shared.get(deed.record, ())
    if sharers:  # two clones gave the number twice: today's record may be another one than it was then
        is_told = not any(getattr(shelf.get(one), "forgotten", None) for one in (deed.record, *sharers))
        return f"{deed.record} {deed.called if is_told else ''}".strip()
    if shelf.get(deed.record):
        return in_a_sentence(shelf, deed.record)
    own = (change.after or change.before for change in deed.changes if change.path in {("name",), ("title",)})
    return " ".join([deed.record, *(text for text in own if isinstance(text, str))])


def clauses(deed: Deed, shelf: Shelf, *, is_headed: bool = True) -> Iterator[str]:
    """What became of one record, clause by clause; the first says what it was, where it *is_headed* so."""
    if deed.what == "renumbered":
        yield (_("renumbered to {id}") if deed.now else _("renumbered from {id}")).format(
            id=deed.now or ", ".join(deed.formerly)
        )
    model = model_of(deed.kind) if deed.kind in MODELLED else None
    removed = [change for change in deed.changes if change.path[0] == "removed"]
    if _is_gone(deed):
        reason = removed[0].after.get("reason") if removed and isinstance(removed[0].after, dict) else None
        if deed.what == "undone":
            yield _("undone: taken out again") if is_headed else _("taken out again")
        else:
            head = _(_SENTENCES["removed"])
            yield _("{name}: {text}").format(name=head, text=_quoted(str(reason))) if reason else head
        return
    if is_headed and deed.what not in {"changed", "renumbered"}:
        yield _(_SENTENCES[deed.what])
    if not deed.readable:
        yield _("a file that could not be read as it stood")
    if deed.what == "brought_back" or not deed.readable:
        return
    if deed.kind != "policy":
        told = [change for change in deed.changes if not _VERDICT.fullmatch(str(change.path[0]))]
        yield from (clause(change, model, shelf) for change in told or deed.changes)
    elif deed.what == "changed":
        yield _(_SENTENCES["changed"])
    if deed.what == "changed" and not deed.changes:
        yield _("only the way it is written")


def put_back(deed: Deed, shelf: Shelf) -> str:
    """What an undo does to one record, or to the settings or a pack, in one line."""
    return printable(_put_back(deed, shelf))


def _put_back(deed: Deed, shelf: Shelf) -> str:
    name = name_of(deed, shelf)
    if deed.what == "removed" and deed.record:
        return _("{name} is taken out; its number is not given again").format(name=name)
    if deed.what in {"removed", "brought_back"}:
        return _("{name}: {text}").format(name=name, text=_(_SENTENCES[deed.what]))
    return _("{name}: {text}").format(name=name, text=_("; ").join(clauses(deed, shelf)))


def _is_gone(deed: Deed) -> bool:
    """Whether the record was taken out: a tombstone came into its place, or nothing."""
    buried = any(change.path == ("removed",) and change.after is not None for change in deed.changes)
    return deed.what in {"removed", "undone"} and (deed.what == "removed" or buried)


def clause(change: Difference, model: type[BaseModel] | None, shelf: Shelf) -> str:
    """One change: what was added, taken out, or is another now."""
    path, before, after = change
    in_list = isinstance(path[-1], int) and not isinstance(before, dict) and not isinstance(after, dict)
    here = named(path[:-1] if in_list else path, model)
    was, is_now = value(here, before, shelf), value(here, after, shelf)
    if len(path) == 1 and here.field is None and str(path[0]).endswith(_BESIDE):
        sentence = (
            _("{name} added") if before is None else _("{name} removed") if after is None else _("{name} changed")
        )
    elif before is None:
        sentence = _("{name}: added {after}") if in_list else _("{name}: {after}")
    elif after is None:
        sentence = _("{name}: took out {before}")
    else:
        sentence = _("{name}: {before} → {after}")
    return printable(sentence.format(name=here.name, before=was, after=is_now))


def named(path: Path, model: type[BaseModel] | None) -> Named:
    """What a path is called; steps that no model knows keep their own names."""
    names: list[str] = []
    part, field = model, None
    for step in path:
        if isinstance(step, int):
            names.append(str(step + 1))
        elif part is None and field is not None and field.shape == "named":
            names.append(word(step))
        else:
            field = next((one for one in fields_of(part) if one.name == step), None) if part else None
            names.append(label(part.__name__, step) if part and field else step)
            part = field.part if field else None
    return Named(" ".join(names), part, field)


def value(here: Named, tree: Tree, shelf: Shelf) -> str:
    """A value as people say it; several words in quotes."""
    if isinstance(tree, dict):
        keys = [key for key in tree if here.part is not Decision or key != "verdict"]
        inner = (named((key,), here.part) for key in keys)
        said_of = (f"{one.name} {value(one, tree[key], shelf)}" for one, key in zip(inner, keys, strict=True))
        return _(", ").join(said_of)
    if isinstance(tree, list):
        return _(", ").join(value(here, one, shelf) for one in tree)
    if tree is None:
        return "–"
    if _TIME.fullmatch(tree):
        return spoken(tree)
    if here.field is None or here.part:
        return _quoted(tree)
    if any(isinstance(mark, YesOrNo) for mark in here.field.marks) and tree in {"yes", "no"}:
        return _("yes") if tree == "yes" else _("no")
    known = said(here.field, tree, shelf)
    return known if known != tree else _quoted(tree)


def _quoted(text: str) -> str:
    return _("“{text}”").format(text=text) if _SEVERAL_WORDS.search(text) else text
