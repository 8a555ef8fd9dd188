"""The people who do the work."""

from typing import Annotated, ClassVar

from aftercare.records.base import ComplaintId, Record
from aftercare.records.fields import Ended, Happened, Moment, Name, Part, Refers, Text, YesNo, many, may, need


class Certificate(Part):
    """Something a person is allowed to do, until a day."""

    name: Name = need("the certificate", example="低压电工作业证")
    since: Moment | None = may("the first day it is valid; absent: it was all along")
    until: Moment | None = may("the last day it is valid")
    number: Text | None = may("its number", example="T330106199001010012")
    issuer: Text | None = may("who issued it", example="浙江省应急管理厅")
    on: Happened | None = may("the day it was handed in")


class Training(Part):
    """Something a person was taught."""

    on: Happened = need("the day of the training")
    what: Name = need("what was taught", example="上门规范")
    by: Annotated[Text, Refers(("staff",), or_words=True)] | None = may(
        "who taught it: somebody of the shop, or words for another", example="厂家培训部"
    )
    until: Moment | None = may("the last day it counts; absent: it counts for good")
    answers: list[ComplaintId] = many("the complaints that it answers")


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
    trainings: list[Training] = many("what they were taught: what=…,on=…,until=…", flag="--training")
    left: Ended | None = may("no longer with the shop")
