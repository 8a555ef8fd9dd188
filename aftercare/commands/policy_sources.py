"""``policy sources``: what the packs rest on, how well that was looked at, and when."""

from __future__ import annotations

from typing import Any

from aftercare.answers.sources import Rest, sources
from aftercare.commands.policy import SOURCES, choice_of, in_force, library
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _, current
from aftercare.plain.moments import day_of
from aftercare.plain.text import fold
from aftercare.policies.pack import Pack
from aftercare.render.rows import Column, Row, emit
from aftercare.render.traces import sure_words

HEADER = ("id", "kind", "pack", "source", "title", "what", "where", "sure", "checked_on", "stale")


@verb(
    "sources",
    SOURCES,
    argument("pack", required=False, metavar="[PACK]"),
    option("--stale", is_flag=True, text=N_("only of packs that nobody has compared with their sources for 365 days")),
    *output_options(),
    example="aftercare policy sources cn-1995-general",
)
def sources_(session: Session, pack: str | None, stale: bool, **more: Any) -> None:
    """``policy sources``."""
    every = library(session)
    packs = [_named((*every.own, *every.shipped), pack)] if pack else in_force(session)
    found = sources(packs, (*every.shipped, *every.own), day_of(session.now()))
    rows = [_row(one) for one in found if one.is_stale or not stale]
    columns = [
        Column("pack", N_("pack")),
        Column("source", N_("source")),
        Column("title", N_("title"), lambda title: str(title[current()])),
        Column("sure", N_("how sure"), sure_words),
        Column("checked_on", N_("checked on"), lambda day: day or _("never")),
        Column("where", N_("where")),
    ]
    emit(rows, columns, choice_of(more), header=HEADER)


def _named(packs: tuple[Pack, ...], name: str) -> Pack:
    """The pack of that id, in force or not; NoSuchRecord where there is none."""
    found = next((pack for pack in packs if pack.id == fold(name).strip().casefold()), None)
    if found is None:
        raise NoSuchRecord(_("pack"), name)
    return found


def _row(one: Rest) -> Row:
    return {
        "id": f"{one.pack.id}/{one.key}",
        "kind": "source",
        "pack": one.pack.id,
        "source": one.key,
        "title": one.title._asdict(),
        "what": one.source.what,
        "where": one.source.where,
        "sure": one.source.sure,
        "checked_on": one.pack.version or None,
        "stale": one.is_stale,
    }
