"""A record or a person cannot go, or take another number."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import Refused
from aftercare.language import _


class StillReferredTo(Refused):
    """A record cannot go while others refer to it."""

    def __init__(self, record: str, referrers: Sequence[str]) -> None:
        super().__init__(
            _("{record} is still referred to by {referrers}").format(record=record, referrers=", ".join(referrers[:8]))
        )


class MayBeNamed(Refused):
    """A record cannot change its number while files that cannot be read may name it."""

    def __init__(self, record: str, files: Sequence[str]) -> None:
        sentence = _("{record} may be named in {files}, which cannot be read; mend that first")
        super().__init__(sentence.format(record=record, files=", ".join(files[:8])))


class NumberTaken(Refused):
    """A number that was given already, be it to a record that is gone."""

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was given already; no number is given twice").format(record=record))


class NumberNotFitting(Refused):
    """A number that a record cannot have: of another kind, or of another year than its date."""

    def __init__(self, to: str, record: str) -> None:
        super().__init__(
            _("{record} cannot be {to}: the kind or the year is another").format(record=record, to=to),
        )


class MixedUp(Refused):
    """Of a merge, more has yet to come that names a record by the number it is about to lose; *files* are these."""

    def __init__(self, record: str, files: Sequence[str]) -> None:
        super().__init__(
            _("commits that are still to come name {record} by this number: {files}").format(
                record=record, files=", ".join(files[:8])
            ),
            _("merge the two histories instead: {command}").format(command="git rebase --abort; git merge …"),
        )


class StillOwed(Refused):
    """A person cannot be forgotten while goods or money are still owed to them; *owed* are the promises and claims."""

    def __init__(self, customer: str, owed: Sequence[str]) -> None:
        super().__init__(
            _("{customer} is still owed {owed}").format(customer=customer, owed=", ".join(owed[:8])),
            _("to forget them all the same: --owing"),
        )


class MayTellOf(Refused):
    """Files that cannot be read name somebody who is to be forgotten: they may tell of them, or owe them something."""

    def __init__(self, customer: str, files: Sequence[str]) -> None:
        super().__init__(
            _("{files} cannot be read and may tell of {customer}; nothing was changed").format(
                files=", ".join(files[:8]), customer=customer
            ),
            _("mend it first, then forget"),
        )
