"""The field types that records share, and the words in which a model declares its fields.

``need``, ``may`` and ``many`` declare a field with the sentence that explains it; from that sentence, the type and the
optional flag the command line's flags, their help and ``docs/records.md`` are made, once for all kinds.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from aftercare.plain import moments, money
from aftercare.records import unplugged, values  # noqa: F401 - the first is loaded for what it does


@dataclass(frozen=True)
class About:
    """What the command line needs to know of a field beyond its type.

    ``flag`` is the flag's own name where it is not the path's; ``prefix`` stands for a nested model's name in the flags
    of its fields ("" drops it); ``example`` is a value as an operator would type it.
    """

    sentence: str
    flag: str = ""
    prefix: str | None = None
    example: str = ""


def need(sentence: str, *, flag: str = "", prefix: str | None = None, example: str = "") -> Any:
    """A field without which the record is not one."""
    return Field(..., json_schema_extra={"about": About(sentence, flag, prefix, example)})  # type: ignore[dict-item]


def may(sentence: str, *, flag: str = "", prefix: str | None = None, example: str = "") -> Any:
    """A field that is often absent; what its absence means is the sentence's to say."""
    return Field(None, json_schema_extra={"about": About(sentence, flag, prefix, example)})  # type: ignore[dict-item]


def many(sentence: str, *, flag: str = "", prefix: str | None = None, example: str = "") -> Any:
    """A field with any number of entries, none where it is absent."""
    about = {"about": About(sentence, flag, prefix, example)}
    return Field(default_factory=_no_entries, json_schema_extra=about)  # type: ignore[arg-type]


def named(sentence: str, *, flag: str = "", example: str = "") -> Any:
    """A field of any number of entries, each with a name of its own: ``name=entry`` on the command line."""
    about = {"about": About(sentence, flag, None, example)}
    return Field(default_factory=_no_names, json_schema_extra=about)  # type: ignore[arg-type]


def _no_entries() -> list[Any]:  # what pydantic asks of a factory takes it ten times as long to learn of ``list``
    return []


def _no_names() -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Happening:
    """Marks a moment as a fact: it cannot lie in the future, and ``--as-of`` an earlier day it is not known yet."""


@dataclass(frozen=True)
class Dated:
    """Marks a moment of any sort: words for dates are understood where it is typed."""


@dataclass(frozen=True)
class Figured:
    """Marks a figure: full-width digits are understood where it is typed."""


@dataclass(frozen=True)
class Lasting:
    """Marks a length of time: full-width digits are understood where it is typed."""


@dataclass(frozen=True)
class Amounted:
    """Marks an amount of money: it is written down with all decimals of its currency."""


@dataclass(frozen=True)
class YesOrNo:
    """Marks an answer that is yes or no: its flag has a counterpart that says no."""


@dataclass(frozen=True)
class Refers:
    """Marks a text as the id of another record: a ``unit`` is one line of a sale, ``promise`` may be a derived one.

    With ``or_words`` it may be words instead, where the book has no such record; an id is always a reference.
    """

    kinds: tuple[str, ...]
    or_words: bool = False


@dataclass(frozen=True)
class MayRefer:
    """Marks a free text that is the id of another record where it is written as one of these kinds is."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Personal:
    """Marks what tells of a customer as a person: who they are, how they are reached, what was noted of them.

    ``leaves`` is what is left of it when the customer is forgotten: "nothing"; a "trace" (:data:`BLANK` in its place,
    where it matters that there was something); or the "words", but for the person's own (name, phone, address, card)
    in them, where they tell of the thing or of the work.
    """

    leaves: Literal["nothing", "trace", "words"]


BLANK = "…"
"""What stands where something personal stood."""


def span_of(length: str) -> moments.Span:
    """How long a :data:`Length` is; weeks are days, ``m`` is months."""
    count, unit = int(length[:-1]), length[-1]
    return {
        "h": moments.Span(hours=count),
        "d": moments.Span(days=count),
        "w": moments.Span(days=7 * count),
        "m": moments.Span(months=count),
        "y": moments.Span(years=count),
    }[unit]


Text = Annotated[str, values.TEXT]
Name = Annotated[str, values.FILLED]
Own = Annotated[Text, Personal("nothing")]
OwnTrace = Annotated[Text, Personal("trace")]
OwnName = Annotated[Name, Personal("trace")]
Words = Annotated[Text, Personal("words")]
SaidWords = Annotated[Name, Personal("words")]
Moment = Annotated[moments.Moment, values.MOMENT, Dated()]
Happened = Annotated[moments.Moment, values.MOMENT, Dated(), Happening()]
YesNo = Annotated[bool, values.YES_NO, YesOrNo()]
Money = Annotated[money.Amount, values.AMOUNT, Amounted()]
Number = Annotated[Decimal, values.NUMBER, Figured()]
Count = Annotated[int, values.COUNT, Figured()]
Grade = Annotated[int, values.GRADE, Figured()]
Length = Annotated[str, values.LENGTH, Lasting()]
"""So many hours, days, weeks, months or years: ``24h``, ``2d``, ``1w``, ``6m``, ``1y``; ``0d`` is the day itself."""


class Part(BaseModel):
    """Something that lies inside a record."""

    # A field named after a Python word ends in "_" here and not in the file.
    model_config = ConfigDict(
        extra="allow", frozen=True, defer_build=True, alias_generator=lambda name: name.rstrip("_")
    )
    in_short: ClassVar[str] = ""
    """The field that a single word on the command line stands for; "" where none does."""


class Window(Part):
    """A time that was promised: by when, and perhaps not before."""

    from_: Moment | None = may("not before this time")
    by: Moment = need("at this time at the latest")


class Move(Part):
    """A promised time that was moved, or was asked to be."""

    to: Moment = need("the new time")
    from_: Moment | None = may("not before this time")
    asked_by: Literal["customer", "shop"] = need("who asked for it")
    agreed: YesNo | None = may("whether the other side agreed; what the customer asked for needs no saying")
    reason: Words | None = may("why")
    on: Happened | None = may("when it was asked")

    @property
    def by_consent(self) -> bool:
        """Whether the new time is the yardstick: the customer asked for it, or agreed to it."""
        return self.asked_by == "customer" if self.agreed is None else self.agreed


class Signature(Part):
    """Who signed on the customer's side, and when."""

    by: OwnName = need("the name of the one who signed")
    at: Happened = need("when")


class Ended(Part):
    """A day on which something ended, and why."""

    on: Happened = need("the day")
    reason: Words | None = may("why")


class Recipient(Part):
    """Who receives, where that is not the buyer."""

    name: Own | None = may("the name of the one who receives")
    phone: Own | None = may("the phone to call before coming")
    address: Own | None = may("where to")
    distance_km: Number | None = may("how far that is from the shop, in km")


class PartOfLine(Part):
    """Some pieces of one line of a sale."""

    item: Count = need("the line, counted from 1")
    qty: Count = need("how many pieces")
