"""The words of a message to a customer, in the customer's language or the book's.

The templates are ours and hold nothing but names in braces; a line that names what is not known is left out.  What a
record says goes in as it is, made one visible line, and is never looked at for names again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aftercare.answers.notices.wanted import Notice
from aftercare.answers.promises import Promise
from aftercare.book.settings import Shop
from aftercare.language import LANGUAGES, N_, _, current, speaking
from aftercare.plain.moments import Moment, parse
from aftercare.plain.text import fold, printable
from aftercare.plain.words import echo
from aftercare.records.customer import Customer
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.page import listed, term
from aftercare.render.promises import kind_name

_NAME = re.compile(r"\{([a-z]+)\}")
_SPOKEN = {
    "zh": frozenset({"zh", "中文", "汉语", "普通话", "国语", "chinese", "mandarin"}),
    "en": frozenset({"en", "英语", "英文", "english"}),
}
_KINDS = {
    "appointment": N_("appointment notice"),
    "delay": N_("delay notice"),
    "apology": N_("apology notice"),
    "greeting": N_("greeting notice"),
    "shop": N_("list of the day"),
}
_STATES = {
    "waiting": N_("in the outbox"),
    "sent": N_("sent"),
    "failed": N_("not sent"),
    "uncertain": N_("sent or not, nobody knows"),
    "held": N_("held back"),
    "to_send": N_("to be sent"),
    "recorded": N_("recorded"),
}
_WHY = {
    "forgotten": N_("the customer was forgotten"),
    "left": N_("the customer left"),
    "do_not_contact": N_("the customer does not wish to be contacted"),
    "declined": N_("the customer declined the last message"),
    "no_consent": N_("the customer has not agreed to greetings"),
    "other_channel": N_("the customer wishes to be reached another way"),
    "quiet_unclear": N_("the customer's quiet hours are not hours we can read"),
    "quiet_hours": N_("quiet hours"),
    "no_address": N_("no channel has an address for the customer"),
}


class Message(NamedTuple):
    """What is sent: one line of subject, and lines of text."""

    subject: str
    text: str


def notice_name(kind: str) -> str:
    """A kind of message in a word or two."""
    return _(_KINDS[kind])


def state_name(state: str) -> str:
    """What became of a message, in words."""
    return _(_STATES[state])


def why_name(why: str) -> str:
    """Why a message did not go out, in words."""
    return _(_WHY.get(why, why))


def tongue(customer: Customer, otherwise: str) -> str:
    """The language in which we write to a customer: their own where we speak it, else the book's."""
    own = fold(customer.language or "").casefold()
    return next((one for one in LANGUAGES if own in _SPOKEN[one]), otherwise)


def message(language: str, notice: Notice, shop: Shop, person: str) -> Message:
    """A notice in words, in a language of its own."""
    with speaking(language):
        return _filled(f"notice.{notice.wording}.{language}.txt", _values(notice, shop, person))


def one_line(text: str) -> str:
    """A text of a record as one line of a message: breaks and all else that is hidden are seen, and break nothing."""
    return printable(" ".join(text.split()))


def _values(notice: Notice, shop: Shop, person: str) -> dict[str, str]:
    first, promise = notice.rows[0], notice.promises[0]
    goods = dict.fromkeys(str(row["product"]) for row in notice.rows if row["product"])
    plan = promise.draft.plan
    return {
        "name": first["name"] or "",
        "shop": shop.name or "",
        "phone": shop.phone or "",
        "what": _kind(notice, promise),
        "words": _words(notice, promise),
        "goods": listed(list(goods)),
        "when": term(notice.term) if notice.term else "",
        "first": echo(parse(first["first_due"])) if first["first_due"] else "",
        "person": person,
        "address": (first["address"] or "") if promise.what in {"deliver", "install"} else "",
        "occasion": plan.title.said(current()) if plan else "",
    }


def _kind(notice: Notice, promise: Promise) -> str:
    """What a promise is by its kind; of an apology, that of the promise that we regret; "" of one of no kind."""
    kind = promise.what
    if notice.kind == "apology":
        kind = promise.id.removesuffix("/apology").rpartition("/")[2].partition(".")[0].replace("-", "_")
    return kind_name(kind) if kind in PROMISE_KINDS and kind != "other" else ""


def _words(notice: Notice, promise: Promise) -> str:
    """The words in which we gave a promise; what a customer complained of is none of them."""
    regretted = promise.id.removesuffix("/apology")
    return next((one.words or "" for one in notice.affairs.promises if one.id == regretted), "")


def _filled(template: str, values: Mapping[str, str]) -> Message:
    """A template with its values: the first line of its head that can be filled is the subject."""
    clean = {name: one_line(value) for name, value in values.items()}
    head, __, body = _template(template).partition("\n\n")
    subject = next(_lines(head, clean), "")
    return Message(subject, "\n".join(_lines(body, clean)))


def _lines(text: str, values: Mapping[str, str]) -> Iterator[str]:
    """The lines of a template of which all is known, filled in one go, so that no value is taken for a name."""
    for line in text.splitlines():
        if all(values[name] for name in _NAME.findall(line)):
            yield _NAME.sub(lambda found: values[found[1]], line)


@cache
def _template(name: str) -> str:
    return (files("aftercare.render") / "templates" / name).read_text("utf-8")


def shop_message(shop: Shop, lines: Sequence[str], now: Moment) -> Message:
    """What is owed on a day, for whoever works here."""
    title = _("{shop}: what is owed, {when}") if shop.name else _("What is owed, {when}")
    return Message(one_line(title.format(shop=shop.name or "", when=echo(now))), "\n".join(map(printable, lines)))
