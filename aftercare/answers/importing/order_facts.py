"""What the rows of one order say together: what they share, what each line was told, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.importing.cells import CANCELLED, DONE, Habits, Unfit
from aftercare.answers.importing.customer_rows import name_of
from aftercare.answers.importing.incoming import Line
from aftercare.language import _
from aftercare.plain import money, phones
from aftercare.plain.moments import day_of, in_order, is_late, iso, parse
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree

OF_LINE = frozenset(
    {"product", "model", "sku", "category", "qty", "price", "amount", "serial", "note", "order", "source_key"}
)
"""What is said of one line; a row that leaves the rest empty goes on with the order of the row before."""
SHARED = (
    "sold_on",
    "customer",
    "name",
    "phone",
    "address",
    "region",
    "to_name",
    "to_phone",
    "to_address",
    "channel",
    "invoice",
)
_BEGINS = ("sold_on", "customer", "name", "phone", "to_name", "to_phone")


class Order(NamedTuple):
    """One sale as its rows tell it: its own key, its number where it has one, its rows, and what they share.

    Those ``sold`` make the sale: all but those called off by themselves.
    """

    key: str
    number: str
    lines: tuple[Line, ...]
    facts: Line
    sold: tuple[Line, ...]


def order_of(key: str, number: str, lines: tuple[Line, ...], facts: Line) -> Order:
    """The order of these rows."""
    kept = tuple([line for line in lines if not is_cancelled(line)])
    return Order(key, number, lines, facts, kept or lines)


def continued(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows of one order, those that go on with it filled up from its first row."""
    whole = [lines[0]]
    for line in lines[1:]:
        if any(line.facts.get(name) for name in _BEGINS):
            whole.append(line)
        else:
            above = {name: said for name, said in lines[0].facts.items() if name not in OF_LINE}
            whole.append(Line(line.line, {**above, **line.facts}))
    return tuple(whole)


def at_one_time(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows of one order, those that were written down one after the other on one day at the time of the first."""
    times = {line.text("sold_on") for line in lines} - {""}
    moments = [parse(text) for text in times]
    if len(times) < len(("one", "another")) or len(set(map(day_of, moments))) > 1:
        return tuple(lines)
    first = iso(min(moments, key=in_order))
    return tuple(Line(line.line, {**line.facts, "sold_on": first}) if line.text("sold_on") else line for line in lines)


def shared(lines: Sequence[Line]) -> Line:
    """What all rows of the order share: of each fact the first that is said."""
    facts: dict[str, Tree] = {}
    for line in lines:
        for name in SHARED:
            if line.facts.get(name) and name not in facts:
                facts[name] = line.facts[name]
    return Line(lines[0].line, facts)


def key_without_number(line: Line) -> str:
    """The key of a sale without an order number: day, customer, goods, serial number."""
    who = buyer(line)
    goods = line.text("sku") or line.text("model") or line.text("product")
    told = (
        line.text("sold_on")[:10],
        who.text("source_key"),
        who.text("name"),
        *who.texts("phone")[:1],
        goods,
        line.text("serial"),
    )
    return " ".join(fold(word) for word in told if word)


def buyer(facts: Line) -> Line:
    """Who bought; where only a recipient is named, that one."""
    found: dict[str, Tree] = {
        name: facts.facts.get(name) or facts.facts.get(f"to_{name}") for name in ("name", "phone", "address")
    }
    return Line(facts.line, {**found, "region": facts.facts.get("region"), "source_key": facts.facts.get("customer")})


def recipient(facts: Line, person: Line) -> dict[str, Tree]:
    """The recipient in so far as name, phone or address are not the customer's own."""
    name = facts.text("to_name") or facts.text("name")
    address = facts.text("to_address") or facts.text("address")
    numbers = facts.texts("to_phone") or facts.texts("phone")
    own = set(map(phones.digits, person.texts("phone")))
    found: dict[str, Tree] = {}
    if name and fold(name) != fold(name_of(person)):
        found["name"] = name
    if numbers and phones.digits(numbers[0]) not in own:
        found["phone"] = numbers[0]
    if address and fold(address) != fold(person.text("address")):
        found["address"] = address
    return found


def is_cancelled(line: Line) -> bool:
    """Whether the row says that the order was called off."""
    return line.text("state") == CANCELLED or bool(line.text("cancelled_on"))


def cancelled(lines: Sequence[Line]) -> dict[str, Tree]:
    """When the whole order was called off; where no row says the day, after all that is known of it."""
    if not all(map(is_cancelled, lines)):
        return {}
    days = [line.text("cancelled_on") for line in lines if line.text("cancelled_on")]
    if not days:
        days = [line.text(name) for line in lines for name in ("sold_on", "delivered_at", "installed_at")]
    return {"on": iso(max((parse(day) for day in days if day), key=in_order))}


def note(lines: Sequence[Line], sold: Sequence[Line]) -> str:
    """The rows' notes, each once, and the lines that were called off by themselves."""
    notes = [line.text("note") for line in lines if line.text("note")]
    sentence = _("called off: {goods} × {qty}")
    for line in lines:
        if line not in sold:
            goods = " ".join(filter(None, (line.text("product"), line.text("model") or line.text("sku"))))
            notes.append(sentence.format(goods=goods, qty=line.text("qty") or "1"))
    return "\n".join(dict.fromkeys(notes))


def told(lines: Sequence[Line]) -> tuple[dict[str, Tree], list[dict[str, Tree]]]:
    """What was promised with the sale, and what for each line by itself where the lines differ."""
    each = [_told(line) for line in lines]
    if all(one == each[0] for one in each):
        return each[0], [{} for __ in lines]
    return {}, each


def _told(line: Line) -> dict[str, Tree]:
    windows: dict[str, Tree] = {}
    for what in ("deliver", "install"):
        window = line.facts.get(f"{what}_by")
        if isinstance(window, dict):
            begins = line.text(f"{what}_from")
            windows[what] = {"from": begins, **window} if begins else window
    return windows


def item(line: Line, product: str, own: dict[str, Tree], habits: Habits) -> dict[str, Tree]:
    """One line of the sale."""
    qty = line.text("qty")
    found: dict[str, Tree] = {
        "product": product,
        "serial": line.text("serial"),
        "qty": qty if qty != "1" else None,
        "price": price(line, habits),
        "told": own,
    }
    return {name: said for name, said in found.items() if said}


def price(line: Line, habits: Habits) -> str:
    """The price of one piece: as said, else the amount by the pieces; Unfit where the two disagree or do not divide."""
    said, whole = line.text("price"), line.text("amount")
    if not whole:
        return said
    currency = habits.setting.currency
    qty, amount = Decimal(line.text("qty") or 1), money.parse(whole, currency)
    if said:
        one = money.parse(said, currency)
        if one.currency != amount.currency or one.value * qty != amount.value:
            sentence = _(
                "{price} × {qty} is not {amount}; keep what was paid, and take the other column out with --map"
            )
            raise Unfit("contradiction", sentence.format(price=said, qty=qty, amount=whole))
        return said
    places = Decimal(1).scaleb(-money.decimals(amount.currency or currency))
    each = (amount.value / qty).quantize(places)
    if each * qty != amount.value:
        sentence = _(
            "{amount} for {qty} pieces is no whole price; give the price of one, or take the column out with --map"
        )
        raise Unfit("amount", sentence.format(qty=qty, amount=whole))
    return money.plain(money.Amount(each, amount.currency))


def wrong(line: Line, facts: Line, habits: Habits) -> Iterator[tuple[str, str]]:
    """Why a row cannot be taken: each reason as a code and its sentence."""
    needed = (("sold_on",), ("name", "to_name", "customer"))
    for names in needed:
        if not any(facts.text(name) for name in names):
            yield "missing", _("{field} is missing").format(field="/".join(names))
    if not any(line.text(name) for name in ("product", "model", "sku")):
        yield "missing", _("{field} is missing").format(field="product")
    yield from _unlike(line, facts)
    yield from _out_of_order(line, facts)
    try:
        price(line, habits)
    except Unfit as error:
        yield error.code, error.sentence
    promised = isinstance(line.facts.get("deliver_by"), dict)
    if line.text("state") == DONE and promised and not line.text("delivered_at"):
        yield "undated", _("the order is done and a delivery was promised, but no column says when it came")


def _unlike(line: Line, facts: Line) -> Iterator[tuple[str, str]]:
    sentence = _("{field} is {one} here and {other} in line {line} of the same order")
    for name in SHARED:
        said, other = line.facts.get(name), facts.facts.get(name)
        if said and other and said != other:
            shown = sentence.format(field=name, one=_shown(said), other=_shown(other), line=facts.line)
            yield "contradiction", shown


def _shown(said: Tree) -> str:
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said)


def _out_of_order(line: Line, facts: Line) -> Iterator[tuple[str, str]]:
    """Dates that lie before the sale."""
    if not facts.text("sold_on"):
        return
    sold = parse(facts.text("sold_on"))
    sentence = _("{field} is {when}, before the sale on {sold}")
    for name in ("delivered_at", "installed_at", "cancelled_on", "deliver_by", "install_by"):
        said = line.facts.get(name)
        when = said.get("by") if isinstance(said, dict) else said
        if isinstance(when, str) and when and is_late(sold, parse(when)):
            yield "contradiction", sentence.format(field=name, when=when, sold=iso(sold))
