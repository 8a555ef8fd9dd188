"""The claim under the guarantee (三包): recorded here, judged by the rules."""

from typing import ClassVar, Literal

from aftercare.records.base import BEYOND, ClaimId, Deed, Kindness, PartOrWords, Record, StaffId, UnitId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    Moment,
    Money,
    Part,
    Text,
    Words,
    YesNo,
    many,
    may,
    named,
    need,
)


class FaultFound(Part):
    """What is wrong with the unit."""

    found_on: Happened | None = may("the day the fault showed")
    symptom: Words | None = may("what the customer sees", example="不制冷")
    kind: Literal["performance", "cosmetic", "none"] | None = may("the kind of fault")
    component: Text | None = may("the faulty part", example="压缩机")
    severity: Literal["minor", "ordinary", "serious", "safety"] | None = may("how grave it is")
    same_as: ClaimId | None = may("an earlier claim with the same fault")


class Waiting(Part):
    """A repair that waits."""

    from_: Happened = need("since when")
    to: Happened | None = may("until when")
    for_: PartOrWords | None = may("for what: a part, or words for it")
    because: Literal["no_parts", "no_parts_from_producer", "repairer_delay", "customer"] | None = may("why")


class Repair(Part):
    """One stay in the workshop."""

    in_: Happened = need("when it came in")
    by: StaffId | None = may("who repairs it")
    problem: Words | None = may("what was found")
    waiting: list[Waiting] = many("times it waited")
    diagnosed: Happened | None = may("when the cause was found")
    repaired: Happened | None = may("when the work was done")
    tested: Happened | None = may("when it was tested")
    out: Happened | None = may("when it was handed back")
    done: Words | None = may("what was done")
    cause: Words | None = may("the cause")
    result: Literal["fixed", "not_fixed", "not_done", "no_fault"] | None = may("with what result")
    cost: Money | None = may("what the customer paid for it, parts and labour together")
    labour: Money | None = may("of it for labour")


class Answer(Part):
    """What a verdict said of one remedy, as far as it must not be forgotten."""

    state: Literal["open", "closed", "ask", "if_proven", "review"] = need("whether it could be had")
    until: Moment | None = may("the last good day")
    fee: Money | None = may("what the customer bears")
    line: Text | None = may("the line that grants it")


class Verdict(Part):
    """The verdict that a decision was taken on: a fact about the past, whatever the rules say later."""

    packs: dict[str, Text] = named("the packs it went by, each with its hash")
    facts: dict[str, Words] = named("the facts it went by")
    remedies: dict[str, Answer] = named("what was open, and what was not")
    trace: Text | None = may("the hash of its trace, which lies beside the claim")


class Decision(Part):
    """A remedy that was decided, or refused."""

    on: Happened = need("when")
    asked: Words | None = may("what the customer asked for")
    remedy: Words = need("what was decided")
    refused: YesNo | None = may("the remedy was refused")
    goodwill: YesNo | None = may("no rule opened it: the shop gave it all the same")
    by: StaffId | None = may("who decided")
    reason: Words | None = may("why")
    verdict: Verdict | None = may("the verdict it was taken on")


class Loan(Part):
    """A unit lent meanwhile."""

    thing: Words = need("what was lent")
    at: Happened = need("when")
    back: Happened | None = may("when it came back")


class Returned(Part):
    """The goods came back for good: not to be repaired, but because the customer does not keep them."""

    on: Happened = need("when they came in")
    qty: Count | None = may("how many pieces of the line; absent: all of it")
    condition: Words | None = may("in what condition", example="未使用，吊牌完好")
    complete: YesNo | None = may("with everything that belongs to them")
    by: StaffId | None = may("who took them in")


class Replaced(Part):
    """Another unit in the place of this one; the entitlement goes on under the same id."""

    on: Happened = need("when the exchange was complete")
    serial: Text | None = may("the new serial number")
    batch: Text | None = may("the batch of the new one, as the maker marks it")
    model: Text | None = may("the other model, where it is not the same")
    used: YesNo | None = may("it had been repaired or used before")
    requested_on: Happened | None = may("when the customer asked for it")
    installation_charged: Money | None = may("what the customer was charged for putting it up")
    paid_difference: Money | None = may("what the customer paid on top, for a dearer one")
    refunded_difference: Money | None = may("what the customer got back, for a cheaper one")
    by: StaffId | None = may("who handed it over")


class Refunded(Part):
    """Money paid back."""

    on: Happened = need("when it was paid back")
    amount: Money = need("how much")
    by: StaffId | None = may("who paid it")


class Claim(Record):
    """A customer reports that something sold is not as it should be."""

    main_date: ClassVar[str] = "reported_on"
    example: ClassVar[str] = "aftercare claim add --unit SA26-0012/1 --found-on today --symptom 不制冷 --asked repair"
    summary: ClassVar[tuple[str, ...]] = ("id", "unit", "reported_on", "fault.symptom", "asked", "closed.on")

    unit: UnitId = need("the unit")
    reported_on: Happened = need("the day it was reported")
    fault: FaultFound | None = may("what is wrong", prefix="")
    asked: Words | None = may("what the customer asks for", example="repair")
    exclusions: list[Text] = many("grounds on which nothing may be due", flag="--exclusion")
    repairs: list[Repair] = many("stays in the workshop", flag="--repair")
    decisions: list[Decision] = many("what was decided", flag="--decision")
    loans: list[Loan] = many("units lent meanwhile", flag="--loan")
    returned: Returned | None = may("the goods came back for good")
    replaced: Replaced | None = may("another unit was handed over")
    refunded: Refunded | None = may("the price was paid back")
    made_safe: Deed | None = may("the danger was removed", prefix="made-safe")
    told_maker: Deed | None = may("the maker was told", prefix="told-maker")
    beyond: list[Kindness] = many(BEYOND, flag="--beyond")
    facts: dict[str, Words] = named(
        "circumstances the verdict asks for: NAME=VALUE", flag="--fact", example="same_model_available=yes"
    )
    closed: Ended | None = may("the claim is done with")

    @property
    def touches_safety(self) -> bool:
        """Whether the fault endangers people."""
        return self.fault is not None and self.fault.severity == "safety"

    @property
    def is_fault(self) -> bool:
        """Whether something is said to be wrong with the goods; a return without a reason says nothing of the kind."""
        if self.fault is None or self.fault.kind == "none":
            return self.fault is None and self.asked != "withdraw"
        return self.asked != "withdraw" or bool(self.fault.symptom or self.fault.component)
