"""``policy``: the packs in force, the tree of categories, what is wrong with packs, and the way to one verdict."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from aftercare import language
from aftercare.answers.chosen import rules_in
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns, output_options, verb
from aftercare.errors import NoBook
from aftercare.language import N_, _, word
from aftercare.policies import categories, load
from aftercare.policies.pack import Pack
from aftercare.policies.uncovered import uncovered
from aftercare.render.law_rows import pack_row
from aftercare.render.output import put
from aftercare.render.rows import Choice, Column, emit

_HERE = "aftercare.commands.policy"
_HOME = "CN"
LIST, CATEGORIES = N_("The packs in force."), N_("The tree of goods, in both languages.")
SHOW = N_("What a line or a pack says, or all that holds for goods of a category.")
CHECK = N_("What is wrong, or unwise, in the shop's own packs or in files of packs or cases; silent when nothing is.")
TEST = N_("Try the packs on worked cases: facts, a day, and what must come out.")
NEW = N_("Begin a pack: a commented file for a maker's guarantee or for the shop's own promises.")
EXPLAIN = N_("Why a claim's verdict is what it is: what decided it, or one remedy, or every line.")
ASK = N_("What is still to be asked about a claim, the most decisive question first.")
DIFF = N_("Which open claims' answers move between two versions of a pack, and why.")
UPCOMING = N_("What changes soon: packs and figures whose day lies ahead, and packs that ended lately.")
SOURCES = N_("What the packs rest on: each source, how well it was looked at, and when.")
CALENDAR = N_("The days off of a year, to be added to a calendar.")
CREDO = N_("The shop's credo: what it says in public that its people keep to.")
SCHEMA = N_("The JSON Schema of packs, of cases, of mappings, of the settings, or of one kind of record.")


def policy() -> Nouns:
    """The group."""
    table = {
        "list": Entry(f"{_HERE}:list_", LIST),
        "categories": Entry(f"{_HERE}:categories_", CATEGORIES),
        "show": Entry("aftercare.commands.policy_show:show", SHOW),
        "credo": Entry("aftercare.commands.policy_credo:credo", CREDO),
        "check": Entry("aftercare.commands.policy_check:check", CHECK),
        "new": Entry("aftercare.commands.policy_new:new", NEW),
        "test": Entry("aftercare.commands.policy_trials:test", TEST),
        "explain": Entry("aftercare.commands.policy_explain:explain", EXPLAIN),
        "ask": Entry("aftercare.commands.policy_ask:ask", ASK),
        "diff": Entry("aftercare.commands.policy_diff:diff", DIFF),
        "upcoming": Entry("aftercare.commands.policy_upcoming:upcoming_", UPCOMING),
        "sources": Entry("aftercare.commands.policy_sources:sources_", SOURCES),
        "calendar": Entry("aftercare.commands.policy_calendar:calendar", CALENDAR),
        "schema": Entry("aftercare.commands.policy_schema:schema", SCHEMA),
    }
    return Nouns(
        "policy",
        table=table,
        help=N_("Rules in force, what they say and what they rest on, and the tree of categories."),
        example="aftercare policy categories",
    )


def rules_of(session: Session) -> load.Rules:
    """The packs of the book; all that are shipped where there is no book and none was named."""
    try:
        book = session.book()
    except NoBook:
        if session.folder or os.environ.get("AFTERCARE_BOOK"):
            raise
        return load.Rules(load.shipped(), ())
    found, faults = rules_in(book)
    return load.Rules(found.packs, faults)


def in_force(session: Session) -> tuple[Pack, ...]:
    """The packs that count; a faulty one is said, and the rest goes on."""
    rules = rules_of(session)
    session.warn_of_packs(rules.faults)
    return rules.packs


def of_place(session: Session) -> tuple[Pack, ...]:
    """The packs that count where the shop is; without a book, in China, where most of them are from."""
    try:
        session.book()
    except NoBook:
        return load.in_force(in_force(session), country=_HOME, region="", named=None)
    return in_force(session)


def _say_uncovered(session: Session, packs: Sequence[Pack]) -> None:
    """A line on stderr where no pack has the law of the book's place; without a book there is no place."""
    try:
        said = session.book().settings
    except NoBook:
        return
    if why := uncovered(packs, said.country or "", said.region or ""):
        session.warn(why)


class Library(NamedTuple):
    """All packs there are, whether or not the book goes by them."""

    shipped: tuple[Pack, ...]
    own: tuple[Pack, ...]


def library(session: Session) -> Library:
    """The shipped packs, and the shop's own where there is a book."""
    shipped = load.shipped()
    return Library(shipped, tuple(pack for pack in in_force(session) if pack not in shipped))


def choice_of(more: dict[str, Any]) -> Choice:
    """What the flags of output say."""
    return Choice(more["fmt"], more["fields"], more["sort"], more["limit"])


def _said(words: dict[str, str] | None) -> str:
    return (words or {}).get(language.current(), "")


@verb("list", LIST, *output_options(), example="aftercare policy list")
def list_(session: Session, **more: Any) -> None:
    """``policy list``."""
    packs = in_force(session)
    _say_uncovered(session, packs)
    rows = [pack_row(pack) for pack in packs]
    columns = [
        Column("id", N_("pack")),
        Column("version", N_("checked on")),
        Column("issuer", N_("issuer"), word),
        Column("from", N_("in force from")),
        Column("to", N_("to")),
        Column("lines", N_("lines"), lambda lines: str(len(lines))),
        Column("windows", N_("periods"), lambda windows: str(len(windows))),
        Column("title", N_("title"), _said),
    ]
    header = (
        "id", "kind", "version", "issuer", "title", "from", "to", "country", "region",
        "lines", "windows", "not_covered", "sha256",
    )  # fmt: skip
    emit(rows, columns, choice_of(more), header=header)


@verb("categories", CATEGORIES, *output_options(), example="aftercare policy categories --format json")
def categories_(session: Session, **more: Any) -> None:
    """``policy categories``."""
    del session
    rows = [{**node._asdict(), "also": list(node.also)} for node in categories.tree()]
    if more["fmt"] == "table" and not more["fields"] and not more["sort"]:
        _tree(rows[: more["limit"]])
    else:
        emit(rows, [], choice_of(more))


def _tree(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        fitter = _("needs a fitter") if row["installed"] else ""
        put("  ".join(word for word in ("  " * row["depth"] + row["id"], row["zh"], row["en"], fitter) if word))
