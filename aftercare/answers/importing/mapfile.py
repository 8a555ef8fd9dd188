"""The operator's own mapping, a YAML file that says which column of a spreadsheet is which fact.

``columns`` names the title of a field's column (several for phones and notes, nothing where the field is not to be
read), ``constants`` what holds for every row, ``dates`` the orders in which day, month and year may stand.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from aftercare.answers.importing.mappings import DATE_ORDERS, FIELDS, MANY, Wanted
from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.tree import Path, Tree


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
        self.faults: list[Fault] = []

    def wanted(self, tree: dict[str, Tree]) -> Wanted:
        for key in tree:
            if key not in {"columns", "constants", "dates"}:
                self.fault((key,), "unknown-key", _("a mapping has only columns, constants and dates"))
        columns = {field: tuple(self.texts("columns", field, said)) for field, said in self.group(tree, "columns")}
        constants = {
            field: text
            for field, said in self.group(tree, "constants")
            for text in self.texts("constants", field, said)[:1]
        }
        for field in columns.keys() & constants.keys():
            self.fault(("constants", field), "duplicate-key", _("the field has a column and a constant"))
        dates = self.dates(tree.get("dates"))
        if self.faults:
            raise InvalidInput(self.faults)
        return Wanted(columns, constants, dates, self.file, {field: self.line(("columns", field)) for field in columns})

    def group(self, tree: dict[str, Tree], name: str) -> Iterator[tuple[str, Tree]]:
        said = tree.get(name)
        if said is None:
            return
        if not isinstance(said, dict):
            self.fault((name,), "shape", _("a group of named values is wanted"))
            return
        known = FIELDS[self.kind]
        for field, value in said.items():
            if field in known:
                yield field, value
            else:
                near = difflib.get_close_matches(field, known, n=3, cutoff=0.5) or list(known)
                sentence = _("there is no field “{field}”; there is {fields}")
                self.fault((name, field), "unknown-field", sentence.format(field=field, fields=", ".join(near)))

    def texts(self, name: str, field: str, said: Tree) -> list[str]:
        """The titles of a field: one, several where it may have them, or none: the field is not to be read."""
        texts = said if isinstance(said, list) else [] if said is None else [said]
        found = [text for text in texts if isinstance(text, str)]
        if len(found) < len(texts) or (len(found) > 1 and (field not in MANY or name == "constants")):
            self.fault((name, field), "shape", _("one text is wanted"))
        return found

    def dates(self, said: Tree) -> tuple[str, ...]:
        orders = said if isinstance(said, list) else [said] if said else list(DATE_ORDERS[:1])
        wrong = [order for order in orders if order not in DATE_ORDERS]
        if wrong:
            self.fault(
                ("dates",), "choice", _("the orders of a date are {orders}").format(orders=", ".join(DATE_ORDERS))
            )
        return tuple(order for order in orders if isinstance(order, str))

    def fault(self, path: Path, code: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, self.line(path), code, sentence))

    def line(self, path: Path) -> int:
        from aftercare.plain.reading import line_of

        return line_of(self.data, path)
