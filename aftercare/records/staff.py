"""The people who do the work."""

from __future__ import annotations

from typing import ClassVar

from aftercare.records.base import Record
from aftercare.records.fields import Ended, Moment, Name, Part, Text, YesNo, many, may, need


class Certificate(Part):
    """Something a person is allowed to do, until a day."""

    name: Name = need("the certificate")
    until: Moment | None = may("the last day it is valid")


class Staff(Record):
    """Somebody who works for the shop, employed or by contract."""

    example: ClassVar[str] = "aftercare staff add --name 李师傅 --phone 13900139000 --role driver"
    summary: ClassVar[tuple[str, ...]] = ("id", "name", "role", "phone")

    name: Name = need("the name", example="李师傅")
    pinyin: Text | None = may("how the name is read, where the usual reading is wrong")
    phone: Text | None = may("the phone")
    role: Text | None = may("what they do", example="driver")
    contractor: YesNo | None = may("works by contract, not employed")
    certificates: list[Certificate] = many("certificates with their last day: NAME=UNTIL", flag="--certificate")
    left: Ended | None = may("no longer with the shop")
