"""``check``: the faults of the book that can be mended, and where the service fell short, each with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from aftercare.answers.findings import FIELDS, GROUPS
from aftercare.commands.verbs import Verb, option, output_options, verb
from aftercare.errors import INVALID
from aftercare.language import N_, _
from aftercare.render.credo import offended
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit

if TYPE_CHECKING:
    from aftercare.answers.findings import Found
    from aftercare.book.index.indexed import Indexed
    from aftercare.commands.session import Session

_OF_FILES = ("", "files", "book")
"""Where attached files are looked at too."""


def _line(row: Mapping[str, Any]) -> str:
    """A finding; a breach with its id, by which it is settled, the rule and the lines of the credo that it offends."""
    said = f"{row['file']}:{row['line']}: {row['code']} {row['message']}"
    if row["kind"] == "fault":
        return said
    parts = [said, f"[{row['id']}, {row['rule']}]"]
    if row["settled"]:
        parts.append(_settled(row))
    elif row["awaits"]:
        parts.append(_("apologised for; the remedy {promise} is still to come").format(promise=row["awaits"]))
    return " ".join([*parts, *offended(row["credo"])])


def _settled(row: Mapping[str, Any]) -> str:
    sentence = {
        "apology": _("settled by the apology of {on} ({record})"),
        "made_good": _("made good on {on} ({record})"),
        "accepted": _("accepted on {on} ({record})"),
    }[row["settled"]].format(on=row["settled_on"], record=row["settled_by"])
    return _("{sentence}: {reason}").format(sentence=sentence, reason=row["reason"]) if row["reason"] else sentence


def found_in(session: Session, group: str, *, with_settled: bool) -> Found:
    """What there is to be found, as the index remembers it, else by looking at everything."""
    known = session.found_wrong(with_settled=with_settled)
    if known is not None:
        found = known.found(group)
        return with_attached(session, found, known.index) if group in _OF_FILES else found
    from aftercare.answers.checking import looked_in_full

    as_known = bool(session.as_of)
    found = looked_in_full(session.book(), group, session.now(), with_settled=with_settled, as_known=as_known)
    return with_attached(session, found, None) if group in _OF_FILES and not as_known else found


def with_attached(session: Session, found: Found, index: Indexed | None) -> Found:
    """What was found, with what is wrong with attached files; --verify reads all of each."""
    from aftercare.answers.attached import attached_faults, named_in_index, named_on
    from aftercare.answers.findings import fault_row

    root = index.root if index else session.book().root
    named = named_in_index(index) if index else named_on(session.book().read())
    faults = attached_faults(root, named, verify=session.verify, all_known=not found.is_invalid)
    if not faults:
        return found
    rows = merge(found.rows, map(fault_row, faults), key=lambda row: (row["file"], row["line"], row["code"]))
    return found._replace(rows=rows, is_wrong=True)


def _check(session: Session, group: str | None, fmt: str, **more: Any) -> None:
    found = found_in(session, group or "", with_settled=more["all_"])
    choice = Choice(fmt, more["fields"], more["sort"], more["limit"])
    if fmt == "table" and not choice.fields and not choice.sort:
        for row in islice(found.rows, choice.limit):
            put(_line(row))
    else:
        emit(list(found.rows), [], choice, header=FIELDS)
    if found.is_invalid:
        session.exit_code = INVALID
    session.found(found.is_wrong)


def check() -> Verb:
    """``check``, with what to look at."""
    made = verb(
        "check",
        N_(
            "Find what is wrong in the book's files, and where we fell short; silent when nothing is. "
            "GROUP is one of files, references, delivery, installation, visits, claims, promises, complaints, book."
        ),
        click.Argument(["group"], type=click.Choice(GROUPS), required=False, metavar="[GROUP]"),
        option("--all", "all_", is_flag=True, text=N_("also what is settled, and how")),
        *output_options(),
        example="aftercare check\naftercare check delivery --all\naftercare check book --format json",
    )
    return made(_check)
