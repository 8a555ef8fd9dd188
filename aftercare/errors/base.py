"""What every situation in which a command stops has in common, and the exit codes that ``docs/cron.md`` promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

DONE, FOUND, USAGE, INVALID, NOT_FOUND, REFUSED, NOT_COMMITTED, BUSY, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 75, 130


class Fault(NamedTuple):
    """One thing wrong in one file: a value that is collected, never raised.

    ``file`` is relative to the book, with forward slashes; ``line`` counts from 1; ``code`` is a permanent short word
    listed in ``docs/check.md``; ``message`` is a sentence in the operator's language.
    """

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message}"


class AftercareError(Exception):
    """The base of all: a sentence, perhaps a remedy, and an exit code."""

    exit_code = USAGE

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    @property
    def sentences(self) -> Sequence[str]:
        """What is wrong, in lines."""
        return (self.sentence,)

    @property
    def remedies(self) -> Sequence[str]:
        """What would help, in lines; nothing where nothing is known."""
        return (self.remedy,) if self.remedy else ()


class UsageProblem(AftercareError):
    """The command line is used wrongly in a way of its own; the caller gives the whole sentence."""


class Refused(AftercareError):
    """A rule of the book forbids it; the base of the particular refusals below."""

    exit_code = REFUSED


class InvalidBook(AftercareError):
    """Files of the book are not valid, so the command cannot go on; each fault is printed on a line of its own."""

    exit_code = INVALID

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)

    @property
    def sentences(self) -> Sequence[str]:
        """The faults."""
        return tuple(str(fault) for fault in self.faults)
