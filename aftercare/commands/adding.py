"""``add`` for the kinds that take more, or less, than the fields of their record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from aftercare.answers.affairs import behind, customer_behind
from aftercare.book.pen import Pen
from aftercare.commands import adding_works, contacting, deeds, gifts, grievances, listening, newcomers
from aftercare.commands.deeds import Beside, ledger_now
from aftercare.commands.entitled import tell_unpromised
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.commands.verbs import option
from aftercare.errors import BadValue, Missing, Unfitting, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import day_of, is_late, iso
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.base import Record
from aftercare.records.enquiry import Enquiry
from aftercare.records.points import Points
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit
from aftercare.render.output import say

Values = Mapping[str, Any]

_SALE_FLAGS: tuple[click.Option, ...] = (
    *newcomers.FLAGS,
    option("--product", metavar="REF", text=N_("the one product, instead of --item")),
    option("--serial", metavar="S", text=N_("its serial number")),
    option("--serials", metavar="FILE", text=N_("serial numbers, one a line: one unit each; - is stdin")),
    option("--qty", metavar="N", text=N_("how many pieces")),
    option("--price", metavar="M", text=N_("the price of one piece")),
)
OWN_FLAGS: dict[str, tuple[click.Parameter, ...]] = {
    "sale": _SALE_FLAGS,
    "enquiry": newcomers.FLAGS,
    "visit": (
        contacting.MORE,
        *listening.FLAGS,
        option("--wants-by", metavar="T", text=N_("until when what the customer asked for was promised")),
        option("--no-complaint", is_flag=True, default=None, text=N_("open no complaint, whatever the customer says")),
    ),
    "promise": (
        option("--told", "binds", flag_value="told", text=N_("said to the customer")),
        option("--plan", "binds", flag_value="plan", text=N_("set by ourselves")),
    ),
}


def add(session: Session, kind: str, values: Values, fmt: str) -> None:
    """Write one record of a kind from the values of its flags; of contacts that keep several promises one for each
    customer.
    """
    if kind == "visit":
        values = contacting.with_more(values)
        groups = contacting.by_customer(session, values)
        if len(groups) > 1:
            contacting.add_each(session, values, groups, fmt)
            return

    def make(pen: Pen, reader: Reader) -> dict[str, Tree]:
        tree = reader.tree(kind, deeds.values_of(values))
        complete = _COMPLETE.get(kind)
        return complete(session, pen, reader, tree, values) if complete else tree

    def opened(pen: Pen, record: Record) -> Beside:
        if isinstance(record, Points):
            return gifts.take_gift(pen, record)
        if not isinstance(record, Visit):
            return grievances.NOTHING
        heard = listening.opened(pen, deeds.reader(session, pen.shelf), record, values)
        if values.get("complaint") or values.get("no_complaint"):
            return heard
        return grievances.together(heard, grievances.by_itself(pen, record, session.rules(pen.book)))

    more = opened if kind in {"visit", "points"} else None
    deeds.add_one(session, kind, make, fmt=fmt, beside=more, then=_THEN.get(kind))


def _customer(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    return {**tree, "since": tree.get("since") or _today(session)}


def _today(session: Session) -> str:
    return day_of(session.now()).isoformat()


def _product(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    _name_category(tree)
    return tree


def _name_category(tree: dict[str, Tree]) -> None:
    """The category in either language, kept under its one name."""
    from aftercare.policies import categories

    typed = tree.get("category")
    if isinstance(typed, str):
        found = categories.tree().find(typed)
        if found is None:
            near = ", ".join(categories.tree().near(typed)) or "aftercare policy categories"
            raise BadValue("--category", typed, _("no such category; perhaps: {near}").format(near=near))
        tree["category"] = found


def _sale(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    items = tree.setdefault("items", [])
    if values.get("product") and isinstance(items, list):
        items.extend(_lines(reader, values))
    if not items:
        raise Missing(["--product / --item"])
    newcomers.write(pen, reader, tree, values, _today(session))
    tree.setdefault("sold_on", _today(session))
    return tree


def _lines(reader: Reader, values: Values) -> list[Tree]:
    """The lines that the short flags make: one, or one for each serial number."""
    line: dict[str, Tree] = {"product": reader.resolve(values["product"], ("product",))}
    if values.get("qty"):
        line["qty"] = fold(values["qty"])
    if values.get("price"):
        line["price"] = reader.amount("--price", values["price"])
    if values.get("serials"):
        if values.get("serial") or values.get("qty"):
            raise UsageProblem(
                _("--serials makes one line of each serial number; --serial and --qty do not go with it")
            )
        return [{**line, "serial": serial} for serial in _serials(values["serials"])]
    if values.get("serial"):
        line["serial"] = values["serial"]
    order = ("product", "serial", "qty", "price")
    return [{name: line[name] for name in order if name in line}]


def _serials(source: str) -> list[str]:
    from aftercare.commands.named import named_text

    found = [line.strip() for line in named_text(source).splitlines() if line.strip()]
    if not found:
        raise BadValue("--serials", source, _("it holds no serial numbers"))
    return found


def _claim(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    said = tree.get("facts")
    if isinstance(said, dict):
        tree["facts"] = {name.replace("-", "_"): value for name, value in said.items()}
    _refuse_misfacts(tree)
    return {**tree, "reported_on": tree.get("reported_on") or _today(session)}


def _refuse_misfacts(tree: Mapping[str, Tree]) -> None:
    """What a claim is judged by is a fact of the vocabulary: a mistyped one would silently count for nothing."""
    facts, grounds = tree.get("facts"), _texts(tree.get("exclusions"))
    if not facts and not grounds:
        return
    from aftercare.answers.situations import misstatements  # a claim that says neither does without the vocabulary

    texts = {name: str(value) for name, value in facts.items()} if isinstance(facts, dict) else {}
    for path, sentence in misstatements(texts, grounds):
        raise Unfitting("--exclusion" if path[0] == "exclusions" else "--fact", sentence)


def _visit(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    """What is kept, or what it is about, settles customer, subject, purpose and channel."""
    if tree.get("wants") or tree.get("gave") or values.get("wants_by"):
        from aftercare.commands import benefits  # most contacts are not about benefits

        benefits.complete(session.rules(pen.book), reader, tree, values)
    named = (*_texts(tree.get("keeps")), *_texts(tree.get("about")), str(tree.get("customer") or ""))
    customers = {owner for one in named for owner in behind(pen.shelf, one)}
    return contacting.complete(session, ledger_now(session, pen, customers), pen.shelf, tree)


def _texts(value: Tree) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _of_owner(pen: Pen, tree: dict[str, Tree]) -> dict[str, Tree]:
    """Said by the one to whom all belongs that it is about, where nobody else is named."""
    owners = {owner for subject in _texts(tree.get("about")) if (owner := customer_behind(pen.shelf, subject))}
    return {"customer": owners.pop(), **tree} if len(owners) == 1 and not tree.get("customer") else tree


def _complaint(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    """Taken down now, about what belongs to the one who complains."""
    tree = _of_owner(pen, tree)
    about = _texts(tree.get("about"))
    owners = sorted({owner for subject in about if (owner := customer_behind(pen.shelf, subject))})
    given = tree.get("customer")
    if given and any(owner != given for owner in owners):
        raise UsageProblem(
            _("--customer is {given}, but {about} is about {customer}").format(
                given=given, about=", ".join(about), customer=", ".join(owners)
            )
        )
    return {**tree, "received_at": tree.get("received_at") or iso(session.now())}


def _wish(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    tree = _of_owner(pen, tree)
    return {**tree, "said_on": tree.get("said_on") or _today(session)}


def _offer(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    """Published today, and in each place then, where nothing else was said."""
    meets, places = tree.get("meets"), tree.get("published")
    if isinstance(meets, dict):
        _name_category(meets)
    published_on = tree.get("published_on") or _today(session)
    for place in places if isinstance(places, list) else []:
        if isinstance(place, dict):
            place.setdefault("at", published_on)
    return {**tree, "published_on": published_on}


def _event(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    return {**tree, "planned_on": tree.get("planned_on") or _today(session)}


def _points(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    return {**tree, "on": tree.get("on") or _today(session)}


def _promise(session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Values) -> dict[str, Tree]:
    """A spoken promise: to whom, what, until when.  Words that are no kind of promise are kept as its words."""
    if tree.get("of"):
        return {**tree, "made_on": tree.get("made_on") or _today(session)}
    missing = [flag for flag, name in (("--to", "to"), ("--what", "what"), ("--due", "due")) if not tree.get(name)]
    if missing:
        raise Missing(missing)
    return {
        **listening.in_words(str(tree["what"])),
        **{name: value for name, value in tree.items() if name != "what"},
        "binds": values.get("binds") or tree.get("binds") or "told",
        "made_on": tree.get("made_on") or _today(session),
    }


def _tell_unknown(session: Session, pen: Pen, record: Record) -> None:
    """Say which ticks are on no list."""
    from aftercare.commands.checklists import tell_unknown  # the lists are looked for only where something was ticked

    ticks = getattr(record, "checklist", [])
    if ticks:
        tell_unknown(session, pen, ticks)


def _tell_sold(session: Session, pen: Pen, record: Record) -> None:
    """Say what nobody promised of a new sale, and which enquiries of the buyer may have led to it."""
    tell_unpromised(session, pen, record)
    if isinstance(record, Sale):
        for asked in pen.shelf.hanging(Enquiry, record.customer):
            if asked.customer == record.customer and asked.is_open and not is_late(asked.at, record.sold_on):
                command = f"aftercare enquiry bought {asked.id} --sale {record.id}"
                say(
                    _("{enquiry} is still open; if this came of it: {command}").format(
                        enquiry=asked.id, command=command
                    )
                )


def _tell_missing(session: Session, pen: Pen, record: Record) -> None:
    """Say what was left out of a contact, and which ticks are on no list."""
    for sentence in listening.missing_words(record) if isinstance(record, Visit) else ():
        say(sentence)
    _tell_unknown(session, pen, record)


_THEN: dict[str, Callable[[Session, Pen, Record], None]] = {
    "sale": _tell_sold,
    "delivery": _tell_unknown,
    "installation": _tell_unknown,
    "visit": _tell_missing,
}
"""What else there is to say of a new record of a kind."""
_COMPLETE: dict[str, Callable[..., dict[str, Tree]]] = {
    "customer": _customer,
    "product": _product,
    "sale": _sale,
    "delivery": adding_works.complete("deliver"),
    "installation": adding_works.complete("install"),
    "claim": _claim,
    "visit": _visit,
    "complaint": _complaint,
    "wish": _wish,
    "enquiry": newcomers.enquiry,
    "offer": _offer,
    "event": _event,
    "points": _points,
    "promise": _promise,
}
