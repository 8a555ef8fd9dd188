"""Lengths of time as flags take them: ``7d``, ``2w``, ``1h``, ``30min``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from aftercare.language import _
from aftercare.plain.text import fold

_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = r"([0-9]{1,4})(min|h|d|w)"


if TYPE_CHECKING:
    Spans = click.ParamType[timedelta]
else:
    Spans = click.ParamType  # only newer releases of Click say what a type converts to


class Span(Spans):
    """A length of time."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length that a text names."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(_SPAN, fold(str(value)))
        if not found:
            self.fail(_("“{text}” is not a length of time like 7d, 2w or 1h").format(text=value), param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


SPAN = Span()


_MONTHS = r"([1-9][0-9]{0,3})(m|y)"

if TYPE_CHECKING:
    Numbers = click.ParamType[int]
else:
    Numbers = click.ParamType


class Months(Numbers):
    """A number of calendar months: ``12m``, ``1y``."""

    name = "months"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """How many months a text names."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(_MONTHS, fold(str(value)))
        if not found:
            self.fail(_("“{text}” is not a number of months or years like 12m or 1y").format(text=value), param, ctx)
        return int(found[1]) * (12 if found[2] == "y" else 1)


MONTHS = Months()
