"""``policy``: the packs in force, the tree of categories, what is wrong with packs, and the way to one verdict."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from aftercare import language
from aftercare.commands.named import named_bytes
from aftercare.commands.session import Session
from aftercare.commands.verbs import Entry, Nouns, argument, output_options, verb
from aftercare.errors import Fault, NoBook
from aftercare.language import N_, _, word
from aftercare.policies import categories, load
from aftercare.policies.pack import Pack
from aftercare.render.law_rows import pack_row
from aftercare.render.output import put
from aftercare.render.rows import Choice, Column, emit

_HERE = "aftercare.commands.policy"
LIST, CATEGORIES = N_("The packs in force."), N_("The tree of goods, in both languages.")
SHOW = N_("What a line or a pack says, or all that holds for goods of a category.")
CHECK = N_("What is wrong with the shop's own packs, or with files; silent when nothing is.")
TEST = N_("Try the packs on worked cases: facts, a day, and what must come out.")
EXPLAIN = N_("A claim's verdict with every line that was looked at.")


def policy() -> Nouns:
    """The group."""
    table = {
        "list": Entry(f"{_HERE}:list_", LIST),
        "categories": Entry(f"{_HERE}:categories_", CATEGORIES),
        "show": Entry("aftercare.commands.policy_show:show", SHOW),
        "check": Entry(f"{_HERE}:check", CHECK),
        "test": Entry("aftercare.commands.policy_trials:test", TEST),
        "explain": Entry("aftercare.commands.verdicts:explain", EXPLAIN),
    }
    return Nouns(
        "policy",
        table=table,
        help=N_("Rules in force, what they say and what they rest on, and the tree of categories."),
        example="aftercare policy categories",
    )


def _rules(session: Session) -> load.Rules:
    """The packs of the book; all that are shipped where there is no book and none was named."""
    try:
        book = session.book()
    except NoBook:
        if session.folder or os.environ.get("AFTERCARE_BOOK"):
            raise
        return load.Rules(load.shipped(), ())
    said = book.settings
    return load.rules(book.own_packs(), country=said.country or "", region=said.region or "", named=said.packs)


def in_force(session: Session) -> tuple[Pack, ...]:
    """The packs that count; a faulty one is said, and the rest goes on."""
    rules = _rules(session)
    session.warn_of_packs(rules.faults)
    return rules.packs


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
    rows = [pack_row(pack) for pack in in_force(session)]
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


@verb(
    "check", CHECK, argument("files", many=True, required=False, metavar="[FILE...]"), example="aftercare policy check"
)
def check(session: Session, files: tuple[str, ...]) -> None:
    """``policy check``."""
    for fault in _faults_of(dict.fromkeys(files)) if files else _rules(session).faults:
        put(str(fault))
        session.found(True)


def _faults_of(files: Iterable[str]) -> tuple[Fault, ...]:
    """What is wrong with packs in files, as a shop's own beside all that are shipped."""
    shipped = [pack.id for pack in load.shipped()]
    return load.rules([(file, named_bytes(file)) for file in files], country="", region="", named=shipped).faults
