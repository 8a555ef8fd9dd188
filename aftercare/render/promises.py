"""Promises in lines and sentences, from their rows alone: what is due is shown without a record being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from aftercare import language
from aftercare.language import N_, _, plural
from aftercare.plain.moments import Moment, day_of, parse
from aftercare.plain.text import clip, pad, printable, width
from aftercare.plain.words import short
from aftercare.records.words import SPOKEN
from aftercare.render.output import put
from aftercare.render.rows import Choice, Column, Row, arrange

WIDEST = 100
_COLUMNS = 4
"""The first parts of a line stand under one another: lateness, kind, name and phone."""
FIELDS = (
    "id", "kind", "what", "state", "urgent", "due", "from", "first_due", "overdue_days", "moves", "moves_by_shop",
    "binds", "customer", "name", "phone", "address", "about", "product", "part", "words", "person", "channel",
    "attempts", "pieces", "kept_of", "quiet", "last_heard", "last_heard_on", "also_open", "line", "benefit", "record",
    "made_on", "kept_on", "kept_by", "ended_on", "ended_by", "reason", "apologised_on", "apology", "apologised_by",
    "remedy", "remedy_cost", "remedy_in", "keep_with", "asks",
)  # fmt: skip
"""The fields of a promise's row, for the header of a CSV without rows."""

_KINDS = {
    "deliver": N_("delivery"),
    "install": N_("installation"),
    "pack": N_("packing"),
    "call_back": N_("call-back"),
    "revisit": N_("revisit"),
    "inspection": N_("inspection"),
    "maintenance": N_("maintenance"),
    "training": N_("training"),
    "answer": N_("answer"),
    "information": N_("information"),
    "finish_repair": N_("repair"),
    "supply_part": N_("part"),
    "return_loan": N_("return of loan"),
    "replace": N_("replacement"),
    "refund": N_("refund"),
    "compensate": N_("compensation"),
    "acknowledge": N_("acknowledgement"),
    "resolve": N_("solution"),
    "confirm": N_("customer's word"),
    "check_back": N_("check-back"),
    "pass_on": N_("passing on"),
    "make_safe": N_("making safe"),
    "report": N_("report"),
    "apology": N_("apology"),
    "greeting": N_("greeting"),
    "thanks": N_("thanks"),
    "appointment": N_("appointment"),
    "follow_up": N_("follow-up"),
    "gift": N_("gift"),
    "benefit": N_("benefit"),
    "correct": N_("correction"),
    "supply": N_("supply"),
    "invite": N_("invitation"),
    "renew": N_("renewal"),
    "other": N_("promise"),
}
_STATES = {
    "void": N_("void"),
    "released": N_("released"),
    "kept": N_("kept"),
    "kept_late": N_("kept late"),
    "broken": N_("broken"),
    "overdue": N_("overdue"),
    "due": N_("due"),
    "waiting": N_("waiting"),
}


class Names(NamedTuple):
    """How to call what a row names by its id: each takes the id of a record, and gives "" where nothing is known of it.

    ``customer`` gives the name and the phone, ``person`` a name, ``part`` its name and number, ``matter`` the words of
    a complaint or of a spoken promise.
    """

    customer: Callable[[str], str]
    person: Callable[[str], str]
    part: Callable[[str], str]
    matter: Callable[[str], str]


_BINDS = {"told": N_("told to the customer"), "law": N_("by law"), "plan": N_("our own plan")}


def kind_name(kind: str) -> str:
    """A kind of promise in a word."""
    return _(_KINDS.get(kind, kind))


def state_name(state: str) -> str:
    """A state in a word."""
    return _(_STATES.get(state, state))


def binding(binds: str) -> str:
    """What a promise binds by, in words."""
    return _(_BINDS.get(binds, binds))


def lateness(row: Row, now: Moment) -> str:
    """How a promise stands to its time: late by so many days, due today at an hour, due on a day to come.

    What may be done on several days shows the first and the last of them.
    """
    due = row["due"]
    if row["state"] == "overdue":
        days = row["overdue_days"]
        return plural("{count} day late", "{count} days late", days).format(count=days) if days else _("late today")
    if due is None:
        return _("not yet")
    at = parse(due)
    if day_of(at) == day_of(now):
        return _("today {time}").format(time=due[11:16]) if len(due) > 10 else _("today")
    begins = parse(row["from"]) if row["from"] else at
    if day_of(begins) < day_of(at):
        return _("{start} to {end}").format(start=short(day_of(begins), day_of(now)), end=short(at, day_of(now)))
    return _("by {when}").format(when=short(at, day_of(now)))


def lines(rows: Sequence[Row], names: Names, now: Moment, choice: Choice, *, how: bool = False) -> None:
    """One line a promise, in columns, at most :data:`WIDEST` columns wide; the id stands last and is never cut."""
    for line in lined(rows, names, now, choice, how=how):
        put(line)


def lined(rows: Sequence[Row], names: Names, now: Moment, choice: Choice, *, how: bool = False) -> Iterator[str]:
    """The lines, for whoever shows them."""
    arranged = arrange(rows, choice)
    cells = [_cells(row, names, now) for row in arranged]
    # What is urgent stands out of the columns rather than taking their room.
    calm = [parts for row, parts in zip(arranged, cells, strict=True) if not row["urgent"]] or cells
    widths = [max((width(row[n]) for row in calm), default=0) for n in range(_COLUMNS)]
    for row, parts in zip(arranged, cells, strict=True):
        yield _fitted(parts, widths)
        if how:
            yield "    " + printable(_as_typed(row["keep_with"] or []))
            for known in _to_know(row, names, now) if row["what"] in SPOKEN else ():
                yield "    " + clip(printable(known), WIDEST - 4)


def _as_typed(words: Sequence[str]) -> str:
    import shlex

    return shlex.join(words)


def _to_know(row: Row, names: Names, now: Moment) -> Iterator[str]:
    """What whoever speaks with the customer should know: what else they wait for, and what they said last time."""
    if row["also_open"]:
        matters = _(", ").join(_matter(names, matter) for matter in row["also_open"])
        yield _("still open: {matters}").format(matters=matters)
    if row["last_heard"]:
        when = short(day_of(parse(row["last_heard_on"])), day_of(now))
        yield _("last time, {when}: {words}").format(when=when, words=row["last_heard"])


def _matter(names: Names, matter: str) -> str:
    """A complaint or a spoken promise by its words; what was told of a sale by its kind."""
    step = matter.rpartition("/")[2].rstrip(".0123456789")
    words = names.matter(matter) or (kind_name(step) if step in _KINDS else "")
    return f"{words} ({matter})" if words else matter


def _cells(row: Row, names: Names, now: Moment) -> list[str]:
    what = kind_name(row["what"])
    if row["kept_of"] and row["state"] in {"overdue", "due", "waiting"} and not row["kept_of"].startswith("0/"):
        what = _("{what} ({done} done)").format(what=what, done=row["kept_of"])
    if row["attempts"]:
        what = _("{what} (try {number})").format(what=what, number=row["attempts"] + 1)
    about = row["words"] or (names.part(row["part"]) if row["part"] else "") or row["product"] or ""
    about = f"{row['benefit'][language.current()]} {about}".rstrip() if row["benefit"] else about
    late = lateness(row, now)
    late = _("URGENT {lateness}").format(lateness=late) if row["urgent"] else late
    parts = [
        late,
        what,
        row["name"] or (_("(forgotten)") if row["customer"] else _("the shop")),
        row["phone"] or "",
        about,
        names.person(row["person"]) if row["person"] else "",
        row["id"],
    ]
    return [printable(part) for part in parts]


def _fitted(parts: Sequence[str], widths: Sequence[int]) -> str:
    """The short words in columns, then what it is about, who does it, the id; what it is about gives way."""
    head = " ".join(pad(text, limit) for text, limit in zip(parts, widths, strict=False) if limit)
    about, *tail = parts[_COLUMNS:]
    end = " ".join(filter(None, tail))
    room = WIDEST - width(head) - width(end) - 2
    return " ".join(filter(None, (head, clip(about, max(0, room)), end)))


def columns(names: Names, now: Moment) -> list[Column]:
    """The columns of a list of promises."""

    def when(value: Any) -> str:
        return short(parse(value), day_of(now)) if value else _("not yet")

    def tell(value: Any) -> str:
        return names.customer(value) if value else _("the shop")

    return [
        Column("state", N_("state"), state_name),
        Column("what", N_("kind"), kind_name),
        Column("due", N_("due"), when),
        Column("binds", N_("binds"), binding),
        Column("customer", N_("customer"), tell),
        Column("product", N_("product")),
        Column("id", N_("ID")),
    ]
