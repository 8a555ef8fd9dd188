"""What was asked for could not be understood, or is not to be had."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import INVALID, AftercareError
from aftercare.language import _


class NotADate(AftercareError):
    """A text that is no date we know."""

    def __init__(self, text: str, flag: str = "") -> None:
        sentence = _("{flag}: “{text}” is not a date we know") if flag else _("“{text}” is not a date we know")
        super().__init__(
            sentence.format(flag=flag, text=text),
            _("write 2026-03-04, 2026-03-04T18:00, today 18:00, +3d, fri, 明天, 下周三, 月底"),
        )


class NeitherDateNorCommit(AftercareError):
    """A text that is no date we know, and by which git knows no commit of the book."""

    def __init__(self, text: str, flag: str) -> None:
        super().__init__(
            _("{flag}: “{text}” is neither a date we know nor a commit of this book").format(flag=flag, text=text),
            _("write 2026-03-04, 2026-03-04T18:00, yesterday, -2w, or a commit that {command} shows").format(
                command="aftercare log"
            ),
        )


class NotAnAmount(AftercareError):
    """A text that is no amount of money."""

    def __init__(self, text: str, flag: str = "") -> None:
        sentence = _("{flag}: “{text}” is not an amount") if flag else _("“{text}” is not an amount")
        super().__init__(sentence.format(flag=flag, text=text))


class BadValue(AftercareError):
    """A value given on the command line that its field does not take."""

    def __init__(self, flag: str, text: str, reason: str) -> None:
        super().__init__(_("{flag}: “{text}”: {reason}").format(flag=flag, text=text, reason=reason))


class Unfitting(AftercareError):
    """A value given on the command line that its field does not take, in the field's own sentence, which quotes it."""

    def __init__(self, flag: str, sentence: str) -> None:
        super().__init__(_("{name}: {text}").format(name=flag, text=sentence))


class Missing(AftercareError):
    """A value that is needed was not given, and there is nobody to ask."""

    def __init__(self, flags: Sequence[str]) -> None:
        super().__init__(_("missing {flags}").format(flags=", ".join(flags)))


class MassChange(AftercareError):
    """Much of the book would change at once, and there is nobody to ask; *what* says what, and how much."""

    def __init__(self, what: str) -> None:
        super().__init__(_("this is much at once: {what}").format(what=what), _("if it is meant: --yes"))


class UnknownPath(AftercareError):
    """A path of ``set`` that leads nowhere in the record."""

    def __init__(self, record: str, path: str, near: Sequence[str] = ()) -> None:
        super().__init__(
            _("{record} has nothing at {path}").format(record=record, path=path),
            _("did you mean {near}?").format(near=", ".join(near)) if near else "",
        )


class UnknownPacks(AftercareError):
    """The settings name packs that nobody has."""

    exit_code = INVALID

    def __init__(self, names: Sequence[str], known: Sequence[str]) -> None:
        import difflib

        near = [one for name in names for one in difflib.get_close_matches(name, known, n=3)]
        super().__init__(
            _("aftercare.yaml: packs: there is no pack {names}").format(names=", ".join(names)),
            _("did you mean {near}?").format(near=", ".join(near))
            if near
            else _("there are: {known}").format(known=", ".join(known)),
        )
        self.names = list(names)


class NoDaysOff(AftercareError):
    """A country, or a year of it, whose days off the library of holidays does not have."""

    def __init__(self, country: str, year: int) -> None:
        super().__init__(
            _("no days off are known of {country} in {year}").format(country=country, year=year),
            _("name a country by its two letters: CN"),
        )


class MissingExtra(AftercareError):
    """A feature needs a package that is not installed."""

    def __init__(self, feature: str, extra: str, otherwise: str) -> None:
        super().__init__(
            _("{feature} needs an extra: pip install 'aftercare-book[{extra}]'").format(feature=feature, extra=extra),
            otherwise,
        )


class NotOurRows(AftercareError):
    """A file without our own columns holds records of a kind that no other program's columns are known for."""

    def __init__(self, file: str, kind: str) -> None:
        super().__init__(
            _("{file}: these are not the columns that aftercare export writes").format(file=file),
            f"aftercare export {kind} {kind}.csv",
        )
