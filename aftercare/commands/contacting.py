"""``visit add``: what the promises that it keeps settle of a contact, and one contact for each of several customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aftercare.answers import owed
from aftercare.answers.affairs import customer_behind
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.book.shelf import Shelf
from aftercare.book.titles import listed
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument
from aftercare.errors import Contradicts, UsageProblem
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.plain.tree import Tree

MORE = argument("more", many=True, required=False, metavar="[PROMISE]...")
"""Behind ``--keeps``, or by themselves: what it keeps besides, as ``xargs`` puts it there."""
_KEEPS, _CUSTOMER, _ABOUT = "field__keeps", "field__customer", "field__about"
_PROMISE = ("any_promise",)
OF_ONE = (
    "answers", "question", "advice", "solved", "satisfaction", "heard", "saw", "undone", "understood", "trained",
    "minutes", "checklist", "wants", "gave",
)  # fmt: skip
"""What one customer said, or had done; a contact with several has none of it."""
OWN_WORDS = ("wish", "complaint", "promise")


def with_more(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the flags, with the promises that stand behind them."""
    more = values.get("more") or ()
    return {**{name: value for name, value in values.items() if name != "more"}, _KEEPS: (*values[_KEEPS], *more)}


def by_customer(session: Session, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The promises that are kept, each once, by the customer to whom they are; nothing where somebody was named, or
    where one promise alone is kept.
    """
    if len(values[_KEEPS]) < 2 or values.get(_CUSTOMER) or values.get(_ABOUT):
        return {}
    shelf = session.read(session.book())
    found: dict[str, list[str]] = {}
    for typed in values[_KEEPS]:
        promise = deeds.resolved(session, shelf, typed, _PROMISE, echoed=False)
        customer = customer_behind(shelf, promise)
        if customer and promise not in found.setdefault(customer, []):
            found[customer].append(promise)
    return found


def add_each(session: Session, values: Mapping[str, Any], groups: Mapping[str, Sequence[str]], fmt: str) -> None:
    """One contact with each customer whose promises are kept, in the order in which these were named; or none."""
    _refuse_words(values)
    ids = []
    with session.writing("visit add") as pen:
        common = deeds.reader(session, pen.shelf).tree("visit", {**deeds.values_of(values), _KEEPS: ()})
        ledger = ledger_of(pen.shelf, session.rules(pen.book), session.now(), groups)
        for keeps in groups.values():
            tree = complete(session, ledger, pen.shelf, {**common, "keeps": list(keeps)})
            with deeds.typed_in("visit"):
                ids.append(pen.add("visit", tree).id)
        deeds.written(session, pen, f"visit add {listed(ids)}")
    deeds.tell(session, pen, ids=ids, fmt=fmt)


def _refuse_words(values: Mapping[str, Any]) -> None:
    """What one customer said belongs into a contact of its own."""
    names = [*(f"field__{name}" for name in OF_ONE), *OWN_WORDS]
    given = [name.removeprefix("field__").replace("_", "-") for name in names if values.get(name)]
    if given:
        sentence = _("what one customer said belongs into a contact of its own: {names}")
        raise UsageProblem(sentence.format(names=", ".join(given)))


def complete(session: Session, ledger: Ledger, shelf: Shelf, tree: dict[str, Tree]) -> dict[str, Tree]:
    """What is kept, or what it is about, settles customer, subject, purpose and channel."""
    settled = owed.settled_by(ledger, shelf, _texts(tree.get("keeps")), _texts(tree.get("about")))
    given = tree.get("customer")
    if given and settled.customer and given != settled.customer:
        raise UsageProblem(
            _("--customer is {given}, but {about} is about {customer}").format(
                given=given,
                about=", ".join(_texts(tree.get("keeps")) or _texts(tree.get("about"))),
                customer=settled.customer,
            )
        )
    _came_or_called(tree)
    # Who comes or calls does so for a reason of their own: it is not the call that we owe them.
    ours = settled if tree.get("keeps") or tree.get("incoming") != "yes" else settled._replace(purpose="", channel="")
    asked = "advice" if tree.get("question") and not tree.get("keeps") else ""
    defaults: tuple[tuple[str, Tree], ...] = (
        ("customer", settled.customer),
        ("about", list(settled.about or ())),
        ("purpose", asked or ours.purpose or "other"),
        ("channel", ours.channel or "phone"),
        ("at", iso(session.now())),
    )
    for name, value in defaults:
        if value:
            tree.setdefault(name, value)
    return tree


def _came_or_called(tree: dict[str, Tree]) -> None:
    """A call that nobody of ours answered was the customer's, and does nothing that we owe."""
    if tree.get("outcome") != "missed":
        return
    if tree.get("keeps"):
        raise Contradicts(_("a call that nobody of ours answered keeps no promise"))
    if tree.setdefault("incoming", "yes") != "yes":
        raise Contradicts(_("only a call of the customer can be missed; whom we do not reach gives no_answer"))


def _texts(value: Tree) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
