"""A question in SQL that cannot be answered."""

from __future__ import annotations

from aftercare.errors.base import AftercareError
from aftercare.language import _


class BadQuestion(AftercareError):
    """A question that is not SQL, or names what is not there; *reason* is the database's own word."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("sql: {reason}").format(reason=reason), _("the tables: aftercare sql --tables"))


class ForbiddenInQuestion(AftercareError):
    """A question that does more than ask."""

    def __init__(self, what: str) -> None:
        super().__init__(_("sql: it only answers questions; {what} is not allowed").format(what=what))


class QuestionTooLong(AftercareError):
    """A question whose answer takes longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            _("sql: no answer within {seconds:g} s").format(seconds=seconds),
            _("ask for less, or let it take longer: --timeout SECONDS"),
        )


class QuestionTooLarge(AftercareError):
    """A question whose answer takes more memory than it may."""

    def __init__(self, size: int) -> None:
        super().__init__(
            _("sql: it takes more than {size} MiB").format(size=size),
            _("ask for fewer rows or columns"),
        )
