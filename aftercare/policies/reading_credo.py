"""Reading the section ``credo`` of a pack: what a shop says in public that its people keep to."""

from __future__ import annotations

import re

from aftercare.language import N_
from aftercare.policies.credo import Basic
from aftercare.policies.reading_plans import NAME, Setting, listed
from aftercare.policies.shape import Node, Words, value_of

_FINDING = re.compile(r"[a-z]+([_-][a-z]+)*")


def read_credo(node: Node, setting: Setting, ids: set[str]) -> tuple[Basic, ...]:
    """The lines of a credo, numbered in their order."""
    found = []
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    needed = ("id", "text", *(("cite",) if setting.must_cite else ()))
    for number, entry in enumerate(node.entries(), start=1):
        said = entry.keys(("id", "text", "for", "cite"), needed)
        basic = Basic(
            pack=setting.pack,
            id=value_of(said, "id", lambda node: node.matching(NAME, "on-time"), ""),
            number=number,
            text=value_of(said, "text", Node.words, Words("", "")),
            names=value_of(said, "for", _findings, ()),
            cite=value_of(said, "cite", lambda node: listed(node, setting.sources), ()),
            since=setting.since,
            until=setting.until,
        )
        if basic.id and basic.id in ids:
            entry.down("id", basic.id).complain("repeated", N_("{where}: another line is called “{value}” too"))
        ids.add(basic.id)
        found.append(basic)
    return tuple(found)


def _findings(node: Node) -> tuple[str, ...]:
    """Duties and codes of findings; which codes there are, packs do not know."""
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(filter(None, (entry.matching(_FINDING, "on_time") for entry in node.entries())))
