"""``aftercare.yaml``: what a book says of its shop."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from pydantic import ValidationError

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Path, Tree, dotted
from aftercare.records.fields import Moment, Part, Text, YesNo, may
from aftercare.records.typed import Setting

FILE = "aftercare.yaml"


class Shop(Part):
    """The shop itself, for sheets and labels."""

    name: Text | None = may("its name")
    address: Text | None = may("its address")
    phone: Text | None = may("the phone for customers")
    services: list[Text] | None = may("services printed on the label")
    hours: Text | None = may("when it is open")


class Settings(Part):
    """The settings of a book; every one of them has an answer where it is absent."""

    shop: Shop | Text | None = may("the shop")
    language: Literal["zh", "en"] | None = may("the language of the shop")
    country: Text | None = may("two letters")
    region: Text | None = may("province or state")
    currency: Text | None = may("three letters")
    time_zone: Text | None = may("an IANA name")
    begins_on: Moment | None = may("plans promise nothing for events before this day")
    packs: list[Text] | None = may("exactly the packs in force; absent: all of the country and the region")
    git: YesNo | None = may("whether every command makes a commit")

    @property
    def shop_facts(self) -> Shop:
        """The shop, also where only its name is given."""
        return self.shop if isinstance(self.shop, Shop) else Shop.model_construct(name=self.shop)

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
            names = {str(problem["loc"][0]) for problem in error.errors(include_url=False)}
        for name in sorted(names & tree.keys()):
            path: Path = (name,)
            sentence = _("{where}: “{value}” does not fit").format(where=dotted(path), value=_shown(tree[name]))
            faults.append(Fault(FILE, line_of(data, path), "setting", sentence))
            del tree[name]


def _shown(value: Tree) -> str:
    return value if isinstance(value, str) else "…"
