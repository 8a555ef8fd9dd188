"""The customer file (用户档案)."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

from aftercare.plain import lunar, moments
from aftercare.records.base import CustomerId, Record, VisitId
from aftercare.records.fields import (
    Ended,
    Happened,
    Moment,
    Name,
    Number,
    Own,
    OwnName,
    OwnTrace,
    Part,
    Personal,
    Text,
    YesNo,
    many,
    may,
    need,
)


def _lunar(value: str) -> str:
    try:
        lunar.parse(value)
    except ValueError:
        raise PydanticCustomError("lunar", "not a lunar day") from None
    return value


def _birthday(value: Any) -> Any:
    """A plain text is a day of the solar calendar, a mapping with ``lunar`` one of the lunar calendar."""
    return {"solar": value} if isinstance(value, str) else value


def _solar(value: str) -> str:
    """A solar birthday with its year or, as ``--03-08``, without it."""
    try:
        moments.parse(f"2000{value[1:]}" if value.startswith("--") else value)
    except ValueError:
        raise PydanticCustomError("moment", "not a date") from None
    return value


class Birthday(Part):
    """A birthday by the solar or by the lunar calendar (农历), as the customer keeps it."""

    solar: Annotated[Own, AfterValidator(_solar)] | None = may("by the solar calendar: 1958-09-27, or --09-27")
    lunar: Annotated[Own, AfterValidator(_lunar)] | None = may("by the lunar calendar: 八月十五")


def _written(birthday: Birthday) -> Any:
    return birthday.solar if birthday.solar else {"lunar": birthday.lunar}


class Address(Part):
    """Where the customer lives, and how far that is."""

    text: Own | None = may("the exact address", flag="--address", example="杭州市西湖区文三路100号3-201")
    region: Text | None = may("province or state")
    distance_km: Number | None = may("how far from the shop, in km", example="12")
    floor: Own | None = may("which floor, and whether there is a lift")


class Contact(Part):
    """How the customer wishes to be reached: their own wish changes the plan."""

    by: Annotated[Literal["phone", "home", "letter", "message"], Personal("nothing")] | None = may(
        "the channel the customer prefers"
    )
    calls: Literal["fewer", "none"] | None = may("fewer calls than planned, or none")
    on: Happened | None = may("the day the customer said so; absent: from the start")


class Consent(Part):
    """What the customer allowed."""

    greetings: YesNo | None = may("whether greetings are welcome; absent: not asked, so none are sent")
    messages: YesNo | None = may("whether messages about offers are welcome")
    quiet: Own | None = may("hours in which nobody calls", example="21:00-09:00")
    on: Happened | None = may("the day it was given; absent: from the start")


class OtherContact(Part):
    """Somebody else of the household."""

    name: Annotated[Name, Personal("nothing")] = need("the name")
    phone: Own | None = may("the phone")
    relation: Own | None = may("how they are related")


class Membership(Part):
    """A membership of the shop's, which its own rules may entitle to more than the law does."""

    of: Name = need("what it is called, as the shop's rules name it", example="鞋友会")
    level: Text | None = may("its level, as the shop's rules name it; each level has a row of its own", example="金卡")
    card: Own | None = may("the number of the card")
    since: Happened | None = may("the first day; absent: from the start")
    until: Moment | None = may("the last day; absent: without end")

    def holds(self, on: moments.Moment) -> bool:
        """Whether it is held on a day; on its last day it is."""
        begun = self.since is None or not moments.is_late(self.since, on)
        return begun and (self.until is None or not moments.is_late(on, self.until))


class Left(Ended):
    """The customer is one no longer."""

    heir: CustomerId | None = may("who takes over what was sold")


class Greeted(Part):
    """A greeting that was planned for the customer before; without the birthday nobody could reckon it any more."""

    step: Name = need("which greeting", example="birthday.2026")
    made_on: Moment = need("the month in which it was planned, by its first day")
    state: Literal["kept", "kept_late", "broken", "released", "void"] = need("what became of it")
    by: VisitId | None = may("the contact that kept it")


class Forgotten(Ended):
    """The customer was forgotten: nothing in the book says who that was."""

    greetings: list[Greeted] = many("greetings of before, for the balance", flag="--forgotten-greeting")


class Customer(Record):
    """Somebody who bought something, or may."""

    main_date: ClassVar[str] = "since"
    example: ClassVar[str] = "aftercare customer add --name 王建国 --phone 13800138000 --address 文三路100号3-201"
    summary: ClassVar[tuple[str, ...]] = ("id", "name", "phones", "address.text")

    name: OwnName = need("the customer's name", example="王建国")
    pinyin: Own | None = may("how the name is read, where the usual reading is wrong")
    phones: list[Own] = many("phone numbers, as typed", flag="--phone", example="13800138000")
    address: Address | None = may("where the customer lives", prefix="")
    household: Own | None = may("who else lives there")
    language: Own | None = may("the language the customer speaks")
    contact: Contact | None = may("how the customer wishes to be reached")
    birthday: Annotated[Birthday, BeforeValidator(_birthday), PlainSerializer(_written, when_used="json")] | None = may(
        "the birthday: a solar date, or {lunar: 八月十五}", example="农历八月十五"
    )
    needs: list[Annotated[Literal["elderly", "ill", "disabled", "remote"], Personal("nothing")]] = many(
        "special difficulty that we come for", flag="--need"
    )
    preferences: list[Own] = many("what the customer likes done, said or not", flag="--preference")
    consent: Consent | None = may("what the customer allowed")
    do_not_contact: OwnTrace | None = may("do not contact at all, and why")
    do_not_contact_on: Happened | None = may("the day the customer said so; absent: from the start")
    referred_by: CustomerId | None = may("the customer who brought this one")
    contacts: list[OtherContact] = many("others of the household", flag="--contact")
    memberships: list[Membership] = many("memberships: of=…,level=…,card=…,since=…,until=…", flag="--membership")
    since: Happened | None = may("the day this file was begun")
    left: Left | None = may("the customer is one no longer")
    forgotten: Forgotten | None = may("the customer was forgotten, so that nothing says who it was")

    @property
    def gone(self) -> Ended | None:
        """Since when there is nobody to reach, and why: the customer left, or was forgotten."""
        ends = [one for one in (self.left, self.forgotten) if one]
        return min(ends, key=lambda one: moments.in_order(one.on), default=None)
