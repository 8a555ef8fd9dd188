"""The own verbs of parts: what was ordered, came in, was used, counted and written off, and who waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeAlias

from aftercare.answers import stock, supplies
from aftercare.answers.finding import describe
from aftercare.answers.supplies import Wait
from aftercare.book.pen import Pen
from aftercare.book.references import ids_in
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.claims import read, refuse_before, spoken
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, Contradicts, FutureFact
from aftercare.language import N_, _, plural
from aftercare.plain.moments import is_late, parse
from aftercare.plain.splicing import Append
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.claim import Claim
from aftercare.records.part import Counted, Ordered, Part, Received, Used, WrittenOff
from aftercare.render.output import say

REF = argument("ref", metavar="REF")
QTY = option("--qty", required=True, metavar="N", text=N_("how many"))
BY = option("--by", metavar="REF", text=N_("who of the shop"))
FROM = option("--from", "from_", metavar="S", text=N_("from whom"))
FOR = option("--for", "for_", multiple=True, metavar="CLAIM", text=N_("the repair it is for; absent: those that wait"))


class Bench(NamedTuple):
    """What a verb works with: the part, the records around it, and how typed values are read."""

    session: Session
    pen: Pen
    part: Part
    reader: Reader

    def waiting(self, at: str) -> list[Wait]:
        """The repairs that wait for a piece since then or before, the first that began first."""
        part = self.now()
        every = supplies.waiting(_claims_of(self.pen.shelf, part), dict.fromkeys(part.ids, part)).get(part.id, [])
        return [wait for wait in every if not is_late(wait.waiting.from_, parse(at))]

    def now(self) -> Part:
        """The part as it will stand in the book."""
        found = self.pen.shelf.get(self.part.id)
        return found if isinstance(found, Part) else self.part


Make: TypeAlias = Callable[[Bench, dict[str, Tree]], dict[str, Tree]]
Then: TypeAlias = Callable[[Bench], Iterator[str]]


def change(
    session: Session, ref: str, name: str, field: str, qty: str, at: str | None, fmt: str, make: Make, then: Then
) -> None:
    """Add a row to a part's ledger, say what that did, and *then* what the operator should know of it."""
    with session.writing(f"part {name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        part_id = deeds.own(session, pen.shelf, ref, "part")
        part = pen.shelf.get(part_id)
        if not isinstance(part, Part):
            return
        bench = Bench(session, pen, part, reader)
        row: dict[str, Tree] = {"at": facts.at(session, reader, at), "qty": _pieces(qty, none=field == "counted")}
        edits = [Append((field,), make(bench, row))]
        try:
            pen.edit(part.id, deeds.checked("part", part.id, edits, pen))
        except FutureFact as error:
            raise FutureFact("--at", error.when, error.now) from None
        deeds.written(session, pen, f"part {name} {part.id}")
    deeds.tell(session, pen, fmt=fmt)
    if fmt != "json":
        for line in (*_counted_over(bench, field), *then(bench)):
            say(line)


def _counted_over(bench: Bench, field: str) -> Iterator[str]:
    """What is dated like a count is part of what was counted: the stock does not change by it."""
    at = getattr(bench.now(), field)[-1].at
    if field in {"received", "used", "written_off"} and any(one.at == at for one in bench.now().counted):
        yield _("the count of {when} stands: what has the same date is part of what was counted").format(
            when=spoken(at)
        )


def _pieces(text: str, *, none: bool) -> str:
    """How many, as it will stand in the file; nothing at all may only be counted."""
    try:
        number = Decimal(fold(text))
    except InvalidOperation:
        raise BadValue("--qty", text, _("a number is wanted, like 2 or 1.5")) from None
    if not number.is_finite() or number < 0 or (number == 0 and not none) or number >= 10**12:
        raise BadValue("--qty", text, _("more than nothing is wanted"))
    return fold(text)


def _claims_of(shelf: Shelf, part: Part) -> list[Claim]:
    """The claims that name a part, or are named by it."""
    named = (shelf.get(one) for one in sorted(ids_in(part)))
    return list({one.id: one for one in (*shelf.naming(part.ids), *named) if isinstance(one, Claim)}.values())


def _claims(bench: Bench, named: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(bench.reader.resolve(text, ("claim",)) for text in named))


@verb(
    "order",
    N_("Pieces were ordered; the repairs that wait for them are named."),
    REF,
    QTY,
    option(
        "--expected", metavar="T", text=N_("when they are to come; it moves what the waiting repairs were promised")
    ),
    FROM,
    FOR,
    AT,
    JSON,
    example="aftercare part order PA26-0001 --qty 5 --expected fri",
)
def order(session: Session, ref: str, qty: str, for_: tuple[str, ...], at: str | None, fmt: str, **more: Any) -> None:
    """An order; where it names nobody it is for those who wait and have none on order."""
    named: list[Wait] = []

    def make(bench: Bench, row: dict[str, Tree]) -> dict[str, Tree]:
        claims = _claims(bench, for_)
        if not claims:
            waits = supplies.unordered(bench.part, bench.waiting(str(row["at"])), session.now())
            named.extend(supplies.as_far_as(Decimal(str(row["qty"])), waits))
            claims = [wait.claim.id for wait in named]
        row |= read(bench.reader, Ordered, {"expected": more["expected"], "from": more["from_"]})
        if row.get("expected"):
            refuse_before(str(row["expected"]), parse(str(row["at"])), _("{when} is before it was ordered ({began})"))
        return row | ({"for": list(claims)} if claims else {})

    def then(bench: Bench) -> Iterator[str]:
        for wait in named:
            yield _("ordered for {claim}, which waits for it").format(claim=describe(bench.pen.shelf, wait.claim.id))

    change(session, ref, "order", "ordered", qty, at, fmt, make, then)


@verb(
    "receive",
    N_("Pieces came in; the repairs that wait for them are named."),
    REF,
    QTY,
    option("--cost", metavar="M", text=N_("the cost price of one")),
    FROM,
    FOR,
    AT,
    JSON,
    example="aftercare part receive PA26-0001 --qty 5 --cost 420",
)
def receive(session: Session, ref: str, qty: str, for_: tuple[str, ...], at: str | None, fmt: str, **more: Any) -> None:
    """A receipt; a piece each is set aside for the repairs that wait, the longest wait first, as far as they reach."""
    aside: list[Wait] = []

    def make(bench: Bench, row: dict[str, Tree]) -> dict[str, Tree]:
        waits, pieces = bench.waiting(str(row["at"])), Decimal(str(row["qty"]))
        aside.extend(_named(bench, _claims(bench, for_), waits) if for_ else supplies.as_far_as(pieces, waits))
        if len(aside) > pieces:
            raise BadValue("--for", ", ".join(for_), _("more repairs than pieces"))
        row |= read(bench.reader, Received, {"cost": more["cost"], "from": more["from_"]})
        return row | ({"for": [wait.claim.id for wait in aside]} if aside else {})

    def then(bench: Bench) -> Iterator[str]:
        for wait in aside:
            yield _("{claim} waits for it: {command}").format(
                claim=describe(bench.pen.shelf, wait.claim.id), command=_resume(wait.claim.id)
            )

    change(session, ref, "receive", "received", qty, at, fmt, make, then)


def _named(bench: Bench, claims: Sequence[str], waits: Sequence[Wait]) -> list[Wait]:
    """The waits that were named; only who waits for a piece can be given one."""
    found = {wait.claim.id: wait for wait in reversed(waits)}
    for claim in claims:
        if claim not in found:
            raise Contradicts(
                _("{claim} does not wait for {part}").format(claim=claim, part=bench.part.id),
                f"aftercare claim repair {claim} wait --for {bench.part.id} --because no_parts",
            )
    return [found[claim] for claim in claims]


def _resume(claim: str) -> str:
    return f"aftercare claim repair {claim} resume"


@verb(
    "use",
    N_("Pieces went into a repair or another piece of work."),
    REF,
    QTY,
    option("--for", "for_", required=True, metavar="REF", text=N_("the claim, unit, installation or visit")),
    option("--charged", metavar="M", text=N_("what the customer paid for them in all")),
    BY,
    AT,
    JSON,
    example="aftercare part use PA26-0001 --qty 1 --for CL26-0004 --charged 420",
)
def use(session: Session, ref: str, qty: str, for_: str, at: str | None, fmt: str, **more: Any) -> None:
    """Pieces that are on the shelf no longer."""
    used_for: list[str] = []

    def make(bench: Bench, row: dict[str, Tree]) -> dict[str, Tree]:
        values = read(bench.reader, Used, {"for": for_, **more})
        used_for.append(str(values["for"]))
        return row | values

    def then(bench: Bench) -> Iterator[str]:
        claim = bench.pen.shelf.get(used_for[0])
        waits = supplies.waits_of(claim, {bench.part.id: bench.part}) if isinstance(claim, Claim) else ()
        for wait in waits:
            if wait.end is None:
                yield _("{claim} waits for it still: {command}").format(
                    claim=wait.claim.id, command=_resume(wait.claim.id)
                )
        yield from _left(bench)

    change(session, ref, "use", "used", qty, at, fmt, make, then)


@verb(
    "count",
    N_("The pieces were counted; the ledger goes on from there."),
    REF,
    QTY,
    BY,
    AT,
    JSON,
    example="aftercare part count PA26-0001 --qty 4",
)
def count(session: Session, ref: str, qty: str, by: str | None, at: str | None, fmt: str) -> None:
    """What somebody counted; what is missing or was found is said."""

    def make(bench: Bench, row: dict[str, Tree]) -> dict[str, Tree]:
        for place, other in enumerate(bench.part.counted, start=1):
            if other.at == parse(str(row["at"])) and other.qty != Decimal(str(row["qty"])):
                raise Contradicts(
                    _("{part} was counted at {when} already: {qty}").format(
                        part=bench.part.id, when=spoken(other.at), qty=stock.figure(other.qty)
                    ),
                    f"aftercare part set {bench.part.id} counted.{place}.qty={row['qty']}",
                )
        return row | read(bench.reader, Counted, {"by": by})

    def then(bench: Bench) -> Iterator[str]:
        last = len(bench.now().counted) - 1
        change_ = next(row.change for row in stock.ledger(bench.now()) if row.path == ("counted", last))
        if change_:
            sentence = _("{qty} fewer than the ledger said") if change_ < 0 else _("{qty} more than the ledger said")
            yield sentence.format(qty=stock.figure(abs(change_)))
        yield from _left(bench)

    change(session, ref, "count", "counted", qty, at, fmt, make, then)


@verb(
    "write-off",
    N_("Pieces are gone: broken, lost, grown too old."),
    REF,
    QTY,
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare part write-off PA26-0001 --qty 1 --reason 摔坏",
)
def write_off(session: Session, ref: str, qty: str, reason: str, at: str | None, fmt: str) -> None:
    """Pieces that went nowhere."""

    def make(bench: Bench, row: dict[str, Tree]) -> dict[str, Tree]:
        return row | read(bench.reader, WrittenOff, {"reason": reason})

    change(session, ref, "write-off", "written_off", qty, at, fmt, make, _left)


def _left(bench: Bench) -> Iterator[str]:
    """What to know of a part of which fewer are left: for whom they lie ready, and whether to order."""
    part, shelf, now = bench.now(), bench.pen.shelf, bench.session.now()
    claims = {name: claim for claim in _claims_of(shelf, part) for name in claim.ids}
    ready = supplies.set_aside(part, claims, now)
    waits = supplies.waiting(claims.values(), {part.id: part}).get(part.id, [])
    level = supplies.level(part, claims, waits, now)
    if sum(ready.values()) > level.stock:
        sentence = plural(
            "{stock} left, and a piece was set aside for {claims}",
            "{stock} left, and pieces were set aside for {claims}",
            len(ready),
        )
        yield sentence.format(stock=stock.figure(level.stock), claims=_(", ").join(ready))
    if level.to_order:
        yield _("{stock} left; to order: {command}").format(
            stock=stock.figure(level.stock),
            command=f"aftercare part order {part.id} --qty {stock.figure(level.to_order)}",
        )
