"""A fault of the program itself, in words: its kind and its place, and nothing of what records say."""

from __future__ import annotations

import os

from aftercare.language import _

_OURS = __name__.partition(".")[0]


def is_shown_whole() -> bool:
    """Whether the operator asked for tracebacks."""
    return os.environ.get("AFTERCARE_DEBUG") == "1"


def sentence_of(error: BaseException) -> str:
    """What happened, and where in our own code."""
    return _("an unexpected fault: {fault}").format(fault=f"{type(error).__name__}, {_place_of(error)}")


def remedy() -> str:
    """How to see all of it."""
    return _("for all of it, which may show what records say: AFTERCARE_DEBUG=1")


def _place_of(error: BaseException) -> str:
    """Where in our own code it happened.  Its own words may hold what a record says, and many read what cron mails."""
    place, trace = f"{_OURS}.cli", error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == _OURS:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
