"""The promise that has a record of its own: a spoken one, or a fact about one that follows from other records."""

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, HeardIn, PromiseId, Record, SpokenId, StaffId, Subject
from aftercare.records.fields import Ended, Happened, Moment, Money, Move, Part, Words, many, may


class Kept(Part):
    """A spoken promise was kept."""

    at: Happened | None = may("when")
    by: StaffId | None = may("who of the shop kept it")
    how: Words | None = may("how")


class Released(Ended):
    """The customer let go of it."""

    how: Words | None = may("how the customer said so")


class Apology(Part):
    """We apologised for it."""

    at: Happened | None = may("when")
    by: StaffId | None = may("who of the shop did")
    how: Words | None = may("how, and what was given to make good")
    remedy: Words | None = may("what is given to make good, beside the words", example="滤网一套")
    cost: Money | None = may("what the remedy costs the shop")
    remedy_in: SpokenId | None = may("the promise by which the remedy is still to come; absent: it was given at once")


class Promise(Record):
    """A spoken promise; with ``of``, the facts of a promise that other records make."""

    main_date: ClassVar[str] = "made_on"
    example: ClassVar[str] = "aftercare promise add --to 王建国 --what 周五前回电话 --due fri"
    summary: ClassVar[tuple[str, ...]] = ("id", "to", "what", "words", "due", "of")

    to: CustomerId | None = may("to whom")
    of: PromiseId | None = may("the promise these facts are about, where it follows from other records")
    what: Words | None = may("the kind of promise; any other text is kept as its words", example="周五前回电话")
    words: Words | None = may("the words in which it was given")
    about: list[Subject] = many("what it is about")
    due: Moment | None = may("until when", example="fri")
    binds: Literal["told", "plan", "law"] | None = may("told: said to the customer; plan: we set it ourselves")
    person: StaffId | None = may("who is to keep it")
    heard_in: HeardIn | None = may("the contact or the event in which it was given")
    made_on: Happened | None = may("the day it was given")
    moved: list[Move] = many("times it was moved")
    kept: Kept | None = may("it was kept")
    released: Released | None = may("the customer let go of it")
    broken: Ended | None = may("we said that we would not keep it")
    apologised: Apology | None = may("we apologised for it")
    accepted: Ended | None = may("a breach of service that is left as it is, and why")
