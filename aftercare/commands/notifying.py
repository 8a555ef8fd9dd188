"""``due --notify``: what is owed, told to those who work here; and what customers are to be told, told to them.

A message is put into the outbox before it is sent, sent, and written down as a contact, in that order; so one that was
sent is never sent again without anybody being told, wherever we are killed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aftercare.book import outbox as outboxes
from aftercare.book import own_settings
from aftercare.book.outbox import Outbox
from aftercare.book.own_settings import Channel, Notifying
from aftercare.commands import sending
from aftercare.commands.session import Session
from aftercare.errors import BUSY, REFUSED, InvalidBook, UsageProblem
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.render.notices import Message, notice_name, state_name, why_name
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit

TO = ("shop", "customers")
"""To whom messages go: to those who work here, or to customers."""
FIELDS = (
    "id", "kind", "notice", "to", "customer", "name", "phone", "language", "promises", "due", "state", "why", "channel",
    "subject", "text", "file", "visit",
)  # fmt: skip
"""The fields of a message's row."""


class Desk:
    """Where messages go out: the user's settings, the outbox, the hour, and whether anything may really leave.

    InvalidBook where the shop's settings cannot be relied on: they say in whose name it writes, and in which language.
    """

    def __init__(self, session: Session, asked: dict[str, Any]) -> None:
        self.session = session
        self.book = session.book()
        if self.book.setting_faults:
            raise InvalidBook(self.book.setting_faults)
        self.root = root = self.book.root
        self.dry = bool(asked["dry_run"])
        self.settings: Notifying = own_settings.read(os.environ, root)
        named = asked["outbox"]
        home = Path(self.settings.outbox) if self.settings.outbox else own_settings.state_folder(os.environ) / "outbox"
        # The name is told to people, so there is no ".." in it.
        self.folder = Path(os.path.abspath(named)) if named else outboxes.folder_for(root, home)  # noqa: PTH100
        self.is_now = day_of(session.now()) == session.clock().date()
        """Whether the day that we go by is the day it is: on another day nothing leaves the machine."""

    def channels(self, to: str) -> tuple[Channel, ...]:
        """The ways out that count on this day."""
        found = self.settings.shop if to == "shop" else self.settings.customers
        if not found:
            return ()
        sending.see_to_extra()
        if not self.is_now:
            say(_("--today is another day than it is: messages stay in the outbox"))
            return ()
        return found

    @property
    def hour(self) -> datetime | None:
        """The time by which hours are quiet; none where a day is asked for that is not today."""
        now = self.session.now()
        if isinstance(now, datetime):
            return now
        return self.session.clock() if self.is_now else None

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """The outbox, held; where nothing is to be done, only looked at."""
        if self.dry:
            outboxes.check_place(self.folder, self.root)
            yield Outbox(self.folder)
            return
        with outboxes.opened(self.folder, self.root) as found:
            yield found


def refuse_flags(session: Session, asked: dict[str, Any]) -> None:
    """UsageProblem for flags that do not go together."""
    if session.as_of:
        raise UsageProblem(_("--as-of looks back; nothing can be sent then"))
    if asked["notify"] is None:
        given = [flag for name, flag in _WITH_NOTIFY.items() if asked[name]]
        if given:
            raise UsageProblem(_("{flags} goes with --notify").format(flags=", ".join(given)))
        return
    given = (
        [flag for name, flag in _OF_LISTS.items() if asked[name] is not None and asked[name] is not False]
        if asked["notify"] == "customers"
        else []
    )
    if asked["sent"] and (asked["notify"] == "shop" or asked["dry_run"]):
        given.append("--sent")
    if given:
        raise UsageProblem(
            _("{flags} does not go with --notify {to}").format(flags=", ".join(given), to=asked["notify"])
        )


_WITH_NOTIFY = {"dry_run": "--dry-run", "outbox": "--outbox", "sent": "--sent"}
_OF_LISTS = {
    "within": "--within", "overdue": "--overdue", "since": "--since", "how": "--how", "exit_code": "--exit-code",
    "sort": "--sort", "limit": "--limit",
}  # fmt: skip


def row_of(notice: str, to: str, message: Message, **more: Any) -> dict[str, Any]:
    """A message as its row: every field present."""
    row: dict[str, Any] = dict.fromkeys(FIELDS)
    row |= {"kind": "notice", "notice": notice, "to": to, "promises": [], "state": "waiting"}
    return row | {"subject": message.subject, "text": message.text} | more


def send(desk: Desk, box: Outbox, row: dict[str, Any], channels: Sequence[Channel], known: dict[str, str]) -> None:
    """Hand a message that lies in the outbox to the first service that takes it, and note what became of it."""
    name = Path(row["file"]).name
    box.move(name, "waiting", "sending")
    for channel in channels:
        row["channel"] = channel.name
        taken = sending.sent(channel, known, row["subject"], row["text"])
        if taken is None:  # no other service either: it would come twice
            row["state"], row["file"] = "uncertain", str(box.folder / "sending" / name)
            _say_uncertain(desk, box, name)
            desk.session.waits_for_nobody = True
            return
        if taken:
            box.move(name, "sending", "sent")
            row["state"], row["file"] = "sent", None
            return
    box.move(name, "sending", "failed")
    row["state"], row["file"] = "failed", str(box.folder / "failed" / name)
    desk.session.exit_code = desk.session.exit_code or BUSY
    tried = ", ".join(channel.name for channel in channels)
    say(
        _("{what} was not taken by {channels}; it is kept and tried again next time: {file}").format(
            what=row["id"] or notice_name(row["notice"]), channels=tried, file=row["file"]
        )
    )


def uncertain(desk: Desk, box: Outbox, is_ours: Callable[[str], bool]) -> None:
    """Say of each message that was being sent when we were killed that only a person can find out whether it was."""
    for name in box.names("sending"):
        if is_ours(outboxes.kind_in(name)):
            _say_uncertain(desk, box, name)


def _say_uncertain(desk: Desk, box: Outbox, name: str) -> None:
    desk.session.exit_code = REFUSED
    say(
        _("{file} may have been sent, or not: move it to {sent} if it was, to {failed} to send it again").format(
            file=box.folder / "sending" / name, sent=box.folder / "sent", failed=box.folder / "failed"
        )
    )


def printed(desk: Desk, rows: Sequence[dict[str, Any]], asked: dict[str, Any]) -> None:
    """What was done, or would be: a line for each message that moved; in a dry run each message in full."""
    choice = Choice(asked["fmt"], asked["fields"])
    if choice.fmt != "table" or choice.fields:
        emit(rows, [], choice, header=FIELDS)
        return
    for row in rows:
        if row["state"] != "held" or desk.dry:
            put(_line(row))
        if desk.dry and row["state"] != "held":
            for line in (row["subject"], *row["text"].split("\n")):
                put(f"    {line}".rstrip())


def _line(row: dict[str, Any]) -> str:
    state = state_name(row["state"])
    if row["why"]:
        state = _("{state} ({why})").format(state=state, why=why_name(row["why"]))
    parts = (state, notice_name(row["notice"]), row["name"], row["phone"], row["channel"])
    about = row["promises"] if row["to"] == "customer" else [row["subject"]]
    return " ".join(filter(None, (*parts, *about)))


def summed_up(desk: Desk, rows: Sequence[dict[str, Any]]) -> None:
    """On stderr: who was held back and why, and where what waits for a hand is."""
    why: dict[str, int] = {}
    for row in rows:
        if row["state"] == "held":
            why[row["why"]] = why.get(row["why"], 0) + 1
    if why:
        reasons = _("; ").join(f"{why_name(one)} {count}" for one, count in why.items())
        say(_("held back: {count} ({reasons})").format(count=sum(why.values()), reasons=reasons))
    waiting = sum(row["state"] == "waiting" for row in rows)
    if waiting and not desk.dry:
        say(_("{count} in the outbox, to be sent by hand: {folder}").format(count=waiting, folder=desk.folder))
