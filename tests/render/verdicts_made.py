"""Verdicts made by hand, one for each of the cases that a counter sees, and one that is as full as can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.policies.judging.verdict import Cite, Fee, Grant, PackUsed, Remedy, Step, Traced, Verdict
from aftercare.policies.shape import Words

GENERAL = ("cn-1995-general", "provisions")
LAW = ("cn-cpl", "law")
TITLES = {
    GENERAL: Words(
        "Provisions of 1995 on repair, replacement and return",
        "部分商品修理更换退货责任规定",
    ),
    LAW: Words("Consumer Protection Law (2013 amendment)", "中华人民共和国消费者权益保护法"),
}
PACK = PackUsed("cn-1995-general", "1.0.0", "9f3c" * 16)


def cite(article: str, of: tuple[str, str] = GENERAL) -> Cite:
    """An article of one of the two sources."""
    return Cite(*of, TITLES[of], article, "verified")


def grant(remedy: str, **other: Any) -> Grant:
    """A grant that costs nothing and has no end, with what is said otherwise."""
    facts: dict[str, Any] = {
        "line": f"cn-1995-general/{remedy}",
        "title": Words(remedy, remedy),
        "state": "open",
        "until": None,
        "act": "show",
        "since": None,
        "fee": None,
        "amount": None,
        "liable": "seller",
        "choice": "customer",
        "steps": (),
        "cite": (cite("第八条"),),
    }
    return Grant(remedy, **{**facts, **other})


def opened(name: str, **other: Any) -> Remedy:
    """A remedy with its grant, in the grant's state."""
    best = grant(name, **{key: value for key, value in other.items() if key not in {"ask", "then"}})
    return Remedy(name, best.state, best, ask=other.get("ask", ()), then=other.get("then", ()))


def verdict(*remedies: Remedy, **other: Any) -> Verdict:
    """A verdict of these remedies."""
    facts: dict[str, Any] = {
        "on": date(2024, 9, 2),
        "fault_on": None,
        "asked": None,
        "repair_days": (),
        "burden_of_proof": None,
        "ask": (),
        "assumed": {},
        "windows": {},
        "packs": (PACK,),
        "provisional": (),
        "review": (),
        "facts": {},
    }
    return Verdict(remedies={remedy.name: remedy for remedy in remedies}, **{**facts, **other})


def steps(start: date, *then: tuple[str, str, date]) -> tuple[Step, ...]:
    """The steps of a reckoning after its start."""
    return (Step("start", "sold_on", start), *(Step(*step) for step in then))


WHOLE = steps(date(2024, 5, 10), ("add", "1 years", date(2025, 5, 10)), ("pause", "24", date(2025, 6, 3)))


def second_repair() -> Verdict:
    """An air conditioner that was repaired twice and fails again; the same model is there."""
    fee = Fee(Decimal("294.40"), Decimal(3200), Decimal("0.10"), 92, date(2024, 5, 10), 23)
    until, article = date(2025, 6, 3), cite("第十一条")
    return verdict(
        opened("repair", until=until, steps=WHOLE),
        opened("replace", until=until, steps=WHOLE, cite=(article,)),
        opened("refund_with_fee", until=until, fee=fee, amount=Decimal("2905.60"), cite=(article, cite("第十三条"))),
        Remedy("refund", "closed", None, why="expired", ended=date(2024, 5, 17), cite=(cite("第九条"),)),
        asked="refund",
        fault_on=date(2024, 9, 2),
        repair_days=(8, 15),
        assumed={"buyer": "consumer", "exclusions": "none"},
        trace=(
            Traced(
                "cn-1995-general/refund", "refused", "within", "fault_on", "2024-09-02", None, "stated",
                "claims/2024/CL24-0007.yaml", 4, date(1995, 8, 25),
                steps(date(2024, 5, 10), ("add", "7 days", date(2024, 5, 17))), (cite("第九条"),), (), "no",
            ),
        ),
    )  # fmt: skip


def parts_wait() -> Verdict:
    """A bicycle that has waited for parts for longer than ninety days."""
    until = date(2025, 6, 3)
    return verdict(
        opened("replace", until=until, act="claim", cite=(cite("第十二条"),)),
        opened("repair", until=until, steps=WHOLE),
        asked="replace",
        fault_on=date(2024, 5, 20),
        repair_days=(95,),
        review=(Words("Whether the parts were late by the producer's fault.", "零配件缺货是不是生产者的原因。"),),
        assumed={"exclusions": "none"},
        facts={"stay.because": "no_parts"},
    )


def holiday() -> Verdict:
    """A fault after the fifteenth day, which fell into the October holidays."""
    rolled = steps(date(2025, 9, 18), ("add", "15 days", date(2025, 10, 3)), ("roll", "working_day", date(2025, 10, 9)))
    return verdict(
        opened("replace", until=date(2025, 10, 9), steps=rolled, cite=(cite("第十条"),)),
        opened("repair", until=date(2026, 9, 18), steps=WHOLE),
        Remedy("refund", "closed", None, why="expired", ended=date(2025, 9, 25), cite=(cite("第九条"),)),
        on=date(2025, 10, 9),
        fault_on=date(2025, 10, 9),
        asked="replace",
        assumed={"exclusions": "none", "fault_kind": "performance"},
        burden_of_proof="trader",
    )


def unknown_component() -> Verdict:
    """A fault in the fourteenth month; nobody knows yet which part it is."""
    return verdict(
        opened("repair", state="ask", until=date(2028, 3, 3), missing=("component",), ask=("component",)),
        Remedy("replace", "closed", None, why="expired", ended=date(2025, 3, 18), cite=(cite("第十条"),)),
        on=date(2026, 5, 4),
        fault_on=date(2026, 5, 4),
        asked="repair",
        ask=("component",),
        assumed={"exclusions": "none"},
    )


def opened_box() -> Verdict:
    """An online purchase whose box was opened; nobody has looked at the goods."""
    return verdict(
        opened(
            "withdraw",
            state="ask",
            until=date(2025, 6, 12),
            act="declare",
            amount=Decimal(268),
            cite=(cite("Art. 25", LAW),),
            missing=("goods_intact",),
            ask=("goods_intact",),
            line="cn-cpl/withdraw",
        ),
        on=date(2025, 6, 11),
        asked="withdraw",
        ask=("goods_intact",),
        assumed={"exception_told": "no", "buyer": "consumer", "opened_to_inspect": "no"},
    )


CASES: Mapping[str, Verdict] = {
    "a second repair": second_repair(),
    "a parts wait": parts_wait(),
    "a holiday": holiday(),
    "an unknown component": unknown_component(),
    "an opened box": opened_box(),
}
