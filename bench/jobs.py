"""The jobs that are measured beside other programs, and how much faster than these we mean to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bench.rivals import NEW_DUE, OURS, Command, ours
from bench.shop import Written

Target = Mapping[int, float]
"""The least ratio, theirs by ours, at so many records."""


class Job(NamedTuple):
    """Something that we and others can do."""

    title: str
    command: Callable[[Path, list[Written]], Command]
    """Our command, given the book and what it holds."""
    as_rival: str
    """The job under which others have their command."""
    targets: Mapping[str, Target]
    clock: bool = False
    """Whether time by the clock counts, instead of CPU."""
    sizeless: bool = False
    """Whether it is the same with any number of records."""
    only: tuple[str, ...] = ()
    """The programs with which it is compared; none named: all that can do it."""


def _plain(*words: str) -> Callable[[Path, list[Written]], Command]:
    return lambda book, _made: lambda _folder, _number: ours(book, *words)


def _add(book: Path, made: list[Written]) -> Command:
    customer = next(one.id for one in made if one.kind == "CU")
    flags = ("--to", customer, "--what", "call_back", "--due", NEW_DUE, "--words")
    return lambda _folder, number: ours(book, "promise", "add", *flags, f"call {number}")


JOBS: Mapping[str, Job] = {
    "overdue": Job(
        "list what is overdue",
        _plain("due"),
        "overdue",
        {
            "taskwarrior": {10_000: 1.0, 100_000: 5},
            "recutils": {10_000: 2.4, 100_000: 15},
            "hledger": {10_000: 6, 100_000: 30},
            "todoman": {10_000: 4.5, 100_000: 8},
        },
    ),
    "verified": Job(
        "the same, every file verified",
        _plain("--verify", "due"),
        "overdue",
        {"taskwarrior": {10_000: 0.8, 100_000: 2}, "recutils": {10_000: 2, 100_000: 6}},
        only=("taskwarrior", "recutils"),
    ),
    "check": Job(
        "check everything, by the clock",
        _plain("check", "book"),
        "check",
        {"beancount": {10_000: 2.2, 100_000: 5}, "hledger": {10_000: 1.0, 100_000: 1.7}},
        clock=True,
    ),
    "check-cached": Job(
        "the same, with the other's cache",
        _plain("check", "book"),
        "check-cached",
        {},
        clock=True,
    ),
    "add": Job(
        "add one record, durably",
        _add,
        "add",
        {
            "recutils": {10_000: 1, 100_000: 10},
            "todoman": {10_000: 1.5, 100_000: 1.5},
            "sqlite-utils": {10_000: 1.5, 100_000: 1.5},
        },
    ),
    "customers": Job("list all customers", _plain("customer", "list"), "customers", {}),
    "version": Job(
        "`--version`",
        lambda _book, _made: lambda _folder, _number: [*OURS, "--version"],
        "version",
        {"todoman": {0: 6}, "sqlite-utils": {0: 3}},
        sizeless=True,
    ),
}
