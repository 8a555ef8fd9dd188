"""Lines of law: what opens which remedies, at what cost, on what ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from aftercare.language import N_
from aftercare.policies.conditions import (
    After,
    Block,
    Condition,
    FactIs,
    Within,
    fact_name,
    number,
    read_block,
    read_blocks,
    read_windows,
)
from aftercare.policies.shape import Node, Words, value_of
from aftercare.policies.windows import Cites
from aftercare.records.words import REMEDIES

PAID_BACK = frozenset({"refund", "refund_with_fee", "withdraw", "rescind", "cancel_unshipped"})
"""The remedies that give the price back."""
KEYS = (
    "id", "title", "grants", "given", "when", "within", "after", "any", "unless", "effect", "because", "instead_of",
    "proof", "fee", "liable", "choice", "cite", "sure",
)  # fmt: skip
_REMEDIES = frozenset(REMEDIES)
LIABLE = ("seller", "repairer", "maker", "platform")


class Rate(NamedTuple):
    """A percentage of the price for each thousand kilometres: what a fact says, within the bounds that the law sets."""

    fact: str
    least: Decimal | None = None
    most: Decimal | None = None


class FeeRule(NamedTuple):
    """What the customer bears: a percentage of the price, from a column of the table of goods, for each day of use
    since the start of a window; or for each thousand kilometres; or a deduction that a person must judge.
    """

    column: str = ""
    window: str = ""
    judged: Words | None = None
    by_distance: Rate | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a pack: where all of its conditions hold, its grants are open.

    A grant is a remedy, or the name of an entitlement (``exchange``) that other lines are ``given`` on.
    """

    pack: str
    id: str
    title: Words
    grants: tuple[str, ...]
    given: str
    conditions: tuple[Condition, ...]
    any: tuple[Block, ...]
    unless: tuple[Block, ...]
    review: bool
    """It cannot be answered by reckoning: texts conflict, or a person must judge."""
    because: Words | None
    """Why it is for a person to judge."""
    instead_of: tuple[str, ...]
    """The remedies of its own pack that it closes."""
    proof: str
    """``consumer``: it is for the customer to prove that the defect was there; "": nobody need."""
    proven_within: tuple[Within, ...]
    """Inside these windows nobody need prove that the defect was there."""
    presumed_when: Block | None
    """For whom that is so; None: for everyone."""
    fee: FeeRule | None
    liable: str
    """Who bears it; "": as the line on which it builds says, else the seller."""
    choice: str
    cite: tuple[tuple[str, str], ...]
    sure: str
    remedies: tuple[str, ...] = field(init=False, compare=False)
    """Those of its grants that are remedies."""

    def __post_init__(self) -> None:
        """A verdict asks for the remedies of every line many times over."""
        object.__setattr__(self, "remedies", tuple(name for name in self.grants if name in _REMEDIES))

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    @property
    def windows(self) -> list[str]:
        """Every window it depends on."""
        named = [one.window for one in self.conditions if not isinstance(one, FactIs)]
        named += [window for block in (*self.any, *self.unless) for window in block.windows]
        named += [one.window for one in self.proven_within]
        named += self.presumed_when.windows if self.presumed_when else []
        return named + ([self.fee.window] if self.fee and self.fee.window else [])


class Evidence(NamedTuple):
    """Who must prove that a defect was there at delivery, inside a window and for some goods."""

    party: Literal["trader", "consumer"]
    within: tuple[Within, ...]
    when: Block | None
    cite: tuple[tuple[str, str], ...]


def read_lines(node: Node, pack: str, cites: Cites, must_cite: bool, sure: tuple[str, ...]) -> list[Line]:
    """The section ``lines``."""
    lines: dict[str, Line] = {}
    for entry in node.entries():
        line = _line(entry, pack, cites, must_cite, sure)
        if line.id in lines:
            entry.down("id", line.id).complain("repeated", N_("{where}: another line is called “{value}” too"))
        lines[line.id] = line
    return list(lines.values())


def _line(node: Node, pack: str, cites: Cites, must_cite: bool, sure: tuple[str, ...]) -> Line:
    # A line that only says what follows from another's grant stands where that one stands.
    stands_by_itself = must_cite and not (isinstance(node.value, dict) and node.value.get("given"))
    needed = ("id", "title", "grants", "cite") if stands_by_itself else ("id", "title", "grants")
    said = node.keys(KEYS, needed=needed)
    proof, proven_within, presumed_when = _proof(said["proof"]) if "proof" in said else ("", (), None)
    return Line(
        pack=pack,
        id=value_of(said, "id", Node.text, ""),
        title=value_of(said, "title", Node.words, Words("", "")),
        grants=value_of(said, "grants", lambda node: tuple(map(_grant, node.entries())), ()),
        given=value_of(said, "given", Node.text, ""),
        conditions=tuple(_conditions(said)),
        any=value_of(said, "any", read_blocks, ()),
        unless=value_of(said, "unless", read_blocks, ()),
        review=value_of(said, "effect", lambda node: node.choice(("review",)) == "review", False),
        because=value_of(said, "because", Node.words, None),
        instead_of=value_of(said, "instead_of", lambda node: tuple(one.choice(REMEDIES) for one in node.entries()), ()),
        proof=proof,
        proven_within=proven_within,
        presumed_when=presumed_when,
        fee=value_of(said, "fee", _fee, None),
        liable=value_of(said, "liable", lambda node: node.choice(LIABLE), ""),
        choice=value_of(said, "choice", lambda node: node.choice(("customer", "shop")), "customer"),
        cite=value_of(said, "cite", cites, ()),
        sure=value_of(said, "sure", lambda node: node.choice(sure), ""),
    )


def _conditions(said: Mapping[str, Node]) -> list[Condition]:
    found: list[Condition] = list(read_block(said["when"]).conditions) if "when" in said else []
    if "within" in said:
        found += [Within(*named) for named in read_windows(said["within"])]
    if "after" in said:
        found += [After(*named) for named in read_windows(said["after"])]
    return found


def _grant(node: Node) -> str:
    text = node.text()
    if text in REMEDIES or (text.isidentifier() and text.islower()):
        return text
    if text:
        node.complain("choice", N_("{where}: “{value}” is neither a remedy nor the name of an entitlement"))
    return ""


def _proof(node: Node) -> tuple[str, tuple[Within, ...], Block | None]:
    """``consumer``: it is always for the customer to prove; ``{within: W, when: …}``: only outside that window, or for
    others than those.
    """
    if isinstance(node.value, dict):
        said = node.keys(("within", "when"), needed=("within",))
        named = read_windows(said["within"]) if "within" in said else []
        return "consumer", tuple(Within(*one) for one in named), value_of(said, "when", read_block, None)
    return ("consumer" if node.choice(("consumer",)) else ""), (), None


def _fee(node: Node) -> FeeRule:
    said = node.keys(("daily_percent", "from", "judged", "per_1000_km_percent", "min_percent", "max_percent"))
    if "judged" in said:
        return FeeRule(judged=said["judged"].words())
    if "per_1000_km_percent" in said:
        where = said["per_1000_km_percent"].keys(("fact",), needed=("fact",))
        least, most = (value_of(said, key, number, None) for key in ("min_percent", "max_percent"))
        return FeeRule(by_distance=Rate(value_of(where, "fact", fact_name, ""), least, most))
    if "daily_percent" not in said or "from" not in said:
        node.complain("shape", N_("{where}: a fee is {example}"), example="{daily_percent: {goods: rate}, from: whole}")
        return FeeRule()
    column = said["daily_percent"].keys(("goods",), needed=("goods",))
    return FeeRule(column["goods"].text() if "goods" in column else "", said["from"].text())


def read_evidence(node: Node, cites: Cites) -> list[Evidence]:
    """The section ``evidence``."""
    found: list[Evidence] = []
    for entry in node.entries():
        said = entry.keys(("party", "within", "when", "cite"), needed=("party", "within", "cite"))
        party = value_of(said, "party", lambda node: node.choice(("trader", "consumer")), "trader")
        within = tuple(Within(*one) for one in read_windows(said["within"])) if "within" in said else ()
        when = read_block(said["when"]) if "when" in said else None
        found.append(
            Evidence("consumer" if party == "consumer" else "trader", within, when, value_of(said, "cite", cites, ()))
        )
    return found
