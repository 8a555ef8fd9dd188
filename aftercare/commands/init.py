"""``aftercare init``: start a book."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from aftercare import language
from aftercare.book.beginning import begin
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, NotADate, NotCommitted
from aftercare.language import LANGUAGES, N_, _
from aftercare.plain.moments import day_of, iso
from aftercare.plain.tree import Tree
from aftercare.plain.words import understand
from aftercare.render.output import put, say


@verb(
    "init",
    N_("Start a book in a new or empty folder."),
    argument("folder", metavar="DIR"),
    option("--name", metavar="SHOP", text=N_("the shop's name")),
    option("--country", metavar="CN", text=N_("its country, two letters")),
    option("--region", metavar="R", text=N_("its province or state")),
    option("--begins-on", metavar="D", text=N_("plans promise nothing for events before this day")),
    option("--language", "speaks", type=click.Choice(LANGUAGES), text=N_("the language of the shop; --lang does too")),
    option("--git/--no-git", default=True, text=N_("whether every command makes a commit; absent: yes")),
    example="aftercare init shop --name 阳光家电 --country CN --region Zhejiang --begins-on 2026-03-01 --lang zh",
)
def init(
    session: Session,
    folder: str,
    name: str | None,
    country: str | None,
    region: str | None,
    begins_on: str | None,
    speaks: str | None,
    git: bool,
) -> None:
    """Start a book."""
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadValue("--country", country, _("write two letters, as in CN"))
    facts: dict[str, Tree] = {"shop": name, "country": (country or "").upper() or None, "region": region}
    facts["language"] = speaks or session.lang or language.from_environment(os.environ)
    if begins_on:
        try:
            facts["begins_on"] = iso(day_of(understand(begins_on, session.moment_now())))
        except NotADate:
            raise NotADate(begins_on, "--begins-on") from None
    facts["git"] = "yes" if git else "no"
    try:
        begin(Path(folder), {key: value for key, value in facts.items() if value})
    except NotCommitted as error:
        session.not_committed(error)
    put(folder)
    # the line is there to be pasted into a shell, to which letters of any language are letters
    quoted = folder if re.fullmatch(r"[\w./-]+", folder) else shlex.quote(folder)
    say(_("the book is ready; next: aftercare -C {folder} customer add --name …").format(folder=quoted))
