"""What a rule of the book forbids to be written into a record."""

from __future__ import annotations

from aftercare.errors.base import Refused
from aftercare.language import _

_SHOWN = 30


class NotBroughtBack(Refused):
    """Somebody who was forgotten would be written down again in the same file."""

    def __init__(self, customer: str, field: str) -> None:
        super().__init__(
            _("{customer} was forgotten; {field} would bring the person back").format(customer=customer, field=field),
            _("a customer who comes anew is a new one: aftercare customer add"),
        )


class FutureFact(Refused):
    """A fact cannot have happened after the clock's time."""

    def __init__(self, field: str, when: str, now: str) -> None:
        self.field, self.when, self.now = field, when, now
        super().__init__(
            _("{field}: {when} has not come yet (now is {now}); a fact cannot lie in the future").format(
                field=field, when=when, now=now
            )
        )


class NoIdsThen(Refused):
    """The clock stands in a year that no id can name."""

    def __init__(self, today: str, first: int, last: int) -> None:
        super().__init__(
            _("the clock says {today}; records are numbered from {first} to {last}").format(
                today=today, first=first, last=last
            ),
            _("set the clock of the machine, or name the day with --today"),
        )


class ChangedUnderneath(Refused):
    """Somebody else changed the file while it was being edited; the operator's text, if any, is kept in *saved*."""

    def __init__(self, file: str, saved: str = "") -> None:
        super().__init__(
            _("{file} changed while it was being edited; nothing was written").format(file=file),
            _("your text is kept in {saved}").format(saved=saved) if saved else "",
        )


class EditNotFaithful(Refused):
    """An edit that would not read back as meant."""

    def __init__(self, file: str, path: str) -> None:
        super().__init__(
            _("{file}: {path} cannot be changed in place without touching something else").format(file=file, path=path),
            _("change it with: aftercare edit"),
        )


class NotPlainText(Refused):
    """A text holds a character that no file of the book may hold; *character* is its name, ``U+001B``."""

    def __init__(self, character: str) -> None:
        super().__init__(
            _("a text holds {character}, a character that cannot be seen and may mislead").format(character=character),
            _("type the text again without it"),
        )


class NotAKey(Refused):
    """A word stands where the record keeps a value under it, and no file may hold it as a key."""

    def __init__(self, word: str) -> None:
        super().__init__(
            _("no value can be kept under “{word}”: a key is one line of text, of at most 100 characters").format(
                word=word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
            ),
            _("choose a short word for it, and say the rest in the value"),
        )


class Contradicts(Refused):
    """A new fact contradicts what the book holds."""


class DecisionNeedsReason(Refused):
    """Less is decided than is open to the customer, by this line and these articles, and nothing says why."""

    def __init__(self, remedy: str, line: str, articles: str) -> None:
        super().__init__(
            _("{remedy} is open by {line} ({articles}); to decide less needs a reason").format(
                remedy=remedy, line=line, articles=articles
            ),
            _("say why with --reason; it will count as a breach"),
        )
