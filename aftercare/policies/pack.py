"""What a pack is: a manifest and sections of lines.

The manifest says whose rules these are, where and when they hold, where they come from and what they leave out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from aftercare.errors import Fault
from aftercare.plain.tree import Path
from aftercare.policies import categories, clauses
from aftercare.policies.plans import Plan, Question
from aftercare.policies.reading_plans import NAME, Setting, read_plans, read_questions
from aftercare.policies.shape import Node, Words, in_force
from aftercare.policies.standards import Standards

if TYPE_CHECKING:
    from aftercare.policies.law import Law

ISSUERS = ("statute", "standard", "maker", "shop")
SURE = ("verified", "partly", "secondary", "practice")
"""How well a source was looked at: its text was read; parts of it were; somebody else restates it; it is a habit."""
CHOSEN = ("place", "named", "parent")
"""What puts a pack in force in a book: the shop's country and region; only its name among the settings; nothing, since
it only stands behind others."""

_MANIFEST = (
    "id", "issuer", "title", "in_force", "country", "region", "chosen", "adds_to", "weight", "checked_on", "sources",
    "not_covered",
)  # fmt: skip
_SECTIONS = ("questions", "plans")
_LAW = (
    "extends", "drop", "governed_by", "applies", "bars", "counting", "goods", "windows", "restates", "lines",
    "evidence",
)  # fmt: skip
KEYS = (*_MANIFEST, *_SECTIONS, *clauses.SECTIONS, *_LAW)
_NEEDED = ("id", "issuer", "title")
_NEEDED_OF_OTHERS = (*_NEEDED, "in_force", "checked_on", "sources")
_COUNTRY = re.compile(r"[A-Z]{2}")


class Source(NamedTuple):
    """A text that a line rests on: what it is, where it stands, and how well it was looked at."""

    what: str
    where: str
    sure: str
    title: Words | None = None
    """Its name as a verdict cites it, where that is not the pack's own."""


@dataclass(frozen=True)
class Pack:
    """The rules of one issuer, as one file holds them.  Its law is read when a verdict first asks for it."""

    id: str
    issuer: str
    title: Words
    since: date | None
    """The first day it is in force; None: it always was."""
    until: date | None
    """The last day it is in force; None: it still is."""
    country: str
    """Where it holds (``CN``); "" is everywhere."""
    region: str
    """The part of the country where it holds; "" is all of it."""
    chosen: str
    """What puts it in force in a book: ``place``, ``named`` or ``parent``."""
    adds_to: tuple[str, ...]
    """The packs beside which it is meant to stand."""
    weight: Words | None
    """What it binds, where that is less than a law does."""
    checked_on: date | None
    """The day somebody last compared it with its sources."""
    sources: Mapping[str, Source]
    not_covered: tuple[Words, ...]
    """What one might look for in it in vain."""
    plans: tuple[Plan, ...]
    standards: Standards
    """What it says of how a shop works, and of who is entitled to which service."""
    extends: str
    """The pack whose law it takes over, but for what it says itself."""
    has_law: bool
    """Whether it says anything about remedies."""
    listed: frozenset[str]
    """The categories of its table of goods."""
    file: str
    data: bytes = field(repr=False)
    read_law: Callable[[], Law] = field(repr=False, compare=False)

    @cached_property
    def law(self) -> Law:
        """What it says about remedies."""
        return self.read_law()

    @property
    def version(self) -> str:
        """The state of its text, in words: the day it was last checked."""
        return self.checked_on.isoformat() if self.checked_on else ""

    @property
    def sha256(self) -> str:
        """The state of its text to the byte."""
        return hashlib.sha256(self.data).hexdigest()

    def fault(self, path: Path, code: str, sentence: str) -> Fault:
        """What is wrong at *path* of its file, with the line."""
        from aftercare.plain.reading import line_of  # yaml is paid for only where something is wrong

        return Fault(self.file, line_of(self.data, path), code, sentence)


def read_pack(top: Node, file: str, data: bytes) -> Pack:
    """The pack that the tree holds; complaints are left with the node, and a pack that has any is not to be used."""
    shops_own = isinstance(top.value, dict) and top.value.get("issuer") == "shop"
    said = top.keys(KEYS, _NEEDED if shops_own else _NEEDED_OF_OTHERS)
    name = said["id"].matching(NAME, "service-plans") if "id" in said else ""
    since, until = in_force(said["in_force"]) if "in_force" in said else (None, None)
    sources = _sources(said["sources"]) if "sources" in said else {}
    setting = Setting(
        pack=name,
        sources=sources,
        must_cite=not shops_own,
        is_law=isinstance(top.value, dict) and top.value.get("issuer") == "statute",
        questions=_questions(said),
        since=since,
        until=until,
    )
    plans = read_plans(said["plans"], setting) if "plans" in said else ()
    return Pack(
        id=name,
        issuer=said["issuer"].choice(ISSUERS) if "issuer" in said else "",
        title=said["title"].words() if "title" in said else Words("", ""),
        since=since,
        until=until,
        country=said["country"].matching(_COUNTRY, "CN") if "country" in said else "",
        region=said["region"].text() if "region" in said else "",
        chosen=said["chosen"].choice(CHOSEN) if "chosen" in said else "place",
        adds_to=tuple(entry.text() for entry in said["adds_to"].entries()) if "adds_to" in said else (),
        weight=said["weight"].words() if "weight" in said else None,
        checked_on=said["checked_on"].day() if "checked_on" in said else None,
        sources=sources,
        not_covered=tuple(entry.words() for entry in said["not_covered"].entries()) if "not_covered" in said else (),
        plans=plans,
        standards=clauses.read_standards(said, setting, frozenset(plan.id for plan in plans)),
        extends=said["extends"].text() if "extends" in said else "",
        has_law=any(key in said for key in _LAW),
        listed=_listed(said["goods"]) if "goods" in said else frozenset(),
        file=file,
        data=data,
        read_law=lambda: _law(said, name, sources, must_cite=not shops_own),
    )


def _law(said: Mapping[str, Node], name: str, sources: Mapping[str, Source], *, must_cite: bool) -> Law:
    from aftercare.policies.law import Reading, read_law  # what only a verdict needs

    return read_law(said, Reading(name, lambda node: _cites(node, sources), must_cite, SURE))


def _listed(node: Node) -> frozenset[str]:
    tree = categories.tree()
    found = (tree.find(name) for name in node.value) if isinstance(node.value, dict) else ()
    return frozenset(name for name in found if name)


def _questions(said: Mapping[str, Node]) -> dict[str, Question]:
    return read_questions(said["questions"]) if "questions" in said else {}


def _sources(node: Node) -> dict[str, Source]:
    return {key: _source(entry) for key, entry in node.named().items()}


def _cites(node: Node, sources: Mapping[str, Source]) -> tuple[tuple[str, str], ...]:
    """Sources with the articles that say so: ``{rule95: "9"}``, ``{rule95: ["9", "10"]}``, or a list of sources."""
    if not isinstance(node.value, dict):
        return tuple((entry.choice(sources), "") for entry in node.entries())
    found: list[tuple[str, str]] = []
    for key, entry in node.named().items():
        source = Node(key, entry.path, entry.complaints).choice(sources)
        articles = entry.entries() if isinstance(entry.value, list) else [entry]
        found += [(source, article.text()) for article in articles]
    return tuple(found)


def _source(node: Node) -> Source:
    said = node.keys(("what", "where", "sure", "title"), needed=("what", "where", "sure"))
    return Source(
        what=said["what"].text() if "what" in said else "",
        where=said["where"].text() if "where" in said else "",
        sure=said["sure"].choice(SURE) if "sure" in said else "",
        title=said["title"].words() if "title" in said else None,
    )
