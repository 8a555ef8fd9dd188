"""A paper is wanted of which there is nothing to print."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import Refused
from aftercare.language import _


class CalledOff(Refused):
    """What was called off has no papers."""

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was called off; there is nothing to print").format(record=record))


class NothingToDeliver(Refused):
    """All of a sale was handed over; *done* are the deliveries that were signed for."""

    def __init__(self, record: str, done: Sequence[str]) -> None:
        super().__init__(
            _("nothing of {record} is left to be delivered").format(record=record),
            _("for a sheet of what was delivered, name the delivery: {done}").format(done=", ".join(done))
            if done
            else "",
        )


class NothingToInstall(Refused):
    """All of a sale was put up; *done* are the installations that were signed for."""

    def __init__(self, record: str, done: Sequence[str]) -> None:
        super().__init__(
            _("nothing of {record} is left to be installed").format(record=record),
            _("for a sheet of what was installed, name the installation: {done}").format(done=", ".join(done))
            if done
            else "",
        )


class NotTakenIn(Refused):
    """A slip is wanted of a repair, and nothing has come in under the claim yet."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            _("nothing has come in for repair under {claim} yet").format(claim=claim),
            f"aftercare claim repair {claim} in",
        )


class NothingLent(Refused):
    """A receipt is wanted, and nothing was lent under the claim."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            _("nothing was lent under {claim}").format(claim=claim),
            f"aftercare claim lend {claim} THING",
        )


class NoGuarantee(Refused):
    """A guarantee card is wanted for what the customer has no longer."""

    def __init__(self, unit: str, why: str) -> None:
        super().__init__(_("{unit} has no guarantee any more: {why}").format(unit=unit, why=why))


class NothingToRegret(Refused):
    """A letter of apology is wanted for a promise that was neither late nor broken."""

    def __init__(self, promise: str) -> None:
        super().__init__(_("{promise} was neither late nor broken").format(promise=promise))
