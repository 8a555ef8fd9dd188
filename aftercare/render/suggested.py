"""A suggested mapping as the YAML file that it is to become, with what it rests on as remarks, and as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from aftercare.answers.importing.dates import BY_DAY, BY_MONTH
from aftercare.answers.importing.likely import Column
from aftercare.answers.importing.suggesting import Suggestion
from aftercare.language import _
from aftercare.plain.text import printable

_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff_./() -]*(?<! )")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])


def as_yaml(made: Suggestion, file: str) -> Iterator[str]:
    """The lines of the file."""
    where = _("A first mapping for {file}: {count} rows below the titles in line {line}.")
    if not made.line:  # objects bring their titles along
        where = _("A first mapping for {file}: {count} rows.")
    yield "# " + where.format(file=printable(file), count=made.count, line=made.line)
    yield f"# aftercare import {made.kind} {printable(file)} --map MAPPING.yaml --dry-run"
    if made.lacking:
        yield "# " + _("STILL MISSING: {fields}; choose among the columns that are not taken, below").format(
            fields=", ".join(made.lacking)
        )
    yield f"kind: {made.kind}"
    if made.taken:
        yield "columns:"
    for one in made.taken:
        said = [_scalar(column.title) for column in one.columns]
        value = said[0] if len(said) == 1 else f"[{', '.join(said)}]"
        yield _with_remark(f"  {one.field}: {value}", f"{one.because}: {_samples(one.columns)}")
    yield from _days(made)
    for maybe in made.maybe:
        yield _with_remark(
            f"  # {maybe.field}: {_scalar(maybe.column.title)}", f"{maybe.because}: {_samples([maybe.column])}"
        )
    yield from _constants(made)
    yield from _words_of_state(made)
    yield from _dates(made)
    if made.empty:
        empty = ", ".join(map(_scalar, made.empty))
        yield _with_remark(f"empty: [{empty}]", _("what stands for nothing where days are wanted"))
    if made.comma:
        yield "decimal: comma"
    if made.currency:
        yield f"currency: {_scalar(made.currency)}"
    yield from _idle(made)


def _days(made: Suggestion) -> Iterator[str]:
    for one in made.days:
        sentence = _("{least} to {most}: if these are days after the sale, take the # away")
        line = f"  # {one.field}: {{days: {_scalar(one.column.title)}}}"
        yield _with_remark(line, sentence.format(least=one.least, most=one.most))


def _constants(made: Suggestion) -> Iterator[str]:
    if made.constants:
        yield "constants:"
    for name, (value, because) in made.constants.items():
        yield _with_remark(f"  {name}: {value}", because)


def _words_of_state(made: Suggestion) -> Iterator[str]:
    if made.unclear:
        yield "# " + _("What do these words of the state mean?  Until it is said, their rows are refused.")
        words = ", ".join(map(_scalar, made.unclear))
        yield f"# words: {{state: {{done: [{words}], cancelled: [], open: []}}}}"


def _dates(made: Suggestion) -> Iterator[str]:
    for name in made.turned:
        yield "# " + _(
            "BEWARE of {field}: days up to the 12th stand year first, all others do not.  A spreadsheet program may "
            "have turned day and month; export anew, and import the file without saving it there."
        ).format(field=name)
    if len(made.orders) == 1:
        yield _with_remark(f"dates: [{made.orders[0]}]", _("all dates of the file can only stand in this order"))
    elif made.orders:
        yield "# " + _("Which is the month?  No date of the file says; take the # away from one of these:")
        yield from (f"# dates: [{order}]" for order in (BY_MONTH, BY_DAY))
    elif len(made.forms) == 1:
        form = f'dates: ["{made.forms[0]}"]'
        yield _with_remark(form, _("the year has two digits, and all dates of the file can only stand in this order"))
    elif made.forms:
        yield "# " + _(
            "The year has two digits.  Which they are no date of the file says; take the # away from one of these:"
        )
        yield from (f'# dates: ["{form}"]' for form in made.forms)


def _idle(made: Suggestion) -> Iterator[str]:
    if made.idle:
        yield "# " + _("Not taken:")
    for one in made.idle:
        maybe = _("perhaps {fields}").format(fields=", ".join(one.candidates))
        title = f"{one.column.title} ({maybe})" if one.candidates else one.column.title
        yield f"#   {printable(title)}: {printable(one.column.samples())}"


def _with_remark(line: str, remark: str) -> str:
    return f"{line}  # {remark}"


def _samples(columns: Sequence[Column]) -> str:
    return printable(" || ".join(column.samples() for column in columns))


def _scalar(text: str) -> str:
    """A text as YAML says it on one line: plain where nothing in it could mean anything else."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def as_data(made: Suggestion, file: str) -> dict[str, Any]:
    """The same for machines; the values are those of the file."""
    return {
        "file": file,
        "kind": made.kind,
        "line": made.line,
        "rows": made.count,
        "columns": [
            {"field": one.field, "titles": [column.title for column in one.columns], "samples": _all(one.columns)}
            for one in made.taken
        ],
        "days": [
            {"field": one.field, "title": one.column.title, "least": one.least, "most": one.most} for one in made.days
        ],
        "turned": list(made.turned),
        "perhaps": [{"field": one.field, "title": one.column.title} for one in made.maybe],
        "empty": list(made.empty),
        "constants": {name: value for name, (value, __) in made.constants.items()},
        "dates": list(made.orders or made.forms),
        "decimal": "comma" if made.comma else "point",
        "currency": made.currency or None,
        "unclear_states": list(made.unclear),
        "missing": list(made.lacking),
        "unused": [
            {"title": one.column.title, "candidates": list(one.candidates), "samples": _all([one.column])}
            for one in made.idle
        ],
    }


def _all(columns: Sequence[Column]) -> list[str]:
    return [sample for column in columns for sample in column.samples().split(" | ") if sample]
