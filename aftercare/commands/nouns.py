"""Every noun with its verbs.  A verb is made, or imported, only when it is the one that was called."""

from __future__ import annotations

from functools import partial
from importlib import import_module

import click

from aftercare.commands.verbs import Entry, Nouns
from aftercare.language import N_

GENERIC = {
    "add": N_("Write down a new record; its id is printed."),
    "list": N_("List records."),
    "show": N_("Show one record."),
    "set": N_("Change values: path=V, path+=V adds to a list, path-=V takes out, path= removes."),
    "edit": N_("Open the file in $EDITOR; it is checked before it is kept."),
    "remove": N_("Take a record out; its number is never given again."),
}
_READING = {"list": "lists", "show": "showing"}


class Noun(Nouns):
    """A noun: its six generic verbs made from its model, and its own."""

    def __init__(self, kind: str, sentence: str, example: str) -> None:
        from aftercare.commands.own_verbs import OWN

        entries = {name: Entry(partial(_generic, kind, name), text) for name, text in GENERIC.items()}
        super().__init__(kind, table=entries | OWN[kind], help=sentence, example=f"aftercare {kind} {example}")


def _generic(kind: str, name: str) -> click.Command:
    """A verb that every noun has; those that only read need no model."""
    module = import_module(f"aftercare.commands.{_READING.get(name, 'generic')}")
    made: click.Command = getattr(module, f"{name}_verb")(kind)
    return made


def _unit(sentence: str) -> Nouns:
    """Units have no files of their own, so none of the generic verbs that write."""
    from aftercare.commands.own_verbs import OF_UNITS

    return Nouns("unit", table=OF_UNITS, help=sentence, example="aftercare unit show SA26-0012/1")


_SENTENCES = {
    "customer": (N_("Customers and their files."), "add --name 王建国 --phone 13800138000"),
    "product": (N_("What the shop sells."), "add --name 空调 --model KFR-35 --category 空调"),
    "sale": (
        N_("Sales and what was promised with them."),
        "add --customer 王建国 --product KFR-35 --price 3299 --deliver-by 明天18:00",
    ),
    "unit": (N_("What became of one thing that was sold."), ""),
    "delivery": (N_("Deliveries."), "sign SA26-0012 --by 王建国 --opened --damage none"),
    "installation": (N_("Installations."), "sign SA26-0012 --by 王建国 --tested ok"),
    "claim": (N_("Claims under the guarantee."), "add --unit SA26-0012/1 --found-on 2026-08-05 --symptom 不制冷"),
    "visit": (N_("Visits, calls, letters and messages."), "add --keeps SA26-0012/1/call-back.1 --outcome reached"),
    "complaint": (
        N_("Complaints, from their receipt to the customer's word that all is well."),
        "add --customer 王建国 --about SA26-0012/1 --what 约好的时间没来",
    ),
    "promise": (N_("Promises, spoken ones and all others."), "add --to 王建国 --what 周五前回电话 --due fri"),
    "part": (N_("Spare parts and their ledger."), "add --name 压缩机 --number KF35-COMP --cost 420"),
    "wish": (N_("Wishes, grumbles and ideas of customers."), "add --customer 王建国 --words 遥控器的字再大一点"),
    "enquiry": (
        N_("What people ask before they buy, and what they were told."),
        "add --name 王建国 --phone 13800138000 --question 三口之家用多大的 --call-by fri",
    ),
    "offer": (
        N_("What the shop published: offers, and the terms on which it serves."),
        "add --title 国庆送清洗 --since 2026-10-01 --until 2026-10-07 --gives what=maintenance,within=6m",
    ),
    "event": (N_("Events for customers."), "add --name 老顾客联欢 --at 2026-12-20T14:00 --place 店内"),
    "points": (
        N_("Points of customers: what they earn, what is given, what they draw them for."),
        "redeem --customer 王建国 --points 300 --gift 雨伞",
    ),
    "staff": (N_("The people who do the work."), "add --name 李师傅 --role driver"),
}
NOUNS = {
    kind: Entry(partial(_unit, sentence) if kind == "unit" else partial(Noun, kind, sentence, example), sentence)
    for kind, (sentence, example) in _SENTENCES.items()
}
"""Every noun, for the root's table."""
