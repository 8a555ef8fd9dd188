"""Rows of any other kind: the values of a record by their paths, references looked up, known again by a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare.answers.importing.cells import Unfit
from aftercare.answers.importing.incoming import Gap, Line, Plan, Source
from aftercare.answers.importing.looking import Finder
from aftercare.answers.importing.product_rows import category_of
from aftercare.answers.importing.titles import needed_for
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree, get
from aftercare.policies.categories import Categories
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, field_at

NATURAL: Mapping[str, Sequence[str]] = {
    "product": ("sku", "model", "name"),
    "part": ("number", "name"),
    "staff": ("name",),
}
"""Of some kinds the fields of which the first that is said tells its record from all others."""
_TOGETHER: Mapping[str, Sequence[str]] = {"claim": ("unit", "reported_on", "fault.symptom")}
"""Of others the fields that do so together; of the rest, all that is said."""


class Records:
    """Takes the rows of a sheet of one kind."""

    def __init__(self, kind: str, shelf: Shelf, made: Plan, source: Source, categories: Categories) -> None:
        self.kind, self.made, self.source, self.shelf = kind, made, source, shelf
        self.model, self.categories = model_of(kind), categories
        self.finder = Finder(shelf, source.lookups)
        self.known: dict[str, str] = {}
        self.trees: dict[str, dict[str, Tree]] = {}
        for record in shelf.of(self.model):
            tree = as_tree(record)
            self.trees[record.id] = tree
            for key in self._keys(tree, record.source_key or ""):
                self.known.setdefault(key, record.id)

    def take(self, lines: Sequence[Line]) -> None:
        """Plan what is new, and account for every row."""
        for line in lines:
            if line.line in self.made.rows:
                continue
            try:
                tree = self._tree(line)
            except Unfit as error:
                self.made.refuse(self.source.file, line.line, error.code, error.sentence)
                continue
            absent = [group[0] for group in needed_for(self.kind) if not any(get(tree, (name,)) for name in group)]
            for name in absent:
                sentence = _("{field} is missing").format(field=name)
                self.made.refuse(self.source.file, line.line, "missing", sentence)
            if not absent:
                self._settle(line, tree)

    def _settle(self, line: Line, tree: dict[str, Tree]) -> None:
        keys = list(self._keys(tree, line.text("source_key")))
        found = (self.known[key] for key in keys if key in self.known)
        ref = next((one for one in found if not self._contradict(self.trees[one], tree)), None)
        if ref is None:
            key = line.text("source_key") or keys[0].partition(" ")[2]
            ref = self.made.make(self.kind, {**tree, "source_key": key}, line.line)
            self.trees[ref] = tree
            self.made.rows[line.line] = "created"
        else:
            gaps = [self._but_for_the_forgotten(ref, gap) for gap in self._gaps(line, self.trees[ref], tree)]
            for gap in self.made.settle(line.line, ref, gaps, update=self.source.update):
                _put(self.trees[ref], gap.path, gap.value)
        for key in keys:
            self.known.setdefault(key, ref)

    def _but_for_the_forgotten(self, ref: str, gap: Gap) -> Gap:
        """A gap that is told and not filled, where that would say again who was forgotten."""
        from aftercare.answers.affairs import customer_of  # most rows have no gap

        record, field = self.shelf.records.get(ref), field_at(self.model, gap.path)
        customer = (
            self.shelf.get(customer_of(self.shelf, record) or "") if record and field and field.personal else None
        )
        return gap._replace(path=()) if isinstance(customer, Customer) and customer.forgotten else gap

    def _tree(self, line: Line) -> dict[str, Tree]:
        """The record that a row makes, its references looked up."""
        tree: dict[str, Tree] = {}
        for name, said in line.facts.items():
            path = tuple(name.split("."))
            field = field_at(self.model, path)
            if field is not None and said not in (None, "", []):
                _put(tree, path, self.finder.value(name, field, said))
        return {**tree, **self._of_product(line)} if self.kind == "product" else tree

    def _of_product(self, line: Line) -> dict[str, Tree]:
        """Its name where it has none, its category as far as it can be told."""
        name = line.text("name") or line.text("model") or line.text("sku")
        found = category_of(self.categories, line.text("category"), name)
        return {"name": name, **{key: said for key, said in found.items() if said}}

    def _keys(self, tree: dict[str, Tree], own: str) -> Iterator[str]:
        """The keys by which a record may be known, the surest first."""
        if own:
            yield f"key {own}"
        if self.kind in NATURAL:
            for name in NATURAL[self.kind]:
                said = get(tree, (name,))
                if isinstance(said, str) and said:
                    yield f"{name} {fold(said).casefold()}"
            return
        names = _TOGETHER.get(self.kind)
        said_all = {name: get(tree, tuple(name.split("."))) for name in names} if names else tree
        words = [f"{name}={said}" for name, said in sorted(said_all.items()) if said and name not in _ASIDE]
        yield "all " + fold(" ".join(words))

    def _contradict(self, known: dict[str, Tree], tree: dict[str, Tree]) -> bool:
        """Whether both have a number of their own, and another one."""
        for name in NATURAL.get(self.kind, ())[:-1]:
            one, other = known.get(name), tree.get(name)
            if one and other and fold(str(one)).casefold() != fold(str(other)).casefold():
                return True
        return False

    def _gaps(self, line: Line, known: dict[str, Tree], tree: dict[str, Tree]) -> Iterator[Gap]:
        """What a row says that the record does not, field by field."""
        for name in line.facts:
            path = tuple(name.split("."))
            said, had = get(tree, path), get(known, path)
            field = field_at(self.model, path)
            if said in (None, "", []) or field is None or name in _ASIDE:
                continue
            if field.shape == "many":
                more = [one for one in _listed(said) if not _is_among(field, one, _listed(had))]
                if more:
                    yield Gap(name, path, [*_listed(had), *more], fills=True)
            elif had in (None, ""):
                yield Gap(name, path, said, fills=True)
            elif not _is_among(field, said, [had]):
                yield Gap(name, path, said)


_ASIDE = frozenset({"source_key", "id"})


def as_tree(record: Record) -> dict[str, Tree]:
    """A record as the tree of its file, every value as text."""
    found = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {key: _as_text(said) for key, said in found.items()}


def _as_text(said: Any) -> Tree:
    if isinstance(said, dict):
        return {key: _as_text(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_as_text(value) for value in said]
    if isinstance(said, bool):
        return "yes" if said else "no"
    return None if said is None else str(said)


def _is_among(field: FieldOf, said: Tree, had: Sequence[Tree]) -> bool:
    """Whether a value is one of those that are there, however each is written."""
    return any(said == one or _plain(field, said) == _plain(field, one) for one in had)


def _plain(field: FieldOf, said: Tree) -> object:
    """A value as it is compared: a number by what it is worth, a day without its hour, other text folded."""
    text = fold(str(said)).casefold()
    if field.types and field.types[0] is not str:
        try:
            return float(text.rpartition(" ")[2]), text.rpartition(" ")[0]
        except ValueError:
            pass
    return text.replace("t00:00", "")


def _listed(said: Tree) -> list[Tree]:
    return list(said) if isinstance(said, list) else [] if said in (None, "") else [said]


def _put(tree: dict[str, Tree], path: Sequence[str | int], value: Tree) -> None:
    holder: Any = tree
    for step in path[:-1]:
        holder = holder.setdefault(step, {})
    holder[path[-1]] = value
