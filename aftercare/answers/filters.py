"""Which rows are wanted: a period of time, and conditions on fields as ``--where`` states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from aftercare.errors import NotADate, UsageProblem
from aftercare.language import _
from aftercare.plain import moments
from aftercare.plain.moments import Moment, day_of, is_late
from aftercare.plain.rows import entries, leads, pick
from aftercare.plain.text import figure, fold
from aftercare.plain.words import understand

if TYPE_CHECKING:
    from decimal import Decimal

R = TypeVar("R", bound=Mapping[str, Any])
_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.IGNORECASE)
_CONDITION = re.compile(r"(?P<field>[^=!~]+)(?P<sign>!=|=|~)(?P<value>.*)", re.DOTALL)
_FIGURE = re.compile(r"[0-9]+\.[0-9]+", re.ASCII)
_YES, _NO = frozenset({"yes", "true", "是"}), frozenset({"no", "false", "否"})


def period(text: str, now: datetime) -> tuple[date, date]:
    """The first and the last day of ``2026``, ``2026-Q1``, ``2026-03`` or ``D..D``, where either end may be open."""
    found = _PERIOD.fullmatch(fold(text))
    if found and found["year"] != "0000":
        from calendar import monthrange

        year = int(found["year"])
        quarter = 3 * int(found["quarter"]) if found["quarter"] else 0
        first = int(found["month"] or 0) or (quarter - 2 if quarter else 1)
        last = int(found["month"] or 0) or quarter or 12
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    start, sign, end = fold(text).partition("..")
    if not sign or not (start.strip() or end.strip()):
        raise UsageProblem(
            _("--period: “{text}” is no period").format(text=text),
            _("write 2026, 2026-Q1, 2026-03, 2026-03-01..2026-03-15, 2026-03-01.. or ..today"),
        )
    days = _end(start, now, date.min), _end(end, now, date.max)
    if days[0] > days[1]:
        raise UsageProblem(_("--period: “{text}” ends before it begins").format(text=text))
    return days


def _end(text: str, now: datetime, otherwise: date) -> date:
    return day_of(_understood(text.strip(), now, "--period")) if text.strip() else otherwise


def _understood(text: str, now: datetime, flag: str) -> Moment:
    try:
        return understand(text, now)
    except NotADate:
        raise NotADate(text, flag) from None


def where(rows: Sequence[R], text: str, now: datetime, of_now: Callable[[str], str] | None = None) -> list[R]:
    """The rows that meet one condition; an id that a record had formerly is as good as that *of_now*, where given.

    ``FIELD=V``, ``FIELD!=V``, ``FIELD~TEXT`` (holds the text), ``FIELD.none`` (has no value), ``FIELD.before=D`` and
    ``FIELD.from=D`` (on that day or later).  Of a list any entry may meet it.  Case and full-width letters make no
    difference.  UsageProblem for anything else and for a field that no row has.
    """
    condition = _CONDITION.fullmatch(text.strip())
    if condition is None:
        name, sign, __ = text.strip().rpartition(".none")
        if not sign or not name or not text.strip().endswith(".none"):
            raise _no_condition(text)
        _refuse_unknown(rows, name)
        return [row for row in rows if not any(True for __ in entries(pick(row, name)))]
    name, value = condition["field"].strip(), condition["value"].strip()
    if not value:
        raise _no_condition(text)
    compared = _compared(rows, name) if condition["sign"] == "=" else None
    if compared:
        return _by_date(rows, *compared, _understood(value, now, "--where"))
    _refuse_unknown(rows, name)
    if condition["sign"] == "~":
        return [row for row in rows if any(_holds(entry, value) for entry in entries(pick(row, name)))]
    wanted = [value, of_now(value)] if of_now else [value]
    return [row for row in rows if any_of(row, name, wanted) is (condition["sign"] == "=")]


def _no_condition(text: str) -> UsageProblem:
    return UsageProblem(
        _("--where: “{text}” is no condition").format(text=text),
        _("write FIELD=V, FIELD!=V, FIELD.before=D, FIELD.from=D, FIELD.none or FIELD~TEXT"),
    )


def any_of(row: Mapping[str, Any], field: str, wanted: Sequence[str]) -> bool:
    """Whether the field, or an entry of it, is one of the *wanted* texts."""
    return any(_equals(entry, text) for entry in entries(pick(row, field)) for text in wanted)


def _compared(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[str, str] | None:
    """The field and the word of a comparison of dates, unless rows have a field that ends with that word (a window)."""
    field, __, word = name.rpartition(".")
    if word not in {"before", "from"} or not field or any(leads(row, name) for row in rows):
        return None
    return field, word


def _by_date(rows: Sequence[R], field: str, word: str, day: Moment) -> list[R]:
    _refuse_unknown(rows, field)
    return [
        row
        for row in rows
        if any(is_late(day, _moment(field, entry)) is (word == "before") for entry in entries(pick(row, field)))
    ]


def _moment(field: str, value: Any) -> Moment:
    with suppress(ValueError):
        return moments.parse(str(value))
    raise UsageProblem(_("--where: {field} holds no dates (“{value}”)").format(field=field, value=value))


def _refuse_unknown(rows: Sequence[Mapping[str, Any]], name: str) -> None:
    found = {leads(row, name) for row in rows}
    if True in found or False not in found:
        return
    known = list(dict.fromkeys(key for row in rows for key in row))
    import difflib  # only who mistook a name pays for it

    near = difflib.get_close_matches(name, known, n=3)
    raise UsageProblem(
        _("--where: there is no field {name}").format(name=name),
        _("there are: {known}").format(known=", ".join(near or known)),
    )


def _equals(value: Any, wanted: str) -> bool:
    text = _folded(wanted)
    if isinstance(value, bool):
        return text in (_YES if value else _NO)
    held = _folded(value if isinstance(value, str) else str(value))
    return held == text or (_is_figure(value) and _number(held) == _number(text))


def _holds(value: Any, wanted: str) -> bool:
    return (
        isinstance(value, str | int | float) and not isinstance(value, bool) and _folded(wanted) in _folded(str(value))
    )


def _folded(text: str) -> str:
    return fold(text).casefold()


def _is_figure(value: Any) -> bool:
    """Whether 40 may be asked for as 40.00: a number or an amount, but not a phone or an invoice number."""
    return isinstance(value, int | float) or (isinstance(value, str) and _FIGURE.fullmatch(value) is not None)


def _number(text: str) -> Decimal | None:
    try:
        return figure(text)
    except ValueError:
        return None
