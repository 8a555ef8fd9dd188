"""Closed lists of words that records and policies share, importable without a model."""

from __future__ import annotations

from collections.abc import Mapping

PROMISE_KINDS: tuple[str, ...] = (
    "deliver",
    "install",
    "pack",
    "call_back",
    "revisit",
    "inspection",
    "maintenance",
    "training",
    "answer",
    "information",
    "finish_repair",
    "supply_part",
    "return_loan",
    "replace",
    "refund",
    "compensate",
    "acknowledge",
    "resolve",
    "confirm",
    "check_back",
    "pass_on",
    "make_safe",
    "report",
    "apology",
    "greeting",
    "appointment",
    "follow_up",
    "benefit",
    "gift",
    "thanks",
    "invite",
    "correct",
    "supply",
    "renew",
    "other",
)
"""What can be promised; closed, so that sums over it mean something for ever."""

SPOKEN = frozenset(
    {
        "call_back", "revisit", "inspection", "maintenance", "training", "answer", "information", "apology",
        "appointment", "follow_up", "other",
    }
)  # fmt: skip
"""The kinds of promise that are kept by speaking with the customer; a greeting only greets."""

CHANNELS: tuple[str, ...] = ("home", "phone", "letter", "message", "counter", "hotline")
"""The ways in which a shop and a customer speak to each other."""

NEEDS: tuple[str, ...] = ("elderly", "ill", "disabled", "remote")
"""The special difficulties of a customer, as the customer's file says them."""

REMEDIES: tuple[str, ...] = (
    "repair",
    "replace",
    "replace_other_model",
    "replace_with_fee",
    "replace_assembly",
    "refund",
    "refund_with_fee",
    "loan_unit",
    "price_reduction",
    "rescind",
    "reject",
    "final_reject",
    "withdraw",
    "damages",
    "repeat_service",
    "perform_promise",
    "cancel_unshipped",
    "set_additional_period",
)
"""What a customer may ask for and a shop decide, under a claim."""

WORSE_THAN: Mapping[str, str] = {"refund_with_fee": "refund", "replace_with_fee": "replace"}
"""A remedy that costs the customer something, and the one that makes it needless while that is open."""
