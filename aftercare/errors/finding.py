"""What was named is not there, or may be one of several."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import NOT_FOUND, AftercareError
from aftercare.language import _


class NoSuchRecord(AftercareError):
    """Nothing answers to what was typed."""

    exit_code = NOT_FOUND

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(_("no {kind} found for “{text}”").format(kind=kind, text=text))


class NoSuchMaker(AftercareError):
    """No product names a maker like this; *known* are those that products name."""

    exit_code = NOT_FOUND

    def __init__(self, text: str, known: Sequence[str]) -> None:
        super().__init__(
            _("no {kind} found for “{text}”").format(kind=_("maker"), text=text),
            _("there are: {known}").format(known=_(", ").join(known))
            if known
            else _("no product names one: {command}").format(command="aftercare product set REF maker=NAME"),
        )


class NoSuchBreach(AftercareError):
    """No breach of service has this id; *near* are those of the same customer that may be meant."""

    exit_code = NOT_FOUND

    def __init__(self, text: str, near: Sequence[str]) -> None:
        super().__init__(
            _("no breach found for “{text}”").format(text=text),
            _("did you mean {near}?").format(near=", ".join(near)) if near else _("aftercare check lists them"),
        )


class SeveralRecords(AftercareError):
    """More than one record answers to what was typed; each candidate is ``id words``, *kind* "" where it may be any."""

    exit_code = NOT_FOUND

    def __init__(self, kind: str, text: str, candidates: Sequence[str]) -> None:
        sentence = _("“{text}” may be {count} records ({kind})") if kind else _("“{text}” may be {count} records")
        super().__init__(sentence.format(text=text, kind=kind, count=len(candidates)), "\n".join(candidates))
        self.candidates = tuple(candidates)

    @property
    def remedies(self) -> Sequence[str]:
        """The candidates."""
        return self.candidates


class WasRemoved(AftercareError):
    """A record that was taken out of the book."""

    exit_code = NOT_FOUND

    def __init__(self, record: str) -> None:
        super().__init__(_("{record} was taken out of the book").format(record=record))
