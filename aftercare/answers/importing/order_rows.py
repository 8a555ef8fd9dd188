"""Orders among the rows of a spreadsheet: the rows of one number are one sale, with what was promised and done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from aftercare.answers.importing import order_differences, order_facts
from aftercare.answers.importing.customer_rows import WAYS, People, facts_of, key_of, name_of, tree_of
from aftercare.answers.importing.incoming import Claims, Gap, Line, Plan, Source
from aftercare.answers.importing.mappings import Lookup
from aftercare.answers.importing.order_facts import Order
from aftercare.answers.importing.order_groups import Group
from aftercare.answers.importing.order_works import WORKS, Told, lacking
from aftercare.answers.importing.product_rows import Goods
from aftercare.answers.works import Work
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain import moments
from aftercare.plain.moments import parse
from aftercare.plain.tree import Tree
from aftercare.policies.categories import Categories
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.fields import BLANK
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale


class Orders:
    """Takes the rows of an order export."""

    def __init__(self, shelf: Shelf, made: Plan, source: Source, categories: Categories) -> None:
        self.shelf, self.made, self.source = shelf, made, source
        self.people, self.goods = People(shelf), Goods(shelf, categories, source.lookups.get("product", Lookup()))
        self.buyers = source.lookups.get("customer", Lookup())
        # By their ids alone: what a record says is looked up when a row speaks of it.
        self.sales: dict[str, str] = {}
        for sale in shelf.of(Sale):
            for key in filter(None, (sale.source_key, sale.order)):
                self.sales.setdefault(key, sale.id)
        self.works: dict[str, list[str]] = {}
        every: Iterator[Work] = chain(shelf.of(Delivery), shelf.of(Installation))
        for work in every:
            self.works.setdefault(work.sale, []).append(work.id)
        self._seen: Counter[str] = Counter()

    def take(self, line: Callable[[int], Line], group: Group) -> None:
        """Plan what is new of one order, and account for its rows; *line* reads the row at a place."""
        lines = [line(place) for place in group.places]
        if group.key is None:
            for one in lines:
                if one.line not in self.made.rows:
                    self._refuse(one, "missing", _("{field} is missing").format(field="order"))
            return
        order = self._order(group.key, lines)
        self._check(order)
        if any(self.made.rows.get(line.line) == "refused" for line in order.lines):
            self._refuse_rest(order)
        elif order.key in self.sales and isinstance(sale := self.shelf.get(self.sales[order.key]), Sale):
            self._compare(order, sale)
        else:
            self._make(order)

    def _order(self, key: str, lines: Sequence[Line]) -> Order:
        """The order of these rows; where the sheet has no numbers, each row is a sale."""
        if not key:
            own = order_facts.key_without_number(lines[0])
            self._seen[own] += 1
            key = own if self._seen[own] == 1 else f"{own} #{self._seen[own]}"
            return order_facts.order_of(key, "", tuple(lines), lines[0])
        whole = order_facts.at_one_time(order_facts.continued(lines))
        number = next((line.text("order") for line in lines if line.text("order")), "")
        return order_facts.order_of(key, number, whole, order_facts.shared(whole))

    def _check(self, order: Order) -> None:
        """Refuse the rows of an order that cannot be taken as they are; one that is refused already is not judged."""
        if any(line.line in self.made.rows for line in order.lines):
            return
        for line in order.lines:
            for code, sentence in order_facts.wrong(line, order.facts, self.source.habits):
                self._refuse(line, code, sentence)
        if order.key not in self.sales:
            self._check_known(order)

    def _check_known(self, order: Order) -> None:
        """Refuse the rows of a new order that name a customer, or goods, that have to be there and are not."""
        sentence = _("the book has no such {kind}, and the mapping says that none is to be made")
        if not self.buyers.makes and not self.people.buyer(order_facts.buyer(order.facts), self.buyers.by or WAYS):
            self._refuse(order.lines[0], "unknown", sentence.format(kind=_("customer")))
        for line in order.sold if not self.goods.makes else ():
            if not self.goods.has(line):
                self._refuse(line, "unknown", sentence.format(kind=_("product")))

    def _refuse(self, line: Line, code: str, sentence: str) -> None:
        self.made.refuse(self.source.file, line.line, code, sentence)

    def _refuse_rest(self, order: Order) -> None:
        sentence = _("another row of order {order} is refused").format(order=order.key)
        for line in order.lines:
            if line.line not in self.made.rows:
                self._refuse(line, "order", sentence)

    def _make(self, order: Order) -> None:
        first = order.lines[0].line
        customer, deliver_to, receiver = self._customer(order)
        told, of_items = order_facts.told(order.sold)
        items: list[Tree] = [
            order_facts.item(line, self.goods.take(line, self.made), own, self.source.habits)
            for line, own in zip(order.sold, of_items, strict=True)
        ]
        tree: dict[str, Tree] = {
            "customer": customer,
            "sold_on": order.facts.text("sold_on"),
            "channel": order.facts.text("channel"),
            "invoice": order.facts.text("invoice"),
            "order": order.number,
            "items": items,
            "deliver_to": deliver_to,
            "told": told,
            "cancelled": order_facts.cancelled(order.lines),
            "note": order_facts.note(order.lines, order.sold),
            "source_key": order.key,
        }
        sale = self.made.make("sale", tree, first)
        for kind in WORKS:
            self._do(kind, order, sale, list(enumerate(order.sold, start=1)), len(items), receiver)
        self.made.rows.update(dict.fromkeys((line.line for line in order.lines), "created"))

    def _customer(self, order: Order) -> tuple[str, dict[str, Tree], str]:
        """The customer of an order, the recipient in so far as that is somebody or somewhere else, and who receives."""
        buyer = order_facts.buyer(order.facts)
        known = self.people.buyer(buyer, self.buyers.by or WAYS)
        if known is None:
            ref, person = self.made.make("customer", tree_of(buyer), buyer.line), buyer
            self.people.add(ref, person, key_of(person))
        else:
            ref, person = known.ref, known.person
        return ref, order_facts.recipient(order.facts, person), _receiver(order.facts, person)

    def _do(
        self, kind: str, order: Order, sale: str, rows: Iterable[tuple[int, Line]], total: int, receiver: str
    ) -> None:
        """Plan the deliveries (or installations) that rows tell of: one for each time and signature."""
        done: dict[tuple[str, str], list[int]] = defaultdict(list)
        lines: dict[tuple[str, str], Line] = {}
        for number, line in rows:
            at = line.text(WORKS[kind])
            if at:
                by = (kind == "delivery" and line.text("signed_by")) or receiver
                done[at, by].append(number)
                lines.setdefault((at, by), line)
        for (at, by), numbers in done.items():
            items: list[Tree] = [] if len(numbers) == total else [str(number) for number in numbers]
            tree: dict[str, Tree] = {
                "sale": sale,
                "items": items,
                # It was arranged by then at the latest; an earlier day, which nobody told us, would make it late.
                "arranged_on": moments.day_of(parse(at)).isoformat(),
                "signed": {"by": by, "at": at},
                "source_key": f"{order.key} {at}",
            }
            self.made.make(kind, tree, lines[at, by].line)

    def _compare(self, order: Order, sale: Sale) -> None:
        """What a sale of the book lacks it takes from its rows; a delivery of which the book does not know is new."""
        customer = self.shelf.get(sale.customer)
        person = facts_of(customer) if isinstance(customer, Customer) else Line(0, {})
        works = [work for work in self._works_of(sale) if work.cancelled is None]
        lines, receiver = order.lines, _receiver(order.facts, person)
        if isinstance(customer, Customer) and customer.forgotten:
            lines, receiver = tuple(map(_without_words, lines)), BLANK
        numbers = order_differences.matched(lines, sale, self.goods)
        rows = list(zip(lines, numbers, strict=True))
        told = Told(rows, sale, works, receiver)
        missing: dict[str, list[tuple[int, Line]]] = defaultdict(list)
        claims = Claims()
        for line, number in rows:
            gaps = list(order_differences.of_row(line, number, order, told, person, self.source.habits))
            for kind, column in WORKS.items():
                lacks = lacking(kind, line, number, told) if number and line.text(column) else "nothing"
                if isinstance(lacks, Gap):
                    gaps.append(lacks)
                elif number and lacks == "all":
                    missing[kind].append((number, line))
            self.made.settle(line.line, sale.id, claims.agreed(gaps), update=self.source.update)
        for kind, works_of in missing.items():
            self._do(kind, order, sale.id, works_of, len(sale.items), told.receiver)
            for __, line in works_of:
                self.made.bring(line.line, sale.id, WORKS[kind])

    def _works_of(self, sale: Sale) -> Iterator[Work]:
        for one in self.works.get(sale.id, ()):
            work = self.shelf.get(one)
            if isinstance(work, Delivery | Installation):
                yield work


def _without_words(line: Line) -> Line:
    """A row about somebody who was forgotten, without what would say again who that was."""
    return line._replace(facts={name: said for name, said in line.facts.items() if name not in {"note", "signed_by"}})


def _receiver(facts: Line, person: Line) -> str:
    return facts.text("to_name") or facts.text("name") or name_of(person)
