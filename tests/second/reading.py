"""What the second reckoning knows: a case, and the law file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LAW = Path(__file__).parent / "law"
_KIN = {"desktop_computer": "desktop_pc", "laptop": "notebook_pc"}


class Unreckoned(Exception):
    """A window that this program does not reckon; its text is the name under which the reason is listed."""


class Words(yaml.SafeLoader):
    """YAML as it is in a case: every scalar is what stands there, so that ``on`` is a key and no truth."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML has it


@cache
def law(name: str) -> Any:
    """One of the two files of the law."""
    return yaml.safe_load((_LAW / f"{name}.yaml").read_text(encoding="utf-8"))


def regulation(key: str) -> dict[str, Any]:
    """A Chinese regulation, by its id."""
    return next((one for one in law("cn")["regulations"] if one["id"] == key), {})


def figure(key: str, window: str, what: str = "value") -> int:
    """A figure of a regulation, else of the one that it extends."""
    one = regulation(key)
    if window in one.get("windows", {}):
        return int(one["windows"][window][what])
    if "extends" not in one:
        raise Unreckoned(f"{key} {window}")
    return figure(one["extends"], window, what)


def product(category: str) -> dict[str, Any]:
    """The row of a product in the catalogues."""
    key = _KIN.get(category, category)
    return next((one for one in law("cn")["products"] if one["key"] == key), {})


def trade_rule(goods: str, region: str = "") -> dict[str, Any]:
    """A rule of a trade, the first for such goods or that of a region."""
    rules = (one for one in law("cn")["trade_rules"] if one["goods"] == goods and region in one["region"])
    return dict(next(rules))


def rule(key: str) -> dict[str, Any]:
    """A rule of another place, by its id (``uk.cra.delivery``)."""
    places = law("intl")["jurisdictions"].values()
    return next((one for place in places for one in place["rules"] if one["id"] == key), {})


def worded(text: Any, pattern: str) -> int:
    """A figure that stands in a sentence of the law file and not in a field of its own."""
    found = re.search(pattern, str(text))
    if found is None:
        raise LookupError(pattern)
    return int(found.group(1))


@dataclass(frozen=True)
class Stay:
    """A repair: the goods went in and came out; while they are in, ``out`` is the day of the question."""

    into: datetime
    out: datetime
    open: bool
    result: str

    @property
    def days(self) -> int:
        """Out minus in."""
        return (self.out.date() - self.into.date()).days

    @property
    def started_days(self) -> int:
        """Days of 24 hours, a part of one being one."""
        return -((self.into - self.out) // timedelta(days=1))


@dataclass(frozen=True)
class Case:
    """A worked case: every scalar is text."""

    raw: dict[str, Any]

    @property
    def law(self) -> str:
        """The law that the case is tried on."""
        return str(self.raw["law"])

    @property
    def today(self) -> datetime:
        """The moment of the question."""
        return datetime.fromisoformat(self.raw["today"])

    def text(self, fact: str) -> str:
        """A fact as it stands, by a dot where it is one of a group; empty where there is none."""
        value: Any = self.raw["facts"]
        for name in fact.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return "" if value in (None, "none", "~") else str(value)

    def says(self, fact: str) -> bool | None:
        """Yes, no, or nothing."""
        return {"yes": True, "true": True, "no": False, "false": False}.get(self.text(fact).lower())

    def number(self, fact: str) -> Decimal | None:
        """A number."""
        return Decimal(self.text(fact)) if self.text(fact) else None

    def day(self, *facts: str) -> date | None:
        """The first known of some days."""
        for fact in facts:
            if self.text(fact) and self.says(fact) is None:
                return datetime.fromisoformat(self.text(fact)).date()
        return None

    def listed(self, fact: str) -> list[Any]:
        """A list, empty where there is none."""
        value = self.raw["facts"].get(fact)
        return value if isinstance(value, list) else []

    @property
    def stays(self) -> list[Stay]:
        """The repairs, the first first."""
        found = []
        for one in self.listed("repairs"):
            out = one.get("out")
            ended = datetime.fromisoformat(out) if out and out != "~" else self.today
            began = datetime.fromisoformat(one["in"])
            found.append(Stay(began, max(began, ended), ended is self.today, one.get("result", "")))
        return sorted(found, key=lambda stay: stay.into)

    @property
    def last_stay(self) -> Stay | None:
        """The repair that began last."""
        return self.stays[-1] if self.stays else None

    @property
    def replaced_on(self) -> date | None:
        """The day of the last replacement."""
        days = [date.fromisoformat(one["on"][:10]) for one in self.listed("replacements") if one.get("on")]
        return max(days, default=None)


def cases(file: Path) -> list[Case]:
    """The cases of a file."""
    tree = yaml.load(file.read_text(encoding="utf-8"), Words)  # noqa: S506 - makes only text
    return [Case(one) for one in tree["cases"]]
