"""What every record has."""

from collections.abc import Container
from typing import Annotated, ClassVar, Self

from aftercare.language import N_
from aftercare.records.fields import Ended, Happened, Money, Own, Part, Refers, SaidWords, Text, Words, many, may, need

_TAKEN = "taken"  # a private value that is declared would be made for every record that is read


class Record(Part):
    """One file of the book.  Its facts are frozen; its unknown keys are kept, and ``check`` names them."""

    main_date: ClassVar[str] = ""
    """The field whose year numbers the record; "" is the day it is written."""
    example: ClassVar[str] = ""
    """A whole ``add`` line for the help."""
    summary: ClassVar[tuple[str, ...]] = ()
    """The fields a list shows."""

    id: Text = need("the record's id; the file is named after it")
    note: Own | None = may("anything else worth knowing")
    tags: list[Own] = many("words to group records by", flag="--tag")
    attachments: list[Words] = many("files that belong to it, beside the book's records", flag="--attachment")
    source_key: Words | None = may("the row's own key in the file it was imported from")
    formerly: list[Text] = many("ids it had before; they still find it")
    removed: Ended | None = may("taken out of the book; the file stays so that its number is never given twice")

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, and those it had formerly: by any of them others may name it."""
        return (self.id, *self.earlier_ids)

    @property
    def earlier_ids(self) -> tuple[str, ...]:
        """The ids it had formerly, but for those that another record has now."""
        if not self.formerly:
            return ()
        taken = (self.__pydantic_private__ or {}).get(_TAKEN, ())
        return tuple(old for old in self.formerly if old not in taken)

    def without_ids(self, taken: Container[str]) -> Self:
        """The same record, not to be found by those of its former ids that are *taken* by others."""
        same = self.model_copy()
        private = {_TAKEN: frozenset(old for old in self.formerly if old in taken)}
        object.__setattr__(same, "__pydantic_private__", private if private[_TAKEN] else None)
        return same


CustomerId = Annotated[Text, Refers(("customer",))]
ProductId = Annotated[Text, Refers(("product",))]
SaleId = Annotated[Text, Refers(("sale",))]
ClaimId = Annotated[Text, Refers(("claim",))]
StaffId = Annotated[Text, Refers(("staff",))]
UnitId = Annotated[Text, Refers(("unit",))]
ComplaintId = Annotated[Text, Refers(("complaint",))]
VisitId = Annotated[Text, Refers(("visit",))]
HeardIn = Annotated[Text, Refers(("visit", "event"))]
"""Where something was heard: in a contact, or at an event of the shop."""
OfferId = Annotated[Text, Refers(("offer",))]
PartId = Annotated[Text, Refers(("part",))]
PartOrWords = Annotated[Text, Refers(("part",), or_words=True)]
SpokenId = Annotated[Text, Refers(("promise",))]
PromiseId = Annotated[Text, Refers(("any_promise",))]
Subject = Annotated[
    Text,
    Refers(
        (
            "unit",
            "sale",
            "claim",
            "customer",
            "product",
            "delivery",
            "installation",
            "promise",
            "visit",
            "complaint",
            "part",
            "wish",
            "enquiry",
            "offer",
            "event",
            "points",
        )
    ),
]


class Deed(Part):
    """Something done at once about what touches people's safety."""

    at: Happened = need("when")
    by: StaffId | None = may("who did it")
    how: Words | None = may("how")


class Kindness(Part):
    """What was done or given that nobody was owed (超额价值).  It promises nothing, keeps nothing and opens nothing."""

    what: SaidWords = need("what was done or given", example="帮忙杀毒、重装系统")
    worth: Money | None = may("what it was worth: what it would have cost the customer", example="80")
    unit: UnitId | None = may("which one, where it was about one of several")
    at: Happened | None = may("when; absent: with the record")
    by: StaffId | None = may("who of the shop did it")


BEYOND = N_("what was done or given that nobody was owed: what=…,worth=…")
"""What the field ``beyond`` of a record holds, in the words of its help."""
