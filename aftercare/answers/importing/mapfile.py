"""The operator's own mapping, a YAML file that says which column of a spreadsheet is which fact, and how it is written.

``docs/import.md`` has all its parts.  What is wrong with a mapping is collected, each fault with its line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from aftercare.answers.importing.cells import WORDS_OF_STATE
from aftercare.answers.importing.mappings import DATE_ORDERS, Lookup, Wanted
from aftercare.answers.importing.titles import KEYS, MANY, fields_of_kind
from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.text import fold
from aftercare.plain.tree import Path, Tree

PARTS = ("kind", "columns", "constants", "words", "lookups", "empty", "dates", "decimal", "currency", "about")
"""What a mapping may say, as the page on imports has it."""
DECIMALS = {"point": False, "comma": True, ".": False, ",": True}
_DIRECTIVES = frozenset("YmdHMSbBpIyfj")
LOOKUPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "customer": {},
    "sale": {"customer": ("key", "phone", "name"), "product": ("sku", "model", "name")},
}
"""What customers and orders look up, and by what; other kinds look up whatever they refer to."""
BY = {
    "customer": ("id", "key", "phone", "name"),
    "product": ("id", "sku", "model", "name"),
    "unit": ("id", "serial", "order"),
    "sale": ("id", "order", "key"),
}
"""By what a record is looked up to which another kind refers, in this order; others by :data:`BY_ANY`."""
BY_ANY = ("id", "key", "name")


def wanted_of(kind: str, data: bytes, file: str) -> Wanted:
    """The mapping that a YAML file holds; InvalidInput with all its faults, each with its line."""
    from aftercare.plain.reading import Unreadable, read

    try:
        tree = read(data, file)
    except Unreadable as error:
        raise InvalidInput(error.faults) from None
    return _MapReader(kind, data, file).wanted(tree)


class _MapReader:
    """Reads one mapping; what is wrong with it is collected."""

    def __init__(self, kind: str, data: bytes, file: str) -> None:
        self.kind, self.data, self.file = kind, data, file
        self.fields = fields_of_kind(kind)
        self.faults: list[Fault] = []

    def wanted(self, tree: dict[str, Tree]) -> Wanted:
        for key in tree:
            if key not in PARTS:
                sentence = _("a mapping has no “{key}”; it has {parts}")
                self.fault((key,), "unknown-key", sentence.format(key=key, parts=", ".join(PARTS)))
        if tree.get("kind") not in {None, self.kind}:
            sentence = _("this mapping is for {kind}, not for {other}")
            self.fault(("kind",), "choice", sentence.format(kind=tree["kind"], other=self.kind))
        columns, days = self.columns(tree)
        constants = {
            field: text
            for field, said in self.group(tree, "constants")
            for text in self.texts(("constants", field), said, most=1)
        }
        wanted = Wanted(
            columns,
            constants,
            self.dates(tree.get("dates")),
            self.file,
            {field: self.line(("columns", field)) for field in columns},
            days,
            self.words(tree),
            self.lookups(tree),
            self.comma(tree.get("decimal")),
            self.currency(tree.get("currency")),
            frozenset(fold(text).casefold() for text in self.texts(("empty",), tree.get("empty"))),
        )
        if self.faults:
            raise InvalidInput(self.faults)
        return wanted

    def group(self, tree: dict[str, Tree], name: str) -> Iterator[tuple[str, Tree]]:
        """The entries of one part that are about fields of the kind."""
        for field, value in self.entries(tree, (name,)):
            if field in self.fields:
                yield field, value
            else:
                self.unknown_field((name, field), field)

    def entries(self, tree: dict[str, Tree], path: Path) -> Iterator[tuple[str, Tree]]:
        said = tree.get(str(path[-1]))
        if said is None:
            return
        if not isinstance(said, dict):
            self.fault(path, "shape", _("a group of named values is wanted"))
            return
        yield from said.items()

    def unknown_field(self, path: Path, field: str) -> None:
        near = difflib.get_close_matches(field, self.fields, n=3, cutoff=0.5) or list(self.fields)
        sentence = _("there is no field “{field}”; there is {fields}")
        self.fault(path, "unknown-field", sentence.format(field=field, fields=", ".join(near)))

    def columns(self, tree: dict[str, Tree]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """The titles of each field; and of those that are days after another, which."""
        columns: dict[str, tuple[str, ...]] = {}
        days: dict[str, str] = {}
        for field, said in self.group(tree, "columns"):
            path: Path = ("columns", field)
            if isinstance(said, dict):
                columns[field] = tuple(self.texts((*path, "days"), said.get("days"), most=1))
                days[field] = self.after(path, said)
            else:
                columns[field] = tuple(self.texts(path, said))
        return columns, self.in_turn(days)

    def in_turn(self, days: dict[str, str]) -> dict[str, str]:
        """The same with each field behind the one after which it is counted."""
        turned: dict[str, str] = {}
        while rest := {field: after for field, after in days.items() if field not in turned}:
            ready = {field: after for field, after in rest.items() if after not in rest}
            if not ready:
                self.fault(("columns", next(iter(rest))), "contradiction", _("these days are counted in a circle"))
                break
            turned.update(ready)
        return turned

    def after(self, path: Path, said: dict[str, Tree]) -> str:
        """The field after whose day a column of days is counted."""
        for key in said.keys() - {"days", "after"}:
            self.fault((*path, key), "unknown-key", _("here can be only {keys}").format(keys="days, after"))
        if not said.get("days"):
            self.fault(path, "shape", _("one text is wanted"))
        found = said.get("after", "sold_on" if "sold_on" in self.fields else "")
        if found not in self.fields or not isinstance(found, str):
            self.unknown_field((*path, "after") if "after" in said else path, str(found))
            return ""
        return found

    def texts(self, path: Path, said: Tree, *, most: int = 99) -> list[str]:
        """One text, several of them up to so many, or none: the field is not to be read."""
        texts = said if isinstance(said, list) else [] if said is None else [said]
        found = [text for text in texts if isinstance(text, str)]
        if len(found) < len(texts) or len(found) > most:
            self.fault(path, "shape", _("one text is wanted") if most == 1 else _("one text is wanted, or several"))
        return found

    def words(self, tree: dict[str, Tree]) -> dict[str, dict[str, str]]:
        """Of each field the words of the file, folded, each with ours."""
        found: dict[str, dict[str, str]] = {}
        for field, said in self.group(tree, "words"):
            if not isinstance(said, dict):
                self.fault(("words", field), "shape", _("a group of named values is wanted"))
                continue
            if field in MANY | KEYS:
                self.fault(("words", field), "shape", _("{field} has no words of its own").format(field=field))
            for ours, theirs in said.items():
                if field == "state" and self.kind == "sale" and ours not in WORDS_OF_STATE:
                    sentence = _("{field}: “{text}” is none of {choices}")
                    choices = ", ".join(WORDS_OF_STATE)
                    shown = sentence.format(field=field, text=ours, choices=choices)
                    self.fault(("words", field, ours), "choice", shown)
                for text in self.texts(("words", field, ours), theirs):
                    if found.setdefault(field, {}).setdefault(fold(text).casefold(), ours) != ours:
                        sentence = _("“{text}” has two meanings")
                        self.fault(("words", field, ours), "contradiction", sentence.format(text=text))
        return found

    def lookups(self, tree: dict[str, Tree]) -> dict[str, Lookup]:
        return {name: found for name, said in self.entries(tree, ("lookups",)) if (found := self.lookup(name, said))}

    def lookup(self, name: str, said: Tree) -> Lookup | None:
        path: Path = ("lookups", name)
        known = LOOKUPS[self.kind] if self.kind in LOOKUPS else dict.fromkeys(self.fields, ())
        if name not in known:
            self.unknown_field(path, name)
            return None
        if not isinstance(said, dict) or said.keys() - {"by", "else"}:
            self.fault(path, "shape", _("here can be only {keys}").format(keys="by, else"))
            return None
        by = tuple(self.texts((*path, "by"), said.get("by")))
        self.choices(
            (*path, "by"), by, known[name] or sorted({*BY_ANY, *(way for ways in BY.values() for way in ways)})
        )
        other = said.get("else", "new" if self.kind in LOOKUPS else "refuse")
        allowed = ("new", "refuse") if self.kind in LOOKUPS else ("refuse",)
        self.choices((*path, "else"), [str(other)], allowed)
        return Lookup(by, other == "new")

    def choices(self, path: Path, said: Sequence[str], known: Sequence[str]) -> None:
        for text in said:
            if text not in known:
                sentence = _("“{text}” is none of {choices}")
                self.fault(path, "choice", sentence.format(text=text, choices=", ".join(known)))

    def dates(self, said: Tree) -> tuple[str, ...]:
        """The orders of day, month and year, and the forms to the letter."""
        orders = self.texts(("dates",), said) or list(DATE_ORDERS[:1])
        if not all(order in DATE_ORDERS or _is_form(order) for order in orders):
            sentence = _("the orders of a date are {orders}, and a form is like {form}")
            shown = sentence.format(orders=", ".join(DATE_ORDERS), form="%d-%b-%Y %H:%M")
            self.fault(("dates",), "choice", shown)
        return tuple(orders)

    def comma(self, said: Tree) -> bool:
        if said is not None and (not isinstance(said, str) or said not in DECIMALS):
            self.fault(
                ("decimal",), "choice", _("“{text}” is none of {choices}").format(text=said, choices="point, comma")
            )
        return isinstance(said, str) and DECIMALS.get(said, False)

    def currency(self, said: Tree) -> str:
        code = said.upper() if isinstance(said, str) else ""
        if said is not None and not money.is_currency(code):
            self.fault(("currency",), "choice", _("{code} is no currency in use").format(code=said))
        return code

    def fault(self, path: Path, code: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, self.line(path), code, sentence))

    def line(self, path: Path) -> int:
        from aftercare.plain.reading import line_of

        return line_of(self.data, path)


def _is_form(text: str) -> bool:
    """Whether a text is a form of dates that names year, month and day."""
    directives = [after[:1] for after in text.replace("%%", "").split("%")[1:]]
    has_day = {"d", "j"} & set(directives)
    has_month = {"m", "b", "B", "j"} & set(directives)
    return bool({"Y", "y"} & set(directives) and has_day and has_month) and set(directives) <= _DIRECTIVES
