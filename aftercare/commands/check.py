"""``check``: the faults of the book that can be mended, and where the service fell short, each with file and line."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers.affairs import HOUSE
from aftercare.answers.breaches.finding import Settled
from aftercare.answers.checking import GROUPS, Fallen, looked
from aftercare.book.ids import of_path
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, option, output_options, verb
from aftercare.errors import INVALID, Fault
from aftercare.language import N_, _
from aftercare.plain.text import printable
from aftercare.render.credo import basic_row, offended
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit

_OF_FAULT = ("id", "file", "line", "code", "message", "kind")
_OF_BREACH = ("customer", "on", "person", "rule", "settled", "settled_on", "settled_by", "reason", "awaits", "credo")
_FIELDS = (*_OF_FAULT, *_OF_BREACH)


def _fault_row(fault: Fault) -> dict[str, Any]:
    named = of_path(fault.file)
    row = {"id": str(named) if named else None, **fault._asdict(), "kind": "fault"}
    return row | dict.fromkeys(_OF_BREACH) | {"credo": []}


def _breach_row(fallen: Fallen) -> dict[str, Any]:
    breach, settled = fallen.breach, fallen.breach.settled
    return {
        "id": breach.id,
        **fallen.fault._asdict(),
        "kind": "breach",
        "customer": breach.to if breach.to != HOUSE else None,
        "on": breach.on.isoformat(),
        "person": breach.person or None,
        "rule": breach.line,
        "settled": settled.how if settled else None,
        "settled_on": settled.on.isoformat() if settled else None,
        "settled_by": settled.record if settled else None,
        "reason": (settled.reason or None) if settled else None,
        "awaits": breach.awaits or None,
        "credo": [basic_row(one) for one in breach.credo],
    }


def _line(fallen: Fallen) -> str:
    """A breach with its id, by which it is settled, the rule and the lines of the credo that it offends."""
    breach = fallen.breach
    parts = [str(fallen.fault), f"[{breach.id}, {breach.line}]"]
    if breach.settled:
        parts.append(_settled(breach.settled))
    elif breach.awaits:
        parts.append(_("apologised for; the remedy {promise} is still to come").format(promise=breach.awaits))
    return " ".join([*parts, *offended(breach.credo)])


def _settled(settled: Settled) -> str:
    sentence = {
        "apology": _("settled by the apology of {on} ({record})"),
        "made_good": _("made good on {on} ({record})"),
        "accepted": _("accepted on {on} ({record})"),
    }[settled.how].format(on=settled.on.isoformat(), record=settled.record)
    return _("{sentence}: {reason}").format(sentence=sentence, reason=settled.reason) if settled.reason else sentence


def _check(session: Session, group: str | None, fmt: str, **more: Any) -> None:
    found, fallen = looked(session.book(), group or "", session.now(), as_known=bool(session.as_of))
    shown = [one for one in fallen if more["all_"] or one.breach.settled is None]
    choice = Choice(fmt, more["fields"], more["sort"], more["limit"])
    both = sorted(
        [*((fault, None) for fault in found.faults), *((one.fault, one) for one in shown)],
        key=lambda pair: (pair[0][:3], pair[1].breach.id if pair[1] else ""),
    )
    if fmt == "table" and not choice.fields and not choice.sort:
        for fault, one in both[: choice.limit]:
            put(printable(_line(one) if one else str(fault)))
    else:
        emit([_breach_row(one) if one else _fault_row(fault) for fault, one in both], [], choice, header=_FIELDS)
    if found.invalid:
        session.exit_code = INVALID
    session.found(bool(found.faults) or any(one.breach.settled is None for one in fallen))


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
