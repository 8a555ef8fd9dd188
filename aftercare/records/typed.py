"""From the text of a file to a typed record, with every fault in words."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import ValidationError

from aftercare.language import N_, _
from aftercare.plain.tree import MOST_FAULTS, Path, Tree, dotted
from aftercare.records.base import Record
from aftercare.records.fields import BLANK
from aftercare.records.kinds import model_of
from aftercare.records.schema import field_at


class Misfit(NamedTuple):
    """One value that its model does not take: where it stands, a code as in ``docs/check.md``, and the sentence."""

    path: Path
    code: str
    sentence: str


class Mistyped(ValueError):
    """A tree that is not a record of its kind; all its misfits."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__("; ".join(m.sentence for m in misfits))
        self.misfits = misfits


class Setting(NamedTuple):
    """What the book says that the reading of a value depends on."""

    zone: str = ""
    currency: str = ""


def typed(kind: str, tree: dict[str, Tree], setting: Setting, *, is_typed: bool = True) -> Record:
    """The record of *kind* that *tree* holds; :class:`Mistyped` with all faults where it holds none.

    The sentences quote the values; of what was not typed just now (*is_typed*) only those that are nobody's own.
    """
    model = model_of(kind)
    try:
        return model.model_validate(_without_empty(tree), context={"zone": setting.zone, "currency": setting.currency})
    except ValidationError as error:
        problems = error.errors(include_url=False)[:MOST_FAULTS]
        raise Mistyped([_misfit(model, problem, is_typed) for problem in problems]) from None


def _without_empty(tree: dict[str, Tree]) -> dict[str, Tree]:
    """A key without a value is as good as absent."""
    if None not in tree.values():
        return tree
    return {key: value for key, value in tree.items() if value is not None}


def _misfit(model: type[Record], problem: Any, is_typed: bool) -> Misfit:
    path: Path = tuple(step for step in problem["loc"] if isinstance(step, int) or not _is_branch(step))
    field = field_at(model, path) if path else None
    where, kind = dotted(path), problem["type"]
    value = _shown(problem["input"]) if is_typed or field is None or field.personal is None else BLANK
    if kind == "missing":
        return Misfit(path, "missing", _("{where} is missing").format(where=where))
    if kind == "literal_error" and field is not None:
        return Misfit(
            path,
            "choice",
            _("{where}: “{value}” is none of {choices}").format(
                where=where, value=value, choices=", ".join(field.choices)
            ),
        )
    code, sentence = _SENTENCES.get(kind, ("value", _OTHER))
    return Misfit(path, code, _(sentence).format(where=where, value=value))


def _is_branch(step: Any) -> bool:
    """Pydantic names the alternative of a union that failed as a step of the path; no file has such a key."""
    return isinstance(step, str) and ("[" in step or step in {"PartOfLine", "Birthday"})


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else _("a list") if isinstance(value, list) else _("a group of values")


_OTHER = N_("{where}: “{value}” does not fit")
_SENTENCES = {
    "moment": ("date", N_("{where}: “{value}” is not a date like 2026-03-04 or 2026-03-04T18:00")),
    "lunar": ("date", N_("{where}: “{value}” is not a lunar day like 八月十五")),
    "yes_no": ("yes-no", N_("{where}: “{value}” is neither yes nor no")),
    "amount": ("amount", N_("{where}: “{value}” is not an amount like 3299.00")),
    "number": ("number", N_("{where}: “{value}” is not a number like 12 or 12.5")),
    "count": ("number", N_("{where}: “{value}” is not a whole number from 1 on")),
    "length": ("length", N_("{where}: “{value}” is not a length of time like 24h, 2d, 1w, 6m or 1y")),
    "grade": ("number", N_("{where}: “{value}” is not a grade from 1 to 5")),
    "string_type": ("shape", N_("{where}: a text is wanted, not {value}")),
    "list_type": ("shape", N_("{where}: a list is wanted, not “{value}”")),
    "dict_type": ("shape", N_("{where}: a group of named values is wanted, not “{value}”")),
    "model_type": ("shape", N_("{where}: a group of named values is wanted, not “{value}”")),
    "model_attributes_type": ("shape", N_("{where}: a group of named values is wanted, not “{value}”")),
}
