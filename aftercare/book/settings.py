"""``aftercare.yaml``: what a book says of its shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, ValidationError

from aftercare.book.tongue import SETTINGS
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain import money, opening
from aftercare.plain.moments import day_of
from aftercare.plain.opening import Opening
from aftercare.plain.tree import Path, Tree, dotted
from aftercare.records.fields import Moment, Part, Text, YesNo, may
from aftercare.records.typed import Setting

FILE = SETTINGS


def _hours(text: str) -> str:
    opening.hours(text)
    return text


def _open_hours(text: str) -> str:
    if not opening.hours(text):
        raise ValueError(text)
    return text


def _closed(text: str) -> str:
    opening.closed(text)
    return text


def _zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, OSError) as error:
        raise ValueError(text) from error
    return text


def _currency(text: str) -> str:
    if not money.is_currency(text):
        raise ValueError(text)
    return text


Hours = Annotated[Text, AfterValidator(_hours)]
DailyHours = Annotated[Text, AfterValidator(_open_hours)]
ClosedDays = Annotated[Text, AfterValidator(_closed)]


class Shop(Part):
    """The shop itself, for sheets and labels."""

    name: Text | None = may("its name")
    address: Text | None = may("its address")
    phone: Text | None = may("the phone for customers")
    services: list[Text] | None = may("services printed on the label")
    hours: Text | None = may("when it is open")


def _open_at_all(week: Week) -> Week:
    if not any(opening.hours(said) for said in week.hours):
        raise ValueError
    return week


class Week(Part):
    """The hours of each day of the week; a day of which nothing is said is closed."""

    mon: Hours | None = may("hours on Mondays")
    tue: Hours | None = may("hours on Tuesdays")
    wed: Hours | None = may("hours on Wednesdays")
    thu: Hours | None = may("hours on Thursdays")
    fri: Hours | None = may("hours on Fridays")
    sat: Hours | None = may("hours on Saturdays")
    sun: Hours | None = may("hours on Sundays")

    @property
    def hours(self) -> tuple[str, ...]:
        """What is said of each day, Monday first."""
        said = (getattr(self, day) for day in opening.WEEKDAYS)
        return tuple(text or "closed" for text in said)


class Settings(Part):
    """The settings of a book; every one of them has an answer where it is absent."""

    shop: Shop | Text | None = may("the shop")
    language: Literal["zh", "en"] | None = may("the language of the shop")
    country: Text | None = may("two letters")
    region: Text | None = may("province or state")
    currency: Annotated[Text, AfterValidator(_currency)] | None = may("three letters")
    time_zone: Annotated[Text, AfterValidator(_zone)] | None = may("an IANA name")
    begins_on: Moment | None = may("plans promise nothing for events before this day")
    opening: Annotated[Week, AfterValidator(_open_at_all)] | DailyHours | None = may("when the shop is open")
    closed: list[ClosedDays] | None = may("days on which it is closed all the same")
    packs: list[Text] | None = may("exactly the packs in force; absent: all of the country and the region")
    git: YesNo | None = may("whether every command makes a commit")

    @property
    def shop_facts(self) -> Shop:
        """The shop, also where only its name is given."""
        return self.shop if isinstance(self.shop, Shop) else Shop.model_construct(name=self.shop)

    @property
    def times(self) -> Opening:
        """When the shop is open; always, where nothing is said of it."""
        said = self.opening or opening.ALL_DAY
        week = (said,) * len(opening.WEEKDAYS) if isinstance(said, str) else said.hours
        return opening.opening(week, self.closed or ())

    @property
    def opening_day(self) -> date | None:
        """The day the book begins, if it has one."""
        return day_of(self.begins_on) if self.begins_on else None

    @property
    def setting(self) -> Setting:
        """What the reading of records depends on."""
        return Setting(self.time_zone or "", self.currency or "")


class Read(NamedTuple):
    """The settings as far as they are valid, with the faults of the others."""

    settings: Settings
    faults: tuple[Fault, ...]


def settings_of(data: bytes) -> Read:
    """The settings that the bytes of ``aftercare.yaml`` hold; a faulty one counts as absent."""
    from aftercare.plain.reading import Unreadable, line_of, read

    try:
        tree = read(data, FILE)
    except Unreadable as error:
        return Read(Settings.model_construct(), tuple(error.faults))
    faults: list[Fault] = []
    while True:
        try:
            return Read(Settings.model_validate(tree), tuple(faults))
        except ValidationError as error:
            problems = [problem["loc"] for problem in error.errors(include_url=False)]
        names = {str(steps[0]) for steps in problems}
        for name in sorted(names & tree.keys()):
            path, value = next(_wrong(tree, problem) for problem in problems if problem[0] == name)
            sentence = _("{where}: “{value}” does not fit").format(where=dotted(path), value=_shown(value))
            faults.append(Fault(FILE, line_of(data, path), "setting", sentence))
            del tree[name]


def _wrong(tree: Tree, steps: Sequence[str | int]) -> tuple[Path, Tree]:
    """The innermost value that a problem is about; what else is among its *steps* are names of types."""
    path: Path = ()
    for step in steps:
        inside = (isinstance(tree, dict) and step in tree) or (isinstance(tree, list) and isinstance(step, int))
        if inside:
            path, tree = (*path, step), tree[step]  # type: ignore[index]
    return path, tree


def _shown(value: Tree) -> str:
    return value if isinstance(value, str) else "…"
